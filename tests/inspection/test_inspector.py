"""Whole inspections: what a file is, what is wrong with it, and that no bytes raise."""

import gzip
import io
import json
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from atalaya.inspection.findings import Inspection
from atalaya.inspection.inspector import inspect_bytes, inspect_file
from atalaya.inspection.limits import Limits

ZipOf = Callable[[Mapping[str, bytes | str]], bytes]
Workbook = Callable[[Mapping[str, list[list[object]]]], bytes]
CSV = "código,lugar,casos\n" + "".join(f"{n},Pueblo {n},{n * 3}\n" for n in range(1, 40))


def codes(inspection: Inspection) -> list[str]:
    return [defect.code for defect in inspection.defects]


def test_a_csv_is_read_to_its_columns() -> None:
    inspection = inspect_bytes(CSV.encode("cp1252"))
    assert (inspection.format, inspection.media_type, inspection.encoding) == ("csv", "text/csv", "cp1252")
    assert inspection.dialect is not None
    assert inspection.dialect.delimiter == ","
    (table,) = inspection.tables
    assert (table.header_row, table.first_data_row, table.rows) == (1, 2, 39)
    assert [(column.name, column.kind) for column in table.columns] == [
        ("código", "integer"),
        ("lugar", "text"),
        ("casos", "integer"),
    ]
    assert inspection.defects == ()


@pytest.mark.parametrize(
    ("data", "url", "expected"),
    [
        (b"", None, "empty_file"),
        (b" \r\n\t\n", None, "empty_file"),
        (b"\xef\xbb\xbf", None, "empty_file"),
        (b"{}", None, "empty_file"),
        (b"a,b,c\n", "https://example.org/a.csv", "header_only"),
        (b"campo,tipo,descripcion\nedad,Entero,cumplidos\nsexo,Texto,registrado\n", None, "schema_only"),
        (b"<html><body>x</body></html>", "https://example.org/a.csv", "html_instead_of_data"),
        (b"<html><title>404 Not Found</title></html>", None, "soft_failure"),
        (b'{"success": false, "error": {"message": "x"}}', None, "soft_failure"),
        (b"<ServiceExceptionReport/>", None, "soft_failure"),
        (b'{"a": [1, 2', None, "truncated"),
        (b"<datos><fila>x</fila>", None, "truncated"),
        (b"%PDF-1.4\n1 0 obj\n", None, "truncated"),
        (b"%PDF-1.4\ntrailer << /Encrypt 5 0 R >>\n%%EOF", None, "password_protected"),
        (b'{"a": 1,, "b": 2}', None, "unreadable"),
        (b"a,b,c\n1,2,3\n4,5\n6,7,8\n9,9,9\n", None, "ragged_rows"),
        (b'<!DOCTYPE a [<!ENTITY b "cccc">]><a>&b;</a>', None, "bomb"),
        (b"[" * 200_000, None, "bomb"),
        ("a,b\né,1\n".encode() * 50 + b"\xe9,2\n", None, "mixed_encodings"),
    ],
)
def test_defects(data: bytes, url: str | None, expected: str) -> None:
    assert expected in codes(inspect_bytes(data, url=url))


def test_a_file_is_judged_by_its_own_name_where_no_address_is_known(tmp_path: Path) -> None:
    path = tmp_path / "datos.csv"
    path.write_text("<html></html>", encoding="utf-8")
    assert codes(inspect_file(path)) == ["html_instead_of_data"]


def test_a_page_that_is_called_a_page_is_no_defect() -> None:
    assert codes(inspect_bytes(b"<html></html>", url="https://example.org/a.html", media_type="text/html")) == []


def test_truncated_archives_are_said_so(zip_of: ZipOf, workbook: Workbook) -> None:
    archive = zip_of({"a.csv": CSV, "b.csv": CSV})
    book = workbook({"h": [["a", "b"], *[[n, n] for n in range(500)]]})
    for data, found in (
        (archive[:-30], "zip"),
        (book[: len(book) // 2], "xlsx"),
        (gzip.compress(CSV.encode())[:-20], "gzip"),
    ):
        inspection = inspect_bytes(data)
        assert inspection.format == found
        assert "truncated" in codes(inspection)


def test_a_single_file_in_an_archive_speaks_for_it(zip_of: ZipOf) -> None:
    for data in (zip_of({"datos.csv": CSV}), gzip.compress(CSV.encode())):
        inspection = inspect_bytes(data)
        assert [member.format for member in inspection.members] == ["csv"]
        assert inspection.encoding == "utf-8"
        assert [table.rows for table in inspection.tables] == [39]


def test_members_are_listed_with_their_true_format(zip_of: ZipOf, workbook: Workbook) -> None:
    data = zip_of(
        {"a.csv": CSV, "b.csv": "<html></html>", "c/d.xlsx": workbook({"h": [["a"], [1]]}), "e.pdf": "%PDF-1.4 %%EOF"}
    )
    inspection = inspect_bytes(data)
    assert [(member.path, member.format) for member in inspection.members] == [
        ("a.csv", "csv"), ("b.csv", "html"), ("c/d.xlsx", "xlsx"), ("e.pdf", "pdf"),
    ]  # fmt: skip
    assert [defect.place for defect in inspection.defects if defect.code == "html_instead_of_data"] == ["b.csv: file"]


def test_a_bomb_ends_within_limits(zip_of: ZipOf) -> None:
    limits = Limits(unpacked=1_000_000)
    inspection = inspect_bytes(zip_of({"big.csv": b"0,0\n" * 5_000_000}), limits=limits)
    assert codes(inspection) == ["bomb"]
    assert inspection.tables == ()


def test_nesting_has_an_end(zip_of: ZipOf) -> None:
    data = CSV.encode()
    for level in range(8):
        data = zip_of({f"{level}.zip": data})
    assert "bomb" in codes(inspect_bytes(data))


def test_too_many_members_are_a_bomb(zip_of: ZipOf) -> None:
    data = zip_of({f"{n}.txt": "x" for n in range(30)})
    inspection = inspect_bytes(data, limits=Limits(members=10))
    assert "bomb" in codes(inspection)
    assert len(inspection.members) == 10


def test_encrypted_members_are_said_so(zip_of: ZipOf) -> None:
    data = bytearray(zip_of({"a.csv": CSV}))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + place] |= 1
    inspection = inspect_bytes(bytes(data))
    assert codes(inspection) == ["password_protected"]


def test_all_sheets_are_tables_with_their_own_row_numbers(workbook: Workbook) -> None:
    shifted: list[list[object]] = [
        ["Informe", None, None],
        [],
        [],
        ["lugar", "casos", "tasa"],
        ["Flores", 1, 0.5],
        ["Cobán", 2, 0.7],
    ]
    data = workbook({"datos": shifted, "_oculta": [["a", "b"], [1, 2]], "vacía": []})
    inspection = inspect_bytes(data)
    first, second = inspection.tables
    assert (first.name, first.header_row, first.first_data_row, first.rows) == ("datos", 4, 5, 2)
    assert [column.kind for column in first.columns] == ["text", "integer", "number"]
    assert second.reason.endswith("the sheet is hidden")


def test_a_table_that_starts_far_inside_a_sheet_keeps_its_row_numbers(workbook: Workbook) -> None:
    rows: list[list[object]] = [[] for _ in range(11)]
    rows += [[None, None, "lugar", "casos"], [None, None, "Flores", 1], [None, None, "Cobán", 2]]
    (table,) = inspect_bytes(workbook({"h": rows})).tables
    assert (table.header_row, [column.name for column in table.columns]) == (12, ["lugar", "casos"])


def test_a_workbook_that_claims_a_huge_sheet_is_an_outcome(workbook: Workbook) -> None:
    source = workbook({"h": [["a", "b"], [1, 2]]})
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(source)) as old, zipfile.ZipFile(out, "w") as new:
        for info in old.infolist():
            content = old.read(info)
            if info.filename.endswith("sheet1.xml"):
                content = content.replace(b'r="B2"', b'r="XFD1048576"').replace(b'<row r="2"', b'<row r="1048576"')
            new.writestr(info, content)
    inspection = inspect_bytes(out.getvalue())
    assert inspection.format == "xlsx"
    assert inspection.defects != ()


def test_excel_xml_is_read(tmp_path: Path) -> None:
    rows = "".join(
        f'<Row><Cell><Data ss:Type="String">{a}</Data></Cell><Cell ss:Index="3"><Data ss:Type="{kind}">{b}</Data></Cell></Row>'
        for a, b, kind in (("lugar", "casos", "String"), ("Flores", "1", "Number"), ("Cobán", "2", "Number"))
    )
    name = (
        'xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"'
    )
    text = f'<?xml version="1.0"?><Workbook {name}><Worksheet ss:Name="H"><Table>{rows}</Table></Worksheet></Workbook>'
    inspection = inspect_bytes(text.encode(), url="https://example.org/datos.xls")
    assert inspection.format == "excel_xml"
    (table,) = inspection.tables
    assert [(column.name, column.kind) for column in table.columns] == [
        ("lugar", "text"),
        ("", "empty"),
        ("casos", "integer"),
    ]


def test_features_and_records_are_tables(feature_collection: bytes) -> None:
    inspection = inspect_bytes(feature_collection)
    assert [column.name for column in inspection.tables[0].columns] == ["n", "lugar", "geometry"]
    nested = json.dumps({"result": {"records": [{"a": 1, "b": None}, {"a": 2, "c": "x"}]}}).encode()
    (table,) = inspect_bytes(nested).tables
    assert (table.name, table.rows) == ("result.records", 2)
    assert [(column.name, column.filled) for column in table.columns] == [("a", 2), ("b", 0), ("c", 1)]


def test_the_content_hash_ignores_dressing(zip_of: ZipOf, workbook: Workbook) -> None:
    lines = CSV.splitlines()
    again = "\r\n".join([lines[0], *reversed(lines[1:])]).replace(",", ";")
    first, second = inspect_bytes(CSV.encode()), inspect_bytes(again.encode("utf-8-sig"))
    assert first.sha256 != second.sha256
    assert first.content_sha256 == second.content_sha256
    one = {"generated_at": "2020-01-01T00:00:00", "data": [{"a": 1}, {"a": 2}]}
    two = {"data": [{"a": 2}, {"a": 1}], "generated_at": "2021-01-01T00:00:00"}
    assert (
        inspect_bytes(json.dumps(one).encode()).content_sha256
        == inspect_bytes(json.dumps(two, indent=1).encode()).content_sha256
    )
    changed = {"data": [{"a": 2}, {"a": 3}], "generated_at": "2021-01-01T00:00:00"}
    assert (
        inspect_bytes(json.dumps(one).encode()).content_sha256
        != inspect_bytes(json.dumps(changed).encode()).content_sha256
    )


def test_a_workbook_written_again_has_the_same_content(workbook: Workbook) -> None:
    sheets: dict[str, list[list[object]]] = {"h": [["a", "b"], [1, 2], [3, 4]]}
    first, second = workbook(sheets), workbook(sheets | {"h": [["a", "b"], [3, 4], [1, 2]]})
    assert first != second
    assert inspect_bytes(first).content_sha256 == inspect_bytes(second).content_sha256


def test_no_cell_value_is_told() -> None:
    secret = "Nombre Apellido"
    text = "lugar,casos,tasa\n" + f'{secret},1,2\n"{secret}",2\n{secret},1,2,{secret}\n' * 9
    assert secret not in repr(inspect_bytes(text.encode()))


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=3_000))
def test_no_bytes_raise(data: bytes) -> None:
    inspection = inspect_bytes(data)
    assert inspection.size == len(data)


@settings(max_examples=200, deadline=None)
@given(
    st.sampled_from(
        [
            b"PK\x03\x04",
            b"PK\x05\x06",
            b"\x1f\x8b\x08",
            b"\x03\x78\x01\x01",
            b"PAR1",
            b"SQLite format 3\0",
            b"<?xml ",
            b"{",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        ]
    ),
    st.binary(max_size=1_500),
)
def test_no_bytes_behind_a_signature_raise(start: bytes, rest: bytes) -> None:
    inspect_bytes(start + rest)
