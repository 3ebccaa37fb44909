"""Parts: the file that one unit of work writes, whole or not at all.

A part is zstd-compressed JSON lines, each `{"t": table, "r": row}` or a block of rows or of outcomes (`store.row_blocks`,
`store.outcome_blocks`). It is written to a temporary file, flushed to the disk
and renamed, so that a part that exists is done; whatever dies before that leaves only a temporary file that the next run
ignores and removes.
"""

import json
import math
import os
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

import orjson
import zstandard

from atalaya.exceptions import StoreError
from atalaya.store import outcome_blocks, row_blocks
from atalaya.store.outcome_blocks import OutcomeBlock, block_of
from atalaya.store.row_blocks import RowBlock
from atalaya.store.tables import TABLES, Row

SUFFIX = ".jsonl.zst"
NOTES = ".notes"
DIARY = ".diary"
TEMPORARY = ".unfinished"
_BY_US = b'{"t":"'
_HEAD = b'{"t":"%s"'
LEVEL = 1
"""Parts are read once or twice and removed at sealing."""
BLOCK = 1 << 16
"""Bytes of rows that are compressed at a time."""
READ = 1 << 17
"""Bytes of a part that are unpacked at a time; rows take ten times as much."""

Entry = tuple[str, Row] | OutcomeBlock | RowBlock
"""What a unit writes: a row with its table, a block of rows, or a block of outcomes."""

_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def canonical_json(value: object) -> str:
    """JSON with sorted keys, no spaces and no ASCII escapes: equal values give equal text."""
    return _ENCODER.encode(value)


def write_atomic(path: Path, chunks: Iterable[bytes], *, durable: bool = True) -> None:
    """Write a file so that it is there whole or not at all, also when the process or, where it is `durable`, the machine dies."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f"{path.name}.{os.getpid()}{TEMPORARY}")
    with temporary.open("wb") as stream:
        for chunk in chunks:
            stream.write(chunk)
        if durable:
            stream.flush()
            os.fsync(stream.fileno())
    temporary.replace(path)
    if durable:
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


def write_part(folder: Path, stage: str, unit_id: str, entries: Iterable[Entry]) -> Path:
    """Write the part of one unit. Raises StoreError for a table or a column that no table has: that is our own fault."""
    path = part_path(folder, stage, unit_id)
    write_atomic(path, _packed(_line(entry, stage, unit_id) for entry in entries))
    return path


def _line(entry: Entry, stage: str, unit_id: str) -> bytes:
    if isinstance(entry, OutcomeBlock):
        return outcome_blocks.line_of(entry)
    if isinstance(entry, RowBlock):
        for row in entry.rows:
            _check(entry.table, row, stage, unit_id)
        return row_blocks.line_of(entry)
    table, row = entry
    _check(table, row, stage, unit_id)
    return json_line({"t": table, "r": row})


def json_line(value: object) -> bytes:
    """A value as one line of JSON; what orjson cannot write, such as an integer of more than 64 bits, begins with a space."""
    try:
        return orjson.dumps(value, option=orjson.OPT_APPEND_NEWLINE)
    except TypeError:
        return f" {canonical_json(value)}\n".encode()


def _packed(lines: Iterable[bytes]) -> Iterator[bytes]:
    """Lines, compressed in blocks."""
    compressor = zstandard.ZstdCompressor(level=LEVEL).compressobj()
    pending: list[bytes] = []
    size = 0
    for line in lines:
        pending.append(line)
        size += len(line)
        if size >= BLOCK:
            yield compressor.compress(b"".join(pending))
            pending.clear()
            size = 0
    yield compressor.compress(b"".join(pending))
    yield compressor.flush()


def read_part(path: Path, tables: Collection[str] | None = None, *, blocks: bool = True) -> Iterator[tuple[str, Row]]:
    """The rows of a part, of these tables alone where some are named, with outcomes in blocks or without.

    Raises StoreError where the file is damaged.
    """
    wanted = None if tables is None else tuple(_HEAD % name.encode() for name in sorted(tables))
    with _naming(path):
        for line in _unpacked(path):
            if line.startswith(_BY_US if wanted is None else wanted):
                entry = orjson.loads(line)
            elif line.startswith(_BY_US):
                continue  # of another table, which the first characters tell
            elif line.startswith(outcome_blocks.PREFIX):
                if blocks and (tables is None or outcome_blocks.TABLE in tables):
                    yield from ((outcome_blocks.TABLE, row) for row in block_of(line).rows())
                continue
            elif line.startswith(row_blocks.PREFIX):
                yield from row_blocks.rows_of(line, tables)
                continue
            else:
                entry = json.loads(line)
            if tables is None or entry["t"] in tables:
                yield entry["t"], entry["r"]


def read_blocks(path: Path) -> Iterator[OutcomeBlock]:
    """The blocks of outcomes of a part. Raises StoreError where the file is damaged."""
    with _naming(path):
        for line in _unpacked(path):
            if line.startswith(outcome_blocks.PREFIX):
                yield block_of(line)


def read_lines(path: Path, tables: Collection[str]) -> Iterator[tuple[str, bytes]]:
    """The rows of these tables in a part as their lines, for `row_of`: whoever hands rows on need not take them apart.

    Rows in blocks have no line of their own and are not among them.
    """
    heads = [(name, _HEAD % name.encode()) for name in tables]
    with _naming(path):
        for line in _unpacked(path):
            for name, head in heads:
                if line.startswith(head):
                    yield name, line
                    break
            else:
                if line.startswith(b" ") and (name := json.loads(line)["t"]) in tables:
                    yield name, line


def row_of(line: bytes) -> Row:
    """The row of a line."""
    row: Row = (orjson.loads if line.startswith(_BY_US) else json.loads)(line)["r"]
    return row


@contextmanager
def _naming(path: Path) -> Iterator[None]:
    """Name the part in errors that its reading raises."""
    try:
        yield
    except (zstandard.ZstdError, ValueError, KeyError, TypeError) as error:
        raise StoreError(f"the part {path} is damaged ({error}); delete it and resume the round") from error


def _unpacked(path: Path) -> Iterator[bytes]:
    """The lines of a compressed file. Raises ValueError where its end is missing."""
    unpacker = zstandard.ZstdDecompressor().decompressobj()
    rest = b""
    with path.open("rb") as stream:
        while packed := stream.read(READ):
            *lines, rest = (rest + unpacker.decompress(packed)).split(b"\n")
            yield from lines
    if rest or not unpacker.eof:
        raise ValueError("its end is missing")


def notes_path(folder: Path, stage: str, unit_id: str) -> Path:
    """Where the notes of a unit lie, beside its part."""
    return part_path(folder, stage, unit_id).with_suffix(NOTES)


def diary_path(folder: Path, stage: str, unit_id: str) -> Path:
    """Where the diary of a unit lies until its part stands."""
    return part_path(folder, stage, unit_id).with_suffix(DIARY)


def write_notes(folder: Path, stage: str, unit_id: str, notes: Iterable[object]) -> None:
    """Write what a later stage need not find out again, as values of JSON; nothing is lost where they are lost."""
    counted = 0

    def lines() -> Iterator[bytes]:
        nonlocal counted
        for note in notes:
            counted += 1
            yield json_line(note)
        yield json_line(counted)

    write_atomic(notes_path(folder, stage, unit_id), _packed(lines()), durable=False)


def read_notes(folder: Path, stage: str, unit_id: str) -> list[Any] | None:
    """The notes of a unit; None where there are none, or not all of them."""
    try:
        *notes, counted = map(orjson.loads, _unpacked(notes_path(folder, stage, unit_id)))
    except (OSError, zstandard.ZstdError, ValueError):
        return None
    return notes if counted == len(notes) else None


def _check(table: str, row: Row, stage: str, unit_id: str) -> None:
    shape = TABLES.get(table)
    if shape is None:
        raise StoreError(f"unit {unit_id} of {stage} writes to the table {table!r}, which is not in store.tables")
    if not row.keys() <= shape.columns.keys():
        unknown = min(row.keys() - shape.columns.keys())
        raise StoreError(f"unit {unit_id} of {stage} writes {table}.{unknown}, which is not in store.tables")
    for name in shape.numbers:
        number = row.get(name)
        if isinstance(number, float) and not math.isfinite(number):  # JSON has no such number
            raise StoreError(f"unit {unit_id} of {stage} writes {table}.{name} as {number}, which is no number")
