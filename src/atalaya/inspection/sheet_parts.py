"""Several tables in one sheet: below each other, told as in texts (`parts`), and side by side, with empty columns between them.

Sheets are often laid out with empty columns for the eye, so tables side by side must show that they are two: the same header
again, or rows that begin or end elsewhere.
"""

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from atalaya.inspection.blocks import Stream, behind
from atalaya.inspection.headers import HEAD, heads_columns
from atalaya.inspection.kinds import Cell, cell_text
from atalaya.inspection.parts import Parts

Row = Sequence[Cell]
_LEAST_ROWS = 3
"""Rows, the header among them, that make a table beside another."""
_LEAST_DIFFERENCE = 3
"""Rows by which one of two tables side by side must be longer, and the share of the longer one."""
_SHARE = 0.1
_MOST_BESIDE = 20


@dataclass(frozen=True, slots=True)
class SheetPart:
    """A table of a sheet: the number of its first row, that of its first column within the rows given, and why it begins there.

    `rows` must be exhausted before the next part is asked for.
    """

    first_row: int
    first_column: int
    why: str
    rows: Iterator[Row]


def sheet_parts(rows: Iterator[Row], first: int = 1) -> Iterator[SheetPart]:
    """The tables of a sheet, from the top and in each stretch of rows from the left; `first` is the number of the first row."""
    for number, (first_row, why, below) in enumerate(Parts(rows, first=first)):
        following = Stream(below) if isinstance(rows, Stream) else below
        head = list(itertools.islice(following, HEAD))
        spans = _spans(head)
        whole = behind(head, following)
        if len(spans) > 1:
            yield from _beside(list(whole), spans, first_row)
        elif number and spans and spans[0][0]:
            yield from _from_the_left(list(whole), spans[0][0], first_row, why)
        else:
            yield SheetPart(first_row, 1, why, whole)


def _from_the_left(rows: list[Row], start: int, first_row: int, why: str) -> Iterator[SheetPart]:
    """A table without the empty columns at its left, where they are empty down to its end."""
    empty = min(start, *(next((at for at, cell in enumerate(row) if cell_text(cell)), start) for row in rows))
    yield SheetPart(first_row, empty + 1, why, (row[empty:] for row in rows))


def _spans(head: Sequence[Row]) -> list[tuple[int, int]]:
    """First and last column of each table of a stretch of rows; one span where they are not surely several."""
    width = max(map(len, head), default=0)
    used = [False] * width
    for row in head:
        for at, cell in enumerate(row):
            if not used[at] and cell_text(cell):
                used[at] = True
    spans = [
        (group[0], group[-1])
        for filled, run in itertools.groupby(range(width), key=used.__getitem__)
        if filled and (group := list(run))
    ]
    if len(spans) < 2:
        return spans
    return spans if len(spans) <= _MOST_BESIDE and _are_apart(head, spans) else [(spans[0][0], spans[-1][1])]


@dataclass(frozen=True, slots=True)
class _Block:
    """A stretch of columns: its rows with at least two filled cells, where the first and last of them are, and its header."""

    start: int
    end: int
    header: tuple[str, ...]
    keyed: bool


def _block(head: Sequence[Row], span: tuple[int, int]) -> _Block | None:
    """A stretch of columns that is a table by itself: a header above columns of values."""
    first, last = span
    cut = [row[first : last + 1] for row in head]
    wide = [place for place, row in enumerate(cut) if sum(cell_text(cell) != "" for cell in row) >= 2]
    if last == first or len(wide) < _LEAST_ROWS or not heads_columns([cut[place] for place in wide]):
        return None
    header = tuple(map(cell_text, cut[wide[0]]))
    return _Block(wide[0], wide[-1], header, keyed=all(cell_text(cut[place][0]) for place in wide))


def _are_apart(head: Sequence[Row], spans: Sequence[tuple[int, int]]) -> bool:
    blocks = [_block(head, span) for span in spans]
    known = [block for block in blocks if block is not None]
    if len(known) < len(blocks):
        return False
    return all(_differ(left, right) for left, right in itertools.pairwise(known))


def _differ(left: _Block, right: _Block) -> bool:
    """Whether two stretches of columns are two tables. Both must have a filled first column, which names their rows."""
    if not left.keyed or not right.keyed:
        return False
    if left.header == right.header or left.start != right.start:
        return True
    longest = max(left.end, right.end) - left.start + 1
    return abs(left.end - right.end) >= max(_LEAST_DIFFERENCE, longest * _SHARE)


def _beside(rows: list[Row], spans: Sequence[tuple[int, int]], first_row: int) -> Iterator[SheetPart]:
    for number, (first, _) in enumerate(spans):
        end = spans[number + 1][0] if number + 1 < len(spans) else None
        cut = [row[first:end] for row in rows]
        start = next((place for place, row in enumerate(cut) if any(map(cell_text, row))), 0)
        why = "it stands beside others" if number else "others stand beside it"
        yield SheetPart(first_row + start, first + 1, why, iter(cut[start:]))
