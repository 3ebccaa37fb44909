"""Agreement of raters: published tables (see `benchmarks.agreement_tables`), relations between coefficients, and refusals."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from atalaya.exceptions import ArraysUnusable
from atalaya.indices.diagnostics.raters import (
    NO_ITEMS,
    NO_VARIETY,
    category_counts,
    cohen_kappa,
    fleiss_kappa,
    kappa_of_table,
    krippendorff_alpha,
    percent_agreement,
)
from benchmarks.agreement_tables import ANXIETY, CASES, OBSERVERS, Published

NAN = np.nan


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_published_coefficients(case: Published) -> None:
    found = case.compute()
    assert found.value == pytest.approx(case.published, abs=case.tolerance)
    assert found.reason == ""


def test_percent_agreement_by_hand() -> None:
    ratings = np.array([[1, 1, 1], [1, 2, NAN], [2, 2, 1], [3, NAN, NAN]])
    found = percent_agreement(ratings)
    assert found.value == pytest.approx((3 + 0 + 1) / 7)
    assert found.items == 3
    assert np.isnan(found.expected)


def test_counts_by_category() -> None:
    ratings = np.array([[1, 3, NAN], [3, 3, 1]])
    assert category_counts(ratings).tolist() == [[1, 1], [1, 2]]
    assert category_counts(ratings, [1, 2, 3]).tolist() == [[1, 0, 1], [1, 0, 2]]


def test_two_raters_with_gaps_are_compared_where_both_rated() -> None:
    first, second = np.array([1, 1, 2, 2, NAN, 1.0]), np.array([1, 2, 2, 2, 1, NAN])
    found = cohen_kappa(first, second)
    assert (found.items, found.observed, found.expected) == (4, 0.75, 0.5)
    assert found.value == pytest.approx(0.5)


def test_levels_that_nobody_used_count_as_steps() -> None:
    first, second = np.array([0, 0, 1, 3, 3.0]), np.array([0, 1, 1, 3, 0.0])
    told = cohen_kappa(first, second, weights="linear", categories=[0, 1, 2, 3]).value
    assert told != pytest.approx(cohen_kappa(first, second, weights="linear").value)
    apart = np.abs(np.subtract.outer([0.0, 1, 3], [0.0, 1, 3]))
    assert told == pytest.approx(cohen_kappa(first, second, weights=apart).value)


RATINGS = st.lists(st.lists(st.integers(0, 3), min_size=2, max_size=2), min_size=3, max_size=30)


@given(RATINGS)
def test_alpha_of_two_complete_raters_is_fleiss_kappa_but_for_small_samples(given_ratings: list[list[int]]) -> None:
    """1 - alpha = (1 - pi) (2 n - 1) / (2 n) for n items rated by two (Krippendorff 2004)."""
    ratings = np.array(given_ratings, dtype=np.float64)
    alpha, kappa = krippendorff_alpha(ratings), fleiss_kappa(category_counts(ratings))
    if kappa.reason:
        assert alpha.reason == kappa.reason == NO_VARIETY
    else:
        pairs = 2 * len(ratings)
        assert 1 - alpha.value == pytest.approx((1 - kappa.value) * (pairs - 1) / pairs)


@given(RATINGS, st.sampled_from(["nominal", "ordinal", "interval"]))
def test_alpha_knows_no_order_of_items_or_raters_and_no_scale(given_ratings: list[list[int]], metric: str) -> None:
    ratings = np.array(given_ratings, dtype=np.float64)
    alpha = krippendorff_alpha(ratings, metric=metric).value
    for other in (
        ratings[::-1],
        ratings[:, ::-1],
        ratings * 3 + 5,
        np.pad(ratings, ((0, 0), (0, 1)), constant_values=NAN),
    ):
        assert krippendorff_alpha(other, metric=metric).value == pytest.approx(alpha, nan_ok=True)


def test_perfect_and_opposite_raters() -> None:
    first = np.array([1.0, 2, 3, 1, 2, 3])
    assert cohen_kappa(first, first, weights="quadratic").value == 1
    assert krippendorff_alpha(np.column_stack([first, first]), metric="ordinal").value == 1
    assert cohen_kappa(np.array([0.0, 1]), np.array([1.0, 0])).value == -1


def test_reasons_for_no_coefficient() -> None:
    same, nothing = np.ones((4, 2)), np.array([[1.0, NAN], [NAN, 2.0]])
    for found in (cohen_kappa(*same.T), fleiss_kappa(category_counts(same)), krippendorff_alpha(same)):
        assert np.isnan(found.value)
        assert found.reason == NO_VARIETY
    for found in (
        cohen_kappa(*nothing.T),
        krippendorff_alpha(nothing),
        percent_agreement(nothing),
        percent_agreement(nothing * NAN),
    ):
        assert np.isnan(found.value)
        assert found.reason == NO_ITEMS
    assert kappa_of_table(np.zeros((2, 2))).reason == NO_ITEMS


def test_unfit_ratings_are_refused() -> None:
    with pytest.raises(ArraysUnusable, match="one list a rater"):
        cohen_kappa(ANXIETY[0], ANXIETY[1][:5])
    with pytest.raises(ArraysUnusable, match="none of the categories"):
        krippendorff_alpha(OBSERVERS, categories=[1, 2, 3])
    with pytest.raises(ArraysUnusable, match="the metrics are"):
        krippendorff_alpha(OBSERVERS, metric="ratio")  # type: ignore[arg-type]
    with pytest.raises(ArraysUnusable, match="equally many"):
        fleiss_kappa(np.array([[1, 1], [1, 2]]))
    with pytest.raises(ArraysUnusable, match="equally many"):
        fleiss_kappa(np.array([[1, 0], [0, 1]]))
    with pytest.raises(ArraysUnusable, match="square"):
        kappa_of_table(np.zeros((2, 3)))
    with pytest.raises(ArraysUnusable, match="give none, linear"):
        kappa_of_table(np.eye(2), weights="cubic")  # type: ignore[arg-type]
    with pytest.raises(ArraysUnusable, match="0 on the diagonal"):
        kappa_of_table(np.eye(2), weights=np.ones((2, 2)))
    with pytest.raises(ArraysUnusable, match="items, raters"):
        percent_agreement(np.zeros(3))
