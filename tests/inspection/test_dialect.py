"""Dialects: delimiter, quote, escape and line end by how rows agree."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atalaya.inspection.dialect import detect_dialect, lines, read_rows
from atalaya.inspection.findings import Dialect


@pytest.mark.parametrize(
    ("text", "delimiter", "quote", "escape", "line_end"),
    [
        ("a,b,c\n1,2,3\n4,5,6\n", ",", None, None, "\n"),
        ("a;b;c\r\n1,5;2;3\r\n4,5;5;6\r\n", ";", None, None, "\r\n"),
        ("a\tb\n1\t2\n", "\t", None, None, "\n"),
        ("a|b|c\n1|2|3\n", "|", None, None, "\n"),
        ('a,b\n"x, y",2\n"z ""w""",3\n', ",", '"', None, "\n"),
        ("a,b\n'x, y',2\n'z, w',3\n", ",", "'", None, "\n"),
        ('a,b\n"x \\"y\\" z",2\n"z \\"q\\" r",3\n', ",", '"', "\\", "\n"),
        ("a,b\r1,2\r3,4\r", ",", None, None, "\r"),
        ("nombre;valor\nUno, dos;1\nTres, cuatro;2\n", ";", None, None, "\n"),
    ],
)
def test_reads_how_it_is_written(
    text: str, delimiter: str, quote: str | None, escape: str | None, line_end: str
) -> None:
    guess = detect_dialect(text)
    assert guess is not None
    dialect = guess.dialect
    assert (dialect.delimiter, dialect.quote, dialect.escape, dialect.line_end) == (delimiter, quote, escape, line_end)


def test_a_first_line_may_declare_the_delimiter() -> None:
    guess = detect_dialect("sep=;\na;b\n1;2\n")
    assert guess is not None
    assert guess.separator_line
    assert guess.dialect.delimiter == ";"


def test_spaces_after_delimiters_are_skipped() -> None:
    guess = detect_dialect('a, b, c\n1, "x, y", 3\n4, "z", 6\n')
    assert guess is not None
    assert guess.dialect.skip_initial_space
    assert list(read_rows(lines('1, "x, y", 3\n'), guess.dialect)) == [["1", "x, y", "3"]]


def test_titles_above_a_table_do_not_hide_it() -> None:
    text = "Ministerio de Salud\nReporte, mensual\n\n" + "a;b;c\n" + "1;2;3\n" * 20
    guess = detect_dialect(text)
    assert guess is not None
    assert (guess.dialect.delimiter, guess.width) == (";", 3)


@pytest.mark.parametrize("text", ["", "una\ndos\ntres\n", "12\n13\n14\n"])
def test_one_column_has_no_dialect(text: str) -> None:
    assert detect_dialect(text) is None


def test_lines_keep_their_ends_and_lose_nothing() -> None:
    text = "a\r\nb\rc\n\nd"
    assert list(lines(text)) == ["a\r\n", "b\r", "c\n", "\n", "d"]


CELL = st.text(alphabet="abcdefgh 0123456789.áé", min_size=1, max_size=8).filter(lambda text: text.strip() == text)


@given(
    st.integers(2, 6).flatmap(
        lambda width: st.lists(st.lists(CELL, min_size=width, max_size=width), min_size=4, max_size=12)
    ),
    st.sampled_from([",", ";", "\t", "|"]),
)
def test_a_written_table_comes_back(rows: list[list[str]], delimiter: str) -> None:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator="\n").writerows(rows)
    guess = detect_dialect(out.getvalue())
    assert guess is not None
    assert guess.dialect.delimiter == delimiter
    assert list(read_rows(lines(out.getvalue()), guess.dialect)) == rows


@given(st.text(max_size=200))
def test_lines_lose_no_character(text: str) -> None:
    assert "".join(lines(text)) == text


def test_a_quote_that_is_not_there_is_none() -> None:
    assert Dialect(delimiter=",", quote=None).quote is None
