"""The series of periods that a duty goes by, and the day on which each of them is due."""

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from atalaya.countries.pack import Duty, UpdateRule
from atalaya.duties.periods import Period
from atalaya.exceptions import CountryPackError

_DURATION = re.compile(r"P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?")
_MONDAY = date(1, 1, 1)
"""The first day that a date can be is a Monday: weeks are counted from it."""

LONGEST = 366
"""Days of the longest period that a thing states of itself that is taken for its place in a series: one year."""


@dataclass(frozen=True, slots=True)
class Length:
    """How long the periods of a series are: whole months or whole days, the other being 0."""

    months: int
    days: int


def length_of(duty: Duty, rule: UpdateRule) -> Length | None:
    """The length of the periods of a duty: as its rule demands them, else as its evidence tells them; None without periods."""
    stated = rule.every or duty.evidence.period
    return None if stated is None else read_length(stated)


def read_length(duration: str) -> Length:
    """A length from an ISO 8601 duration. Raises CountryPackError for one that is none, or that mixes months with days.

    >>> read_length("P3M"), read_length("P1W")
    (Length(months=3, days=0), Length(months=0, days=7))
    """
    found = _DURATION.fullmatch(duration)
    years, months, weeks, days = (int(part or 0) for part in found.groups()) if found else (0, 0, 0, 0)
    length = Length(12 * years + months, 7 * weeks + days)
    if bool(length.months) == bool(length.days):
        raise CountryPackError(f"{duration!r} is no length of a period; write one such as P1M, P1Y or P7D")
    return length


def containing(length: Length, day: date) -> Period:
    """The period of a series that a day lies in: months and years are counted from January, weeks from Monday.

    >>> str(containing(read_length("P3M"), date(2026, 5, 9)))
    '2026-Q2'
    """
    if length.days:
        number = (day - _MONDAY).days // length.days
        first = _MONDAY + timedelta(days=number * length.days)
        return Period(first, first + timedelta(days=length.days - 1))
    number = (day.year * 12 + day.month - 1) // length.months * length.months
    return Period(_month(number), _last_day(number + length.months - 1))


def following(length: Length, period: Period) -> Period:
    """The period after one of the series."""
    return containing(length, period.last + timedelta(days=1))


def preceding(length: Length, period: Period) -> Period:
    """The period before one of the series."""
    return containing(length, period.first - timedelta(days=1))


def between(length: Length, first: Period, last: Period) -> Iterator[Period]:
    """The periods of a series from one to another, both included; none where the second lies before the first."""
    here = first
    while here <= last:
        yield here
        here = following(length, here)


def due(period: Period, rule: UpdateRule) -> date:
    """The last day on which what a period is about may be published without being late.

    Before the event where the rule counts hours before it, else at the end of the period and the days that the rule allows.
    """
    if rule.hours_before is not None:
        return period.first - timedelta(days=-(-rule.hours_before // 24))
    return period.last + timedelta(days=rule.within_days or 0)


def newest_due(length: Length, rule: UpdateRule, as_of: date) -> Period:
    """The last period whose due day has passed."""
    period = containing(length, as_of)
    while due(period, rule) >= as_of:
        period = preceding(length, period)
    return period


def after_stated(stated: Period) -> Period | None:
    """The period that follows one that a thing states of itself, as long as it; None for one longer than a year.

    Days and weeks are taken for their year: they tell when something was, not how often it comes again.
    """
    days = (stated.last - stated.first).days + 1
    if days > LONGEST:
        return None
    months = (stated.last.year - stated.first.year) * 12 + stated.last.month - stated.first.month + 1
    whole = stated.first.day == 1 and stated.last == _last_day(stated.first.year * 12 + stated.first.month + months - 2)
    length = Length(months if whole else 12, 0)
    return containing(length, containing(length, stated.last).last + timedelta(days=1))


def _month(number: int) -> date:
    return date(number // 12, number % 12 + 1, 1)


def _last_day(number: int) -> date:
    first = _month(number)
    return first.replace(day=monthrange(first.year, first.month)[1])
