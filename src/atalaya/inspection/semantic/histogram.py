"""How many values lie in each of some equal steps: what a small drawing of a column is made of."""

import math
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

STEPS = 20
"""Steps of a drawing that is two or three centimetres wide."""
WHOLE = 24
"""Different whole numbers up to which each has a step of its own."""
FENCE = 3.0
"""Distances between the quartiles beyond which values are far out (J. W. Tukey, Exploratory Data Analysis, 1977, 2D)."""


@dataclass(frozen=True, slots=True)
class Histogram:
    """Values from `low` to `high` in equal steps, each with how many there are; the last step holds its end too.

    `below` and `above` count those that lie so far out that steps which reach them would show nothing of the rest.
    """

    low: float
    high: float
    counts: tuple[int, ...]
    below: int = 0
    above: int = 0


def histogram(numbers: Sequence[float], weights: Sequence[int], quartiles: tuple[float, float]) -> Histogram | None:
    """The histogram of finite numbers in ascending order, each with how often it stands; None of fewer than two.

    >>> histogram([1.0, 2.0, 3.0, 4.0, 900.0], [1, 5, 2, 2, 1], (2.0, 4.0))
    Histogram(low=1.0, high=4.0, counts=(1, 5, 2, 2), below=0, above=1)
    """
    first, last = _inner(numbers, quartiles)
    low, high = numbers[first], numbers[last - 1]
    if last - first < 2 or not math.isfinite(high - low):
        return None
    reached = [0, *accumulate(weights)]
    inner = numbers[first:last]
    whole = high - low < WHOLE and all(number == int(number) for number in inner)
    steps = int(high - low) + 1 if whole else STEPS
    edges = (
        [low + at for at in range(1, steps)] if whole else [low + (high - low) * at / steps for at in range(1, steps)]
    )
    places = [first, *(bisect_left(numbers, edge, first, last) for edge in edges), last]
    counts = tuple(reached[after] - reached[before] for before, after in pairwise(places))
    return Histogram(low, high, counts, reached[first], reached[-1] - reached[last])


def _inner(numbers: Sequence[float], quartiles: tuple[float, float]) -> tuple[int, int]:
    """The places between which the numbers are that are not far out; all where the quartiles are one number."""
    lower, upper = quartiles
    reach = FENCE * (upper - lower)
    if not reach > 0:
        return 0, len(numbers)
    return bisect_left(numbers, lower - reach), bisect_right(numbers, upper + reach)
