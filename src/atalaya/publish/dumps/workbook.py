"""A dump as one workbook: a sheet for each table that fits, and a first sheet that says of every table whether it is there."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

import xlsxwriter

from atalaya.history.read import Sealed
from atalaya.publish.dumps.allowed import ALLOWED, Allowed
from atalaya.publish.dumps.writing import Extent, values_of

ROWS = 1_048_575
"""Rows of a sheet below its header, and the characters of a cell: what XLSX permits (Excel specifications and limits)."""
CHARACTERS = 32_767
CELLS = 2_000_000
"""Cells of a table from which a sheet is left out: beyond, programs take minutes and gigabytes to open the workbook."""

CONTENTS = "contents"


def left_out(allowed: Allowed, extent: Extent | None) -> str:
    """Why the workbook has no sheet of a table; empty where it has one."""
    if extent is None:
        return allowed.kept_back
    if extent.rows > ROWS:
        return f"{extent.rows} rows; a sheet holds {ROWS}"
    if extent.rows * len(allowed.columns) > CELLS:
        return f"{extent.rows * len(allowed.columns)} cells; the workbook takes tables of at most {CELLS}"
    if extent.longest > CHARACTERS:
        return f"a text of {extent.longest} characters; a cell holds {CHARACTERS}"
    return ""


def write_workbook(observation: Sealed, extents: Mapping[str, Extent], path: Path) -> None:
    """Write the workbook. `extents` are those of the tables that the dump carries."""
    book = xlsxwriter.Workbook(
        str(path), {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    manifest = observation.manifest
    made = datetime.strptime(manifest.as_of[:10], "%Y-%m-%d")  # noqa: DTZ007 - XLSX knows no time zones
    book.set_properties({"title": manifest.observation, "author": "Atalaya", "created": made})
    bold = book.add_format({"bold": True})
    sheet = book.add_worksheet(CONTENTS)
    sheet.write_row(0, 0, ("table", "rows", "about", "not in this workbook because"), bold)
    for number, (name, allowed) in enumerate(sorted(ALLOWED.items()), start=1):
        extent = extents.get(name)
        told = (name, extent.rows if extent else None, allowed.about, left_out(allowed, extent))
        sheet.write_row(number, 0, told)
    for name, allowed in sorted(ALLOWED.items()):
        extent = extents.get(name)
        if extent is not None and not left_out(allowed, extent):
            sheet = book.add_worksheet(name)
            sheet.write_row(0, 0, allowed.columns, bold)
            sheet.freeze_panes(1, 0)
            for number, row in enumerate(values_of(observation, allowed), start=1):
                sheet.write_row(number, 0, row)
    book.close()
