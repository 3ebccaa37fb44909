"""Lines and rows of delimited text: nothing is lost, whatever quotes and escapes do."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atalaya.inspection.findings import Dialect
from atalaya.inspection.records import lines, read_records, read_rows

COMMAS = Dialect(delimiter=",")


def read(text: str, dialect: Dialect = COMMAS) -> list[list[str]]:
    return list(read_rows(lines(text), dialect))


def test_lines_keep_their_ends_and_lose_nothing() -> None:
    text = "a\r\nb\rc\n\nd"
    assert list(lines(text)) == ["a\r\n", "b\r", "c\n", "\n", "d"]


@given(st.text(max_size=200))
def test_lines_lose_no_character(text: str) -> None:
    assert "".join(lines(text)) == text


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ('a,"b ""c"" d",e\n', ["a", 'b "c" d', "e"]),
        ('1,"5" tube",x\n', ["1", '5" tube', "x"]),
        ('"Ana" Soto,12,34\n', ['"Ana" Soto', "12", "34"]),
        ('a,5" tube,c\n', ["a", '5" tube', "c"]),
        ('a,""Both of them",b\n', ["a", '"Both of them', "b"]),
        ('"a,b,"c",d\n', ['"a', "b", "c", "d"]),
        ('x,"a\nb",y\n', ["x", "a\nb", "y"]),
        ('x,"a ""b""\nc",y\n', ["x", 'a "b"\nc', "y"]),
        ('"",x,""\n', ["", "x", ""]),
    ],
)
def test_quotes_keep_their_text(text: str, row: list[str]) -> None:
    assert read(text) == [row]


def test_a_quote_that_opens_and_never_closes_swallows_no_line() -> None:
    text = 'a,b,"\n1,2,"x, y"\n3,4,z\n'
    assert read(text) == [["a", "b", '"'], ["1", "2", "x, y"], ["3", "4", "z"]]


def test_a_backslash_escapes_quotes_and_itself_only() -> None:
    text = '"48\\"","8\\\'9\\" l","c:\\\\d",5\\" x,\\N\n'
    assert read(text, Dialect(delimiter=",", escape="\\")) == [['48"', "8\\'9\" l", "c:\\d", '5" x', "\\N"]]


def test_spaces_behind_delimiters() -> None:
    text = 'a, "b, c", "d "x" y"\n'
    assert read(text, Dialect(delimiter=",", skip_initial_space=True)) == [["a", "b, c", 'd "x" y']]


CELL = st.text(alphabet="ab1 \\\"'\n,;\t|", max_size=6)


@given(
    rows=st.lists(st.lists(CELL, min_size=1, max_size=4), min_size=1, max_size=4),
    delimiter=st.sampled_from(",;\t| "),
    quote=st.sampled_from("\"'"),
    style=st.sampled_from(["minimal", "all", "escaped"]),
    end=st.sampled_from(["\n", "\r\n"]),
)
def test_any_table_written_in_any_dialect_reads_back(
    rows: list[list[str]], delimiter: str, quote: str, style: str, end: str
) -> None:
    out = io.StringIO(newline="")
    escaped = style == "escaped"
    writer = csv.writer(
        out,
        delimiter=delimiter,
        quotechar=quote,
        quoting=csv.QUOTE_MINIMAL if style == "minimal" else csv.QUOTE_ALL,
        doublequote=not escaped,
        escapechar="\\" if escaped else None,
        lineterminator=end,
    )
    writer.writerows(rows)
    dialect = Dialect(delimiter=delimiter, quote=quote, escape="\\" if escaped else None)
    assert read(out.getvalue(), dialect) == rows


@given(st.text(alphabet='ab,"\n', max_size=60))
def test_records_hold_every_line_once(text: str) -> None:
    records = list(read_records(lines(text), COMMAS))
    assert "".join(record.raw for record in records) == text
    assert [record.row for record in records] == list(range(1, len(records) + 1))


@given(st.text(alphabet='ab,"', max_size=40))
def test_no_letter_of_a_line_is_lost(text: str) -> None:
    """Whatever stands between quotes: letters come back in order, and none is added."""
    cells = [cell for row in read(text + "\n") for cell in row]
    assert "".join(filter(str.isalpha, "".join(cells))) == "".join(filter(str.isalpha, text))


def test_a_record_knows_its_lines() -> None:
    records = list(read_records(lines('a,b\n"x\ny",2\n3,4\n'), COMMAS))
    assert [(record.row, record.line, record.raw) for record in records] == [
        (1, 1, "a,b\n"),
        (2, 2, '"x\ny",2\n'),
        (3, 4, "3,4\n"),
    ]
