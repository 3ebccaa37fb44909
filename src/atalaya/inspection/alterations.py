"""What mending a text changed, cell by cell, and what it could not mend."""

from collections.abc import Sequence
from dataclasses import dataclass

from atalaya.inspection.records import Record


@dataclass(frozen=True, slots=True)
class Alteration:
    """One cell that changed: `row` as a person counts rows, `line` in the text, `column` from 1; `before` is None where the row
    as it was read had no such cell. `reason` says what was wrong with the row."""

    row: int
    line: int
    column: int
    before: str | None
    after: str
    reason: str


@dataclass(frozen=True, slots=True)
class Unrecovered:
    """A row that is given as it was read, and why it could not be mended. One of the right width stays among the rows."""

    row: int
    line: int
    cells: int
    reason: str


def alterations_of(record: Record, after: Sequence[str], reason: str) -> tuple[Alteration, ...]:
    """Every cell of a mended row that differs from the row as it was read."""
    before = record.cells
    return tuple(
        Alteration(record.row, record.line, place + 1, before[place] if place < len(before) else None, text, reason)
        for place, text in enumerate(after)
        if place >= len(before) or before[place] != text
    )
