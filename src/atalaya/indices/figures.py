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

    Value: `value` within `low` to `high`. Unknown: `value` None, the interval given. Not applicable: all None.
    `coverage` is the measured share of its weight, 0 to 1; None when not applicable.
    """

    value: float | None
    low: float | None
    high: float | None
    coverage: float | None

    @property
    def applies(self) -> bool:
        """Whether the figure counts at all."""
        return self.low is not None

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
    if value is None:
        return Figure(None, ends[0], ends[1], 0.0)
    decided, undecided = _number(row.get("applied")) or 0.0, _number(row.get("unknown")) or 0.0
    coverage = decided / (decided + undecided) if counts == "cases" and decided + undecided > 0 else 1.0
    return Figure(low + width * value, ends[0], ends[1], coverage)


def arithmetic(figures: Sequence[Figure], weights: Sequence[float]) -> Figure:
    """The weighted mean. What does not apply leaves the denominator; what is unknown opens the interval and lowers coverage.

    The value is the mean of the known figures, moved to the nearest end where that would leave the interval.
    """
    applying = [(figure, weight) for figure, weight in zip(figures, weights, strict=True) if figure.applies]
    if not applying:
        return NOT_APPLICABLE
    low = mean([(figure.low or 0.0, weight) for figure, weight in applying])
    high = mean([(figure.high or 0.0, weight) for figure, weight in applying])
    coverage = mean([(figure.coverage or 0.0, weight) for figure, weight in applying])
    known = [(figure.value, weight) for figure, weight in applying if figure.value is not None]
    if not known:
        return Figure(None, low, high, coverage)
    return Figure(min(max(mean(known), low), high), low, high, coverage)


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


AGGREGATIONS = {"arithmetic": arithmetic}
"""The ways to make one figure of many, by the name that methodologies use."""
