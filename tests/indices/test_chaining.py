"""Editions in a chain: parts of every change by hand, adding up over links, and told as untold where they cannot be."""

import csv
import json
from io import StringIO
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from atalaya.cli import atalaya
from atalaya.exceptions import MethodologyError
from atalaya.history.read import Sealed
from atalaya.indices.chaining import Link, Parted, chained
from atalaya.indices.language.definition import Index
from atalaya.indices.language.reading import parse_index
from atalaya.indices.table import table_of

TEXT = """format: 2
id: trial
version: {version}
title: {{es: Prueba, en: Trial}}
units: {{id: unit}}
scale: {{low: 0, high: 10}}
coverage: {{floor: 0.4}}
{steps}aggregation: arithmetic
tree:
  id: index
  children:
    - {{id: a, source: {{column: a}}, range: [0, 10], weight: {weight}}}
    - {{id: b, source: {{column: {column}}}, range: [0, 10]}}
"""
RELATIVE = "steps: [{minmax: {to: [0, 10]}}]\n"


def index_of(version: int, weight: float, column: str = "b", steps: str = "") -> Index:
    return parse_index(TEXT.format(version=version, weight=weight, column=column, steps=steps))


def link(name: str, index: Index, figures: dict[str, tuple[float, float]], column: str = "b") -> Link:
    rows = [{"unit": unit, "a": a, column: b} for unit, (a, b) in figures.items()]
    return Link(name=name, index=index, table=table_of(rows, index))


def parts(parted: Parted) -> tuple[float | None, ...]:
    return parted.by_rule, parted.by_data, parted.by_universe


def test_rule_and_units_by_hand() -> None:
    old = link("A", index_of(1, 1), {"x": (4, 8), "y": (2, 2)})
    new = link("B", index_of(2, 3), {"x": (6, 8), "y": (2, 2)})
    chain = chained([old, new])
    x, y = (each.score for each in sorted(chain.changes[0].units, key=lambda each: each.unit))
    # x: 6 at first; the rule alone gives 5, the figures alone 7, both 6.5. Rule: mean of -1 and -0.5; figures: of 1 and 1.5.
    assert (x.old, x.new, *parts(x)) == (6.0, 6.5, pytest.approx(-0.75), pytest.approx(1.25), pytest.approx(0.0))
    assert parts(y) == (0.0, 0.0, 0.0)
    assert chain.changes[0].mean.new == pytest.approx((6.5 + 2) / 2)
    assert not chain.changes[0].same_rule
    assert [each.new_ranks for each in chain.units if each.unit == "x"] == [(1.0, 1.0)]
    (unsure,) = chained([link("A", index_of(1, 1), {"x": (4, 4), "y": (5, "")})] * 2).changes  # type: ignore[dict-item]
    # y is 5 by what is known and may be 2.5 or 7.5: either may be first.
    assert {each.unit: (each.rank.new, each.new_ranks) for each in unsure.units} == {
        "x": (2.0, (1.0, 2.0)), "y": (1.0, (1.0, 2.0)),
    }  # fmt: skip


def test_who_comes_moves_ranks_and_relative_scores() -> None:
    index = index_of(1, 1, steps=RELATIVE)
    old = link("A", index, {"x": (4, 4), "y": (0, 0), "z": (8, 8)})
    new = link("B", index, {"x": (4, 4), "y": (0, 0), "w": (16, 16)})
    (change,) = chained([old, new]).changes
    x = next(each for each in change.units if each.unit == "x")
    # x stays: it stood half way to z, and a quarter of the way to w.
    assert (x.score.old, x.score.new) == (5.0, 2.5)
    assert parts(x.score) == (pytest.approx(0.0), pytest.approx(0.0), pytest.approx(-2.5))
    assert (change.came, change.went) == (("w",), ("z",))
    assert parts(x.rank) == (0.0, 0.0, 0.0)
    fixed = index_of(1, 1)
    (change,) = chained([link("A", fixed, {"x": (4, 4)}), link("B", fixed, {"x": (4, 4), "w": (9, 9)})]).changes
    assert parts(change.units[0].score) == (0.0, 0.0, 0.0)
    assert (change.units[0].rank.old, change.units[0].rank.new, change.units[0].rank.by_universe) == (1.0, 2.0, 1.0)
    assert (change.mean.old, change.mean.new, change.mean.by_universe) == (4.0, 6.5, 2.5)


def test_links_add_up_and_a_unit_counts_from_where_it_came() -> None:
    chain = chained(
        [
            link("A", index_of(1, 1), {"x": (1, 1), "y": (3, 3)}),
            link("B", index_of(2, 3), {"x": (1, 5), "y": (3, 3), "w": (2, 2)}),
            link("C", index_of(2, 3), {"x": (9, 5), "y": (3, 3), "w": (4, 2)}),
        ]
    )
    wholes = {each.unit: each for each in chain.units}
    assert [each.unit for each in chain.units] == ["x", "w", "y"]
    assert (wholes["w"].since, wholes["x"].since) == ("B", "A")
    for whole in wholes.values():
        for parted in (whole.score, whole.rank):
            assert sum(part or 0.0 for part in parts(parted)) == pytest.approx((parted.new or 0) - (parted.old or 0))
    assert wholes["w"].score.by_data == pytest.approx(1.5)


FIGURES = st.dictionaries(
    st.sampled_from("uvwxyz"), st.tuples(st.integers(0, 10), st.integers(0, 10)), min_size=1, max_size=6
)


@settings(max_examples=40, deadline=None)
@given(st.lists(FIGURES, min_size=2, max_size=4), st.lists(st.integers(1, 4), min_size=4, max_size=4), st.booleans())
def test_parts_add_up_whatever_the_editions(
    tables: list[dict[str, tuple[int, int]]], weights: list[int], relative: bool
) -> None:
    steps = RELATIVE if relative else ""
    chain = chained(
        [
            link(str(place), index_of(place + 1, weight, steps=steps), figures)
            for place, (figures, weight) in enumerate(zip(tables, weights, strict=False))
        ]
    )
    for change in chain.changes:
        for parted in (change.mean, *(each.score for each in change.units), *(each.rank for each in change.units)):
            assert None not in parts(parted)
            assert sum(part or 0.0 for part in parts(parted)) == pytest.approx((parted.new or 0) - (parted.old or 0))


def test_what_cannot_be_crossed_is_told_and_not_parted() -> None:
    old = link("A", index_of(1, 1), {"x": (4, 8)})
    new = link("B", index_of(2, 1, "c"), {"x": (6, 8)}, "c")
    (change,) = chained([old, new]).changes
    assert parts(change.units[0].score) == (None, None, None)
    assert (change.units[0].score.old, change.units[0].score.new) == (6.0, 7.0)
    assert "has no column" in change.untold
    with pytest.raises(MethodologyError, match="two editions at least"):
        chained([old])


def test_another_rule_that_the_same_figures_cannot_feed_is_refused() -> None:
    old = link("A", index_of(1, 1), {"x": (4, 8)})
    with pytest.raises(MethodologyError, match="has no column 'c'"):
        chained([old, Link(name="B", index=index_of(2, 1, "c"), table=old.table)])


def test_the_command_tells_files_and_observations(small_observation: Sealed, tmp_path: Path) -> None:
    (tmp_path / "one.yml").write_text(TEXT.format(version=1, weight=1, column="b", steps=""), encoding="utf-8")
    (tmp_path / "two.yml").write_text(TEXT.format(version=2, weight=3, column="b", steps=""), encoding="utf-8")
    (tmp_path / "one.csv").write_text("unit,a,b\nx,4,8\ny,2,2\n", encoding="utf-8")
    (tmp_path / "two.csv").write_text("unit,a,b\nx,6,8\ny,2,2\nw,1,1\n", encoding="utf-8")
    tables = [str(tmp_path / name) for name in ("one.csv", "two.csv")]
    rules = [word for name in ("one.yml", "two.yml") for word in ("--methodology", str(tmp_path / name))]
    home = ["--home", str(tmp_path / "home")]
    told = run("index", "history", *tables, *rules, *home, "--out", str(tmp_path / "out"), "--json")
    assert [each["methodology"] for each in told["editions"]] == ["trial/1", "trial/2"]
    assert told["changes"][0]["came"] == ["w"]
    rows = list(csv.DictReader(StringIO((tmp_path / "out" / "history.csv").read_text(encoding="utf-8"))))
    assert [(row["unit"], row["by_rule"]) for row in rows if row["unit"] == "x"] == [("x", "-0.75")]
    # The same observation twice: nothing moves, whatever the index.
    again = run("index", "history", "latest", "latest", *home, "--json")
    assert again["editions"][0]["as_of"] == small_observation.manifest.as_of
    assert again["changes"][0]["mean"]["old"] == again["changes"][0]["mean"]["new"] is not None
    other = run("index", "history", "latest", "latest", "--methodology", "open-data-national/1", "--methodology", "five-stars/1",
                *home, "--json")  # fmt: skip
    moved = [each["score"] for each in other["changes"][0]["units"] if each["score"]["by_rule"]]
    assert moved
    assert all(each["by_data"] == pytest.approx(0.0) for each in moved)
    text = CliRunner().invoke(atalaya, ["index", "history", *tables, *rules, *home], catch_exceptions=False)
    assert "came in 2: w" in text.stdout
    whole = CliRunner(env={"COLUMNS": "60"}).invoke(atalaya, ["index", "history", "latest", "latest", *home])
    assert all(str(row["institution_id"]) in whole.stdout for row in small_observation.rows("institutions"))
    wrong = CliRunner().invoke(atalaya, ["index", "history", *tables, tables[0], *rules, *home])
    assert "give --methodology once, or 3 times" in wrong.output


def run(*words: str) -> dict[str, list[dict[str, object]]]:
    found: dict[str, list[dict[str, object]]] = json.loads(
        CliRunner().invoke(atalaya, list(words), catch_exceptions=False).stdout
    )
    return found
