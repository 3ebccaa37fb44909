"""To run rounds and publish editions: the list, one round with what can be done, one edition with its steps."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from atalaya.portal.accounts.access import needs
from atalaya.portal.accounts.services import RefusedError
from atalaya.portal.core.downloads import download, wanted_format
from atalaya.portal.core.pages import page, spoken
from atalaya.portal.rounds import editions, services
from atalaya.portal.rounds.models import Observed, Publication, Recheck, Round
from atalaya.portal.rounds.states import (
    EDITION_MOVES,
    EDITION_STATES,
    ROUND_MOVES,
    ROUND_STATES,
    STAGES,
    UNFINISHED,
    moves_from,
)
from atalaya.portal.rounds.views.progress import COLUMNS

SHOWN = 20
STATES: dict[str, Any] = {"round_states": ROUND_STATES, "edition_states": EDITION_STATES, "stages": STAGES}


@needs("rounds.manage")
def manage(request: HttpRequest) -> HttpResponse:
    """Render the rounds, the rechecks that wait, and the editions; or the rounds as a file."""
    form = wanted_format(request)
    if form:
        return download(form, "rondas", COLUMNS, Round.objects.all())
    return _list(request)


@needs("rounds.manage")
def begin(request: HttpRequest) -> HttpResponse:
    """Begin a round; whoever opens the address is led to the list."""
    if request.method == "POST":
        try:
            made = services.begin(request.user, sites=request.POST.get("sites") == "on")
        except RefusedError as error:
            return _list(request, spoken(request).t(error.text, **error.values))
        return redirect("round_manage", pk=made.pk)
    return redirect("rounds_manage")


@needs("rounds.manage")
def round_of(request: HttpRequest, pk: int) -> HttpResponse:
    """Render one round with what can be done about it, or do it; 404 where there is none."""
    found = Round.objects.filter(pk=pk).first()
    if found is None:
        raise Http404(pk)
    refused = None
    if request.method == "POST":
        try:
            _do(request, found)
        except RefusedError as error:
            refused = spoken(request).t(error.text, **error.values)
        else:
            return redirect("round_manage", pk=pk)
    return page(
        request,
        "rounds/round.html",
        round=found,
        moves=moves_from(ROUND_MOVES, found.state),
        publication=Publication.objects.filter(observation=found.observation).first() if found.observation else None,
        refused=refused,
        **STATES,
    )


@needs("rounds.publish")
def edition(request: HttpRequest, observation: str) -> HttpResponse:
    """Render one edition with the steps that its state permits, or take one; 404 where there is none."""
    found = Publication.objects.filter(observation=observation).first()
    if found is None:
        raise Http404(observation)
    refused = None
    if request.method == "POST":
        try:
            editions.move(request.user, found, request.POST.get("step", ""), request.POST.get("why", ""))
        except RefusedError as error:
            refused = spoken(request).t(error.text, **error.values)
        else:
            return redirect("edition_manage", observation=observation)
    return page(
        request,
        "rounds/edition.html",
        publication=found,
        moves=moves_from(EDITION_MOVES, found.state),
        open=editions.reply_period_open(observation),
        refused=refused,
        **STATES,
    )


def _do(request: HttpRequest, found: Round) -> None:
    source = request.POST.get("source", "")
    if source:
        services.release(request.user, found, source, request.POST.get("why", ""))
    else:
        services.move(request.user, found, request.POST.get("step", ""))


def _list(request: HttpRequest, refused: object = None) -> HttpResponse:
    return page(
        request,
        "rounds/manage.html",
        shown=Paginator(Round.objects.all(), SHOWN).get_page(request.GET.get("pagina")),
        link=lambda **values: "?" + "&".join(f"{name}={value}" for name, value in values.items()),
        publications=Publication.objects.all()[:SHOWN],
        rechecks=Recheck.objects.filter(state__in=UNFINISHED).count(),
        running=Round.objects.filter(state__in=UNFINISHED).exists(),
        country=Observed.objects.order_by("-declared").first(),
        refused=refused,
        **STATES,
    )
