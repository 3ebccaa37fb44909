"""The duties of a member of the partnership, one by one: what each asks, when it was last fulfilled and by what, when it is due.

The duties are data (`data/partnership.yml`), each with its source. Nothing that nobody recorded counts as done. A term that no
source states is not made up: such a duty has no last day and stays unknown until it is fulfilled.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from importlib import resources

from atalaya.commitments.compliance import DUE_SOON, MET, NOT_MET, SOON_DAYS, UNKNOWN, clock, months_after, times_a_year
from atalaya.yamls import load_yaml

NOT_BOUND = "not_bound"
"""The duty binds no plan of this country any more."""

RULES = ("every_months", "times_a_year", "once", "once_a_plan", "mid_plan", "after_plan", "new_plan")
WITH_AMOUNT = ("every_months", "times_a_year", "new_plan")
TELLERS = ("sessions", "plans", "rules", "records")


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberDuty:
    """A duty of membership: how it is told (`told_by`), by which rule it is judged, and whether its text was read there."""

    id: str
    number: str
    title: Mapping[str, str]
    what: Mapping[str, str]
    source: str
    checked: bool
    told_by: str
    rule: str
    amount: int | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """Something that was done on a day, and where it can be seen: an address, or a place in the portal."""

    on: date
    title: str
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """From when to when a plan runs, as far as its documents say."""

    plan: int
    start: date | None
    end: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyStanding:
    """How a duty stands on a day: `last` is what fulfilled it last, `due` the last day for the next time (None: no source states
    one), `count` how often it was done in the twelve months before, where that is what is asked."""

    duty: MemberDuty
    state: str
    last: Happening | None = None
    due: date | None = None
    days_left: int | None = None
    count: int | None = None


def member_duties() -> tuple[MemberDuty, ...]:
    """The duties, in the order of the data. Raises ValueError that names one that is not whole."""
    text = (resources.files("atalaya") / "data" / "partnership.yml").read_text(encoding="utf-8")
    return duties_of(load_yaml(text))


def duties_of(values: Iterable[Mapping[str, object]]) -> tuple[MemberDuty, ...]:
    """The duties of plain values. Raises ValueError that names one that is not whole."""
    found = tuple(MemberDuty(**value) for value in values)  # type: ignore[arg-type]
    for duty in found:
        if duty.rule not in RULES or duty.told_by not in TELLERS:
            raise ValueError(f"duty {duty.id}: the rule {duty.rule!r} or the teller {duty.told_by!r} is not known")
        if (duty.rule in WITH_AMOUNT) is not (duty.amount is not None and duty.amount > 0):
            raise ValueError(
                f"duty {duty.id}: the rule {duty.rule} {'needs' if duty.rule in WITH_AMOUNT else 'has no'} amount"
            )
    return found


def duty_standing(duty: MemberDuty, happened: Iterable[Happening], terms: Sequence[Term], today: date) -> DutyStanding:
    """How a duty stands on a day, from what happened and the plans of the country.

    A duty that binds no more is NOT_BOUND; one without a term is MET or UNKNOWN; the others are MET, DUE_SOON or NOT_MET.
    """
    done = sorted((each for each in happened if each.on <= today), key=lambda each: each.on)
    whole = DutyStanding(duty=duty, state=UNKNOWN, last=done[-1] if done else None)
    if duty.rule == "every_months":
        told = clock(duty.id, [each.on for each in done], duty.amount or 1, today)
        return replace(whole, state=told.state, due=told.due, days_left=told.days_left)
    if duty.rule == "times_a_year":
        return _in_a_year(whole, [each.on for each in done], today)
    if duty.rule == "once":
        return replace(whole, state=MET if done else UNKNOWN)
    if duty.rule == "new_plan":
        return _renewed(whole, terms, today)
    return _in_a_plan(whole, done, terms, today)


def _in_a_year(whole: DutyStanding, days: Sequence[date], today: date) -> DutyStanding:
    """Due on the last day on which the earliest of those that count still lies within twelve months."""
    wanted = whole.duty.amount or 1
    state, count = times_a_year(days, wanted, today)
    due = months_after(days[-wanted], 12) if count >= wanted else None
    return _timed(replace(whole, count=count), state, due, today)


def _renewed(whole: DutyStanding, terms: Sequence[Term], today: date) -> DutyStanding:
    ended = [each.end for each in terms if each.end is not None]
    if not ended:
        return whole
    begun = [each for each in terms if each.start is not None and each.start <= today]
    latest = max(begun, key=lambda each: each.start or date.min, default=None)
    last = Happening(on=latest.start, title=str(latest.plan)) if latest and latest.start else None
    due = months_after(max(ended), whole.duty.amount or 1)
    return _timed(replace(whole, last=last), MET if due >= today else NOT_MET, due, today)


def _in_a_plan(whole: DutyStanding, done: Sequence[Happening], terms: Sequence[Term], today: date) -> DutyStanding:
    duty = whole.duty
    dated = sorted((each for each in terms if each.start), key=lambda each: each.start or date.min)
    bound = [each for each in dated if duty.until is None or (each.start is not None and each.start <= duty.until)]
    if not bound and dated:
        return replace(whole, state=NOT_BOUND)
    since = _since(duty.rule, bound, today)
    if since is None:
        return whole
    met = any(each.on >= since for each in done)
    bygone = duty.until is not None and dated[-1] is not bound[-1]
    return replace(whole, state=MET if met else NOT_BOUND if bygone else UNKNOWN)


def _since(rule: str, terms: Sequence[Term], today: date) -> date | None:
    """The first day on which something fulfils the duty for the last plan that has come so far."""
    if rule == "once_a_plan":
        begun = [each.start for each in terms if each.start and each.start <= today]
        return begun[-2] if len(begun) > 1 else date.min if begun else None
    days = [
        each.end if rule == "after_plan" else each.start + (each.end - each.start) / 2
        for each in terms
        if each.start and each.end
    ]
    come = [day for day in days if day <= today]
    return come[-1] if come else None


def _timed(whole: DutyStanding, state: str, due: date | None, today: date) -> DutyStanding:
    if due is None:
        return replace(whole, state=state)
    left = due - today
    if state == MET and left <= timedelta(days=SOON_DAYS):
        state = DUE_SOON
    return replace(whole, state=state, due=due, days_left=left.days)
