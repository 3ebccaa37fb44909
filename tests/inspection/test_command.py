"""`atalaya inspect` as a user runs it."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from atalaya.cli.inspect import COMMAND

SECRET = "Nombre Apellido"


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "datos.csv"
    path.write_bytes(f"código;lugar\n1;{SECRET}\n2;Cobán\n3;Petén\n".encode("cp1252"))
    return path


def test_people_read_what_the_file_is(table: Path) -> None:
    done = CliRunner().invoke(COMMAND, [str(table)])
    assert done.exit_code == 0
    for text in ("CSV", "cp1252", "delimiter “;”", "3 rows, 2 columns", "código", "whole numbers"):
        assert text in done.output
    assert SECRET not in done.output


def test_machines_read_the_same(table: Path) -> None:
    done = CliRunner().invoke(COMMAND, [str(table), str(table), "--json"])
    assert done.exit_code == 0
    first, second = json.loads(done.output)["files"]
    assert first == second
    assert (first["format"], first["encoding"], first["dialect"]["delimiter"]) == ("csv", "cp1252", ";")
    second_column = first["tables"][0]["columns"][1]
    assert second_column.pop("description")["semantic"]["looked"] == 3
    assert second_column == {
        "position": 2, "name": "lugar", "kind": "text", "filled": 3, "missing": 0, "distinct": 3, "personal": None,
    }  # fmt: skip
    assert SECRET not in done.output


def test_a_defect_is_shown(tmp_path: Path) -> None:
    page = tmp_path / "datos.csv"
    page.write_text("<html></html>", encoding="utf-8")
    assert "html_instead_of_data" in CliRunner().invoke(COMMAND, [str(page)]).output


def test_a_file_that_is_not_there_is_the_users_error(tmp_path: Path) -> None:
    assert CliRunner().invoke(COMMAND, [str(tmp_path / "nothing.csv")]).exit_code == 2
