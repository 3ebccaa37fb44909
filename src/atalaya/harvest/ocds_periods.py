"""The months and years that bulk files are cut into, the gaps in their series, and the newest of dates in any dress."""

import re
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime

MISSING_SHOWN = 36
"""Missing months that a problem names, three years; the rest is counted."""

_MONTH_IN_TEXT = re.compile(r"(?<!\d)((?:19|20)\d\d)[-_/.]?(0?[1-9]|1[0-2])(?!\d)")
_YEAR_IN_TEXT = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
_DAY_FIRST = re.compile(r"^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})\b")
_EPOCH = re.compile(r"^(\d{10})(\d{3})?$")


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Months on end, both ends included, counted from the year 0; `yearly` where only years were told."""

    first: int
    last: int
    yearly: bool = False

    @property
    def start(self) -> str:
        """The first month, or year, as ISO 8601 writes it."""
        return _written(self.first, self.yearly)

    @property
    def end(self) -> str:
        """The last month, or year, as ISO 8601 writes it."""
        return _written(self.last, self.yearly)


def _written(month: int, yearly: bool) -> str:
    return f"{month // 12:04}" if yearly else f"{month // 12:04}-{month % 12 + 1:02}"


def span(year: str | None, month: str | None = None) -> Span | None:
    """The span of a year, or of a month in it, as texts; None where they are none.

    >>> span("2020", "3").start, span("2020").end, span("2020", "enero"), span("x")
    ('2020-03', '2020', None, None)
    """
    if year is None or not re.fullmatch(r"(?:19|20)\d\d", year):
        return None
    if month is None:
        return Span(int(year) * 12, int(year) * 12 + 11, yearly=True)
    if not re.fullmatch(r"0?[1-9]|1[0-2]", month):
        return None
    place = int(year) * 12 + int(month) - 1
    return Span(place, place)


def span_in(text: str | None) -> Span | None:
    """The span that a text names, such as an id, a path or a file name: its last month, else its last year.

    >>> span_in("gc-2020-01").start, span_in("https://a.example/2016/7").start, span_in("releases_2019.json").start
    ('2020-01', '2016-07', '2019')
    >>> span_in("12345")
    """
    if text is None:
        return None
    months = _MONTH_IN_TEXT.findall(text)
    if months:
        return span(*months[-1])
    years = _YEAR_IN_TEXT.findall(text)
    return span(years[-1]) if years else None


def between(start: str | None, end: str | None) -> Span | None:
    """The months from one date to another; one bound alone is its own month."""
    bounds = [found for text in (start, end) if text is not None and (found := span_in(text[:7])) is not None]
    if not bounds:
        return None
    return Span(min(item.first for item in bounds), max(item.last for item in bounds), all(b.yearly for b in bounds))


def missing(spans: Iterable[Span]) -> tuple[str, ...]:
    """The months (years, where only years are told) between the first and the last that no span covers.

    >>> missing([span("2020", "11"), span("2021", "2")]), missing([span("2018"), span("2020")])
    (('2020-12', '2021-01'), ('2019',))
    """
    known = list(spans)
    if not known:
        return ()
    covered = {month for item in known for month in range(item.first, item.last + 1)}
    yearly = all(item.yearly for item in known)
    step = range(min(covered), max(covered) + 1)
    return tuple(dict.fromkeys(_written(month, yearly) for month in step if month not in covered))


def named(texts: tuple[str, ...]) -> str:
    """Missing periods for a sentence, the first of them by name."""
    shown = ", ".join(texts[:MISSING_SHOWN])
    return shown if len(texts) <= MISSING_SHOWN else f"{shown} and {len(texts) - MISSING_SHOWN} more"


def newest(texts: Iterable[str | None]) -> str | None:
    """The latest of dates as written; those that cannot be read count only where none can, and then the last stands.

    >>> newest(["2020-01-05", None, "07/02/2021", "ayer"]), newest(["ayer"])
    ('07/02/2021', 'ayer')
    """
    stated = [text for text in texts if text is not None]
    read = [(moment, text) for text in stated if (moment := _moment(text)) is not None]
    if read:
        return max(read)[1]
    return stated[-1] if stated else None


def oldest(texts: Iterable[str | None]) -> str | None:
    """The earliest of dates as written, as `newest`."""
    stated = [text for text in texts if text is not None]
    read = [(moment, text) for text in stated if (moment := _moment(text)) is not None]
    if read:
        return min(read)[1]
    return stated[0] if stated else None


def _moment(text: str) -> datetime | None:
    """When a text says, where it is ISO 8601, day first with slashes, or seconds (milliseconds) since 1970."""
    with suppress(ValueError, OverflowError):
        epoch = _EPOCH.match(text)
        if epoch:
            return datetime.fromtimestamp(int(epoch[1]), UTC)
        day_first = _DAY_FIRST.match(text)
        if day_first:
            return datetime(int(day_first[3]), int(day_first[2]), int(day_first[1]), tzinfo=UTC)
        found = datetime.fromisoformat(text)
        return found if found.tzinfo else found.replace(tzinfo=UTC)
    return None
