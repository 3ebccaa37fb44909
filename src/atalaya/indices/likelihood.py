"""Expectation and maximisation (Dempster, Laird and Rubin 1977) of a multivariate normal distribution with missing values.

Means and covariances are those under which what is known is most likely; a missing value is then what they expect of it, given
what is known of the same unit. Nothing is drawn: the same table gives the same values.
"""

from dataclasses import dataclass

import numpy as np

from atalaya.exceptions import ArraysUnusable
from atalaya.indices.series import Flags, Floats

MOST = 5000
"""Rounds after which it is given up."""

_STILL = 1e-10
"""Standard deviations that nothing moves by any more."""


@dataclass(frozen=True, slots=True)
class Expected:
    """The table (units, items) with what is expected in the place of NaN, and the rounds that it took."""

    values: Floats
    rounds: int


def expected(values: Floats, prior: float = 0.0) -> Expected:
    """What is expected of each missing value. Units without any value stay as they are.

    `prior` counts as so many further units whose items do not hang together, as Amelia's empirical prior does (Honaker, King and
    Blackwell 2011); with it there may be as many items as units or more. Raises ArraysUnusable where there are too few units
    without it, or where nothing settles.
    """
    some = ~np.isnan(values).all(axis=1)
    given = values[some]
    units, items = given.shape
    if items == 0 or units == 0 or not np.isnan(given).any():
        return Expected(values, 0)
    if np.isnan(given).all(axis=0).any():
        raise ArraysUnusable("an item has no value at all, so nothing can be expected of it; leave it out")
    if units <= items + 1 and prior <= 0:
        raise ArraysUnusable(
            f"{units} units with any value cannot tell how {items} items hang together; give a prior, or take fewer items"
        )
    centre, spread = np.nanmean(given, axis=0), np.nanstd(given, axis=0)
    spread = np.where(spread > 0, spread, 1.0)
    found, rounds = _settled((given - centre) / spread, prior)
    filled = values.copy()
    filled[some] = np.where(np.isnan(given), centre + spread * found, given)
    return Expected(filled, rounds)


def _settled(values: Floats, prior: float) -> tuple[Floats, int]:
    """Round after round until nothing moves, of values with mean 0 and deviation 1."""
    missing = np.isnan(values)
    filled = np.where(missing, 0.0, values)
    patterns = _patterns(missing)
    mean, covariance = np.zeros(values.shape[1]), np.eye(values.shape[1])
    for number in range(1, MOST + 1):
        before = filled.copy()
        unsure = np.zeros_like(covariance)
        for gone, places in patterns:
            slopes, left = _conditional(covariance, gone)
            known = filled[np.ix_(places, np.flatnonzero(~gone))] - mean[~gone]
            filled[np.ix_(places, np.flatnonzero(gone))] = mean[gone] + known @ slopes
            unsure[np.ix_(gone, gone)] += left * len(places)
        mean = filled.mean(axis=0)
        apart = filled - mean
        covariance = (apart.T @ apart + unsure) / len(filled)
        if prior > 0:
            alone = np.diag(np.diag(covariance))
            covariance = (len(filled) * covariance + prior * alone) / (len(filled) + prior)
        if number > 1 and np.abs(filled - before).max() < _STILL:
            return filled, number
    raise ArraysUnusable(f"the expected values did not settle in {MOST} rounds; give a prior, or take fewer items")


def _patterns(missing: Flags) -> list[tuple[Flags, np.ndarray]]:
    """Which items are missing, and the places of the units of which just these are; units with all values are left out."""
    kinds, of = np.unique(missing, axis=0, return_inverse=True)
    of = of.reshape(-1)
    return [(kind, np.flatnonzero(of == place)) for place, kind in enumerate(kinds) if kind.any()]


def _conditional(covariance: Floats, gone: Flags) -> tuple[Floats, Floats]:
    """The slopes of the missing items on the known ones (known, missing), and the covariance that is left of the missing."""
    known = covariance[np.ix_(~gone, ~gone)]
    across = covariance[np.ix_(~gone, gone)]
    slopes: Floats
    try:
        np.linalg.cholesky(known)
        slopes = np.asarray(np.linalg.solve(known, across), dtype=np.float64)
    except np.linalg.LinAlgError:
        slopes = np.asarray(np.linalg.pinv(known, hermitian=True) @ across, dtype=np.float64)
    return slopes, covariance[np.ix_(gone, gone)] - across.T @ slopes
