"""One look at everything that is followed: what is next, what is late, what is silent, what was agreed and said last."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from atalaya.commitments.compliance import DUE_SOON, NOT_MET
from atalaya.commitments.membership import DutyStanding
from atalaya.commitments.partial_dates import DateRange, read_range
from atalaya.commitments.sessions import Session as Told
from atalaya.commitments.sessions import matrix
from atalaya.portal.commitments.models import Reading
from atalaya.portal.commitments.standing import PlanStanding
from atalaya.portal.commitments.standings import standings_now
from atalaya.portal.meetings.compliance import panel
from atalaya.portal.meetings.models import Session
from atalaya.portal.meetings.services.agreements import Tracked, agreements, tracked
from atalaya.portal.meetings.states import CALLED, OPEN
from atalaya.portal.meetings.stored import stored_sessions

LATEST = 8
"""How many of the last readings, and of the agreements, are shown."""


@dataclass(frozen=True, slots=True)
class Followed:
    """A plan that is followed: how it stands, its last session, and the commitments of which that one did not hear everything."""

    standing: PlanStanding
    last: Told | None
    silent: tuple[int, ...]

    def counted(self, timing: str) -> int:
        """How many milestones are late, at risk or silent."""
        return sum(each.count(timing) for each in self.standing.commitments)


@dataclass(frozen=True, slots=True)
class Following:
    """What is followed on a day. `announced`: held sessions that said when the next one is to be, of bodies that have none
    called; `missed`: those of them whose time is over."""

    calls: tuple[Session, ...]
    announced: tuple[Session, ...]
    missed: tuple[Session, ...]
    duties: tuple[DutyStanding, ...]
    late: tuple[Tracked, ...]
    open: tuple[Tracked, ...]
    newest: tuple[Tracked, ...]
    plans: tuple[Followed, ...]
    readings: tuple[Reading, ...]


def following(today: date) -> Following:
    """Everything that is followed, as it stands on a day."""
    found = [tracked(each, today) for each in agreements()]
    waiting = [each for each in found if each.state == OPEN]
    calls = tuple(Session.objects.filter(state=CALLED).select_related("body").order_by("on", "identifier"))
    announced = list(_announced({each.body_id for each in calls}))
    over = [each for each in announced if read_range(each.next_session).last() < today]
    readings = Reading.objects.select_related("commitment").order_by("-made", "-id")[:LATEST]
    return Following(
        calls=calls,
        announced=tuple(each for each in announced if each not in over),
        missed=tuple(over),
        duties=tuple(each for each in panel(today) if each.state in (NOT_MET, DUE_SOON)),
        late=tuple(sorted((each for each in waiting if each.days_late), key=lambda each: -each.days_late)),
        open=tuple(each for each in waiting if not each.days_late),
        newest=tuple(found[:LATEST]),
        plans=tuple(_followed(each) for each in _in_force(standings_now(), today)),
        readings=tuple(readings),
    )


def _announced(called: set[str]) -> Iterator[Session]:
    """The last session of each body that has none called, where it said when the next one is to be."""
    seen = set(called)
    for each in Session.objects.filter(state="held").select_related("body").order_by("-on", "-identifier"):
        if each.body_id not in seen:
            seen.add(each.body_id)
            if each.next_session:
                yield each


def _in_force(standings: list[PlanStanding], today: date) -> list[PlanStanding]:
    """The plans that have not ended, as far as their end is known; where none is left, the last one."""
    going = [each for each in standings if _goes_on(each.plan.end, today)]
    return going or standings[-1:]


def _goes_on(end: object, today: date) -> bool:
    return isinstance(end, DateRange) and end.last() >= today


def _followed(standing: PlanStanding) -> Followed:
    found = matrix(standing.plan, stored_sessions(standing.plan.number))
    last = len(found.sessions) - 1
    return Followed(standing, found.sessions[last] if last >= 0 else None, found.silent(last) if last >= 0 else ())
