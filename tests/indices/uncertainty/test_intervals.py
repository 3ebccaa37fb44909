"""Intervals of units over draws, against numpy's quantiles."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from atalaya.exceptions import ArraysUnusable
from atalaya.indices.uncertainty.intervals import intervals

TABLES = arrays.arrays(
    np.float64,
    st.tuples(st.integers(1, 30), st.integers(1, 5)),
    elements=st.one_of(st.floats(-1e6, 1e6), st.just(float("nan"))),
)


def test_by_hand() -> None:
    # Of 1 … 11, n - 1 = 10: the 5 % quantile lies halfway between the first and the second, the 95 % likewise.
    found = intervals(np.arange(11.0, 0, -1)[:, None], np.array([4.0]))
    assert [found.nominal[0], found.mean[0], found.median[0], found.low[0], found.high[0]] == [4, 6, 6, 1.5, 10.5]
    assert found.draws.tolist() == [11]


@given(TABLES, st.floats(0, 0.5), st.floats(0.5, 1))
@settings(max_examples=100, deadline=None)
def test_quantiles_are_those_of_numpy(values: np.ndarray, low: float, high: float) -> None:
    found = intervals(values, values[0], low=low, high=high)
    for unit, column in enumerate(values.T):
        there = column[~np.isnan(column)]
        assert found.draws[unit] == len(there)
        expected = [there.mean(), *np.quantile(there, [0.5, low, high])] if len(there) else [np.nan] * 4
        mine = [found.mean[unit], found.median[unit], found.low[unit], found.high[unit]]
        assert mine == pytest.approx(expected, rel=1e-9, abs=1e-6, nan_ok=True)


def test_blocks_and_single_precision_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    values = np.random.default_rng(1).integers(1, 50, (99, 7)).astype(np.float32)
    whole = intervals(values, values[0])
    monkeypatch.setattr("atalaya.indices.uncertainty.intervals.AT_ONCE", 150)
    parts = intervals(values.astype(np.float64), values[0])
    for name in ("nominal", "mean", "median", "low", "high", "draws"):
        assert np.array_equal(getattr(whole, name), getattr(parts, name)), name


def test_unfit_arrays_are_refused() -> None:
    for values, nominal in (
        (np.zeros((3, 2)), np.zeros(3)),
        (np.zeros((0, 2)), np.zeros(2)),
        (np.zeros(3), np.zeros(3)),
    ):
        with pytest.raises(ArraysUnusable, match="are needed"):
            intervals(values, nominal)
    with pytest.raises(ArraysUnusable, match="in order"):
        intervals(np.zeros((3, 2)), np.zeros(2), low=0.9, high=0.1)
