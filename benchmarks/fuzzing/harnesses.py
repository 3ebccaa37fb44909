"""What is fuzzed: each harness takes any bytes and raises where a reader breaks a promise.

Readers promise never to raise for any bytes; the harnesses also hold what must be true of every result.
"""

import json
import math
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Final

from atalaya.inspection.findings import Inspection
from atalaya.inspection.inspector import inspect_bytes
from atalaya.inspection.kinds import text_kind
from atalaya.inspection.limits import DEFAULT
from atalaya.inspection.text import decode
from atalaya.inspection.values import date_order, decimal_mark, parse_date, parse_number
from atalaya.repair.columns import decide
from atalaya.repair.file import repair_bytes

SMALL = replace(
    DEFAULT, whole=1 << 20, unpacked=1 << 20, unpacked_inside=1 << 21, ratio_from=1 << 18, cells=20_000, columns=200
)
"""Limits that keep one execution short; the code behind them is the same."""


class Broken(Exception):
    """A reader broke a promise."""


def text(data: bytes) -> None:
    """Bytes as text: valid UTF-8 is read as such."""
    decoded = decode(data)
    try:
        meant = data.decode("utf-8")
    except UnicodeDecodeError:
        return
    plain = meant.isprintable() or not any(letter < " " and letter not in "\t\r\n" for letter in meant)
    if plain and "\0" not in meant and decoded is not None and decoded.text.lstrip("\ufeff") != meant.lstrip("\ufeff"):
        raise Broken(f"valid UTF-8 was read as {decoded.encoding}")


def values(data: bytes) -> None:
    """Numbers and dates as people write them, and what a column of them becomes."""
    cells = data.decode("utf-8", "replace").split("\n")[:50]
    mark, order = decimal_mark(cells), date_order(cells)
    for cell in cells:
        text_kind(cell)
        number = parse_number(cell, mark.mark)
        if number is not None and math.isnan(number):
            raise Broken("a number that is none")
        parse_date(cell, order.day_first)
    counts = {cell.strip(): cells.count(cell) for cell in cells}
    found = decide("x", counts)
    after: dict[str, int] = {}
    for cell, count in counts.items():
        mended = found.becomes.get(cell, cell)
        after[mended] = after.get(mended, 0) + count
    if decide("x", after).becomes:
        raise Broken("a repaired column is repaired again")


def delimited(data: bytes) -> None:
    """Delimited text, whatever the bytes."""
    _sound(inspect_bytes(data, url="x.csv", limits=SMALL))


def repaired(data: bytes) -> None:
    """The tidy tables of delimited text are whole: each row as wide as its header."""
    for table in repair_bytes(data, url="x.csv", limits=SMALL).tables:
        if any(len(row) != len(table.fields) for row in table.rows):
            raise Broken("a row is not as wide as its table")
        names = [field.name for field in table.fields]
        if len(set(names)) < len(names) or not all(names):
            raise Broken("two columns have one name, or one has none")


def structured(data: bytes) -> None:
    """JSON, XML, HTML and what else is told by its first bytes."""
    _sound(inspect_bytes(data, limits=SMALL))


def packed(data: bytes) -> None:
    """Containers: ZIP, gzip, tar, and what is inside."""
    _sound(inspect_bytes(data, url="x.zip", limits=SMALL))


def _sound(found: Inspection) -> None:
    """What is true of every inspection."""
    if found.size < 0 or len(found.sha256) != 64:
        raise Broken("size or hash are wrong")
    for table in found.tables:
        for column in table.columns:
            if column.filled + column.missing != table.rows:
                raise Broken(f"column {column.position}: filled and missing cells are not all rows")
            if column.distinct is not None and not 0 <= column.distinct <= column.filled:
                raise Broken(f"column {column.position}: more different values than filled cells")
    json.dumps([defect.detail for defect in found.defects])


HARNESSES: Final[Mapping[str, tuple[Callable[[bytes], None], tuple[str, ...]]]] = {
    "delimited": (delimited, (".csv", ".tsv", ".txt")),
    "packed": (packed, (".zip", ".gz", ".xlsx", ".ods", ".kmz")),
    "repaired": (repaired, (".csv", ".tsv")),
    "structured": (structured, (".json", ".xml", ".html", ".ttl", ".geojson", ".rdf", ".dbf", ".pdf", ".parquet")),
    "text": (text, (".csv", ".txt", ".xml", ".html")),
    "values": (values, (".csv",)),
}
"""Each harness with the endings of the recorded files that it starts from."""


def seeds(folder: Path, endings: tuple[str, ...], most_bytes: int) -> list[Path]:
    """The recorded files that a harness starts from: small ones, in order."""
    found = (path for path in folder.rglob("*") if path.suffix.lower() in endings)
    return sorted(path for path in found if path.is_file() and 0 < path.stat().st_size <= most_bytes)
