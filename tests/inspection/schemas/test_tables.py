"""The rows of files as people number them: texts, workbooks, JSON, packed files, and files that give none."""

import gzip
import json
from collections.abc import Callable, Mapping

import pytest

from atalaya.inspection.schemas.dialect import TableDialect
from atalaya.inspection.schemas.tables import Unreadable, open_table

ZipOf = Callable[[Mapping[str, bytes | str]], bytes]
Workbook = Callable[[Mapping[str, list[list[object]]]], bytes]
CSV = b"a;b\n1;2\n\n3;4\n"


def read(
    data: bytes, dialect: TableDialect | None = None, encoding: str | None = None
) -> tuple[object, list[tuple[int, list[object]]]]:
    table = open_table(data, dialect, encoding=encoding)
    return table.labels, [(number, list(cells)) for number, cells in table.rows]


def test_delimiter_and_rows_of_a_text() -> None:
    assert read(CSV) == (("a", "b"), [(2, ["1", "2"]), (3, []), (4, ["3", "4"])])


def test_a_declared_delimiter_rules() -> None:
    assert read(CSV, TableDialect(delimiter=","))[0] == ("a;b",)


def test_one_column_is_a_table_too() -> None:
    assert read(b"nombre\na\nb\n") == (("nombre",), [(2, ["a"]), (3, ["b"])])


def test_cells_with_line_ends_are_one_row() -> None:
    assert read(b'a,b\n"x\ny",1\nz,2\n')[1] == [(2, ["x\ny", "1"]), (3, ["z", "2"])]


def test_header_rows_comments_and_blank_rows() -> None:
    data = b"titulo,,\n2020,2020,\nene,feb,\n# nota,,\n1,2,3\n,,\n4,5,6\n"
    dialect = TableDialect(header_rows=(2, 3), header_join=" ", comment_char="#", skip_blank_rows=True)
    labels, rows = read(data, dialect)
    assert labels == ("2020 ene", "2020 feb", "")
    assert rows == [(5, ["1", "2", "3"]), (7, ["4", "5", "6"])]


def test_without_a_header_every_row_is_data() -> None:
    assert read(b"1,2\n3,4\n", TableDialect(header_rows=())) == (None, [(1, ["1", "2"]), (2, ["3", "4"])])


def test_rows_that_are_comments_and_texts_that_are_null() -> None:
    dialect = TableDialect(comment_rows=frozenset({2}), null_sequence="\\N")
    assert read(b"a,b\nx,y\n1,\\N\n", dialect)[1] == [(3, ["1", None])]


@pytest.mark.parametrize("encoding", [None, "cp1252"])
def test_encodings(encoding: str | None) -> None:
    assert read("año,b\nQuiché,1\nPetén,2\n".encode("cp1252"), None, encoding)[0] == ("año", "b")


def test_a_declared_encoding_is_strict() -> None:
    with pytest.raises(Unreadable, match="it is not utf-8: byte 2") as told:
        read("año,b\n".encode("cp1252"), None, "utf-8")
    assert told.value.code == "encoding_error"
    with pytest.raises(Unreadable, match="unknown"):
        read(b"a,b\n", None, "utf-9")
    assert read("\ufeffa,b\n".encode(), None, "utf-8")[0] == ("a", "b")


def test_workbooks(workbook: Workbook) -> None:
    data = workbook({"uno": [["a", "b"], [1, None], [None, 2.5]], "dos": [["c"], ["x"]]})
    assert read(data) == (("a", "b"), [(2, [1, ""]), (3, ["", 2.5])])
    assert read(data, TableDialect(sheet_name="dos"))[0] == ("c",)
    assert read(data, TableDialect(sheet_number=2))[0] == ("c",)
    with pytest.raises(Unreadable, match="no sheet 'tres'"):
        read(data, TableDialect(sheet_name="tres"))


def test_json_rows_and_objects() -> None:
    assert read(json.dumps([["a", "b"], [1, "x"]]).encode()) == (("a", "b"), [(2, [1, "x"])])
    assert read(json.dumps([{"a": 1}, {"b": 2}]).encode()) == (("a", "b"), [(2, [1, None]), (3, [None, 2])])


def test_packed_files(zip_of: ZipOf) -> None:
    assert read(gzip.compress(CSV)) == read(CSV)
    assert read(zip_of({"a.csv": CSV})) == read(CSV)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "source_error"),
        (b"%PDF-1.4 \0\1%%EOF", "format_error"),
        (b"\0\1\2\3" * 99, "format_error"),
        (b'{"a": 1}', "source_error"),
        (gzip.compress(b"a,b\n1,2\n")[:-9], "compression_error"),
        (b"PK\x03\x04nada", "compression_error"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "format_error"),
    ],
)
def test_files_without_rows(data: bytes, code: str) -> None:
    with pytest.raises(Unreadable) as told:
        read(data)
    assert told.value.code == code


def test_a_header_that_is_not_there(zip_of: ZipOf) -> None:
    with pytest.raises(Unreadable, match="before its header"):
        read(b"a,b\n", TableDialect(header_rows=(4,)))
    with pytest.raises(Unreadable, match="holds 2 files"):
        read(zip_of({"a.csv": CSV, "b.csv": CSV}))
