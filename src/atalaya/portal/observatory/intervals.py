"""Whether figures with intervals can be told apart: nobody says that one is greater where the unknown could turn it round."""

from collections.abc import Mapping
from typing import Protocol

from atalaya.indices.rounding import rounded

DECIMALS = 1
"""Decimals that pages show: figures that look the same are not told apart."""


class Figure(Protocol):
    """A figure with its ends."""

    @property
    def value(self) -> float | None: ...
    @property
    def low(self) -> float | None: ...
    @property
    def high(self) -> float | None: ...


def is_above(one: Figure | None, other: Figure | None) -> bool:
    """Whether one figure is greater than another whatever the unknown turns out to be, by as much as pages show."""
    if one is None or other is None or one.value is None or other.value is None:
        return False
    least = one.value if one.low is None else one.low
    most = other.value if other.high is None else other.high
    return rounded(least, DECIMALS) > rounded(most, DECIMALS)


def leader(figures: Mapping[str, Figure]) -> str | None:
    """Which of several figures is above all others that are known; None where nobody can say, or fewer than two are known."""
    known = {name: each for name, each in figures.items() if each.value is not None}
    if len(known) < 2:
        return None
    best = max(known, key=lambda name: known[name].value or 0.0)
    return best if all(is_above(known[best], each) for name, each in known.items() if name != best) else None


def rose_or_fell(then: Figure | None, now: Figure | None) -> int:
    """1 where a figure surely rose, -1 where it surely fell, 0 where nobody can say or nothing moved."""
    return int(is_above(now, then)) - int(is_above(then, now))
