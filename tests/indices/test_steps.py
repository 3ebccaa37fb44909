"""Steps: worked by hand on small columns, and by others' figures where they exist."""

import numpy as np
import pytest
from scipy import stats

from atalaya.indices.moments import kurtosis, skewness
from atalaya.indices.steps.transforming import rounded_array
from tests.indices.indices_written import computed

TREE = "\ntree: {id: index, children: [{id: a, source: {column: a}%s}]}\n"


def stepped(step: str, values: list[object], more: str = "", columns: str = "a") -> list[float]:
    rows = [value if isinstance(value, tuple) else (value,) for value in values]
    return computed(f"steps: [{step}]\n", rows, TREE % more, columns).nodes["a"].values.tolist()


CASES = [
    ("{minmax: {to: [0, 100]}}", [2, 4, 6], "", [0, 50, 100]),
    ("{minmax: {to: [0, 100]}}", [2, 4, 6], ", direction: decreasing", [100, 50, 0]),
    ("{minmax: {to: [1, 7], over: goalposts}}", [-5, 0, 10], ", goalposts: [0, 10]", [1, 1, 7]),
    ("{minmax: {to: [0, 1], over: goalposts, clip: false}}", [-5, 0, 10], ", goalposts: [0, 10]", [-0.5, 0, 1]),
    ("{minmax: {to: [0, 1], over: percentiles, percentiles: [25, 75]}}", [0, 1, 2, 3, 4], "", [0, 0, 0.5, 1, 1]),
    ("{minmax: {}}", [3, 3], "", [0.5, 0.5]),
    ("{zscore: {}}", [1, 2, 3], "", [-1, 0, 1]),
    ("{zscore: {mean: 50, deviation: 10}}", [1, 2, 3], ", direction: decreasing", [60, 50, 40]),
    ("{zscore: {over: fixed}}", [10, 14], ", centre: 10, spread: 2", [0, 2]),
    ("{rank: {}}", [5, 1, 5, 3], "", [3.5, 1, 3.5, 2]),
    ("{rank: {ties: min, as: borda}}", [5, 1, 5, 3], "", [2, 0, 2, 1]),
    ("{rank: {as: share}}", [5, 1, 3], ", direction: decreasing", [0, 1, 0.5]),
    ("{distance: {}}", [2, 4, 6], "", [0, 0.5, 1]),
    ("{distance: {from: target, to: [0, 100], cap: true}}", [0, 5, 20], ", target: 10", [0, 50, 100]),
    ("{distance: {ratio: true}}", [2, 4, 8], "", [0.25, 0.5, 1]),
    ("{distance: {from: reference, unit: u1}}", [2, 4, 6], "", [0, 1, 2]),
    ("{thresholds: {points: [[1, 10], [5, 20]]}}", [0, 1, 4.9, 5, 99], "", [0, 10, 10, 20, 20]),
    ("{thresholds: {points: [[0, 0], [10, 1]], interpolate: true}}", [-1, 5, 20], "", [0, 0.5, 1]),
    ("{log: {base: 10, add: 1}}", [0, 9, 99], "", [0, 1, 2]),
    ("{power: {exponent: 0.5}}", [4, 9], "", [2, 3]),
    ("{box_cox: {lambda: 2}}", [1, 3], "", [0, 4]),
    ("{reverse: {from: 100}}", [30, 100], "", [70, 0]),
    ("{reverse: {from: 1, inverse: true}}", [4], "", [0.25]),
    ("{scale: {multiply: -2, add: 1}}", [1, 2], "", [-1, -3]),
    ("{clip: {low: 2, high: 3}}", [1, 2.5, 9], "", [2, 2.5, 3]),
    ("{round: {decimals: 1}}", [0.25, 0.35], "", [0.3, 0.4]),
    ("{round: {decimals: 0, halves: even}}", [0.5, 1.5], "", [0, 2]),
    ("{impute: {method: median}}", [1, "", 3, 9], "", [1, 3, 3, 9]),
    ("{impute: {method: constant, value: 7}}", ["", 3], "", [7, 3]),
    ("{winsorise: {percentiles: [0, 50]}}", [1, 2, 3], "", [1, 2, 2]),
]


@pytest.mark.parametrize(("step", "values", "more", "expected"), CASES, ids=[each[0] + each[2] for each in CASES])
def test_by_hand(step: str, values: list[object], more: str, expected: list[float]) -> None:
    assert stepped(step, values, more) == pytest.approx(expected)


def test_a_group_fills_its_own_gaps() -> None:
    rows: list[object] = [(1, "x"), ("", "x"), (10, "y"), ("", "y"), ("", "z")]
    found = stepped("{impute: {method: mean, group: g}}", rows, "", "a g")
    assert found[:4] == [1, 1, 10, 10]
    assert np.isnan(found[4])


def test_a_denominator_that_is_zero_or_missing_leaves_the_value_unknown() -> None:
    found = stepped("{denominate: {factor: 100}}", [(5, 10), (5, 0), (5, "")], ", denominator: d", "a d")
    assert found[0] == 50.0
    assert np.isnan(found[1:]).all()


def test_the_logarithm_of_nothing_is_unknown() -> None:
    assert np.isnan(stepped("{log: {}}", [-1, 1])[0])


def test_outliers_are_brought_in_only_where_both_moments_are_out_of_bounds() -> None:
    calm: list[object] = [1, 2, 3, 4, 5, 6, 7, 8, 9, 12]
    wild: list[object] = [1, 2, 3, 4, 5, 6, 7, 8, 9, 900]
    assert stepped("{winsorise: {}}", calm) == calm
    assert stepped("{winsorise: {}}", wild) == [*wild[:-1], 9]
    wilder: list[object] = [*calm, *calm, 700, 900]
    assert stepped("{winsorise: {points: 1}}", wilder) == wilder
    assert stepped("{winsorise: {points: 1, otherwise: keep}}", wilder)[-1] == 700
    assert stepped("{winsorise: {points: 2}}", wilder)[-2:] == [12, 12]


@pytest.mark.parametrize("seed", range(5))
def test_moments_are_those_of_scipy(seed: int) -> None:
    values = np.random.default_rng(seed).exponential(size=30)
    assert skewness(values) == pytest.approx(stats.skew(values, bias=False))
    assert kurtosis(values) == pytest.approx(stats.kurtosis(values, bias=False))


def test_moments_of_noise_and_of_the_greatest_numbers_are_none() -> None:
    for values in (np.array([0.1 + 0.2, 0.3, 0.3, 0.3, 0.3]), np.array([1e308, -1e308, 1.0, 2.0, 3.0])):
        assert np.isnan(skewness(values))
        assert np.isnan(kurtosis(values))


@pytest.mark.filterwarnings("error")
def test_a_number_too_great_for_its_decimals_stays() -> None:
    assert rounded_array(np.array([1e305, 2.5e-7]), 6).tolist() == [1e305, 0.0]
