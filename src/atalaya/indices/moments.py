"""Skewness and kurtosis as spreadsheets compute them, which is what rules of treatment are written for."""

import numpy as np

from atalaya.indices.series import Floats


def skewness(values: Floats) -> float:
    """G1, the estimator of spreadsheets and of type 2 in R's e1071; NaN for fewer than three values or no spread.

    >>> round(skewness(np.array([1.0, 2.0, 2.0, 9.0])), 6)
    1.900104
    """
    count = len(values)
    plain = _standardised(values, 3)
    if count < 3 or np.isnan(plain):
        return float("nan")
    return float(plain * np.sqrt(count * (count - 1)) / (count - 2))


def kurtosis(values: Floats) -> float:
    """G2, the excess kurtosis of spreadsheets and of type 2 in R's e1071; NaN for fewer than four values or no spread.

    >>> round(kurtosis(np.array([1.0, 2.0, 2.0, 9.0])), 6)
    3.708507
    """
    count = len(values)
    plain = _standardised(values, 4) - 3.0
    if count < 4 or np.isnan(plain):
        return float("nan")
    return ((count + 1) * plain + 6.0) * (count - 1) / ((count - 2) * (count - 3))


def _standardised(values: Floats, order: int) -> float:
    """The mean power of the standard scores; NaN where values differ by noise alone or are too great to be squared."""
    if not values.size:
        return float("nan")
    with np.errstate(all="ignore"):
        centred = values - values.mean()
        deviation = float(np.sqrt((centred**2).mean()))
        if not np.isfinite(deviation) or deviation <= _NOISE * float(np.abs(values).max()):
            return float("nan")
        return float(((centred / deviation) ** order).mean())


_NOISE = 1e-13
"""A deviation below this share of the greatest value is what binary arithmetic leaves."""
