"""Rows by column that fit into memory: their different texts counted, and the hash of all rows, with Arrow.

The results are those of `BulkTable`, which counts the rows that do not fit.
"""

import hashlib
from collections.abc import Container, Sequence
from concurrent.futures import ThreadPoolExecutor

import pyarrow as pa
import pyarrow.compute as pc

from atalaya.inspection.canonical import SORTED_ROWS, RowsHash
from atalaya.inspection.kinds_sql import BLANKS

_THREADS = 2
_BETWEEN = "\x1f"
_TOGETHER = 10_000
"""Rows that are joined and hashed together."""


def count_texts(columns: "Sequence[pa.ChunkedArray]") -> "pa.Table":
    """The different texts of each column (`place`, from 0; `raw`) with how many cells hold each (`cells`)."""
    with ThreadPoolExecutor(_THREADS) as threads:
        counted = list(threads.map(pc.value_counts, columns))
    return pa.concat_tables(
        pa.table(
            {
                "place": pa.repeat(pa.scalar(place, pa.uint16()), len(found)),
                "raw": found.field("values"),
                "cells": found.field("counts"),
            }
        )
        for place, found in enumerate(counted)
    )


def hash_rows(rows: "pa.Table", padded: Container[int], volatile: Container[int]) -> RowsHash:
    """The hash of all rows: of the columns, and last the texts beyond them. Columns with spaces around texts are `padded`."""
    hashed = RowsHash()
    if len(rows) <= SORTED_ROWS:
        hashed.add(joined(rows, padded, volatile).cast(pa.string()).to_pylist())
        return hashed
    total, seen = 0, set()
    for start in range(0, len(rows), _TOGETHER):
        for row in joined(rows.slice(start, _TOGETHER), padded, volatile).to_pylist():
            found = hashlib.sha256(row.rstrip(b"\x1f")).digest()
            total += int.from_bytes(found, "big")
            seen.add(found)
    return RowsHash.of_sum(len(rows), total, len(rows) - len(seen))


def joined(rows: "pa.Table", padded: Container[int], volatile: Container[int]) -> "pa.ChunkedArray":
    """Each row as one text, in UTF-8."""
    columns: list[pa.ChunkedArray | pa.Scalar] = []
    for place, column in enumerate(rows.columns[:-1]):
        if place in volatile:
            columns.append(pa.scalar(""))
        else:
            columns.append(pc.utf8_trim(column, characters=BLANKS) if place in padded else column)
    whole = pa.chunked_array(
        pc.binary_join_element_wise(*columns, rows.columns[-1], _BETWEEN, null_handling="skip"), pa.string()
    )
    return whole.cast(pa.binary())
