"""Principal components: worked by hand, as the eigenvalues of the correlations, and where there are none."""

import numpy as np
import pytest

from atalaya.exceptions import ArraysUnusable
from atalaya.indices.diagnostics.components import components_by_group, principal_components


def test_two_indicators_by_hand() -> None:
    # Correlation r = 0.5: variances 1 + r and 1 - r along the diagonals.
    found = principal_components(np.array([[1.0, 10], [2, 30], [3, 20]]))
    assert found.deviations.tolist() == pytest.approx([1.5**0.5, 0.5**0.5])
    assert found.explained.tolist() == pytest.approx([0.75, 0.25])
    assert np.abs(found.directions) == pytest.approx(np.full((2, 2), 0.5**0.5))
    assert found.directions[:, 0].tolist() == pytest.approx([0.5**0.5] * 2)
    assert found.loadings[:, 0].tolist() == pytest.approx([0.75**0.5] * 2)
    assert (found.above_one, found.units, found.constant, found.reason) == (1, 3, (), "")


def test_components_are_the_eigenvectors_of_the_correlations() -> None:
    rng = np.random.default_rng(2)
    values = rng.normal(size=(40, 5)) @ rng.normal(size=(5, 5)) * [1, 1e3, 1, 1e-3, 1] + 70
    values[3, 2] = np.nan
    found = principal_components(values)
    matrix = np.corrcoef(np.delete(values, 3, axis=0).T)
    assert found.units == 39
    assert found.deviations**2 == pytest.approx(np.linalg.eigvalsh(matrix)[::-1])
    assert matrix @ found.directions == pytest.approx(found.directions * found.deviations**2)
    assert found.directions.T @ found.directions == pytest.approx(np.eye(5), abs=1e-12)
    for direction in found.directions.T:
        assert direction[np.abs(direction).argmax()] > 0


def test_an_indicator_that_does_not_vary_stays_out() -> None:
    values = np.random.default_rng(3).normal(size=(10, 3))
    values[:, 1] = 0.1
    found = principal_components(values)
    assert found.constant == (1,)
    assert np.isnan(found.directions[1]).all()
    assert found.deviations == pytest.approx(principal_components(values[:, [0, 2]]).deviations)


def test_more_indicators_than_units() -> None:
    found = principal_components(np.random.default_rng(4).normal(size=(4, 7)))
    assert found.directions.shape == (7, 4)
    assert found.deviations[-1] == pytest.approx(0, abs=1e-12)
    assert found.explained.sum() == pytest.approx(1)


def test_groups_in_their_order() -> None:
    values = np.random.default_rng(5).normal(size=(12, 5))
    found = components_by_group(values, ["b", "a", "b", "a", "b"])
    assert list(found) == ["b", "a"]
    assert found["a"].deviations == pytest.approx(principal_components(values[:, [1, 3]]).deviations)


def test_reasons_for_no_components() -> None:
    few = principal_components(np.array([[1.0, 2], [2, np.nan], [3, 1]]))
    assert (few.units, few.reason) == (2, "fewer than 3 units have every indicator")
    assert few.deviations.shape == (0,)
    alone = principal_components(np.array([[1.0, 5], [2, 5], [3, 5]]))
    assert (alone.constant, alone.reason) == ((1,), "fewer than two indicators vary")


def test_unfit_tables_are_refused() -> None:
    with pytest.raises(ArraysUnusable, match="units, indicators"):
        principal_components(np.zeros(3))
    with pytest.raises(ArraysUnusable, match="one a column"):
        components_by_group(np.zeros((3, 2)), ["a"])
