"""Every list as CSV, XLSX or JSON: the same rows that its page shows, all of them, with declared columns."""

import csv
import io
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any

import orjson
from django.http import HttpRequest, HttpResponseBase, StreamingHttpResponse

from atalaya.history.export import guarded
from atalaya.portal.core.workbooks import workbook

FORMATS = ("csv", "xlsx", "json")
PARAMETER = "formato"
ROWS = 100_000
"""Most rows of one download; whole tables are in the dumps of an observation."""

BREATH, PAUSE = 100, 0.004
"""Rows after which a long list lets the pages of others go first, and seconds that it waits: they share one processor."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a download: its name in the file, and how its value is read from an object of the list."""

    name: str
    read: Callable[[Any], object]


def wanted_format(request: HttpRequest) -> str | None:
    """The format that a request asks a list for; None: the page itself."""
    asked = request.GET.get(PARAMETER, "")
    return asked if asked in FORMATS else None


def download(form: str, name: str, columns: Sequence[Column], objects: Iterable[Any]) -> HttpResponseBase:
    """The list as a file, sent as it is made; cells that a spreadsheet would run as formulas are guarded."""
    rows = _rows(columns, objects)
    make, media_type = {
        "csv": (_csv, "text/csv; charset=utf-8"),
        "xlsx": (_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        "json": (_json, "application/json"),
    }[form]
    response = StreamingHttpResponse(make([column.name for column in columns], rows), content_type=media_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


def _rows(columns: Sequence[Column], objects: Iterable[Any]) -> Iterator[list[object]]:
    for number, each in enumerate(islice(objects, ROWS), start=1):
        if number % BREATH == 0:
            time.sleep(PAUSE)
        yield [column.read(each) for column in columns]


def _csv(names: Sequence[str], rows: Iterator[list[object]]) -> Iterator[bytes]:
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    text.write("\ufeff")
    writer.writerow(names)
    for some in batched(rows):
        writer.writerows([guarded(_flat(value)) for value in row] for row in some)
        yield text.getvalue().encode()
        text.seek(0)
        text.truncate()
    yield text.getvalue().encode()


def _xlsx(names: Sequence[str], rows: Iterator[list[object]]) -> Iterator[bytes]:
    return workbook(names, ([_flat(value) for value in row] for row in rows))


def _json(names: Sequence[str], rows: Iterator[list[object]]) -> Iterator[bytes]:
    before = b"["
    for some in batched(rows):
        yield before + orjson.dumps([dict(zip(names, row, strict=True)) for row in some])[1:-1]
        before = b","
    yield b"[]" if before == b"[" else b"]"


def batched(rows: Iterator[list[object]], size: int = 1_000) -> Iterator[list[list[object]]]:
    """Rows, some at a time."""
    while some := list(islice(rows, size)):
        yield some


def _flat(value: object) -> str | int | float | bool | None:
    if value is None or isinstance(value, str | int | float | bool):
        return value
    if isinstance(value, date):
        return value.isoformat()
    return "; ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
