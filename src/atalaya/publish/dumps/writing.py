"""The files of one table in a dump: Parquet, CSV and JSON lines, with only the columns that may leave, masked where declared."""

import csv
import gzip
import io
import json
import shutil
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import IO, cast

import pyarrow as pa
import pyarrow.parquet as pq

from atalaya.history.export import guarded
from atalaya.history.read import Sealed
from atalaya.publish.dumps.allowed import Allowed
from atalaya.publish.dumps.masking import masked
from atalaya.store.parts import canonical_json
from atalaya.store.seal import ARROW_TYPES
from atalaya.store.tables import TABLES

BATCH = 10_000
PACKED = 20_000_000
"""Bytes of plain CSV or JSON above which a file is written with gzip: up to it every program opens the file as it is."""

Values = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Extent:
    """How large a table is: rows, and characters of its longest text."""

    rows: int
    longest: int


def values_of(observation: Sealed, allowed: Allowed) -> Iterator[Values]:
    """The rows of a table as a dump carries them, in their order; JSON columns as canonical text."""
    kinds = TABLES[allowed.table].columns
    places = [(allowed.columns.index(name), kinds[name] == "json") for name in allowed.masked]
    for row in observation.values(allowed.table, allowed.columns):
        if not places:
            yield row
            continue
        changed = list(row)
        for place, is_json in places:
            changed[place] = _masked(row[place], is_json=is_json)
        yield tuple(changed)


def _masked(value: object, *, is_json: bool) -> object:
    if not isinstance(value, str):
        return value
    return canonical_json(masked(json.loads(value))) if is_json else masked(value)


def write_parquet(observation: Sealed, allowed: Allowed, folder: Path) -> list[Path]:
    """Write the table into `folder`: the sealed files themselves where nothing is left out, else one of its own."""
    folder.mkdir(parents=True, exist_ok=True)
    if allowed.whole:
        return [Path(shutil.copyfile(path, folder / Path(path).name)) for path in observation.files(allowed.table)]
    kinds = TABLES[allowed.table].columns
    schema = pa.schema([(name, ARROW_TYPES[kinds[name]]) for name in allowed.columns])
    path = folder / f"{allowed.table}-00.parquet"
    rows = values_of(observation, allowed)
    with pq.ParquetWriter(path, schema, compression="zstd") as writer:
        while some := list(islice(rows, BATCH)):
            columns = zip(*some, strict=True)
            arrays = [pa.array(column, field.type) for column, field in zip(columns, schema, strict=True)]
            writer.write_batch(pa.record_batch(arrays, schema=schema))
    return [path]


def write_csv(observation: Sealed, allowed: Allowed, folder: Path, *, packed: int = PACKED) -> tuple[Path, Extent]:
    """Write the table as CSV (UTF-8, RFC 4180), with gzip where it is long; gives the file and how large the table is.

    A text that a spreadsheet would take for a formula has an apostrophe before it.
    """
    longest = rows = 0
    with closing(_Growing(folder, f"{allowed.table}.csv", packed)) as out:
        line = io.StringIO(newline="")
        writer = csv.writer(line, lineterminator="\r\n")
        writer.writerow(allowed.columns)
        for row in values_of(observation, allowed):
            writer.writerow([_cell(value) for value in row])
            rows += 1
            longest = max(longest, max((len(value) for value in row if isinstance(value, str)), default=0))
            if rows % BATCH == 0:
                out.write(_taken(line))
        out.write(_taken(line))
    return out.path, Extent(rows, longest)


def write_lines(observation: Sealed, allowed: Allowed, folder: Path, *, packed: int = PACKED) -> Path:
    """Write the table as JSON lines: an object for each row, with lists and objects as they are."""
    kinds = [TABLES[allowed.table].columns[name] for name in allowed.columns]
    with closing(_Growing(folder, f"{allowed.table}.jsonl", packed)) as out:
        rows = values_of(observation, allowed)
        for first in rows:
            some = chain([first], islice(rows, BATCH - 1))
            lines = (json.dumps(_object(allowed, kinds, row), ensure_ascii=False) for row in some)
            out.write("".join(f"{line}\n" for line in lines).encode("utf-8", "surrogatepass"))
    return out.path


def _object(allowed: Allowed, kinds: list[str], row: Values) -> dict[str, object]:
    return {
        name: json.loads(value) if kind == "json" and isinstance(value, str) else value
        for name, kind, value in zip(allowed.columns, kinds, row, strict=True)
    }


def _cell(value: object) -> object:
    if isinstance(value, bool):
        return "true" if value else "false"
    return guarded(value)


def _taken(text: io.StringIO) -> bytes:
    """What was written so far, which is forgotten."""
    data = text.getvalue().encode("utf-8", "surrogatepass")
    text.seek(0)
    text.truncate()
    return data


class _Growing:
    """A file that becomes a packed one once it is long; the same bytes always give the same file."""

    def __init__(self, folder: Path, name: str, most: int) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.path = folder / name
        self._most, self._written = most, 0
        self._stream: IO[bytes] = self.path.open("wb")
        self._under: IO[bytes] | None = None

    def write(self, data: bytes) -> None:
        self._written += len(data)
        if self._under is None and self._written > self._most:
            self._pack()
        self._stream.write(data)

    def _pack(self) -> None:
        self._stream.close()
        plain, self.path = self.path, self.path.with_name(f"{self.path.name}.gz")
        self._under = self.path.open("wb")
        self._stream = cast("IO[bytes]", gzip.GzipFile("", "wb", 6, self._under, mtime=0))
        with plain.open("rb") as stream:
            shutil.copyfileobj(stream, self._stream)
        plain.unlink()

    def close(self) -> None:
        self._stream.close()
        if self._under is not None:
            self._under.close()
