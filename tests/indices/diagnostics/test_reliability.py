"""Cronbach's alpha: worked by hand, as the formula says, with missing figures, and where there is none."""

import numpy as np
import pytest

from atalaya.exceptions import ArraysUnusable
from atalaya.indices.diagnostics.reliability import cronbach_alpha, pairwise_covariance


def test_by_hand() -> None:
    # Variances 1 and 4, covariance 2: alpha = 2 (1 - 5/9) = 8/9; they rise together, so standardised 1.
    found = cronbach_alpha(np.array([[1.0, 2], [2, 4], [3, 6]]))
    assert found.alpha == pytest.approx(8 / 9)
    assert found.standardised == pytest.approx(1)
    assert np.isnan(found.without).all()
    assert (found.least_units, found.reason) == (3, "")


def test_alpha_without_each_is_alpha_of_the_others() -> None:
    rng = np.random.default_rng(5)
    values = rng.normal(size=(30, 5)) + rng.normal(size=(30, 1))
    values[rng.random(values.shape) < 0.1] = np.nan
    found = cronbach_alpha(values)
    for place in range(5):
        assert found.without[place] == pytest.approx(cronbach_alpha(np.delete(values, place, axis=1)).alpha)
    assert found.alpha > 0.5


def test_alpha_of_complete_figures_is_that_of_the_sum() -> None:
    values = np.random.default_rng(6).normal(1e6, 3, (50, 4))
    variance = values.sum(axis=1).var(ddof=1)
    assert cronbach_alpha(values).alpha == pytest.approx(
        4 / 3 * (1 - values.var(axis=0, ddof=1).sum() / variance), abs=1e-9
    )


def test_covariances_are_of_the_common_units() -> None:
    rng = np.random.default_rng(7)
    values = rng.normal(100, 9, (20, 4))
    values[rng.random(values.shape) < 0.2] = np.nan
    covariance, counts = pairwise_covariance(values)
    for a, b in np.ndindex(4, 4):
        both = ~np.isnan(values[:, a] + values[:, b])
        assert covariance[a, b] == pytest.approx(np.cov(values[both, a], values[both, b])[0, 1])
        assert counts[a, b] == both.sum()


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ([[1.0], [2.0]], "alpha needs at least two indicators"),
        ([[1.0, np.nan], [2.0, 1.0], [np.nan, 3.0]], "two indicators share fewer than two units"),
        ([[np.nan, 1.0], [np.nan, 2.0]], "two indicators share fewer than two units"),
        ([[0.1, 0.7], [0.1, 0.7], [0.1, 0.7]], "the sum of the indicators has no variance"),
        ([[1.0, -1.0], [2.0, -2.0], [4.0, -4.0]], "the sum of the indicators has no variance"),
    ],
)
def test_reasons_for_no_alpha(values: list[list[float]], reason: str) -> None:
    found = cronbach_alpha(np.array(values))
    assert np.isnan(found.alpha)
    assert found.reason == reason


def test_another_shape_is_refused() -> None:
    with pytest.raises(ArraysUnusable, match="units, indicators"):
        cronbach_alpha(np.zeros(4))
