"""Designs of draws: balance, seeds, and Saltelli's blocks."""

import numpy as np
import pytest

from atalaya.exceptions import ArraysUnusable
from atalaya.indices.uncertainty.designs import saltelli_design, sobol_points


def test_every_stratum_of_a_power_of_two_holds_one_point() -> None:
    points = sobol_points(64, 5, seed=3)
    assert points.shape == (64, 5)
    for column in points.T:
        assert sorted(np.floor(column * 64).astype(int).tolist()) == list(range(64))


def test_a_seed_gives_the_same_points_and_a_longer_run_the_same_beginning() -> None:
    points = sobol_points(100, 3, seed=1)
    assert np.array_equal(points, sobol_points(100, 3, seed=1))
    assert np.array_equal(points, sobol_points(300, 3, seed=1)[:100])
    assert not np.array_equal(points, sobol_points(100, 3, seed=2))


@pytest.mark.parametrize("draws", [1, 2, 3, 5, 1000])
def test_any_number_of_draws_lies_in_the_cube(draws: int) -> None:
    points = sobol_points(draws, 2, seed=0)
    assert points.shape == (draws, 2)
    assert points.min() >= 0
    assert points.max() < 1


def test_mixed_blocks_take_their_own_input_from_b_and_the_rest_from_a() -> None:
    design = saltelli_design(10, [1, 3, 2], seed=7)
    assert (design.draws, design.inputs, design.rows) == (10, 3, 50)
    assert design.a.shape == design.b.shape == (10, 6)
    for place, columns in enumerate([{0}, {1, 2, 3}, {4, 5}]):
        mixed = design.mixed(place)
        for column in range(6):
            source = design.b if column in columns else design.a
            assert np.array_equal(mixed[:, column], source[:, column])


def test_the_whole_design_is_its_blocks_in_order() -> None:
    design = saltelli_design(8, 2, seed=1)
    whole = design.points()
    assert whole.shape == (32, 2)
    assert np.array_equal(whole[:8], design.a)
    assert np.array_equal(whole[8:16], design.b)
    assert np.array_equal(whole[24:], design.mixed(1))
    assert not np.array_equal(design.a, design.b)


@pytest.mark.parametrize(("draws", "widths"), [(1, 2), (0, 2), (10, 0), (10, []), (10, [1, 0])])
def test_too_little_is_refused(draws: int, widths: int | list[int]) -> None:
    with pytest.raises(ArraysUnusable):
        saltelli_design(draws, widths, seed=1)


@pytest.mark.parametrize(("draws", "columns"), [(0, 1), (1, 0), (4, 30_000)])
def test_impossible_points_are_refused(draws: int, columns: int) -> None:
    with pytest.raises(ArraysUnusable, match="draws of"):
        sobol_points(draws, columns, seed=1)
