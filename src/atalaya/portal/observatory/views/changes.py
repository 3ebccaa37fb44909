"""What became of datasets since the edition before: new, changed, vanished, returned, migrated."""

from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpRequest, HttpResponseBase

from atalaya.portal.core.downloads import Column, download, wanted_format
from atalaya.portal.core.pages import page, published
from atalaya.portal.observatory.models import Change, Dataset, Vanished
from atalaya.portal.observatory.queries import before, names_of

KINDS = ("vanished", "new", "returned", "migrated", "changed")

SHOWN = 50
"""Changes of one kind on one page."""

COLUMNS = (
    Column("cambio", lambda each: each.change),
    Column("conjunto", lambda each: each.subject),
    Column("titulo", lambda each: each.title),
    Column("institucion", lambda each: each.institution),
)


@published
def changes(request: HttpRequest) -> HttpResponseBase:
    """Render the page, or its rows as a file."""
    form = wanted_format(request)
    if form:
        return download(form, f"cambios-{request.edition.observation}", COLUMNS, Change.objects.iterator())
    counts = dict(Change.objects.order_by().values_list("change").annotate(Count("place")))
    chosen = request.GET.get("cambio", "")
    kinds = [chosen] if chosen in counts else [kind for kind in KINDS if kind in counts]
    number = request.GET.get("pagina") if chosen in counts else None
    lists = [Paginator(Change.objects.filter(change=kind), SHOWN).get_page(number) for kind in kinds]
    rows = [row for each in lists for row in each]
    subjects = [row.subject for row in rows]
    there = set(Dataset.objects.filter(id__in=subjects).values_list("id", flat=True))
    return page(
        request,
        "observatory/changes.html",
        earlier=before(request.edition),
        kinds=list(zip(kinds, lists, strict=True)),
        chosen=chosen in counts,
        link=lambda pagina: f"?cambio={chosen}&pagina={pagina}",
        names=names_of(row.institution for row in rows),
        there=there,
        lost=set(Vanished.objects.filter(id__in=subjects).values_list("id", flat=True)) - there,
    )
