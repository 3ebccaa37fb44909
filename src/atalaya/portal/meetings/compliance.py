"""What membership asks for, held against what the portal holds: sessions, plans, rules of bodies, and what people recorded."""

from datetime import date

from atalaya.commitments.documents import plan_of
from atalaya.commitments.membership import DutyStanding, Happening, Term, duty_standing, member_duties
from atalaya.commitments.partial_dates import DateRange
from atalaya.commitments.plan import Plan
from atalaya.portal.commitments.models import Plan as PlanRow
from atalaya.portal.meetings.models import Body, Fulfilment, Session
from atalaya.portal.meetings.states import HELD


def panel(today: date) -> list[DutyStanding]:
    """How every duty of membership stands on a day, in the order of their data."""
    happened = _happened(today)
    terms = [_term(plan_of({**row.document, "commitments": []})) for row in PlanRow.objects.all()]
    return [
        duty_standing(duty, [*happened.get(duty.told_by, ()), *happened.get(f"record:{duty.id}", ())], terms, today)
        for duty in member_duties()
    ]


def _happened(today: date) -> dict[str, list[Happening]]:
    """What happened, by who tells it; what people recorded stands under `record:` and the id of its duty."""
    found: dict[str, list[Happening]] = {"sessions": [], "rules": []}
    rows = Session.objects.filter(state=HELD, body__meets_every_months__isnull=False).select_related("body")
    for each in rows:
        title = f"{each.body}: {each.title}" if each.title else str(each.body)
        found["sessions"].append(Happening(on=each.on, title=title, url=f"session:{each.identifier}"))
    for body in Body.objects.exclude(rules_url="").filter(meets_every_months__isnull=False):
        on = min(body.changed.date(), today)
        found["rules"].append(Happening(on=on, title=str(body), url=body.rules_url))
    for row in Fulfilment.objects.all():
        found.setdefault(f"record:{row.duty}", []).append(Happening(on=row.on, title=row.title, url=row.url))
    return found


def _term(plan: Plan) -> Term:
    start, end = plan.start, plan.end
    return Term(
        plan=plan.number,
        start=start.first() if isinstance(start, DateRange) else None,
        end=end.last() if isinstance(end, DateRange) else None,
    )
