"""What falls due in the next days, for all institutions and for one."""

from django.http import HttpRequest, HttpResponse

from atalaya.portal.core.downloads import Column, download, wanted_format
from atalaya.portal.core.pages import daily, page, published
from atalaya.portal.observatory.agenda import (
    Item,
    every_item,
    expected_data,
    items_of,
    shared_dues,
    stretch,
    undated_duties,
)
from atalaya.portal.observatory.named import institution_or_404
from atalaya.portal.observatory.queries import names_of

SHOWN = 40
"""Datasets that the page of all institutions lists; the files have all."""

COLUMNS = (
    Column("vence", lambda each: each.day),
    Column("clase", lambda each: "obligacion" if each.duty else "datos"),
    Column("institucion", lambda each: each.unit),
    Column("obligacion", lambda each: each.duty and each.duty.id),
    Column("articulo", lambda each: each.duty and each.duty.article),
    Column("numeral", lambda each: each.duty and each.duty.numeral),
    Column("periodo", lambda each: each.period),
    Column("situacion", lambda each: each.standing),
    Column("conjunto", lambda each: each.data and each.data.dataset),
    Column("titulo", lambda each: _title(each)),
    Column("frecuencia", lambda each: each.data and each.data.frequency),
    Column("ultimo_cambio", lambda each: each.data and each.data.last),
)


def _title(item: Item) -> str:
    if item.data is not None:
        return str(item.data.title)
    name = item.duty.name if item.duty else {}
    return name.get("es") or next(iter(name.values()), "")


@published
@daily
def calendar(request: HttpRequest) -> HttpResponse:
    """Render what falls due for anybody, or every single thing as a file."""
    span = stretch(request, request.edition)
    form = wanted_format(request)
    if form:
        return download(form, f"calendario-{span.first}-{span.last}", COLUMNS, every_item(span))
    data = expected_data(span)
    return page(
        request,
        "observatory/calendar.html",
        institution=None,
        span=span,
        dues=shared_dues(span),
        data=data[:SHOWN],
        more=len(data) - SHOWN,
        names=names_of(each.institution for each in data[:SHOWN]),
    )


@published
@daily
def institution_calendar(request: HttpRequest, slug: str) -> HttpResponse:
    """Render what falls due for one institution, or its rows as a file; 404 where the register has no such body."""
    found = institution_or_404(slug)
    span = stretch(request, request.edition)
    items = items_of(found.id, span)
    form = wanted_format(request)
    if form:
        return download(form, f"calendario-{slug}-{span.first}-{span.last}", COLUMNS, items)
    return page(
        request,
        "observatory/institution_calendar.html",
        institution=found,
        span=span,
        items=items,
        undated=undated_duties(found.id),
    )
