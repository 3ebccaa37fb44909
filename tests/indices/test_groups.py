"""Figures of groups by hand: means, weighted means, pooled answers; and what is refused."""

import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from atalaya.exceptions import MethodologyError
from atalaya.indices.engine import Computed, compute
from atalaya.indices.groups import EVERYONE, GroupFigures, group_figures
from atalaya.indices.language.reading import parse_index
from atalaya.indices.series import State
from atalaya.indices.table import table_of

TEXT = """
format: 2
id: trial
version: 1
title: Trial
units: {id: body, groups: [sector]}
scale: {low: 0, high: 100}
cells: {values: {"Y": 100, "N": 0}, not_applicable: ["NA"]}
groups:
  - {id: mean, aggregation: arithmetic}
  - {id: by_budget, aggregation: arithmetic, weight: budget}
  - {id: pooled, aggregation: pooled, at: duty}
tree:
  id: index
  children:
    - id: first
      level: duty
      children:
        - {id: a, source: {column: a}, range: [0, 100]}
        - {id: b, source: {column: b}, range: [0, 100]}
    - id: second
      level: duty
      children:
        - {id: c, source: {column: c}, range: [0, 100]}
"""

ROWS = [
    {"body": "x", "sector": "s", "budget": "1", "a": "Y", "b": "N", "c": "Y"},
    {"body": "y", "sector": "s", "budget": "3", "a": "Y", "b": "NA", "c": "N"},
    {"body": "z", "sector": "t", "budget": "", "a": "N", "b": "NA", "c": "N"},
]


def computed(rows: list[dict[str, str]], text: str = TEXT) -> Computed:
    index = parse_index(text)
    return compute(index, table_of(rows, index))


def by_rule(found: Computed) -> dict[str, GroupFigures]:
    return {figures.rule.id: figures for figures in group_figures(found)}


def figures(found: GroupFigures, node: str) -> dict[str, float]:
    return {word: float(value) for (_, word), value in zip(found.groups, found.nodes[node].values, strict=True)}


def test_by_hand() -> None:
    """x: first 50, second 100, index 75. y: first 100, second 0, index 50. z: 0, 0, 0.

    Mean of all 125/3, of s 62.5. By budget z has no weight: (75 + 3 × 50) / 4 = 56.25. Pooled, first has Y N Y N of four answers:
    50 for all and 2 of 3 for s; second 1 of 3 and 1 of 2; index the mean of the two.
    """
    found = by_rule(computed(ROWS))
    assert found["mean"].groups == (EVERYONE, ("sector", "s"), ("sector", "t"))
    assert figures(found["mean"], "index") == pytest.approx({"": 125 / 3, "s": 62.5, "t": 0})
    assert figures(found["mean"], "first") == pytest.approx({"": 50, "s": 75, "t": 0})
    assert figures(found["by_budget"], "index") == pytest.approx({"": 56.25, "s": 56.25, "t": np.nan}, nan_ok=True)
    assert found["by_budget"].weightless.tolist() == [1, 0, 1]
    assert figures(found["pooled"], "first") == pytest.approx({"": 50, "s": 200 / 3, "t": 0})
    assert figures(found["pooled"], "second") == pytest.approx({"": 100 / 3, "s": 50, "t": 0})
    assert figures(found["pooled"], "index") == pytest.approx({"": 250 / 6, "s": 175 / 3, "t": 0})
    assert figures(found["pooled"], "b") == pytest.approx({"": 0, "s": 0, "t": np.nan}, nan_ok=True)
    assert found["pooled"].nodes["b"].state.tolist() == [State.VALUE, State.VALUE, State.NOT_APPLICABLE]
    assert found["mean"].units.tolist() == [3, 2, 1]


def test_without_a_level_every_node_is_pooled_by_itself() -> None:
    """All answers at once: those of a (Y Y N) and b (N) weigh a quarter each, those of c (Y N N) a half."""
    text = TEXT.replace(", at: duty", "")
    found = by_rule(computed(ROWS, text))["pooled"]
    assert figures(found, "index")[""] == pytest.approx(100 * (0.25 * 2 + 0.5) / (0.25 * 4 + 0.5 * 3))


def test_an_unknown_answer_opens_the_interval_of_every_figure() -> None:
    rows = [{**ROWS[0], "a": ""}, *ROWS[1:]]
    for found in by_rule(computed(rows)).values():
        assert found.nodes["first"].low[0] < found.nodes["first"].high[0]
        assert found.nodes["first"].low[2] == found.nodes["first"].high[2] or found.rule.weight
    pooled = by_rule(computed(rows))["pooled"].nodes["first"]
    assert (pooled.low[0], pooled.values[0], pooled.high[0]) == pytest.approx((25, 100 / 3, 50))


def test_a_unit_of_which_nothing_is_known_opens_the_mean() -> None:
    rows = [*ROWS, {"body": "w", "sector": "s", "budget": "1", "a": "", "b": "", "c": ""}]
    found = by_rule(computed(rows))["mean"]
    assert found.scored.tolist() == [3, 2, 1]
    assert found.units.tolist() == [4, 3, 1]
    index = found.nodes["index"]
    assert (index.low[0], index.values[0], index.high[0]) == pytest.approx((125 / 4, 125 / 3, 225 / 4))


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.tuples(*[st.sampled_from(["Y", "N", "NA", ""])] * 3), min_size=1, max_size=8),
    st.floats(0.01, 50),
    st.randoms(use_true_random=False),
)
def test_weights_scale_order_and_idle_units_change_nothing(answers, factor, random) -> None:
    rows = [
        {"body": str(n), "sector": "s", "budget": str(n + 1), "a": a, "b": b, "c": c}
        for n, (a, b, c) in enumerate(answers)
    ]
    other = [{**row, "budget": repr(float(row["budget"]) * factor)} for row in rows]
    other.append({"body": "idle", "sector": "s", "budget": "5", "a": "NA", "b": "NA", "c": "NA"})
    random.shuffle(other)
    before, after = by_rule(computed(rows)), by_rule(computed(other))
    for name, found in before.items():
        for node, series in found.nodes.items():
            for part in ("values", "low", "high"):
                mine, theirs = getattr(series, part), getattr(after[name].nodes[node], part)
                assert mine == pytest.approx(theirs, abs=1e-9, nan_ok=True)
            inside = series.known
            assert (series.low[inside] <= series.values[inside] + 1e-9).all()
            assert (series.values[inside] <= series.high[inside] + 1e-9).all()


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("weight: budget", "weight: cost", "the table has no column 'cost'"),
        ("id: by_budget", "id: mean", "two rules of groups are called 'mean'"),
        ("at: duty", "at: thing", "no node has the level 'thing'"),
        ("arithmetic, weight: budget", "arithmetic, at: duty", "only what is pooled"),
        ("  id: index\n", "  id: index\n  after: [{round: {decimals: 1}}]\n", "pooled answers do not go with steps"),
        ("      level: duty\n", "      level: duty\n      aggregation: sum\n", "first is a sum"),
    ],
)
def test_what_is_refused(old: str, new: str, told: str) -> None:
    with pytest.raises(MethodologyError, match=re.escape(told)):
        group_figures(computed(ROWS, TEXT.replace(old, new, 1)))


def test_a_negative_weight_is_refused() -> None:
    with pytest.raises(MethodologyError, match="budget of x is negative"):
        group_figures(computed([{**ROWS[0], "budget": "-1"}]))


def test_a_methodology_that_says_nothing_of_groups_has_means() -> None:
    text = TEXT[: TEXT.index("groups:\n")] + TEXT[TEXT.index("tree:") :]
    [found] = group_figures(computed(ROWS, text))
    assert (found.rule.id, found.rule.pooled) == ("arithmetic", False)
    assert figures(found, "index")[""] == pytest.approx(125 / 3)
