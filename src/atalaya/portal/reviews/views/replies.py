"""What institutions answered, as everybody may read it: one list with filters, and its rows as a file."""

from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponseBase

from atalaya.portal.core.downloads import Column, download, wanted_format
from atalaya.portal.core.pages import page, published, with_words
from atalaya.portal.observatory.models import Institution
from atalaya.portal.observatory.queries import names_of
from atalaya.portal.reviews.models import Certificate
from atalaya.portal.reviews.published import history_of, mark_of_all, public, shown
from atalaya.portal.reviews.states import KINDS, STATES

SHOWN = 25
CERTIFIED = 20
"""Certificates that the page names, the newest ones."""

COLUMNS = (
    Column("numero", lambda each: each.id),
    Column("tipo", lambda each: each.kind),
    Column("estado", lambda each: each.state),
    Column("institucion", lambda each: each.institution),
    Column("asunto", lambda each: each.thing),
    Column("titulo", lambda each: each.title),
    Column("prueba", lambda each: each.check),
    Column("observacion", lambda each: each.observation),
    Column("enviado", lambda each: each.sent.isoformat()),
    Column("cambiado", lambda each: each.changed.isoformat()),
    Column("motivo", lambda each: each.text),
    Column("fundamento", lambda each: each.ground),
    Column("evidencia", lambda each: each.url),
    Column("archivo", lambda each: each.file),
    Column("hasta", lambda each: each.day),
    Column("resolucion", lambda each: each.outcome),
    Column("razon", lambda each: each.why),
    Column("visto_en", lambda each: each.seen_in),
)


@published
@with_words(lambda _: f"{mark_of_all()} {Certificate.objects.count()}")
def replies(request: HttpRequest) -> HttpResponseBase:
    """Render the answers, or all that were asked for as a file."""
    found = public()
    kind, unit = request.GET.get("tipo", ""), request.GET.get("institucion", "")
    if kind in KINDS:
        found = found.filter(kind=kind)
    if unit:
        found = found.filter(institution=unit)
    form = wanted_format(request)
    if form:
        return download(form, "respuestas", COLUMNS, (shown(each) for each in found.iterator()))
    listed = Paginator(found, SHOWN).get_page(request.GET.get("pagina"))
    rows = [shown(each) for each in listed]
    certified = Certificate.objects.filter(institution=unit) if unit else Certificate.objects.all()
    certificates = list(certified[:CERTIFIED])
    asked = {"tipo": kind if kind in KINDS else "", "institucion": unit}
    return page(
        request,
        "reviews/replies.html",
        pages=listed,
        rows=rows,
        kinds=KINDS,
        states=STATES,
        kind=asked["tipo"],
        institution=Institution.objects.filter(id=unit).first() if unit else None,
        certificates=certificates,
        names=names_of(each.institution for each in (*rows, *certificates)),
        histories=history_of(each.id for each in rows),
        link=lambda **values: f"?{urlencode({**asked, **values})}",
    )
