"""Rows by column that fit into memory: their different texts counted, and the hash of all rows, with Arrow.

The results are those of `BulkTable`, which counts the rows that do not fit. Memory is that of the system: the pool of Arrow gives
large blocks back at once, and clearing new ones took as long as counting.
"""

import hashlib
from collections.abc import Container, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from atalaya.inspection.canonical import SORTED_ROWS, RowsHash
from atalaya.inspection.kinds_sql import BLANKS

_THREADS = 2
_BETWEEN = "\x1f"
_LEAST_SEEN, _SEEN = np.uint8(0x21), np.uint8(0x7E - 0x21)
"""The first byte that is surely no space, and how many more follow it."""
_TOGETHER = 10_000
"""Rows that are joined and hashed together."""


@dataclass(frozen=True, slots=True)
class Counted:
    """The different texts of all columns (`place`, from 0; `raw`) with how many cells hold each (`cells`), and the columns in
    which texts may have spaces around them."""

    texts: "pa.Table"
    loose: frozenset[int]


def count_texts(columns: "Sequence[pa.ChunkedArray]") -> Counted:
    """What is counted of some columns."""
    with ThreadPoolExecutor(_THREADS) as threads:
        counted = list(threads.map(_count, range(len(columns)), columns))
    texts = pa.concat_tables(found for found, _ in counted)
    return Counted(texts, frozenset(place for place, (_, loose) in enumerate(counted) if loose))


def _count(place: int, column: "pa.ChunkedArray") -> "tuple[pa.Table, bool]":
    """The different texts of a column, and whether one of them may have spaces around it."""
    found = pc.value_counts(column, memory_pool=pa.system_memory_pool())
    raw = found.field("values")
    places = pa.repeat(pa.scalar(place, pa.uint16()), len(found))
    return pa.table({"place": places, "raw": raw, "cells": found.field("counts")}), _may_be_padded(raw)


def _may_be_padded(texts: "pa.StringArray") -> bool:
    """Whether a text begins or ends with a space, or with a part of a character that may be one."""
    _, ends, held = texts.buffers()
    if held is None or not len(held):
        return False
    edges = np.frombuffer(ends, np.int32)[texts.offset : texts.offset + len(texts) + 1]
    data = np.frombuffer(held, np.uint8)
    some = edges[1:] > edges[:-1]
    firsts, lasts = data[edges[:-1][some]], data[edges[1:][some] - 1]
    return bool(((firsts - _LEAST_SEEN > _SEEN) | (lasts - _LEAST_SEEN > _SEEN)).any())


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
        pc.binary_join_element_wise(
            *columns, rows.columns[-1], _BETWEEN, null_handling="skip", memory_pool=pa.system_memory_pool()
        ),
        pa.string(),
    )
    return whole.cast(pa.binary())
