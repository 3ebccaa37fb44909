"""Dates as plans write them: a day, a month or a year, or a stretch from one to another."""

import calendar
import re
from dataclasses import dataclass
from datetime import date, datetime
from functools import total_ordering

from babel import Locale
from babel.dates import format_date, format_skeleton

_SHAPE = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
RANGE = "/"
"""Stands between the two ends of a stretch, as in ISO 8601."""


@total_ordering
@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date known to the day, the month or the year: `month` and `day` are None where they are not stated."""

    year: int
    month: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        if self.day is not None and self.month is None:
            raise ValueError("a date with a day has a month")
        if not 1 <= self.year <= 9999:
            raise ValueError(f"the year {self.year} does not lie between 1 and 9999")
        self.first()

    @property
    def precision(self) -> str:
        """`day`, `month` or `year`."""
        return "year" if self.month is None else "month" if self.day is None else "day"

    def first(self) -> date:
        """The first day that it can mean."""
        return date(self.year, self.month or 1, self.day or 1)

    def last(self) -> date:
        """The last day that it can mean."""
        month = self.month or 12
        return date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])

    def __lt__(self, other: "PartialDate") -> bool:
        return (self.first(), self.last()) < (other.first(), other.last())

    def __str__(self) -> str:
        parts = [f"{self.year:04d}", *(f"{part:02d}" for part in (self.month, self.day) if part is not None)]
        return "-".join(parts)


@dataclass(frozen=True, slots=True)
class DateRange:
    """When something is to happen: from `start` to `end`, equal where one date is stated."""

    start: PartialDate
    end: PartialDate

    def __post_init__(self) -> None:
        if self.end.last() < self.start.first():
            raise ValueError(f"{self.start}{RANGE}{self.end} ends before it starts")

    def __str__(self) -> str:
        return str(self.start) if self.start == self.end else f"{self.start}{RANGE}{self.end}"

    def first(self) -> date:
        """The first day that it can mean."""
        return self.start.first()

    def last(self) -> date:
        """The last day that it can mean: what is promised is late after it."""
        return self.end.last()


def read_date(text: str) -> PartialDate:
    """A date as `2023`, `2023-06` or `2023-06-30`. Raises ValueError that tells what to write.

    >>> read_date("2023-6").last()
    datetime.date(2023, 6, 30)
    """
    found = _SHAPE.fullmatch(text.strip())
    if found is None:
        raise ValueError(
            f"{text.strip()!r} is no date; write a year, a year and month, or a day: 2023, 2023-06, 2023-06-30"
        )
    try:
        return PartialDate(*(int(part) if part else None for part in found.groups()))  # type: ignore[arg-type]
    except ValueError as error:
        raise ValueError(f"{text.strip()!r} is no date of the calendar: {error}") from error


def read_range(value: object) -> DateRange:
    """One date, or two with `/` between them; a day of a calendar as spreadsheets give it is taken too. Raises ValueError.

    >>> str(read_range("2024-01/2025-06"))
    '2024-01/2025-06'
    """
    if isinstance(value, datetime | date):
        day = PartialDate(value.year, value.month, value.day)
        return DateRange(day, day)
    start, found, end = str(value).partition(RANGE)
    return DateRange(read_date(start), read_date(end if found else start))


def said(when: "DateRange | PartialDate", locale: Locale) -> str:
    """A date or stretch written out in a language, with the precision that it has.

    >>> said(read_range("2024-01/2025-06"), Locale.parse("es"))
    'enero de 2024 a junio de 2025'
    """
    if isinstance(when, DateRange):
        joint = " a " if locale.language == "es" else " to "
        ends = [said(end, locale) for end in dict.fromkeys((when.start, when.end))]
        return joint.join(ends)
    if when.precision == "year":
        return str(when.year)
    if when.precision == "month":
        return str(format_skeleton("yMMMM", when.first(), locale=locale))
    return str(format_date(when.first(), format="long", locale=locale))
