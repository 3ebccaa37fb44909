"""Workbooks of Excel and OpenDocument: every table of every sheet, hidden ones too, from where its first value stands."""

from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field, replace

from atalaya.inspection.defects.cells import letters
from atalaya.inspection.findings import Defect, Table
from atalaya.inspection.headers import Merged
from atalaya.inspection.kinds import Cell
from atalaya.inspection.material import Findings, Material
from atalaya.inspection.messages import Messages
from atalaya.inspection.pivots import find_pivot
from atalaya.inspection.regular_sheets import IrregularPart, RegularBook, regular_book
from atalaya.inspection.sheet_parts import SheetPart, sheet_parts
from atalaya.inspection.tables import Profile, gather, profile_rows
from atalaya.inspection.workbook_parts import find_in_package
from atalaya.inspection.workbooks import opened

_DETAILS = {
    "password_protected": "the workbook is encrypted",
    "bomb": "the sheet spans more cells than are read",
}
_MOST_TABLES = 500
"""Tables of one workbook; what stands behind them is not looked at."""


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A sheet as it is announced; `merged` are first and last rows and columns of merged cells, from 0, in the rows given."""

    name: str
    visible: bool
    first_row: int
    first_column: int = 1
    merged: Sequence[tuple[int, int, int, int]] = ()


@dataclass(slots=True)
class _Collected:
    profiles: list[Profile] = field(default_factory=list)
    defects: list[Defect] = field(default_factory=list)


def read_spreadsheet(material: Material) -> Findings:
    """Every table that holds a value. In a file in which one workbook took all it may, the others are not opened."""
    if material.spending.reader_died:
        told = "not opened: another workbook in the same file took all the time or memory that it may"
        return Findings(defects=(Defect(code="bomb", place="file", detail=told),))
    refused: set[str] = set()
    wide: set[str] = set()
    while True:
        try:
            return _read_workbook(material, regular_book(material.data, material.limits, refused, wide))
        except IrregularPart as part:
            (wide if part.wider and part.name not in wide else refused).add(part.name)


def _read_workbook(material: Material, book: RegularBook | None) -> Findings:
    """Every table of a workbook, of which a book, where there is one, reads the large sheets. Raises `IrregularPart`."""
    with book or nullcontext(), opened(material.data if book is None else book.reduced, material.limits) as messages:
        found = _collect(messages, material, book)
    defects = found.defects
    if not messages.ended:
        defects.append(_death(material, messages.spent))
        material.spending.reader_died = messages.spent
    if messages.ended:
        defects.extend(find_in_package(material.data, [profile.table for profile in found.profiles]))
    if not found.profiles and not defects:
        defects.append(Defect(code="empty_file", place="file", detail="no sheet of the workbook holds a value"))
    read = gather(found.profiles)
    return replace(read, defects=(*defects, *read.defects))


def _collect(messages: Messages, material: Material, book: RegularBook | None) -> _Collected:
    found = _Collected()
    shape: tuple[int, Sequence[tuple[int, int, int, int]]] = (1, ())
    while (message := messages.next()) is not None:
        match message:
            case ("shape", int(column), list(merged)):
                shape = (column, merged)
            case ("sheet", str(name), bool(visible), int(first)):
                sheet = _Sheet(name, visible, first, *shape)
                shape = (1, ())
                _read_sheet(*_sheet_rows(sheet, messages.rows(), book), material, found)
            case ("fault", str(code), str(sheet), str(word)):
                found.defects.append(_fault(code, sheet, word, material))
    return found


def _sheet_rows(
    sheet: _Sheet, rows: Iterator[Sequence[Cell]], book: RegularBook | None
) -> tuple[_Sheet, Iterator[Sequence[Cell]]]:
    """A sheet with its rows, which are those of a large one where it stands for it."""
    if book is None:
        return sheet, rows
    part, styles, rows = book.recognise(rows)
    if part is None:
        return sheet, rows
    large = book.sheet(part, styles)
    if large is None:
        return sheet, iter(())
    placed = replace(sheet, first_row=large.first_row, first_column=large.first_column, merged=large.merged)
    return placed, large.rows


def _read_sheet(sheet: _Sheet, rows: Iterator[Sequence[Cell]], material: Material, found: _Collected) -> None:
    """The tables of a sheet. One alone bears the name of its sheet, several also their place in it."""
    profiles: list[Profile] = []
    for part in sheet_parts(rows, sheet.first_row):
        profile = _read_part(part, sheet, material) if len(found.profiles) + len(profiles) < _MOST_TABLES else None
        for _ in part.rows:
            """Rows that hold nothing, or are beyond the limit, are passed over."""
        if profile is not None:
            profiles.append(profile)
    if len(profiles) > 1:
        profiles = [_placed(profile) for profile in profiles]
    for profile in profiles:
        found.profiles.append(profile if sheet.visible else _hidden(profile))
        found.defects.extend(_in_the_way(profile, sheet))


def _read_part(part: SheetPart, sheet: _Sheet, material: Material) -> Profile | None:
    profile = profile_rows(
        part.rows,
        sheet.name,
        material.limits,
        first_row=part.first_row,
        first_column=sheet.first_column + part.first_column - 1,
        merged=_merged(part, sheet),
    )
    if profile is None:
        return None
    reason = f"{part.why}; {profile.table.reason}" if part.why else profile.table.reason
    return replace(profile, table=replace(profile.table, reason=reason))


def _merged(part: SheetPart, sheet: _Sheet) -> Merged:
    """The cells merged along rows, counted from the first cell of a part."""
    down, right = part.first_row - sheet.first_row, part.first_column - 1
    return {
        (top - down, left - right): last - right
        for top, left, _, last in sheet.merged
        if last > left and top >= down and left >= right
    }


def _placed(profile: Profile) -> Profile:
    """A table among several of its sheet, named by its first cell as well."""
    table = profile.table
    row = table.header_row or table.first_data_row or 1
    return replace(profile, table=replace(table, name=f"{table.name}!{letters(table.first_column)}{row}"))


def _in_the_way(profile: Profile, sheet: _Sheet) -> Iterator[Defect]:
    """What of a sheet's dressing is in the way of its data: cells merged down the rows, what is left of a pivot table."""
    table = profile.table
    start = table.first_data_row
    down = [
        top + sheet.first_row
        for top, _, bottom, _ in sheet.merged
        if bottom > top and start is not None and start <= top + sheet.first_row < start + table.rows
    ]
    if down:
        detail = f"{len(down)} cells are merged over several rows of data, of which only the first has the value; row {min(down)}"
        yield Defect(code="merged_cells", place=_place(table), detail=detail)
    pivot = find_pivot(profile)
    if pivot is not None:
        yield Defect(code="pivot_table", place=_place(table), detail=pivot)


def _place(table: Table) -> str:
    return f"table {table.name}" if table.name else "table"


def _hidden(profile: Profile) -> Profile:
    return replace(profile, table=replace(profile.table, reason=f"{profile.table.reason}; the sheet is hidden"))


def _fault(code: str, sheet: str, word: str, material: Material) -> Defect:
    place = f"sheet {sheet}" if sheet else "file"
    if code != "unreadable":
        return Defect(code=code, place=place, detail=_DETAILS[code])
    cut = not sheet and any(defect.code == "truncated" for defect in material.sniffed.defects)
    return Defect(code="truncated" if cut else code, place=place, detail=f"it cannot be read: {word}")


def _death(material: Material, spent: bool) -> Defect:
    """The process died: at a limit, which is ours and makes the workbook a bomb to us, or by a fault of the reader."""
    if not spent:
        return Defect(code="unreadable", place="file", detail="opening the workbook broke the reader")
    limits = material.limits
    detail = f"opening the workbook took more than {limits.memory >> 20} MB or {limits.seconds} s"
    return Defect(code="bomb", place="file", detail=detail)
