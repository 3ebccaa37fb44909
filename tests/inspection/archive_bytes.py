"""Archives for tests: small ones that 7-Zip 26.01 wrote, and 7z and RAR archives written by hand from their specifications."""

import base64
import lzma
import struct
import zlib
from collections.abc import Mapping, Sequence

WRITTEN = {
    "lzma": (
        "N3q8ryccAASow1KnqQAAAAAAAAAhAAAAAAAAAE4LuyYBAClsdWdhcixjYXNvcwpDb2LDoW4sMwpGbG9yZXMsNQp4O3kKMTsyCjM7"
        "NAoAAACBMweuD9Dij7yfP0dBBA9xDP25DwI9cY3veE/QnngPJtbLcwGgOagHnZyIQoBmtB1LbftBpmB0LQRu2cYgwezJBboc6jX3"
        "lTZqNqEGvdUQ97qduMmIPQqiIUMthKIMR96IcZJVhV/PTaDHLUexZ/HOTbZp4Kn4AAAAFwYuAQl7AAcLAQABIwMBAQVdABAAAAyA"
        "pgoBA98SgQAA"
    ),
    "bzip2": (
        "N3q8ryccAATnXANb1QAAAAAAAAAgAAAAAAAAAIHi3VlCWmg5MUFZJlNZgJVfnAAACN2UABAABAoACQA6hZoAIAAIACAAIiGTQMnq"
        "ZCgBgABo5hSUnYJfzYh44NlFkmfi7kinChIQEqvzgEJaaDkxQVkmU1moBKUvAAAFSIAAEDwIAGAgACIaYIQMClmAOVLxdyRThQkK"
        "gEpS8AAAgTMHrjGccVnAGItG8oMzpz7CK1UVnXi4HBEzq0uhry2i7kaAVTmeeo/qoCeBfczhhA/P1QlD08xZyH5nkKmI5yKEFWrc"
        "L6x1cKPkG5GI4xabKuzUMgAAAAAXBnoBCVsABwsBAAEjAwEBBV0AEAAADG4KAe885fYAAA=="
    ),
    "ppmd": (
        "N3q8ryccAARki92sIAAAAAAAAABSAAAAAAAAAHBjrfIAbAsFgQozZO5nYYXhqdVPTQSiwJOVkFE7jz7pClcacgEEBgABCSAABwsB"
        "AAEjAwQBBQYAAAEADB4ACAoBo07vegAABQEZBgAAAAAAABENAGEALgBjAHMAdgAAABQKAQDWG5YPfn3dARUGAQAggKSBAAA="
    ),
    "encrypted": (
        "N3q8ryccAASEGfYFqQAAAAAAAAAhAAAAAAAAADDUez8b7JSR2Jo88IdAqMUa8rcBIgS3Lzg5X1BIkBNdM1OwjQIvkG3KtZ/nOk4V"
        "GjYqOJ4AAIEzB64P0QDUPKCKabDjxAD69FhUvYbVUlP1S8894Jh69gbsD8n+M18zUwzG0JnK7BDtabUq0lKvWLXSbjtHRmMqR+uv"
        "9jihPWyu8kSJt4zhk/YPrEOOFotKx60Tdn7OBd+j+k4d7lPUapRVZ7ngjsrEvSYAAAAAFwYwAQl5AAcLAQABIwMBAQVdABAAAAyA"
        "jgoB9V3lUgAA"
    ),
    "encrypted_names": (
        "N3q8ryccAATjLWSioAAAAAAAAAAuAAAAAAAAAIBEsPI4OYdX1lv26DNZVnI2X/wvo6E9QxUDW7wwWVepKvoe/JIHP96/LRVeS89B"
        "ZYbP3NTMjKfRu3xjKqsD/oI19xmezjGXpYqE2ZlN+Ki5DXU89zJRoXDgWRoe/QFXx5BIVLsr0JRCoC4Z1PmjC4w3DVDsP7ninN7L"
        "OEempCrltKKJqcJw8VNyfVbmLmIc+ioQRkoPr686oMSizSyO/p0CcbLXFwYwAQlwAAcLAQABJAbxBwESUw91cK/7gFDPKyl668Bu"
        "Q+neDGIKAVZc0LUAAA=="
    ),
}
"""By method: `a.csv` and `b.csv` (the first alone where packed by PPMd or with names encrypted)."""


def written(name: str) -> bytes:
    """An archive that 7-Zip wrote."""
    return base64.b64decode(WRITTEN[name])


def seven_zip(members: Mapping[str, bytes], filters: Sequence[Mapping[str, int]] | None = None) -> bytes:
    """A 7z archive of one stream, packed by LZMA2 (or by LZMA with filters before it)."""
    whole = b"".join(members.values())
    chain = list(filters or ({"id": lzma.FILTER_LZMA2, "preset": 1},))
    packed = lzma.compress(whole, lzma.FORMAT_RAW, filters=chain)
    coder = b"\x21\x21\x01\x18"
    sizes = [len(data) for data in members.values()]
    streams = b"\x06" + _number(0) + _number(1) + b"\x09" + _number(len(packed)) + b"\0"
    streams += b"\x07\x0b" + _number(1) + b"\0" + _number(1) + coder + b"\x0c" + _number(len(whole)) + b"\0"
    streams += b"\x08\x0d" + _number(len(members)) + b"\x09" + b"".join(map(_number, sizes[:-1]))
    streams += b"\x0a\x01" + b"".join(struct.pack("<I", zlib.crc32(data)) for data in members.values()) + b"\0"
    names = b"\0" + b"".join(name.encode("utf-16-le") + b"\0\0" for name in members)
    files = _number(len(members)) + b"\x11" + _number(len(names)) + names + b"\0"
    return seven_zip_around(packed, b"\x01\x04" + streams + b"\0" + b"\x05" + files + b"\0")


def seven_zip_around(packed: bytes, header: bytes) -> bytes:
    """A 7z archive with this directory."""
    start = struct.pack("<QQI", len(packed), len(header), zlib.crc32(header))
    return b"7z\xbc\xaf\x27\x1c\0\4" + struct.pack("<I", zlib.crc32(start)) + start + packed + header


def _number(value: int) -> bytes:
    for size in range(8):
        if value < 1 << (7 * size + 7):
            first = (0xFF00 >> size) & 0xFF | value >> (8 * size)
            return bytes([first]) + (value & (1 << (8 * size)) - 1).to_bytes(size, "little")
    return b"\xff" + value.to_bytes(8, "little")


def rar_four(*files: tuple[str, bytes, int, int]) -> bytes:
    """A RAR archive of version 4; each file is its name, the bytes that lie in the archive, its method and its flags."""
    out = b"Rar!\x1a\x07\x00" + struct.pack("<HBHH", 0, 0x73, 0, 13) + bytes(6)
    for name, data, method, flags in files:
        raw = name.encode("utf-8")
        size = len(data) if method == 0x30 else 3 * len(data)
        head = struct.pack("<IIBIIBBHI", len(data), size, 3, zlib.crc32(data), 0, 29, method, len(raw), 0x20)
        out += struct.pack("<HBHH", 0, 0x74, flags | 0x8000, 7 + len(head) + len(raw)) + head + raw + data
    return out + struct.pack("<HBHH", 0, 0x7B, 0x4000, 7)


def rar_five(*files: tuple[str, bytes, int, bool], locked: bool = False) -> bytes:
    """A RAR archive of version 5; each file is its name, its bytes, its method (0 is stored) and whether it is encrypted."""
    out = b"Rar!\x1a\x07\x01\x00"
    out += _block(4, 0, b"\0\0\x0f" + bytes(16)) if locked else _block(1, 0, b"\0")
    for name, data, method, hidden in files:
        raw = name.encode("utf-8")
        extra = _seven(2) + _seven(1) + b"\0" if hidden else b""
        body = _seven(4) + _seven(len(data)) + _seven(0x20) + struct.pack("<I", zlib.crc32(data))
        body += _seven(method << 7) + _seven(1) + _seven(len(raw)) + raw
        out += (
            _block(2, 2 | bool(extra), (_seven(len(extra)) if extra else b"") + _seven(len(data)) + body + extra) + data
        )
    return out + _block(5, 0, b"\0")


def _block(kind: int, flags: int, rest: bytes) -> bytes:
    body = _seven(kind) + _seven(flags) + rest
    return bytes(4) + _seven(len(body)) + body


def _seven(value: int) -> bytes:
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes(out + bytes([value]))
