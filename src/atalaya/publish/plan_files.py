"""Plans as files that people edit: a workbook, a folder of CSV in a ZIP, JSON; and back into tables.

A file that cannot be read raises PlanFileUnusable, which names it and says what to do.
"""

import csv
import io
import json
import zipfile
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import xlsxwriter
from python_calamine import CalamineError, CalamineWorkbook

from atalaya.commitments.documents import plan_of, plan_value
from atalaya.commitments.exchange import SHEETS, Cell, Table, columns_of, partnership, tables_of
from atalaya.commitments.exchange.sheets import LONGEST_CELL
from atalaya.commitments.plan import Plan
from atalaya.exceptions import PlanFileUnusable

LARGEST = 20_000_000
"""Bytes of the largest file that is read; a plan of 1,000 commitments takes two million."""
MOST_ROWS = 200_000
UNPACKED = 10
"""How many times its limit a ZIP may unpack to."""
_NEW = datetime(1980, 1, 1)  # noqa: DTZ001 - the same bytes every time; ZIP knows no zones


def workbook_of(plan: Plan) -> bytes:
    """A workbook with a sheet for each table; every cell of text is text, so that `2.10` and `2023-06` stay what they are.

    Raises PlanFileUnusable where a text is longer than a cell takes.
    """
    body = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(body, options) as book:
        book.set_properties({"created": _NEW})
        head = book.add_format({"bold": True, "bottom": 1, "num_format": "@"})
        text = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
        for name, rows in _tables(plan).items():
            _write_sheet(book, name, rows, head, text)
    return body.getvalue()


def csv_of(plan: Plan) -> bytes:
    """A ZIP of one CSV for each table, UTF-8 with a byte order mark, which spreadsheets need to see accents."""
    body = io.BytesIO()
    with zipfile.ZipFile(body, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, rows in _tables(plan).items():
            told = io.StringIO()
            writer = csv.DictWriter(told, _columns(name), lineterminator="\r\n")
            writer.writeheader()
            writer.writerows([{key: _plain(cell) for key, cell in row.items()} for row in rows])
            entry = zipfile.ZipInfo(f"{name}.csv", _NEW.timetuple()[:6])
            archive.writestr(entry, told.getvalue().encode("utf-8-sig"), zipfile.ZIP_DEFLATED)
    return body.getvalue()


def json_of(plan: Plan) -> bytes:
    """The plain values of a plan, as `plans/*.yml` of a pack has them."""
    return json.dumps(plan_value(plan), ensure_ascii=False, indent=2).encode()


def read_tables(body: bytes, name: str) -> dict[str, Table]:
    """The tables of a workbook, of a ZIP of CSV, of one CSV named after its table, or of a whole plan as JSON. Raises
    PlanFileUnusable."""
    if len(body) > LARGEST:
        raise PlanFileUnusable(f"{name} has {len(body)} bytes; at most {LARGEST} are read: send the tables one by one")
    kind = name.rpartition(".")[2].casefold()
    try:
        if kind in ("xlsx", "xls", "ods", "xlsb"):
            return _workbook_tables(body)
        if kind == "zip":
            return _zip_tables(body, name)
        if kind == "csv":
            return {name.rpartition("/")[2].rpartition(".")[0]: _csv_rows(body, name)}
        if kind == "json":
            return tables_of(plan_of(json.loads(body)))
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise PlanFileUnusable(f"{name} holds no plan ({error}); give one that was exported here") from error
    except (CalamineError, zipfile.BadZipFile, csv.Error, OSError, RuntimeError) as error:
        raise PlanFileUnusable(f"{name} cannot be read ({error}); save it again as .xlsx or .csv") from error
    raise PlanFileUnusable(f"{name} is no .xlsx, .ods, .csv, .zip or .json; save it as one of these")


def _write_sheet(book: Any, name: str, rows: Table, head: Any, text: Any) -> None:
    columns = _columns(name)
    sheet = book.add_worksheet(name)
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, len(columns) - 1, 24, text)
    for place, column in enumerate(columns):
        sheet.write_string(0, place, column, head)
    for line, row in enumerate(rows, 1):
        for place, column in enumerate(columns):
            cell = row.get(column)
            if isinstance(cell, bool):
                sheet.write_boolean(line, place, cell)
            elif isinstance(cell, int | float):
                sheet.write_number(line, place, cell)
            elif cell is not None:
                if len(str(cell)) > LONGEST_CELL:
                    raise PlanFileUnusable(
                        f"{name}, row {line + 1}, {column} has {len(str(cell))} characters, more than a cell of a workbook "
                        f"takes ({LONGEST_CELL}); use CSV or JSON"
                    )
                sheet.write_string(line, place, str(cell), text)


def _tables(plan: Plan) -> dict[str, Table]:
    """The tables of a plan, and beside them the columns of the partnership."""
    return {**tables_of(plan), partnership.NAME: partnership.table_of(plan)}


def _columns(name: str) -> tuple[str, ...]:
    if name == partnership.NAME:
        return partnership.COLUMNS
    return next(columns_of(sheet) for sheet in SHEETS if sheet.name == name)


def _plain(cell: Cell) -> Cell:
    return ("true" if cell else "false") if isinstance(cell, bool) else cell


def _workbook_tables(body: bytes) -> dict[str, Table]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(body))
    found = {}
    for name in book.sheet_names:
        rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
        found[name] = _with_headings(rows)
    return found


def _zip_tables(body: bytes, name: str) -> dict[str, Table]:
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        entries = [entry for entry in archive.infolist() if entry.filename.casefold().endswith(".csv")]
        if sum(entry.file_size for entry in entries) > UNPACKED * LARGEST:
            raise PlanFileUnusable(
                f"{name} unpacks to more than {UNPACKED * LARGEST} bytes; send the tables one by one"
            )
        return {
            entry.filename.rpartition("/")[2][:-4]: _csv_rows(archive.read(entry), entry.filename) for entry in entries
        }


def _csv_rows(body: bytes, name: str) -> Table:
    """The rows of a CSV in UTF-8, else as Windows writes Spanish; the delimiter is the one that the heading has most of."""
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = body.decode("cp1252", "replace")
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    if len(rows) > MOST_ROWS:
        raise PlanFileUnusable(f"{name} has {len(rows)} rows; at most {MOST_ROWS} are read")
    return _with_headings(rows)


def _with_headings(rows: Sequence[Sequence[Any]]) -> Table:
    """Rows by the names of the first one; what stands beyond the headings is kept under a name that no table has."""
    if not rows:
        return []
    headings = [str(cell).strip() for cell in rows[0]]
    found: Table = []
    for row in rows[1:]:
        named: dict[str, Cell] = {}
        for place, cell in enumerate(row):
            heading = headings[place] if place < len(headings) else ""
            if heading or cell not in (None, ""):
                named[heading or f"column {place + 1}"] = cell
        found.append(named)
    return found
