"""The directory of RAR archives of versions 4 and 5, by their published headers (`technote.txt` of RAR). What is packed can
only be unpacked by RAR's own code; what is merely stored lies there as it is.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass

FOUR = b"Rar!\x1a\x07\x00"
FIVE = b"Rar!\x1a\x07\x01\x00"
_STORED = 0x30


class Locked(Exception):
    """Raised where a password closes the directory itself."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A file in the archive; its bytes lie at `start` where it is `stored` whole."""

    name: str
    size: int
    start: int
    packed: int
    stored: bool
    locked: bool
    crc: int | None = None
    split: bool = False
    """Whether a part of it is in another volume."""


def entries(data: bytes) -> Iterator[Entry]:
    """The files of an archive in their order. Raises Locked, EOFError (cut short) or ValueError (no such archive)."""
    if data.startswith(FIVE):
        return _of_five(data)
    if data.startswith(FOUR):
        return _of_four(data)
    raise ValueError("an archive of another version")


def _of_four(data: bytes) -> Iterator[Entry]:
    at = len(FOUR)
    while at < len(data):
        if at + 7 > len(data):
            raise EOFError("a block is cut")
        _, kind, flags, size = struct.unpack_from("<HBHH", data, at)
        if size < 7 or not 0x72 <= kind <= 0x7B:
            raise ValueError("no block of a RAR archive")
        if kind == 0x73 and flags & 0x80:
            raise Locked
        if kind == 0x7B:
            return
        extra = 0
        if kind in (0x74, 0x7A):
            if at + max(size, 32) > len(data):
                raise EOFError("a header is cut")
            entry, extra = _file_of_four(data, at, flags, size)
            if kind == 0x74 and flags & 0xE0 != 0xE0:
                yield entry
        elif flags & 0x8000:
            extra = struct.unpack_from("<I", data.ljust(at + 11, b"\0"), at + 7)[0]
        at += size + extra
    if at > len(data):
        raise EOFError("its last file is cut")


def _file_of_four(data: bytes, at: int, flags: int, size: int) -> tuple[Entry, int]:
    packed, unpacked, _, crc, _, _, method, length, _ = struct.unpack_from("<IIBIIBBHI", data, at + 7)
    place = at + 32
    if flags & 0x100:
        high_packed, high_unpacked = struct.unpack_from("<II", data, place)
        packed, unpacked, place = packed | high_packed << 32, unpacked | high_unpacked << 32, place + 8
    name = _name_of_four(data[place : place + length], bool(flags & 0x200))
    entry = Entry(
        name=name,
        size=unpacked,
        start=at + size,
        packed=packed,
        stored=method == _STORED,
        locked=bool(flags & 0x04),
        crc=crc,
        split=bool(flags & 0x03),
    )
    return entry, packed


def _name_of_four(raw: bytes, wide: bool) -> str:
    """A name in the code page of the system that wrote it; with a zero byte, the pieces of its wide letters follow."""
    plain, mark, packed = raw.partition(b"\0")
    if not wide or not mark:
        try:
            return raw.decode("utf-8").replace("\\", "/")
        except UnicodeDecodeError:
            return raw.decode("cp850", "replace").replace("\\", "/")
    return _wide_name(plain, packed).replace("\\", "/")


def _wide_name(plain: bytes, packed: bytes) -> str:
    """The letters that a name in version 4 codes by two bits each: one byte, one with the shared high byte, two, or a run."""
    out: list[int] = []
    if not packed:
        return plain.decode("cp850", "replace")
    high, at, flags, bits = packed[0], 1, 0, 0
    try:
        while at < len(packed):
            if not bits:
                flags, bits, at = packed[at], 8, at + 1
            bits -= 2
            kind = flags >> bits & 3
            if kind == 0:
                out.append(packed[at])
                at += 1
            elif kind == 1:
                out.append(packed[at] | high << 8)
                at += 1
            elif kind == 2:
                out.append(packed[at] | packed[at + 1] << 8)
                at += 2
            else:
                run, at = packed[at], at + 1
                shift, shared = (0, 0) if not run & 0x80 else (packed[at], high << 8)
                at += bool(run & 0x80)
                for _ in range((run & 0x7F) + 2):
                    out.append(plain[len(out)] + shift & 0xFF | shared)
    except IndexError:
        return plain.decode("cp850", "replace")
    return "".join(map(chr, out))


def _of_five(data: bytes) -> Iterator[Entry]:
    at = len(FIVE)
    while at < len(data):
        size, place = _number(data, at + 4)
        end = place + size
        if end > len(data):
            raise EOFError("a header is cut")
        kind, place = _number(data, place)
        flags, place = _number(data, place)
        extra = body = 0
        if flags & 1:
            extra, place = _number(data, place)
        if flags & 2:
            body, place = _number(data, place)
        if kind == 4:
            raise Locked
        if kind == 5:
            return
        if kind == 2:
            entry = _file_of_five(data, place, end, extra, body, flags)
            if entry is not None:
                yield entry
        at = end + body
    raise EOFError("its end is missing")


def _file_of_five(data: bytes, at: int, end: int, extra: int, body: int, flags: int) -> Entry | None:
    own, at = _number(data, at)
    size, at = _number(data, at)
    _, at = _number(data, at)
    crc = None
    at += 4 if own & 2 else 0
    if own & 4:
        crc = struct.unpack_from("<I", data, at)[0]
        at += 4
    packing, at = _number(data, at)
    _, at = _number(data, at)
    length, at = _number(data, at)
    if own & 1:
        return None
    return Entry(
        name=data[at : min(at + length, end)].decode("utf-8", "replace"),
        size=size,
        start=end,
        packed=body,
        stored=not packing >> 7 & 7,
        locked=_is_locked(data, end - extra, end),
        crc=crc,
        split=bool(flags & 0x18),
    )


def _is_locked(data: bytes, at: int, end: int) -> bool:
    """Whether the records behind a file's header hold one of encryption (type 1)."""
    while at < end:
        size, at = _number(data, at)
        kind, _ = _number(data, at)
        if kind == 1:
            return True
        at += size
    return False


def _number(data: bytes, at: int) -> tuple[int, int]:
    """A number of seven bits a byte, the lowest first, and the place behind it."""
    value = 0
    for step in range(10):
        if at + step >= len(data):
            raise EOFError("a number is cut")
        value |= (data[at + step] & 0x7F) << 7 * step
        if not data[at + step] & 0x80:
            return value, at + step + 1
    raise ValueError("no number of a RAR archive")
