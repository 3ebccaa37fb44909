"""What of an inspection may be shown to others: no value of a column that is personal, free text or nearly unique, and none that
few cells hold (architecture, rule 9)."""

from dataclasses import replace

from atalaya.inspection.findings import Column, Inspection, Table

LEAST_SEEN = 10
"""Cells that must hold a value for it to be shown."""
NEARLY_UNIQUE = 0.9
"""Different values as a share of the filled cells from which a column may name single persons or things."""
_TEXTS = frozenset({"free_text", "html", "json", "person_name", "personal_id", "email", "telephone", "postal_address"})
"""Semantic types whose values are never shown."""


def shown(inspection: Inspection, *, to_holder: bool = False) -> Inspection:
    """The inspection without cells and without values that may not be shown. Who holds the file sees the examples of its defects
    too, but for those of personal columns."""
    return replace(inspection, tables=tuple(_table(table, to_holder) for table in inspection.tables))


def _table(table: Table, to_holder: bool) -> Table:
    personal = {column.position for column in table.columns if column.personal is not None}
    defects = tuple(
        each if to_holder and personal.isdisjoint(each.columns) else replace(each, example=()) for each in table.defects
    )
    return replace(table, frame=None, columns=tuple(map(_column, table.columns)), defects=defects)


def _column(column: Column) -> Column:
    told = column.description
    if told is None:
        return column
    top = () if is_guarded(column) else tuple(pair for pair in told.distribution.top if pair[1] >= LEAST_SEEN)
    spread = None if column.personal is not None else told.distribution.spread
    return replace(column, description=replace(told, distribution=replace(told.distribution, top=top, spread=spread)))


def is_guarded(column: Column) -> bool:
    """Whether no value of a column may be shown."""
    told = column.description
    meant = told.semantic.type if told is not None else ""
    return column.personal is not None or meant in _TEXTS or is_varied(column)


def is_varied(column: Column) -> bool:
    """Whether the values of a column hardly repeat."""
    return column.distinct is None or column.distinct > NEARLY_UNIQUE * column.filled
