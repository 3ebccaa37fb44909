"""All plans compared: what each promised, how much of it is known, how far it came, and what the reviewer said."""

from collections import Counter
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse

from atalaya.portal.commitments.standing import PlanStanding
from atalaya.portal.commitments.standings import standings_now
from atalaya.portal.commitments.views.pages import current, said_by
from atalaya.portal.core.downloads import Column, download, wanted_format
from atalaya.portal.core.pages import page


@dataclass(frozen=True, slots=True)
class Compared:
    """A plan in figures. What is not known is None, and never zero."""

    standing: PlanStanding
    leads: int | None
    milestones: int | None
    complete: int
    late: int
    rewritten: int
    """Commitments with more than one published version."""
    reviewed: int
    starred: int
    completion: Counter[str]
    """The reviewer's levels of completion, of the newest review of each commitment."""


COLUMNS = (
    Column("plan", lambda each: each.standing.plan.number),
    Column("titulo", lambda each: each.standing.plan.title),
    Column("inicio", lambda each: str(each.standing.plan.start) if each.standing.plan.start else None),
    Column("fin", lambda each: str(each.standing.plan.end) if each.standing.plan.end else None),
    Column("compromisos_declarados", lambda each: each.standing.plan.stated_commitments),
    Column("compromisos_conocidos", lambda each: len(each.standing.commitments)),
    Column("responsables", lambda each: each.leads),
    Column("hitos_conocidos", lambda each: each.milestones),
    Column("hitos_completados", lambda each: each.complete),
    Column("hitos_atrasados", lambda each: each.late),
    Column("compromisos_con_otra_version", lambda each: each.rewritten),
    Column("compromisos_revisados", lambda each: each.reviewed),
    Column("compromisos_destacados", lambda each: each.starred),
    Column("avance", lambda each: each.standing.progress.value if each.standing.progress else None),
)


@current
def plans_compared(request: HttpRequest) -> HttpResponse:
    """Render the table, or give it as a file."""
    rows = [_compared(each) for each in standings_now()]
    form = wanted_format(request)
    if form:
        return download(form, "planes-comparados", COLUMNS, rows)
    return page(request, "commitments/compared.html", rows=rows, **said_by(request))


def _compared(standing: PlanStanding) -> Compared:
    milestones = [each for one in standing.commitments for each in one.milestones]
    reviews = [one.commitment.reviews[-1] for one in standing.commitments if one.commitment.reviews]
    leads = {name.casefold() for one in standing.commitments for name in one.lead}
    return Compared(
        standing=standing,
        leads=len(leads) or None,
        milestones=len(milestones) or None,
        complete=sum(each.shown.timing == "complete" for each in milestones),
        late=sum(each.shown.timing == "late" for each in milestones),
        rewritten=sum(len(one.commitment.versions) > 1 for one in standing.commitments),
        reviewed=len(reviews),
        starred=sum(bool(each.starred) for each in reviews),
        completion=Counter(each.completion for each in reviews if each.completion and each.completion != "pending"),
    )
