"""The workbook of Argentina's profile (`catalog.xlsx`) put together as the JSON would be.

Sheets `catalog`, `dataset`, `distribution`, `field` and `theme`, in any case; the first filled row names the columns, as
`dataset_superTheme` or `dataset_publisher_name`. Rows tell by identifier and title what they belong to. Columns and sheets that
nodes add are kept under their names, so that they are reported as unread.

Template: https://github.com/datosgobar/paquete-apertura-datos/blob/master/examples/catalog.xlsx
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from atalaya.harvest import values
from atalaya.harvest.fields import UNREAD, Ledger
from atalaya.harvest.visits import Refusal, Visit, landed
from atalaya.inspection.kinds import Cell, cell_text
from atalaya.inspection.limits import Limits
from atalaya.inspection.workbooks import Sheet, read_sheets

LIMITS = Limits(cells=3_000_000, memory=1 << 30, seconds=60)
"""Of one catalogue: the national one of 2018 has 22,502 described columns, about 300,000 cells in its largest sheet."""

SHEETS = ("catalog", "dataset", "distribution", "field", "theme")

_LISTS = frozenset({"superTheme", "theme", "keyword", "tags", "language"})
"""Columns that hold a list, written with commas."""
_NESTED = ("publisher", "contactPoint")
_DATES = frozenset({"issued", "modified"})
_PROFILE = """
    superThemeTaxonomy superTheme accrualPeriodicity landingPage accessURL downloadURL fileName mediaType byteSize hasEmail
    contactPoint specialType specialTypeDetail scrapingFileURL scrapingFileSheet scrapingIdentifierCell
    scrapingDataStartCell identifier title description publisher name mbox issued modified language license homepage rights
    spatial temporal theme keyword tags source fn format type id label units catalog dataset distribution field
"""
_NAMES = {name.lower(): name for name in _PROFILE.split()}
"""How the profile writes its names, whatever case a header uses."""
_MOMENT = re.compile(r"(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2}:\d{2}(?:\.\d+)?)")
"""A cell with date and time as the reader of workbooks gives it."""

Record = dict[str, object]


@dataclass(frozen=True, slots=True)
class _Row:
    """One filled row: its number as a person sees it, and its texts by column."""

    number: int
    cells: dict[str, str]

    def text(self, column: str) -> str | None:
        """The text of a column; None where it is empty."""
        return self.cells.get(column)


def is_workbook(body: bytes) -> bool:
    """Whether bytes are a workbook by their signature: Excel of either kind, or OpenDocument."""
    if body.startswith(b"PK\x03\x04"):
        return b"xl/" in body or b"opendocument.spreadsheet" in body[:200]
    return body.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")


def parse_workbook(visit: Visit, ledger: Ledger) -> Record | Refusal:
    """The catalogue as the JSON would have it, or why the workbook holds none; rows that belong nowhere become problems."""
    found = read_sheets(visit.body, LIMITS, SHEETS)
    for fault in found.faults:
        if fault.sheet is None or _kind(fault.sheet) in SHEETS:
            return Refusal("malformed", f"{landed(visit)}: {fault.told}")
        ledger.problem(f"sheet {values.clean(fault.sheet)}", fault.told)
    tables = {_kind(sheet.name): list(_rows(sheet, ledger)) for sheet in found.sheets}
    headers = {_kind(sheet.name): _header(sheet)[1] for sheet in found.sheets}
    if not {"dataset_identifier", "dataset_title"} & set(headers.get("dataset", ())) or len(tables) < 2:
        names = ", ".join(values.clean(name)[:40] for name in found.names[:6])
        return Refusal(
            "no_datasets", f"{landed(visit)}: a workbook without the profile's sheets (it has: {names or 'none'})"
        )
    catalogue = _catalogue(tables.get("catalog", []), ledger)
    datasets = _Datasets(tables["dataset"], ledger)
    for row in tables.get("distribution", []):
        datasets.add_distribution(row, ledger)
    for row in tables.get("field", []):
        datasets.add_field(row, ledger)
    themes = [_record(row, "theme") for row in tables.get("theme", [])]
    return {**catalogue, **({"themeTaxonomy": themes} if themes else {}), "dataset": datasets.records}


def _kind(name: str) -> str:
    return name.strip().lower()


def _header(sheet: Sheet) -> tuple[int, list[str]]:
    """Where the first filled row is, and the names it gives to the columns, in the profile's writing."""
    for place, row in enumerate(sheet.rows):
        if any(cell_text(cell) for cell in row):
            return place, [_column(cell_text(cell)) for cell in row]
    return 0, []


def _column(written: str) -> str:
    return "_".join(_NAMES.get(part.lower(), part) for part in written.split("_"))


def _rows(sheet: Sheet, ledger: Ledger) -> Iterator[_Row]:
    start, names = _header(sheet)
    for place, row in enumerate(sheet.rows[start + 1 :], start=sheet.first_row + start + 1):
        cells = _cells(row, names, sheet.name, ledger)
        if cells:
            yield _Row(place, cells)


def _cells(row: Sequence[Cell], names: list[str], sheet: str, ledger: Ledger) -> dict[str, str]:
    """The texts of a row by column; of columns with one name the first that says something."""
    cells: dict[str, str] = {}
    for place, cell in enumerate(row):
        text = cell_text(cell)
        name = names[place] if place < len(names) else ""
        if text and not name:
            ledger.use(f"sheet {values.clean(sheet)}: column without a name", UNREAD)
        elif text:
            cells.setdefault(name, text)
    return cells


def _record(row: _Row, kind: str) -> Record:
    """A row as an object: names without the prefix of their sheet, publishers and contacts as objects of their own."""
    record: Record = {}
    for column, text in row.cells.items():
        prefix, _, rest = column.partition("_")
        name = rest if prefix.lower() == kind and rest else column
        outer, _, inner = name.partition("_")
        if outer in _NESTED and inner:
            nested = record.setdefault(outer, {})
            if isinstance(nested, dict):
                nested[inner] = text
        else:
            record[name] = _value(name, text)
    return record


def _value(name: str, text: str) -> object:
    if name in _LISTS:
        return [part.strip() for part in text.split(",") if part.strip()]
    if name in _DATES:
        return _MOMENT.sub(r"\1T\2", text)
    if name == "byteSize" and text.isascii() and text.isdigit() and len(text) < 19:
        return int(text)
    return text


def _catalogue(rows: list[_Row], ledger: Ledger) -> Record:
    if not rows:
        ledger.problem("sheet catalog", "no row, so nothing is said about the catalogue")
        return {}
    for row in rows[1:]:
        ledger.problem(f"sheet catalog row {row.number}", "a second catalogue; the first is read")
    return _record(rows[0], "catalog")


class _Datasets:
    """The datasets of the workbook under construction, found by identifier or title."""

    def __init__(self, rows: list[_Row], ledger: Ledger) -> None:
        self.records: list[Record] = []
        self._by_identifier: defaultdict[str, list[Record]] = defaultdict(list)
        self._by_title: defaultdict[str, list[Record]] = defaultdict(list)
        for row in rows:
            identifier, title = row.text("dataset_identifier"), row.text("dataset_title")
            if (identifier is None and title is None) or len(row.cells) < 2:
                ledger.problem(f"sheet dataset row {row.number}", "neither identifier nor title, so no dataset")
                continue
            record: Record = {**_record(row, "dataset"), "distribution": []}
            self.records.append(record)
            if identifier is not None:
                self._by_identifier[identifier].append(record)
            if title is not None:
                self._by_title[title].append(record)

    def add_distribution(self, row: _Row, ledger: Ledger) -> None:
        """Put a distribution into its dataset, or list it as a problem."""
        owner = self._owner(row)
        if owner is None:
            ledger.problem(f"sheet distribution row {row.number}", "the dataset it names is not in the sheet dataset")
            return
        _append(owner, "distribution", _record(row, "distribution"))

    def add_field(self, row: _Row, ledger: Ledger) -> None:
        """Put a described column into its distribution, or count it as a problem."""
        owner = self._owner(row)
        inside = owner.get("distribution") if owner is not None else None
        distributions = inside if isinstance(inside, list) else []
        named = _alike(distributions, row.text("distribution_identifier"), row.text("distribution_title"))
        if named is None:
            ledger.unreadable("sheet field", "the distribution it names is not in the sheet distribution")
            return
        _append(named, "field", _record(row, "field"))

    def _owner(self, row: _Row) -> Record | None:
        identifier, title = row.text("dataset_identifier"), row.text("dataset_title")
        if identifier is not None:
            return _alike(self._by_identifier.get(identifier, []), identifier, title)
        return _alike(self._by_title.get(title or "", []), None, title)


def _alike(records: list[Record], identifier: str | None, title: str | None) -> Record | None:
    """The record of an identifier; of several that share it, or where none is given, the one of the title."""
    if identifier is None and title is None:
        return None
    found = [record for record in records if identifier is None or record.get("identifier") == identifier]
    titled = [record for record in found if record.get("title") == title]
    if identifier is None:
        found = titled
    return next(iter(titled or found), None)


def _append(record: Record, name: str, item: Record) -> None:
    listed = record.setdefault(name, [])
    if isinstance(listed, list):
        listed.append(item)
