"""Excel XML of 2003 (SpreadsheetML): worksheets as tables; cells may skip places by `ss:Index`."""

import xml.parsers.expat as expat
from collections.abc import Mapping
from dataclasses import replace

from atalaya.inspection.findings import Defect
from atalaya.inspection.kinds import Cell
from atalaya.inspection.limits import Limits
from atalaya.inspection.markup import hash_xml
from atalaya.inspection.material import Findings, Material
from atalaya.inspection.tables import gather, profile_rows

_MARK = "\x1f"


class _Sheets:
    """Collects the rows of each worksheet while expat reads."""

    def __init__(self, limits: Limits) -> None:
        self.sheets: list[tuple[str, list[list[Cell]]]] = []
        self.full = False
        self._limits = limits
        self._cells = 0
        self._column = 0
        self._type = ""
        self._text: list[str] | None = None

    def started(self, name: str, attributes: Mapping[str, str]) -> None:
        """Open a worksheet, a row, a cell or its data; places given by an index are jumped to within limits."""
        local = name.rpartition(_MARK)[2]
        given = {key.rpartition(_MARK)[2]: value for key, value in attributes.items()}
        if local == "Worksheet":
            self.sheets.append((given.get("Name", ""), []))
        elif not self.sheets or self.full:
            return
        elif local == "Row":
            self._jump(self.sheets[-1][1], given.get("Index"))
            self.sheets[-1][1].append([])
        elif local == "Cell" and self.sheets[-1][1]:
            self._jump_cells(self.sheets[-1][1][-1], given.get("Index"))
        elif local == "Data":
            self._type, self._text = given.get("Type", "String"), []

    def written(self, characters: str) -> None:
        """Text of a cell."""
        if self._text is not None:
            self._text.append(characters)

    def ended(self, name: str) -> None:
        """Close the data of a cell."""
        if name.rpartition(_MARK)[2] == "Data" and self._text is not None:
            rows = self.sheets[-1][1] if self.sheets else []
            if rows and rows[-1]:
                rows[-1][-1] = _value("".join(self._text), self._type)
            self._text = None

    def _jump(self, rows: list[list[Cell]], index: str | None) -> None:
        target = int(index) - 1 if index is not None and index.isdigit() else len(rows)
        self._spend(max(0, target - len(rows)))
        while len(rows) < target and not self.full:
            rows.append([])

    def _jump_cells(self, row: list[Cell], index: str | None) -> None:
        target = int(index) - 1 if index is not None and index.isdigit() else len(row)
        self._spend(max(0, target - len(row)) + 1)
        if not self.full:
            row.extend([""] * (target - len(row) + 1))

    def _spend(self, cells: int) -> None:
        self._cells += cells
        self.full = self.full or self._cells > self._limits.cells


def _value(text: str, kind: str) -> Cell:
    if kind == "Number":
        try:
            return float(text)
        except ValueError:
            return text
    return text.strip() == "1" if kind == "Boolean" else text


def read_excel_xml(material: Material) -> Findings:
    """The worksheets of a SpreadsheetML file; what is not well-formed ends as a defect after the rows before it."""
    decoded = material.sniffed.decoded
    assert decoded is not None, "markup is sniffed from text"
    found = list(decoded.defects)
    _, broken = hash_xml(decoded.text)
    if broken is not None:
        found.append(broken)
        if broken.code == "bomb":
            return Findings(encoding=decoded.encoding, defects=tuple(found))
    sheets = _Sheets(material.limits)
    parser = expat.ParserCreate("utf-8", _MARK)
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = (
        sheets.started,
        sheets.ended,
        sheets.written,
    )
    try:
        parser.Parse(decoded.text.lstrip("\ufeff \t\r\n").encode("utf-8", "replace"), True)
    except expat.ExpatError:
        assert broken is not None, "the same text was found broken before"
    if sheets.full:
        found.append(Defect(code="bomb", place="file", detail="its sheets claim more cells than are read"))
    profiles = [each for name, rows in sheets.sheets if (each := profile_rows(rows, name, material.limits)) is not None]
    read = gather(profiles)
    return replace(read, encoding=decoded.encoding, defects=(*found, *read.defects))
