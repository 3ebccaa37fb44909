"""Delimited text read once more for repair: its cells put back under their columns where only one reading fits."""

from collections.abc import Iterator, Sequence
from itertools import islice

from atalaya.inspection.alterations import Alteration as Moved
from atalaya.inspection.dialect import Guess
from atalaya.inspection.findings import Table
from atalaya.inspection.frame import Frame, FrameBuilder
from atalaya.inspection.limits import Limits
from atalaya.inspection.realign import MendedRow, RealignedTable, realign_tables
from atalaya.repair.changes import Alteration, Aside, Beforehand, Decision, Doubt

_TOGETHER = 1_000
"""Rows taken in together."""


def realigned(text: str, guess: Guess, tables: Sequence[Table], limits: Limits) -> list[tuple[Frame, Beforehand]]:
    """The tables of a text, in their order; `tables` are those of its inspection. Raises csv.Error as reading does."""
    found = []
    for number, table in enumerate(realign_tables(text, guess)):
        read = tables[number].frame if number < len(tables) else None
        found.append(_collected(table, read, limits))
    return [(frame, before) for frame, before in found if len(frame) or before.aside]


def _collected(table: RealignedTable, read: Frame | None, limits: Limits) -> tuple[Frame, Beforehand]:
    width = len(table.names)
    builder = FrameBuilder(width, limits.frame_bytes)
    alterations = [_alteration(each, table.names) for each in table.alterations]
    aside: list[Aside] = []
    notes: list[tuple[int, tuple[str, ...]]] = []
    misplaced: list[int] = []
    repeated: list[int] = []
    below = {number for number, _ in read.notes} if read is not None else set()

    def kept() -> Iterator[MendedRow]:
        for row in table.rows:
            if row.state == "note" or row.row in below:
                notes.append((row.row, tuple(filter(None, map(str.strip, row.cells)))))
            elif row.state == "repeated":
                repeated.append(row.row)
            elif not any(map(str.strip, row.cells)):
                continue
            elif row.state == "unrecovered" or len(row.cells) != width:
                aside.append(Aside(row=row.row, cells=row.cells, reason=row.reason))
            else:
                alterations.extend(_alteration(each, table.names) for each in row.alterations)
                if row.state == "doubtful":
                    misplaced.append(row.row)
                yield row

    rows = kept()
    while chunk := list(islice(rows, _TOGETHER)):
        builder.add([row.row for row in chunk], list(zip(*(row.cells for row in chunk), strict=True)))
    frame = Frame(
        name=read.name if read is not None else "",
        names=table.names,
        header_rows=table.header_rows,
        numbers=builder.numbers,
        columns=tuple(column.values() for column in builder.columns),
        titles=read.titles if read is not None else (),
        notes=tuple(notes),
        cut=builder.cut,
    )
    return frame, Beforehand(
        alterations=tuple(alterations),
        aside=tuple(aside),
        decisions=(Decision(code="repeated_header", rows=tuple(repeated), count=len(repeated)),) if repeated else (),
        doubts=(Doubt(code="misplaced", rows=tuple(misplaced), count=len(misplaced)),) if misplaced else (),
    )


def _alteration(each: Moved, names: Sequence[str]) -> Alteration:
    name = names[each.column - 1] if each.column <= len(names) else ""
    return Alteration(
        row=each.row, column=each.column, name=name, before=each.before, after=each.after, reason="realigned"
    )
