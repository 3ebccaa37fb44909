"""What indicators count for: by the weights written down, and by what the index makes of them.

Written weights say how much an indicator may compensate others, not how much it moves the index. The main effect does: the share
of the variance of the index that vanishes, on average, were the indicator fixed (Pearson's correlation ratio), estimated by a
straight line (the square of the correlation) or by bins. Source: P. Paruolo, M. Saisana, A. Saltelli 2013, "Ratings and rankings:
voodoo or science?", Journal of the Royal Statistical Society A 176, 609-634.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from atalaya.exceptions import ArraysUnusable, MethodologyError
from atalaya.indices.diagnostics.correlation import constant, correlations

Floats = NDArray[np.float64]

ROOT = -1
"""Stands for the parent of the top of the tree."""
IN_A_BIN = 8
"""Units that a bin holds at least, so that its mean says something; fewer than two bins are never made."""


def effective_weights(parents: Sequence[int], weights: Sequence[float]) -> Floats:
    """(nodes,): of each node of a tree the product of its shares among its siblings up to the top; the leaves sum to 1.

    `parents` has the place of each node's parent, -1 at the top, in any order; `weights` need not sum to anything. Raises
    `MethodologyError` for a cycle, a parent that does not exist, a negative weight, or siblings that all weigh nothing.
    """
    above, own = np.asarray(parents, dtype=np.intp), np.asarray(weights, dtype=np.float64)
    if above.ndim != 1 or above.shape != own.shape or len(above) == 0:
        raise MethodologyError(f"{above.size} parents and {own.size} weights: one of each a node is needed")
    if above.min() < ROOT or above.max() >= len(above):
        raise MethodologyError(
            f"parents from {above.min()} to {above.max()} for {len(above)} nodes: a parent does not exist"
        )
    if not (np.isfinite(own) & (own >= 0)).all():
        raise MethodologyError(f"weight {own[~(np.isfinite(own) & (own >= 0))][0]}: weights are numbers from 0 up")
    siblings = np.bincount(above + 1, weights=own, minlength=len(own) + 1)[above + 1]
    if not (siblings > 0).all():
        raise MethodologyError(f"all children of node {above[siblings <= 0][0]} weigh nothing: give one a weight")
    shares, ancestor = own / siblings, above.copy()
    found = shares.copy()
    for _ in range(len(own)):
        if (ancestor == ROOT).all():
            return found
        found *= np.where(ancestor == ROOT, 1.0, shares[ancestor])
        ancestor = np.where(ancestor == ROOT, ROOT, above[ancestor])
    raise MethodologyError("the tree of weights turns in a circle: a node is its own ancestor")


@dataclass(frozen=True, slots=True, eq=False)
class Importance:
    """How much each indicator moves the index, (indicators,) each, NaN with a `reasons` entry where it cannot be told.

    `correlation` with the index, -1 to 1; `linear`, its square; `binned`, the correlation ratio of bins of equally many units,
    corrected for the number of bins (epsilon squared, cut at 0); `relative`, linear as a share of the sum of all.
    """

    correlation: Floats
    linear: Floats
    binned: Floats
    relative: Floats
    reasons: tuple[str, ...]


def importance(values: Floats, index: Floats, *, bins: int | None = None) -> Importance:
    """Importance of the columns of `values` (units, indicators) for `index` (units,), over the units that have both.

    `bins`: how many at most; by default the square root of the units, each bin of 8 units at least. Equal figures stay in one
    bin. Raises `ArraysUnusable` for other shapes or fewer than two bins.
    """
    if index.ndim != 1 or values.ndim != 2 or len(values) != len(index):
        raise ArraysUnusable(
            f"values of {values.shape}, index of {index.shape}: (units, indicators) and (units,) are needed"
        )
    if bins is not None and bins < 2:
        raise ArraysUnusable(f"{bins} bins: at least two are needed")
    found = correlations(values, index[:, None])
    correlation = found.coefficient[:, 0]
    linear = correlation**2
    binned = np.array([_binned(column, index, bins) for column in values.T])
    total = np.nansum(linear)
    relative = linear / total if total > 0 else np.full_like(linear, np.nan)
    return Importance(correlation, linear, binned, relative, tuple(map(str, found.reason[:, 0])))


def _binned(x: Floats, y: Floats, bins: int | None) -> float:
    both = ~(np.isnan(x) | np.isnan(y))
    count = int(both.sum())
    many = bins if bins is not None else min(round(count**0.5), count // IN_A_BIN)
    return correlation_ratio(x[both], y[both], max(many, 2)) if count > 2 else float("nan")


def correlation_ratio(x: Floats, y: Floats, bins: int) -> float:
    """The share of the variance of `y` between bins of `x`, (units,) each without NaN, corrected for chance, 0 to 1.

    1 - (n - 1) / (n - B) (1 - eta squared), cut at 0, with B the bins that equal figures leave (T. Kelley 1935). NaN where x or
    y does not vary or where every unit has its own bin.
    """
    if x.shape != y.shape or x.ndim != 1 or len(x) == 0 or constant(x) or constant(y):
        return float("nan")
    # Bounds at equal shares of the sorted figures; a bin begins at a figure, so that equal figures stay together.
    bounds = np.unique(np.sort(x)[len(x) * np.arange(1, bins) // bins])
    _, place = np.unique(np.searchsorted(bounds, x, side="right"), return_inverse=True)
    sizes = np.bincount(place)
    if len(sizes) >= len(x):
        return float("nan")
    deviation = y - y.mean()
    between = (np.bincount(place, weights=deviation) ** 2 / sizes).sum()
    share = between / (deviation**2).sum()
    return float(max(0.0, 1 - (len(x) - 1) / (len(x) - len(sizes)) * (1 - share)))
