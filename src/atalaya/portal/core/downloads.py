"""Every list as CSV, XLSX or JSON: the same rows that its page shows, all of them, with declared columns."""

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import orjson
import xlsxwriter
from django.http import HttpRequest, HttpResponse

from atalaya.history.export import guarded

FORMATS = ("csv", "xlsx", "json")
PARAMETER = "formato"
ROWS = 100_000
"""Most rows of one download; whole tables are in the dumps of an observation."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a download: its name in the file, and how its value is read from an object of the list."""

    name: str
    read: Callable[[Any], object]


def wanted_format(request: HttpRequest) -> str | None:
    """The format that a request asks a list for; None: the page itself."""
    asked = request.GET.get(PARAMETER, "")
    return asked if asked in FORMATS else None


def download(form: str, name: str, columns: Sequence[Column], objects: Iterable[Any]) -> HttpResponse:
    """The list as a file; cells that a spreadsheet would run as formulas are guarded."""
    rows = _rows(columns, objects)
    make, media_type = {
        "csv": (_csv, "text/csv; charset=utf-8"),
        "xlsx": (_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        "json": (_json, "application/json"),
    }[form]
    response = HttpResponse(make([column.name for column in columns], rows), content_type=media_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


def _rows(columns: Sequence[Column], objects: Iterable[Any]) -> Iterator[list[object]]:
    for number, each in enumerate(objects):
        if number >= ROWS:
            return
        yield [column.read(each) for column in columns]


def _csv(names: Sequence[str], rows: Iterator[list[object]]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(names)
    writer.writerows([guarded(_flat(value)) for value in row] for row in rows)
    return ("\ufeff" + text.getvalue()).encode()


def _xlsx(names: Sequence[str], rows: Iterator[list[object]]) -> bytes:
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet("datos")
    bold = book.add_format({"bold": True})
    sheet.write_row(0, 0, names, bold)
    sheet.freeze_panes(1, 0)
    for number, row in enumerate(rows, start=1):
        sheet.write_row(number, 0, [_flat(value) for value in row])
    sheet.autofilter(0, 0, max(sheet.dim_rowmax or 0, 1), len(names) - 1)
    book.close()
    return target.getvalue()


def _json(names: Sequence[str], rows: Iterator[list[object]]) -> bytes:
    return orjson.dumps([dict(zip(names, row, strict=True)) for row in rows])


def _flat(value: object) -> str | int | float | bool | None:
    if value is None or isinstance(value, str | int | float | bool):
        return value
    if isinstance(value, date):
        return value.isoformat()
    return "; ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
