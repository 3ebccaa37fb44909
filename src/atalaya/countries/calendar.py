"""Working days of a country: weekends and holidays, from the `holidays` package and from what the pack adds and removes."""

from collections.abc import Mapping
from datetime import date, timedelta
from functools import lru_cache

import holidays
from holidays.registry import EntityLoader

from atalaya.countries.pack import CalendarRule

UNITS = ("working", "natural")
"""How days are counted: working days of the country, or every day."""


@lru_cache(maxsize=1024)
def _published_holidays(country: str, year: int) -> Mapping[date, str]:
    return {day: name for day, name in holidays.country_holidays(country, years=year).items() if day.year == year}


def knows_holidays_of(country: str) -> bool:
    """Whether the `holidays` package has this country code."""
    return (
        country in EntityLoader.get_country_codes()
    )  # the names alone: listing what they support imports every country


def holidays_of(year: int, rule: CalendarRule) -> dict[date, str]:
    """The holidays of a year, in order, with their names: published ones, less the removed, plus the added."""
    published = _published_holidays(rule.holidays_country, year) if rule.holidays_country else {}
    days = {day: name for day, name in published.items() if not _listed(day, rule.removed)}
    for text, name in rule.added.items():
        for day in _days(text, year):
            days[day] = name
    return dict(sorted(days.items()))


def is_working_day(day: date, rule: CalendarRule) -> bool:
    """Whether offices work on this day."""
    if day.weekday() in rule.weekend or _listed(day, tuple(rule.added)):
        return False
    if not rule.holidays_country or _listed(day, rule.removed):
        return True
    return day not in _published_holidays(rule.holidays_country, day.year)


def add_working_days(start: date, count: int, rule: CalendarRule) -> date:
    """The working day that is `count` working days after `start` (before it, where negative); `start` itself for 0.

    The day of the start does not count. Raises ValueError where every day of the week is weekend.
    """
    if set(rule.weekend) >= set(range(7)):
        raise ValueError("every day of the week is weekend; correct `weekend` in calendar.yml")
    step = timedelta(days=1 if count > 0 else -1)
    day, left = start, abs(count)
    while left:
        day += step
        left -= is_working_day(day, rule)
    return day


def add_days(start: date, count: int, unit: str, rule: CalendarRule) -> date:
    """The day that is `count` days of the unit after `start`. Raises ValueError for a unit that is not in `UNITS`."""
    if unit not in UNITS:
        raise ValueError(f"the unit {unit!r} is none of {', '.join(UNITS)}")
    return add_working_days(start, count, rule) if unit == "working" else start + timedelta(days=count)


def working_days_between(start: date, end: date, rule: CalendarRule) -> int:
    """Working days after `start` up to and including `end`; 0 where `end` is not after `start`."""
    return sum(is_working_day(start + timedelta(days=n), rule) for n in range(1, (end - start).days + 1))


def last_working_day(year: int, month: int, rule: CalendarRule) -> date:
    """The last working day of a month."""
    following = date(year + month // 12, month % 12 + 1, 1)
    return add_working_days(following, -1, rule)


def _listed(day: date, listed: tuple[str, ...]) -> bool:
    return day.isoformat() in listed or f"{day:%m-%d}" in listed


def _days(text: str, year: int) -> tuple[date, ...]:
    """The days of a year that a text names: one date of that year, or a `MM-DD` that this year has."""
    whole = f"{year:04d}-{text}" if len(text) == len("MM-DD") else text
    try:
        day = date.fromisoformat(whole)
    except ValueError:
        return ()
    return (day,) if day.year == year else ()
