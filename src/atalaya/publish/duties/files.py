"""Rows of duties as CSV and as a workbook."""

from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any

import xlsxwriter

Row = Mapping[str, object]

NARROW, WIDE = 12, 48
"""Widths of columns in characters, of short cells and of long ones."""


def workbook(sheets: Mapping[str, Sequence[Row]]) -> bytes:
    """A workbook with a sheet for each list of rows, its head frozen and filtered; texts never become formulas or links."""
    stream = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(stream, options) as book:
        head = book.add_format({"bold": True, "bottom": 1})
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        for name, rows in sheets.items():
            _fill(book.add_worksheet(name), rows, head, wrapped)
    return stream.getvalue()


def _fill(sheet: Any, rows: Sequence[Row], head: object, wrapped: object) -> None:
    columns = list(dict.fromkeys(key for row in rows for key in row))
    sheet.freeze_panes(1, 0)
    for place, column in enumerate(columns):
        longest = max((len(str(row.get(column) or "")) for row in rows), default=0)
        sheet.set_column(place, place, WIDE if longest > 2 * NARROW else NARROW, wrapped)
        sheet.write_string(0, place, column, head)
    for number, row in enumerate(rows, start=1):
        for place, column in enumerate(columns):
            value = row.get(column)
            if isinstance(value, int | float) and not isinstance(value, bool):
                sheet.write_number(number, place, value)
            elif value is not None:
                sheet.write_string(number, place, str(value))
    if columns:
        sheet.autofilter(0, 0, len(rows), len(columns) - 1)
