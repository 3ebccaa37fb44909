"""Export: the tables of a sealed observation as CSV, JSON lines or Parquet, with the manifest and checksums."""

import csv
import json
import shutil
from collections.abc import Iterator
from pathlib import Path

from atalaya.exceptions import StoreError
from atalaya.history.read import Sealed
from atalaya.store.manifest import NAME as MANIFEST
from atalaya.store.parts import canonical_json
from atalaya.store.seal import file_sha256
from atalaya.store.tables import TABLES, Row

FORMATS = ("csv", "jsonl", "parquet")
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""First characters that spreadsheets take for a formula: such text cells get an apostrophe in CSV."""


def export(observation: Sealed, folder: Path, format_: str) -> tuple[Path, ...]:
    """Write all tables into a new or empty folder; gives the files written. Raises StoreError where it is not empty."""
    if folder.exists() and any(folder.iterdir()):
        raise StoreError(f"{folder} is not empty; give a new folder, so that nothing is mixed or lost")
    folder.mkdir(parents=True, exist_ok=True)
    files: list[Path] = []
    for name in sorted(TABLES):
        if format_ == "parquet":
            files.extend(Path(shutil.copy(path, folder)) for path in observation.files(name))
        else:
            files.append(_write(observation, name, folder / f"{name}.{format_}"))
    files.append(Path(shutil.copy(observation.folder / MANIFEST, folder)))
    sums = folder / "SHA256SUMS"
    sums.write_text("".join(f"{file_sha256(path)}  {path.name}\n" for path in files), encoding="utf-8")
    return (*files, sums)


def _write(observation: Sealed, table: str, path: Path) -> Path:
    with path.open("w", encoding="utf-8", newline="") as stream:
        if path.suffix == ".jsonl":
            stream.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in observation.rows(table))
        else:
            writer = csv.writer(stream)
            writer.writerow(TABLES[table].columns)
            writer.writerows(_cells(observation.rows(table), table))
    return path


def _cells(rows: Iterator[Row], table: str) -> Iterator[list[object]]:
    for row in rows:
        yield [_cell(row[name], kind) for name, kind in TABLES[table].columns.items()]


def _cell(value: object, kind: str) -> object:
    if kind == "json" and value is not None:
        return canonical_json(value)
    return guarded(value)


def guarded(value: object) -> object:
    """A cell of CSV as spreadsheets may open it: a text that they would take for a formula gets an apostrophe."""
    return "'" + value if isinstance(value, str) and value.startswith(FORMULA) else value
