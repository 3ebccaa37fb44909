"""A defect inside a table with the addresses of its cells, as a person sees them in a sheet."""

from dataclasses import dataclass

MOST_CELLS = 20
"""Cells of one defect that are named; the count tells of all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CellDefect:
    """Something wrong inside a table. `id` is that of its kind.

    `columns` are positions from 1. `count` counts what the kind counts: cells, rows, columns or groups, as `detail` says. `cells`
    are the first addresses, such as `C14`, and `rows` the numbers of their rows as a person sees them, each once. `detail` is a
    sentence without any value of a cell; only `example`, the texts of one offending cell or row, holds some, and it is for the
    eyes of who holds the file. `shown` is such a text that everybody may see (`ColumnView.shown`). `doubtful` tells that the
    table alone cannot say whether anything is wrong: only its source can.
    """

    id: str
    columns: tuple[int, ...]
    count: int
    cells: tuple[str, ...]
    rows: tuple[int, ...]
    detail: str
    example: tuple[str, ...] = ()
    shown: str | None = None
    doubtful: bool = False


def letters(position: int) -> str:
    """The letters that a sheet puts above the column at a position from 1.

    >>> letters(1), letters(26), letters(27), letters(703)
    ('A', 'Z', 'AA', 'AAA')
    """
    found = ""
    while position > 0:
        position, rest = divmod(position - 1, 26)
        found = chr(65 + rest) + found
    return found


def address(position: int, row: int) -> str:
    """The address of a cell by its column (from 1) and the number of its row.

    >>> address(3, 14)
    'C14'
    """
    return f"{letters(position)}{row}"
