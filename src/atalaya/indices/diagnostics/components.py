"""Principal components of the indicators of a group: whether one dimension carries most of what they say.

Of standardised indicators (mean 0, sample deviation 1) over the units that have them all, as R's `prcomp(scale = TRUE)` on the
complete rows, which COINr's `get_PCA` calls. Signs are free in theory; here the largest entry of each direction is positive.
"""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from atalaya.exceptions import ArraysUnusable
from atalaya.indices.diagnostics.correlation import constant

Floats = NDArray[np.float64]

LEAST_UNITS = 3
"""Two units always lie on one line."""


@dataclass(frozen=True, slots=True, eq=False)
class Components:
    """Components of m indicators, the most important first; c is at most the fewer of m and the units.

    `directions` (m, c): unit vectors. `deviations` (c,): standard deviations of the components. `explained` (c,): shares of the
    variance, sum 1. Indicators that do not vary have NaN directions and are counted in `constant`. `units`: complete rows used.
    `reason`: empty, or why there are no components.
    """

    directions: Floats
    deviations: Floats
    explained: Floats
    constant: tuple[int, ...]
    units: int
    reason: str

    @property
    def loadings(self) -> Floats:
        """(m, c): correlations between indicators and components."""
        return self.directions * self.deviations

    @property
    def above_one(self) -> int:
        """How many components carry more than one indicator's share: variance above 1 (Kaiser's rule)."""
        return int(np.count_nonzero(self.deviations > 1))


def principal_components(values: Floats) -> Components:
    """Components of `values` (units, indicators), missing as NaN. Raises `ArraysUnusable` for another shape.

    None, with the reason, where fewer than three units have every indicator or fewer than two indicators vary.
    """
    if values.ndim != 2 or values.shape[1] == 0:
        raise ArraysUnusable(f"values of shape {values.shape}: (units, indicators) is needed")
    rows = values[~np.isnan(values).any(axis=1)]
    if len(rows) < LEAST_UNITS:
        return _none(values, len(rows), (), f"fewer than {LEAST_UNITS} units have every indicator")
    still = tuple(place for place, column in enumerate(rows.T) if constant(column))
    moving = np.array([place for place in range(values.shape[1]) if place not in still], dtype=np.intp)
    if len(moving) < 2:
        return _none(values, len(rows), still, "fewer than two indicators vary")
    kept = rows[:, moving]
    standard = (kept - kept.mean(axis=0)) / kept.std(axis=0, ddof=1)
    _, singular, rotation = np.linalg.svd(standard, full_matrices=False)
    largest = rotation[np.arange(len(rotation)), np.abs(rotation).argmax(axis=1)]
    directions = np.full((values.shape[1], len(singular)), np.nan)
    directions[moving] = (rotation * np.sign(largest)[:, None]).T
    variances = singular**2 / (len(rows) - 1)
    return Components(directions, np.sqrt(variances), variances / variances.sum(), still, len(rows), "")


def components_by_group(values: Floats, groups: Sequence[Hashable]) -> dict[Hashable, Components]:
    """Components of each group of columns, in the order in which groups appear; `groups` names the group of each column.

    Raises `ArraysUnusable` where groups are not as many as columns.
    """
    if values.ndim != 2 or len(groups) != values.shape[1]:
        raise ArraysUnusable(f"{len(groups)} groups for values of shape {values.shape}: one a column is needed")
    places: dict[Hashable, list[int]] = {}
    for place, group in enumerate(groups):
        places.setdefault(group, []).append(place)
    return {group: principal_components(values[:, columns]) for group, columns in places.items()}


def _none(values: Floats, units: int, still: tuple[int, ...], reason: str) -> Components:
    return Components(np.empty((values.shape[1], 0)), np.empty(0), np.empty(0), still, units, reason)
