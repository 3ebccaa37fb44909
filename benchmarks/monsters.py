"""Hostile files made on the spot, small on the wire and large inside, for the tests of rounds and for the soak.

Every maker is deterministic and gives bytes, or pieces of bytes where the whole would be too large to hold.
"""

import gzip
import io
import json
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from itertools import repeat
from typing import Final

MEBIBYTE: Final = 1 << 20
_MEMBER: Final = 64 * MEBIBYTE
"""Zeros in one gzip member of the endless ones: 64 MiB weigh 64 KiB."""


@cache
def _member(size: int) -> bytes:
    return gzip.compress(bytes(size), 9, mtime=0)


def gzip_pieces(size: int) -> Iterator[bytes]:
    """A gzip stream of `size` zeros (a multiple of 64 MiB), member after member, as RFC 1952 §2.2 allows."""
    return repeat(_member(_MEMBER), size // _MEMBER)


def gzip_bomb(size: int = 300 * MEBIBYTE) -> bytes:
    """One gzip member of so many zeros."""
    return _member(size)


def gzip_of_gzip(size: int = 300 * MEBIBYTE) -> bytes:
    """Zeros compressed twice: some hundred bytes a hundred megabytes."""
    return gzip.compress(_member(size), 9, mtime=0)


def deflate_bomb(size: int = 64 * MEBIBYTE) -> bytes:
    """The same as a zlib stream."""
    return zlib.compress(bytes(size), 9)


def zip_bomb(size: int = 300 * MEBIBYTE) -> bytes:
    """A ZIP file of one member of zeros."""
    return _zip({"data.csv": bytes(size)})


def nested_zip(levels: int = 8) -> bytes:
    """ZIP files inside each other around one small table."""
    body = b"a,b\n1,2\n"
    for level in range(levels):
        body = _zip({f"level-{level}.{'zip' if level else 'csv'}": body})
    return body


def crowded_zip(entries: int = 300_000) -> bytes:
    """A ZIP file whose directory lists very many empty members."""
    local = struct.pack("<4s5H3I2H", b"PK\x03\x04", 20, 0, 0, 0, 33, 0, 0, 0, 1, 0) + b"a"
    one = struct.pack("<4s6H3I5H2I", b"PK\x01\x02", 20, 20, 0, 0, 0, 33, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0) + b"a"
    directory = one * entries
    return local + directory + _end_of_directory(entries, len(directory), len(local))


def overlapping_zip(entries: int = 2_000, size: int = 16 * MEBIBYTE) -> bytes:
    """A directory whose entries all name the same compressed bytes (after Fifield, “A better zip bomb”, WOOT 2019)."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed, sum_ = packer.compress(bytes(size)) + packer.flush(), zlib.crc32(bytes(size))
    sizes = (sum_, len(packed), size)
    local = struct.pack("<4s5H3I2H", b"PK\x03\x04", 20, 0, 8, 0, 33, *sizes, 5, 0) + b"a.csv" + packed
    one = struct.pack("<4s6H3I5H2I", b"PK\x01\x02", 20, 20, 0, 8, 0, 33, *sizes, 5, 0, 0, 0, 0, 0, 0) + b"a.csv"
    return local + one * entries + _end_of_directory(entries, len(one) * entries, len(local))


def _end_of_directory(entries: int, size: int, offset: int) -> bytes:
    count = min(entries, 0xFFFF)
    return struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, count, count, size, offset, 0)


def escaping_zip() -> bytes:
    """Members that name places outside of the folder they would be unpacked to, one of them a symbolic link."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("../../../../tmp/escaped.csv", "a,b\n1,2\n")
        archive.writestr("/tmp/escaped.csv", "a,b\n1,2\n")
        link = zipfile.ZipInfo("link.csv")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    return stream.getvalue()


def escaping_tar() -> bytes:
    """A tar archive with a member outside of its folder, a symbolic link, a hard link and a device."""
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w") as archive:
        for name, kind in (("link.csv", tarfile.SYMTYPE), ("hard.csv", tarfile.LNKTYPE), ("device", tarfile.CHRTYPE)):
            info = tarfile.TarInfo(name)
            info.type, info.linkname = kind, "/etc/passwd"
            archive.addfile(info)
        outside = tarfile.TarInfo("../../escaped.csv")
        outside.size = 8
        archive.addfile(outside, io.BytesIO(b"a,b\n1,2\n"))
    return stream.getvalue()


def workbook_bomb(size: int = 400 * MEBIBYTE) -> bytes:
    """An xlsx whose sheet is blanks without end around one row."""
    sheet = (
        b'<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        + b" " * size
        + b'<row r="1"><c r="A1"><v>1</v></c></row></sheetData></worksheet>'
    )
    return _workbook(sheet)


def workbook_span() -> bytes:
    """An xlsx of two cells in the farthest corners of a sheet: 17 billion cells if it were laid out whole."""
    sheet = (
        b'<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        b'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
        b"</sheetData></worksheet>"
    )
    return _workbook(sheet)


def _workbook(sheet: bytes) -> bytes:
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    documents = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    packages = "http://schemas.openxmlformats.org/package/2006"
    kinds = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    return _zip(
        {
            "[Content_Types].xml": f'<Types xmlns="{packages}/content-types">'
            f'<Default Extension="xml" ContentType="{kinds}.sheet.main+xml"/></Types>'.encode(),
            "_rels/.rels": f'<Relationships xmlns="{packages}/relationships"><Relationship Id="r1" '
            f'Type="{documents}/officeDocument" Target="xl/workbook.xml"/></Relationships>'.encode(),
            "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{documents}"><sheets>'
            '<sheet name="a" sheetId="1" r:id="r1"/></sheets></workbook>'.encode(),
            "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{packages}/relationships"><Relationship Id="r1" '
            f'Type="{documents}/worksheet" Target="worksheets/a.xml"/></Relationships>'.encode(),
            "xl/worksheets/a.xml": sheet,
        }
    )


def sheet_bomb(size: int = 400 * MEBIBYTE) -> bytes:
    """An OpenDocument spreadsheet whose content is blanks without end."""
    content = b'<?xml version="1.0"?><office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0">'
    return _zip(
        {
            "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": content + b" " * size + b"</office:document-content>",
        }
    )


def _zip(members: Mapping[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name, body in members.items():
            archive.writestr(zipfile.ZipInfo(name), body, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def laughs(root: str = "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>&l9;</rdf:RDF>") -> bytes:
    """Entities that stand for ten of the one before, nine levels deep: “billion laughs”."""
    levels = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    return f'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY l0 "lol">{levels}]>{root}'.encode()


def quadratic(size: int = 100_000) -> bytes:
    """One long entity, used as often as it is long."""
    return f'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "{"a" * size}">]><r>{"&a;" * size}</r>'.encode()


def outside_entity(address: str = "file:///etc/passwd") -> bytes:
    """An entity that would be read from elsewhere."""
    return f'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a SYSTEM "{address}">]><r>&a;</r>'.encode()


def deep_xml(levels: int = 200_000) -> bytes:
    """Elements inside each other."""
    return b"<?xml version='1.0'?>" + b"<a>" * levels + b"</a>" * levels


def deep_json(levels: int = 200_000) -> bytes:
    """Lists inside each other."""
    return b"[" * levels + b"]" * levels


def long_number(digits: int = 1_000_000) -> bytes:
    """A JSON number that takes the square of its length to be read."""
    return b'{"dataset": [' + b"9" * digits + b"]}"


def long_key(size: int = 10 * MEBIBYTE) -> bytes:
    """A JSON object with one key of that length."""
    return json.dumps({"k" * size: 1}).encode()


def long_line(size: int = 16 * MEBIBYTE) -> bytes:
    """A CSV of one line that never ends."""
    return b"municipio,poblacion," + b"x" * size


def wide_table(columns: int = 1_000_000) -> bytes:
    """A CSV of two rows and very many columns."""
    return b",".join(b"c%d" % n for n in range(columns)) + b"\n" + b",".join(b"%d" % n for n in range(columns)) + b"\n"


def deep_page(levels: int = 100_000) -> bytes:
    """A web page of boxes inside boxes, tables inside tables."""
    return b"<!doctype html><html><body>" + b"<div><table><tr><td>" * levels + b"a" + b"</html>"


def long_literal(size: int = 16 * MEBIBYTE) -> bytes:
    """Turtle with one literal of that length."""
    return b'@prefix d: <http://purl.org/dc/terms/> .\n<https://a.example/1> d:title "' + b"x" * size + b'" .\n'


def bad_utf8(size: int = 100_000) -> bytes:
    """Bytes that are in no encoding that a text could have."""
    return b"municipio;poblacion\n" + b"\xff\xfe\xc3\x28\xa0\xa1\xed\xa0\x80\x00" * (size // 10)


def hostile_robots(rules: int = 1_500) -> bytes:
    """Patterns that make a matcher which tries every star in every place take for ever."""
    return b"User-agent: *\n" + b"".join(b"Disallow: /%s%d$\n" % (b"*a" * 120, n) for n in range(rules))


FILES: Final[Mapping[str, Callable[[], bytes]]] = {
    "bad-utf8.csv": bad_utf8,
    "crowded.zip": crowded_zip,
    "deep.html": deep_page,
    "deep.json": deep_json,
    "deep.xml": deep_xml,
    "escaping.tar": escaping_tar,
    "escaping.zip": escaping_zip,
    "gzip-of-gzip.csv.gz": gzip_of_gzip,
    "gzip.csv.gz": gzip_bomb,
    "laughs.rdf": laughs,
    "literal.ttl": long_literal,
    "long-key.json": long_key,
    "long-line.csv": long_line,
    "long-number.json": long_number,
    "nested.zip": nested_zip,
    "outside.xml": outside_entity,
    "overlapping.zip": overlapping_zip,
    "quadratic.xml": quadratic,
    "sheet.ods": sheet_bomb,
    "span.xlsx": workbook_span,
    "wide.csv": wide_table,
    "workbook.xlsx": workbook_bomb,
    "zip-bomb.zip": zip_bomb,
}
"""Hostile files by the names that they would be published under."""
