"""Shares of states by unit and by indicator, worked by hand."""

import numpy as np
import pytest

from atalaya.exceptions import ArraysUnusable
from atalaya.indices.diagnostics.availability import availability
from atalaya.indices.series import State

V, N, U, S = State
STATES = np.array([[V, V, V, U], [V, N, N, U], [N, N, N, N], [S, S, S, S]])
IMPUTED = np.array([[False, False, True, False], [False, True, False, False], [False] * 4, [False] * 4])


def test_by_hand() -> None:
    found = availability(STATES, IMPUTED)
    assert found.by_unit.tolist() == [[0.75, 0, 0.25, 0], [0.25, 0.5, 0.25, 0], [0, 1, 0, 0], [0, 0, 0, 1]]
    assert found.by_indicator.tolist() == [
        [0.5, 0.25, 0, 0.25],
        [0.25, 0.5, 0, 0.25],
        [0.25, 0.5, 0, 0.25],
        [0, 0.25, 0.5, 0.25],
    ]
    assert found.measured.tolist() == pytest.approx([0.5, 0.5, np.nan, np.nan], nan_ok=True)
    assert found.imputed.tolist() == pytest.approx([0.25, 0, np.nan, np.nan], nan_ok=True)
    assert found.indicator_measured.tolist() == pytest.approx([1, 1, 0, 0])
    assert found.indicator_imputed.tolist() == pytest.approx([0, 0, 1, 0])


def test_weights_count_in_the_shares_of_units() -> None:
    found = availability(STATES, IMPUTED, np.array([3.0, 1, 1, 5]))
    assert found.measured.tolist() == pytest.approx([0.4, 3 / 8, np.nan, np.nan], nan_ok=True)
    assert found.imputed.tolist() == pytest.approx([0.1, 0, np.nan, np.nan], nan_ok=True)
    assert found.by_unit[1].tolist() == pytest.approx([0.3, 0.2, 0.5, 0])
    assert found.by_indicator.tolist() == availability(STATES).by_indicator.tolist()


def test_shares_sum_to_one_and_weights_have_no_scale() -> None:
    rng = np.random.default_rng(1)
    states, weights = rng.integers(0, 4, (20, 9)), rng.random(9)
    found, scaled = availability(states, weights=weights), availability(states, weights=weights * 7)
    assert found.by_unit.sum(axis=1) == pytest.approx(np.ones(20))
    assert found.by_indicator.sum(axis=1) == pytest.approx(np.ones(9))
    assert found.by_unit == pytest.approx(scaled.by_unit)


def test_what_is_no_state_or_no_weight_is_refused() -> None:
    with pytest.raises(ArraysUnusable, match=r"states hold \[4\]"):
        availability(np.array([[0, 4]]))
    with pytest.raises(ArraysUnusable, match="units, indicators"):
        availability(np.array([0, 1]))
    for weights in ([1.0], [1.0, -1], [0.0, 0.0], [1.0, np.nan]):
        with pytest.raises(ArraysUnusable, match="weights"):
            availability(np.array([[0, 1]]), weights=np.array(weights))
