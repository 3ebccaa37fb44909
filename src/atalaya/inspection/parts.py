"""Several tables in one stream of rows: where the next one begins, and why.

A table begins where the header of the table above stands again, where rows of another width begin with a header of their own, or,
behind a blank row or a title, where texts stand above columns of values. All else stays in one table: notes, sections, rows that
are too short or too long.
"""

from collections import deque
from collections.abc import Iterator, Sequence
from itertools import groupby, islice
from operator import itemgetter
from typing import Generic, TypeVar, cast

from atalaya.inspection.blocks import Block, Stream
from atalaya.inspection.body import NOTE
from atalaya.inspection.headers import heads_columns
from atalaya.inspection.kinds import Cell, cell_text, cell_texts

Row = Sequence[Cell]
R = TypeVar("R", bound=Sequence[Cell])
_TOGETHER = 500
"""Rows that are taken from the source together."""
_AHEAD = 24
"""Rows that are looked at to tell whether a table begins."""
_BODY = 10
"""Rows below a header that are looked at."""
_MOST_TITLES = 4
"""Rows of title above the header of a table that is not the first."""
_LEAST_BODY = 2
"""Rows that make a table below its header."""
_STEADY = 3
"""Rows of one width under each other that tell the width of a table."""
_LEAST_PAIRS = 4
"""Rows that make a table of two columns: fewer pairs of a name and a value are titles of the table below."""
_MOST_PARTS = 200
"""Tables of one text; what follows stays in the last."""
_PATIENCE = 200
"""Places that may be beginnings and are none, after which no more are looked at: rows of all widths follow each other there."""


class Parts(Generic[R]):
    """Cuts rows into tables in one pass.

    Gives for each table the number of its first row (that of the first of all is `first`), why it begins there (empty for the
    first), and an iterator over its rows, which must be exhausted before the next table is asked for. With `pages` a header that
    stands again right below a row is that of the next page: a blank row takes its place, and `repeated` counts it. Of a
    `Stream` it gives blocks, too.
    """

    def __init__(self, rows: Iterator[R], pages: bool = False, first: int = 1) -> None:
        self.repeated = 0
        self._source = rows
        self._waiting: deque[R] = deque()
        self._pages = pages
        self._number = first
        self._reason = ""
        self._patience = _PATIENCE
        self._begun = 0
        self._ended = False

    def __iter__(self) -> Iterator[tuple[int, str, Iterator[R]]]:
        while not self._ended:
            self.repeated = 0
            self._begun += 1
            if self._begun >= _MOST_PARTS:
                self._patience = 0
            yield self._number, self._reason, self._part()

    def _look(self, number: int) -> list[R]:
        """The next rows, which keep waiting."""
        while len(self._waiting) < number:
            row = next(self._source, None)
            if row is None:
                break
            self._waiting.append(row)
        return [self._waiting[place] for place in range(min(number, len(self._waiting)))]

    def _part(self) -> Iterator[R]:
        above = _Above(self._look(_AHEAD))
        width, first = above.width, above.first
        waiting = self._waiting
        start, was_blank, odd = self._number, False, 0
        while True:
            if not waiting:
                block, chunk = self._next(width, first)
                if block is not None:
                    was_blank = False
                    self._number += len(block)
                    yield cast(R, block)
                    continue
                if _are_inside(chunk, width, first):
                    was_blank = False
                    self._number += len(chunk)
                    yield from chunk
                    continue
                waiting.extend(chunk)
            row = waiting.popleft() if waiting else None
            if row is None:
                self._ended = True
                return
            if len(row) == width and row[0] != first and (row[0] or any(row)):
                was_blank = False
            elif self._patience and self._number > start:
                blank = _filled(row) == 0
                found = None if blank and was_blank else self._beginning(row, above, self._number - start)
                was_blank = blank
                if found is not None and self._pages and not blank and above.names == _texts(row):
                    self.repeated += 1
                    row = cast(R, ())
                elif found is not None:
                    yield from self._rest(row, found[0])
                    self._reason = found[1]
                    return
                if row and len(row) == odd:
                    width = odd
                odd = len(row) or odd
            self._number += 1
            yield row

    def _next(self, width: int, first: Cell) -> tuple[Block | None, list[R]]:
        """The next rows of the source: a block of them where it surely belongs to the table above, else some."""
        source = self._source
        if not isinstance(source, Stream):
            return None, list(islice(source, _TOGETHER))
        block = source.block(lambda found: found.continues(width, first))
        return block, [] if block is not None else cast(list[R], source.some(_TOGETHER))

    def _rest(self, row: R, number: int) -> Iterator[R]:
        """The rows up to the next table, of which `row` is the first of those that wait."""
        self._waiting.appendleft(row)
        for _ in range(number):
            self._number += 1
            yield self._waiting.popleft()

    def _beginning(self, row: R, above: "_Above", given: int) -> tuple[int, str] | None:
        """How many rows from here a table begins, and why; None where the rows ahead belong to the table above."""
        rows = [row, *self._look(_AHEAD)]
        filled = [_filled(each) for each in rows]
        head = next((place for place, number in enumerate(filled) if number >= 2), len(rows))
        start = _title_start(rows, head)
        self._patience -= 1
        if head == len(rows) or sum(map(bool, filled[start:head])) > _MOST_TITLES:
            return None
        block = [each for each, number in zip(rows[head:], filled[head:], strict=True) if number >= 2][: _BODY + 1]
        why = self._why(rows[head], block, above, apart=head > 0)
        if why is None or not above.is_table(given):
            return None
        self._patience = _PATIENCE
        return start, f"{why}; it begins in row {self._number + start}"

    def _why(self, header: Row, block: Sequence[Row], above: "_Above", apart: bool) -> str | None:
        if above.names == _texts(header) and len(block) > 1 and (apart or above.is_named()):
            return "the header of the table above it stands again"
        if len(block) <= _LEAST_BODY - 1 or not heads_columns(block):
            return None
        if apart:
            return "texts stand above columns of values behind a blank row or a title"
        if len(header) != above.width and all(len(each) == len(header) for each in block):
            return f"a header and rows of {len(header)} cells follow rows of {above.width}"
        return None


class _Above:
    """What is known of a table from its first rows, when the next one is looked for."""

    def __init__(self, head: Sequence[Row]) -> None:
        self._head = head
        wide = [row for row in head if _filled(row) >= 2]
        lengths = [len(row) for row in wide]
        runs = ((length, sum(1 for _ in run)) for length, run in groupby(lengths))
        steady = next((length for length, number in runs if number >= _STEADY), 0)
        self.width = steady or max(lengths, key=lambda each: (lengths.count(each), each), default=-1)
        header = next((row for row in wide if len(row) == self.width), ())
        self.first = header[0] if header else None
        self.names = _texts(header)
        self._named: bool | None = None

    def is_named(self) -> bool:
        """Whether its first row is a header."""
        if self._named is None:
            start = next((place for place, row in enumerate(self._head) if _texts(row) == self.names), 0)
            body = [row for row in self._head[start:] if _filled(row) >= 2 and _texts(row) != self.names]
            self._named = heads_columns([self._head[start], *body])
        return self._named

    def is_table(self, given: int) -> bool:
        """Whether the rows given so far are a table: at least a header and a row; pairs of a name and a value are none."""
        wide = [row for row in self._head[:given] if _filled(row) >= 2]
        body = sum(_texts(row) != self.names for row in wide)
        if len(wide) < 2 or not body:
            return False
        return max(map(_filled, wide)) > 2 or (len(wide) >= _LEAST_PAIRS and heads_columns(wide))


def _are_inside(rows: Sequence[Row], width: int, first: Cell) -> bool:
    """Whether some rows surely belong to the table above: all as wide, with a first cell that is filled and not its header's."""
    if not rows or set(map(len, rows)) != {width} or not width:
        return False
    firsts = set(map(itemgetter(0), rows))
    return first not in firsts and all(firsts)


def _title_start(rows: Sequence[Row], head: int) -> int:
    """Where the titles above a header begin, below the notes on the table before."""
    start = head
    while start and not NOTE.match("".join(map(cell_text, rows[start - 1]))):
        start -= 1
    return next((place for place in range(start, head) if any(_texts(rows[place]))), head)


def _texts(row: Row) -> list[str]:
    """The texts of a row up to the last that is filled."""
    texts = cell_texts(row)
    while texts and not texts[-1]:
        texts.pop()
    return texts


def _filled(row: Row) -> int:
    return len(row) - cell_texts(row).count("")
