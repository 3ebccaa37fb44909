"""The public page of rounds: what runs now and how far it is, and how the earlier ones went."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse

from atalaya.portal.core.downloads import Column, download, wanted_format
from atalaya.portal.core.pages import live, page
from atalaya.portal.rounds.models import Publication, Round
from atalaya.portal.rounds.states import DROPPED, EDITION_STATES, PUBLISHED, ROUND_STATES, STAGES, UNFINISHED

SHOWN = 20

COLUMNS = (
    Column("fecha", lambda each: each.as_of),
    Column("estado", lambda each: each.state),
    Column("etapa", lambda each: each.stage),
    Column("hechas", lambda each: each.done),
    Column("total", lambda each: each.total),
    Column("observacion", lambda each: each.observation),
    Column("fuentes_retenidas", lambda each: len(each.held)),
)
"""What is public of a round: when, how far, and how it ended."""


@live
def rounds(request: HttpRequest) -> HttpResponse:
    """Render what runs, what waits to be published, and the rounds before; or those as a file."""
    found = Round.objects.exclude(state=DROPPED)
    form = wanted_format(request)
    if form:
        return download(form, "rondas", COLUMNS, found)
    ended = found.exclude(state__in=UNFINISHED)
    return page(
        request,
        "rounds/progress.html",
        running=found.filter(state__in=UNFINISHED).first(),
        shown=Paginator(ended, SHOWN).get_page(request.GET.get("pagina")),
        waiting=Publication.objects.exclude(state=PUBLISHED),
        link=lambda **values: "?" + "&".join(f"{name}={value}" for name, value in values.items()),
        states=ROUND_STATES,
        stages=STAGES,
        edition_states=EDITION_STATES,
    )
