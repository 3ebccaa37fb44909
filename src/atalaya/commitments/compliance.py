"""What membership of the Open Government Partnership asks of a country, held against dates: the panel of compliance.

The minimum requirements are those of the participation and co-creation standards in force since 2022; each says how it is told:
from dates of sessions and documents, or by a statement that somebody must make.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

MET, NOT_MET, DUE_SOON, UNKNOWN = "met", "not_met", "due_soon", "unknown"

SOON_DAYS = 45
"""Days before the end of a clock in which it is said to be due soon."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """Something that must happen again within so many months: when it `last` did, and the last day for the next time."""

    id: str
    state: str
    months: int
    last: date | None = None
    due: date | None = None
    days_left: int | None = None
    longest_gap_days: int | None = None
    """The longest time between two occurrences in a row, ever."""


def months_after(day: date, months: int) -> date:
    """The same day so many months later, or the last day of that month where it has no such day.

    >>> months_after(date(2023, 8, 31), 6)
    datetime.date(2024, 2, 29)
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for last in range(day.day, 0, -1):
        try:
            return date(year, month + 1, last)
        except ValueError:
            continue
    raise AssertionError("every month has a first day")


def clock(identifier: str, happened: Iterable[date], months: int, today: date) -> Clock:
    """The clock of something that must happen at least every so many months; unknown where it never did.

    Raises ValueError where months do not lie above zero.
    """
    if months <= 0:
        raise ValueError(f"a clock of {months} months never ends; give 1 or more")
    days = sorted({day for day in happened if day <= today})
    if not days:
        return Clock(id=identifier, state=UNKNOWN, months=months)
    due = months_after(days[-1], months)
    left = (due - today).days
    gaps = [(later - earlier).days for earlier, later in pairwise(days)]
    return Clock(
        id=identifier,
        state=NOT_MET if left < 0 else DUE_SOON if left <= SOON_DAYS else MET,
        months=months,
        last=days[-1],
        due=due,
        days_left=left,
        longest_gap_days=max((*gaps, (today - days[-1]).days)),
    )


def times_a_year(happened: Sequence[date], times: int, today: date) -> tuple[str, int]:
    """Whether something happened so many times in the twelve months up to a day, and how many times it did."""
    since = months_after(today, -12)
    count = sum(since < day <= today for day in happened)
    if not happened:
        return UNKNOWN, 0
    return (MET if count >= times else NOT_MET), count
