"""Defects inside tables on their way: to whoever holds the file with an example, to others and into the store without one."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from atalaya.cli.inspect import COMMAND
from atalaya.inspection.findings import Inspection
from atalaya.inspection.inspector import inspect_bytes
from atalaya.inspection.limits import DEFAULT
from atalaya.inspection.showing import shown
from atalaya.rounds.inspection_rows import inspection_rows
from atalaya.rounds.rows import inspection_of
from atalaya.store.tables import Row

DAMAGED = "EducaciÃ³n inventada"
BODY = "área,monto\n" + "".join(f"Lugar {n},{n}\n" for n in range(12)) + f"{DAMAGED},4\n"


@pytest.fixture
def found() -> Inspection:
    return inspect_bytes(BODY.encode(), url="x.csv")


def test_a_table_bears_its_defects(found: Inspection) -> None:
    (defect,) = found.tables[0].defects
    assert (defect.id, defect.columns, defect.count, defect.cells, defect.rows) == (
        "mojibake",
        (1,),
        1,
        ("A14",),
        (14,),
    )
    assert defect.example == (DAMAGED,)


def test_others_see_no_example(found: Inspection) -> None:
    assert shown(found).tables[0].defects == (replace(found.tables[0].defects[0], example=()),)
    assert shown(found, to_holder=True).tables[0].defects == found.tables[0].defects


def test_who_holds_the_file_sees_no_example_of_a_personal_column() -> None:
    rows = "".join(f"{n},persona{n}@gmail.com,Apellido{n}\n" for n in range(1, 40))
    body = "clave,correo,apellidos\n" + rows + "7,maría?es@gmail.com,Ni?ez\n"
    (table,) = inspect_bytes(body.encode(), url="x.csv").tables
    personal = [column.position for column in table.columns if column.personal is not None]
    told = list(shown(inspect_bytes(body.encode(), url="x.csv"), to_holder=True).tables[0].defects)
    assert personal == [2]
    assert all(defect.example == () for defect in told if 2 in defect.columns)
    assert any(defect.example for defect in told if 2 not in defect.columns)


def test_the_store_keeps_no_example(found: Inspection) -> None:
    rows = inspection_rows("r1", found)
    assert DAMAGED not in json.dumps([row for _, row in rows], default=str)
    columns: list[Row] = [row for name, row in rows if name == "columns"]
    back = inspection_of(dict(rows[0][1]), {"": columns})
    assert back.tables[0].defects == (replace(found.tables[0].defects[0], example=()),)


def test_rows_of_older_observations_have_no_defects(found: Inspection) -> None:
    row = dict(inspection_rows("r1", found)[0][1])
    row["tables"] = [{name: value for name, value in table.items() if name != "defects"} for table in row["tables"]]  # type: ignore[union-attr]
    assert inspection_of(row, {}).tables[0].defects == ()


def test_the_store_keeps_what_everybody_may_see_and_what_is_doubtful() -> None:
    body = "área,monto\n" + "".join(f"{('EducaciÃ³n', 'Salud')[n % 2]},{n}\n" for n in range(40))
    rows = inspection_rows("r1", inspect_bytes(body.encode(), url="x.csv"))
    table = inspection_of(dict(rows[0][1]), {}).tables[0]
    assert (table.examined, table.defects[0].shown, table.defects[0].doubtful) == (40, "EducaciÃ³n", False)


@pytest.mark.parametrize(
    ("name", "texts"),
    [
        ("área", ["EducaciÃ³n"] * 9 + ["Salud"] * 31),
        ("área", ["EducaciÃ³n de los hijos de quienes trabajan en el mercado"] * 20 + ["Salud"] * 20),
        ("área", ["EducaciÃ³n"] * 12 + [f"Área {n}" for n in range(28)]),
        ("correo", ["maría.peÃ±a@gmail.com"] * 20 + ["juana.lopez@gmail.com"] * 20),
    ],
    ids=["nine cells", "free text", "nearly unique", "personal"],
)
def test_values_that_are_rare_or_somebodys_are_never_shown(name: str, texts: list[str]) -> None:
    body = f"{name},monto\n" + "".join(f"{text},{n}\n" for n, text in enumerate(texts))
    (table,) = inspect_bytes(body.encode(), url="x.csv").tables
    assert table.defects
    assert all(defect.shown is None for defect in table.defects)


def test_people_read_where_what_and_what_to_do(tmp_path: Path) -> None:
    file = tmp_path / "x.csv"
    file.write_text(BODY, encoding="utf-8")
    told = CliRunner().invoke(COMMAND, [str(file)]).output
    for text in ("Letters damaged", "1 cells of column A", "cells: A14", DAMAGED, "Export the table again"):
        assert text in told


def test_machines_read_the_same(tmp_path: Path) -> None:
    file = tmp_path / "x.csv"
    file.write_text(BODY, encoding="utf-8")
    (told,) = json.loads(CliRunner().invoke(COMMAND, [str(file), "--json"]).output)["files"]
    assert told["tables"][0]["defects"][0]["cells"] == ["A14"]


def test_the_places_of_a_country_tell_more(tmp_path: Path) -> None:
    file = tmp_path / "x.csv"
    towns = "101,Guatemala\n102,Santa Catarina Pinula\n103,San José Pinula\n105,Palencia\n106,Chinautla\n107,San Pedro Ayampuc\n"
    file.write_text(f"codigo,municipio\n{towns}101,Mixco\n", encoding="utf-8")
    assert "contradict" not in CliRunner().invoke(COMMAND, [str(file)]).output
    assert "contradict" in CliRunner().invoke(COMMAND, [str(file), "--country", "gt"]).output


def test_tables_that_only_describe_others_are_not_judged() -> None:
    body = "campo,tipo,descripcion\n" + "".join(f"c{n},texto,Ni?ez {n}\n" for n in range(6))
    (table,) = inspect_bytes(body.encode(), url="x.csv", limits=DEFAULT).tables
    assert table.content == "fields"
    assert table.defects == ()
