"""What does not apply but may come to: it opens the interval as far as it could move a figure, and changes nothing else."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from atalaya.indices.aggregation import AGGREGATIONS
from atalaya.indices.engine import Computed, compute
from atalaya.indices.language.definition import AggregationCall, Item
from atalaya.indices.language.reading import parse_index
from atalaya.indices.series import Series, State
from atalaya.indices.table import of_measures
from atalaya.indices.tree import aggregate

HEAD = """
format: 2
id: trial
version: 1
title: Trial
units: {id: institution_id}
scale: {low: 0, high: 100}
coverage: {floor: 0.6, counts: cases}
steps: [{scale: {multiply: 100}}]
"""
TREE = """
tree:
  id: index
  children:
    - id: first
      children:
        - {id: a, range: [0, 1], source: {measure: a@1}}
        - {id: b, range: [0, 1], source: {measure: b@1}}
    - id: second
      children:
        - {id: c, range: [0, 1], source: {measure: c@1}}
"""

Ends = tuple[float | None, float | None]


def row(measure: str, value: float | None, ends: Ends, cases: int = 1) -> dict[str, object]:
    counts = {"applied": cases, "unknown": 0, "not_applicable": 0}
    return {
        "measure_id": measure,
        "institution_id": "x:u",
        "value": value,
        "low": ends[0],
        "high": ends[1],
        **counts,
    }


def computed(rows: list[dict[str, object]], more: str = "") -> Computed:
    return compute(parse_index(HEAD + more + TREE), of_measures(rows, ["x:u"]))


def ends(found: Computed, node: str) -> tuple[float, float]:
    return float(found.nodes[node].low[0]), float(found.nodes[node].high[0])


def test_one_unit_by_hand() -> None:
    """a is 0.4; b may come to lie between 0.2 and 0.9, c anywhere.

    first: 40, from (40 + 20) / 2 = 30 to (40 + 90) / 2 = 65. second: does not apply, 0 to 100 if it came to.
    index: 40, from (30 + 0) / 2 = 15 to (65 + 100) / 2 = 82.5; all of what applies was measured.
    """
    rows = [row("a@1", 0.4, (0.4, 0.4)), row("b@1", None, (0.2, 0.9), 0), row("c@1", None, (0.0, 1.0), 0)]
    found = computed(rows)
    assert found.scores.values[0] == pytest.approx(40)
    assert found.scores.coverage[0] == 1.0
    assert ends(found, "first") == pytest.approx((30, 65))
    assert found.nodes["second"].state[0] == State.NOT_APPLICABLE
    assert ends(found, "second") == pytest.approx((0, 100))
    assert ends(found, "index") == pytest.approx((15, 82.5))
    assert found.ranked[0]


def test_only_those_that_move_an_end_join() -> None:
    """b, which would lie at 0.6 or more, cannot lower a mean of 40; c, at most 0.1, cannot raise it."""
    rows = [row("a@1", 0.4, (0.4, 0.4)), row("b@1", None, (0.6, 0.9), 0), row("c@1", None, (0.1, 0.1), 0)]
    found = computed(rows)
    assert ends(found, "first") == pytest.approx((40, 65))
    assert ends(found, "index") == pytest.approx((25, 65))


def test_nothing_that_could_come_leaves_no_ends() -> None:
    nothing: Ends = (None, None)
    found = computed([row("a@1", 0.4, (0.4, 0.4)), row("b@1", None, nothing, 0), row("c@1", None, nothing, 0)])
    assert np.isnan(ends(found, "second")).all()
    assert ends(found, "index") == (40, 40)


def test_where_all_may_come_to_apply_the_whole_has_ends_and_no_value() -> None:
    found = computed([row(name, None, (0.0, 1.0), 0) for name in ("a@1", "b@1", "c@1")])
    assert found.scores.state[0] == State.NOT_APPLICABLE
    assert np.isnan(found.scores.values[0])
    assert ends(found, "index") == (0, 100)
    assert not found.ranked[0]


def test_a_gate_that_may_come_to_apply_lowers_the_lower_end_alone() -> None:
    gate = "gates: [{node: b, below: 50, cap: 0}]\n"
    rows = [row("a@1", 0.4, (0.4, 0.4)), row("b@1", None, (0.2, 0.9), 0), row("c@1", 0.4, (0.4, 0.4))]
    found = computed(rows, gate)
    assert found.scores.values[0] == pytest.approx(40)
    assert ends(found, "index") == pytest.approx((0, (65 + 40) / 2))


def test_a_condition_that_says_it_never_applies_takes_the_ends_away() -> None:
    tree = TREE.replace("- id: second", "- id: second\n      applies_when: {column: kind, in: [other]}")
    rows = [row("a@1", 0.4, (0.4, 0.4)), row("b@1", 0.4, (0.4, 0.4)), row("c@1", None, (0.0, 1.0), 0)]
    table = of_measures(rows, ["x:u"], {"kind": ["mine"]})
    found = compute(parse_index(HEAD + tree), table)
    assert ends(found, "index") == pytest.approx((40, 40))


PART = st.tuples(
    st.sampled_from([State.VALUE, State.UNKNOWN, State.NOT_APPLICABLE]), st.floats(0.1, 9.0), st.floats(0.1, 9.0)
)


@settings(max_examples=150, deadline=None)
@given(
    method=st.sampled_from(["arithmetic", "geometric", "harmonic", "maximum", "minimum", "sum"]),
    parts=st.lists(PART, min_size=1, max_size=5),
    data=st.data(),
)
def test_each_end_is_the_farthest_of_every_choice(method: str, parts: list, data: st.DataObject) -> None:
    """Against every subset of the parts that may come to apply, tried one by one."""
    weights = data.draw(st.lists(st.floats(0.1, 5.0), min_size=len(parts), max_size=len(parts)))
    if method == "sum":
        weights = [weight * data.draw(st.sampled_from([1, -1])) for weight in weights]
    item = Item(id="x", title={}, aggregation=AggregationCall(method))
    found = aggregate(item, [_series(*part) for part in parts], weights)
    sure = [place for place, part in enumerate(parts) if part[0] != State.NOT_APPLICABLE]
    offered = [place for place in range(len(parts)) if place not in sure]
    figures = []
    for size in range(len(offered) + 1):
        for chosen in combinations(offered, size):
            figures += [_made(method, parts, weights, [*sure, *chosen], end) for end in (1, 2)]
    known = [figure for figure in figures if not np.isnan(figure)]
    if not known:
        return
    assert found.low[0] == pytest.approx(min(known), abs=1e-9)
    assert found.high[0] == pytest.approx(max(known), abs=1e-9)
    assert (found.state[0] == State.NOT_APPLICABLE) == (not sure)
    if not np.isnan(found.values[0]):
        assert found.low[0] <= found.values[0] <= found.high[0]


def _series(state: State, first: float, second: float) -> Series:
    low, high = min(first, second), max(first, second)
    value = (low + high) / 2 if state == State.VALUE else np.nan
    return Series(
        values=np.array([value]),
        low=np.array([low]),
        high=np.array([high]),
        state=np.array([state], dtype=np.uint8),
        coverage=np.array([np.nan if state == State.NOT_APPLICABLE else 1.0]),
        imputed=np.zeros(1, dtype=np.bool_),
    )


def _made(method: str, parts: list, weights: list[float], chosen: list[int], end: int) -> float:
    """The figure of the chosen parts, all at their lower (1) or higher (2) end; a negative weight turns them round."""
    values = np.full(len(parts), np.nan)
    for place in chosen:
        rising = (end == 2) == (weights[place] > 0)
        values[place] = max(parts[place][1:]) if rising else min(parts[place][1:])
    return float(AGGREGATIONS[method](values, np.array(weights), {}))
