"""`atalaya compare` as a user runs it."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from atalaya.cli.compare import COMMAND

HEADER = "codigo,lugar,año,monto\n"
ROWS = [f"{1000 + at},lugar {at % 7},{2015 + at % 6},{at * 37}.5" for at in range(60)]


def run(*arguments: object) -> Result:
    return CliRunner().invoke(COMMAND, [str(argument) for argument in arguments], env={"COLUMNS": "80"})


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    old, new = tmp_path / "old.csv", tmp_path / "new.csv"
    old.write_text(HEADER + "\n".join(ROWS), encoding="utf-8")
    changed = [*ROWS[2:], "9999,lugar nuevo,2021,1.5"]
    changed[0] = "1002,lugar 2,2017,888888.5"
    new.write_text("codigo,lugar,año,importe\n" + "\n".join(changed), encoding="utf-8")
    return old, new


@pytest.mark.parametrize(
    ("language", "texts"),
    [
        (
            "en",
            (
                "table: 60 rows before, 59 now",
                "Column D is called “importe” now; it was “monto”, as its values tell (98 % alike).",
                "Rows were compared by A: its name is that of a code, and no value repeats.", "1 row came (rows 60)",
                "2 rows went (rows 2, 3)", "1 row changed (1 cell)", "D2: 74.5 → 888888.5",
                "Figures of periods before 2021 were rewritten: 1 (rows: 1; column C tells the period).",
            ),
        ),
        (
            "es",
            (
                "tabla: 60 filas antes, 59 ahora", "La columna D ahora se llama «importe»; era «monto», según sus valores",
                "Las filas se compararon por A: su nombre es el de un código y ningún valor se repite.",
                "1 fila llegó (filas 60)",
                "2 filas se fueron (filas 2, 3)", "1 fila cambió (1 celda)", "otros valores: 1",
                "Se reescribieron cifras de períodos anteriores a 2021: 1 (filas: 1; la columna C dice el período).",
            ),
        ),
    ],
)  # fmt: skip
def test_people_read_what_changed(language: str, texts: tuple[str, ...], files: tuple[Path, Path]) -> None:
    done = run(*files, "--language", language)
    assert done.exit_code == 1
    assert max(map(len, done.stdout.splitlines()[1:])) <= 80
    told = " ".join(done.stdout.split())
    for text in texts:
        assert text in told, text


def test_machines_read_the_same(files: tuple[Path, Path]) -> None:
    told = json.loads(run(*files, "--json").stdout)
    (table,) = told["tables"]
    assert told["same"] is False
    assert (table["added"], table["removed"], table["changed"], table["cells"]) == ([60], [2, 3], 1, 1)
    assert table["key"] == {"places": [[0, 0]], "reason": "named", "repeated": [0, 0]}
    assert table["changes"][0]["after"] == "888888.5"
    assert [each["code"] for each in table["columns"]] == ["renamed"]
    assert table["truncation"] is None


def test_equal_files(files: tuple[Path, Path]) -> None:
    done = run(files[0], files[0])
    assert done.exit_code == 0
    assert "byte by byte" in done.stdout
    assert "Both versions say the same." in done.stdout
    assert json.loads(run(files[0], files[0], "--json").stdout)["same"] is True


def test_a_version_that_was_cut_off(files: tuple[Path, Path]) -> None:
    files[1].write_text(HEADER + "\n".join(ROWS[:30]), encoding="utf-8")
    told = " ".join(run(*files).stdout.split())
    assert (
        "The new version seems to be cut off: 30 rows fewer; what is left equals the beginning of the old version."
        in told
    )


def test_values_of_personal_columns_are_shown_only_where_asked(tmp_path: Path) -> None:
    old, new = tmp_path / "a.csv", tmp_path / "b.csv"
    names = [f"persona{at}.inventada@gmail.com" for at in range(40)]
    old.write_text(
        "codigo,correo\n" + "\n".join(f"{1000 + at},{name}" for at, name in enumerate(names)), encoding="utf-8"
    )
    names[3] = "otra.inventada@gmail.com"
    new.write_text(
        "codigo,correo\n" + "\n".join(f"{1000 + at},{name}" for at, name in enumerate(names)), encoding="utf-8"
    )
    for options in ((), ("--json",)):
        assert "inventada@" not in run(old, new, *options).stdout
        assert "otra.inventada@gmail.com" in run(old, new, "--values", *options).stdout
    assert "B5: … → …" in run(old, new).stdout


@pytest.mark.parametrize("missing", ["old", "new"])
def test_a_file_that_is_missing_is_the_users_error(missing: str, files: tuple[Path, Path], tmp_path: Path) -> None:
    given = [
        tmp_path / "nada.csv" if missing == name else file for name, file in zip(("old", "new"), files, strict=True)
    ]
    done = run(*given)
    assert done.exit_code == 2
    assert "nada.csv" in done.stderr


def test_a_file_without_tables(files: tuple[Path, Path], tmp_path: Path) -> None:
    page = tmp_path / "a.txt"
    page.write_text("nada", encoding="utf-8")
    done = run(files[0], page)
    assert done.exit_code == 1
    assert "No table could be read in" in done.stdout
