"""Figures with their three states, and the arithmetic over them."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

NOISE = 9
"""Decimals kept before a figure is rounded: far below any published digit, far above the noise of binary arithmetic."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of one node of one unit, in one of three states.

    Value: `value` within `low` to `high`. Unknown: `value` None, the interval given. Not applicable: `value` and `coverage`
    None; an interval then says between what it would lie should it come to apply. `coverage` is the measured share of its
    weight, 0 to 1.
    """

    value: float | None
    low: float | None
    high: float | None
    coverage: float | None

    @property
    def applies(self) -> bool:
        """Whether the figure counts at all."""
        return self.coverage is not None

    @property
    def state(self) -> str:
        """`value`, `unknown` or `not_applicable`."""
        if self.value is not None:
            return "value"
        return "unknown" if self.applies else "not_applicable"


NOT_APPLICABLE = Figure(None, None, None, None)


def figure_of(row: Mapping[str, object] | None, low: float, high: float, counts: str) -> Figure:
    """The figure of a measure row on the scale `low` to `high`; no row at all is unknown.

    A measure is a share from 0 to 1. With `counts` as `cases`, coverage is the share of its cases that were decided.
    """
    if row is None:
        return Figure(None, low, high, 0.0)
    value, least, most = (_number(row.get(key)) for key in ("value", "low", "high"))
    if value is None and least is None:
        return NOT_APPLICABLE
    width = high - low
    ends = [low + width * (end if end is not None else value or 0.0) for end in (least, most)]
    decided, undecided = _number(row.get("applied")) or 0.0, _number(row.get("unknown")) or 0.0
    if value is None:
        idle = row.get("applied") == 0 and row.get("unknown") == 0
        return Figure(None, ends[0], ends[1], None if idle else 0.0)
    coverage = decided / (decided + undecided) if counts == "cases" and decided + undecided > 0 else 1.0
    return Figure(low + width * value, ends[0], ends[1], coverage)


def points_of(row: Mapping[str, object] | None, weight: float, counts: str) -> Figure:
    """The points that a measure row brings, from 0 to `weight`; no row at all is unknown.

    No case at all brings none. Where cases exist and all were set aside, nobody could judge what they bring: unknown.
    """
    figure = figure_of(row, 0.0, weight, counts)
    if figure.applies:
        return figure
    if row is not None and (_number(row.get("not_applicable")) or 0.0) > 0:
        return Figure(None, 0.0, weight, 0.0)
    return Figure(0.0, 0.0, figure.high or 0.0, 1.0)


def total(figures: Sequence[Figure], weights: Sequence[float]) -> Figure:
    """The sum of points. Unknown points leave the sum without a value, between what is sure and what is possible.

    Coverage is the mean of the parts, weighted by their points.
    """
    low = math.fsum(figure.low or 0.0 for figure in figures)
    high = math.fsum(figure.high or 0.0 for figure in figures)
    coverage = mean([(f.coverage or 0.0, weight) for f, weight in zip(figures, weights, strict=True)])
    known = [figure.value for figure in figures if figure.value is not None]
    return Figure(math.fsum(known) if len(known) == len(figures) else None, low, high, coverage)


def arithmetic(figures: Sequence[Figure], weights: Sequence[float]) -> Figure:
    """The weighted mean. What does not apply leaves the denominator; what is unknown opens the interval and lowers coverage.

    What does not apply but may come to, opens the interval alone: each end is the farthest that some of them could move it to.

    The value is the mean of the known figures, moved to the nearest end where that would leave the interval.
    """
    pairs = list(zip(figures, weights, strict=True))
    applying = [(figure, weight) for figure, weight in pairs if figure.applies]
    possible = [(figure, weight) for figure, weight in pairs if not figure.applies and figure.low is not None]
    if not applying and not possible:
        return NOT_APPLICABLE
    lows, highs = (
        (
            [(getattr(f, end) or 0.0, weight) for f, weight in applying],
            [(getattr(f, end), weight) for f, weight in possible],
        )
        for end in ("low", "high")
    )
    low = _farthest(*lows, upwards=False)
    high = _farthest(*highs, upwards=True)
    if not applying:
        return Figure(None, low, high, None)
    coverage = mean([(figure.coverage or 0.0, weight) for figure, weight in applying])
    known = [(figure.value, weight) for figure, weight in applying if figure.value is not None]
    if not known:
        return Figure(None, low, high, coverage)
    return Figure(min(max(mean(known), low), high), low, high, coverage)


def _farthest(fixed: list[tuple[float, float]], optional: list[tuple[float, float]], *, upwards: bool) -> float:
    """The lowest or highest mean of the fixed pairs with any of the optional ones: those farthest out join while they move it."""
    kept, reached = list(fixed), mean(fixed) if fixed else None
    for number, weight in sorted(optional, reverse=upwards):
        if reached is None or (number > reached if upwards else number < reached):
            kept.append((number, weight))
            reached = mean(kept)
    return reached or 0.0


def mean(pairs: Sequence[tuple[float, float]]) -> float:
    """The weighted mean of (number, weight) pairs; exact sums, so that their order does not matter.

    Kept between the least and the greatest number, from which binary arithmetic may stray by a last digit.
    """
    total = math.fsum(weight for _, weight in pairs)
    result = math.fsum(number * (weight / total) for number, weight in pairs)
    return min(max(result, min(number for number, _ in pairs)), max(number for number, _ in pairs))


def rounded(number: float, decimals: int) -> float:
    """A published figure: halves away from zero.

    >>> rounded(2.25, 1), rounded(0.1 + 0.2, 1)
    (2.3, 0.3)
    """
    kept = Decimal(repr(round(number, NOISE)))
    return float(kept.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)) + 0.0


def _number(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) else None


AGGREGATIONS = {"arithmetic": arithmetic, "sum": total}
"""The ways to make one figure of many, by the name that methodologies use."""
