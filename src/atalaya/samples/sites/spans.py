"""Periods by length in months, and the day on which each is due by the term of a duty.

What a law wants within some days of a change is due so many days after the period that it is about: the end of a period is the
change. What it wants every month or year must be there when the next one has passed since the last: at the end of the period.
"""

from datetime import date, timedelta

from atalaya.duties.periods import Period
from atalaya.samples.sites.law import LawDuty

YEAR = 12
"""Months of the period that something without a series states of itself."""


def series_months(duty: LawDuty) -> int | None:
    """Months of the periods of a duty: those that its term counts, else those that its series has; None without periods."""
    return duty.every if duty.every is not None else duty.months


def holding(day: date, months: int) -> Period:
    """The period of that length that the day lies in, counted from January of year 0."""
    return _from((12 * day.year + day.month - 1) // months * months, months)


def shifted(period: Period, months: int, steps: int) -> Period:
    """The period `steps` after one of that length, before it where negative."""
    return _from(12 * period.first.year + period.first.month - 1 + steps * months, months)


def due(period: Period, duty: LawDuty) -> date:
    """The last day on which what is about the period is in time."""
    return period.last + timedelta(days=duty.days or 0)


def newest_due(duty: LawDuty, months: int, as_of: date) -> Period:
    """The newest period whose last day in time lies before `as_of`."""
    period = holding(as_of, months)
    while due(period, duty) >= as_of:
        period = shifted(period, months, -1)
    return period


def _from(start: int, months: int) -> Period:
    return Period(_first(start), _first(start + months) - timedelta(days=1))


def _first(month: int) -> date:
    return date(month // 12, month % 12 + 1, 1)
