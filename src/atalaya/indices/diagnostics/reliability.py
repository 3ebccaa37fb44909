"""Cronbach's alpha: how far indicators of a group measure one thing.

alpha = k / (k - 1) (1 - sum of variances / sum of all covariances), covariances over the units that have both indicators, as
COINr's `get_cronbach` computes it. Source: L. Cronbach 1951. Raw alpha depends on the scales of the indicators: compute it of
normalised figures, or read `standardised`, k r / (1 + (k - 1) r) with r the mean correlation.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from atalaya.exceptions import ArraysUnusable
from atalaya.indices.diagnostics.correlation import CONSTANT, correlations

Floats = NDArray[np.float64]

LEAST_ITEMS = 2
LEAST_UNITS = 2


@dataclass(frozen=True, slots=True, eq=False)
class Reliability:
    """`alpha` and `standardised` (at most 1, may be negative); `without` (indicators,): alpha were each left out.

    `least_units`: the fewest units that two indicators share. `reason`: empty, or why alpha is NaN.
    """

    alpha: float
    standardised: float
    without: Floats
    least_units: int
    reason: str


def cronbach_alpha(values: Floats) -> Reliability:
    """Reliability of `values` (units, indicators), missing as NaN. Raises `ArraysUnusable` for another shape.

    NaN for fewer than two indicators, where two share fewer than two units, or where the sum has no variance.
    """
    if values.ndim != 2 or values.shape[1] == 0:
        raise ArraysUnusable(f"values of shape {values.shape}: (units, indicators) is needed")
    covariance, counts = pairwise_covariance(values)
    items, least = values.shape[1], int(counts.min())
    total = covariance.sum()
    reason = ""
    if items < LEAST_ITEMS:
        reason = "alpha needs at least two indicators"
    elif least < LEAST_UNITS:
        reason = "two indicators share fewer than two units"
    elif not total > (CONSTANT * items * np.nanmax(np.abs(values))) ** 2:
        reason = "the sum of the indicators has no variance"
    if reason:
        return Reliability(np.nan, np.nan, np.full(items, np.nan), least, reason)
    own = np.diag(covariance)
    remaining = total - 2 * covariance.sum(axis=1) + own
    return Reliability(
        alpha=float(_alpha(items, own.sum(), total)),
        standardised=_standardised(values),
        without=_alpha(items - 1, own.sum() - own, remaining),
        least_units=least,
        reason="",
    )


def _alpha(items: int, variances: Floats, total: Floats) -> Floats:
    if items < LEAST_ITEMS:
        return np.full(np.shape(total), np.nan)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(total > 0, items / (items - 1) * (1 - variances / total), np.nan)


def _standardised(values: Floats) -> float:
    items = values.shape[1]
    mean = float(correlations(values).coefficient[np.triu_indices(items, k=1)].mean())
    return items * mean / (1 + (items - 1) * mean) if 1 + (items - 1) * mean > 0 else float("nan")


def pairwise_covariance(values: Floats) -> tuple[Floats, NDArray[np.int64]]:
    """Sample covariances of the columns (indicators, indicators) over the units that have both, and how many those are.

    Means are those of the common units. NaN where fewer than two units are common.
    """
    present = ~np.isnan(values)
    counts = present.T.astype(np.float64) @ present
    with np.errstate(invalid="ignore", divide="ignore"):
        means = np.where(present, values, 0.0).sum(axis=0) / np.diag(counts)
        # Centred first, lest large means swallow the digits of the products.
        centred = np.where(present, values - means, 0.0)
        sums = centred.T @ present
        covariance = (centred.T @ centred - sums * sums.T / counts) / (counts - 1)
    return np.where(counts >= LEAST_UNITS, covariance, np.nan), counts.astype(np.int64)
