"""The improvement plan of an institution: what to mend first, with what it brings, who does it, and what falls due."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.http import HttpRequest, HttpResponse

from atalaya.portal.core.downloads import Column, download, wanted_format
from atalaya.portal.core.pages import daily, page, published
from atalaya.portal.observatory.agenda import items_of, stretch
from atalaya.portal.observatory.models import Institution, Plan, Step
from atalaya.portal.observatory.named import institution_or_404

COLUMNS = (
    Column("numero", lambda row: row[0].place + 1),
    Column("hallazgo", lambda row: row[0].finding),
    Column("prueba", lambda row: row[1]["check"]),
    Column("conjunto", lambda row: row[1]["dataset"]),
    Column("direccion", lambda row: row[0].address),
    Column("que_se_encontro", lambda row: row[1]["why"]),
    Column("que_hacer", lambda row: row[1]["remedy"]),
    Column("toma", lambda row: row[1]["time"]),
    Column("quien", lambda row: row[1]["who"]),
    Column("se_repara", lambda row: row[1]["act"]),
    Column("otros_con_el_mismo_acto", lambda row: row[0].likewise),
    Column("puntos", lambda row: row[0].points),
    Column("puntos_por_si_solo", lambda row: row[0].alone),
    Column("solo_junto_con", lambda row: row[0].together),
    Column("puntaje_entonces", lambda row: row[0].standing["score"]),
    Column("puesto_entonces", lambda row: row[0].standing["rank"]),
    Column("indicadores", lambda row: row[1]["indicators"]),
)

REASONS = {
    "nothing_measured": "Nothing of it could be measured, so nothing can be said of what mending would bring.",
    "nothing_to_mend": "No finding is left whose mending would bring points.",
}
"""Why a plan has no step."""


@published
@daily
def plan(request: HttpRequest, slug: str) -> HttpResponse:
    """Render the plan, or its steps as a file; 404 where the register has no such body."""
    found = institution_or_404(slug)
    form = wanted_format(request)
    if form:
        rows = ((step, step.texts[request.language]) for step in Step.objects.filter(unit=found.id))
        return download(form, f"plan-{slug}-{request.edition.observation}", COLUMNS, rows)
    return page(request, "observatory/plan.html", **plan_values(request, found))


@dataclass(frozen=True, slots=True)
class Block:
    """Steps of one check in a row: its texts are told once, what each is about beside it."""

    said: Mapping[str, str]
    steps: tuple[tuple[Step, Mapping[str, str]], ...]

    @property
    def first(self) -> Step:
        """The step that it begins with."""
        return self.steps[0][0]

    @property
    def points(self) -> float:
        """What all of its steps bring."""
        return sum(float(step.points) for step, _ in self.steps)


def _blocks(steps: Sequence[Step], language: str) -> list[Block]:
    found = []
    for _, group in groupby(steps, key=lambda step: (step.check_id, step.texts[language]["remedy"])):
        listed = tuple((step, step.texts[language]) for step in group)
        found.append(Block(listed[0][1], listed))
    return found


def plan_values(request: HttpRequest, found: Institution) -> dict[str, Any]:
    """What the page and the printed plan show."""
    whole = Plan.objects.filter(unit=found.id).first()
    span = stretch(request, request.edition)
    steps = list(Step.objects.filter(unit=found.id))
    return {
        "institution": found,
        "plan": whole,
        "steps": steps,
        "blocks": _blocks(steps, request.language),
        "reason": REASONS.get(whole.reason, "") if whole else REASONS["nothing_measured"],
        "span": span,
        "items": items_of(found.id, span),
    }
