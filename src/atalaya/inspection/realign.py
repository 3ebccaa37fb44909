"""Mends the rows of a delimited text whose cells stand under the wrong columns, and says what it changed.

A row is mended only where exactly one reading of its line makes all its cells fit the columns, as the regular rows show them.
Every cell that changes is an alteration. A row with no such reading, or with several, is given as it was read and is not whole:
nothing is padded, cut or guessed.
"""

import itertools
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from atalaya.inspection.alterations import Alteration, Unrecovered, alterations_of
from atalaya.inspection.dialect import Guess
from atalaya.inspection.findings import Dialect
from atalaya.inspection.fits import ColumnFit
from atalaya.inspection.headers import HEAD, Layout
from atalaya.inspection.mended_header import mend_header
from atalaya.inspection.readings import Reading, cut, readings
from atalaya.inspection.records import Record, is_unforeseen
from atalaya.inspection.text_tables import TextTable, tables_of

_LEARNT = 5_000
"""Regular rows from which the columns are learnt."""
_LEAST_LEARNT = 8
"""Regular rows below which nothing is known of the columns and nothing is mended."""
_MOST_JOINED = 4
"""Lines over which the line ends inside one bare cell may spread a row."""
_LEAST_MISFITS = 2
"""Cells of a row of the right width that must not be what their columns hold before the row is doubted."""
_MISFIT_SHARE = 1 / 3
"""The same as a share of the columns that hold values of some kinds only."""
_DOUBTED_SHARE = 0.5
"""Share of the cells in typed columns that must not be of their kind before a row of the right width is listed as doubtful."""
_CUT_SHARE = 0.5
"""Share of the short rows that fit as they stand from which rows of this text end at their last filled cell."""


@dataclass(frozen=True, slots=True)
class MendedRow:
    """One row of a table. `state` is `regular` as it stands, `mended` with its alterations, `unrecovered` as it was read with the
    reason, `doubtful` for one of the right width with cells that its columns do not hold, `note` for the texts below the last
    row of a table, and `repeated` for a header that stands again."""

    row: int
    line: int
    cells: tuple[str, ...]
    state: Literal["regular", "mended", "unrecovered", "doubtful", "note", "repeated"]
    alterations: tuple[Alteration, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class RealignedTable:
    """One table of a text: its place, the names of its columns, what was changed in its header, and its rows below the header,
    which must be exhausted before the next table is asked for."""

    first_row: int
    why: str
    header_rows: tuple[int, ...]
    names: tuple[str, ...]
    alterations: tuple[Alteration, ...]
    unrecovered: tuple[Unrecovered, ...]
    rows: Iterator[MendedRow]


@dataclass(frozen=True, slots=True)
class Realigned:
    """A table read to its end: its rows of the right width, all alterations, and the rows that could not be mended."""

    first_row: int
    names: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    alterations: tuple[Alteration, ...]
    unrecovered: tuple[Unrecovered, ...]


def realign_tables(text: str, guess: Guess) -> Iterator[RealignedTable]:
    """The tables of a text with their rows mended, in two passes: columns are learnt first. Raises csv.Error for a cell above the
    limit."""
    for seen, table in zip(tables_of(text, guess), tables_of(text, guess), strict=True):
        yield _realigned_table(table, learn_columns(seen.records, seen.layout), guess.dialect)


def realign(text: str, guess: Guess) -> list[Realigned]:
    """The same, read to its end."""
    return [collect(table) for table in realign_tables(text, guess)]


def collect(table: RealignedTable) -> Realigned:
    """A table with all its rows in memory."""
    rows: list[tuple[str, ...]] = []
    alterations, unrecovered = list(table.alterations), list(table.unrecovered)
    for row in table.rows:
        alterations += row.alterations
        if row.state in ("unrecovered", "doubtful"):
            unrecovered.append(Unrecovered(row.row, row.line, len(row.cells), row.reason))
        if row.state not in ("unrecovered", "note", "repeated"):
            rows.append(row.cells)
    return Realigned(table.first_row, table.names, tuple(rows), tuple(alterations), tuple(unrecovered))


@dataclass(frozen=True, slots=True)
class Learnt:
    """What the rows of a table show: what its columns accept (nothing where too few rows are regular), whether rows end at their
    last filled cell, and how many columns have a name or a value; below a header the others are padding."""

    columns: tuple[ColumnFit, ...]
    ends_early: bool
    width: int


def learn_columns(records: Iterator[Record], layout: Layout) -> Learnt:
    """Learn from the rows below the header, of the right width where there are such."""
    start = layout.first_data if layout.first_data is not None else HEAD
    regular: list[Sequence[str]] = []
    short: list[Sequence[str]] = []
    width = max((place for place, name in enumerate(layout.names, 1) if name), default=0)
    for record in itertools.islice(records, start, None):
        cells = record.cells
        if any(map(str.strip, cells[width:])):
            width = max(place for place, cell in enumerate(cells, 1) if cell.strip())
        kept = regular if len(cells) == layout.width else short
        if len(kept) < _LEARNT and any(cells):
            kept.append(cells)
    width = min(width, layout.width)
    if len(regular) < _LEAST_LEARNT:
        return Learnt((), False, width)
    columns = tuple(ColumnFit([row[place] for row in regular]) for place in range(layout.width))
    under = [row for row in short if 1 < len(row) < layout.width]
    fitting = sum(all(map(ColumnFit.fits, columns, row)) for row in under)
    ends_early = len(under) >= _LEAST_LEARNT and fitting >= max(_LEAST_LEARNT, _CUT_SHARE * len(under))
    return Learnt(columns, ends_early, width)


def _realigned_table(table: TextTable, learnt: Learnt, dialect: Dialect) -> RealignedTable:
    layout, records = table.layout, table.records
    start = layout.first_data if layout.first_data is not None else HEAD
    above = list(itertools.islice(records, start))
    header = mend_header(above, layout, dialect, learnt.width)
    named = max((place for place, name in enumerate(header.names, 1) if name), default=layout.width)
    width = layout.width if header.unrecovered else max(learnt.width, named)
    rows = _Mender(layout.width, learnt, dialect).rows(records) if learnt.columns else _as_read(records, layout)
    return RealignedTable(
        first_row=table.first_row,
        why=table.why,
        header_rows=header.rows,
        names=header.names[:width],
        alterations=header.alterations,
        unrecovered=header.unrecovered,
        rows=(_without_padding(row, layout.width, width) for row in rows),
    )


def _without_padding(row: MendedRow, width: int, kept: int) -> MendedRow:
    """The row without the empty cells of columns that have neither a name nor a value."""
    return replace(row, cells=row.cells[:kept]) if kept < width == len(row.cells) else row


def _as_read(records: Iterator[Record], layout: Layout) -> Iterator[MendedRow]:
    """The rows of a table that is too short to learn from."""
    for record in records:
        cells = tuple(record.cells)
        if not any(cells):
            yield from _repeated(record)
            continue
        trimmed = cells[: layout.width] if not any(cells[layout.width :]) else cells
        if len(trimmed) == layout.width:
            yield MendedRow(record.row, record.line, trimmed, "regular")
        else:
            reason = (
                f"it has {len(cells)} cells for {layout.width} columns, and too few rows show what the columns hold"
            )
            yield MendedRow(record.row, record.line, cells, "unrecovered", reason=reason)


def _repeated(record: Record) -> Iterator[MendedRow]:
    """A header that stands again, which comes without cells; nothing for a blank row."""
    if not record.cells and record.raw.strip():
        yield MendedRow(record.row, record.line, (), "repeated", reason="the header stands again")


class _Mender:
    """The rows of one table below its header, one pass, a few rows ahead."""

    def __init__(self, width: int, learnt: Learnt, dialect: Dialect) -> None:
        self._width = width
        self._columns = learnt.columns
        self._dialect = dialect
        self._ends_early = learnt.ends_early
        self._typed = [place for place, each in enumerate(learnt.columns) if each.is_typed or each.is_empty]
        self._other_quote = "'" if dialect.quote == '"' else '"'
        self._waiting: deque[Record] = deque()

    def rows(self, records: Iterator[Record]) -> Iterator[MendedRow]:
        """Every row that holds something, in order."""
        notes: list[MendedRow] = []
        while True:
            record = self._waiting.popleft() if self._waiting else next(records, None)
            if record is None:
                break
            if not any(record.cells):
                yield from _repeated(record)
                continue
            swallowed = self._swallowed(record)
            if swallowed:
                yield from notes
                notes.clear()
                yield from swallowed
                continue
            row = self._row(record, records)
            if row.state == "unrecovered" and self._is_note(record):
                notes.append(row)
                continue
            yield from notes
            notes.clear()
            yield row
        for note in notes:
            yield replace(note, state="note", reason="a note below the table")

    def _swallowed(self, record: Record) -> list[MendedRow]:
        """The rows that a quote, which opens and never closes, made one cell of: where each line is a row of its own."""
        lines = [line for line in record.raw.splitlines() if line.strip()]
        if len(lines) < 2 or len(record.cells) == self._width:
            return []
        rows = [tuple(piece.text for piece in cut(line, self._dialect)) for line in lines]
        if not all(len(row) == self._width and self._fit(row) for row in rows):
            return []
        reason = "a quote that opens and is not closed swallowed the line"
        found = []
        for at, row in enumerate(rows):
            place = replace(record, line=record.line + at)
            before = record.cells if at == 0 else ()
            changed = alterations_of(replace(place, cells=before), row, reason)
            found.append(MendedRow(record.row, place.line, row, "mended", changed))
        return found

    def _is_note(self, record: Record) -> bool:
        return self._width > 2 and bool(record.cells[0].strip()) and not any(record.cells[1:])

    def _row(self, record: Record, records: Iterator[Record]) -> MendedRow:
        cells = record.cells
        if len(cells) == self._width:
            return self._of_right_width(record)
        if not any(cells[self._width :]) and len(cells) > self._width and self._fit(cells[: self._width], strict=True):
            return MendedRow(record.row, record.line, tuple(cells[: self._width]), "regular")
        if len(cells) < self._width:
            joined = self._joined(record, records)
            if joined is not None:
                return joined
            if self._ends_early and len(cells) > 1 and self._fit(cells):
                padded = (*cells, *[""] * (self._width - len(cells)))
                return self._mended(record, Reading(padded, "like others, the row ends at its last filled cell"))
        return self._mended_or_not(record)

    def _fit(self, cells: Sequence[str], strict: bool = False) -> bool:
        return all(column.fits(cell, strict) for column, cell in zip(self._columns, cells, strict=False))

    def _strange(self, cells: Sequence[str]) -> int:
        """How many cells have a shape that their column has not shown."""
        return sum(not column.fits(cell, strict=True) for column, cell in zip(self._columns, cells, strict=True))

    def _of_right_width(self, record: Record) -> MendedRow:
        """Rows of the right width are doubted where several cells are of no kind that their columns hold, where other quotes
        stand around a cell, and where a quote stands inside a cell."""
        cells = record.cells
        other = self._other_quote
        quoted = other in record.raw and any(len(cell) > 1 and cell[0] == other == cell[-1] for cell in cells)
        misfits = sum(not self._columns[place].fits(cells[place]) for place in self._typed)
        stray = quoted or is_unforeseen(record.raw, self._dialect)
        if not stray and misfits < min(_LEAST_MISFITS, max(1, _MISFIT_SHARE * len(self._typed))):
            return MendedRow(record.row, record.line, tuple(cells), "regular")
        found = readings(record.raw, self._dialect, self._columns)
        if found is not None and len(found) == 1 and found[0].cells != tuple(cells):
            return self._mended(record, found[0])
        if misfits < max(_LEAST_MISFITS, _DOUBTED_SHARE * len(self._typed)):
            return MendedRow(record.row, record.line, tuple(cells), "regular")
        reason = f"{misfits} of its cells are not what their columns hold"
        return MendedRow(record.row, record.line, tuple(cells), "doubtful", reason=reason)

    def _mended_or_not(self, record: Record) -> MendedRow:
        found = readings(record.raw, self._dialect, self._columns)
        if found is not None and len(found) == 1:
            return self._mended(record, found[0])
        several = "too many readings are possible" if found is None else "several readings fit its columns"
        why = several if found is None or found else "no reading fits its columns"
        reason = f"it has {len(record.cells)} cells for {self._width} columns; {why}"
        return MendedRow(record.row, record.line, tuple(record.cells), "unrecovered", reason=reason)

    def _joined(self, record: Record, records: Iterator[Record]) -> MendedRow | None:
        """The row that a line end inside a bare cell broke into several short ones."""
        raw, parts = record.raw, 0
        while parts < _MOST_JOINED:
            if parts == len(self._waiting):
                following = next(records, None)
                if following is None:
                    return None
                self._waiting.append(following)
            if len(self._waiting[parts].cells) >= self._width:
                return None
            raw = raw.rstrip("\r\n") + "\n" + self._waiting[parts].raw
            parts += 1
            cells = tuple(piece.text for piece in cut(raw.rstrip("\r\n"), self._dialect))
            if len(cells) >= self._width:
                break
        if len(cells) != self._width or not self._fit(cells) or self._strange(cells) > 1:
            return None
        if all(self._stands_alone(each) for each in (record, *itertools.islice(self._waiting, parts))):
            return None
        for _ in range(parts):
            self._waiting.popleft()
        return self._mended(record, Reading(cells, f"a line end inside a cell broke it into {parts + 1} rows"))

    def _stands_alone(self, record: Record) -> bool:
        if self._ends_early and self._fit(record.cells):
            return True
        found = readings(record.raw, self._dialect, self._columns)
        return found is not None and len(found) == 1

    def _mended(self, record: Record, reading: Reading) -> MendedRow:
        return MendedRow(
            record.row, record.line, reading.cells, "mended", alterations_of(record, reading.cells, reading.reason)
        )
