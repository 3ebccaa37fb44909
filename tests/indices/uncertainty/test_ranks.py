"""Ranks of many draws: every rule of ties against scipy, rounding as published figures, missing scores, changes of rank."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from scipy.stats import rankdata

from atalaya.exceptions import ArraysUnusable
from atalaya.indices.rounding import rounded
from atalaya.indices.uncertainty.ranks import Ties, first_probability, mean_rank_change, ranks

SCORES = np.array([7.0, 9.0, np.nan, 7.0, 5.0])


@pytest.mark.parametrize(
    ("ties", "expected"),
    [
        ("min", [2, 1, np.nan, 2, 4]),
        ("max", [3, 1, np.nan, 3, 4]),
        ("average", [2.5, 1, np.nan, 2.5, 4]),
        ("dense", [2, 1, np.nan, 2, 3]),
        ("ordinal", [2, 1, np.nan, 3, 4]),
    ],
)
def test_ties_by_hand(ties: Ties, expected: list[float]) -> None:
    assert ranks(SCORES, ties=ties).tolist() == pytest.approx(expected, nan_ok=True)


TABLES = arrays.arrays(
    np.float64,
    st.tuples(st.integers(1, 6), st.integers(1, 12)),
    elements=st.one_of(st.integers(-3, 3).map(float), st.floats(-1e6, 1e6), st.just(float("nan"))),
)


@given(TABLES, st.sampled_from(["min", "max", "average", "dense", "ordinal"]), st.booleans())
@settings(max_examples=150, deadline=None)
def test_every_draw_is_ranked_as_scipy_ranks_it(scores: np.ndarray, ties: Ties, descending: bool) -> None:
    found = ranks(scores, ties=ties, descending=descending)
    for row, mine in zip(scores, found, strict=True):
        there = ~np.isnan(row)
        keys = -row[there] if descending else row[there]
        assert mine[there].tolist() == (rankdata(keys, method=ties).tolist() if there.any() else [])
        assert np.isnan(mine[~there]).all()


@given(TABLES)
@settings(max_examples=50, deadline=None)
def test_blocks_change_nothing(scores: np.ndarray) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("atalaya.indices.uncertainty.ranks.AT_ONCE", 5)
        parts = ranks(scores)
        change = mean_rank_change(parts, parts[0])
    assert np.array_equal(parts, ranks(scores), equal_nan=True)
    assert np.array_equal(change, mean_rank_change(parts, parts[0]), equal_nan=True)


@given(st.lists(st.decimals(-100, 100, places=3).map(float), min_size=2, max_size=9), st.integers(0, 2))
@settings(deadline=None)
def test_rounded_scores_rank_as_published_figures(scores: list[float], decimals: int) -> None:
    published = np.array([rounded(score, decimals) for score in scores])
    assert ranks(np.array(scores), decimals=decimals).tolist() == ranks(published).tolist()


def test_halves_go_away_from_zero_and_noise_goes_first() -> None:
    assert ranks(np.array([1.005, 1.01, -0.5, -0.6]), decimals=2).tolist() == [1, 1, 3, 4]
    assert ranks(np.array([-0.5, -1.0]), decimals=0).tolist() == [1, 1]
    assert ranks(np.array([0.1 + 0.2, 0.3])).tolist() == [1, 2]
    assert ranks(np.array([0.1 + 0.2, 0.3]), decimals=9).tolist() == [1, 1]


def test_ordinal_ranks_keep_the_order_of_the_list_among_many() -> None:
    scores = np.tile([2.0, 1.0], 500)
    assert ranks(scores, ties="ordinal")[::2].tolist() == list(range(1, 501))
    assert ranks(scores, ties="ordinal")[1::2].tolist() == list(range(501, 1001))


def test_change_of_rank_by_hand() -> None:
    nominal = np.array([1, 2, 3, np.nan], dtype=np.float32)
    runs = np.array([[1, 2, 3, 4], [3, 2, 1, np.nan], [2, np.nan, 3, 1], [np.nan] * 4], dtype=np.float32)
    assert mean_rank_change(runs, nominal).tolist() == pytest.approx([0, 4 / 3, 0.5, np.nan], nan_ok=True)


def test_probability_of_the_first() -> None:
    runs = np.array([[1, 2, 3, np.nan], [2, 1, 3, np.nan], [1, 2, np.nan, np.nan]], dtype=np.float32)
    assert first_probability(runs, 1).tolist() == pytest.approx([2 / 3, 1 / 3, 0, np.nan], nan_ok=True)
    assert first_probability(runs, 2).tolist() == pytest.approx([1, 1, 0, np.nan], nan_ok=True)


def test_unfit_arrays_are_refused() -> None:
    found = ranks(np.array([[1.0, 2.0]]))
    with pytest.raises(ArraysUnusable, match="rules are min"):
        ranks(SCORES, ties="best")  # type: ignore[arg-type]
    with pytest.raises(ArraysUnusable, match="units"):
        ranks(np.zeros((3, 0)))
    with pytest.raises(ArraysUnusable, match="one a unit"):
        mean_rank_change(found, found[0, :1])
    with pytest.raises(ArraysUnusable, match="at least the first 1"):
        first_probability(found, 0)
    with pytest.raises(ArraysUnusable, match="at least one"):
        first_probability(found[:0], 1)
