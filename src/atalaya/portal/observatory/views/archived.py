"""Archived bytes: what they are, where they were seen, and the file itself where it may be handed out."""

from django.http import Http404, HttpRequest, HttpResponse

from atalaya.portal.core.pages import live, page
from atalaya.portal.observatory.archive import access_of
from atalaya.portal.observatory.models import Archived, Resource, Source, Version

RULED = ("restricted", "withdrawn")


@live
def archived(request: HttpRequest, sha256: str) -> HttpResponse:
    """Render the page, which says whether the bytes are handed out; 404 where no published observation cites them.

    Where a person ruled it answers as the bytes themselves do: 410 where they were withdrawn, 403 where they are restricted.
    """
    row = Archived.objects.filter(sha256=sha256).first()
    if row is None:
        raise Http404(sha256)
    access = access_of(row, request.edition.country, checked=False)
    holders = Version.objects.filter(sha256=sha256).order_by("resource", "place").values_list("resource", flat=True)
    return page(
        request,
        "observatory/archived.html",
        status=access.status if access.state in RULED else 200,
        row=row,
        access=access,
        resources=Resource.objects.filter(id__in=list(holders[:50])),
        source=Source.objects.filter(id=row.subject).first() if row.kind != "resource" else None,
    )
