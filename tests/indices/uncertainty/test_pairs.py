"""Who stands above whom, against counting pair by pair."""

import tracemalloc

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from atalaya.exceptions import ArraysUnusable
from atalaya.indices.uncertainty.intervals import intervals
from atalaya.indices.uncertainty.pairs import pairwise_probability
from atalaya.indices.uncertainty.ranks import Ties, first_probability, mean_rank_change, ranks


def counted(found: np.ndarray) -> np.ndarray:
    units = found.shape[1]
    shares = np.full((units, units), np.nan)
    for a, b in np.ndindex(units, units):
        both = ~np.isnan(found[:, a] + found[:, b])
        if a != b and both.any():
            mine, theirs = found[both, a], found[both, b]
            shares[a, b] = np.mean((mine < theirs) + 0.5 * (mine == theirs))
    return shares


def test_by_hand() -> None:
    runs = np.array([[1, 2, 3], [2, 1, 3], [1, 1, np.nan], [1, 2, 3]], dtype=np.float32)
    expected = [[np.nan, 0.625, 1], [0.375, np.nan, 1], [0, 0, np.nan]]
    assert pairwise_probability(runs) == pytest.approx(np.array(expected), nan_ok=True)


@given(
    arrays.arrays(
        np.float64,
        st.tuples(st.integers(1, 140), st.integers(1, 6)),
        elements=st.one_of(st.integers(0, 4).map(float), st.just(float("nan"))),
    ),
    st.sampled_from(["min", "max", "average", "dense"]),
    st.integers(0, 20),
)
@settings(max_examples=150, deadline=None)
def test_every_pair_as_counted(scores: np.ndarray, ties: Ties, apart: int) -> None:
    found = ranks(scores + apart * np.arange(scores.shape[1]), ties=ties)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("atalaya.indices.uncertainty.pairs.DRAWS_AT_ONCE", 64)
        assert pairwise_probability(found) == pytest.approx(counted(found), nan_ok=True, abs=1e-6)


def test_ranks_beyond_small_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    found = np.array([[40_000.0, 1.0, 39_999.5], [40_000.0, 1.0, 40_000.5]])
    monkeypatch.setattr("atalaya.indices.uncertainty.pairs.LARGEST", 5)
    assert pairwise_probability(found) == pytest.approx(counted(found), nan_ok=True)


def test_an_array_of_another_shape_is_refused() -> None:
    with pytest.raises(ArraysUnusable, match="draws, units"):
        pairwise_probability(np.zeros(3))


def test_a_national_round_stays_far_below_a_gigabyte() -> None:
    rng = np.random.default_rng(0)
    scores = (rng.normal(50, 10, 1300) + rng.normal(0, 2, (10_000, 1300))).astype(np.float32)
    tracemalloc.start()
    found = ranks(scores)
    nominal = ranks(scores[0])
    middle = intervals(found, nominal).median
    shares = pairwise_probability(found)
    change, first = mean_rank_change(found, nominal), first_probability(found, 10)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 300e6
    assert (len(middle), shares.shape, len(change), len(first)) == (1300, (1300, 1300), 10_000, 1300)
