"""To try a methodology on past rounds: the text that is tried, and what would have come out."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from atalaya.portal.accounts.access import needs
from atalaya.portal.accounts.services import RefusedError
from atalaya.portal.core.downloads import Column, download, wanted_format
from atalaya.portal.core.pages import page, spoken
from atalaya.portal.files.uploading import takes_files
from atalaya.portal.rounds.models import Trial
from atalaya.portal.rounds.states import TRIAL_STATES
from atalaya.portal.rounds.trials import LONGEST, ask_trial, text_in_use

SHOWN = 20
MOVED = 25
"""Institutions that a page shows of each round, those that move most; the files have all."""

COLUMNS = (
    Column("observacion", lambda each: each[0]["observation"]),
    Column("institucion", lambda each: each[1]["unit"]),
    Column("nombre", lambda each: each[1]["name"]),
    Column("puntaje", lambda each: each[1]["score"][0]),
    Column("puntaje_propuesto", lambda each: each[1]["score"][1]),
    Column("puesto", lambda each: each[1]["rank"][0]),
    Column("puesto_mejor", lambda each: each[1]["ranks"][0][0]),
    Column("puesto_peor", lambda each: each[1]["ranks"][0][1]),
    Column("puesto_propuesto", lambda each: each[1]["rank"][1]),
    Column("puesto_propuesto_mejor", lambda each: each[1]["ranks"][1][0]),
    Column("puesto_propuesto_peor", lambda each: each[1]["ranks"][1][1]),
)


@takes_files(4 * LONGEST)
@needs("rounds.manage")
def trials(request: HttpRequest) -> HttpResponse:
    """Render the form and the trials before, or have a methodology tried: a file that is sent, else the text of the form."""
    text, refused = text_in_use(), None
    if request.method == "POST":
        text = request.POST.get("text", "")
        try:
            sent = request.FILES.get("file")
            if sent is not None:
                text = _text_of(sent)
            made = ask_trial(request.user, text.replace("\r\n", "\n"))
        except RefusedError as error:
            refused = spoken(request).t(error.text, **error.values)
        else:
            return redirect("rounds_trial", pk=made.pk)
    return page(
        request,
        "rounds/trials.html",
        text=text,
        refused=refused,
        longest=LONGEST,
        shown=Paginator(Trial.objects.defer("told", "text"), SHOWN).get_page(request.GET.get("pagina")),
        link=lambda **values: "?" + "&".join(f"{name}={value}" for name, value in values.items()),
        states=TRIAL_STATES,
    )


@needs("rounds.manage")
def trial(request: HttpRequest, pk: int) -> HttpResponse:
    """Render a trial, or every institution of it as a file; 404 where there is none."""
    found = Trial.objects.filter(pk=pk).first()
    if found is None:
        raise Http404(pk)
    form = wanted_format(request)
    if form:
        return download(form, f"prueba-{pk}", COLUMNS, _rows(found.told))
    return page(
        request,
        "rounds/trial.html",
        trial=found,
        states=TRIAL_STATES,
        moved=MOVED,
        counts={each["observation"]: _counts(each["units"]) for each in found.told},
    )


def _text_of(sent: Any) -> str:
    try:
        text: str = sent.read().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise RefusedError("{said} is no text in UTF-8; save it so and send it again", said=sent.name[:80]) from error
    return text


def _rows(told: list[dict[str, Any]]) -> Iterator[tuple[Mapping[str, Any], Mapping[str, Any]]]:
    return ((each, unit) for each in told for unit in each["units"])


def _counts(units: list[dict[str, Any]]) -> dict[str, int]:
    """How many institutions would rise, fall and stay, and how many leave the places that their uncertainty permitted."""
    ranked = [each for each in units if None not in each["rank"]]
    moves = [each["rank"][1] - each["rank"][0] for each in ranked]
    beyond = [
        each
        for each in ranked
        if None not in each["ranks"][0] and not each["ranks"][0][0] <= each["rank"][1] <= each["ranks"][0][1]
    ]
    return {
        "rise": sum(move < 0 for move in moves),
        "fall": sum(move > 0 for move in moves),
        "stay": sum(move == 0 for move in moves),
        "beyond": len(beyond),
        "largest": int(max(map(abs, moves), default=0)),
    }
