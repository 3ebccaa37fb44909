"""Files and page of an index: each says the same, in both languages, and nothing of the data becomes a formula or markup."""

import csv
import json
import re
from importlib import resources
from io import StringIO
from pathlib import Path

import numpy as np
import openpyxl
import pyarrow.parquet as pq
import pytest

from atalaya.indices.analysis import Analysis, analyse
from atalaya.indices.engine import Computed, compute
from atalaya.indices.table import table_of
from atalaya.publish.indices.files import write_files
from atalaya.publish.indices.page import index_page
from atalaya.translations import missing
from tests.indices.indices_written import index_of, table_for

TREE = """
tree:
  id: index
  title: {es: Índice, en: Index}
  children:
    - {id: a, source: {column: a}, range: [0, 10], title: "=1+1 <script>"}
    - {id: b, source: {column: b}, direction: decreasing}
    - {id: c, collected: false, title: {es: Otra cosa, en: Something else}}
"""
REST = """steps: [{minmax: {to: [0, 10]}}]
coverage: {floor: 0.9}
bands: [{id: low, from: 0, title: {es: Baja, en: Low}}]
uncertainty: {draws: 40, inputs: [{id: w, weights: {spread: 0.2}}, {id: x, at: aggregation, choose: [arithmetic, minimum]}]}
"""
PAGE = Path(str(resources.files("atalaya"))) / "data" / "templates" / "index" / "page.html"


@pytest.fixture(scope="module")
def computed() -> Computed:
    index = index_of(REST, TREE)
    return compute(index, table_for(index, [(1, 5), (9, 2), (5, 5), ("", 3)]), stages=True)


@pytest.fixture(scope="module")
def analysis(computed: Computed) -> Analysis:
    return analyse(computed)


def test_every_file_says_the_same(computed: Computed, analysis: Analysis, tmp_path: Path) -> None:
    written = write_files(tmp_path / "out", computed, analysis)
    assert all(path.is_file() for path in written)
    ranking = list(csv.DictReader(StringIO((tmp_path / "out" / "ranking.csv").read_text(encoding="utf-8"))))
    told = json.loads((tmp_path / "out" / "index.json").read_text(encoding="utf-8"))
    assert [row["unit"] for row in ranking] == [row["unit"] for row in told["ranking"]] == ["u1", "u2", "u0", "u3"]
    assert float(ranking[0]["value"]) == told["ranking"][0]["value"] == computed.scores.values[1]
    scores = pq.read_table(tmp_path / "out" / "scores.parquet").to_pylist()
    assert {row["value"] for row in scores if row["node"] == "index" and row["unit"] == "u1"} == {10.0}
    assert told["not_collected"] == ["c"]
    groups = list(csv.DictReader(StringIO((tmp_path / "out" / "groups.csv").read_text(encoding="utf-8"))))
    everyone = next(row for row in groups if row["node"] == "index" and not row["column"])
    assert float(everyone["value"]) == pytest.approx(np.nanmean(computed.scores.values))
    assert len(told["groups"]) == len(groups)
    assert len(told["uncertainty"]) == 3


def test_the_workbook_holds_every_step_and_no_formula(computed: Computed, tmp_path: Path) -> None:
    write_files(tmp_path, computed)
    book = openpyxl.load_workbook(tmp_path / "index.xlsx")
    assert book.sheetnames == ["ranking", "structure", "nodes", "step raw", "step minmax", "groups", "log"]
    assert [cell.value for cell in book["step raw"][2]] == ["u0", "u0", 1, 5]
    assert [cell.value for cell in book["step minmax"][3]][2:] == [10, 10]
    assert {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row} <= {"s", "n", "inlineStr"}


@pytest.mark.parametrize("language", ["es", "en"])
def test_the_page_tells_ranks_intervals_and_what_is_left_out(
    computed: Computed, analysis: Analysis, language: str
) -> None:
    page = index_page(computed, language, analysis)
    assert f'<html lang="{language}">' in page
    assert ("Otra cosa" if language == "es" else "Something else") in page
    assert "<script" not in page
    assert page.count("<svg") >= 3 + 3
    assert ("Sin clasificar: 1" if language == "es" else "Not ranked: 1") in page
    assert "{" not in re.sub(r"<style>.*?</style>", "", page, flags=re.DOTALL)


def test_every_text_of_the_page_has_its_spanish() -> None:
    texts = re.findall(r't\("([^"]+)"', PAGE.read_text(encoding="utf-8"))
    assert len(texts) > 20
    names = json.loads((PAGE.parents[2] / "schemas" / "composite-index.json").read_text(encoding="utf-8"))["$defs"]
    steps = list(names["step"]["properties"])
    assert missing((*texts, *steps, *names["method"]["enum"]), "es", "index") == ()


def test_no_name_becomes_a_formula_in_csv(tmp_path: Path) -> None:
    index = index_of("")
    computed = compute(index, table_of([{"unit": "=HYPERLINK(1)", "a": 1, "b": -2}], index))
    write_files(tmp_path, computed)
    for name in ("ranking.csv", "scores.csv"):
        (row, *_) = csv.DictReader(StringIO((tmp_path / name).read_text(encoding="utf-8")))
        assert row["unit"] == "'=HYPERLINK(1)"
        assert float(row["value"]) == -1.25
