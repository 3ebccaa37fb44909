"""A repaired file: the table is all there, the log names every cell that is another one, and the package says what it is."""

import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from pyarrow import parquet

from atalaya.cli import atalaya
from atalaya.inspection.limits import Limits
from atalaya.repair.file import repair_bytes, repair_file
from atalaya.repair.package import csv_of, schema_of, write_package

MESSY = (
    "Ejecución 2019;;;\r\n"
    ";;;\r\n"
    "municipio;monto;fecha;\r\n"
    "Flores ;Q 1.234,50;31/12/2019;\r\n"
    "Cobán;s.d.;1/2/2020;\r\n"
    ";;;\r\n"
    "Zacapa;Q 7,00;15/3/2020;\r\n"
    "Jalapa;Q 8,00;16/3/2020;\r\n"
    "Fuente: registro;;;\r\n"
).encode("cp1252")


def rows_of(body: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(body.decode("utf-8"))))


def test_a_messy_table_becomes_tidy() -> None:
    (table,) = repair_bytes(MESSY, url="m.csv").tables
    assert rows_of(csv_of(table)) == [
        ["municipio", "monto", "fecha"],
        ["Flores", "1234.50", "2019-12-31"],
        ["Cobán", "", "2020-02-01"],
        ["Zacapa", "7.00", "2020-03-15"],
        ["Jalapa", "8.00", "2020-03-16"],
    ]
    assert [(each.row, each.column, each.reason) for each in table.alterations] == [
        (4, 1, "spaces"), (4, 2, "grouped"), (5, 2, "blank"), (7, 2, "grouped"), (8, 2, "grouped"),
        (4, 3, "day"), (5, 3, "day"), (7, 3, "day"), (8, 3, "day"),
    ]  # fmt: skip
    codes = {decision.code: decision for decision in table.decisions}
    assert set(codes) == {"titles", "notes", "decimal_mark", "sign", "missing", "date_order"}
    assert codes["notes"].text == "Fuente: registro"
    assert [field["type"] for field in schema_of(table)["fields"]] == ["string", "number", "date"]
    assert schema_of(table)["fields"][1]["unit"] == "Q"


def test_rows_that_could_be_read_in_several_ways_are_kept_aside() -> None:
    (table,) = repair_bytes(b"a,b,c\n1,2,3\n4,5,6,x\n7,8\n9,10,11\n12,13,14\n", url="m.csv").tables
    assert rows_of(csv_of(table))[1:] == [["1", "2", "3"], ["9", "10", "11"], ["12", "13", "14"]]
    assert [(each.row, each.cells) for each in table.aside] == [(3, ("4", "5", "6", "x")), (4, ("7", "8"))]
    assert {doubt.code: doubt.rows for doubt in table.doubts} == {"aside": (3, 4)}


def test_cells_go_back_under_their_columns_where_one_reading_fits() -> None:
    lines = [f"{number},Lugar {chr(97 + number)},{number * 7}.5" for number in range(12)]
    body = "clave,lugar,monto\n" + "\n".join(lines) + "\n12,San José, zona 1,9.5\n"
    (table,) = repair_bytes(body.encode(), url="m.csv").tables
    assert table.rows[-1] == ("12", "San José, zona 1", "9.5")
    assert [(each.row, each.column, each.before, each.after) for each in table.alterations] == [
        (14, 2, "San José", "San José, zona 1"), (14, 3, " zona 1", "9.5"),
    ]  # fmt: skip
    assert not table.aside


def test_a_header_on_every_page_is_told() -> None:
    page = "zona,a,b\nnorte,1,2\nsur,3,4\neste,5,6\noeste,7,8\n"
    (table,) = repair_bytes((page * 6).encode(), url="m.csv").tables
    assert len(table.rows) == 24
    assert [(each.code, each.rows) for each in table.decisions] == [("repeated_header", (6, 11, 16, 21, 26))]


def test_columns_get_a_name_of_their_own() -> None:
    (table,) = repair_bytes(b"lugar,,total,total\nFlores,1,2,3\nCoban,4,5,6\nZacapa,7,8,9\n", url="m.csv").tables
    assert [field.name for field in table.fields] == ["lugar", "column_2", "total", "total_2"]
    assert [(each.column, each.before, each.after) for each in table.alterations] == [
        (2, "", "column_2"), (4, "total", "total_2"),
    ]  # fmt: skip


def test_a_row_that_would_be_blank_keeps_what_it_says() -> None:
    (table,) = repair_bytes(b"casos\n12\nN/D\n15\n16\n", url="m.csv").tables
    assert rows_of(csv_of(table)) == [["casos"], ["12"], ["N/D"], ["15"], ["16"]]
    assert schema_of(table)["missingValues"] == ["", "N/D"]


def test_the_package_says_what_the_tables_are(tmp_path: Path) -> None:
    repair = repair_bytes(MESSY, url="m.csv")
    written = write_package(tmp_path / "out", repair.tables, "m.csv")
    assert sorted(path.name for path in written.files) == [
        "changes.csv", "changes.json", "datapackage.json", "m.csv", "m.parquet",
    ]  # fmt: skip
    package = json.loads(written.descriptor.read_text(encoding="utf-8"))
    (resource,) = package["resources"]
    assert resource["path"] == "m.csv"
    assert resource["description"] == "Ejecución 2019 Fuente: registro"
    table = parquet.read_table(tmp_path / "out" / "m.parquet")
    assert [str(field.type) for field in table.schema] == ["string", "decimal128(6, 2)", "date32[day]"]
    assert [str(value) for value in table.column("monto").to_pylist()] == ["1234.50", "None", "7.00", "8.00"]
    changes = list(csv.DictReader((tmp_path / "out" / "changes.csv").read_text(encoding="utf-8").splitlines()))
    assert len(changes) == 9
    log = json.loads((tmp_path / "out" / "changes.json").read_text(encoding="utf-8"))
    assert log["tables"][0]["altered_cells"] == 9


def test_a_repaired_table_is_known_by_its_package(tmp_path: Path) -> None:
    """Names above names: only the package can tell that the first row is a header."""
    path = tmp_path / "m.json"
    path.write_text('[{"name": "id", "type": "string"}, {"name": "lugar", "type": "string"}]', encoding="utf-8")
    first = repair_file(path)
    written = write_package(tmp_path / "out", first.tables, "m.json")
    second = repair_file(tmp_path / "out" / "m.csv")
    assert [csv_of(table) for table in second.tables] == [csv_of(table) for table in first.tables]
    assert not second.tables[0].changed
    again = write_package(tmp_path / "again", second.tables, "m.csv")
    assert [path.name for path in again.files] == [path.name for path in written.files]
    (tmp_path / "out" / "m.csv").write_text("a,b\n1,N/D\n2,3\n4,5\n", encoding="utf-8")
    assert repair_file(tmp_path / "out" / "m.csv").tables[0].alterations


@pytest.mark.parametrize("held", [1 << 40, 0])
def test_a_table_is_written_whole_or_not_at_all(held: int, monkeypatch: pytest.MonkeyPatch) -> None:
    body = "lugar,casos\n" + "".join(f"lugar {number},{number}\n" for number in range(9_000))
    monkeypatch.setattr("atalaya.repair.file.CELLS", 100_000)
    cut = repair_bytes(body.encode(), url="m.csv", limits=Limits(held=held, frame_bytes=100_000))
    assert (cut.tables, cut.too_large) == ((), ("",))
    monkeypatch.undo()
    (table,) = repair_bytes(body.encode(), url="m.csv", limits=Limits(held=held, frame_bytes=100_000)).tables
    assert len(table.rows) == 9_000


CELLS = st.one_of(
    st.integers(-9999, 9999).map(str),
    st.sampled_from(["Flores", "Cobán", "San José", "N/D", "-", "1.234,5", "31/12/2019", "sí", "no", "2020-01-01"]),
    st.text(alphabet="abc áéñ,;\"'\n", max_size=8),
)


@given(
    st.integers(1, 5).flatmap(
        lambda width: st.lists(st.lists(CELLS, min_size=width, max_size=width), min_size=3, max_size=25)
    )
)
def test_every_cell_is_in_the_table_or_in_the_log(rows: list[list[str]]) -> None:
    """Nothing is lost: what the tidy table does not hold as it was stands in the log, with the row it was in."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([f"columna {chr(97 + place)}" for place in range(len(rows[0]))])
    writer.writerows(rows)
    for table in repair_bytes(out.getvalue().encode(), url="t.csv").tables:
        changed = {(each.row, each.column): each for each in table.alterations}
        assert len(changed) == len(table.alterations)
        for each in table.alterations:
            assert each.before != each.after or each.reason == "spaces"
        assert all(len(row) == len(table.fields) for row in table.rows)
        assert all(any(row) for row in table.rows)
        names = [field.name for field in table.fields]
        assert len(set(names)) == len(names)
        assert all(names)


@pytest.mark.parametrize("as_json", [False, True])
def test_the_command(tmp_path: Path, as_json: bool) -> None:
    path = tmp_path / "m.csv"
    path.write_bytes(MESSY)
    done = CliRunner().invoke(atalaya, ["repair", str(path), *(["--json"] if as_json else [])])
    assert done.exit_code == 0, done.output
    assert (tmp_path / "m.csv-open" / "datapackage.json").is_file()
    if as_json:
        (told,) = json.loads(done.output)["files"]
        assert told["tables"][0]["altered_cells"] == 9
    else:
        assert "monto: the mark before the decimals" in " ".join(done.output.split())


def test_a_file_without_tables_says_so(tmp_path: Path) -> None:
    path = tmp_path / "m.pdf"
    path.write_bytes(b"%PDF-1.4\n%%EOF\n")
    done = CliRunner().invoke(atalaya, ["repair", str(path)])
    assert done.exit_code == 1
    assert "no table could be read" in done.output
    assert not (tmp_path / "m.pdf-open").exists()
