"""Parts: the file that one unit of work writes, whole or not at all.

A part is zstd-compressed JSON lines, each `{"t": table, "r": row}`. It is written to a temporary file, flushed to the disk
and renamed, so that a part that exists is done; whatever dies before that leaves only a temporary file that the next run
ignores and removes.
"""

import json
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import quote, unquote

import zstandard

from atalaya.exceptions import StoreError
from atalaya.store.tables import TABLES, Row

SUFFIX = ".jsonl.zst"
TEMPORARY = ".unfinished"
LEVEL = 3


def canonical_json(value: object) -> str:
    """JSON with sorted keys, no spaces and no ASCII escapes: equal values give equal text."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def write_atomic(path: Path, chunks: Iterable[bytes]) -> None:
    """Write a file so that it is there whole or not at all, also when the process or the machine dies."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f"{path.name}.{os.getpid()}{TEMPORARY}")
    with temporary.open("wb") as stream:
        for chunk in chunks:
            stream.write(chunk)
        stream.flush()
        os.fsync(stream.fileno())
    temporary.replace(path)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make renames inside a folder durable."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def part_path(folder: Path, stage: str, unit_id: str) -> Path:
    """Where the part of a unit lies. Unit ids may hold any text; the file name is its URL quoting."""
    return folder / "parts" / stage / (quote(unit_id, safe="-_.") + SUFFIX)


def unit_of(path: Path) -> str:
    """The unit id of a part file."""
    return unquote(path.name.removesuffix(SUFFIX))


def write_part(folder: Path, stage: str, unit_id: str, rows: Iterable[tuple[str, Row]]) -> Path:
    """Write the part of one unit. Raises StoreError for a table or a column that no table has: that is our own fault."""
    path = part_path(folder, stage, unit_id)
    compressor = zstandard.ZstdCompressor(level=LEVEL).compressobj()

    def chunks() -> Iterator[bytes]:
        for table, row in rows:
            _check(table, row, stage, unit_id)
            yield compressor.compress((canonical_json({"t": table, "r": row}) + "\n").encode())
        yield compressor.flush()

    write_atomic(path, chunks())
    return path


def read_part(path: Path) -> Iterator[tuple[str, Row]]:
    """The rows of a part. Raises StoreError where the file is damaged."""
    try:
        with path.open("rb") as stream:
            reader = zstandard.ZstdDecompressor().stream_reader(stream)
            rest = b""
            while chunk := reader.read(1 << 20):
                *lines, rest = (rest + chunk).split(b"\n")
                for line in lines:
                    entry = json.loads(line)
                    yield entry["t"], entry["r"]
            if rest:
                raise ValueError("it ends in the middle of a row")
    except (zstandard.ZstdError, ValueError, KeyError) as error:
        raise StoreError(f"the part {path} is damaged ({error}); delete it and resume the round") from error


def _check(table: str, row: Row, stage: str, unit_id: str) -> None:
    shape = TABLES.get(table)
    if shape is None:
        raise StoreError(f"unit {unit_id} of {stage} writes to the table {table!r}, which is not in store.tables")
    unknown = row.keys() - shape.columns.keys()
    if unknown:
        raise StoreError(f"unit {unit_id} of {stage} writes {table}.{sorted(unknown)[0]}, which is not in store.tables")
