"""The sources that were read, and how each reading ended."""

from django.http import HttpRequest, HttpResponseBase

from atalaya.portal.core.downloads import Column, download, wanted_format
from atalaya.portal.core.pages import page, published
from atalaya.portal.observatory.models import Source
from atalaya.portal.observatory.queries import names_of
from atalaya.publish.phrases import reason_text, state_text

COLUMNS = (
    Column("id", lambda each: each.id),
    Column("protocolo", lambda each: each.protocol),
    Column("direccion", lambda each: each.url),
    Column("institucion", lambda each: each.institution),
    Column("estado", lambda each: each.state),
    Column("conjuntos", lambda each: each.datasets),
    Column("recursos", lambda each: each.resources),
)


@published
def sources(request: HttpRequest) -> HttpResponseBase:
    """Render the page, or its rows as a file."""
    rows = list(Source.objects.all())
    form = wanted_format(request)
    if form:
        return download(form, f"fuentes-{request.edition.observation}", COLUMNS, rows)
    return page(
        request,
        "observatory/sources.html",
        sources=rows,
        names=names_of(row.institution for row in rows),
        state=state_text,
        reason=reason_text,
    )
