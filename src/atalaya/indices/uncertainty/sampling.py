"""From unit numbers to what an uncertain input may be: a choice among alternatives, or a number of a distribution.

Every input maps u in [0, 1) by its inverse distribution function, so that designs of `designs` keep their balance.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import scipy
from numpy.typing import NDArray

from atalaya.exceptions import ArraysUnusable, MethodologyError

Floats = NDArray[np.float64]
Places = NDArray[np.intp]

SUM_TOLERANCE = 1e-9
"""Probabilities written in decimals sum to 1 within this."""
INNERMOST = 2.0**-53
"""The unit number nearest to 0 that an unbounded normal is asked for: it lies 8.2 standard deviations away."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several alternatives, each with a probability. Raises `MethodologyError` unless they are positive and sum to 1."""

    probabilities: tuple[float, ...]

    def __post_init__(self) -> None:
        """Refuse probabilities that are none."""
        good = all(math.isfinite(each) and each > 0 for each in self.probabilities)
        if not self.probabilities or not good or abs(math.fsum(self.probabilities) - 1) > SUM_TOLERANCE:
            raise MethodologyError(f"probabilities {self.probabilities}: give positive numbers that sum to 1")

    @classmethod
    def among(cls, alternatives: int) -> "Choice":
        """Equally probable alternatives. Raises `MethodologyError` for none."""
        return cls((1 / alternatives,) * alternatives if alternatives > 0 else ())

    def at(self, unit: Floats) -> Places:
        """Places from 0 of the alternatives chosen, shaped as `unit`."""
        bounds = np.cumsum(self.probabilities)[:-1]
        return np.searchsorted(bounds, _checked(unit), side="right")


@dataclass(frozen=True, slots=True)
class Uniform:
    """A number anywhere from `low` to `high`. Raises `MethodologyError` unless low < high, both finite."""

    low: float
    high: float

    def __post_init__(self) -> None:
        """Refuse an empty range."""
        if not (math.isfinite(self.low) and math.isfinite(self.high) and self.low < self.high):
            raise MethodologyError(f"uniform from {self.low} to {self.high}: the first must be less than the second")

    def at(self, unit: Floats) -> Floats:
        """Numbers in [low, high), shaped as `unit`."""
        return self.low + _checked(unit) * (self.high - self.low)


@dataclass(frozen=True, slots=True)
class Triangular:
    """A number from `low` to `high`, most probably near `mode`. Raises `MethodologyError` for corners out of order."""

    low: float
    mode: float
    high: float

    def __post_init__(self) -> None:
        """Refuse corners out of order."""
        finite = all(map(math.isfinite, (self.low, self.mode, self.high)))
        if not (finite and self.low <= self.mode <= self.high and self.low < self.high):
            raise MethodologyError(
                f"triangle {self.low}, {self.mode}, {self.high}: give low, mode and high in that order"
            )

    def at(self, unit: Floats) -> Floats:
        """Numbers in [low, high], shaped as `unit`."""
        u = _checked(unit)
        width = self.high - self.low
        turn = (self.mode - self.low) / width
        rising = self.low + np.sqrt(u * width * (self.mode - self.low))
        falling = self.high - np.sqrt((1 - u) * width * (self.high - self.mode))
        return np.where(u < turn, rising, falling)


@dataclass(frozen=True, slots=True)
class Normal:
    """A normal number of `mean` and standard deviation `deviation`, cut to `low` … `high` (infinite: not cut).

    Raises `MethodologyError` for a deviation that is not positive, an empty range, or a range so far out that no probability is
    left in it.
    """

    mean: float
    deviation: float
    low: float = -math.inf
    high: float = math.inf

    def __post_init__(self) -> None:
        """Refuse what has no density."""
        if not (math.isfinite(self.mean) and math.isfinite(self.deviation) and self.deviation > 0):
            raise MethodologyError(
                f"normal of mean {self.mean} and deviation {self.deviation}: the deviation must be positive"
            )
        if not self.low < self.high:
            raise MethodologyError(f"normal cut to {self.low} … {self.high}: the first must be less than the second")
        least, most, _ = self._probabilities()
        if not most > least:
            raise MethodologyError(
                f"normal of mean {self.mean} cut to {self.low} … {self.high}: nothing of it lies there"
            )

    def at(self, unit: Floats) -> Floats:
        """Numbers in [low, high], shaped as `unit`."""
        least, most, mirrored = self._probabilities()
        u = _checked(unit)
        inner = least + (1 - u if mirrored else u) * (most - least)
        z = scipy.special.ndtri(np.clip(inner, INNERMOST, 1 - INNERMOST) if least == 0 and most == 1 else inner)
        values: Floats = np.clip(self.mean + self.deviation * (-z if mirrored else z), self.low, self.high)
        return values

    def _probabilities(self) -> tuple[float, float, bool]:
        """The probabilities below both ends; mirrored for a range above the mean, where the upper tail has the digits."""
        first, last = ((end - self.mean) / self.deviation for end in (self.low, self.high))
        mirrored = first > 0
        if mirrored:
            first, last = -last, -first
        return float(scipy.special.ndtr(first)), float(scipy.special.ndtr(last)), mirrored


Input = Choice | Uniform | Triangular | Normal


def drawn(inputs: Sequence[Input], points: Floats) -> tuple[Places | Floats, ...]:
    """What each input is in every draw: one array (draws,) an input, places of alternatives for choices, else numbers.

    `points` is (draws, inputs), a block of a design. Raises `ArraysUnusable` where the columns are not as many as the inputs.
    """
    if points.ndim != 2 or points.shape[1] != len(inputs):
        raise ArraysUnusable(f"points of shape {points.shape} for {len(inputs)} inputs: one column an input is needed")
    return tuple(each.at(points[:, place]) for place, each in enumerate(inputs))


def _checked(unit: Floats) -> Floats:
    u = np.asarray(unit, dtype=np.float64)
    if u.size and not (u.min() >= 0 and u.max() <= 1):
        raise ArraysUnusable(f"unit numbers from {u.min()} to {u.max()}: they must lie from 0 to 1")
    return u
