"""Dialects: delimiter, quote, escape and line end by how rows agree."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atalaya.inspection.dialect import detect_dialect, told_by_name
from atalaya.inspection.records import lines, read_rows


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


@pytest.mark.parametrize(
    ("text", "delimiter"),
    [
        ("lugar;valor\n" + "1,5;2,5\n" * 6, ";"),
        ("12,50;2020-01-01 10:00\n7,25;2020-01-02 11:00\n3,10;2020-01-03 12:00\n", ";"),
        ("a|b\n" + "uno, dos|tres, cuatro\n" * 4, "|"),
    ],
)
def test_decimal_commas_and_commas_in_texts_do_not_delimit(text: str, delimiter: str) -> None:
    guess = detect_dialect(text)
    assert guess is not None
    assert guess.dialect.delimiter == delimiter


def test_double_quotes_that_were_doubled_before_the_quotes_were_changed() -> None:
    text = "a,b\n" + "'It's 10\"\", blue','x'\n" * 3
    guess = detect_dialect(text)
    assert guess is not None
    assert (guess.dialect.quote, guess.dialect.escape) == ("'", '"')
    assert list(read_rows(lines(text), guess.dialect))[1] == ["It's 10\", blue", "x"]


def test_a_backslash_among_many_bare_quotes_is_none() -> None:
    text = "a,b\n" + "'It's, so','x'\n" * 5 + "'8\\'9, so','y'\n"
    guess = detect_dialect(text)
    assert guess is not None
    assert guess.dialect.escape is None
    assert list(read_rows(lines(text), guess.dialect))[6] == ["8\\'9, so", "y"]


def test_delimiters_are_escaped_where_nothing_is_quoted() -> None:
    text = "a,b\n" + "1\\,5,2\n" * 3
    guess = detect_dialect(text)
    assert guess is not None
    assert (guess.dialect.quote, guess.dialect.escape) == (None, "\\")
    assert list(read_rows(lines(text), guess.dialect))[1] == ["1,5", "2"]


def test_quotes_far_behind_the_sample_are_seen() -> None:
    text = "a,b\n" + "1,2\n" * 1_000 + '"x, y",3\n'
    guess = detect_dialect(text)
    assert guess is not None
    assert list(read_rows(lines(text), guess.dialect))[-1] == ["x, y", "3"]


def test_tables_under_each_other_are_tables() -> None:
    guess = detect_dialect("a,b,c\n" + "1,2,3\n" * 5 + "d,e\n" + "1,2\n" * 5)
    assert guess is not None
    assert guess.score > 0.5


def test_titles_and_notes_around_a_short_table_do_not_hide_it() -> None:
    titles = "Ministerio\nReporte mensual\nCifras preliminares\nDatos del censo\nVersión 2\n"
    guess = detect_dialect(titles + "a|b|c\n1|2|3\n4|5|6\n7|8|9\nFuente: censo\nNota: preliminar\n")
    assert guess is not None
    assert (guess.dialect.delimiter, guess.width, guess.score > 0.45) == ("|", 3, True)


@pytest.mark.parametrize(
    ("text", "width", "rows"),
    [
        ('mail\n"a@example.org, b@example.org"\nc@example.org\n', 1, [["mail"], ["a@example.org, b@example.org"]]),
        ("texto\nuno, dos\ntres\n", 1, [["texto"], ["uno, dos"]]),
        ("id,name,age\n1,John\n2,Julie,26,x\n", 3, [["id", "name", "age"], ["1", "John"]]),
    ],
)
def test_what_only_its_name_calls_a_table(text: str, width: int, rows: list[list[str]]) -> None:
    guess = told_by_name(text)
    assert guess.width == width
    assert list(read_rows(lines(text), guess.dialect))[:2] == rows


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
