"""Correlations against scipy on the units that both have, their reasons where there are none, and the flags."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from atalaya.exceptions import ArraysUnusable
from atalaya.indices.diagnostics.correlation import Correlations, Method, correlations, flags

KNOWN = {"pearson": stats.pearsonr, "spearman": stats.spearmanr, "kendall": stats.kendalltau}


@given(st.integers(0, 2**32 - 1), st.sampled_from(["pearson", "spearman", "kendall"]), st.booleans())
@settings(max_examples=40, deadline=None)
def test_each_pair_as_scipy_on_the_common_units(seed: int, method: Method, ties: bool) -> None:
    rng = np.random.default_rng(seed)
    values = rng.normal(1e3, 5, (25, 4)) + rng.normal(0, 5, (25, 1))
    values = np.round(values / 5) if ties else values
    values[rng.random(values.shape) < 0.15] = np.nan
    found = correlations(values, method=method)
    for a, b in ((0, 1), (1, 3), (2, 2)):
        both = ~np.isnan(values[:, a] + values[:, b])
        known = KNOWN[method](values[both, a], values[both, b])
        assert found.coefficient[a, b] == pytest.approx(known[0], abs=1e-12)
        assert found.p_value[a, b] == pytest.approx(known[1], rel=1e-7, abs=1e-12)
        assert found.count[a, b] == both.sum()
    for name in ("coefficient", "p_value", "count"):
        assert np.array_equal(getattr(found, name), getattr(found, name).T), name


def test_against_other_columns() -> None:
    values, index = np.random.default_rng(1).normal(size=(9, 3)), np.arange(9.0)[:, None]
    found = correlations(values, index)
    assert found.coefficient.shape == (3, 1)
    assert found.coefficient[2, 0] == pytest.approx(np.corrcoef(values[:, 2], index[:, 0])[0, 1])


def test_reasons_for_no_coefficient() -> None:
    nan = np.nan
    values = np.array([[1, 0.3, 1, nan], [2, 0.1 + 0.2, 5, nan], [3, 0.3, 2, 7], [5, 0.3, 2, 1]])
    found = correlations(values)
    assert found.reason.tolist() == [
        ["", "constant", "", "too_few"],
        ["constant", "constant", "constant", "too_few"],
        ["", "constant", "", "too_few"],
        ["too_few", "too_few", "too_few", "too_few"],
    ]
    assert (np.isnan(found.coefficient) == (found.reason != "")).all()
    assert np.isnan(found.p_value[0, 1])


def test_perfect_agreement_is_exactly_one() -> None:
    values = np.random.default_rng(3).normal(size=(40, 1)) @ np.array([[1.0, 3.0, -0.1]])
    found = correlations(values)
    assert np.abs(found.coefficient).max() <= 1
    assert found.coefficient[0].tolist() == pytest.approx([1, 1, -1])
    assert found.p_value[0, 1] == pytest.approx(0, abs=1e-12)


def square(coefficient: list[list[float]], p_value: float = 0.01) -> Correlations:
    table = np.array(coefficient)
    return Correlations(
        "pearson", table, np.full(table.shape, p_value), np.full(table.shape, 30), np.full(table.shape, "", dtype="<U8")
    )


TABLE = [
    [1, -0.2, 0.1, 0.95],
    [-0.2, 1, 0.29, -0.8],
    [0.1, 0.29, 1, 0.93],
    [0.95, -0.8, 0.93, 1],
]


def test_flags_by_hand() -> None:
    found = flags(square(TABLE), ["a", "a", "a", "b"])
    assert [(each.kind, each.first, each.second, each.same_group) for each in found] == [
        ("negative", 0, 1, True),
        ("weak", 0, 2, True),
        ("redundant", 0, 3, False),
        ("weak", 1, 2, True),
        ("redundant", 2, 3, False),
    ]
    assert (found[2].coefficient, found[2].p_value, found[2].count) == (0.95, 0.01, 30)


def test_thresholds_of_flags() -> None:
    found = flags(square(TABLE, p_value=0.2), ["a"] * 4, redundant=0.94, weak=0.15, significance=0.05)
    assert [(each.kind, each.first, each.second) for each in found] == [("weak", 0, 2), ("redundant", 0, 3)]
    assert [each.kind for each in flags(square([[1, 0], [0, 1]]), ["a", "a"])] == ["weak"]
    assert not flags(square([[1, 0.3], [0.3, 1]]), ["a", "a"])
    assert not flags(square([[1, 0.92], [0.92, 1]]), ["a", "a"])
    assert not flags(square([[np.nan, np.nan], [np.nan, np.nan]]), ["a", "a"])


def test_unfit_tables_are_refused() -> None:
    with pytest.raises(ArraysUnusable, match="same units"):
        correlations(np.zeros((3, 2)), np.zeros((4, 2)))
    with pytest.raises(ArraysUnusable, match="the methods are"):
        correlations(np.zeros((3, 2)), method="tau")  # type: ignore[arg-type]
    with pytest.raises(ArraysUnusable, match="infinite"):
        correlations(np.array([[1.0, np.inf], [2, 3], [3, 1]]))
    with pytest.raises(ArraysUnusable, match="one group a column"):
        flags(square(TABLE), ["a"])
