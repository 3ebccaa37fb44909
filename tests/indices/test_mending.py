"""Which cases to mend: against all sets there are, past thresholds, gates and minima, and among units that move each other."""

from itertools import product

import pytest

from atalaya.indices.engine import compute
from atalaya.indices.independence import stands_alone
from atalaya.indices.language.definition import Index
from atalaya.indices.language.reading import parse_index
from atalaya.indices.mending import Block, Mendable, Trial, choose, choose_each
from atalaya.indices.table import UnitTable

HEAD = """format: 2
id: trial
version: 1
title: {es: Prueba, en: Trial}
units: {id: unit}
scale: {low: 0, high: 100}
coverage: {floor: 0.4, counts: cases}
"""
LEAF = "{{id: {0}, weight: {1}, range: [0, 1], source: {{measure: {0}@1}}}}"
CASES = {"a": (1, 4), "b": (3, 5), "c": (1, 2)}
"""Passed of decided cases: three of a can be mended, two of b, one of c."""


def index_of(weights: dict[str, float], rest: str = "") -> Index:
    leaves = ", ".join(LEAF.format(name, weight) for name, weight in weights.items())
    steps = "" if "steps:" in rest else "steps: [{scale: {multiply: 100}}]\n"
    return parse_index(HEAD + steps + rest + f"tree: {{id: index, children: [{leaves}]}}\n")


def share(passed: int, applied: int) -> dict[str, object]:
    value = passed / applied
    return {
        "value": value, "low": value, "high": value, "passed": passed, "applied": applied, "unknown": 0, "not_applicable": 0,
    }  # fmt: skip


def trial_of(index: Index, cases: dict[str, tuple[int, int]] = CASES, others: tuple[float, ...] = (0.5, 0.7)) -> Trial:
    """The unit `u` with these cases beside others that have one share of everything."""
    units = ("u", *(f"o{number}" for number in range(len(others))))
    measured = {}
    for name, counts in cases.items():
        rows = {"u": share(*counts)}
        rows |= {unit: share(round(100 * value), 100) for unit, value in zip(units[1:], others, strict=True)}
        measured[f"{name}@1"] = rows
    mendable = [
        Mendable(f"{name}@1", share(passed, applied), share(applied, applied), applied - passed)
        for name, (passed, applied) in cases.items()
    ]
    return Trial(index, UnitTable(units, units, {}, measured), "u", mendable)


def brute(trial: Trial, budget: int) -> float:
    """The best score of all sets of at most so many cases, each computed from a table written anew."""
    best = 0.0
    names = list(trial.mendable)
    for counts in product(*(range(trial.mendable[name].count + 1) for name in names)):
        if sum(counts) > budget:
            continue
        measured = {name: dict(rows) for name, rows in trial.computed.table.measured.items()}
        for name, count in zip(names, counts, strict=True):
            passed, applied = CASES[name.partition("@")[0]]
            measured[name]["u"] = share(passed + count, applied)
        table = UnitTable(trial.computed.table.units, trial.computed.table.units, {}, measured)
        best = max(best, float(compute(trial.index, table).scores.values[0]))
    return best


def test_by_hand() -> None:
    # a brings 3/6 · 100/4 = 12.5 a case, b 2/6 · 100/5 = 6.67, c 1/6 · 100/2 = 8.33.
    found = choose(trial_of(index_of({"a": 3, "b": 2, "c": 1})), 4)
    assert [(each.measure, each.count, each.together) for each in found] == [("a@1", 3, False), ("c@1", 1, False)]
    assert [each.points for each in found] == pytest.approx([37.5, 100 / 12])


@pytest.mark.parametrize("aggregation", ["arithmetic", "geometric", "harmonic"])
@pytest.mark.parametrize("budget", range(1, 7))
def test_no_other_set_brings_more(aggregation: str, budget: int) -> None:
    trial = trial_of(index_of({"a": 1, "b": 4, "c": 2}, f"aggregation: {aggregation}\n"))
    found = choose(trial, budget)
    assert sum(each.count for each in found) <= budget
    reached = trial.standing({each.measure: each.count for each in found}).score
    assert reached == pytest.approx(brute(trial, budget))


def test_cases_that_count_only_together_are_taken_together_and_no_more() -> None:
    steps = "steps: [{thresholds: {points: [[0, 0], [0.75, 50], [1, 100]]}}]\n"
    found = choose(trial_of(index_of({"a": 1, "c": 1}, steps)), 3)
    # c reaches 100 with one case; a needs two to pass 3/4 and has no use for a half.
    assert found == (
        Block(measure="c@1", count=1, points=pytest.approx(50.0), together=False),  # type: ignore[arg-type]
        Block(measure="a@1", count=2, points=pytest.approx(25.0), together=True),  # type: ignore[arg-type]
    )


def test_where_the_least_counts_several_measures_rise_together() -> None:
    trial = trial_of(index_of({"a": 1, "b": 1}, "aggregation: minimum\n"), {"a": (1, 2), "b": (1, 2)})
    assert {(each.measure, each.count) for each in choose(trial, 2)} == {("a@1", 1), ("b@1", 1)}
    assert choose(trial, 1) == ()


def test_behind_a_closed_gate_only_the_gate_pays() -> None:
    gate = "gates: [{node: c, below: 100, cap: 0, text: {es: Cerrada, en: Closed}}]\n"
    found = choose(trial_of(index_of({"a": 3, "b": 2, "c": 1}, gate)), 1)
    assert [(each.measure, each.count) for each in found] == [("c@1", 1)]


def test_the_fewest_cases_that_reach_a_rank() -> None:
    trial = trial_of(index_of({"a": 3, "b": 2, "c": 1}))
    assert trial.standing({}).rank == 3
    found = choose(trial, 100, lambda standing: standing.rank == 1)
    # 40.8 now; above 70 with three of a, above nothing less: two of a and c give 74.2 too, with as many.
    assert [(each.measure, each.count) for each in found] == [("a@1", 3)]
    assert choose(trial, 100, lambda standing: (standing.score or 0) > 200)[0].measure == "a@1"


def test_units_that_move_each_other_are_computed_together() -> None:
    index = index_of({"a": 3, "b": 2, "c": 1}, "steps: [{minmax: {to: [0, 100]}}]\n")
    assert not stands_alone(index)
    assert stands_alone(index_of({"a": 1}))
    trial = trial_of(index)
    found = choose(trial, 2)
    # The sample's end is 0.7 until the unit passes it: the first case of a goes from 0.25 to 0.5, which is 100 · 0.25 / 0.45.
    one = trial.standing({"a@1": 1})
    measured = {name: dict(rows) for name, rows in trial.computed.table.measured.items()}
    measured["a@1"]["u"] = share(2, 4)
    again = compute(index, UnitTable(trial.computed.table.units, trial.computed.table.units, {}, measured))
    assert one.score == pytest.approx(float(again.scores.values[0]))
    assert found[0].points > 0


def test_a_unit_without_a_score_has_nothing_to_mend() -> None:
    index = index_of({"a": 1})
    empty = {"value": None, "low": None, "high": None, "passed": 0, "applied": 0, "unknown": 0, "not_applicable": 1}
    table = UnitTable(("u", "o"), ("u", "o"), {}, {"a@1": {"u": empty, "o": share(1, 2)}})
    assert choose(Trial(index, table, "u", ()), 3) == ()


@pytest.mark.parametrize("steps", ["", "steps: [{minmax: {to: [0, 100]}}]\n"])
def test_units_chosen_for_side_by_side_are_chosen_for_as_alone(steps: str) -> None:
    first = trial_of(index_of({"a": 3, "b": 2, "c": 1}, steps))
    other = [Mendable("b@1", share(50, 100), share(100, 100), 50)]
    second = Trial(first.index, first.computed.table, "o0", other, first.computed)
    together = choose_each([first, second], 4)
    assert together == [choose(first, 4), choose(second, 4)]
    assert together[0]
    assert choose_each([], 4) == []
