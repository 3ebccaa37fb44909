"""What a reader tells while it reads: plain tuples that marshal carries.

("table", name, names or None, number of the first row, facts), then its ("rows", [row, …]); ("fault", code, place, detail), which
becomes a defect; ("fact", name, value). The facts of a table are "note" (why it was read so), "geometry" (column, kind, reference
system) and "content" (see `findings.Table`).
"""

from __future__ import annotations

TYPE_CHECKING = False
"""True for type checkers only: at run time `typing` takes long to import."""
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

Message = tuple[object, ...]
CHUNK = 2_000
"""Rows in one message, unless they are large."""
_LARGE = 8_000_000
"""Characters of long texts in one message, about."""


class Budget:
    """How much a reader may give: cells of one sheet, cells of a table whose format states its size."""

    def __init__(self, cells: int, column_cells: int) -> None:
        self.cells = cells
        self.column_cells = column_cells


def table(
    name: str, names: Sequence[str] | None = None, facts: Mapping[str, object] | None = None, first: int = 1
) -> Message:
    """The announcement of a table whose rows follow; `first` is the number of the first of them as a person sees it."""
    return ("table", name, None if names is None else list(names), first, dict(facts or {}))


def fault(code: str, place: str, detail: str) -> Message:
    """Something wrong with the file."""
    return ("fault", code, place, detail)


def chunks(rows: Iterable[Sequence[object]]) -> Iterator[Message]:
    """Rows as messages of a few thousand, fewer where they hold long texts."""
    waiting: list[Sequence[object]] = []
    large = 0
    for row in rows:
        waiting.append(row)
        for cell in row:
            if isinstance(cell, str) and len(cell) > 1_000:
                large += len(cell)
        if len(waiting) >= CHUNK or large > _LARGE:
            yield ("rows", waiting)
            waiting, large = [], 0
    if waiting:
        yield ("rows", waiting)
