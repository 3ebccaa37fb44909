"""Geometries as text: the binary form of GeoPackage and OGC (06-103r4 §8) written as well-known text."""

from __future__ import annotations

import struct

_KINDS = {
    1: "POINT",
    2: "LINESTRING",
    3: "POLYGON",
    4: "MULTIPOINT",
    5: "MULTILINESTRING",
    6: "MULTIPOLYGON",
    7: "GEOMETRYCOLLECTION",
}
_ENVELOPES = (0, 32, 48, 48, 64)
"""Bytes of the box around a geometry, by its code in the header (OGC 12-128r18 §2.1.3)."""
_DEEPEST = 20


def geometry_text(blob: bytes) -> str:
    """Well-known text of a GeoPackage geometry; `blob` for bytes that are none."""
    try:
        if blob[:2] == b"GP":
            envelope = (blob[3] >> 1) & 7
            return wkb_text(blob, 8 + _ENVELOPES[envelope])
        return wkb_text(blob, 0)
    except (struct.error, LookupError, ValueError, OverflowError):
        return "blob"


def wkb_text(blob: bytes, start: int) -> str:
    """Well-known text of the geometry at a place. Raises ValueError, struct.error or LookupError for bytes that are none."""
    text, _ = _geometry(blob, start, 0)
    return text


def _geometry(blob: bytes, at: int, depth: int) -> tuple[str, int]:
    if depth > _DEEPEST:
        raise ValueError("geometries nested too deep")
    order = "<" if blob[at] == 1 else ">"
    code = struct.unpack_from(order + "I", blob, at + 1)[0]
    at += 5
    if code & 0x20000000:  # a reference system follows, as PostGIS writes it
        at += 4
    plain = code & 0x0FFFFFFF
    kind, dimensions = plain % 1000, (0, 1, 1, 2)[plain // 1000 % 4] + bool(code & 0x80000000) + bool(code & 0x40000000)
    name, size = _KINDS[kind], 2 + dimensions
    if kind == 1:
        numbers = struct.unpack_from(f"{order}{size}d", blob, at)
        empty = all(number != number for number in numbers)
        return f"{name} EMPTY" if empty else f"{name} ({_spaced(numbers)})", at + 8 * size
    count = struct.unpack_from(order + "I", blob, at)[0]
    at += 4
    if kind == 2:
        text, at = _points(blob, at, order, size, count)
        return f"{name} {text}", at
    _check(count, len(blob) - at)
    parts = []
    for _ in range(count):
        if kind == 3:
            number = struct.unpack_from(order + "I", blob, at)[0]
            text, at = _points(blob, at + 4, order, size, number)
        else:
            text, at = _geometry(blob, at, depth + 1)
            text = text if kind == 7 else text.partition(" ")[2]
        parts.append(text)
    return f"{name} ({', '.join(parts)})" if parts else f"{name} EMPTY", at


def _points(blob: bytes, at: int, order: str, size: int, count: int) -> tuple[str, int]:
    _check(count * size * 8, len(blob) - at)
    numbers = struct.unpack_from(f"{order}{count * size}d", blob, at)
    points = (numbers[place : place + size] for place in range(0, len(numbers), size))
    text = "(" + ", ".join(map(_spaced, points)) + ")" if count else "EMPTY"
    return text, at + count * size * 8


def _check(needed: int, left: int) -> None:
    if needed > left:
        raise ValueError("the geometry states more points than it has")


def _spaced(numbers: tuple[float, ...]) -> str:
    return " ".join(f"{number:.15g}" for number in numbers)
