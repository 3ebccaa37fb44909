"""All bodies of the register, those that publish nothing among them, with a search by name."""

from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponseBase

from atalaya.countries.folding import words
from atalaya.portal.core.downloads import Column, download, wanted_format
from atalaya.portal.core.pages import page, published
from atalaya.portal.observatory.models import Institution, UnitGroup
from atalaya.portal.observatory.queries import index_scores

SHOWN = 50
LONGEST = 200
"""Characters of a group that the next page is asked with."""

COLUMNS = (
    Column("id", lambda each: each.id),
    Column("nombre", lambda each: each.name),
    Column("siglas", lambda each: each.acronym),
    Column("tipo", lambda each: each.kind),
    Column("sitio", lambda each: each.site),
    Column("conjuntos", lambda each: each.datasets),
    Column("recursos", lambda each: each.resources),
    Column("hallazgos", lambda each: each.findings),
)


@published
def institutions(request: HttpRequest) -> HttpResponseBase:
    """Render the page, or its rows as a file."""
    wanted, group = request.GET.get("q", "").strip()[:100], request.GET.get("grupo", "")
    found = Institution.objects.all()
    if group:
        found = found.filter(groups__contains=[group])
    if wanted:
        found = [each for each in found if _bears(each, wanted)]
    form = wanted_format(request)
    if form:
        return download(form, f"instituciones-{request.edition.observation}", COLUMNS, found)
    shown = Paginator(found, SHOWN).get_page(request.GET.get("pagina"))
    asked = {name: value for name, value in (("q", wanted), ("grupo", group[:LONGEST])) if value}
    return page(
        request,
        "observatory/institutions.html",
        shown=shown,
        link=lambda pagina: f"?{urlencode({**asked, 'pagina': pagina})}",
        wanted=wanted,
        group=group,
        groups=UnitGroup.objects.all(),
        scores=index_scores(request.edition, units=[each.id for each in shown]),
    )


def _bears(institution: Institution, wanted: str) -> bool:
    """Whether every word that was asked for begins a word of the name or the acronym, marks above letters aside."""
    known = words(f"{institution.name} {institution.acronym or ''}")
    return all(any(word.startswith(each) for word in known) for each in words(wanted))
