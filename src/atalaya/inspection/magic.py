"""Formats that show themselves by fixed bytes: signatures at fixed places, and the headers of tables, maps and archives."""

import struct
import zlib

from atalaya.inspection.signatures import (
    HDF5,
    HDF5_PLACES,
    NETCDF4,
    PLACES,
    PLAIN,
    RIFF,
    SAS,
    SERIALISED_R,
    STARTS,
    STILL_BRANDS,
    WORDS,
)

_OLD_STATA = frozenset({102, 103, 104, 105, 108, 110, 111, 113, 114, 115})
_DBF_VERSIONS = frozenset({0x02, 0x03, 0x04, 0x05, 0x30, 0x31, 0x32, 0x43, 0x63, 0x83, 0x8B, 0x8E, 0xCB, 0xF5, 0xFB})
_GEO_KEYS = 34735
"""The TIFF tag that makes a TIFF a GeoTIFF (OGC 19-008r4)."""
_HEAD = 65_536
_UNPACKED = 64
"""Bytes unpacked of a gzip file to see whether R wrote it."""
_CONTROLS = bytes(set(range(32)) - {9, 10, 12, 13, 26, 27})
_TEXT_HEAD = 512
_STARTS, _WORDS = (tuple(start for start, _ in table) for table in (STARTS, WORDS))
"""All beginnings, so that bytes that have none are told at once."""


def read_signature(data: bytes) -> str | None:
    """The id of the format whose signature the bytes bear, None for containers of several kinds, text and the unknown."""
    for start, found in STARTS if data.startswith(_STARTS) else ():
        if data.startswith(start):
            return _packed_kind(data) if found == "gzip" else found
    for start, found in WORDS if data.startswith(_WORDS) else ():
        if data.startswith(start) and (found in PLAIN or not _is_text(data)):
            return found
    for place, signature, found in PLACES:
        if data[place : place + len(signature)] == signature:
            return "heif" if found == "mp4" and data[8:12] in STILL_BRANDS else found
    return _by_header(data)


def _is_text(data: bytes) -> bool:
    head = data[:_TEXT_HEAD]
    return len(head.translate(None, _CONTROLS)) == len(head)


def _by_header(data: bytes) -> str | None:
    if data[:4] == b"RIFF" and data[8:12] in RIFF:
        return RIFF[data[8:12]]
    if data[:4] in (b"II*\x00", b"MM\x00*", b"II+\x00", b"MM\x00+"):
        return "geotiff" if _has_geo_keys(data) else "tiff"
    if any(data[place : place + 8] == HDF5 for place in HDF5_PLACES):
        return "netcdf4" if any(name in data for name in NETCDF4) else "hdf"
    if data.startswith(SAS):
        return "sas"
    if b"SPSS PORT FILE" in data[:200] or b"SPSSPORT" in data[456:480]:
        return "spss_portable"  # behind lines for people, whose ends are of one byte or two
    if data[:16] == b"SQLite format 3\x00":
        return _sqlite_kind(data)
    if data[:4] == b"LASF" and len(data) > 104 and not _is_text(data):
        return "laz" if data[104] & 0x80 else "las"
    if data[:2] == b"MZ" and b"PE\x00\x00" in data[:4096]:
        return "executable"
    return _picture(data) or _table_or_map(data) or _transit(data)


def _picture(data: bytes) -> str | None:
    """Pictures of Windows, whose signatures are too short to be trusted alone."""
    sizes = (12, 40, 52, 56, 64, 108, 124)
    if data[:2] == b"BM" and len(data) >= 26 and struct.unpack_from("<I", data, 14)[0] in sizes:
        return "bmp"
    if data[:4] == b"\x01\x00\x00\x00" and data[40:44] == b" EMF":
        return "windows_metafile"
    if data[:4] == b"\x00\x00\x01\x00" and len(data) >= 22:
        number, reserved = struct.unpack_from("<H", data, 4)[0], data[9]
        size, place = struct.unpack_from("<II", data, 14)
        return "icon" if 0 < number < 64 and not reserved and place == 6 + 16 * number and size else None
    return None


def find_late_pdf(data: bytes) -> bool:
    """Whether a PDF starts after some stray bytes, which readers accept within the first kilobyte (ISO 32000, annex H)."""
    return b"%PDF-" in data[:1024]


def _table_or_map(data: bytes) -> str | None:
    if data[:4] == b"\x00\x00\x27\x0a" and len(data) >= 100 and struct.unpack_from("<I", data, 28)[0] == 1000:
        first = struct.unpack_from(">i", data, 100)[0] if len(data) >= 104 else 1
        return "shx" if first == 50 else "shp"
    if len(data) > 4 and data[0] in _OLD_STATA and data[1] in (1, 2) and data[2] == 1 and data[3] == 0:
        return "stata"
    if is_dbf(data):
        return "dbf"
    return "tar" if _is_old_tar(data) else None


def is_dbf(data: bytes) -> bool:
    """Whether the header of a dBase table is consistent with itself and with the size of the file."""
    if len(data) < 33 or data[0] not in _DBF_VERSIONS or not (data[2] <= 12 and data[3] <= 31):
        return False
    records, header, record = struct.unpack_from("<IHH", data, 4)
    if header < 33 or record < 2 or header > len(data) or len(data) + record < header + min(records, 1) * record:
        return False
    fields = data[32:header]
    end = next((place for place in range(0, len(fields), 32) if fields[place : place + 1] == b"\r"), None)
    if end is None or end == 0:
        return False
    lengths = [
        fields[place + 16] + (fields[place + 17] << 8) * (fields[place + 11 : place + 12] == b"C")
        for place in range(0, end, 32)
    ]
    return all(chr(fields[place + 11]).isalpha() or fields[place + 11] in b"@+0" for place in range(0, end, 32)) and (
        abs(sum(lengths) + 1 - record) <= 256 * (max(lengths) > 255)
        or sum(length & 0xFF for length in lengths) + 1 == record
    )


def _is_old_tar(data: bytes) -> bool:
    """A tar archive from before the signature: its first header adds up to the sum that it states (POSIX pax, ustar)."""
    if len(data) < 512 or not data[:1].strip(b"\0"):
        return False
    stated = data[148:156].strip(b" \0")
    if not stated or not stated.isdigit() or not data[124:136].strip(b" \0").isdigit():
        return False
    try:
        return int(stated, 8) == sum(data[:148]) + 8 * 32 + sum(data[156:512])
    except ValueError:
        return False


def _transit(data: bytes) -> str | None:
    """GTFS real time: a message whose first field is a header that starts with the version (GTFS Realtime reference)."""
    if len(data) < 7 or data[0] != 0x0A or not 5 <= data[1] < 64 or data[2:4] != b"\x0a\x03":
        return None
    return "gtfs_rt" if data[4:7] in (b"1.0", b"2.0") else None


def _packed_kind(data: bytes) -> str:
    """gzip, unless R wrote what is inside."""
    try:
        start = zlib.decompressobj(31).decompress(data[:_HEAD], _UNPACKED)
    except zlib.error:
        return "gzip"
    return "r_data" if start.startswith(SERIALISED_R) else "gzip"


def _sqlite_kind(data: bytes) -> str:
    """By the application id of the header (SQLite file format, OGC 12-128r18); old GeoPackages leave it to their tables."""
    application = data[68:72]
    head = data[:_HEAD]
    if application in (b"GPKG", b"GP10", b"GP11") or b"gpkg_contents" in head:
        return "gpkg"
    tiles = b"tile_column" in head and b"zoom_level" in head and b"metadata" in head
    return "mbtiles" if application == b"MPBX" or tiles else "sqlite"


def _has_geo_keys(data: bytes) -> bool:
    """Whether the first directory of a TIFF, or of a BigTIFF, names the tag; fields are 12 bytes in one, 20 in the other."""
    order = "<" if data[:2] == b"II" else ">"
    big = data[2:4] in (b"+\x00", b"\x00+")
    pointer, counter, width, size = ("Q", "Q", 8, 20) if big else ("I", "H", 2, 12)
    if len(data) < 16:
        return False
    place = struct.unpack_from(f"{order}{pointer}", data, 8 if big else 4)[0]
    if place + width > len(data):
        return False
    entries = min(struct.unpack_from(f"{order}{counter}", data, place)[0], 4_096)
    tags = (place + width + size * number for number in range(entries))
    return any(struct.unpack_from(f"{order}H", data, at)[0] == _GEO_KEYS for at in tags if at + 2 <= len(data))
