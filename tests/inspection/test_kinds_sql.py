"""Kinds as DuckDB tells them are those that Python tells."""

from collections.abc import Sequence
from pathlib import Path

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from atalaya.inspection.inspector import inspect_file
from atalaya.inspection.kinds import BOOLEANS, MISSING, is_sure_boolean, text_kind
from atalaya.inspection.kinds_sql import is_blank, is_padded, kind_of, stripped, stripped_of
from atalaya.inspection.kinds_sql import is_sure_boolean as is_sure_boolean_sql
from atalaya.inspection.limits import Limits

WRITTEN = st.one_of(
    st.text(max_size=12),
    st.from_regex(r"\A[-+−(]?(Q|\$|US\$ ?)?[0-9]{1,4}([.,' ][0-9]{3}){0,2}([.,][0-9]{0,3})?(e-?[0-9]+)? ?[%€)]?\Z"),
    st.from_regex(
        r"\A[0-9]{1,4}[-/. ](de )?([0-9]{1,2}|ene|Marzo|sept|dez)[-/. ,](del? )?[0-9]{1,4}([T ][0-9]{1,2}:[0-9]{2})?\Z"
    ),
    st.sampled_from(sorted(MISSING | BOOLEANS)).map(str.upper),
)


def asked(expression: str, texts: Sequence[str]) -> list[object]:
    connection = duckdb.connect(":memory:", config={"threads": 1})
    connection.execute("CREATE TABLE given (place INTEGER, text VARCHAR)")
    connection.executemany("INSERT INTO given VALUES (?, ?)", [[place, text] for place, text in enumerate(texts)])
    found = connection.execute(f"SELECT {expression} FROM given ORDER BY place").fetchall()
    return [value for (value,) in found]


@settings(max_examples=60, deadline=None)
@given(st.lists(WRITTEN, min_size=1, max_size=40))
def test_kinds_of_written_values(texts: list[str]) -> None:
    bare = [text.strip() for text in texts]
    assert dict(zip(bare, asked(kind_of("text"), bare), strict=True)) == {text: text_kind(text) for text in bare}
    assert asked(is_sure_boolean_sql("text"), bare) == list(map(is_sure_boolean, bare))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(alphabet=" \t\n\x1c\x85\xa0\u2003\u3000aé😀", max_size=5), min_size=1, max_size=40))
def test_spaces_around(texts: list[str]) -> None:
    bare = [text.strip() for text in texts]
    assert asked(stripped("text"), texts) == bare
    assert asked(is_padded("text"), texts) == [text != text.strip() for text in texts]
    assert asked(is_blank("text"), texts) == [not text for text in bare]
    edges = "".join({letter for text in texts for letter in text[:1] + text[-1:] if letter.isspace()})
    assert asked(stripped_of("text", edges), texts) == bare


@pytest.mark.parametrize("text", sorted(MISSING | BOOLEANS))
def test_every_listed_word(text: str) -> None:
    assert asked(kind_of("text"), [text, text.upper()]) == [text_kind(text), text_kind(text.upper())]


@pytest.mark.real
def test_kinds_of_recorded_values(corpora: Path) -> None:
    seen: set[str] = set()
    for path in sorted((corpora / "latam_tables").rglob("*.csv")):
        for table in inspect_file(path, limits=Limits(cells_kept=True, held=1 << 40)).tables:
            assert table.frame is not None
            seen.update(text for column in table.frame.columns for text in column.texts)
    assert len(seen) > 20_000
    texts = sorted(seen)
    for start in range(0, len(texts), 5_000):
        some = texts[start : start + 5_000]
        told = asked(kind_of("text"), some)
        assert [text for text, kind in zip(some, told, strict=True) if kind != text_kind(text)] == []
