"""Dates, times and durations as a field of a schema may ask for them."""

import datetime as dt
import re
from collections.abc import Callable
from typing import TypeVar

Moment = TypeVar("Moment", dt.date, dt.time, dt.datetime)
_DATE = re.compile(r"\d{4}-\d\d-\d\d\Z")
_TIME = re.compile(r"\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)?\Z")
_DATETIME = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?\Z")
_YEAR = re.compile(r"-?\d{4}\Z")
_YEARMONTH = re.compile(r"(-?\d{4})-(0[1-9]|1[0-2])\Z")
_DURATION = re.compile(
    r"(-?)P(?=\d|T\d)(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?"
    r"(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?\Z"
)
"""ISO 8601 durations, as XML Schema writes them and with weeks."""
_ANY_DATE = ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%m/%d/%Y", "%Y/%m/%d", "%d/%m/%y", "%Y%m%d")
_ANY_TIME = ("%H:%M:%S", "%H:%M", "%I:%M %p", "%I:%M:%S %p")
_DAYS_OF_A_MONTH = 30.436875
"""Mean days of a month of the Gregorian calendar: durations in months are compared with those in days by it."""


class Unfit(ValueError):
    """Raised when a text is no value of a type; the message says what it is not, never what it is."""


def read_date(text: str, pattern: str) -> dt.date:
    """A date in a pattern; `default` is ISO 8601, `any` the ways that people commonly write."""
    if pattern == "default":
        if not _DATE.match(text):
            raise Unfit("it is not a date as YYYY-MM-DD")
        return _parse(lambda: dt.date.fromisoformat(text), "it is not a day of the calendar")
    return _by_patterns(text, _ANY_DATE if pattern == "any" else (pattern,), "a date").date()


def read_time(text: str, pattern: str) -> dt.time:
    """A time of day in a pattern; `default` is hh:mm:ss."""
    if pattern == "default":
        if not _TIME.match(text):
            raise Unfit("it is not a time as hh:mm:ss")
        return _parse(lambda: dt.time.fromisoformat(text), "it is not a time of the day").replace(tzinfo=None)
    return _by_patterns(text, _ANY_TIME if pattern == "any" else (pattern,), "a time").time()


def read_datetime(text: str, pattern: str) -> dt.datetime:
    """A moment in a pattern; `default` is ISO 8601. Moments without a zone are taken as UTC, so that all can be compared."""
    if pattern == "default":
        if not _DATETIME.match(text):
            raise Unfit("it is not a date and time as YYYY-MM-DDThh:mm:ssZ")
        found = _parse(lambda: dt.datetime.fromisoformat(text), "it is not a moment of the calendar")
    elif pattern == "any":
        both = [f"{day} {time}" for day in _ANY_DATE for time in _ANY_TIME]
        found = read_datetime(text, "default") if _DATETIME.match(text) else _by_patterns(text, both, "a date and time")
    else:
        found = _by_patterns(text, (pattern,), "a date and time")
    return found if found.tzinfo else found.replace(tzinfo=dt.UTC)


def read_year(text: str) -> int:
    """A year of four digits."""
    if not _YEAR.match(text):
        raise Unfit("it is not a year of four digits")
    return int(text)


def read_yearmonth(text: str) -> tuple[int, int]:
    """A month as YYYY-MM."""
    match = _YEARMONTH.match(text)
    if match is None:
        raise Unfit("it is not a month as YYYY-MM")
    return int(match.group(1)), int(match.group(2))


def read_duration(text: str) -> float:
    """An ISO 8601 duration, in days."""
    match = _DURATION.match(text)
    if match is None:
        raise Unfit("it is not a duration as P1Y2M3DT4H5M6S")
    years, months, weeks, days, hours, minutes, seconds = (float(part or 0) for part in match.groups()[1:])
    total = (12 * years + months) * _DAYS_OF_A_MONTH + 7 * weeks + days + hours / 24 + minutes / 1440 + seconds / 86_400
    return -total if match.group(1) else total


def _by_patterns(text: str, patterns: "tuple[str, ...] | list[str]", what: str) -> dt.datetime:
    for pattern in patterns:
        try:
            return dt.datetime.strptime(text, pattern)  # noqa: DTZ007 - the zone is what the pattern says
        except (ValueError, re.error):
            continue
    raise Unfit(f"it is not {what} in the pattern {patterns[0]}" if len(patterns) == 1 else f"it is not {what}")


def _parse(read: "Callable[[], Moment]", why: str) -> Moment:
    try:
        return read()
    except ValueError:
        raise Unfit(why) from None
