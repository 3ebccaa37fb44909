"""`atalaya.Index`: the same figures as the command line, from whatever kind of table, and refusals that say what to do."""

import json
import subprocess
import sys
from pathlib import Path

import pyarrow as pa
import pytest
from click.testing import CliRunner

import atalaya
from atalaya.cli import atalaya as command
from atalaya.exceptions import MethodologyError
from tests.patience import PATIENCE

TEXT = """format: 2
id: trial
version: 1
title: {es: Prueba, en: Trial}
units: {id: unit, name: name}
scale: {low: 0, high: 10}
coverage: {floor: 0.4}
aggregation: arithmetic
tree:
  id: index
  children:
    - {id: a, source: {column: a}, range: [0, 10], weight: 3}
    - {id: b, source: {column: b}, range: [0, 10]}
"""
CSV = "unit,name,a,b\nx,Equis,4,8\ny,Ye,,6\nz,Zeta,1,2\n"
COLUMNS = {"unit": ["x", "y", "z"], "name": ["Equis", "Ye", "Zeta"], "a": [4, None, 1], "b": [8.0, 6.0, 2.0]}
# By hand, weights 3 and 1: x (3·4 + 8) / 4 = 5; y knows b only, 6; z (3·1 + 2) / 4 = 1.25.
SCORES = {"x": 5.0, "y": 6.0, "z": 1.25}


class Frame:
    """What a frame of another library gives: columns as lists, with NaN for nothing."""

    def to_dict(self, orient: str) -> dict[str, list[object]]:
        assert orient == "list"
        return {**COLUMNS, "a": [4.0, float("nan"), 1.0]}


@pytest.fixture
def index() -> atalaya.Index:
    return atalaya.Index.parse(TEXT)


@pytest.mark.parametrize(
    "table",
    [
        COLUMNS,
        pa.table(COLUMNS),
        Frame(),
        [dict(zip(COLUMNS, cells, strict=True)) for cells in zip(*COLUMNS.values(), strict=True)],
        (dict(zip(COLUMNS, cells, strict=True)) for cells in zip(*COLUMNS.values(), strict=True)),
    ],
    ids=["columns", "arrow", "frame", "rows", "generator"],
)
def test_every_kind_of_table_gives_the_same_scores(index: atalaya.Index, table: object) -> None:
    assert index.compute(table).scores == SCORES  # type: ignore[arg-type]


def test_a_file_gives_what_the_command_line_tells(tmp_path: Path) -> None:
    (tmp_path / "t.yml").write_text(TEXT, encoding="utf-8")
    (tmp_path / "t.csv").write_text(CSV, encoding="utf-8")
    result = atalaya.Index.read(str(tmp_path / "t.yml")).compute(str(tmp_path / "t.csv"))
    assert result.scores == SCORES
    told = CliRunner().invoke(command, ["index", "compute", str(tmp_path / "t.yml"), str(tmp_path / "t.csv"), "--json"])
    assert json.loads(told.stdout)["ranking"] == result.ranking
    files = result.write(tmp_path / "out")
    assert all(path.is_file() for path in files)
    assert {path.name for path in files} >= {"ranking.csv", "index.xlsx", "index.es.html", "index.en.html"}


def test_a_result_explains_itself(index: atalaya.Index) -> None:
    result = index.compute(COLUMNS)
    assert [child.points for child in result.explain("x").children] == [3.0, 2.0]
    # a from 4 to 10 brings 3/4 · 6 = 4.5 points, b from 8 to 10 a quarter of 2.
    assert [(gain.indicator, gain.points) for gain in result.gains("x")] == [("a", 4.5), ("b", 0.5)]
    assert [gain.score for gain in result.plan("x")] == [9.5, 10.0]
    assert result.strengths("x")[0].id == "b"  # (8 - 16/3) / 3.06 deviations above, a (4 - 2.5) / 2.12
    assert [row["indicator"] for row in result.diagnose().indicators] == ["a", "b"]
    assert {row["node"] for row in result.figures} == {"index", "a", "b"}
    assert [row["value"] for row in result.groups] == [12.25 / 3, 2.5, 16 / 3]


def test_two_editions_are_compared(index: atalaya.Index) -> None:
    later = atalaya.Index.parse(TEXT.replace("weight: 3", "weight: 1")).compute({**COLUMNS, "a": [6, 5, 1]})
    moved = {each.unit: each for each in index.compute(COLUMNS).compare(later).units}
    # x: 5 → 7. The rule first brings 1 and last 0.5 (6.5 → 7); the data the rest.
    assert (moved["x"].old, moved["x"].new, moved["x"].by_rule, moved["x"].by_data) == (5.0, 7.0, 0.75, 1.25)


def test_what_cannot_be_read_is_refused(index: atalaya.Index) -> None:
    with pytest.raises(MethodologyError, match="there is no methodology 'lost/1'"):
        atalaya.Index.read("lost/1")
    with pytest.raises(MethodologyError, match="row 1 of the table is a tuple"):
        index.compute([("x", 1)])  # type: ignore[list-item]
    with pytest.raises(MethodologyError, match="not of one length"):
        index.compute({"unit": ["x"], "a": [], "b": [1]})
    with pytest.raises(MethodologyError, match="declares no uncertainty"):
        index.compute(COLUMNS).analyse()
    with pytest.raises(MethodologyError, match="no unit is ranked"):
        index.compute({"unit": ["x"], "a": [None], "b": [None]}).analyse()


def test_who_inspects_files_does_not_wait_for_the_engine() -> None:
    code = (
        "import sys, atalaya; assert 'atalaya.indices.engine' not in sys.modules; "
        "assert atalaya.Index.shipped(); assert 'atalaya.indices.engine' in sys.modules; assert 'Index' in dir(atalaya)"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=PATIENCE)


def test_a_name_that_is_not_there_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'Indx'"):
        atalaya.Indx  # type: ignore[attr-defined]  # noqa: B018
