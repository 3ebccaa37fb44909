"""Workbooks of Excel and OpenDocument: every sheet as a table, without the empty cells that formatting pads it with.

calamine lays a sheet out as one dense range, so a single far cell would take gigabytes: the cells that a sheet's own XML claims
are counted before it is opened.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence

import python_calamine

from atalaya.inspection.canonical import combine
from atalaya.inspection.findings import Defect
from atalaya.inspection.kinds import Cell, cell_text
from atalaya.inspection.limits import Limits
from atalaya.inspection.material import Findings, Material
from atalaya.inspection.tables import Profile, profile_rows

_CELL = re.compile(rb'<(?:\w+:)?c\s[^>]*?\br="([A-Z]{1,3})(\d{1,7})"')
_ROW = re.compile(rb'<(?:\w+:)?row\s[^>]*?\br="(\d{1,7})"')
_REPEATED = re.compile(rb'number-(rows|columns)-repeated="(\d{1,9})"')
_CHUNK = 1024 * 1024


def read_spreadsheet(material: Material) -> Findings:
    """Every sheet that holds a value; hidden ones too, named as such in their reason."""
    bomb = _bomb(material)
    if bomb is not None:
        return Findings(defects=(bomb,))
    try:
        workbook = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(material.data))
    except python_calamine.PasswordError:
        return Findings(defects=(Defect(code="password_protected", place="file", detail="the workbook is encrypted"),))
    except python_calamine.CalamineError as error:
        return Findings(defects=(_unreadable(material, type(error).__name__),))
    profiles: list[Profile] = []
    defects: list[Defect] = []
    for sheet in workbook.sheets_metadata:
        if sheet.typ != python_calamine.SheetTypeEnum.WorkSheet:
            continue
        try:
            profile = _read_sheet(workbook, sheet.name, material.limits)
        except python_calamine.CalamineError as error:
            defects.append(
                Defect(
                    code="unreadable",
                    place=f"sheet {sheet.name}",
                    detail=f"the sheet cannot be read: {type(error).__name__}",
                )
            )
            continue
        if profile is not None:
            profiles.append(profile)
            defects.extend(profile.defects)
    if not profiles and not defects:
        defects.append(Defect(code="empty_file", place="file", detail="no sheet of the workbook holds a value"))
    return Findings(
        tables=tuple(profile.table for profile in profiles),
        defects=tuple(defects),
        content_sha256=combine(profile.content_sha256 for profile in profiles),
    )


def _unreadable(material: Material, why: str) -> Defect:
    """ZIP-based workbooks that lost their end are truncated, others only unreadable."""
    cut = any(defect.code == "truncated" for defect in material.sniffed.defects)
    return Defect(
        code="truncated" if cut else "unreadable", place="file", detail=f"the workbook cannot be opened: {why}"
    )


def _read_sheet(workbook: python_calamine.CalamineWorkbook, name: str, limits: Limits) -> Profile | None:
    sheet = workbook.get_sheet_by_name(name)
    if sheet.start is None or sheet.height * sheet.width > limits.cells:
        return None
    top, left = sheet.start
    rows = trimmed(sheet.to_python(skip_empty_area=True))
    return profile_rows(_without_left_margin(rows), name, limits, first_row=top + 1) if rows and left >= 0 else None


def trimmed(rows: Iterable[Sequence[Cell]]) -> list[Sequence[Cell]]:
    """Rows without the empty rows at the end and the empty cells at the right that all of them have."""
    kept = list(rows)
    while kept and not any(cell_text(cell) for cell in kept[-1]):
        kept.pop()
    width = max((place for row in kept for place, cell in enumerate(row, 1) if cell_text(cell)), default=0)
    return [row[:width] for row in kept]


def _without_left_margin(rows: Sequence[Sequence[Cell]]) -> Iterator[Sequence[Cell]]:
    """Rows from the first column in which any of them holds a value."""
    margin = min(
        (next((place for place, cell in enumerate(row) if cell_text(cell)), len(row)) for row in rows if row), default=0
    )
    for row in rows:
        yield row[margin:]


def _bomb(material: Material) -> Defect | None:
    """A workbook whose parts unpack to more than is read, or whose sheets span more cells than are laid out."""
    if material.sniffed.format == "xls" or not material.data.startswith(b"PK"):
        return None
    limits = material.limits
    try:
        with zipfile.ZipFile(io.BytesIO(material.data)) as archive:
            infos = archive.infolist()
            if sum(info.file_size for info in infos) > 4 * limits.unpacked or len(infos) > limits.members:
                return Defect(code="bomb", place="file", detail="the workbook unpacks to more than is read")
            for info in infos:
                if info.filename.lower().endswith(("content.xml",)) or re.search(
                    r"worksheets/[^/]+\.xml$", info.filename.lower()
                ):
                    cells = _claimed_cells(archive, info, limits)
                    if cells > limits.cells:
                        return Defect(code="bomb", place=info.filename, detail=f"the sheet claims {cells} cells")
    except (zipfile.BadZipFile, zlib.error, OSError, RuntimeError, ValueError, NotImplementedError, EOFError):
        return None
    return None


def _claimed_cells(archive: zipfile.ZipFile, info: zipfile.ZipInfo, limits: Limits) -> int:
    """Rows times columns of the smallest box around all cells of a sheet's XML."""
    row = column = read = repeated = 0
    tail = b""
    with archive.open(info) as stream:
        while chunk := stream.read(_CHUNK):
            read += len(chunk)
            if read > 4 * limits.unpacked:
                return limits.cells + 1
            text = tail + chunk
            row, column = _box(text, row, column)
            repeated = max(repeated, _repeated(text))
            tail = text[-4096:]
    return max(row * column, repeated)


def _box(text: bytes, row: int, column: int) -> tuple[int, int]:
    for match in _CELL.finditer(text):
        number = 0
        for letter in match.group(1):
            number = number * 26 + letter - 64
        column = max(column, number)
        row = max(row, int(match.group(2)))
    for match in _ROW.finditer(text):
        row = max(row, int(match.group(1))) if column else row
    return row, column


def _repeated(text: bytes) -> int:
    """OpenDocument repeats rows and cells by number; a row with a value that is repeated millions of times is a bomb.

    The padding of empty rows to the last row of a sheet is usual and is not counted: no value stands before the row's end.
    """
    most = 0
    for match in re.finditer(
        rb'<table:table-row[^>]*number-rows-repeated="(\d{1,9})"[^>]*>(.*?)</table:table-row>', text, re.DOTALL
    ):
        if b"office:value" not in match.group(2) and b"<text:p" not in match.group(2):
            continue
        columns = sum(int(each.group(2)) for each in _REPEATED.finditer(match.group(2)) if each.group(1) == b"columns")
        most = max(most, int(match.group(1)) * max(columns, 1))
    return most
