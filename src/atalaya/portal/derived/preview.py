"""The first rows of a file as everybody may see them (architecture, rule 9).

A value is shown where its column is not personal, free text or nearly unique, and at least ten cells of the column hold it. Of a
file in which any column seems personal nothing is shown.
"""

from collections import Counter

from atalaya.inspection.findings import Inspection, Table
from atalaya.inspection.showing import LEAST_SEEN, is_guarded
from atalaya.publish.dumps.masking import masked

ROWS = 10
TABLES = 3
COLUMNS = 40
CHARACTERS = 80


def preview_of(inspection: Inspection) -> dict[str, object]:
    """What a page shows of a file; the file must have been read with its cells and descriptions."""
    if any(column.personal for table in inspection.tables for column in table.columns):
        return {"personal": True, "tables": []}
    shown = [table for table in inspection.data_tables if table.frame is not None and table.columns and table.rows]
    return {"personal": False, "tables": [_table(table) for table in shown[:TABLES]]}


def _table(table: Table) -> dict[str, object]:
    frame = table.frame
    assert frame is not None, "tables without cells were left out"
    columns: list[list[str | None]] = []
    heads: list[dict[str, object]] = []
    for column in table.columns[:COLUMNS]:
        texts = list(frame.columns[column.position - 1]) if column.position <= len(frame.columns) else []
        held = is_guarded(column)
        counts = Counter() if held else Counter(texts)
        heads.append({"name": str(masked(column.name))[:CHARACTERS], "kind": column.kind, "held": held})
        columns.append([_cell(text, counts) for text in texts[:ROWS]])
    return {
        "name": table.name[:CHARACTERS],
        "rows": table.rows,
        "columns": heads,
        "more": max(0, len(table.columns) - COLUMNS),
        "cells": [list(row) for row in zip(*columns, strict=True)],
        "shown": any(cell and cell.strip() for column in columns for cell in column),
    }


def _cell(text: str, counts: Counter[str]) -> str | None:
    """A cell that may be shown; an empty one is, None stands for one that may not."""
    return text[:CHARACTERS] if not text.strip() or counts[text] >= LEAST_SEEN else None
