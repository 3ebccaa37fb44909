"""Skewness and kurtosis as spreadsheets compute them, which is what rules of treatment are written for."""

import numpy as np

from atalaya.indices.series import Floats


def skewness(values: Floats) -> float:
    """G1, the estimator of spreadsheets and of type 2 in R's e1071; NaN for fewer than three values or no spread.

    >>> round(skewness(np.array([1.0, 2.0, 2.0, 9.0])), 6)
    1.900104
    """
    count = len(values)
    centred = values - values.mean() if count else values
    spread = float((centred**2).mean()) if count else 0.0
    if count < 3 or spread == 0.0:
        return float("nan")
    plain = float((centred**3).mean()) / spread**1.5
    return float(plain * np.sqrt(count * (count - 1)) / (count - 2))


def kurtosis(values: Floats) -> float:
    """G2, the excess kurtosis of spreadsheets and of type 2 in R's e1071; NaN for fewer than four values or no spread.

    >>> round(kurtosis(np.array([1.0, 2.0, 2.0, 9.0])), 6)
    3.708507
    """
    count = len(values)
    centred = values - values.mean() if count else values
    spread = float((centred**2).mean()) if count else 0.0
    if count < 4 or spread == 0.0:
        return float("nan")
    plain = float((centred**4).mean()) / spread**2 - 3.0
    return ((count + 1) * plain + 6.0) * (count - 1) / ((count - 2) * (count - 3))
