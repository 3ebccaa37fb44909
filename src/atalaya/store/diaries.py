"""Diaries: what a unit did since its last part, entry by entry, so that the death of its process loses nothing that was done.

An entry is a value of JSON and bodies that are on no disk yet. It is handed to the operating system at once and never flushed: it
outlives the process, and is lost with the machine, which a part is not. A part that is written makes its diary needless.
"""

import os
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from struct import Struct
from typing import Any

import orjson

from atalaya.exceptions import StoreError
from atalaya.store.parts import json_line

_HEAD = Struct("<III")
"""Bytes of the value, bytes of all bodies, and the CRC-32 of both."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What was done once: a value of JSON, and the bodies that it refers to and that are in no archive yet."""

    value: Any
    bodies: tuple[bytes, ...] = ()


class Diary:
    """The diary in a file, written by one process at a time."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._handle: int | None = None

    def add(self, value: object, bodies: Sequence[bytes] = ()) -> None:
        """Write one entry. Raises StoreError where the disk refuses it."""
        line = json_line([value, [len(body) for body in bodies]])
        packed = b"".join(bodies)
        data = memoryview(_HEAD.pack(len(line), len(packed), zlib.crc32(packed, zlib.crc32(line))) + line + packed)
        try:
            if self._handle is None:
                self.path.parent.mkdir(parents=True, exist_ok=True)
                self._handle = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o644)
            while data:
                data = data[os.write(self._handle, data) :]
        except OSError as error:
            raise StoreError(f"{self.path} cannot be written: {error.strerror}; check space and permissions") from error

    def entries(self) -> Iterator[Entry]:
        """The entries that were written whole, in their order; what follows them is cut off, so that writing goes on there."""
        try:
            with self.path.open("r+b") as stream:
                good = 0
                while (found := _read(stream.read)) is not None:
                    good = stream.tell()
                    yield found
                stream.truncate(good)
        except FileNotFoundError:
            return

    def close(self, *, remove: bool = False) -> None:
        """Let go of the file, and remove it where it is needed no more."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None
        if remove:
            self.path.unlink(missing_ok=True)


def _read(read: Any) -> Entry | None:
    """The next entry; None at the end, and where an entry was not written whole."""
    head = read(_HEAD.size)
    if len(head) < _HEAD.size:
        return None
    size, packed, check = _HEAD.unpack(head)
    line, rest = read(size), read(packed)
    if len(line) < size or len(rest) < packed or zlib.crc32(rest, zlib.crc32(line)) != check:
        return None
    value, sizes = orjson.loads(line)
    bodies, start = [], 0
    for length in sizes:
        bodies.append(rest[start : start + length])
        start += length
    return Entry(value, tuple(bodies))
