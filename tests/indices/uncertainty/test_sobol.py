"""Sensitivity indices: worked by hand, against the plain formulas, several results at once, missing runs, intervals."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from atalaya.exceptions import ArraysUnusable
from atalaya.indices.uncertainty.designs import saltelli_design
from atalaya.indices.uncertainty.sobol import Sensitivity, sensitivity


def plain(values: np.ndarray, inputs: int) -> tuple[list[float], list[float]]:
    """The formulas of the module as they are written, one result at a time."""
    draws = len(values) // (inputs + 2)
    a, b, *mixed = values.reshape(inputs + 2, draws)
    variance = np.var(np.concatenate([a, b]), ddof=1)
    first = [np.mean(b * (each - a)) / variance for each in mixed]
    total = [np.sum((a - each) ** 2) / (2 * draws * variance) for each in mixed]
    return first, total


def test_worked_by_hand() -> None:
    # y = x1 with A = (0, 2), B = (1, 3): AB_1 = B, AB_2 = A. Mean 1.5, V = (2.25 + 0.25 + 0.25 + 2.25) / 3 = 5/3.
    found = sensitivity(np.array([0.0, 2, 1, 3, 1, 3, 0, 2]), 2)
    assert found.variance.tolist() == pytest.approx([5 / 3])
    # S_1 = mean(1 (1 - 0), 3 (3 - 2)) / V = 2 / (5/3); ST_1 = (1 + 1) / (2 x 2 x 5/3).
    assert found.first[:, 0].tolist() == pytest.approx([1.2, 0])
    assert found.total[:, 0].tolist() == pytest.approx([0.3, 0])
    assert found.reasons == ("",)


@given(st.integers(1, 5), st.integers(2, 30), st.integers(1, 4), st.integers(0, 2**32 - 1))
@settings(max_examples=50, deadline=None)
def test_several_results_at_once_are_each_alone(inputs: int, draws: int, results: int, seed: int) -> None:
    values = np.random.default_rng(seed).normal(50, 9, (draws * (inputs + 2), results))
    found = sensitivity(values, inputs)
    for place in range(results):
        first, total = plain(values[:, place], inputs)
        assert found.first[:, place] == pytest.approx(first, rel=1e-9, abs=1e-9)
        assert found.total[:, place] == pytest.approx(total, rel=1e-9, abs=1e-9)


def test_blocks_of_results_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    values = np.random.default_rng(1).normal(size=(40, 30))
    whole = sensitivity(values, 2, resamples=20, seed=5)
    monkeypatch.setattr("atalaya.indices.uncertainty.sobol.AT_ONCE", 100)
    parts = sensitivity(values, 2, resamples=20, seed=5)
    for name in ("variance", "first", "total", "first_low", "first_high", "total_low", "total_high"):
        assert getattr(parts, name) == pytest.approx(getattr(whole, name)), name


def test_a_failed_run_takes_its_row_with_it_in_that_result_alone() -> None:
    rng = np.random.default_rng(2)
    values = rng.normal(size=(5 * 20, 2))
    values[20 * 3 + 4, 0] = np.nan
    found = sensitivity(values, 3, resamples=10)
    kept = np.delete(values[:, 0].reshape(5, 20), 4, axis=1).ravel()
    assert found.used.tolist() == [19, 20]
    assert found.first[:, 0] == pytest.approx(plain(kept, 3)[0])
    assert found.total[:, 1] == pytest.approx(plain(values[:, 1], 3)[1])
    assert not np.isnan(found.total_high).any()


def test_what_does_not_vary_has_no_index_and_says_why() -> None:
    values = np.column_stack([np.full(20, 1234567.1), np.full(20, np.nan), np.arange(20.0)])
    found = sensitivity(values, 2, resamples=10)
    assert np.isnan(found.first[:, :2]).all()
    assert np.isnan(found.total_low[:, :2]).all()
    assert np.isfinite(found.first[:, 2]).all()
    assert found.reasons == (
        "the result does not vary over the draws",
        "fewer than two rows have a value in every block",
        "",
    )


def additive(points: np.ndarray) -> np.ndarray:
    return points @ np.array([3.0, 2.0, 0.0])


def test_indices_of_a_sum_are_its_shares_of_variance() -> None:
    found = sensitivity(additive(saltelli_design(4096, 3, seed=1).points()), 3)
    for indices in (found.first, found.total):
        assert indices[:, 0] == pytest.approx([9 / 13, 4 / 13, 0], abs=0.005)


def test_a_group_of_columns_has_the_index_of_all_of_them() -> None:
    found = sensitivity(additive(saltelli_design(4096, [1, 2], seed=1).points()), 2)
    assert found.total[:, 0] == pytest.approx([9 / 13, 4 / 13], abs=0.005)


def test_intervals_hold_the_estimate_narrow_with_draws_and_repeat_with_the_seed() -> None:
    def at(draws: int) -> Sensitivity:
        rng = np.random.default_rng(4)
        a, b = rng.random((draws, 3)), rng.random((draws, 3))
        mixed = [np.where(np.arange(3) == place, b, a) for place in range(3)]
        return sensitivity(additive(np.concatenate([a, b, *mixed])), 3, resamples=300, seed=9)

    few, many = at(100), at(10_000)
    for found in (few, many):
        assert (found.total_low <= found.total).all()
        assert (found.total <= found.total_high).all()
        assert (found.first_low <= found.first_high).all()
    assert (many.first_high - many.first_low)[0, 0] < (few.first_high - few.first_low)[0, 0] / 4
    assert np.array_equal(few.total_high, at(100).total_high)


def test_without_resamples_there_are_no_intervals() -> None:
    assert np.isnan(sensitivity(np.arange(12.0) ** 2, 2).first_low).all()


def test_intervals_are_near_those_of_theory() -> None:
    # The bootstrap of a mean of n terms has 5 % and 95 % ends 1.645 standard errors away.
    rng = np.random.default_rng(11)
    values = np.concatenate([rng.normal(size=3000) for _ in range(3)])
    found = sensitivity(values, 1, resamples=2000, seed=3)
    a, b, mixed = values.reshape(3, 3000)
    error = np.std(b * (mixed - a), ddof=1) / np.sqrt(3000) / found.variance[0]
    assert found.first_high[0, 0] - found.first_low[0, 0] == pytest.approx(2 * 1.645 * error, rel=0.1)


@pytest.mark.parametrize(
    ("values", "inputs"),
    [
        (np.zeros(7), 2),
        (np.zeros(4), 2),
        (np.zeros(0), 2),
        (np.zeros(8), 0),
        (np.zeros((8, 0)), 2),
        (np.zeros((8, 1, 1)), 2),
    ],
)
def test_rows_that_are_no_design_are_refused(values: np.ndarray, inputs: int) -> None:
    with pytest.raises(ArraysUnusable, match="rows are needed"):
        sensitivity(values, inputs)
