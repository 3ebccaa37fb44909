"""Skewness and kurtosis against scipy's unbiased estimators, which are those of spreadsheets."""

import numpy as np
import pytest
from scipy import stats

from atalaya.indices.moments import kurtosis, skewness


def test_by_hand() -> None:
    # 0, 0, 0, 4: mean 1, m2 3, m3 6, m4 21; g1 = 6/sqrt(27), G1 = g1 sqrt(12)/2 = 2; g2 = 21/9 - 3, G2 = 3/6 (5 g2 + 6) = 4.
    values = np.array([0.0, 0, 0, 4])
    assert skewness(values) == pytest.approx(2)
    assert kurtosis(values) == pytest.approx(4)


def test_as_scipy() -> None:
    for column in np.random.default_rng(1).gamma(1, 5, (4, 60)) + 1e4:
        assert skewness(column) == pytest.approx(stats.skew(column, bias=False))
        assert kurtosis(column) == pytest.approx(stats.kurtosis(column, bias=False))


@pytest.mark.parametrize(
    ("column", "skewed", "peaked"),
    [
        ([], False, False),
        ([1, 2], False, False),
        ([1, 2, 4], True, False),
        ([1, 2, 4, 5], True, True),
        ([3] * 5, False, False),
    ],
)
def test_too_few_or_constant_figures_have_none(column: list[float], skewed: bool, peaked: bool) -> None:
    values = np.array(column, dtype=np.float64)
    assert np.isfinite(skewness(values)) == skewed
    assert np.isfinite(kurtosis(values)) == peaked
