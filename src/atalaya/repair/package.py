"""A repaired file on disk: CSV and Parquet of each table, a data package with their schemas, and the log of changes.

The data package is that of the Frictionless specifications (v1): https://specs.frictionlessdata.io/tabular-data-package/.
"""

import csv
import hashlib
import io
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
from pyarrow import parquet

from atalaya.catalogue.folding import fold
from atalaya.repair.changes import DECISIONS, DOUBTS, TEXTS
from atalaya.repair.tables import TidyField, TidyTable

PROFILE = "tabular-data-package"
_DIGITS = 38
"""Digits of the widest decimal of Parquet that every reader knows."""


@dataclass(frozen=True, slots=True)
class Written:
    """The files that were written, by name, in the order of the tables; `descriptor` is the data package."""

    descriptor: Path
    files: tuple[Path, ...]


def write_package(folder: Path, tables: Sequence[TidyTable], source: str) -> Written:
    """Write everything into a folder, which is made where it is not there. `source` is the name or address of the file.

    Raises OSError where the folder cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    stems = _stems([table.name for table in tables], source)
    files: list[Path] = []
    resources = []
    for stem, table in zip(stems, tables, strict=True):
        body = csv_of(table)
        (folder / f"{stem}.csv").write_bytes(body)
        write_parquet(folder / f"{stem}.parquet", table)
        files += [folder / f"{stem}.csv", folder / f"{stem}.parquet"]
        resources.append(resource_of(stem, table, body, source))
    package = {"profile": PROFILE, "name": _slug(Path(source).stem) or "data", "resources": resources}
    descriptor = folder / "datapackage.json"
    descriptor.write_text(json.dumps(package, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    changes = [{"table": stem, **_log(table)} for stem, table in zip(stems, tables, strict=True)]
    log = folder / "changes.json"
    log.write_text(
        json.dumps({"source": source, "tables": changes}, ensure_ascii=False, indent=2) + "\n", encoding="utf-8"
    )
    cells = folder / "changes.csv"
    cells.write_bytes(_cells(stems, tables))
    return Written(descriptor, (*files, descriptor, log, cells))


def csv_of(table: TidyTable) -> bytes:
    """The table as CSV: UTF-8, commas, quotes where they are needed, lines that end with \\r\\n as RFC 4180 has it."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([field.name for field in table.fields])
    writer.writerows(table.rows)
    return out.getvalue().encode("utf-8", "surrogatepass")


def resource_of(stem: str, table: TidyTable, body: bytes, source: str) -> dict[str, Any]:
    """The resource of a data package that describes a table."""
    described = " ".join((*table.titles, *table.notes))
    return {
        "profile": "tabular-data-resource",
        "name": _slug(stem),
        "path": f"{stem}.csv",
        **({"title": table.name} if table.name else {}),
        **({"description": described} if described else {}),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(body),
        "hash": f"sha256:{hashlib.sha256(body).hexdigest()}",
        "sources": [{"title": source}],
        "schema": schema_of(table),
    }


def schema_of(table: TidyTable) -> dict[str, Any]:
    """The Table Schema of a table."""
    return {
        "fields": [_field(field, table, place) for place, field in enumerate(table.fields)],
        "missingValues": ["", *table.missing],
    }


def _field(field: TidyField, table: TidyTable, place: int) -> dict[str, Any]:
    found: dict[str, Any] = {"name": field.name}
    if field.title and field.title != field.name:
        found["title"] = field.title
    found["type"] = field.type
    if field.type == "boolean":
        words = sorted({row[place] for row in table.rows if row[place] and row[place] not in table.missing})
        found["trueValues"] = [word for word in words if word.lower() in _TRUE]
        found["falseValues"] = [word for word in words if word.lower() not in _TRUE]
    if field.type == "datetime":
        found["format"] = "any"
    if field.unit:
        found["unit"] = field.unit
    return found


_TRUE = frozenset({"true", "verdadero", "verdadeiro", "sí", "si", "yes", "t", "y", "s"})


def write_parquet(path: Path, table: TidyTable) -> None:
    """The table as Parquet, each column of its type; decimals keep every digit."""
    columns = [
        _array(field, [None if row[place] in ("", *table.missing) else row[place] for row in table.rows])
        for place, field in enumerate(table.fields)
    ]
    names = [field.name for field in table.fields]
    parquet.write_table(pa.table(columns, names=names), path, compression="zstd")


def _array(field: TidyField, texts: list[str | None]) -> pa.Array:
    plain = pa.array(texts, pa.string())
    match field.type:
        case "integer":
            digits = max((len(text.lstrip("-")) for text in texts if text), default=1)
            return plain.cast(pa.int64()) if digits <= 18 else plain
        case "number":
            return plain.cast(_decimal(texts))
        case "date":
            return plain.cast(pa.date32())
        case "datetime":
            return plain.cast(pa.timestamp("s"))
        case "boolean":
            return pa.array([None if text is None else text.lower() in _TRUE for text in texts], pa.bool_())
    return plain


def _decimal(texts: Sequence[str | None]) -> pa.DataType:
    """A decimal as wide as the widest number; a binary fraction where one is written with a power or is wider still."""
    filled = [text.lstrip("-") for text in texts if text]
    if any("e" in text.lower() for text in filled):
        return pa.float64()
    scale = max((len(text.partition(".")[2]) for text in filled), default=0)
    whole = max((len(text.partition(".")[0]) for text in filled), default=1)
    return pa.decimal128(whole + scale, scale) if whole + scale <= _DIGITS else pa.float64()


def _log(table: TidyTable) -> Mapping[str, Any]:
    return {
        "altered_cells": len(table.alterations),
        "decisions": [{**asdict(each), "what": DECISIONS[each.code]} for each in table.decisions],
        "doubts": [{**asdict(each), "what": DOUBTS[each.code]} for each in table.doubts],
        "aside": [asdict(each) for each in table.aside],
    }


def _cells(stems: Sequence[str], tables: Sequence[TidyTable]) -> bytes:
    """Every altered cell of every table."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(["table", "row", "column", "name", "before", "after", "reason"])
    for stem, table in zip(stems, tables, strict=True):
        for each in table.alterations:
            writer.writerow([stem, each.row, each.column, each.name, each.before, each.after, TEXTS[each.reason]])
    return out.getvalue().encode("utf-8", "surrogatepass")


def _stems(names: Sequence[str], source: str) -> list[str]:
    """A file name for each table: its own name, else that of the source; no two the same."""
    stems: list[str] = []
    for name in names:
        plain = _slug(name) or _slug(Path(source).stem) or "table"
        stem, number = plain, 1
        while stem in stems:
            number += 1
            stem = f"{plain}-{number}"
        stems.append(stem)
    return stems


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", fold(text)).strip("-")[:80].strip("-")
