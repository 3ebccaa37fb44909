"""Plans and how they stand, computed once for what the tables say and kept in the process as long as they say it."""

from collections import OrderedDict
from collections.abc import Iterable
from datetime import date
from threading import Lock
from typing import Any

from django.utils import timezone

from atalaya.commitments.plan import Plan
from atalaya.portal.commitments.marks import marks_of_plans
from atalaya.portal.commitments.standing import PlanStanding, plan_standing
from atalaya.portal.commitments.stored import newest_readings, stored_plan

KEPT = 64
"""Plans that are kept in a process; a country makes one every two years."""

_plans: OrderedDict[int, tuple[str, Plan]] = OrderedDict()
_standings: OrderedDict[int, tuple[tuple[str, str, date], PlanStanding]] = OrderedDict()
_lock = Lock()


def plan_now(number: int) -> Plan | None:
    """The plan of a number; None where there is none."""
    marks = marks_of_plans(number)
    return _plan(number, marks[number][0]) if number in marks else None


def plans_now() -> list[tuple[Plan, str]]:
    """Every plan by number, each with a mark that changes when its documents do."""
    found = ((_plan(number, mark), mark) for number, (mark, _) in sorted(marks_of_plans().items()))
    return [(plan, mark) for plan, mark in found if plan is not None]


def standing_now(number: int) -> PlanStanding | None:
    """How the plan of a number stands today; None where there is none."""
    return next(iter(standings_now(number)), None)


def standings_now(number: int | None = None) -> list[PlanStanding]:
    """How every plan, or the one of a number, stands today, by number."""
    today = timezone.localdate()
    marks = marks_of_plans(number)
    keys = {plan: (*mark, today) for plan, mark in marks.items()}
    lacking = [plan for plan, key in keys.items() if _held(_standings, plan, key) is None]
    if lacking:
        _compute(lacking, keys, today)
    found = (_held(_standings, plan, key) or _one(plan, key[0], today) for plan, key in sorted(keys.items()))
    return [each for each in found if each is not None]


def _compute(lacking: Iterable[int], keys: dict[int, tuple[str, str, date]], today: date) -> None:
    wanted = list(lacking)
    said = newest_readings(today, wanted[0] if len(wanted) == 1 else None)
    for plan in wanted:
        whole = _plan(plan, keys[plan][0])
        if whole is not None:
            _keep(_standings, plan, keys[plan], plan_standing(whole, said.get(plan, {}), today))


def _one(plan: int, mark: str, today: date) -> PlanStanding | None:
    """A standing that others pushed out meanwhile."""
    whole = _plan(plan, mark)
    return plan_standing(whole, newest_readings(today, plan).get(plan, {}), today) if whole else None


def _plan(number: int, mark: str) -> Plan | None:
    known: Plan | None = _held(_plans, number, mark)
    if known is None:
        known = stored_plan(number)
        if known is not None:
            _keep(_plans, number, mark, known)
    return known


def _held(kept: OrderedDict[int, Any], number: int, key: object) -> Any:
    with _lock:
        found = kept.get(number)
        return found[1] if found is not None and found[0] == key else None


def _keep(kept: OrderedDict[int, Any], number: int, key: object, value: object) -> None:
    with _lock:
        kept[number] = (key, value)
        kept.move_to_end(number)
        while len(kept) > KEPT:
            kept.popitem(last=False)
