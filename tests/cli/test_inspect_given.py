"""What `atalaya inspect` may be given, and what it tells: files, folders, addresses; text, page, JSON; two languages."""

import json
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from atalaya.cli.inspect import COMMAND
from atalaya.countries.reader import find_pack, read_pack
from atalaya.exceptions import SourceError

TABLE = "departamento;muy larga la descripción de esta columna;año\n" + "".join(
    f"Región {n % 4};{n * 37 % 1000}.5;{2015 + n % 4}\n" for n in range(80)
)


def inspect(*arguments: object) -> Result:
    return CliRunner().invoke(COMMAND, [str(argument) for argument in arguments])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "datos"
    (place / "dentro").mkdir(parents=True)
    (place / "b.csv").write_text(TABLE, encoding="utf-8")
    (place / "dentro" / "a.csv").write_text(TABLE, encoding="utf-8")
    (place / ".oculto").write_text("x", encoding="utf-8")
    return place


@pytest.fixture
def site(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setenv("ATALAYA_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("ATALAYA_RATE", "500")
    monkeypatch.setenv("ATALAYA_BODY_LIMIT", "20000")
    (folder / "grande.csv").write_text(TABLE * 20, encoding="utf-8")
    monkeypatch.setattr(SimpleHTTPRequestHandler, "log_message", lambda *_: None)
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(SimpleHTTPRequestHandler, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_folder_gives_all_its_files_that_are_not_hidden(folder: Path) -> None:
    told = json.loads(inspect(folder, "--json").stdout)["files"]
    assert [each["file"] for each in told] == [str(folder / "b.csv"), str(folder / "dentro" / "a.csv")]


def test_several_files_are_told_in_one_line_each(folder: Path) -> None:
    (folder / "dentro" / "a.csv").write_text(TABLE + "uno;dos\n", encoding="utf-8")
    names = [str(folder / "b.csv"), str(folder / "dentro" / "a.csv")]
    told = inspect(folder, "--language", "es").stdout.replace("\u00a0", " ").splitlines()
    assert told == [
        f"{names[0]}: CSV, 1.7 kB, utf-8, 1 tabla, 80 filas, 3 columnas",
        f"{names[1]}: CSV, 1.7 kB, utf-8, 1 tabla, 81 filas, 3 columnas; ragged_rows",
    ]
    whole = inspect(folder, "--full").stdout
    assert all(f"{name}: CSV" in whole for name in names)
    assert whole.count("Región 0 (20)") == 2


@pytest.mark.parametrize("name", ["nada.csv", "vacía"])
def test_what_is_not_there_is_named_before_anything_is_read(name: str, folder: Path) -> None:
    (folder / "vacía").mkdir()
    done = inspect(folder / "b.csv", folder / name)
    assert done.exit_code == 2
    assert name in done.stderr
    assert done.stdout == ""


@pytest.mark.parametrize("language", ["es", "en"])
def test_no_line_is_wider_than_eighty_columns(language: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.chdir(folder)
    lines = inspect("b.csv", "--language", language).stdout.splitlines()
    assert len(lines) > 12
    assert max(map(len, lines)) <= 80


def test_the_terminal_speaks_spanish_where_asked(folder: Path) -> None:
    out = " ".join(inspect(folder / "b.csv", "--language", "es").stdout.split())
    for text in (
        "formato abierto, legible por máquinas, hasta 3 de 5 estrellas", "separador «;»", "tabla: 80 filas, 3 columnas (A1:C81)",
        "filas: encabezado 1, datos 2–81", "Región 0 (20)", "Año, números enteros",
    ):  # fmt: skip
        assert text in out, text
    assert "Para la cuarta estrella" in out


def test_a_defect_has_its_remedy(folder: Path) -> None:
    (folder / "b.csv").write_text(TABLE + "uno;dos\n", encoding="utf-8")
    out = " ".join(inspect(folder / "b.csv").stdout.split())
    assert "Rows of different lengths (ragged_rows), table: 1 of 81 rows do not have 3 cells; rows 82" in out
    assert "remedy: Give each row as many cells as the header has" in out


def test_values_of_few_cells_are_shown_only_where_asked(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("nombre,n\n" + "".join(f"Persona Inventada{n % 20},{n}\n" for n in range(40)), encoding="utf-8")
    for options in ((), ("--json",)):
        assert "Inventada" not in inspect(path, *options).stdout
        assert "Inventada" in inspect(path, "--values", *options).stdout


def test_a_country_pack_tells_more(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    places = [each for each in read_pack(find_pack("gt")).divisions if each.level == 2][:60]
    path.write_text("codigo,n\n" + "".join(f"{each.code},{n}\n" for n, each in enumerate(places)), encoding="utf-8")

    def meaning(*options: str) -> str:
        column = json.loads(inspect(path, "--json", *options).stdout)["files"][0]["tables"][0]["columns"][0]
        return str(column["description"]["semantic"]["type"])

    assert meaning("--country", "gt") == "division_code" != meaning()
    assert inspect(path, "--country", "nowhere").exit_code != 0


def test_the_page_is_written_in_spanish_without_the_folders_of_who_made_it(folder: Path, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    done = inspect(folder, "--html", page)
    assert done.stdout.split()[0] == "wrote"
    text = page.read_text(encoding="utf-8")
    assert '<html lang="es">' in text
    assert "dentro/a.csv" in text
    assert str(tmp_path) not in text
    inspect(folder / "b.csv", "--html", page, "--language", "en")
    assert '<html lang="en">' in page.read_text(encoding="utf-8")


def test_page_and_json_together(folder: Path, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    assert json.loads(inspect(folder / "b.csv", "--html", page, "--json").stdout)["files"][0]["format"] == "csv"
    assert page.exists()


def test_json_is_complete(folder: Path) -> None:
    told = json.loads(inspect(folder / "b.csv", "--json").stdout)["files"][0]
    table = told["tables"][0]
    assert table["extent"] == {"titles": [], "header": [1], "first": 2, "last": 81, "notes": []}
    assert {"open", "machine_readable", "stars", "sha256", "defects", "dialect", "reason"} <= set(told)
    assert table["columns"][2]["description"]["distribution"]["spread"]["histogram"]["counts"] == [20, 20, 20, 20]


def test_an_address_is_fetched(site: str, folder: Path) -> None:
    told = json.loads(inspect(f"{site}/b.csv", folder / "b.csv", "--local", "--json").stdout)["files"]
    assert [each["file"] for each in told] == [f"{site}/b.csv", str(folder / "b.csv")]
    assert told[0]["sha256"] == told[1]["sha256"]
    assert told[0]["format"] == "csv"


@pytest.mark.parametrize(
    ("path", "options", "why"),
    [
        ("nada.csv", ["--local"], "HTTP status 404"),
        ("grande.csv", ["--local"], "goes on beyond what is read"),
        ("b.csv", [], "private address"),
    ],
)
def test_an_address_that_gives_no_file_says_why(path: str, options: list[str], why: str, site: str) -> None:
    done = inspect(f"{site}/{path}", *options)
    assert isinstance(done.exception, SourceError)
    assert why in str(done.exception)
    assert f"{site}/{path}" in str(done.exception)
