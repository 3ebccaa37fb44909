"""The period that a published thing is about: a year, half-year, quarter, month, week or day."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A stretch of days, both ends included; `str` gives `2024`, `2024-S1`, `2024-Q1`, `2024-01`, `2024-01-15` or `2022/2024`."""

    first: date
    last: date

    def __str__(self) -> str:
        first, last = self.first, self.last
        if first == last:
            return first.isoformat()
        if first.year != last.year or first.day != 1 or not _is_month_end(last):
            return f"{first.year}/{last.year}" if _whole_years(first, last) else f"{first}/{last}"
        months = last.month - first.month + 1
        names = {
            (12, 1): f"{first.year}",
            (6, 1): f"{first.year}-S1",
            (6, 7): f"{first.year}-S2",
            (1, first.month): f"{first.year}-{first.month:02d}",
        }
        if months == 3 and first.month % 3 == 1:
            return f"{first.year}-Q{first.month // 3 + 1}"
        return names.get((months, first.month), f"{first}/{last}")


def _is_month_end(day: date) -> bool:
    return date.fromordinal(day.toordinal() + 1).day == 1


def _whole_years(first: date, last: date) -> bool:
    return (first.month, first.day, last.month, last.day) == (1, 1, 12, 31)
