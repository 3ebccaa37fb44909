"""`atalaya index` as a user runs it."""

import hashlib
import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner

from atalaya.cli import atalaya
from atalaya.exceptions import MethodologyError

METHODOLOGY = """
format: 2
id: trial
version: 1
title: {es: Prueba, en: Trial}
units: {id: unit, name: name}
tree: {id: index, children: [{id: a, source: {column: a}, range: [0, 4]}, {id: b, source: {column: b}, range: [0, 4]}]}
"""
TABLE = "unit,name,a,b\nx,Xe,1,2\ny,Ye,3,4\nz,Ze,,1\n"


@pytest.fixture
def files(tmp_path: Path) -> tuple[str, str]:
    (tmp_path / "trial.yml").write_text(METHODOLOGY, encoding="utf-8")
    (tmp_path / "table.csv").write_text(TABLE, encoding="utf-8")
    return str(tmp_path / "trial.yml"), str(tmp_path / "table.csv")


def _run(*words: str) -> str:
    result = CliRunner().invoke(atalaya, ["index", *words], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.output


def test_a_yaml_file_and_a_csv_file_make_a_ranking(files: tuple[str, str], tmp_path: Path) -> None:
    told = _run("compute", *files, "--out", str(tmp_path / "out"))
    assert told.index("Ye") < told.index("Xe") < told.index("Ze")
    assert (tmp_path / "out" / "index.es.html").is_file()
    assert json.loads(_run("compute", *files, "--json"))["ranking"][0]["value"] == 3.5


def test_a_unit_is_explained_by_id_or_name(files: tuple[str, str]) -> None:
    told = json.loads(_run("explain", *files, "Xe", "--json"))
    assert told["tree"]["value"] == 1.5
    assert [gain["indicator"] for gain in told["plan"]] == ["a", "b"]
    assert "what pays most" in _run("explain", *files, "x")


def test_shipped_methodologies_are_listed_and_checked() -> None:
    listed = json.loads(_run("list", "--json"))["methodologies"]
    assert {"asem/1", "godi/2015", "odin/2018", "odin/2022", "odin/2024"} <= {each["id"] for each in listed}
    assert json.loads(_run("check", "odin/2022", "--json"))["indicators"] == 220


@pytest.mark.parametrize("words", [("check", "none/1"), ("explain", "trial", "table", "nobody")])
def test_what_is_not_there_is_named(words: tuple[str, ...], files: tuple[str, str]) -> None:
    given = [{"trial": files[0], "table": files[1]}.get(word, word) for word in words]
    with pytest.raises(MethodologyError, match=r"none/1|nobody"):
        CliRunner().invoke(atalaya, ["index", *given], catch_exceptions=False)


def test_groups_are_told_beside_everyone(tmp_path: Path) -> None:
    grouped = METHODOLOGY.replace("name: name}", "name: name, groups: [kind]}\ngroups: {aggregation: pooled}")
    (tmp_path / "grouped.yml").write_text(grouped, encoding="utf-8")
    (tmp_path / "table.csv").write_text("unit,name,kind,a,b\nx,Xe,k,1,2\ny,Ye,m,3,4\n", encoding="utf-8")
    given = str(tmp_path / "grouped.yml"), str(tmp_path / "table.csv")
    rows = json.loads(_run("groups", *given, "--json"))["groups"]
    assert {(row["group"], row["node"]): row["value"] for row in rows if row["node"] != "b"} == {
        ("", "index"): 2.5,
        ("", "a"): 2.0,
        ("k", "index"): 1.5,
        ("k", "a"): 1.0,
        ("m", "index"): 3.5,
        ("m", "a"): 3.0,
    }
    assert "everyone" in _run("groups", *given, "--node", "a")
    with pytest.raises(MethodologyError, match="no node 'indes'; did you mean 'index'"):
        CliRunner().invoke(atalaya, ["index", "groups", *given, "--node", "indes"], catch_exceptions=False)


def test_a_questionnaire_tells_its_faults_and_is_written_into_a_methodology(tmp_path: Path) -> None:
    question = {"numeral_id": 1, "type": "child", "question": "Published?"}
    value = {
        "articles": [{"id": 1, "name": "One"}],
        "numerals": [{"id": 1, "article": 1, "name": "Numeral 1"}],
        "indicators": [{"id": 1, **question}, {"id": 2, **question, "enabled": False}, {"id": 3, **question}],
    }
    instrument, methodology = tmp_path / "instrument.json", tmp_path / "m.yml"
    instrument.write_text(json.dumps(value), encoding="utf-8")
    methodology.write_text("tree:\n    - id: num1\n      children:\n", encoding="utf-8")
    told = json.loads(_run("questionnaire", str(instrument), "--methodology", str(methodology), "--json"))
    assert (told["questions"], told["enabled"], told["scoring"]) == (3, 2, 2)
    assert [(fault["kind"], fault["ids"]) for fault in told["faults"]] == [
        ("duplicate", ["1", "3"]),
        ("disabled", ["2"]),
    ]
    assert methodology.read_text(encoding="utf-8").count("- {id: q") == 2
    assert "duplicate questions 1, 3 ask the same" in _run("questionnaire", str(instrument))


RICH = """
format: 2
id: rich
version: 1
title: {es: Completo, en: Rich}
units: {id: unit, name: name, groups: [region]}
scale: {low: 0, high: 100}
coverage: {floor: 0.5}
steps: [{impute: {method: median}}, {winsorise: {}}, {minmax: {to: [0, 100]}}]
rankings: [{id: all, decimals: 1}, {id: within, decimals: 1, ties: max, within: region}]
bands: [{id: low, from: 0, title: {es: Baja, en: Low}}, {id: high, from: 50, title: {es: Alta, en: High}}]
views: [{id: only_a, where: {kind: one}}]
uncertainty:
  draws: 64
  seed: 5
  inputs: [{id: w, weights: {spread: 0.3}}, {id: how, at: aggregation, choose: [arithmetic, minimum]}, {id: u, unknown: uniform}]
tree:
  id: index
  title: {es: Índice, en: Index}
  children:
    - {id: a, source: {column: a}, range: [0, 4], tags: {kind: one}}
    - {id: b, source: {column: b}, range: [0, 4], weight: 2, tags: {kind: two}}
    - {id: c, collected: false, title: {es: Otra, en: Another}}
"""
MANY = "unit,name,region,a,b\n" + "".join(
    f"u{n},Unidad {n},{'norte' if n % 3 else 'sur'},{(n * 7) % 5 if n % 4 else ''},{(n * n) % 5}\n" for n in range(12)
)


def _hashes(folder: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.iterdir())}


def test_the_same_index_gives_the_same_bytes_whenever_and_wherever_it_is_written(tmp_path: Path) -> None:
    """Twice, more than the two seconds apart that archives tell, in another process and with words hashed otherwise."""
    (tmp_path / "rich.yml").write_text(RICH, encoding="utf-8")
    (tmp_path / "many.csv").write_text(MANY, encoding="utf-8")
    words = ["compute", str(tmp_path / "rich.yml"), str(tmp_path / "many.csv"), "--out"]
    _run(*words, str(tmp_path / "first"))
    written = time.monotonic()
    (tmp_path / "elsewhere").mkdir()
    time.sleep(max(0.0, 2.1 - (time.monotonic() - written)))
    seed = "1" if os.environ.get("PYTHONHASHSEED") != "1" else "2"
    subprocess.run(
        [sys.executable, "-m", "atalaya", "index", *words, str(tmp_path / "second")],
        cwd=tmp_path / "elsewhere",
        env={**os.environ, "PYTHONHASHSEED": seed, "TZ": "Asia/Tokyo"},
        check=True,
        capture_output=True,
    )
    found = _hashes(tmp_path / "first")
    assert _hashes(tmp_path / "second") == found
    assert {name.rpartition(".")[2] for name in found} == {"csv", "json", "parquet", "xlsx", "html"}
    assert {"uncertainty.csv", "sensitivity.csv", "index.es.html", "index.en.html", "index.xlsx"} <= set(found)
