"""Reruns against single computations, and what they say of a small index and of the published ASEM runs."""

import csv
from pathlib import Path

import numpy as np
import pytest

from atalaya.exceptions import MethodologyError
from atalaya.indices.analysis import analyse, sensitive, uncertain
from atalaya.indices.engine import compute
from atalaya.indices.explaining import explain, gains, plan, strengths
from atalaya.indices.language.reading import SHIPPED, parse_index, read_index
from atalaya.indices.reruns import Reruns
from atalaya.indices.table import UnitTable, table_of
from tests.indices.indices_written import HEAD, index_of, table_for

TREE = """
tree:
  id: index
  children:
    - id: one
      weight: 2
      children:
        - {id: a, source: {column: a}, range: [0, 10]}
        - {id: b, source: {column: b}, range: [0, 10]}
    - {id: c, source: {column: c}, range: [0, 10]}
"""
ROWS = [(1, 2, 3), (9, "", 4), (5, 5, 5), ("", 8, 1), (2, 10, 10), ("-", 4, 6)]
RULES = 'cells: {not_applicable: ["-"]}\n'


def _varied(inputs: str, rest: str = "") -> str:
    return f"{RULES}{rest}uncertainty:\n  seed: 3\n  draws: 64\n  inputs: [{inputs}]\n"


@pytest.mark.parametrize("choice", [0, 1, 2])
@pytest.mark.parametrize(
    "steps", ["", "steps: [{minmax: {to: [1, 5]}}]\n", "steps: [{rank: {}}, {scale: {multiply: 2}}]\n"]
)
def test_a_rerun_is_the_index_of_its_alternative(choice: int, steps: str) -> None:
    rules = ["arithmetic", "geometric", "{method: generalised, power: 2}"]
    index = index_of(_varied(f"{{id: x, at: aggregation, choose: [{', '.join(rules)}]}}", steps), TREE)
    table = table_for(index, ROWS, "a b c")
    found = Reruns(index, table).scores(np.array([[(choice + 0.5) / 3]]))[0]
    alone = parse_index(HEAD + RULES + steps + f"aggregation: {rules[choice]}\n" + TREE)
    assert np.allclose(found, compute(alone, table).scores.values, equal_nan=True)


def test_weights_vary_within_their_spread_and_from_the_seed() -> None:
    index = index_of(_varied("{id: w, weights: {spread: 0.5}}"), TREE)
    table = table_for(index, ROWS, "a b c")
    points = np.linspace(0, 0.999, 300)[:, None]
    found = Reruns(index, table).scores(points)
    assert np.array_equal(found, Reruns(index, table).scores(points), equal_nan=True)
    lowest, highest = found[:, 0].min(), found[:, 0].max()
    assert 1.0 < lowest < compute(index, table).scores.values[0] < highest < 3.0
    assert np.unique(found[:, 0]).size > 100


def test_what_is_unknown_is_drawn_within_its_interval_and_nothing_else_moves() -> None:
    index = index_of(_varied("{id: u, unknown: uniform}"), TREE)
    table = table_for(index, ROWS, "a b c")
    computed = compute(index, table)
    found = Reruns(index, table).scores(np.linspace(0, 0.999, 400)[:, None])
    assert (found >= computed.scores.low - 1e-9).all()
    assert (found <= computed.scores.high + 1e-9).all()
    sure = computed.scores.low == computed.scores.high
    assert np.allclose(found[:, sure], computed.scores.values[sure])
    assert found[:, 1].std() > 0.5


@pytest.mark.parametrize("error", ["{uniform: 0.1}", "{normal: 0.05}", "{flip: 0.2}"])
def test_errors_move_every_figure_within_the_scale(error: str) -> None:
    index = index_of(_varied(f"{{id: e, error: {error}}}", "scale: {low: 0, high: 10}\n"), TREE)
    found = Reruns(index, table_for(index, ROWS, "a b c")).scores(np.linspace(0, 0.999, 200)[:, None])
    assert found.min() >= 0
    assert found.max() <= 10
    assert (
        found[:, [0, 1, 3, 4, 5]].std(axis=0) > 0
    ).all()  # who is in the middle everywhere stays there when turned round


def test_dropping_leaves_out_one_child_or_none() -> None:
    index = index_of(_varied("{id: d, drop: index}"), TREE)
    table = table_for(index, ROWS, "a b c")
    found = Reruns(index, table).scores(np.array([[0.1], [0.5], [0.9]]))[:, 0]
    assert found.tolist() == [3.0, 1.5, pytest.approx(2.0)]


def test_inputs_vary_together_and_the_nominal_index_is_among_them() -> None:
    inputs = "{id: x, at: aggregation, choose: [arithmetic, minimum]}, {id: w, weights: {spread: 0.2}}, {id: u, unknown: uniform}"
    index = index_of(_varied(inputs), TREE)
    found = analyse(compute(index, table_for(index, ROWS, "a b c")))
    assert found.uncertain.draws == 64
    assert (found.uncertain.scores.low <= found.uncertain.scores.high).all()
    assert found.uncertain.first.sum() == pytest.approx(len(ROWS))
    assert [each.alternative for each in found.alternatives] == ["arithmetic", "minimum"]
    assert found.alternatives[0].mean_change == 0
    assert found.sensitive.inputs == ("x", "w", "u")


def test_an_index_without_uncertainty_says_so() -> None:
    index = index_of("", TREE)
    with pytest.raises(MethodologyError, match="declares no uncertainty"):
        Reruns(index, table_for(index, ROWS, "a b c"))


def test_why_a_unit_has_its_score_and_what_would_raise_it() -> None:
    index = index_of(RULES + "rankings: [{id: rank}]\n", TREE)
    computed = compute(index, table_for(index, ROWS, "a b c"), stages=True)
    tree = explain(computed, "u0")
    assert (tree.value, [child.points for child in tree.children]) == (2.0, [1.0, 1.0])
    assert [child.without for child in tree.children] == [3.0, 1.5]
    assert tree.children[0].children[0].raw == 1.0
    found = {gain.indicator: gain.points for gain in gains(computed, "u0")}
    assert found == {"a": pytest.approx(3.0), "b": pytest.approx(8 / 3), "c": pytest.approx(7 / 3)}
    best = plan(computed, "u0", 3)
    assert [gain.indicator for gain in best] == ["a", "b", "c"]
    assert (best[-1].score, best[-1].rank) == (10.0, 1)
    assert strengths(computed, "u4")[0].id == "c"
    with pytest.raises(MethodologyError, match="there is no unit 'u9'"):
        explain(computed, "u9")


@pytest.fixture(scope="module")
def asem(corpora: Path) -> tuple[UnitTable, Path]:
    folder = corpora / "indices" / "asem"
    with (folder / "step_Raw.csv").open() as raw, (folder / "Denominators.csv").open() as denominators:
        below = {row["UnitCode"]: row for row in csv.DictReader(denominators)}
        rows = [{**below[row["UnitCode"]], **row} for row in csv.DictReader(raw)]
    return table_of(rows, read_index(SHIPPED / "asem" / "1.yml")), folder


def test_sensitivity_of_asem_lies_within_the_published_bands(asem: tuple[UnitTable, Path]) -> None:
    table, folder = asem
    index = read_index(SHIPPED / "asem" / "1.yml")
    found = sensitive(compute(index, table), Reruns(index, table), 4096)
    with (folder / "SA_Sensitivity.csv").open() as stream:
        published = list(csv.DictReader(stream))
    for place, row in enumerate(published):
        for ours, name in ((found.indices.first, "Si"), (found.indices.total, "STi")):
            value = float(np.ravel(ours)[place])
            assert float(row[f"{name}_q5"]) <= value <= float(row[f"{name}_q95"]), (row["Variable"], name, value)


def test_uncertainty_of_asem_is_like_the_published_one(asem: tuple[UnitTable, Path]) -> None:
    table, folder = asem
    index = read_index(SHIPPED / "asem" / "1.yml")
    found = uncertain(compute(index, table), Reruns(index, table), 1024)
    with (folder / "UA_RankStats.csv").open() as stream:
        published = {row["uCode"]: row for row in csv.DictReader(stream)}
    medians = np.array([float(published[unit]["Median"]) for unit in found.units])
    assert np.abs(found.ranks.median - medians).mean() < 0.6
    assert np.corrcoef(found.ranks.median, medians)[0, 1] > 0.995
