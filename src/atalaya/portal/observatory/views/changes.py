"""What became of datasets since the edition before: new, changed, vanished, returned, migrated."""

from django.http import HttpRequest, HttpResponse

from atalaya.portal.core.downloads import Column, download, wanted_format
from atalaya.portal.core.pages import page, published
from atalaya.portal.observatory.models import Change, Dataset, Vanished
from atalaya.portal.observatory.queries import before, names_of

KINDS = ("vanished", "new", "returned", "migrated", "changed")

COLUMNS = (
    Column("cambio", lambda each: each.change),
    Column("conjunto", lambda each: each.subject),
    Column("titulo", lambda each: each.title),
    Column("institucion", lambda each: each.institution),
)


@published
def changes(request: HttpRequest) -> HttpResponse:
    """Render the page, or its rows as a file."""
    rows = list(Change.objects.all())
    form = wanted_format(request)
    if form:
        return download(form, f"cambios-{request.edition.observation}", COLUMNS, rows)
    subjects = [row.subject for row in rows]
    there = set(Dataset.objects.filter(id__in=subjects).values_list("id", flat=True))
    return page(
        request,
        "observatory/changes.html",
        earlier=before(request.edition),
        kinds=[(kind, [row for row in rows if row.change == kind]) for kind in KINDS],
        names=names_of(row.institution for row in rows),
        there=there,
        lost=set(Vanished.objects.filter(id__in=subjects).values_list("id", flat=True)) - there,
    )
