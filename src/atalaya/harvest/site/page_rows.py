"""Rows of tables that name something and lead nowhere, in tables whose other rows lead to what they name.

Sites list what a law demands in a table: number, name, document. A row whose last cell is empty names what is not there.
"""

from dataclasses import dataclass, field
from typing import Final

LONGEST: Final = 200
"""Characters up to which a row is a name."""
_DEEPEST: Final = 20

Named = tuple[str, tuple[str, ...]]
"""The text of a row, and the headings above it."""


@dataclass(slots=True)
class _Table:
    """A table that is being read: its row, and the rows that lead nowhere so far."""

    cells: int = 0
    filled: bool = False
    links: int = 0
    leading: int = 0
    hollow: list[Named] = field(default_factory=list)


class TableRows:
    """Follows the tables of a page while its tags and texts come in."""

    def __init__(self) -> None:
        self._open: list[_Table] = []

    def started(self, name: str) -> None:
        """A table, a row or a cell begins."""
        if name == "table":
            if len(self._open) < _DEEPEST:
                self._open.append(_Table())
        elif self._open and name == "tr":
            self._open[-1].cells = self._open[-1].links = 0
        elif self._open and name in ("td", "th"):
            self._open[-1].cells += 1
            self._open[-1].filled = False

    def written(self) -> None:
        """A cell holds text."""
        if self._open:
            self._open[-1].filled = True

    def linked(self) -> None:
        """A row leads somewhere."""
        if self._open:
            self._open[-1].links += 1
            self._open[-1].filled = True

    def row_ended(self, text: str, above: tuple[str, ...]) -> None:
        """A row ends; `text` is that of its cells outside of links."""
        table = self._open[-1] if self._open else None
        if table is None or not table.cells:
            return
        if table.links:
            table.leading += bool(text)
        elif table.cells > 1 and not table.filled and text and len(text) <= LONGEST:
            table.hollow.append((text, above))
        table.cells = table.links = 0

    def table_ended(self) -> list[Named]:
        """The rows that named something and led nowhere, where the others did: they are the more."""
        table = self._open.pop() if self._open else None
        return table.hollow if table is not None and table.leading > len(table.hollow) else []
