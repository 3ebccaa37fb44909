"""Columns of a table that was read, as semantic types look at them."""

from collections.abc import Sequence

from atalaya.inspection.findings import Column
from atalaya.inspection.semantic.column import ColumnView
from atalaya.inspection.tallies import Tally


def views_of(columns: Sequence[Column], tallies: Sequence[Tally]) -> list[ColumnView]:
    """Views of columns by their position, from what was counted of them over all rows."""
    return [view_of(column, tallies[column.position - 1]) for column in columns]


def view_of(column: Column, tally: Tally) -> ColumnView:
    """The view of one column: its filled values with how often each stands there, or a sample of them."""
    return ColumnView(column.name, column.kind, column.filled, column.distinct, tally.values, tally.whole)
