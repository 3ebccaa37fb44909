"""OLE2 compound files: the kind of document is told by the names in their directory (MS-CFB)."""

import struct
from collections.abc import Iterator

from atalaya.inspection.findings import Defect
from atalaya.inspection.material import Hint, Sniffed

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_KINDS = (
    ("Workbook", "xls"),
    ("Book", "xls"),
    ("WordDocument", "doc"),
    ("PowerPoint Document", "ppt"),
    ("PP97_DUALSTORAGE", "ppt"),
    ("VisioDocument", "visio"),
    ("__properties_version1.0", "outlook_message"),
    ("Quill", "publisher_document"),
)
_END = 0xFFFFFFFA
"""Sector numbers from here on end a chain or mark free sectors."""
_MOST_SECTORS = 20_000
_SHORT = 4_096
"""Bytes below which a stream lies in the short sectors (MS-CFB §2.2)."""


def sniff_ole2(data: bytes, hint: Hint) -> Sniffed:
    """The kind of an OLE2 file; an encrypted Office file hides its kind, so there its name decides."""
    names = _names(data)
    for name, found in _KINDS:
        if name in names:
            return Sniffed(format=found, reason=f"OLE2 file whose directory names {name!r}")
    if "EncryptedPackage" in names:
        kind = next((each for each in hint.formats if each in ("xlsx", "xlsm", "xlsb", "docx", "pptx")), "ole2")
        locked = Defect(code="password_protected", place="file", detail="an encrypted Office package")
        return Sniffed(format=kind, reason="OLE2 file around an encrypted Office package", defects=(locked,))
    if not names:
        cut = Defect(code="truncated", place="file", detail="the directory of the OLE2 file is not there")
        return Sniffed(format="ole2", reason="OLE2 signature", defects=(cut,))
    return Sniffed(format="ole2", reason="OLE2 file of another program")


def stream_start(data: bytes, name: str) -> bytes:
    """The first sector of a stream; empty where there is none of this name, or where it is so short that it lies elsewhere."""
    for place, found in _entries(data):
        first, length = struct.unpack_from("<IQ", data, place + 116)
        if found == name and length >= _SHORT and first < _END:
            size = _sector_size(data)
            return data[(first + 1) * size : (first + 2) * size]
    return b""


def _names(data: bytes) -> frozenset[str]:
    return frozenset(name for _, name in _entries(data))


def _sector_size(data: bytes) -> int:
    return 1 << min(struct.unpack_from("<H", data, 30)[0], 16) if len(data) >= 512 else 0


def _entries(data: bytes) -> Iterator[tuple[int, str]]:
    """The entries of the directory, by its chain of sectors: where each stands and its name."""
    size = _sector_size(data)
    if size < 64:
        return
    table = _allocation_table(data, size)
    sector = struct.unpack_from("<I", data, 48)[0]
    seen: set[int] = set()
    while sector < _END and sector not in seen and len(seen) < _MOST_SECTORS:
        seen.add(sector)
        start = (sector + 1) * size
        for place in range(start, min(start + size, len(data) - 127), 128):
            length = struct.unpack_from("<H", data, place + 64)[0]
            if 2 <= length <= 64:
                yield place, data[place : place + length - 2].decode("utf-16-le", "replace")
        sector = table[sector] if sector < len(table) else _END


def _allocation_table(data: bytes, size: int) -> list[int]:
    """The chain of each sector, from the first 109 parts of the table, which the header names; enough for directories."""
    table: list[int] = []
    for number in struct.unpack_from("<109I", data, 76):
        start = (number + 1) * size
        if number >= _END or start + size > len(data) or len(table) > _MOST_SECTORS * 128:
            break
        table.extend(struct.unpack_from(f"<{size // 4}I", data, start))
    return table
