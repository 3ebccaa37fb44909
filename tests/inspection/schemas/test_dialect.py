"""Dialect descriptors: of CSV and of tables, strictly."""

import pytest

from atalaya.inspection.schemas.dialect import TableDialect, read_dialect


def test_what_is_not_said_is_found_by_looking() -> None:
    assert read_dialect({}) == (TableDialect(), ())


def test_a_whole_dialect_is_read() -> None:
    dialect, problems = read_dialect(
        {
            "delimiter": ";", "quoteChar": "'", "doubleQuote": False, "escapeChar": "\\", "skipInitialSpace": True,
            "headerRows": [3, 2], "headerJoin": ".", "commentChar": "#", "commentRows": [4], "nullSequence": "\\N",
            "lineTerminator": "\r\n", "csvddfVersion": 1.2, "skipBlankRows": True,
        }
    )  # fmt: skip
    assert problems == ()
    assert dialect is not None
    assert (dialect.delimiter, dialect.quote, dialect.escape, dialect.double_quote) == (";", "'", "\\", False)
    assert (dialect.header_rows, dialect.header_join, dialect.comment_char) == ((2, 3), ".", "#")
    assert (dialect.comment_rows, dialect.null_sequence, dialect.skip_blank_rows) == (frozenset({4}), "\\N", True)


def test_no_header_and_no_quotes() -> None:
    dialect, _ = read_dialect({"header": False, "quoteChar": None, "csv": {"delimiter": "|"}})
    assert dialect is not None
    assert (dialect.header_rows, dialect.no_quote, dialect.delimiter) == ((), True, "|")


@pytest.mark.parametrize(
    ("value", "place"),
    [
        ([], "dialect"),
        ({"delimiter": ";;"}, "dialect.delimiter"),
        ({"delimiter": 1}, "dialect.delimiter"),
        ({"header": "no"}, "dialect.header"),
        ({"headerRows": [0]}, "dialect.headerRows"),
        ({"commentRows": ["2"]}, "dialect.commentRows"),
        ({"sheetNumber": True}, "dialect.sheetNumber"),
    ],
)
def test_what_cannot_be_used(value: object, place: str) -> None:
    dialect, problems = read_dialect(value)
    assert dialect is None
    assert [(problem.place, problem.severity) for problem in problems] == [(place, "error")]


def test_an_unknown_key_is_reported() -> None:
    dialect, problems = read_dialect({"delimeter": ";"})
    assert dialect == TableDialect()
    assert "did you mean 'delimiter'" in str(problems[0])
