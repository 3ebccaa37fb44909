"""What hides in a file besides what it shows: macros, commands, scripts of PDFs, and a second format behind the first.

Each rule gives the code of a refusal, or None. They read bytes only and start nothing.
"""

import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

READ = 4 << 20
"""Bytes of one part of a document that are looked through for commands."""
STREAMS = 2_000
"""Compressed streams of one PDF that are looked into: more are no document for a person."""

_OFFICE = re.compile(
    r"vbaproject|vbadata|macrosheets/|activex/|\.bin$(?<!printersettings\d\.bin)(?<!printersettings\d\d\.bin)|oleobject|"
    r"attachedtoolbars|customui/|^basic/|^scripts/|^object ?\d",
    re.IGNORECASE,
)
"""Parts of Office and OpenDocument files that hold code or embedded objects (ECMA-376 part 1 §15, OpenDocument 1.3 part 2)."""
_CODE = re.compile(rb"<(?:\w+:)?(?:f|instrText)(?=[\s>])[^>]*>([^<]*)<", re.IGNORECASE)
"""What a document computes or fetches: formulas of sheets, fields of texts."""
_COMMANDS = re.compile(rb"\bDDE(?:AUTO)?\b|\bcmd\s*\||\w\s*\|\s*(?:'|&apos;)", re.IGNORECASE)
_COMMAND_TAGS = re.compile(
    rb"<(?:\w+:)?ddeLink\b|<(?:table|office|text):dde-|\binstr=\"[^\"]*\bDDE|:formula=\"[^\"]*\bDDE\s*\(", re.IGNORECASE
)
"""Links that start programs when a document is opened (MS-XLSX §2.2.4, ECMA-376 part 1 §17.16.5, OpenDocument 1.3 part 3)."""
_MACRO_TYPE = re.compile(rb"macroEnabled|vnd\.ms-office\.(?:vbaProject|activeX)|script:event-listener", re.IGNORECASE)
_ACTIVE = re.compile(rb"/(?:JavaScript|JS|Launch|EmbeddedFiles?|RichMedia|XFA|SubmitForm|ImportData)\b")
"""Names in a PDF that run, open or send something (ISO 32000-2, tables 201 and 29)."""
_STREAM = re.compile(rb"/ObjStm\b[^>]*?>>\s*stream\r?\n|/FlateDecode[^>]{0,200}?/ObjStm[^>]*?>>\s*stream\r?\n")
_OPENINGS = (b"#!", b"<?php", b"<!doctype html", b"<html", b"<script", b"<svg", b"<%")
_MARKUP = re.compile(
    rb"<(?:script|svg|html|iframe)\b|<\?xml-stylesheet|http://www\.w3\.org/(?:2000/svg|1999/xhtml)", re.IGNORECASE
)
"""What makes a text a page or a script to a browser, in its first lines."""
_OLE = tuple(
    name.encode("utf-16-le")
    for name in (
        "_VBA_PROJECT",
        "VBA",
        "Macros",
        "\x01Ole10Native",
        "ObjectPool",
        "MBD0",
        "_VBA_PROJECT_CUR",
        "PROJECTwm",
    )
)
_BOUND_SHEET, _SUP_BOOK, _FILE_PASS = 0x85, 0x1AE, 0x2F
"""Records of a workbook of before 2007: a sheet, an outside source, and that it is encrypted (MS-XLS §2.3.2)."""


def in_office(path: Path) -> str | None:
    """What hides in an Office or OpenDocument file."""
    with zipfile.ZipFile(path) as archive:
        for info in archive.infolist():
            name = info.filename.replace("\\", "/").removeprefix("./").lower()
            if _OFFICE.search(name) and not name.endswith("/"):
                return "macros"
            if name.endswith((".xml", ".rels")) and not name.endswith("sharedstrings.xml"):
                code = _in_part(archive, info)
                if code:
                    return code
    return None


def _in_part(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> str | None:
    """What hides in one part, read some at a time; fields of a text may be cut into several runs, and are joined."""
    before, fields = b"", b""
    with archive.open(info) as stream:
        while piece := stream.read(READ):
            text = before + piece
            fields = fields[-1_000:] + b"".join(_CODE.findall(text))
            if _MACRO_TYPE.search(text):
                return "macros"
            if _COMMAND_TAGS.search(text) or _COMMANDS.search(fields):
                return "commands"
            before = piece[-2_000:]
    return None


def in_compound(data: bytes) -> str | None:
    """What hides in a document of before 2007: code, embedded objects, sheets of macros, outside programs, a password."""
    names = set(_directory_names(data))
    if names & set(_OLE) or any(each.startswith("MBD".encode("utf-16-le")) for each in names):
        return "macros"
    for kind, body in _records(data):
        if kind == _FILE_PASS:
            return "password"
        if kind == _BOUND_SHEET and len(body) > 5 and body[5] & 0x0F in (1, 6):
            return "macros"
        if kind == _SUP_BOOK and len(body) > 4 and body[:2] != b"\0\0" and b"\x03" in body[4:64]:
            return "commands"
    return None


def in_pdf(data: bytes) -> str | None:
    """Whether a PDF holds scripts, attached files or actions, also in the parts that it packs; or is encrypted."""
    for part in _pdf_parts(data):
        plain = re.sub(rb"#([0-9A-Fa-f]{2})", lambda found: bytes([int(found[1], 16)]), part)
        if _ACTIVE.search(plain):
            return "active"
    return None


def second_kind(path: Path, kind: str) -> bool:
    """Whether the bytes are also something else: an archive behind or before, a PDF at the beginning, a page in a picture."""
    zipped = kind in ("xlsx", "ods", "docx", "odt", "zip", "shapefile", "gtfs", "data_package")
    with path.open("rb") as file:
        head = file.read(4096)
    if kind != "pdf" and b"%PDF-" in head[:1024] and not head.startswith(b"PK"):
        return True
    if kind == "pdf" and not head.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"%PDF-"):
        return True
    if zipped:
        return not _is_plain_zip(path)
    return bool(zipfile.is_zipfile(path)) or head.startswith(b"MZ") or _is_a_page(head, kind)


def _is_a_page(head: bytes, kind: str) -> bool:
    """Whether a text starts as a web page or a script would."""
    if kind not in ("csv", "tsv", "txt", "json", "jsonl", "geojson", "xml", "kml"):
        return False
    start = head.lstrip(b"\xef\xbb\xbf\xff\xfe \r\n\t\0").replace(b"\0", b"")[:1500].lower()
    return start.startswith(_OPENINGS) or _MARKUP.search(start) is not None


def _is_plain_zip(path: Path) -> bool:
    """Whether a ZIP file begins with its first entry and ends with its directory, with nothing before, between or after."""
    size = path.stat().st_size
    with zipfile.ZipFile(path) as archive, path.open("rb") as file:
        first = min((info.header_offset for info in archive.infolist()), default=0)
        file.seek(max(0, size - 66_000))
        tail = file.read()
    place = tail.rfind(b"PK\5\6")
    if place < 0 or first:
        return False
    comment = int.from_bytes(tail[place + 20 : place + 22], "little")
    return size - len(tail) + place + 22 + comment == size and comment <= 1_000


def _directory_names(data: bytes) -> Iterator[bytes]:
    """The names of all entries of the directory of a compound file, wherever its sectors lie (MS-CFB §2.6.1)."""
    for place in range(512, len(data) - 127, 128):
        length = int.from_bytes(data[place + 64 : place + 66], "little")
        if 4 <= length <= 64 and length % 2 == 0 and data[place + 66] in (1, 2, 5) and data[place + 67] in (0, 1):
            yield data[place : place + length - 2]


def _records(data: bytes) -> Iterator[tuple[int, bytes]]:
    """The records at the beginning of a workbook, where its sheets and outside sources are named (MS-XLS §2.1.4)."""
    start = re.search(rb"\x09\x08\x10\x00\x00\x06\x05\x00|\x09\x08\x08\x00\x00\x05\x05\x00", data)
    place = start.start() if start else len(data)
    for _ in range(20_000):
        if place + 4 > len(data):
            return
        kind, length = (int.from_bytes(data[at : at + 2], "little") for at in (place, place + 2))
        if kind == 0x0A or length > 8_224:
            return
        yield kind, data[place + 4 : place + 4 + length]
        place += 4 + length


def _pdf_parts(data: bytes) -> Iterator[bytes]:
    """The plain part of a PDF, and every packed collection of objects in it."""
    yield data
    for number, found in enumerate(_STREAM.finditer(data)):
        if number >= STREAMS:
            return
        try:
            yield zlib.decompressobj().decompress(data[found.end() :], READ)
        except zlib.error:
            continue
