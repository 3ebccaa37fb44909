"""Indices of others written as YAML alone, each with one country worked by hand from its published components."""

import math

import pytest

from atalaya.indices.engine import compute
from atalaya.indices.language.reading import parse_index
from atalaya.indices.table import table_of

HEAD = "format: 2\nid: other\nversion: 1\ntitle: Other\nunits: {id: unit}\n"

HDI = """
steps: [{minmax: {over: goalposts}}]
aggregation: arithmetic
levels: [geometric]
rounding: {decimals: 3}
tree:
  id: hdi
  children:
    - {id: health, source: {column: life}, goalposts: [20, 85]}
    - id: education
      children:
        - {id: expected, source: {column: expected}, goalposts: [0, 18]}
        - {id: mean, source: {column: mean}, goalposts: [0, 15]}
    - id: income
      source: {column: income}
      first: [{clip: {low: 100, high: 75000}}, {log: {}}]
      goalposts: [4.605170186, 11.225243392]
"""


def score(text: str, *rows: dict[str, object]) -> list[float]:
    index = parse_index(HEAD + text)
    return compute(
        index, table_of([{"unit": f"u{n}", **row} for n, row in enumerate(rows)], index)
    ).scores.values.tolist()


def test_human_development() -> None:
    """The technical notes of the Human Development Report: goalposts, logarithm of income, geometric mean."""
    row = {"life": 68.7, "expected": 10.6, "mean": 5.7, "income": 8996}
    income = (math.log(8996) - math.log(100)) / (math.log(75000) - math.log(100))
    by_hand = ((68.7 - 20) / 65 * ((10.6 / 18 + 5.7 / 15) / 2) * income) ** (1 / 3)
    assert score(HDI, row) == [pytest.approx(by_hand, abs=1e-9)]
    assert round(by_hand, 2) == 0.63


def test_standardise_combine_rescale() -> None:
    """The telecommunication part of the e-government index: standard scores, their mean, then from least to greatest."""
    text = """
steps: [{zscore: {population: true}}]
tree:
  id: index
  after: [{minmax: {}}]
  children: [{id: a, source: {column: a}}, {id: b, source: {column: b}}]
"""
    assert score(text, {"a": 0, "b": 0}, {"a": 1, "b": 3}, {"a": 2, "b": 3}) == pytest.approx(
        [0.0, ((0 - -1.224745) + (0.707107 - -1.414214)) / ((1.224745 * 2) + (0.707107 + 1.414214)), 1.0], abs=1e-5
    )


def test_perceptions_from_at_least_three_sources() -> None:
    """The corruption perceptions index: fixed mean and deviation of each source, 45 + 20 z, held to 0-100, three sources."""
    text = """
steps: [{zscore: {over: fixed, mean: 45, deviation: 20}}, {clip: {low: 0, high: 100}}]
missing: {unknown: drop}
rounding: {decimals: 0}
tree:
  id: index
  least_children: 3
  children:
    - {id: a, source: {column: a}, centre: 3, spread: 1}
    - {id: b, source: {column: b}, centre: 5, spread: 2}
    - {id: c, source: {column: c}, centre: 50, spread: 10}
    - {id: d, source: {column: d}, centre: 4, spread: 1, direction: decreasing}
"""
    found = score(text, {"a": 4, "b": 5, "c": 40, "d": ""}, {"a": 9, "b": "", "c": "", "d": 1})
    assert found[0] == pytest.approx((65 + 45 + 25) / 3)
    assert math.isnan(found[1])


def test_frontiers_whose_first_goalpost_is_the_worst() -> None:
    """Distance to frontier: days from 100 (worst) to 0.5 (best), a cost from 200 to 0, a score from 0 to 16."""
    text = """
steps: [{minmax: {to: [0, 100], over: goalposts}}]
tree:
  id: index
  children:
    - {id: days, source: {column: days}, goalposts: [100, 0.5]}
    - {id: cost, source: {column: cost}, goalposts: [0, 200], direction: decreasing}
    - {id: score, source: {column: score}, goalposts: [0, 16]}
"""
    found = score(text, {"days": 15, "cost": 17, "score": 8}, {"days": 300, "cost": 0, "score": 16})
    assert found == pytest.approx([((100 - 15) / 99.5 * 100 + (200 - 17) / 2 + 50) / 3, 200 / 3])


def test_risk_as_a_geometric_mean_of_what_is_lacking() -> None:
    """A risk index that combines components by 10 minus the geometric mean of 10 minus each, then dimensions by their product."""
    text = """
aggregation: geometric
tree:
  id: risk
  children:
    - id: hazard
      after: [{reverse: {from: 11}}]
      children:
        - {id: a, source: {column: a}, first: [{reverse: {from: 11}}]}
        - {id: b, source: {column: b}, first: [{reverse: {from: 11}}]}
    - {id: c, source: {column: c}}
"""
    hazard = 11 - math.sqrt((11 - 2) * (11 - 8))
    assert score(text, {"a": 2, "b": 8, "c": 4}) == [pytest.approx(math.sqrt(hazard * 4))]


def test_a_ratio_of_two_branches() -> None:
    """An inequality: one minus a harmonic mean over a reference, by a product with a negative exponent."""
    text = """
tree:
  id: inequality
  aggregation: product
  after: [{reverse: {from: 1}}]
  children:
    - {id: both, aggregation: harmonic, children: [{id: f, source: {column: women}}, {id: m, source: {column: men}}]}
    - {id: reference, weight: -1, children: [{id: rf, source: {column: women}}, {id: rm, source: {column: men}}]}
"""
    assert score(text, {"women": 2, "men": 6}) == [pytest.approx(1 - (2 / (1 / 2 + 1 / 6)) / 4)]


def test_points_with_deductions_and_a_floor() -> None:
    """Freedom ratings: points of answers, a deduction, no less than nothing."""
    text = """
aggregation: {method: sum, floor: 0}
cells: {values: {"full": 4, "part": 2, "none": 0}}
tree:
  id: index
  children:
    - {id: a, source: {column: a}}
    - {id: b, source: {column: b}}
    - {id: deduction, source: {column: deduction}, weight: -1}
"""
    rows = [{"a": "full", "b": "part", "deduction": 1}, {"a": "none", "b": "part", "deduction": 4}]
    assert score(text, *rows) == [5, 0]


def test_percentile_goalposts_after_a_logarithm() -> None:
    """Environmental performance: the logarithm of what is skewed, from the 5th to the 95th percentile, less is better."""
    text = """
steps: [{minmax: {to: [0, 100], over: percentiles, percentiles: [5, 95]}}]
tree: {id: index, children: [{id: a, source: {column: a}, first: [{log: {add: 1}}], direction: decreasing}]}
"""
    values = [math.log(1 + value) for value in range(21)]
    found = score(text, *({"a": value} for value in range(21)))
    assert found[0] == 100
    assert found[20] == 0
    assert found[10] == pytest.approx(100 * (values[19] - values[10]) / (values[19] - values[1]))
