"""Inspections as rows of the tables."""

from collections import Counter
from dataclasses import asdict, replace
from typing import Any

from atalaya.inspection.findings import Column, Inspection
from atalaya.store.tables import Row

_NOT_STORED = frozenset({"columns", "extent", "frame", "tallies"})
"""What tables hold that is no row of `inspections`: columns have rows of their own, cells and their places are in the archive."""
_NOT_STORED_OF_DOCUMENTS = ("title", "opening")
"""What a document says of itself is asked of the archive where it is wanted: it may name anybody."""


def inspection_rows(resource_id: str, inspection: Inspection) -> list[tuple[str, Row]]:
    """The rows of one inspection: one of the file, one of each column."""
    body = asdict(inspection)
    tables = [_table_fields(table) for table in body["tables"]]
    for name in _NOT_STORED_OF_DOCUMENTS if body["document"] else ():
        del body["document"][name]
    rows: list[tuple[str, Row]] = [("inspections", {**body, "resource_id": resource_id, "tables": tables})]
    for key, table in zip(table_keys([table.name for table in inspection.tables]), inspection.tables, strict=True):
        rows.extend(("columns", _column_row(resource_id, key, column)) for column in table.columns)
    return rows


def _table_fields(table: dict[str, Any]) -> dict[str, Any]:
    """What is stored of a table: its defects without the values that show them."""
    defects = [{name: value for name, value in defect.items() if name != "example"} for defect in table["defects"]]
    return {**{name: value for name, value in table.items() if name not in _NOT_STORED}, "defects": defects}


def table_keys(names: list[str]) -> list[str]:
    """The keys of the tables of a file: their names, with a count where a name repeats.

    >>> table_keys(["a", "b", "a"])
    ['a', 'b', 'a (2)']
    """
    seen: Counter[str] = Counter()
    keys = []
    for name in names:
        seen[name] += 1
        keys.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return keys


def _column_row(resource_id: str, table: str, column: Column) -> Row:
    fields = asdict(replace(column, description=None))
    del fields["description"]
    place = fields.pop("position")
    return {**fields, "resource_id": resource_id, "table": table, "column": place}
