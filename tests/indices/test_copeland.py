"""Copeland's score by hand, between its ends, in reruns, and where a unit has nobody to be compared with."""

import numpy as np
import pytest

from atalaya.indices.aggregation import copeland
from atalaya.indices.analysis import analyse
from atalaya.indices.explaining import explain
from atalaya.indices.reruns import Reruns
from tests.indices.indices_written import computed

THREE = """
tree:
  id: index
  children:
    - {id: a, source: {column: a}, range: [0, 10], weight: 3}
    - {id: b, source: {column: b}, range: [0, 10], weight: 2}
    - {id: c, source: {column: c}, range: [0, 10], weight: 2}
"""


def test_by_hand() -> None:
    # u0 over u1: a (3) speaks for it, b and c (4) against: u1 outranks u0. u0 over u2: a and b (5) against c (2). u1 and u2: a is
    # equal, b speaks for u1, c for u2: nobody outranks. So u0 has 1 - 1, u1 1 + 0, u2 -1 + 0.
    found = computed("aggregation: copeland\n", [(9, 2, 1), (5, 7, 2), (5, 1, 8)], THREE, "a b c")
    assert found.scores.values.tolist() == [0.0, 1.0, -1.0]
    assert found.ranks["rank"].rank.tolist() == [2.0, 1.0, 3.0]


def test_pairs_are_compared_by_what_both_have() -> None:
    # u1 has b only: 7 over 2 of u0, 7 over 1 of u2. u3 has nothing and meets nobody.
    found = computed("aggregation: copeland\n", [(9, 2, 1), ("", 7, ""), (5, 1, 8), ("", "", "")], THREE, "a b c")
    assert found.scores.values[:3].tolist() == [0.0, 2.0, -2.0]
    assert np.isnan(found.scores.values[3])
    # The worst of u1: a and c at 0 lose against u0 and u2, though b wins; the best: everything wins, and u3 may win or lose.
    assert (found.scores.low[1], found.scores.high[1]) == (-3.0, 3.0)


def test_one_unit_alone_has_nobody_to_meet() -> None:
    assert np.isnan(copeland(np.array([1.0, 2.0]), np.array([1.0, 1.0]), {}))
    found = computed("aggregation: copeland\n", [(9, 2, 1)], THREE, "a b c")
    assert found.scores.values.tolist() == [0.0]
    tree = explain(computed("aggregation: copeland\n", [(9, 2, 1), (1, 1, 1)], THREE, "a b c"), "u0")
    assert [(child.points, child.without) for child in tree.children] == [(None, None)] * 3


def test_reruns_compute_it_as_one_computation_does() -> None:
    rows = [(9, 2, 1), (5, 7, 2), (5, 1, 8), (4, 6, 6)]
    rest = (
        "uncertainty: {draws: 16, inputs: [{id: w, weights: {spread: 0.9}}, "
        "{id: x, at: aggregation, choose: [arithmetic, copeland]}]}\n"
    )
    found = computed(rest, rows, THREE, "a b c")
    reruns = Reruns(found.index, found.table)
    alone = {alternative: scores for _, alternative, scores in reruns.alternatives()}
    once = computed("aggregation: copeland\n", rows, THREE, "a b c").scores.values
    assert alone["copeland"].tolist() == once.tolist()
    assert np.isfinite(analyse(found, 16).uncertain.ranks.low).all()


@pytest.mark.parametrize("runs", [1, 3])
def test_many_runs_at_once(runs: int) -> None:
    values = np.random.default_rng(1).integers(0, 4, (runs, 6, 3)).astype(np.float64)
    weights = np.random.default_rng(2).uniform(1, 3, (runs, 1, 3))
    found = copeland(values, weights, {})
    assert found.shape == (runs, 6)
    assert found.sum(axis=1).tolist() == [0.0] * runs
    for run in range(runs):
        for one in range(6):
            beaten = [
                np.sign(round(float((np.sign(values[run, one] - values[run, other]) * weights[run, 0]).sum()), 9))
                for other in range(6)
            ]
            assert found[run, one] == sum(beaten)
