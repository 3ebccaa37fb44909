"""One table made tidy: a name for each column, one kind of value in it, no row that is no data; and what that took."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from atalaya.inspection.damaged_letters import mended
from atalaya.inspection.frame import Frame
from atalaya.repair.changes import NOTHING, Alteration, Aside, Beforehand, Decision, Doubt
from atalaya.repair.columns import ColumnRepair, decide

_MOST_ROWS_TOLD = 1_000
"""Rows that one decision or doubt names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TidyField:
    """A column of a tidy table: its name, what it was called in the file where that was something else, its type in Table Schema,
    and the sign that all its values had."""

    name: str
    title: str
    type: str
    unit: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TidyTable:
    """A table as it is published again. `rows` are texts, as wide as `fields`; `missing` are those that stand for no value."""

    name: str
    fields: tuple[TidyField, ...]
    rows: tuple[tuple[str, ...], ...]
    missing: tuple[str, ...]
    titles: tuple[str, ...]
    notes: tuple[str, ...]
    alterations: tuple[Alteration, ...]
    decisions: tuple[Decision, ...]
    doubts: tuple[Doubt, ...]
    aside: tuple[Aside, ...]

    @property
    def changed(self) -> bool:
        """Whether anything is other than it was."""
        return bool(self.alterations or self.aside or any(each.rows or each.count for each in self.decisions))


def tidy(name: str, frame: Frame, before: Beforehand = NOTHING) -> TidyTable:
    """Make a table tidy. Nothing is invented: what can be read in two ways stays and is listed."""
    width = _width(frame)
    names = list(frame.names[:width])
    fields, header_changes = _named(names, frame)
    aside = _aside(frame)
    repeated = _repeats(frame, names)
    left_out = {*aside, *repeated}
    kept = [row for row in range(len(frame)) if row not in left_out]
    repairs = [_of_column(frame, place, fields[place], kept) for place in range(width)]
    blank = _would_be_blank(frame, repairs, kept)
    changes = [*header_changes, *_alterations(frame, repairs, fields, kept, blank)]
    rows = tuple(_row(frame, repairs, row, row in blank) for row in kept)
    missing = {text for repair in repairs for text in repair.missing}
    missing.update(text for row in blank for text in _row(frame, repairs, row, True) if text)
    decisions = [
        *before.decisions,
        *_of_rows(frame, names, repeated, blank),
        *(each for repair in repairs for each in repair.decisions),
    ]
    asides = (*before.aside, *aside.values())
    doubts = [
        *before.doubts,
        *_of_doubt(frame, asides, fields),
        *(each for repair in repairs for each in repair.doubts),
    ]
    return TidyTable(
        name=name,
        fields=tuple(
            TidyField(name=name, title=title, type=repair.type, unit=repair.unit)
            for (name, title), repair in zip(fields, repairs, strict=True)
        ),
        rows=rows,
        missing=tuple(sorted(missing)),
        titles=tuple(" ".join(texts) for _, texts in frame.titles),
        notes=tuple(" ".join(texts) for _, texts in frame.notes),
        alterations=tuple(_joined(before.alterations, changes)),
        decisions=tuple(decisions),
        doubts=tuple(doubts),
        aside=asides,
    )


def _width(frame: Frame) -> int:
    """Columns up to the last one that has a name or a value."""
    filled = (
        place
        for place, (name, column) in enumerate(zip(frame.names, frame.columns, strict=False), 1)
        if name or any(column.texts)
    )
    return max(filled, default=0)


def _joined(first: Sequence[Alteration], second: Sequence[Alteration]) -> Iterator[Alteration]:
    """Alterations one after the other, those of one cell as one."""
    known = {(each.row, each.column): each for each in first}
    for each in second:
        before = known.pop((each.row, each.column), None)
        yield each if before is None else replace(each, before=before.before, reason=before.reason)
    yield from known.values()


def _named(names: Sequence[str], frame: Frame) -> tuple[list[tuple[str, str]], list[Alteration]]:
    """A name for each column, not empty and no other's, with the one in the file; and the header cells that change."""
    taken: set[str] = set()
    fields = []
    changes = []
    for place, title in enumerate(names, 1):
        plain = " ".join((mended(title) or title).split()) or f"column_{place}"
        name, number = plain, 1
        while name in taken or (number > 1 and name in names):
            number += 1
            name = f"{plain}_{number}"
        taken.add(name)
        fields.append((name, title))
        if name != title and frame.header_rows:
            changes.append(
                Alteration(
                    row=frame.header_rows[-1], column=place, name=name, before=title, after=name, reason="header"
                )
            )
    return fields, changes


def _aside(frame: Frame) -> dict[int, Aside]:
    """Rows with cells beyond the columns, which no reading makes rows of the table."""
    found = {}
    for row, beyond in sorted(frame.extras.items()):
        cells = (*(column[row] for column in frame.columns), *beyond)
        found[row] = Aside(row=frame.numbers[row], cells=cells, reason="more cells than columns")
    return found


def _repeats(frame: Frame, names: Sequence[str]) -> list[int]:
    """Rows that hold the header once more."""
    named = [(frame.columns[place], name) for place, name in enumerate(names) if name]
    if not frame.header_rows or len(named) < 2:
        return []
    first, title = named[0]
    return [row for row in first.rows_of({title}) if all(column[row] == name for column, name in named)]


def _of_column(frame: Frame, place: int, named: tuple[str, str], kept: Sequence[int]) -> ColumnRepair:
    values = frame.columns[place]
    numbers = Counter(map(values.codes.__getitem__, kept))
    return decide(named[0], {values.texts[number]: count for number, count in numbers.items()})


def _would_be_blank(frame: Frame, repairs: Sequence[ColumnRepair], kept: Sequence[int]) -> frozenset[int]:
    """Rows that would have no value left: they keep what they say."""
    emptied = [
        {number for number, text in enumerate(column.texts) if not repair.becomes.get(text, text)}
        for column, repair in zip(frame.columns, repairs, strict=False)
    ]
    codes = [column.codes for column in frame.columns[: len(repairs)]]
    rows: Iterable[int] = kept
    for each, gone in zip(codes, emptied, strict=True):
        rows = [row for row in rows if each[row] in gone]
    return frozenset(rows)


def _row(frame: Frame, repairs: Sequence[ColumnRepair], row: int, as_it_is: bool) -> tuple[str, ...]:
    texts = (column[row] for column in frame.columns[: len(repairs)])
    if as_it_is:
        return tuple(texts)
    return tuple(repair.becomes.get(text, text) for text, repair in zip(texts, repairs, strict=True))


def _alterations(
    frame: Frame,
    repairs: Sequence[ColumnRepair],
    fields: Sequence[tuple[str, str]],
    kept: Sequence[int],
    blank: frozenset[int],
) -> Iterator[Alteration]:
    """Every cell whose text is another one now, spaces around it included, in the order of the columns."""
    for place, (repair, (name, _)) in enumerate(zip(repairs, fields, strict=True), 1):
        values = frame.columns[place - 1]
        changing = {number for number, text in enumerate(values.texts) if text in repair.becomes}
        padded = frozenset(values.padded)
        for row in kept:
            number = values.codes[row]
            text = values.texts[number]
            if number in changing and row not in blank:
                after, reason = repair.becomes[text], repair.reasons[text]
            elif row in padded:
                after, reason = text, "spaces"
            else:
                continue
            yield Alteration(row=frame.numbers[row], column=place, name=name, before=text, after=after, reason=reason)


def _of_rows(frame: Frame, names: Sequence[str], repeated: Sequence[int], blank: frozenset[int]) -> Iterator[Decision]:
    if frame.titles:
        yield _about("titles", [number for number, _ in frame.titles], _texts(frame.titles))
    if frame.notes:
        yield _about("notes", [number for number, _ in frame.notes], _texts(frame.notes))
    if not any(names):
        yield Decision(code="no_header")
    elif len(frame.header_rows) > 1:
        yield _about("header", frame.header_rows)
    if repeated:
        yield _about("repeated_header", [frame.numbers[row] for row in repeated])
    if blank:
        yield _about("kept_disguise", sorted(frame.numbers[row] for row in blank))
    if frame.short:
        yield _about("short_rows", [frame.numbers[row] for row in frame.short])


def _of_doubt(frame: Frame, aside: Sequence[Aside], fields: Sequence[tuple[str, str]]) -> Iterator[Doubt]:
    if aside:
        rows = [each.row for each in aside]
        yield Doubt(code="aside", rows=tuple(rows[:_MOST_ROWS_TOLD]), count=len(rows))
    for (name, _), values in zip(fields, frame.columns, strict=False):
        if values.written:
            rows = [frame.numbers[row] for row in values.written]
            yield Doubt(code="written", column=name, rows=tuple(rows[:_MOST_ROWS_TOLD]), count=len(rows))


def _about(code: str, rows: Sequence[int], text: str = "") -> Decision:
    return Decision(code=code, rows=tuple(rows[:_MOST_ROWS_TOLD]), count=len(rows), text=text)


def _texts(rows: Sequence[tuple[int, tuple[str, ...]]]) -> str:
    return " | ".join(" ".join(texts) for _, texts in rows)
