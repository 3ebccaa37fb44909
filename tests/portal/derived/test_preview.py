"""A preview shows what everybody may see: nothing rare, nothing nearly unique, and nothing at all of files about persons."""

from dataclasses import replace
from pathlib import Path

import pytest

from atalaya.inspection.inspector import inspect_file
from atalaya.inspection.limits import DEFAULT
from atalaya.portal.derived.preview import preview_of

CELLS = replace(DEFAULT, described=True, cells_kept=True)


def preview(folder: Path, text: str) -> dict[str, object]:
    path = folder / "file.csv"
    path.write_text(text, encoding="utf-8")
    return preview_of(inspect_file(path, limits=CELLS))


def rows(count: int, rare: int = 0) -> str:
    kinds = ["rural", "urbana"]
    lines = [f"{n},{kinds[n % 2]},{n * 7 % 97}" for n in range(count)] + [f"{count + n},isla,5" for n in range(rare)]
    return "codigo,zona,monto\n" + "\n".join(lines) + "\n"


def test_frequent_values_are_shown_and_codes_are_not(tmp_path: Path) -> None:
    [table] = preview(tmp_path, rows(60))["tables"]
    assert table["rows"] == 60
    assert [column["held"] for column in table["columns"]] == [True, False, True]
    assert [row[1] for row in table["cells"][:4]] == ["rural", "urbana", "rural", "urbana"]
    assert {row[0] for row in table["cells"]} == {row[2] for row in table["cells"]} == {None}
    assert table["shown"]


@pytest.mark.parametrize(("rare", "seen"), [(9, False), (10, True)])
def test_a_value_is_shown_from_ten_cells_on(tmp_path: Path, rare: int, seen: bool) -> None:
    text = rows(0, rare) + "\n".join(f"{n + 100},rural,{n}" for n in range(60)) + "\n"
    [table] = preview(tmp_path, text)["tables"]
    assert (table["cells"][0][1] == "isla") is seen


def test_of_a_file_about_persons_nothing_is_shown(tmp_path: Path) -> None:
    people = "".join(f"Persona {n},inventada{n}@gmail.com,rural\n" for n in range(40))
    found = preview(tmp_path, f"nombre,correo,zona\n{people}")
    assert found == {"personal": True, "tables": []}


def test_a_file_without_tables_has_no_preview(tmp_path: Path) -> None:
    assert preview(tmp_path, "")["tables"] == []
