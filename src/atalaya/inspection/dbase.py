"""dBase tables (also the attributes of a Shapefile): names, types and widths from the header, deleted rows left out."""

import struct
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from atalaya.inspection.findings import Defect
from atalaya.inspection.kinds import Cell
from atalaya.inspection.material import Findings, Material
from atalaya.inspection.tables import gather, profile_rows
from atalaya.inspection.text import decode

_CODE_PAGES = {
    0x01: "cp437", 0x02: "cp850", 0x03: "cp1252", 0x04: "mac_roman", 0x08: "cp865", 0x09: "cp437", 0x0A: "cp850", 0x0B: "cp437",
    0x0D: "cp437", 0x0E: "cp850", 0x0F: "cp437", 0x10: "cp850", 0x11: "cp437", 0x12: "cp850", 0x13: "cp932", 0x14: "cp850",
    0x15: "cp437", 0x16: "cp850", 0x17: "cp865", 0x18: "cp437", 0x19: "cp437", 0x1A: "cp850", 0x1B: "cp437", 0x1C: "cp863",
    0x1D: "cp850", 0x1F: "cp852", 0x22: "cp852", 0x23: "cp852", 0x24: "cp860", 0x25: "cp850", 0x26: "cp866", 0x37: "cp850",
    0x40: "cp852", 0x4D: "cp936", 0x4E: "cp949", 0x4F: "cp950", 0x50: "cp874", 0x57: "cp1252", 0x58: "cp1252", 0x59: "cp1252",
    0x64: "cp852", 0x65: "cp866", 0x66: "cp865", 0x67: "cp861", 0x6A: "cp737", 0x6B: "cp857", 0x6C: "cp863", 0x78: "cp950",
    0x79: "cp949", 0x7A: "cp936", 0x7B: "cp932", 0x7C: "cp874", 0x7D: "cp1255", 0x7E: "cp1256", 0x86: "cp737", 0x87: "cp852",
    0x88: "cp857", 0xC8: "cp1250", 0xC9: "cp1251", 0xCA: "cp1254", 0xCB: "cp1253", 0xCC: "cp1257",
}  # fmt: skip
"""Language driver ids of the dBase header, as ESRI and GDAL list them."""
_SHOWN = {"cp437": "ibm437", "cp850": "ibm850", "mac_roman": "macroman", "cp852": "ibm852", "cp866": "ibm866"}
"""Python's names of code pages → those that people and other programs use."""


@dataclass(frozen=True, slots=True)
class _Field:
    name: str
    kind: str
    width: int


def read_dbf(material: Material) -> Findings:
    """A dBase table as it lies alone."""
    return read_table(material, None)


def read_table(material: Material, stated: str | None) -> Findings:
    """A dBase table. `stated` is the code page that a file beside it states (`.cpg`), a codec of Python."""
    data = material.data
    rows, header, length = struct.unpack_from("<IHH", data, 4)
    fields = _fields(data, header)
    body = data[header : header + rows * length]
    encoding = _encoding(stated, data[29], body)
    defects = []
    if len(body) < rows * length:
        detail = f"{len(body) // length} of {rows} stated rows are there"
        defects.append(Defect(code="truncated", place="file", detail=detail))
    names = tuple(field.name for field in _renamed(fields, encoding))
    profile = profile_rows(_rows(body, length, fields, encoding), "", material.limits, names=names)
    found = gather([profile] if profile is not None else [])
    return Findings(
        encoding=_SHOWN.get(encoding, encoding),
        tables=found.tables,
        defects=(*defects, *found.defects),
        content_sha256=found.content_sha256,
    )


def _fields(data: bytes, header: int) -> list[_Field]:
    fields = []
    for place in range(32, header - 1, 32):
        if data[place : place + 1] == b"\r" or place + 32 > len(data):
            break
        name = data[place : place + 11].split(b"\0", 1)[0]
        kind = chr(data[place + 11])
        # Clipper and FoxPro keep the high byte of the width of long texts where numbers have their decimals.
        width = data[place + 16] + (data[place + 17] << 8 if kind == "C" else 0)
        fields.append(_Field(name.decode("latin-1"), kind, width))
    return fields


def _renamed(fields: Sequence[_Field], encoding: str) -> Iterator[_Field]:
    for field in fields:
        yield _Field(field.name.encode("latin-1").decode(encoding, "replace").strip(), field.kind, field.width)


def _encoding(stated: str | None, driver: int, body: bytes) -> str:
    """The driver id is often wrong: text that is UTF-8 is UTF-8, else what a file beside it or the id say, else what the letters
    say."""
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        said = stated or _CODE_PAGES.get(driver)
        if said is not None and said != "utf-8":
            return said
        decoded = decode(body[:1_000_000])
        names = {"ibm850": "cp850", "ibm437": "cp437", "macroman": "mac_roman"}
        return names.get(decoded.encoding, "cp1252") if decoded is not None else "cp1252"
    return "utf-8"


def _rows(body: bytes, length: int, fields: Sequence[_Field], encoding: str) -> Iterator[list[Cell]]:
    readers = [_reader(field.kind, encoding) for field in fields]
    widths = [field.width for field in fields]
    starts = [1 + sum(widths[:at]) for at in range(len(widths))]
    slices = list(
        zip(readers, starts, (start + width for start, width in zip(starts, widths, strict=True)), strict=True)
    )
    for start in range(0, len(body) - length + 1, length):
        record = body[start : start + length]
        if record[:1] != b"*":
            yield [read(record[left:right]) for read, left, right in slices]


def _reader(kind: str, encoding: str) -> Callable[[bytes], Cell]:
    """How the bytes of a field become a cell, by its type: texts and numbers are written out, FoxPro's own types are binary."""
    binary = {"I": _integer, "B": _double, "O": _double, "T": _moment, "@": _moment, "Y": _money, "+": _integer}
    if kind in binary:
        return binary[kind]
    if kind == "D":
        return _date
    return lambda raw: raw.split(b"\0", 1)[0].decode(encoding, "replace").strip()


def _date(raw: bytes) -> Cell:
    text = raw.decode("ascii", "replace").strip("\0 ")
    if text == "00000000":
        return ""
    return f"{text[:4]}-{text[4:6]}-{text[6:]}" if len(text) == 8 and text.isdigit() else text


def _integer(raw: bytes) -> Cell:
    return int(struct.unpack("<i", raw)[0]) if len(raw) == 4 else raw.decode("ascii", "replace").strip()


def _double(raw: bytes) -> Cell:
    """A number of eight bytes; dBase (not FoxPro) writes the number of a block of text in ten characters under the same type."""
    return float(struct.unpack("<d", raw)[0]) if len(raw) == 8 else raw.decode("ascii", "replace").strip()


def _money(raw: bytes) -> Cell:
    return struct.unpack("<q", raw)[0] / 10_000 if len(raw) == 8 else ""


def _moment(raw: bytes) -> Cell:
    if len(raw) != 8:
        return ""
    day, milliseconds = struct.unpack("<II", raw)
    if not day:
        return ""
    year, month, date = _calendar(day)
    seconds = milliseconds // 1000
    return f"{year:04}-{month:02}-{date:02}T{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"


def _calendar(day: int) -> tuple[int, int, int]:
    """Year, month and day of a Julian day number (Fliegel and Van Flandern 1968)."""
    left = day + 68569
    centuries = 4 * left // 146097
    left -= (146097 * centuries + 3) // 4
    years = 4000 * (left + 1) // 1461001
    left -= 1461 * years // 4 - 31
    months = 80 * left // 2447
    return 100 * (centuries - 49) + years + months // 11, months + 2 - 12 * (months // 11), left - 2447 * months // 80
