"""What would become of an institution's figure and rank if some of its findings were mended: the engine is asked again."""

from collections import Counter
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse

from atalaya.portal.core.downloads import Column, download, wanted_format
from atalaya.portal.core.pages import page, published
from atalaya.portal.observatory.models import Finding, Institution, Mendable, Rule, Step
from atalaya.portal.observatory.named import institution_or_404
from atalaya.portal.observatory.queries import rules_of
from atalaya.portal.observatory.reckoning import Busy, trial, turn

CHECK, FINDING = "prueba", "hallazgo"
MOST = 100
"""Findings of an address that are looked at."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Everything that one check found: how many cases, what mending all of them adds, and how many are chosen."""

    mendable: Mendable
    rule: Rule | None
    chosen: int
    steps: tuple[Step, ...]


COLUMNS = (
    Column("cuando", lambda row: row[0]),
    Column("puntaje", lambda row: row[1].score),
    Column("puntaje_minimo", lambda row: row[1].low),
    Column("puntaje_maximo", lambda row: row[1].high),
    Column("puesto", lambda row: row[1].rank),
    Column("puesto_mejor", lambda row: row[1].rank_low),
    Column("puesto_peor", lambda row: row[1].rank_high),
    Column("clasificada", lambda row: row[1].ranked),
)


@published
def what_if(request: HttpRequest, slug: str) -> HttpResponse:
    """Render the page, or both standings as a file; 404 where there is no such body, 503 where too many ask at once."""
    found = institution_or_404(slug)
    mendable = {each.measure: each for each in Mendable.objects.filter(unit=found.id)}
    checks = [name for name in request.GET.getlist(CHECK) if name][:MOST]
    findings = request.GET.getlist(FINDING)[:MOST]
    mended = _mended(found, mendable, checks, findings)
    try:
        with turn():
            tried = trial(request.edition, found.id, mendable)
            now, then = tried.standings([{}, mended])
    except Busy:
        answer = page(request, "observatory/busy.html", status=503, institution=found)
        answer.headers["Retry-After"] = "5"
        return answer
    form = wanted_format(request)
    if form:
        rows = [("ahora", now), ("entonces", then)]
        return download(form, f"que-pasaria-{slug}-{request.edition.observation}", COLUMNS, rows)
    return page(
        request,
        "observatory/what_if.html",
        institution=found,
        choices=_choices(found, mendable, mended),
        checks=set(checks),
        findings=set(findings),
        count=sum(mended.values()),
        now=now,
        then=then,
        ranked=int(tried.computed.ranked.sum()),
        kept=_kept(checks, findings),
    )


def _mended(
    found: Institution, mendable: dict[str, Mendable], checks: list[str], findings: list[str]
) -> dict[str, int]:
    """How many cases of each measure are chosen: all of a check, or single findings of the institution."""
    single = Counter(
        Finding.objects.filter(id__in=findings, institution=found.id).values_list("check_id", flat=True)
        if findings
        else ()
    )
    counts = {
        name: each.failing if each.check_id in checks else min(single[each.check_id], each.failing)
        for name, each in mendable.items()
    }
    return {name: count for name, count in counts.items() if count}


def _choices(found: Institution, mendable: dict[str, Mendable], mended: dict[str, int]) -> list[Choice]:
    """Most points first, each with its findings that stand in the plan."""
    rules = rules_of(each.check_id for each in mendable.values())
    steps: dict[str, list[Step]] = {}
    for step in Step.objects.filter(unit=found.id):
        steps.setdefault(step.check_id, []).append(step)
    rows = [
        Choice(each, rules.get(each.check_id), mended.get(name, 0), tuple(steps.get(each.check_id, ())))
        for name, each in mendable.items()
    ]
    return sorted(rows, key=lambda row: (-(row.mendable.points or 0.0), row.mendable.measure))


def _kept(checks: list[str], findings: list[str]) -> str:
    return "?" + urlencode([*((CHECK, each) for each in checks), *((FINDING, each) for each in findings)])
