"""What many draws say of each unit: mean, median and the 5 % and 95 % quantiles of its score or rank.

Quantiles are of Hyndman and Fan's type 7, the default of R: between the sorted values of n draws, at (n - 1) q from the first,
linearly. With it the published rank statistics of COINr come out to the last digit; types 1 to 6, 8 and 9 miss them.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from atalaya.exceptions import ArraysUnusable

Floats = NDArray[np.float64]

LOW, HIGH = 0.05, 0.95
"""The ends published beside every score and rank."""
AT_ONCE = 1 << 20
"""Numbers sorted in one block."""


@dataclass(frozen=True, slots=True, eq=False)
class Intervals:
    """Of each unit, (units,): the nominal figure, mean, median, low and high quantile of its draws, and how many there were.

    In the units of the scores or places given. NaN where no draw has a value.
    """

    nominal: Floats
    mean: Floats
    median: Floats
    low: Floats
    high: Floats
    draws: NDArray[np.int64]


def intervals(
    values: NDArray[np.floating], nominal: NDArray[np.floating], *, low: float = LOW, high: float = HIGH
) -> Intervals:
    """Intervals of `values`, scores or ranks (draws, units), beside the `nominal` figures (units,). NaN draws are left out.

    Works on blocks of units: beside `values` it takes some 20 MB. Raises `ArraysUnusable` where the shapes differ, where there
    is no draw, or where low and high are not shares in order.
    """
    if values.ndim != 2 or 0 in values.shape or nominal.shape != values.shape[1:]:
        raise ArraysUnusable(
            f"values of {values.shape}, nominal of {nominal.shape}: (draws, units) and (units,) are needed"
        )
    if not 0 <= low <= high <= 1:
        raise ArraysUnusable(f"quantiles {low} and {high}: give shares from 0 to 1 in order")
    units = values.shape[1]
    mean, quantiles = np.empty(units), np.empty((3, units))
    counts = np.empty(units, dtype=np.int64)
    step = max(1, AT_ONCE // len(values))
    for start in range(0, units, step):
        part = slice(start, start + step)
        block = np.sort(values[:, part].T, axis=1)
        counts[part] = np.count_nonzero(~np.isnan(block), axis=1)
        with np.errstate(invalid="ignore"):
            mean[part] = np.nansum(block, axis=1, dtype=np.float64) / counts[part]
        for place, share in enumerate((0.5, low, high)):
            quantiles[place, part] = quantile_of_sorted(block, counts[part], share)
    return Intervals(nominal.astype(np.float64), mean, quantiles[0], quantiles[1], quantiles[2], counts)


def quantile_of_sorted(block: NDArray[np.floating], counts: NDArray[np.integer], share: float) -> Floats:
    """(rows,): the quantile of each row of sorted values (rows, n), of which the first `counts` (rows,) are numbers."""
    at = np.maximum(counts - 1, 0) * share
    # (n - 1) q of whole places comes out a hair beside them: R steps over the same hair.
    below = np.floor(at + 4 * np.finfo(np.float64).eps * at).astype(np.int64)
    beyond = np.clip(at - below, 0.0, 1.0)
    rows = np.arange(len(block))
    lower = block[rows, below].astype(np.float64)
    upper = block[rows, np.minimum(below + 1, np.maximum(counts - 1, 0))].astype(np.float64)
    found: Floats = np.where(beyond > 0, (1 - beyond) * lower + beyond * upper, lower)
    return found
