"""The rows below a header: kept by column, counted, hashed, and told from the notes under them."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from operator import itemgetter

from atalaya.inspection.blocks import Block, Stream
from atalaya.inspection.canonical import RowsHash, is_volatile
from atalaya.inspection.frame import FrameBuilder
from atalaya.inspection.kinds import Cell, Judged, cell_text, cell_texts
from atalaya.inspection.limits import Limits
from atalaya.inspection.overflow import WIDEST, Overflow
from atalaya.inspection.tallies import Tally, tally

_TOGETHER = 1_000
"""Rows taken in together."""
_MANY = 8_000
"""The same of a table that outgrew its frame."""
_FIRST = 6 * 1024 * 1024
"""Bytes of the cells that are kept where nobody asked for them: of larger tables DuckDB counts all faster."""
_TOLD = 5
"""Rows with too many or too few cells that are named."""
NOTE = re.compile(
    r"(?:fuentes?|notas?|source|notes?|elaborad[oa]|elaboraci[oó]n|datos preliminares|\*+|1/|\(1\)|fonte|"
    r"observaci[oó]n|obs)"
    r"[\s:.]",
    re.IGNORECASE,
)
"""How sources and notes under a table begin."""


class Body:
    """Rows of a table that are read once. `cells` are those of a whole row: more than `width`, the columns that are looked at,
    where the table is wider than the limit. `last` is the number of the last row of data."""

    def __init__(
        self, width: int, cells: int, names: Sequence[str], limits: Limits, judged: Sequence[Judged | None] = ()
    ) -> None:
        self.width = width
        self.cells = cells
        self.rows = 0
        self.last: int | None = None
        self.ragged: list[int] = []
        self.uneven = 0
        self.extras: dict[int, tuple[str, ...]] = {}
        self.short: list[int] = []
        self.notes: list[tuple[int, tuple[str, ...]]] = []
        self.frame = FrameBuilder(width, limits.frame_bytes if limits.cells_kept else min(limits.frame_bytes, _FIRST))
        self._judged = judged or [None] * width
        self._hashed = RowsHash()
        self._overflow: Overflow | None = None
        self._all_beyond: dict[int, tuple[str, ...]] = {}
        self._told = limits.cells_kept or limits.described
        self._volatile = [place for place, name in enumerate(names[:width]) if is_volatile(name)]
        self._waiting: list[Sequence[Cell]] = []
        self._numbers: list[int] = []
        self._beyond: dict[int, tuple[str, ...]] = {}

    def __enter__(self) -> "Body":
        return self

    def __exit__(self, *_: object) -> None:
        if self._overflow is not None:
            self._overflow.close()

    def tallies(self) -> tuple[Tally, ...]:
        """What is counted of each column, once all rows are read."""
        if self._overflow is not None:
            return self._overflow.tallies()
        columns = zip(self.frame.columns, self._judged, strict=False)
        return tuple(tally(column, top=self._told, known=known) for column, known in columns)

    def hashed(self) -> RowsHash:
        """The hash of all rows; ask for the tallies first."""
        return self._hashed if self._overflow is None else self._overflow.hashed()

    def read(self, rows: Iterable[Sequence[Cell]], number: int) -> None:
        """Take in all rows; `number` is that of the first. The last ones are notes where they look like some."""
        held: list[tuple[int, Sequence[Cell]]] = []
        source = iter(rows)
        while True:
            block = None if held else self._block(source)
            if block is not None:
                self._take_block(block, number)
                number += len(block)
                continue
            chunk = self._some(source)
            if not chunk:
                break
            if not held and self._are_plain(chunk):
                self._waiting.extend(chunk)
                self._numbers.extend(range(number, number + len(chunk)))
                self.rows += len(chunk)
                number += len(chunk)
                self._take_in()
                continue
            for row in chunk:
                if not _is_filled(row):
                    texts = cell_texts(row)
                    if not any(texts):
                        number += 1
                        continue
                    if self.width > 2 and is_note(texts, after_note=bool(held)):
                        held.append((number, row))
                        number += 1
                        continue
                if held:
                    self._release(held)
                self._add(number, row)
                number += 1
            self._take_in()
        if not self.rows and held:
            self._release(held)
            self._take_in()
        self.notes = [(at, tuple(filter(None, map(cell_text, row)))) for at, row in held]

    def _block(self, source: Iterator[Sequence[Cell]]) -> Block | None:
        """The next rows as a block, where they are one without blank rows and notes and need not be kept."""
        if self._overflow is None or not isinstance(source, Stream):
            return None
        return source.block(lambda found: found.is_filled(self.width))

    def _some(self, source: Iterator[Sequence[Cell]]) -> list[Sequence[Cell]]:
        """The next rows, none at the end."""
        if self._overflow is None:
            return list(islice(source, _TOGETHER))
        return source.some(_MANY) if isinstance(source, Stream) else list(islice(source, _MANY))

    def _take_block(self, block: Block, number: int) -> None:
        """Hand over the rows of a block, the first of which has this number."""
        assert self._overflow is not None, "only what is not kept is taken in blocks"
        self._overflow.add_texts(block.texts())
        self.rows += len(block)
        self.last = number + len(block) - 1

    def _are_plain(self, rows: Sequence[Sequence[Cell]]) -> bool:
        """Whether rows are all as wide as the table and hold a value behind their first cell; False is no answer."""
        if self.width < 2 or set(map(len, rows)) != {self.width}:
            return False
        seconds = set(map(itemgetter(1), rows))
        if None in seconds:
            return False
        try:
            return "" not in map(str.strip, seconds)
        except TypeError:
            return "" not in map(cell_text, seconds)

    def _release(self, held: list[tuple[int, Sequence[Cell]]]) -> None:
        for at, row in held:
            self._add(at, row)
        held.clear()

    def _add(self, number: int, row: Sequence[Cell]) -> None:
        cells = len(row)
        if cells != self.width:
            row = self._even(number, row, cells)
        self._waiting.append(row)
        self._numbers.append(number)
        self.rows += 1

    def _even(self, number: int, row: Sequence[Cell], cells: int) -> Sequence[Cell]:
        """A row as wide as the columns that are looked at; what it lacks or has more is remembered."""
        beyond = tuple(map(cell_text, row[self.width :]))
        if cells < self.cells or any(beyond[self.cells - self.width :]):
            self.uneven += 1
            if len(self.ragged) < _TOLD:
                self.ragged.append(number)
        if any(beyond):
            self._beyond[len(self._waiting)] = beyond
            if self.cells == self.width and not self.frame.cut:
                self.extras[self.rows] = beyond
        if cells < self.width:
            if not self.frame.cut:
                self.short.append(self.rows)
            return [*row, *([""] * (self.width - cells))]
        return row[: self.width]

    def _take_in(self) -> None:
        """Keep the rows that wait by column, and hash them; where they outgrow the frame, hand all of them over."""
        if not self._waiting:
            return
        columns: list[Sequence[Cell]] = list(zip(*self._waiting, strict=True))
        if self._overflow is not None:
            self._overflow.add(columns, self._beyond)
        else:
            first = len(self.frame.numbers)
            cut = self.frame.cut
            texts = self.frame.add(self._numbers, columns)
            self._hash(texts)
            if not cut:
                self._all_beyond.update((first + at, beyond) for at, beyond in self._beyond.items())
            if self.frame.cut and not cut and self.width <= WIDEST:
                self._overflow = Overflow(self.frame, self._all_beyond, self._volatile)
        self.last = self._numbers[-1]
        self._waiting.clear()
        self._numbers.clear()
        self._beyond.clear()

    def _hash(self, columns: list[Sequence[str]]) -> None:
        blank = [""] * len(self._numbers)
        for place in self._volatile:
            columns[place] = blank
        joined = list(map("\x1f".join, zip(*columns, strict=True)))
        for at, beyond in self._beyond.items():
            joined[at] = "\x1f".join((joined[at], *beyond))
        self._hashed.add(joined, full=not self._beyond and "" not in columns[-1])


def is_note(texts: Sequence[str], *, after_note: bool) -> bool:
    """Sources and notes under a table of three columns or more: one text at the left of a row that is otherwise empty."""
    if not texts[0] or any(texts[1:]):
        return False
    return after_note or bool(NOTE.match(texts[0]))


def _is_filled(row: Sequence[Cell]) -> bool:
    """Whether a row surely holds a value behind its first cell, as most do; False is no answer."""
    if len(row) < 2:
        return False
    second = row[1]
    return not second.isspace() and second != "" if isinstance(second, str) else second is not None
