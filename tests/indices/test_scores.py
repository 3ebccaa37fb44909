"""Scores keep their promises on any measures: three states, intervals, coverage, weights and order."""

import dataclasses
import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from atalaya.indices.figures import Figure, arithmetic, rounded
from atalaya.indices.methodology import Methodology, Node
from atalaya.indices.reader import parse_methodology, read_shipped
from atalaya.indices.scores import Unit, compute, evaluate
from atalaya.indices.what_if import what_if

SOME = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
"""Enough cases to matter; no limit of time, which depends on what else the machine does."""

COUNTS = st.tuples(st.integers(0, 20), st.integers(0, 20), st.integers(0, 20)).map(
    lambda t: (min(t[0], t[1]), t[1], t[2])
)
"""Passed, decided and unknown cases; all zero is not applicable."""


def _methodology() -> Methodology:
    return read_shipped("open-data-national/0")


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
            assert figure.low <= figure.value <= figure.high


@SOME
@given(UNIT, st.sampled_from([m for m in MEASURES if m != "publishes@1"]))
def test_what_does_not_apply_changes_nothing(measures, measure):
    """A measure that does not apply gives the same scores as a methodology that never had it."""
    methodology = _methodology()
    measures = {**measures, measure: _row(measure, 0, 0, 0)}
    without = _drop(methodology.root, measure)
    shorter = dataclasses.replace(methodology, root=without)
    assert evaluate(methodology, measures)["index"] == evaluate(shorter, measures)["index"]


def _drop(node: Node, measure: str) -> Node:
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


def _scale(node: Node, factor: float) -> Node:
    return dataclasses.replace(
        node, weight=node.weight * factor, children=tuple(_scale(child, factor) for child in node.children)
    )


@SOME
@given(st.lists(UNIT, max_size=6), st.randoms(use_true_random=False))
def test_the_order_of_units_and_rows_does_not_matter(units, chance: random.Random):
    rows = [{**row, "institution_id": f"x:{n}"} for n, unit in enumerate(units) for row in unit.values()]
    everyone = [Unit(f"x:{n}", ("g",) if n % 2 else ("h", "g")) for n in range(len(units))]
    expected = compute(_methodology(), rows, everyone)
    chance.shuffle(rows)
    chance.shuffle(everyone)
    assert compute(_methodology(), rows, everyone) == expected


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
    gains = what_if(_methodology(), measures)
    points = [gain.points for gain in gains]
    assert points == sorted(points, reverse=True)
    assert all(0 < gain <= 100 for gain in points)
    index = evaluate(_methodology(), measures)["index"]
    assert all((index.value or 0) + gain <= 100 + 1e-6 for gain in points)


@SOME
@given(st.lists(UNIT, min_size=1, max_size=7))
def test_ranks_stand_within_what_the_intervals_permit(units):
    rows = [{**row, "institution_id": f"x:{n}"} for n, unit in enumerate(units) for row in unit.values()]
    scores = compute(_methodology(), rows, [Unit(f"x:{n}", ("g",)) for n in range(len(units))])
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
    methodology = parse_methodology(text.replace("ties: min", f"ties: {ties}"))
    rows = [
        _row(measure, passed, 10, 0, f"x:{n}")
        for n, passed in enumerate([9, 5, 5, 1])
        for measure in methodology.measures
    ]
    scores = compute(methodology, rows, [Unit(f"x:{n}", ("g",)) for n in range(4)])
    found = [(r["rank"], r["rank_low"], r["rank_high"]) for r in scores if r["node"] == "index" and r["unit_id"] != "g"]
    assert found == places


def test_ranks_compare_rounded_figures(trial):
    rows = [_row(m, p, 100000, 0, u) for u, p in (("x:1", 50001), ("x:2", 50002)) for m in trial.measures]
    scores = compute(trial, rows, [Unit("x:1"), Unit("x:2")])
    assert [r["rank"] for r in scores if r["node"] == "index"] == [1, 1]


def test_a_unit_is_ranked_in_each_of_its_groups_and_among_all(trial):
    rows = [_row(m, p, 10, 0, u) for u, p in (("x:1", 9), ("x:2", 5), ("x:3", 7)) for m in trial.measures]
    scores = compute(trial, rows, [Unit("x:1", ("a",)), Unit("x:2", ("b", "a")), Unit("x:3", ("a",))])
    row = next(r for r in scores if r["unit_id"] == "x:2" and r["node"] == "index")
    assert (row["group"], row["rank"]) == ("b", 1)
    assert [(p["group"], p["rank"], p["among"]) for p in row["detail"]["ranks"]] == [
        ("b", 1, 1),
        ("a", 3, 3),
        ("all", 3, 3),
    ]


def test_under_the_floor_is_not_ranked_but_scored(trial):
    rows = [_row("a@1", 10, 10, 0), _row("b@1", 0, 0, 4), _row("c@1", 1, 2, 8)]
    row = next(r for r in compute(trial, rows, [Unit("x:u", ("g",))]) if r["node"] == "index" and r["unit_id"] == "x:u")
    assert row["coverage"] == pytest.approx((0.5 + 0.2) / 2)
    assert (row["value"], row["ranked"], row["rank"]) == (75, False, None)


def test_whole_indicators_count_where_the_methodology_says_so(text):
    methodology = parse_methodology(text.replace("counts: cases", "counts: indicators"))
    rows = {"a@1": _row("a@1", 1, 1, 99), "b@1": _row("b@1", 0, 0, 4), "c@1": _row("c@1", 1, 2, 8)}
    assert evaluate(methodology, rows)["index"].coverage == pytest.approx((0.5 + 1) / 2)


def test_a_group_is_the_mean_of_its_units_and_unknown_units_open_it(trial):
    rows = [_row(m, p, 10, 0, u) for u, p in (("x:1", 8), ("x:2", 4)) for m in trial.measures]
    scores = compute(trial, rows, [Unit("x:1", ("g",)), Unit("x:2", ("g",)), Unit("x:3", ("g",))])
    row = next(r for r in scores if r["unit_id"] == "g" and r["node"] == "index")
    assert (row["kind"], row["value"], row["low"]) == ("group", 60, pytest.approx(40))
    assert row["high"] == pytest.approx(220 / 3)
    assert (row["detail"]["members"], row["detail"]["with_value"], row["detail"]["ranked"]) == (3, 2, 2)


def test_no_units_no_rows(trial):
    assert compute(trial, [], []) == []


def test_a_unit_without_measures_is_unknown_throughout(trial):
    rows = compute(trial, [], [Unit("x:u")])
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


def test_a_mean_that_would_leave_its_interval_is_moved_to_its_end():
    figures = [Figure(100, 100, 100, 1), Figure(None, 30, 60, 0)]
    assert arithmetic(figures, [1, 1]) == Figure(80, 65, 80, 0.5)
