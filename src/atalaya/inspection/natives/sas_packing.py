"""The two ways in which SAS packs rows: runs of bytes (`COMPRESS=CHAR`) and patterns that return (`COMPRESS=BINARY`)."""

from __future__ import annotations

_OFTEN = (b"", b"@", b" ", b"\0")
"""Bytes whose runs have commands of their own, by the last two bits of these."""


def unpack_rle(packed: bytes, length: int) -> bytes:
    """A row of this length from runs of bytes. Raises IndexError where it is cut and ValueError for an unknown command."""
    out = bytearray()
    at = 0
    while at < len(packed) and len(out) < length:
        command, low = packed[at] & 0xF0, packed[at] & 0x0F
        at += 1
        if command == 0x00:
            size = packed[at] + 64 + low * 256
            at += 1
            out += packed[at : at + size]
            at += size
        elif command == 0x10:
            size = packed[at] + 64 + low * 256 + 4096
            at += 1
            out += packed[at : at + size]
            at += size
        elif command == 0x20:
            size = low + 96
            out += packed[at : at + size]
            at += size
        elif command == 0x40:
            out += bytes([packed[at + 1]]) * (packed[at] + low * 256 + 18)
            at += 2
        elif command in (0x50, 0x60, 0x70):
            out += _OFTEN[command >> 4 & 3] * (packed[at] + low * 256 + 17)
            at += 1
        elif 0x80 <= command <= 0xB0:
            size = low + 1 + 16 * ((command - 0x80) >> 4)
            out += packed[at : at + size]
            at += size
        elif command == 0xC0:
            out += bytes([packed[at]]) * (low + 3)
            at += 1
        elif command >= 0xD0:
            out += _OFTEN[command >> 4 & 3] * (low + 2)
        else:
            raise ValueError("an unknown command")
    if len(out) < length:
        raise IndexError("the row ends too early")
    return bytes(out[:length])


def unpack_rdc(packed: bytes, length: int) -> bytes:
    """A row of this length by Ross's data compression. Raises IndexError where it is cut, ValueError for a reference to
    nothing."""
    out = bytearray()
    at, bits, mask = 0, 0, 0
    while at < len(packed) and len(out) < length:
        mask >>= 1
        if not mask:
            bits, mask, at = packed[at] << 8 | packed[at + 1], 0x8000, at + 2
        if not bits & mask:
            out.append(packed[at])
            at += 1
            continue
        command, low = packed[at] >> 4, packed[at] & 0x0F
        at += 1
        if command == 0:
            out += bytes([packed[at]]) * (low + 3)
            at += 1
        elif command == 1:
            out += bytes([packed[at + 1]]) * (low + (packed[at] << 4) + 19)
            at += 2
        else:
            back = low + 3 + (packed[at] << 4)
            at += 1
            size = command
            if command == 2:
                size = packed[at] + 16
                at += 1
            if back > len(out):
                raise ValueError("a pattern from before the row")
            for _ in range(size):
                out.append(out[-back])
    if len(out) < length:
        raise IndexError("the row ends too early")
    return bytes(out[:length])
