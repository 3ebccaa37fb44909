"""Unit numbers mapped to what inputs may be, against the distributions of scipy."""

import math

import numpy as np
import pytest
from scipy import stats

from atalaya.exceptions import ArraysUnusable, MethodologyError
from atalaya.indices.uncertainty.designs import sobol_points
from atalaya.indices.uncertainty.sampling import Choice, Input, Normal, Triangular, Uniform, drawn

UNIT = np.linspace(0, 1, 101)[:-1] + 0.005


def test_choices_come_as_often_as_their_probabilities_say() -> None:
    points = sobol_points(1000, 1, seed=1)[:, 0]
    places = Choice((0.5, 0.2, 0.3)).at(points)
    assert np.bincount(places).tolist() == pytest.approx([500, 200, 300], abs=3)


def test_the_bounds_of_choices() -> None:
    assert Choice((0.25, 0.75)).at(np.array([0.0, 0.2499, 0.25, 0.9999, 1.0])).tolist() == [0, 0, 1, 1, 1]
    assert Choice.among(3).at(np.array([0.0, 0.34, 0.67, 0.999999])).tolist() == [0, 1, 2, 2]


@pytest.mark.parametrize(
    ("given", "known"),
    [
        (Uniform(-2, 3), stats.uniform(-2, 5)),
        (Triangular(0, 1, 4), stats.triang(0.25, 0, 4)),
        (Triangular(0, 0, 4), stats.triang(0, 0, 4)),
        (Triangular(0, 4, 4), stats.triang(1, 0, 4)),
        (Normal(10, 2), stats.norm(10, 2)),
        (Normal(10, 2, 9, 15), stats.truncnorm(-0.5, 2.5, 10, 2)),
        (Normal(0, 1, 6, math.inf), stats.truncnorm(6, math.inf)),
        (Normal(0, 1, -math.inf, -6), stats.truncnorm(-math.inf, -6)),
    ],
)
def test_quantiles_are_those_of_scipy(given: Uniform | Triangular | Normal, known: stats.rv_continuous) -> None:
    assert given.at(UNIT) == pytest.approx(known.ppf(UNIT), rel=1e-7, abs=1e-9)


@pytest.mark.parametrize("given", [Uniform(1, 2), Triangular(1, 1.5, 2), Normal(1.2, 0.5, 1, 2), Normal(0, 1, 7, 8)])
def test_ends_of_the_unit_give_the_ends_of_the_range(given: Uniform | Triangular | Normal) -> None:
    assert given.at(np.array([0.0, 1.0])).tolist() == pytest.approx([given.low, given.high], rel=1e-6)


def test_an_unbounded_normal_stays_finite_at_nought() -> None:
    assert np.isfinite(Normal(0, 1).at(np.array([0.0, 1.0]))).all()


def test_every_input_takes_its_own_column() -> None:
    points = np.array([[0.1, 0.9], [0.6, 0.5]])
    choice, number = drawn([Choice.among(2), Uniform(0, 10)], points)
    assert choice.tolist() == [0, 1]
    assert number.tolist() == [9.0, 5.0]


@pytest.mark.parametrize(
    "make",
    [
        lambda: Choice(()),
        lambda: Choice.among(0),
        lambda: Choice((0.5, 0.4)),
        lambda: Choice((1.5, -0.5)),
        lambda: Choice((math.nan, 1.0)),
        lambda: Uniform(1, 1),
        lambda: Uniform(0, math.inf),
        lambda: Triangular(0, 5, 4),
        lambda: Triangular(2, 2, 2),
        lambda: Normal(0, 0),
        lambda: Normal(0, 1, 3, 2),
        lambda: Normal(0, 1, 60, 61),
    ],
)
def test_what_is_no_distribution_is_refused(make: type[Input]) -> None:
    with pytest.raises(MethodologyError):
        make()


def test_numbers_outside_the_unit_are_refused() -> None:
    with pytest.raises(ArraysUnusable, match="from 0 to 1"):
        Uniform(0, 1).at(np.array([1.5]))
    with pytest.raises(ArraysUnusable, match="from 0 to 1"):
        Uniform(0, 1).at(np.array([math.nan]))
    with pytest.raises(ArraysUnusable, match="one column an input"):
        drawn([Uniform(0, 1)], np.zeros((4, 2)))
