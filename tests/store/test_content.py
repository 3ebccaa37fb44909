"""The content hash of columns is the sha256 of the canonical lines of their rows."""

import hashlib

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from atalaya.exceptions import StoreError
from atalaya.store.content import ContentHash, OrderError
from atalaya.store.parts import canonical_json
from atalaya.store.seal import arrow_schema
from atalaya.store.tables import TableShape

SHAPE = TableShape("t", ("key", "n"), {"key": "text", "n": "integer", "x": "number", "yes": "boolean", "said": "json"})
ROWS = st.fixed_dictionaries(
    {
        "key": st.text(st.characters(exclude_categories=["Cs"]), max_size=3),
        "n": st.integers(-(2**63), 2**63 - 1),
        "x": st.none() | st.floats(allow_nan=False, allow_infinity=False),
        "yes": st.none() | st.booleans(),
        "said": st.none() | st.text(st.characters(exclude_categories=["Cs"]), max_size=5),
    }
)


def hashed(rows: list[dict[str, object]], size: int, *, coded: bool = False) -> str:
    content = ContentHash(SHAPE)
    for start in range(0, len(rows), size):
        batch = pa.RecordBatch.from_pylist(rows[start : start + size], arrow_schema(SHAPE))
        if coded:
            columns = [c.dictionary_encode() if pa.types.is_string(c.type) else c for c in batch.columns]
            batch = pa.record_batch(columns, batch.schema.names)
        content.add(batch)
    return content.hexdigest()


@given(st.lists(ROWS, unique_by=lambda row: (row["key"], row["n"])), st.integers(1, 4), st.booleans())
def test_columns_are_hashed_as_lines(rows: list[dict[str, object]], size: int, coded: bool) -> None:
    rows = sorted(rows, key=lambda row: (str(row["key"]).encode(), row["n"]))
    lines = [list(SHAPE.columns), *([row[name] for name in SHAPE.columns] for row in rows)]
    wanted = hashlib.sha256("".join(canonical_json(line) + "\n" for line in lines).encode()).hexdigest()
    assert hashed(rows, size, coded=coded) == wanted


def row(key: str | None, n: int) -> dict[str, object]:
    return {"key": key, "n": n, "x": None, "yes": None, "said": None}


@pytest.mark.parametrize("size", [1, 2, 9])
def test_rows_that_share_a_key_are_refused(size: int) -> None:
    with pytest.raises(StoreError, match=r"\('b', 1\) of t"):
        hashed([row("a", 1), row("b", 1), row("b", 1), row("c", 0)], size)


@pytest.mark.parametrize("size", [1, 2, 9])
def test_rows_out_of_order_are_told(size: int) -> None:
    with pytest.raises(OrderError):
        hashed([row("a", 1), row("b", 1), row("b", 0)], size)


def test_an_empty_key_is_refused() -> None:
    with pytest.raises(StoreError, match="its key is empty"):
        hashed([row("a", 1), row(None, 1)], 2)
