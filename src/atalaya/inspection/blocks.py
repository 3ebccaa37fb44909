"""Rows that come many at a time: a stretch of a sheet by column, taken whole where nothing needs its single cells.

Who reads rows one by one may go on doing so: a block gives its rows like any reader. Who counts a large table asks for whole
blocks, with a test that tells whether the rows inside can be nothing but more rows of the same table.
"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from atalaya.inspection.kinds import Cell, cell_text

TEXT, NUMBER, BOOLEAN = range(3)
"""What the cells of a column are to Python."""
_FALSE = ("", "0", "False")
"""Texts of cells that are false, or may be: a text `0` is true."""
_SEEN = r"[^\x00-\x20\x7f-\xa0\x{1680}\x{2000}-\x{200f}\x{2028}-\x{202f}\x{205f}\x{3000}]"
"""A character that is surely no space."""
_MOST_PROBED = 8
"""Columns that are asked whether they fill every row."""


@dataclass(frozen=True, slots=True)
class Strip:
    """One column of a block: the texts of its cells as `kinds.cell_text` tells them, but for spaces around texts; and what each
    cell is: one kind for all, or one for each."""

    texts: "pa.Array"
    kind: "int | np.ndarray"

    def __len__(self) -> int:
        return len(self.texts)

    def slice(self, start: int) -> "Strip":
        """The cells from a row on."""
        return Strip(self.texts[start:], self.kind if isinstance(self.kind, int) else self.kind[start:])

    def cells(self, start: int, end: int) -> list[Cell]:
        """The cells of some rows."""
        texts: list[str] = self.texts[start:end].to_pylist()
        if isinstance(self.kind, int):
            return list(map(_READ[self.kind], texts))
        return [_READ[kind](text) for kind, text in zip(self.kind[start:end].tolist(), texts, strict=True)]

    def holds(self, kind: int) -> bool:
        """Whether a cell is of a kind."""
        return bool(np.any(np.asarray(self.kind) == kind))


def _text(text: str) -> Cell:
    return text


def _truth(text: str) -> Cell:
    return text == "True"


_READ: tuple[Callable[[str], Cell], ...] = (_text, float, _truth)


@dataclass(frozen=True, slots=True)
class Block:
    """Some rows of a sheet by column, all as wide as the sheet."""

    strips: tuple[Strip, ...]

    def __len__(self) -> int:
        return len(self.strips[0])

    @property
    def width(self) -> int:
        """How many cells a row has."""
        return len(self.strips)

    def slice(self, start: int) -> "Block":
        """The rows from one on."""
        return Block(tuple(strip.slice(start) for strip in self.strips))

    def rows(self, start: int, end: int) -> list[Sequence[Cell]]:
        """Some rows, cell by cell."""
        return list(map(list, zip(*(strip.cells(start, end) for strip in self.strips), strict=True)))

    def texts(self) -> "list[pa.Array]":
        """The texts by column."""
        return [strip.texts for strip in self.strips]

    def continues(self, width: int, first: Cell) -> bool:
        """Whether each row surely goes on with a table of so many cells: it does not begin with the first cell of the header and
        holds something that is true. False is no answer."""
        leading = self.strips[0]
        if self.width != width or isinstance(first, bool) or leading.holds(BOOLEAN):
            return False
        told = first if isinstance(first, str) else cell_text(first)
        return not pc.any(pc.equal(leading.texts, told)).as_py() and self._all(self.strips, _is_true)

    def is_filled(self, width: int) -> bool:
        """Whether each of its rows has so many cells and surely a value behind the first: no blank row and no note. False is no
        answer."""
        return self.width == width and width > 1 and self._all(self.strips[1:], _is_seen)

    @staticmethod
    def _all(strips: Sequence[Strip], test: "Callable[[pa.Array], pa.Array]") -> bool:
        """Whether a test holds for a cell of every row, in one of the first columns."""
        found = test(strips[0].texts)
        for strip in strips[1:_MOST_PROBED]:
            if pc.all(found).as_py():
                return True
            found = pc.or_(found, test(strip.texts))
        return bool(pc.all(found).as_py())


def _is_true(texts: "pa.Array") -> "pa.Array":
    return pc.invert(pc.is_in(texts, pa.array(_FALSE)))


def _is_seen(texts: "pa.Array") -> "pa.Array":
    return pc.match_substring_regex(texts, _SEEN)


_TOGETHER = 500
"""Rows of a block that are read cell by cell together."""


class Stream(Iterator[Sequence[Cell]]):
    """Rows one by one, or as blocks where their source has them: some rows first, then blocks and rows as they come."""

    def __init__(self, source: "Iterable[Sequence[Cell] | Block]", ahead: Iterable[Sequence[Cell]] = ()) -> None:
        self._source = iter(source)
        self._ahead = deque(ahead)
        self._block: Block | None = None

    def __next__(self) -> Sequence[Cell]:
        if not self._ahead:
            self._read_on()
        if not self._ahead:
            raise StopIteration
        return self._ahead.popleft()

    def some(self, most: int) -> list[Sequence[Cell]]:
        """Some of the next rows, as many as are at hand and at most so many; none at the end."""
        if not self._ahead:
            self._read_on()
        return [self._ahead.popleft() for _ in range(min(most, len(self._ahead)))]

    def block(self, test: Callable[[Block], bool]) -> Block | None:
        """The next rows as a block, where they are one and pass a test."""
        if self._ahead or not self._meet() or self._block is None or not test(self._block):
            return None
        block, self._block = self._block, None
        return block

    def _meet(self) -> bool:
        """Whether there is a block or a row, which is then at hand."""
        if self._block is None:
            item = next(self._source, None)
            if isinstance(item, Block):
                self._block = item
            elif item is not None:
                self._ahead.append(item)
        return self._block is not None or bool(self._ahead)

    def _read_on(self) -> None:
        """Read some rows of the block at hand cell by cell."""
        if self._meet() and self._block is not None:
            self._ahead.extend(self._block.rows(0, _TOGETHER))
            self._block = self._block.slice(_TOGETHER) if len(self._block) > _TOGETHER else None


def behind(ahead: Sequence[Sequence[Cell]], rows: Iterator[Sequence[Cell]]) -> Iterator[Sequence[Cell]]:
    """Rows behind some that were taken from them before: as blocks still, where they come so."""
    return Stream(_whole(rows), ahead) if isinstance(rows, Stream) else chain(ahead, rows)


def _whole(rows: Stream) -> "Iterator[Sequence[Cell] | Block]":
    """The rows of a stream, in blocks where they are."""
    while True:
        block = rows.block(_any)
        if block is not None:
            yield block
        elif some := rows.some(_TOGETHER):
            yield from some
        else:
            return


def _any(_: Block) -> bool:
    return True
