"""A catalogue as a table, one record a row: delimited text in any usual dialect, or the first sheet of a workbook."""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from atalaya.harvest import values
from atalaya.harvest.bodies import decode, is_html
from atalaya.harvest.fields import Ledger
from atalaya.harvest.visits import Refusal, Visit, landed
from atalaya.inspection.findings import Dialect
from atalaya.inspection.kinds import Cell
from atalaya.inspection.limits import DEFAULT
from atalaya.inspection.records import lines, read_rows
from atalaya.inspection.workbooks import read_sheets

DELIMITERS = (";", ",", "\t", "|")
"""What stands between the columns of a catalogue that a portal exports; the one that gives the widest header is taken."""
COLUMNS_LIMIT = 2_000
"""Columns of a catalogue; real ones have about fifty."""
_WORKBOOKS = (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK\x03\x04")


@dataclass(frozen=True, slots=True)
class Grid:
    """The header of a table and its rows as they stand. `note` says what was odd about reading it."""

    header: tuple[str, ...]
    body: Sequence[Sequence[Cell]]
    note: str | None = None

    @property
    def cut(self) -> bool:
        """Whether the last row ends before its table does, as that of a file that was cut off."""
        last = self.body[-1] if self.body else ()
        return 0 < len(last) < len(self.header)

    def rows(self, ledger: Ledger) -> Iterator[tuple[str, dict[str, object]]]:
        """The place and the cells by column of every row that holds something; rows of another width become problems."""
        for number, cells in enumerate(self.body, start=1):
            if all(values.is_blank(cell) for cell in cells):
                continue
            place = f"row {number}"
            if len(cells) != len(self.header):
                ledger.problem(place, f"{len(cells)} cells in a table of {len(self.header)} columns")
            row: dict[str, object] = {}
            for name, cell in zip(self.header, cells, strict=False):
                if name and (name not in row or values.is_blank(row[name])):
                    row[name] = cell
            yield place, row


def is_workbook(body: bytes) -> bool:
    """Whether the bytes start as a workbook of Excel or OpenDocument does."""
    return body.startswith(_WORKBOOKS)


def is_json(body: bytes) -> bool:
    """Whether the first character of a text opens a JSON object or list."""
    return decode(body[:64])[0].lstrip("\ufeff\x00 \t\r\n")[:1] in ("{", "[")


def read_grid(visit: Visit) -> Grid | Refusal:
    """The table of an answer, or why it holds none. A workbook is opened in a process of its own, with limits."""
    if is_workbook(visit.body):
        return _from_workbook(visit)
    if is_html(visit.body):
        return Refusal("html", landed(visit))
    text, note = decode(visit.body)
    text = text.lstrip("\ufeff")
    delimiter = _delimiter(text)
    if delimiter is None:
        return Refusal("no_datasets", f"{landed(visit)} is no table")
    try:
        table = list(read_rows(lines(text), _dialect(delimiter)))
    except csv.Error as error:
        return Refusal("malformed", f"{landed(visit)}: {error}")
    first = next((place for place, row in enumerate(table) if any(cell.strip() for cell in row)), 0)
    names = tuple(values.clean(cell).strip() for cell in table[first])
    return Grid(names, [row for row in table[first + 1 :] if row], note)


def _delimiter(text: str) -> str | None:
    """The delimiter of the first line that says something; None where no delimiter makes columns of it."""
    line = next((line for line in lines(text) if line.strip()), "")
    widths: list[tuple[int, int]] = []
    for place, delimiter in enumerate(DELIMITERS):
        try:
            row = next(read_rows(iter([line]), _dialect(delimiter)), [])
        except csv.Error:
            return None
        widths.append((len(row), -place))
    width, place = max(widths)
    return DELIMITERS[-place] if 1 < width <= COLUMNS_LIMIT else None


def _dialect(delimiter: str) -> Dialect:
    return Dialect(delimiter=delimiter)


def _from_workbook(visit: Visit) -> Grid | Refusal:
    found = read_sheets(visit.body, DEFAULT)
    sheet = next((sheet for sheet in found.sheets if sheet.visible and sheet.rows), None)
    if sheet is None and found.faults:
        return Refusal("malformed", f"{landed(visit)}: {found.faults[0].told}")
    if sheet is None:
        return Refusal("no_datasets", f"{landed(visit)}: no sheet of the workbook holds a table")
    header = tuple((values.word(cell) if isinstance(cell, str) else None) or "" for cell in sheet.rows[0])
    return Grid(header[:COLUMNS_LIMIT], [row[:COLUMNS_LIMIT] for row in sheet.rows[1:]])
