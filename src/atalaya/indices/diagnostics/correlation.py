"""Correlations of indicators, over the units that have both, and the pairs that a methodologist should look at.

Pearson's r, Spearman's rho (Pearson of the average ranks of the common units) and Kendall's tau-b. P-values: of no association,
two-sided; from Student's t with n - 2 degrees for the first two, from scipy's `kendalltau` for the third (exact for short series
without ties). A coefficient is NaN where fewer than three units have both figures or where one of both does not vary.
"""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Literal, get_args

import numpy as np
import scipy
from numpy.typing import NDArray

from atalaya.exceptions import ArraysUnusable

Floats = NDArray[np.float64]
Method = Literal["pearson", "spearman", "kendall"]

LEAST_UNITS = 3
"""With two units every correlation is 1 or -1."""
CONSTANT = 1e-13
"""A range below this share of the largest figure is the noise of arithmetic (scipy warns at the same)."""
REDUNDANT = 0.92
"""Two indicators above it say the same; customary in audits of composite indices, a convention rather than a result."""
WEAK = 0.3
"""From 0 to below it an indicator has little to do with its group; a convention likewise. A methodology may set its own."""


@dataclass(frozen=True, slots=True, eq=False)
class Correlations:
    """`coefficient`, `p_value` (0 to 1) and `count` (common units) of every pair: (indicators, others).

    `reason` of the same shape: empty, `too_few` or `constant` where the coefficient is NaN.
    """

    method: Method
    coefficient: Floats
    p_value: Floats
    count: NDArray[np.int64]
    reason: NDArray[np.str_]


@dataclass(frozen=True, slots=True)
class Flag:
    """A pair to look at: `negative` or `weak` inside a group, `redundant` anywhere. Places are columns of the table."""

    kind: Literal["negative", "redundant", "weak"]
    first: int
    second: int
    same_group: bool
    coefficient: float
    p_value: float
    count: int


def correlations(values: Floats, others: Floats | None = None, *, method: Method = "pearson") -> Correlations:
    """Correlations between the columns of `values` (units, indicators), or between them and those of `others` (units, others).

    Raises `ArraysUnusable` for other shapes, infinite figures or an unknown method. Time: some 20 µs a pair, Kendall 200 µs.
    """
    second = values if others is None else others
    if values.ndim != 2 or second.ndim != 2 or len(values) != len(second):
        raise ArraysUnusable(f"tables of shapes {values.shape} and {second.shape}: both (units, …) of the same units")
    if method not in get_args(Method):
        raise ArraysUnusable(f"method {method!r}: the methods are {', '.join(get_args(Method))}")
    if np.isinf(values).any() or np.isinf(second).any():
        raise ArraysUnusable("a figure is infinite: write what is missing as NaN")
    shape = values.shape[1], second.shape[1]
    found = Correlations(
        method,
        np.full(shape, np.nan),
        np.full(shape, np.nan),
        np.zeros(shape, dtype=np.int64),
        np.full(shape, "", dtype="<U8"),
    )
    for row, column in np.ndindex(shape):
        if others is None and column < row:
            _copy(found, row, column)
        else:
            _fill(found, row, column, values[:, row], second[:, column])
    return found


def _copy(found: Correlations, row: int, column: int) -> None:
    for table in (found.coefficient, found.p_value, found.count, found.reason):
        table[row, column] = table[column, row]


def _fill(found: Correlations, row: int, column: int, x: Floats, y: Floats) -> None:
    both = ~(np.isnan(x) | np.isnan(y))
    x, y = x[both], y[both]
    found.count[row, column] = len(x)
    if len(x) < LEAST_UNITS:
        found.reason[row, column] = "too_few"
    elif constant(x) or constant(y):
        found.reason[row, column] = "constant"
    else:
        found.coefficient[row, column], found.p_value[row, column] = _pair(x, y, found.method)


def constant(figures: Floats) -> bool:
    """Whether figures, at least one and none missing, do not vary beyond the noise of arithmetic."""
    return bool(np.ptp(figures) <= CONSTANT * np.abs(figures).max())


def _pair(x: Floats, y: Floats, method: Method) -> tuple[float, float]:
    if method == "kendall":
        result = scipy.stats.kendalltau(x, y)
        return float(result.statistic), float(result.pvalue)
    if method == "spearman":
        x, y = scipy.stats.rankdata(x), scipy.stats.rankdata(y)
    x, y = x - x.mean(), y - y.mean()
    x, y = x / np.linalg.norm(x), y / np.linalg.norm(y)
    coefficient = min(max(float(x @ y), -1.0), 1.0)
    # Student's t of r with n - 2 degrees, written as an incomplete beta function of 1 - r^2: no division by zero at r = 1.
    return coefficient, float(scipy.special.betainc((len(x) - 2) / 2, 0.5, 1 - coefficient**2))


def flags(
    found: Correlations,
    groups: Sequence[Hashable],
    *,
    redundant: float = REDUNDANT,
    weak: float = WEAK,
    significance: float = 1.0,
) -> tuple[Flag, ...]:
    """The pairs of a square table that deserve a look, in the order of its columns; `groups` names the group of each.

    `negative`: below 0 inside a group, with a p-value of at most `significance`. `weak`: from 0 to below `weak` inside a group.
    `redundant`: above `redundant`, whatever the groups. Raises `ArraysUnusable` for a table that is not square, or other groups.
    """
    size = len(found.coefficient)
    if found.coefficient.shape != (size, size) or len(groups) != size:
        raise ArraysUnusable(f"table of {found.coefficient.shape} and {len(groups)} groups: one group a column, square")
    seen = []
    for first, second in combinations(range(size), 2):
        r, p = float(found.coefficient[first, second]), float(found.p_value[first, second])
        same = groups[first] == groups[second]
        kind: Literal["negative", "redundant", "weak"]
        if r > redundant:
            kind = "redundant"
        elif same and r < 0 and p <= significance:
            kind = "negative"
        elif same and 0 <= r < weak:
            kind = "weak"
        else:
            continue
        seen.append(Flag(kind, first, second, same, r, p, int(found.count[first, second])))
    return tuple(seen)
