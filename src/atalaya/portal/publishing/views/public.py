"""What institutions published on the portal, as everybody sees it."""

from django.http import Http404, HttpRequest, HttpResponse

from atalaya.portal.core.downloads import Column, download, wanted_format
from atalaya.portal.core.pages import page, published, spoken, with_words
from atalaya.portal.observatory.models import Duty, Institution
from atalaya.portal.observatory.queries import names_of
from atalaya.portal.publishing import services
from atalaya.portal.publishing.choices import FREQUENCIES, LICENCES, THEMES
from atalaya.portal.publishing.models import Publication, Version
from atalaya.portal.publishing.packages import ending
from atalaya.portal.publishing.states import PUBLISHED

COLUMNS = (
    Column("institucion", lambda each: each.publication.institution),
    Column("nombre", lambda each: each.publication.slug),
    Column("titulo", lambda each: each.title),
    Column("version", lambda each: each.number),
    Column("estado", lambda each: each.state),
    Column("publicado", lambda each: each.published.isoformat()),
    Column("sha256", lambda each: each.sha256),
    Column("licencia", lambda each: each.licence),
)


@published
@with_words(lambda _request: services.mark())
def publications(request: HttpRequest) -> HttpResponse:
    """Render the datasets that are published here, the newest version of each; or all versions as a file."""
    found = list(services.published())
    form = wanted_format(request)
    if form:
        return download(form, "publicado", COLUMNS, found)
    names = names_of({each.publication.institution for each in found})
    shown: dict[int, Version] = {}
    for each in found:
        if each.state == PUBLISHED and each.publication.institution in names:
            shown.setdefault(each.publication_id, each)
    return page(request, "publishing/publications.html", shown=list(shown.values()), names=names)


def publication_of(body: str, dataset: str) -> tuple[Publication, Institution]:
    """A dataset by the names of its institution and its own. Raises Http404 where nothing of it was ever published."""
    owner = Institution.objects.filter(slug=body).first()
    found = Publication.objects.filter(institution=owner.id, slug=dataset).first() if owner else None
    if owner is None or found is None or not services.published(owner.id).filter(publication=found).exists():
        raise Http404(dataset)
    return found, owner


def _mark(_request: HttpRequest, body: str, dataset: str) -> str:
    found, _ = publication_of(body, dataset)
    return services.mark(found)


@published
@with_words(_mark)
def publication(request: HttpRequest, body: str, dataset: str) -> HttpResponse:
    """Render a dataset with its versions; where all were taken down, that and why."""
    found, owner = publication_of(body, dataset)
    versions = list(services.published().filter(publication=found))
    standing = next((each for each in versions if each.state == PUBLISHED), None)
    shown = standing or versions[0]
    say = spoken(request)
    return page(
        request,
        "publishing/publication.html",
        publication=found,
        institution=owner,
        versions=versions,
        standing=standing,
        shown=shown,
        ending=ending,
        texts={
            "licence": LICENCES[shown.licence],
            "frequency": FREQUENCIES[shown.frequency],
            "theme": THEMES[shown.theme],
        },
        duties=Duty.objects.filter(id__in=shown.duties),
        told=lambda each: (each.changes or {}).get(say.language, {}),
    )
