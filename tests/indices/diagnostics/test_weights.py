"""Written weights down a tree, and what indicators really count for."""

import numpy as np
import pytest

from atalaya.exceptions import ArraysUnusable, MethodologyError
from atalaya.indices.diagnostics.weights import correlation_ratio, effective_weights, importance


def test_products_down_the_tree_by_hand() -> None:
    # 0 is the top; 1 (weight 1) and 2 (weight 3) below it; 3 and 4 equally below 1; 5 alone below 2.
    found = effective_weights([-1, 0, 0, 1, 1, 2], [7, 1, 3, 2, 2, 9])
    assert found.tolist() == pytest.approx([1, 0.25, 0.75, 0.125, 0.125, 0.75])


def test_order_and_scale_of_nodes_do_not_matter() -> None:
    found = effective_weights([1, 4, 4, 1, -1], [2, 10, 30, 2, 1])
    assert found.tolist() == pytest.approx([0.125, 0.25, 0.75, 0.125, 1])
    chain = effective_weights([1, 2, 3, -1], [5, 6, 7, 8])
    assert chain.tolist() == [1, 1, 1, 1]


@pytest.mark.parametrize(
    ("parents", "weights", "said"),
    [
        ([1, 0], [1, 1], "circle"),
        ([-1, 2, 1], [1, 1, 1], "circle"),
        ([-1, 1], [1, 1], "circle"),
        ([-1, 5], [1, 1], "does not exist"),
        ([-2], [1], "does not exist"),
        ([-1, 0], [1, -1], "from 0 up"),
        ([-1, 0], [1, np.nan], "from 0 up"),
        ([-1, 0, 0], [1, 0, 0], "node 0 weigh nothing"),
        ([-1], [1, 2], "one of each"),
        ([], [], "one of each"),
    ],
)
def test_what_is_no_tree_is_refused(parents: list[int], weights: list[float], said: str) -> None:
    with pytest.raises(MethodologyError, match=said):
        effective_weights(parents, weights)


def test_correlation_ratio_by_hand() -> None:
    # Two bins with means 1 and 3, within them 0 and 2, 2 and 4: eta squared 4 / 8, corrected 1 - 3/2 x 1/2.
    assert correlation_ratio(np.array([1.0, 2, 3, 4]), np.array([0.0, 2, 2, 4]), 2) == pytest.approx(0.25)


def test_a_curve_counts_in_bins_and_not_in_the_line() -> None:
    x = np.random.default_rng(1).uniform(-1, 1, (800, 3))
    index = x[:, 0] ** 2 + 0.3 * x[:, 1]
    found = importance(x, index)
    # Variances: of the square 4/45, of the second 0.09/3.
    shares = np.array([4 / 45, 0.03, 0]) / (4 / 45 + 0.03)
    assert found.binned.tolist() == pytest.approx(shares.tolist(), abs=0.05)
    assert found.linear[0] < 0.02
    assert found.linear == pytest.approx(found.correlation**2)
    assert found.relative.sum() == pytest.approx(1)


def test_a_weighted_sum_of_independent_indicators_counts_as_its_squared_weights() -> None:
    x = np.random.default_rng(2).normal(size=(5000, 3))
    found = importance(x, x @ np.array([0.5, 0.3, 0.2]))
    assert found.relative.tolist() == pytest.approx((np.array([25, 9, 4]) / 38).tolist(), abs=0.03)


def test_equal_figures_share_a_bin_and_chance_is_taken_off() -> None:
    rng = np.random.default_rng(3)
    x, y = rng.integers(0, 3, 300).astype(float), rng.normal(size=300)
    assert correlation_ratio(x, y, 17) < 0.05
    assert correlation_ratio(x, x * 2, 17) == pytest.approx(1)


def test_missing_and_constant_figures() -> None:
    x = np.random.default_rng(4).normal(size=(40, 3))
    x[:, 1] = 2
    x[:38, 2] = np.nan
    found = importance(x, np.where(np.arange(40) == 7, np.nan, x[:, 0]))
    assert found.reasons == ("", "constant", "too_few")
    assert found.correlation[0] == pytest.approx(1)
    assert np.isnan(found.binned[1:]).all()
    assert found.relative[0] == 1


def test_unfit_arrays_are_refused() -> None:
    with pytest.raises(ArraysUnusable, match="are needed"):
        importance(np.zeros((3, 2)), np.zeros(4))
    with pytest.raises(ArraysUnusable, match="at least two"):
        importance(np.zeros((3, 2)), np.zeros(3), bins=1)
    assert np.isnan(correlation_ratio(np.arange(3.0), np.arange(3.0), 9))
