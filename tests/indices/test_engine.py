"""The engine: three states, intervals, aggregation at every level, conditions, gates, views and ranks."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from atalaya.exceptions import MethodologyError
from atalaya.indices.engine import compute
from atalaya.indices.series import State
from tests.indices.indices_written import TWO, computed, index_of, table_for

PARTS = 'cells: {not_applicable: ["-"]}\n'


def test_what_does_not_apply_gives_its_weight_away() -> None:
    found = computed(PARTS, [(1, 5), (1, "-"), ("-", "-")])
    assert found.scores.values[:2].tolist() == [4.0, 1.0]
    assert found.scores.state.tolist() == [State.VALUE, State.VALUE, State.NOT_APPLICABLE]
    assert found.scores.coverage[:2].tolist() == [1.0, 1.0]


def test_what_is_unknown_opens_the_interval_and_is_never_a_zero() -> None:
    tree = TWO.replace("column: b}", "column: b}, range: [0, 10]")
    found = computed("", [(4, ""), ("", "")], tree)
    assert (found.scores.values[0], found.scores.low[0], found.scores.high[0]) == (4.0, 1.0, 8.5)
    assert found.scores.coverage.tolist() == [0.25, 0.0]
    assert found.scores.state.tolist() == [State.VALUE, State.UNKNOWN]


@pytest.mark.parametrize(("missing", "value", "low"), [("zero", 1.0, 1.0), ("drop", 4.0, 4.0), ("interval", 4.0, 1.0)])
def test_a_methodology_says_what_becomes_of_the_unknown(missing: str, value: float, low: float) -> None:
    tree = TWO.replace("column: b}", "column: b}, range: [0, 10]")
    found = computed(f"missing: {{unknown: {missing}}}\n", [(4, "")], tree)
    assert (found.scores.values[0], found.scores.low[0]) == (value, low)


@pytest.mark.parametrize(
    ("method", "value"),
    [
        ("arithmetic", 7.0),
        ("{method: geometric}", (1 * 9**3) ** 0.25),
        ("harmonic", 4 / (1 + 3 / 9)),
        ("{method: generalised, power: 2}", ((1 + 3 * 81) / 4) ** 0.5),
        ("sum", 28.0),
        ("{method: sum, cap: 20}", 20.0),
        ("minimum", 1.0),
        ("maximum", 9.0),
        ("median", 5.0),
        ("product", 729.0),
        ("penalised", 7.0 - 12.0 / 7.0),
    ],
)
def test_every_way_to_aggregate(method: str, value: float) -> None:
    assert computed(f"aggregation: {method}\n", [(1, 9)]).scores.values[0] == pytest.approx(value)


def test_a_negative_weight_turns_the_interval_of_its_part_round() -> None:
    tree = TWO.replace("weight: 3", "weight: -1, range: [0, 2]")
    found = computed(
        "aggregation: {method: sum, floor: 0}\nmissing: {unknown: zero}\n", [(3, 1), (3, ""), (1, 2)], tree
    )
    assert found.scores.values.tolist() == [2.0, 3.0, 0.0]
    assert (found.scores.low[1], found.scores.high[1]) == (1.0, 3.0)


def test_a_sum_with_an_unknown_part_has_its_ends_and_no_value() -> None:
    tree = TWO.replace("column: b}", "column: b}, range: [0, 1]")
    found = computed("aggregation: sum\n", [(2, "")], tree)
    assert np.isnan(found.scores.values[0])
    assert (found.scores.low[0], found.scores.high[0]) == (2.0, 5.0)


def test_less_is_better_where_the_indicator_says_so() -> None:
    tree = TWO.replace("column: a}", "column: a}, direction: decreasing")
    found = computed("steps: [{minmax: {to: [0, 100]}}]\n", [(0, 0), (10, 10)], tree)
    assert found.scores.values.tolist() == [25.0, 75.0]


def test_a_branch_has_steps_of_its_own() -> None:
    tree = TWO.replace("  children:", "  after: [{minmax: {to: [0, 1]}}]\n  children:")
    found = computed("steps: [{zscore: {}}]\n", [(0, 0), (5, 5), (10, 10)], tree)
    assert found.scores.values.tolist() == [0.0, 0.5, 1.0]


def test_an_indicator_takes_its_own_steps_or_none() -> None:
    tree = TWO.replace("column: a}", "column: a}, steps: {scale: null}").replace(
        "column: b}", "column: b}, steps: {scale: {multiply: 10}}, then: [{clip: {high: 20}}]"
    )
    assert computed("steps: [{scale: {multiply: 2}}]\n", [(1, 1), (1, 5)], tree).scores.values.tolist() == [7.75, 15.25]


def test_a_node_applies_to_some_units_only() -> None:
    tree = TWO.replace("column: b}", "column: b}, applies_when: {column: kind, in: [large]}")
    found = computed("", [(1, 5, "large"), (1, 5, "small")], tree, "a b kind")
    assert found.scores.values.tolist() == [4.0, 1.0]
    assert found.nodes["b"].state.tolist() == [State.VALUE, State.NOT_APPLICABLE]


def test_a_gate_holds_the_score_down_and_an_unknown_one_its_lower_end() -> None:
    tree = TWO.replace("column: a}", "column: a}, range: [0, 1]")
    found = computed("gates: [{node: a, below: 1, cap: 0}]\n", [(0, 8), (1, 8), ("", 8)], tree)
    assert found.scores.values[:2].tolist() == [0.0, 6.25]
    assert (found.scores.low[2], found.scores.high[2]) == (0.0, 6.25)


def test_too_little_known_withholds_the_value() -> None:
    tree = TWO.replace("  id: index", "  id: index\n  least: 0.5")
    found = computed("", [(1, ""), ("", 1)], tree)
    assert found.scores.state.tolist() == [State.UNKNOWN, State.VALUE]


def test_what_is_not_collected_weighs_nothing_and_is_listed() -> None:
    tree = TWO.replace("column: b}", "column: b}, collected: false")
    index = index_of("", tree)
    assert [item.id for item in index.not_collected] == ["b"]
    assert compute(index, table_for(index, [(2,)], "a")).scores.values.tolist() == [2.0]


def test_screened_units_are_out_of_the_sample() -> None:
    rest = "coverage: {screen: 0.6}\nsteps: [{minmax: {}}]\n"
    found = computed(rest, [(0, 0), (1, 1), (900, "")])
    assert found.scores.state.tolist() == [State.VALUE, State.VALUE, State.SCREENED]
    assert found.scores.values[:2].tolist() == [0.0, 1.0]


def test_a_unit_below_the_floor_has_a_score_and_no_rank() -> None:
    found = computed("coverage: {floor: 0.6}\n", [(1, 2), (9, ""), (1, 1)])
    assert found.ranks["rank"].rank[0] == 1
    assert np.isnan(found.ranks["rank"].rank[1])
    assert found.ranks["rank"].among[0] == 2


@pytest.mark.parametrize(
    ("ties", "ranks"),
    [("min", [1, 3, 1, 4]), ("max", [2, 3, 2, 4]), ("average", [1.5, 3, 1.5, 4]), ("dense", [1, 2, 1, 3])],
)
def test_ties_by_rule(ties: str, ranks: list[float]) -> None:
    rule = f"rankings: [{{id: rank, decimals: 0, ties: {ties}}}]\n"
    found = computed(rule, [(5, 5), (4, 4), (5.2, 5.2), (1, 1)])
    assert found.ranks["rank"].rank.tolist() == ranks


def test_views_take_the_same_cells_with_their_shares() -> None:
    tree = """
tree:
  id: index
  children:
    - {id: one, children: [{id: x, source: {column: x}, tags: {kind: k}}, {id: y, source: {column: y}}]}
    - {id: two, weight: 3, children: [{id: z, source: {column: z}, tags: {kind: k}}]}
"""
    found = computed("views: [{id: k, where: {kind: k}, at: [index]}]\n", [(2, 9, 4)], tree, "x y z")
    assert found.views["k", "index"].values[0] == pytest.approx((2 * 0.125 + 4 * 0.75) / 0.875)


def test_a_cell_that_is_no_number_is_named() -> None:
    with pytest.raises(MethodologyError, match="b of u1: 'much' is neither a number nor a word"):
        computed("", [(1, 1), (1, "much")])


cells = st.one_of(st.integers(0, 100), st.sampled_from(["", "-"]))
RULES = st.sampled_from(
    ["arithmetic", "copeland", "geometric", "harmonic", "minimum", "maximum", "sum", "{method: generalised, power: 3}"]
)
TREE = """
tree:
  id: index
  children:
    - {id: one, weight: 2, children: [
        {id: a, source: {column: a}, range: [0, 100]},
        {id: b, source: {column: b}, range: [0, 100], weight: 5}
      ]}
    - {id: c, source: {column: c}, range: [0, 100]}
"""
rows_of_cells = st.lists(st.tuples(cells, cells, cells), min_size=2, max_size=6)


@settings(max_examples=60, deadline=None)
@given(rows=rows_of_cells, rule=RULES)
def test_the_interval_holds_the_value(rows: list[tuple[object, ...]], rule: str) -> None:
    found = computed(PARTS + f"aggregation: {rule}\n", rows, TREE, "a b c").scores
    known = found.known
    assert (found.low[known] <= found.values[known] + 1e-9).all()
    assert (found.values[known] <= found.high[known] + 1e-9).all()


@settings(max_examples=60, deadline=None)
@given(rows=rows_of_cells, factor=st.sampled_from([0.25, 3.0, 1024.0]))
def test_weights_may_be_of_any_size(rows: list[tuple[object, ...]], factor: float) -> None:
    other = TREE.replace("weight: 5", f"weight: {5 * factor}").replace("{id: a,", f"{{id: a, weight: {factor},")
    plain, scaled = (computed(PARTS, rows, tree, "a b c").scores for tree in (TREE, other))
    assert np.allclose(plain.values, scaled.values, equal_nan=True)
    assert np.allclose(plain.low, scaled.low, equal_nan=True)


@settings(max_examples=60, deadline=None)
@given(rows=rows_of_cells, order=st.randoms(use_true_random=False))
def test_the_order_of_units_does_not_matter(rows: list[tuple[object, ...]], order: object) -> None:
    places = list(range(len(rows)))
    order.shuffle(places)  # type: ignore[attr-defined]
    steps = PARTS + "steps: [{winsorise: {}}, {minmax: {to: [0, 100]}}]\n"
    plain = computed(steps, rows, TREE, "a b c").scores
    moved = computed(steps, [rows[place] for place in places], TREE, "a b c").scores
    assert np.allclose(plain.values[places], moved.values, equal_nan=True)


@settings(max_examples=60, deadline=None)
@given(rows=rows_of_cells, rule=RULES, more=st.integers(1, 50))
def test_more_is_never_worse(rows: list[tuple[object, ...]], rule: str, more: int) -> None:
    """Steps that look at one value, and aggregation that rises: a greater cell never lowers the score of its unit. Others may
    fall, for rules that compare units, as Copeland's does, take from one what they give to another."""
    first, *others = rows
    raised = [(min(first[0] + more, 100) if isinstance(first[0], int) else first[0], *first[1:]), *others]
    plain, better = (computed(PARTS + f"aggregation: {rule}\n", each, TREE, "a b c").scores for each in (rows, raised))
    both = plain.known[:1] & better.known[:1]
    assert (better.values[:1][both] >= plain.values[:1][both] - 1e-9).all()


@settings(max_examples=40, deadline=None)
@given(rows=rows_of_cells)
def test_a_part_that_applies_to_nobody_changes_nothing(rows: list[tuple[object, ...]]) -> None:
    more = TREE.rstrip() + "\n    - {id: d, source: {column: d}, weight: 7}\n"
    plain = computed(PARTS, rows, TREE, "a b c").scores
    other = computed(PARTS, [(*row, "-") for row in rows], more, "a b c d").scores
    assert np.array_equal(plain.values, other.values, equal_nan=True)
    assert np.array_equal(plain.coverage, other.coverage, equal_nan=True)
