"""How the values of a column are spread: extremes, mean and quantiles of numbers and dates, commonest values,
lengths of texts."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import accumulate, islice
from typing import TypeVar

from atalaya.inspection.semantic.column import ColumnView
from atalaya.inspection.semantic.histogram import Histogram, histogram
from atalaya.inspection.tallies import commonest
from atalaya.inspection.values import date_order, decimal_mark, parse_date, parse_number, plain_numbers

T = TypeVar("T")

QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.95)
"""Shares of the values that lie at or below a quantile."""
TOP = 10
"""Commonest values that are kept."""
LEAST_READ = 0.75
"""Share of the cells that must be numbers, or dates, for a column to have their extremes: notes among numbers say
nothing of them."""

_PROBED = 40
"""Values of a text column that are looked at before all of them are read as numbers or dates."""
_EPOCH = dt.datetime(1970, 1, 1)  # noqa: DTZ001 - dates of tables have no zone


@dataclass(frozen=True, slots=True)
class Spread:
    """Minimum, maximum, mean and quantiles (see `QUANTILES`, by nearest rank) of `counted` cells: numbers as they
    are written, dates as ISO 8601 texts. `kind` is number or date. The `histogram` is of numbers, or of days since 1970."""

    kind: str
    counted: int
    minimum: float | str
    maximum: float | str
    mean: float | str
    quantiles: tuple[float | str, ...]
    histogram: Histogram | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Lengths:
    """Characters of the values: fewest, most, and the mean over the cells."""

    fewest: int
    most: int
    mean: float


@dataclass(frozen=True, slots=True)
class Distribution:
    """How a column is spread. `top` are the commonest values with how many cells hold each, ties in the order of
    the values. All figures are of the values given; `whole` tells whether those are all."""

    whole: bool
    top: tuple[tuple[str, int], ...]
    lengths: Lengths | None
    spread: Spread | None


def distribute(column: ColumnView, top: tuple[tuple[str, int], ...] | None = None) -> Distribution:
    """The distribution of a column, from the values that its view holds; `top` are its commonest values where they are known."""
    values = column.values
    found = commonest(values, TOP) if top is None else top
    if not values:
        return Distribution(column.whole, found, None, None)
    return Distribution(column.whole, found, _lengths(values), _spread(column))


def _spread(column: ColumnView) -> Spread | None:
    """Of numbers or dates, whichever the column holds; most texts show by a few values that they are neither."""
    values = column.values
    if column.kind == "date":
        return _dates(values)
    if column.kind not in ("integer", "number"):
        some = list(islice(values, _PROBED))
        if sum(any(map(str.isdigit, value)) for value in some) < LEAST_READ * len(some) / 2:
            return None
    return _numbers(values) or _dates(values)


def quantiles(
    numbers: Sequence[float], weights: Sequence[int], shares: Sequence[float] = QUANTILES
) -> tuple[float, ...]:
    """Quantiles by nearest rank of numbers in ascending order, each with how often it stands.

    >>> quantiles([1.0, 2.0, 3.0], [1, 1, 2], (0.25, 0.5, 0.75))
    (1.0, 2.0, 3.0)
    """
    reached = list(accumulate(weights))
    found = []
    place = 0
    for share in shares:
        while reached[place] < share * reached[-1] and place < len(reached) - 1:
            place += 1
        found.append(numbers[place])
    return tuple(found)


def _lengths(values: Mapping[str, int]) -> Lengths:
    cells = sum(values.values())
    mean = sum(len(value) * count for value, count in values.items()) / cells
    sizes = [len(value) for value in values]
    return Lengths(min(sizes), max(sizes), round(mean, 2))


def _numbers(values: Mapping[str, int]) -> Spread | None:
    mark = decimal_mark(values).mark
    plain = plain_numbers(values) if mark == "." else None
    known = None if plain is None else dict(zip(values, plain, strict=True))
    read = _read(values, partial(parse_number, mark=mark)) if known is None else known
    if not _enough(read, values):
        return None
    ordered, weights = _ordered(read, values)
    cells = sum(weights)
    mean = sum(number * weight for number, weight in zip(ordered, weights, strict=True)) / cells
    found = quantiles(ordered, weights)
    return Spread("number", cells, ordered[0], ordered[-1], mean, found, _histogram(ordered, weights, found))


def _dates(values: Mapping[str, int]) -> Spread | None:
    day_first = date_order(values).day_first
    days_read = _read(values, partial(parse_date, day_first=day_first))
    read = {value: (day - _EPOCH).total_seconds() for value, day in days_read.items()}
    if not _enough(read, values):
        return None
    ordered, weights = _ordered(read, values)
    cells = sum(weights)
    mean = sum(seconds * weight for seconds, weight in zip(ordered, weights, strict=True)) / cells
    days = all(seconds % 86_400 == 0 for seconds in ordered)
    shares = quantiles(ordered, weights)
    found = [_written(seconds, days=days) for seconds in (ordered[0], ordered[-1], mean, *shares)]
    drawn = _histogram([seconds / 86_400 for seconds in ordered], weights, [seconds / 86_400 for seconds in shares])
    return Spread("date", cells, found[0], found[1], found[2], tuple(found[3:]), drawn)


def _histogram(ordered: Sequence[float], weights: Sequence[int], shares: Sequence[float]) -> Histogram | None:
    return histogram(ordered, weights, (shares[QUANTILES.index(0.25)], shares[QUANTILES.index(0.75)]))


def _read(values: Mapping[str, int], read: Callable[[str], T | None]) -> dict[str, T]:
    """What can be read of the values; nothing once too many cannot, as most columns of texts show soon."""
    cells = left = sum(values.values())
    found: dict[str, T] = {}
    for value, count in values.items():
        told = read(value)
        if told is not None:
            found[value] = told
            continue
        left -= count
        if left < LEAST_READ * cells:
            return {}
    return found


def _enough(read: Mapping[str, float], values: Mapping[str, int]) -> bool:
    held = sum(values[value] for value in read)
    return held > 0 and held >= LEAST_READ * sum(values.values())


def _ordered(read: Mapping[str, float], values: Mapping[str, int]) -> tuple[list[float], list[int]]:
    pairs = sorted((number, values[value]) for value, number in read.items())
    return [number for number, _ in pairs], [weight for _, weight in pairs]


def _written(seconds: float, *, days: bool) -> str:
    moment = _EPOCH + dt.timedelta(seconds=round(seconds))
    return moment.date().isoformat() if days else moment.isoformat()
