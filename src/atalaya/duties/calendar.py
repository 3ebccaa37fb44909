"""What falls due: the periods of the duties of an institution whose last day in time lies in a stretch of days."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from atalaya.countries.pack import CountryPack, Duty, Institution
from atalaya.duties.obliged import duties_of
from atalaya.duties.periods import Period
from atalaya.duties.series import Length, containing, due, following, length_of, newest_due


@dataclass(frozen=True, slots=True, order=True)
class Due:
    """One thing that falls due: the day, the institution, the duty and the period that has to be there by then."""

    day: date
    institution_id: str
    duty_id: str
    period: Period


def falling_due(pack: CountryPack, institution: Institution, first: date, last: date) -> tuple[Due, ...]:
    """What falls due for an institution from one day to another, both included, the earliest first.

    A duty without periods falls due after a change that only the institution knows of, and one before an event with that event:
    neither has a day here.
    """
    rules = {(rule.law, rule.id): rule for rule in pack.update_rules}
    found = []
    for duty in duties_of(pack, institution, first):
        rule = rules[duty.law, duty.update]
        length = None if rule.hours_before is not None else length_of(duty, rule)
        if length is not None:
            found += [
                Due(due(period, rule), institution.id, duty.id, period)
                for period in _periods(length, newest_due(length, rule, first), last)
                if first <= due(period, rule) <= last
            ]
    return tuple(sorted(found))


def undated(pack: CountryPack, institution: Institution, on: date) -> tuple[Duty, ...]:
    """The duties of an institution that no calendar can hold: what is due after a change, or before an event."""
    rules = {(rule.law, rule.id): rule for rule in pack.update_rules}
    bound = duties_of(pack, institution, on)
    return tuple(
        duty
        for duty in bound
        if rules[duty.law, duty.update].hours_before is not None
        or length_of(duty, rules[duty.law, duty.update]) is None
    )


def _periods(length: Length, first: Period, last: date) -> Iterator[Period]:
    """Periods from one that was due on, up to the one that the last day lies in: no period is due before it ends."""
    here, until = first, containing(length, last)
    while here <= until:
        yield here
        here = following(length, here)
