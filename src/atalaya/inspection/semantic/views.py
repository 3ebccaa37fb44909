"""Columns of a table that was read, as semantic types look at them."""

from collections.abc import Sequence

from atalaya.inspection.findings import Column
from atalaya.inspection.frame import Frame, Values
from atalaya.inspection.kinds import text_kind
from atalaya.inspection.semantic.column import ColumnView

MOST_VALUES = 500
"""Different values that a view holds: a spread sample of more."""


def views_of(frame: Frame, columns: Sequence[Column]) -> list[ColumnView]:
    """Views of columns by their position in the frame that they were read into."""
    return [view_of(column, frame.columns[column.position - 1]) for column in columns]


def view_of(column: Column, values: Values) -> ColumnView:
    """The view of one column: its filled values with how often each stands there, or a sample spread over their
    order."""
    counts = {text: count for text, count in values.counts().items() if text_kind(text) != "empty"}
    whole = len(counts) <= MOST_VALUES
    if not whole:
        ordered = sorted(counts)
        step = len(ordered) / MOST_VALUES
        counts = {text: counts[text] for text in (ordered[int(place * step)] for place in range(MOST_VALUES))}
    return ColumnView(column.name, column.kind, column.filled, column.distinct, counts, whole)
