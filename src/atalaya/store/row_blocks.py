"""Rows of one table that a unit writes as columns: where rows are many and alike, each name and each value is written once.

A block stands on a line of its part of its own, `{"c": …}`; whoever reads rows gets rows.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import orjson

from atalaya.store.tables import TABLES, Row

PREFIX = b'{"c":'
"""How the line of a block begins."""


@dataclass(frozen=True, slots=True)
class RowBlock:
    """Rows of one table, all with values of plain types in the columns that they have; whole numbers fit into 64 bits."""

    table: str
    rows: Sequence[Row]


def line_of(block: RowBlock) -> bytes:
    """The line of a block. A column that holds one value throughout is written once, and one without any not at all."""
    columns: dict[str, Any] = {}
    for name in TABLES[block.table].columns:
        values = [row.get(name) for row in block.rows]
        if values.count(values[0]) < len(values):
            columns[name] = values
        elif values[0] is not None:
            columns[name] = {"all": values[0]}
    body = {"table": block.table, "size": len(block.rows), "columns": columns}
    return orjson.dumps({"c": body}, option=orjson.OPT_APPEND_NEWLINE)


def rows_of(line: bytes, tables: Collection[str] | None = None) -> Iterator[tuple[str, Row]]:
    """The rows of a line with their table, of these tables or of all. Raises ValueError or KeyError where it is damaged."""
    body = orjson.loads(line)["c"]
    table, size = body["table"], body["size"]
    if tables is not None and table not in tables:
        return
    columns = [_values(body["columns"].get(name), size) for name in TABLES[table].columns]
    for values in zip(*columns, strict=True):
        yield table, dict(zip(TABLES[table].columns, values, strict=True))


def _values(written: Any, size: int) -> list[Any]:
    if isinstance(written, list):
        return written
    return [written["all"] if written is not None else None] * size
