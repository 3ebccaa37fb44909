"""Scores keep their promises on any measures: three states, intervals, coverage, weights and order."""

import dataclasses
import random
from dataclasses import dataclass
from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from atalaya.indices.language.definition import Index, Item
from atalaya.indices.language.reading import parse_index, read_shipped_index
from atalaya.indices.rounding import rounded
from atalaya.indices.scores import Unit, score_units, unit_table
from atalaya.indices.what_if import what_if

SOME = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
"""Enough cases to matter; no limit of time, which depends on what else the machine does."""

COUNTS = st.tuples(st.integers(0, 20), st.integers(0, 20), st.integers(0, 20)).map(
    lambda t: (min(t[0], t[1]), t[1], t[2])
)
"""Passed, decided and unknown cases; all zero is not applicable."""


@cache
def _methodology() -> Index:
    return read_shipped_index("open-data-national/0")


@dataclass(frozen=True, slots=True)
class Figure:
    value: float | None
    low: float | None
    high: float | None
    coverage: float | None


def evaluate(index: Index, measures) -> dict[str, Figure]:
    """The stored figures of one unit by node."""
    rows = score_units(index, list(measures.values()), [Unit("x:u")])
    return {str(row["node"]): Figure(row["value"], row["low"], row["high"], row["coverage"]) for row in rows}


def gains_of(index: Index, measures):
    return what_if(index, unit_table(list(measures.values()), [Unit("x:u")]))["x:u"]


MEASURES = _methodology().measures


def _row(measure, passed, decided, unknown, unit="x:u"):
    cases = decided + unknown
    return {
        "measure_id": measure,
        "institution_id": unit,
        "value": passed / decided if decided else None,
        "passed": passed,
        "applied": decided,
        "unknown": unknown,
        "not_applicable": 0,
        "low": passed / cases if cases else None,
        "high": (passed + unknown) / cases if cases else None,
        "reason": "cases",
    }


UNIT = st.fixed_dictionaries(
    {m: COUNTS if m != "publishes@1" else st.sampled_from([(0, 1, 0), (1, 1, 0), (0, 0, 1)]) for m in MEASURES}
).map(lambda counts: {m: _row(m, *c) for m, c in counts.items()})


@SOME
@given(UNIT)
def test_every_figure_stands_in_its_interval_on_the_scale(measures):
    for figure in evaluate(_methodology(), measures).values():
        if figure.low is None:
            assert figure.value is None
            assert figure.high is None
            continue
        assert 0 <= figure.low <= figure.high <= 100
        assert 0 <= figure.coverage <= 1
        if figure.value is not None:
            assert figure.low - 1e-9 <= figure.value <= figure.high + 1e-9


@SOME
@given(UNIT, st.sampled_from([m for m in MEASURES if m != "publishes@1"]))
def test_what_does_not_apply_changes_nothing(measures, measure):
    """A measure that does not apply gives the same scores as a methodology that never had it."""
    methodology = _methodology()
    measures = {**measures, measure: _row(measure, 0, 0, 0)}
    shorter = dataclasses.replace(methodology, root=_drop(methodology.root, measure))
    one, other = evaluate(methodology, measures)["index"], evaluate(shorter, measures)["index"]
    assert dataclasses.astuple(one) == pytest.approx(dataclasses.astuple(other), abs=1e-9)


def _drop(node: Item, measure: str) -> Item:
    kept = tuple(_drop(child, measure) for child in node.children if child.measure != measure)
    kept = tuple(child for child in kept if child.measure is not None or child.children)
    return dataclasses.replace(node, children=kept)


@SOME
@given(UNIT, st.floats(0.001, 1000))
def test_weights_count_only_in_proportion(measures, factor):
    methodology = _methodology()
    scaled = dataclasses.replace(methodology, root=_scale(methodology.root, factor))
    one, other = evaluate(methodology, measures), evaluate(scaled, measures)
    for name, figure in one.items():
        for key in ("value", "low", "high", "coverage"):
            expected = getattr(figure, key)
            found = getattr(other[name], key)
            assert found is None if expected is None else found == pytest.approx(expected, abs=1e-9)


def _scale(node: Item, factor: float) -> Item:
    return dataclasses.replace(
        node, weight=node.weight * factor, children=tuple(_scale(child, factor) for child in node.children)
    )


@SOME
@given(st.lists(UNIT, max_size=6), st.randoms(use_true_random=False))
def test_the_order_of_units_and_rows_does_not_matter(units, chance: random.Random):
    rows = [{**row, "institution_id": f"x:{n}"} for n, unit in enumerate(units) for row in unit.values()]
    everyone = [Unit(f"x:{n}", ("g",) if n % 2 else ("h", "g")) for n in range(len(units))]
    expected = score_units(_methodology(), rows, everyone)
    chance.shuffle(rows)
    chance.shuffle(everyone)
    assert score_units(_methodology(), rows, everyone) == expected


@SOME
@given(UNIT, st.sampled_from(MEASURES))
def test_a_case_mended_never_lowers_the_score(measures, measure):
    row = measures[measure]
    if row["passed"] >= row["applied"]:
        return
    better = _row(measure, row["passed"] + 1, row["applied"], row["unknown"])
    before = evaluate(_methodology(), measures)["index"]
    after = evaluate(_methodology(), {**measures, measure: better})["index"]
    assert after.low >= before.low - 1e-9
    assert after.high >= before.high - 1e-9
    assert before.value is None or after.value >= before.value - 1e-9


@SOME
@given(UNIT, st.sampled_from([m for m in MEASURES if m != "publishes@1"]), st.booleans())
def test_a_decision_narrows_the_interval(measures, measure, passes):
    """An unknown case that is decided, either way, leaves the new interval inside the old one."""
    row = measures[measure]
    if not row["unknown"]:
        return
    decided = _row(measure, row["passed"] + passes, row["applied"] + 1, row["unknown"] - 1)
    before = evaluate(_methodology(), measures)["index"]
    after = evaluate(_methodology(), {**measures, measure: decided})["index"]
    assert before.low - 1e-9 <= after.low
    assert after.high <= before.high + 1e-9
    assert after.coverage >= before.coverage - 1e-9


@SOME
@given(UNIT)
def test_gains_are_positive_ordered_and_within_the_scale(measures):
    gains = gains_of(_methodology(), measures)
    points = [gain.points for gain in gains]
    assert list(points) == sorted(points, reverse=True)
    assert all(0 < gain <= 100 for gain in points)
    index = evaluate(_methodology(), measures)["index"]
    assert all((index.value or 0) + gain <= 100 + 1e-6 for gain in points)


@SOME
@given(st.lists(UNIT, min_size=1, max_size=7))
def test_ranks_stand_within_what_the_intervals_permit(units):
    rows = [{**row, "institution_id": f"x:{n}"} for n, unit in enumerate(units) for row in unit.values()]
    scores = score_units(_methodology(), rows, [Unit(f"x:{n}", ("g",)) for n in range(len(units))])
    index = [row for row in scores if row["node"] == "index" and row["kind"] == "institution"]
    ranked = [row for row in index if row["ranked"]]
    for row in ranked:
        assert 1 <= row["rank_low"] <= row["rank"] <= row["rank_high"] <= len(ranked)
        better = sum(rounded(o["value"], 1) > rounded(row["value"], 1) for o in ranked)
        surely = sum(rounded(o["low"], 1) > rounded(row["high"], 1) for o in ranked if o is not row)
        perhaps = sum(rounded(o["high"], 1) > rounded(row["low"], 1) for o in ranked if o is not row)
        assert (row["rank"], row["rank_low"], row["rank_high"]) == (1 + better, 1 + surely, 1 + perhaps)
    assert len(index) == len(units)


@pytest.mark.parametrize(
    ("ties", "places"),
    [("min", [(1, 1, 1), (2, 2, 2), (2, 2, 2), (4, 4, 4)]), ("max", [(1, 1, 1), (3, 3, 3), (3, 3, 3), (4, 4, 4)])],
)
def test_ties(text, ties, places):
    methodology = parse_index(text.replace("ties: min", f"ties: {ties}"))
    rows = [
        _row(measure, passed, 10, 0, f"x:{n}")
        for n, passed in enumerate([9, 5, 5, 1])
        for measure in methodology.measures
    ]
    scores = score_units(methodology, rows, [Unit(f"x:{n}", ("g",)) for n in range(4)])
    found = [(r["rank"], r["rank_low"], r["rank_high"]) for r in scores if r["node"] == "index" and r["unit_id"] != "g"]
    assert found == places


def test_ranks_compare_rounded_figures(trial):
    rows = [_row(m, p, 100000, 0, u) for u, p in (("x:1", 50001), ("x:2", 50002)) for m in trial.measures]
    scores = score_units(trial, rows, [Unit("x:1"), Unit("x:2")])
    assert [r["rank"] for r in scores if r["node"] == "index"] == [1, 1]


def test_a_unit_is_ranked_in_each_of_its_groups_and_among_all(trial):
    rows = [_row(m, p, 10, 0, u) for u, p in (("x:1", 9), ("x:2", 5), ("x:3", 7)) for m in trial.measures]
    scores = score_units(trial, rows, [Unit("x:1", ("a",)), Unit("x:2", ("b", "a")), Unit("x:3", ("a",))])
    row = next(r for r in scores if r["unit_id"] == "x:2" and r["node"] == "index")
    assert (row["group"], row["rank"]) == ("b", 1)
    assert [(p["group"], p["rank"], p["among"]) for p in row["detail"]["ranks"]] == [
        ("b", 1, 1),
        ("a", 3, 3),
        ("all", 3, 3),
    ]


def test_under_the_floor_is_not_ranked_but_scored(trial):
    rows = [_row("a@1", 10, 10, 0), _row("b@1", 0, 0, 4), _row("c@1", 1, 2, 8)]
    row = next(
        r for r in score_units(trial, rows, [Unit("x:u", ("g",))]) if r["node"] == "index" and r["unit_id"] == "x:u"
    )
    assert row["coverage"] == pytest.approx((0.5 + 0.2) / 2)
    assert (row["value"], row["ranked"], row["rank"]) == (75, False, None)


def test_whole_indicators_count_where_the_methodology_says_so(text):
    methodology = parse_index(text.replace("counts: cases", "counts: indicators"))
    rows = {"a@1": _row("a@1", 1, 1, 99), "b@1": _row("b@1", 0, 0, 4), "c@1": _row("c@1", 1, 2, 8)}
    assert evaluate(methodology, rows)["index"].coverage == pytest.approx((0.5 + 1) / 2)


def test_a_group_is_the_mean_of_its_units_and_unknown_units_open_it(trial):
    rows = [_row(m, p, 10, 0, u) for u, p in (("x:1", 8), ("x:2", 4)) for m in trial.measures]
    scores = score_units(trial, rows, [Unit("x:1", ("g",)), Unit("x:2", ("g",)), Unit("x:3", ("g",))])
    row = next(r for r in scores if r["unit_id"] == "g" and r["node"] == "index")
    assert (row["kind"], row["value"], row["low"]) == ("group", 60, pytest.approx(40))
    assert row["high"] == pytest.approx(220 / 3)
    assert (row["detail"]["members"], row["detail"]["with_value"], row["detail"]["ranked"]) == (3, 2, 2)


def test_no_units_no_rows(trial):
    assert score_units(trial, [], []) == []


def test_a_unit_without_measures_is_unknown_throughout(trial):
    rows = score_units(trial, [], [Unit("x:u")])
    assert {(r["value"], r["low"], r["high"]) for r in rows} == {(None, 0, 100)}


def test_an_unknown_gate_lowers_only_the_low_end():
    measures = {m: _row(m, 5, 10, 0) for m in MEASURES} | {"publishes@1": _row("publishes@1", 0, 0, 1)}
    figure = evaluate(_methodology(), measures)["index"]
    assert figure.low == 0
    assert figure.value == 50
    assert figure.high == pytest.approx((5 * 50 + 100) / 6)


@pytest.mark.parametrize(
    ("number", "decimals", "expected"),
    [
        (2.25, 1, 2.3),
        (2.35, 1, 2.4),
        (0.1 + 0.2, 1, 0.3),
        (-0.04, 1, 0.0),
        (99.95, 1, 100.0),
        (1e-12, 6, 0.0),
        (7, 0, 7),
    ],
)
def test_rounding(number, decimals, expected):
    assert rounded(number, decimals) == expected


def test_a_mean_that_would_leave_its_interval_is_moved_to_its_end(trial):
    """100 beside something unknown that lies between 30 and 60: the mean of both is 80 at most."""
    rows = {"a@1": _row("a@1", 1, 1, 0), "b@1": {**_row("b@1", 0, 0, 1), "low": 0.3, "high": 0.6}}
    assert evaluate(trial, rows)["first"] == Figure(80, 65, 80, 0.5)


def test_the_rows_hold_the_whole_tree(trial):
    rows = [_row(m, 4, 5, 0) for m in trial.measures]
    found = {r["node"]: r for r in score_units(trial, rows, [Unit("x:u", ("g",))]) if r["unit_id"] == "x:u"}
    assert {(r["node"], r["parent"], r["level"]) for r in found.values()} == {
        ("index", None, ""),
        ("first", "index", "dimension"),
        ("second", "index", "dimension"),
        ("a", "first", "indicator"),
        ("b", "first", "indicator"),
        ("c", "second", "indicator"),
    }
    assert {node: row["weight"] for node, row in found.items()} == pytest.approx(
        {"index": 1, "first": 0.5, "second": 0.5, "a": 0.25, "b": 0.25, "c": 0.5}
    )
    assert found["a"]["detail"] == {
        "state": "value", "measure": "a@1", "reason": "cases", "passed": 4, "applied": 5, "unknown": 0, "not_applicable": 0
    }  # fmt: skip
    assert found["first"]["detail"]["contributions"][0] == {
        "node": "a", "state": "value", "weight": 0.5, "value": 80, "points": 40
    }  # fmt: skip


def test_what_is_not_collected_is_listed_beside_the_score(text):
    left = "        - {id: d, level: indicator, collected: false}\n    - id: second"
    rows = [_row(m, 4, 5, 0) for m in ("a@1", "b@1", "c@1")]
    found = score_units(parse_index(text.replace("    - id: second", left)), rows, [Unit("x:u")])
    whole = next(row for row in found if row["node"] == "index")
    assert whole["detail"]["not_collected"] == ["d"]
    assert (whole["value"], whole["coverage"], whole["ranked"]) == (80, 1, True)
    assert not [row for row in found if row["node"] == "d"]


def test_ranks_by_another_column_of_units_stand_beside_the_others(text):
    other = text.replace("within: group}", "within: group}\n  - {id: by_kind, decimals: 1, within: kind}")
    rows = [_row(m, p, 10, 0, u) for u, p in (("x:1", 9), ("x:2", 5), ("x:3", 7)) for m in ("a@1", "b@1", "c@1")]
    units = [Unit(f"x:{n}", ("g",), {"kind": kind}) for n, kind in ((1, "ministry"), (2, "council"), (3, "council"))]
    found = score_units(parse_index(other), rows, units)
    row = next(r for r in found if r["unit_id"] == "x:2" and r["node"] == "index")
    assert row["rank"] == 3
    assert [(p["rule"], p["group"], p["rank"], p["among"]) for p in row["detail"]["ranks"]] == [
        ("within_group", "g", 3, 3),
        ("by_kind", "council", 2, 2),
        ("all", "all", 3, 3),
    ]


def test_mending_counts_on_the_sample_where_a_step_looks_at_it(text):
    """Between the least and the greatest of the sample, 0.2 and 0.6: mended, x:1 is the greatest itself and 0.2 the least."""
    sample = text.replace("{scale: {multiply: 100}}", "{minmax: {to: [0, 100]}}")
    rows = [_row(m, p, 10, 0, u) for u, p in (("x:1", 4), ("x:2", 2), ("x:3", 6)) for m in ("a@1", "b@1", "c@1")]
    table = unit_table(rows, [Unit("x:1"), Unit("x:2"), Unit("x:3")])
    gains = what_if(parse_index(sample), table, ["x:1"])["x:1"]
    assert [(g.indicator, g.failing) for g in gains] == [("c", 6), ("a", 6), ("b", 6)]
    assert [g.points for g in gains] == pytest.approx([25, 12.5, 12.5])
