"""Parquet: the rows of all its row groups, with the names of its schema."""

from __future__ import annotations

import io
import json

import pyarrow as pa
import pyarrow.parquet as pq

from atalaya.inspection.natives.messages import CHUNK, fault, table

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from atalaya.inspection.natives.messages import Budget, Message

_BATCH = 16 * CHUNK
"""Rows that are unpacked at once."""


def read(data: bytes, budget: Budget) -> Iterator[Message]:
    """The one table of a Parquet file."""
    pa.set_cpu_count(1)
    pa.set_io_thread_count(1)
    try:
        source = pq.ParquetFile(io.BytesIO(data), memory_map=False, pre_buffer=False)
        names = list(source.schema_arrow.names)
        cells = source.metadata.num_rows * max(len(names), 1)
        if cells > budget.column_cells:
            yield fault("too_large", "file", f"{cells} cells are more than are read")
            return
        yield table("", names)
        for batch in source.iter_batches(batch_size=_BATCH, use_threads=False):
            columns = [as_cells(column) for column in batch.columns]
            rows = list(zip(*columns, strict=True))
            for start in range(0, len(rows), CHUNK):
                yield ("rows", rows[start : start + CHUNK])
    except (pa.ArrowException, OSError, ValueError) as error:
        cut = not data.endswith(b"PAR1")
        detail = f"the file cannot be read: {type(error).__name__}"
        yield fault("truncated" if cut else "unreadable", "file", detail)


def as_cells(column: Any) -> list[Any]:
    """A column as plain values: numbers, truth values and texts as they are, dates as ISO texts, lists and records as JSON."""
    kind = column.type
    if pa.types.is_dictionary(kind):
        values = as_cells(column.dictionary)
        return [None if code is None else values[code] for code in column.indices.to_pylist()]
    if pa.types.is_string(kind) or pa.types.is_large_string(kind):
        encoded = column.dictionary_encode()
        words = encoded.dictionary.to_pylist()
        return [None if code is None else words[code] for code in encoded.indices.to_pylist()]
    if pa.types.is_integer(kind) or pa.types.is_floating(kind) or pa.types.is_boolean(kind) or pa.types.is_null(kind):
        return list(column.to_pylist())
    if pa.types.is_binary(kind) or pa.types.is_large_binary(kind) or pa.types.is_fixed_size_binary(kind):
        return [None if value is None else _bytes_text(value) for value in column.to_pylist()]
    if pa.types.is_nested(kind):
        return [None if value is None else _as_json(value) for value in column.to_pylist()]
    return [None if value is None else str(value) for value in column.to_pylist()]


def _bytes_text(value: bytes) -> str:
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError:
        return "blob"


def _as_json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, default=str)
