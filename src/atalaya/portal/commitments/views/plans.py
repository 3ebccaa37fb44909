"""All plans side by side: what each promised, what is known of it, and how far it is."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from atalaya.portal.commitments.standing import PlanStanding, plan_standing
from atalaya.portal.commitments.stored import readings_of, stored_plans
from atalaya.portal.commitments.views.pages import current, said_by
from atalaya.portal.core.downloads import Column, download, wanted_format
from atalaya.portal.core.pages import page

COLUMNS = (
    Column("plan", lambda each: each.plan.number),
    Column("titulo", lambda each: each.plan.title),
    Column("inicio", lambda each: str(each.plan.start) if each.plan.start else None),
    Column("fin", lambda each: str(each.plan.end) if each.plan.end else None),
    Column("compromisos_declarados", lambda each: each.plan.stated_commitments),
    Column("compromisos_conocidos", lambda each: len(each.commitments)),
    Column("hitos_conocidos", lambda each: milestones(each)),
    Column("avance", lambda each: each.progress.value if each.progress else None),
    Column("avance_minimo", lambda each: each.progress.low if each.progress else None),
    Column("avance_maximo", lambda each: each.progress.high if each.progress else None),
)


@current
def plans(request: HttpRequest) -> HttpResponse:
    """Render all plans, or give them as a file."""
    today = timezone.localdate()
    found = [plan_standing(plan, readings_of(plan.number), today) for plan in stored_plans()]
    form = wanted_format(request)
    if form:
        return download(form, "planes", COLUMNS, found)
    return page(request, "commitments/plans.html", plans=found[::-1], milestones=milestones, **said_by(request))


def milestones(standing: PlanStanding) -> int:
    """How many milestones of a plan are known."""
    return sum(len(each.milestones) for each in standing.commitments)
