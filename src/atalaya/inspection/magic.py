"""Formats that show themselves by fixed bytes: signatures at fixed places, and the headers of tables and maps.

Signatures are those of the formats' own specifications.
"""

import struct

_STARTS: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "pdf"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"\xff\xd8\xff", "jpeg"),
    (b"GIF87a", "gif"),
    (b"GIF89a", "gif"),
    (b"\x00\x00\x00\x0cjP  ", "jpeg2000"),
    (b"8BPS", "psd"),
    (b"PAR1", "parquet"),
    (b"ARROW1\x00\x00", "arrow"),
    (b"Obj\x01", "avro"),
    (b"ORC", "orc"),
    (b"\x1f\x8b\x08", "gzip"),
    (b"BZh", "bzip2"),
    (b"\xfd7zXZ\x00", "xz"),
    (b"\x28\xb5\x2f\xfd", "zstd"),
    (b"7z\xbc\xaf\x27\x1c", "seven_zip"),
    (b"Rar!\x1a\x07", "rar"),
    (b"\x89HDF\r\n\x1a\n", "hdf"),
    (b"\x0e\x03\x13\x01", "hdf"),
    (b"CDF\x01", "netcdf"),
    (b"CDF\x02", "netcdf"),
    (b"CDF\x05", "netcdf"),
    (b"GRIB", "grib"),
    (b"$FL2", "spss"),
    (b"$FL3", "spss"),
    (b"<stata_dta>", "stata"),
    (b"HEADER RECORD*******LIBRARY HEADER RECORD", "sas_transport"),
    (b"HEADER RECORD*******LIBV8", "sas_transport"),
    (b"RDX2\n", "r_data"),
    (b"RDX3\n", "r_data"),
    (b"\x00\x01\x00\x00Standard Jet DB", "access"),
    (b"\x00\x01\x00\x00Standard ACE DB", "access"),
    (b"\x7fELF", "executable"),
    (b"{\\rtf", "rtf"),
    (b"%!PS", "postscript"),
    (b"\xc5\xd0\xd3\xc6", "postscript"),
    (b"AC10", "dwg"),
    (b"WARC/", "warc"),
    (b"$HDT", "hdt"),
    (b"ID3", "mp3"),
    (b"\xff\xfb", "mp3"),
    (b"ASCII SPSS PORT FILE", "spss_portable"),
)
_SAS = bytes.fromhex("000000000000000000000000c2ea8160b31411cfbd92080009c7318c181f1011")
_RIFF = {b"WEBP": "webp", b"WAVE": "wav", b"AVI ": "avi"}
_OLD_STATA = frozenset({102, 103, 104, 105, 108, 110, 111, 113, 114, 115})
_DBF_VERSIONS = frozenset({0x02, 0x03, 0x04, 0x05, 0x30, 0x31, 0x32, 0x43, 0x63, 0x83, 0x8B, 0x8E, 0xCB, 0xF5, 0xFB})
_GEO_KEYS = 34735
"""The TIFF tag that makes a TIFF a GeoTIFF (OGC 19-008r4)."""


def read_signature(data: bytes) -> str | None:
    """The id of the format whose signature the bytes bear, None for containers of several kinds, text and the unknown."""
    for start, found in _STARTS:
        if data.startswith(start):
            return found
    if data[:4] == b"RIFF" and data[8:12] in _RIFF:
        return _RIFF[data[8:12]]
    if data[:4] in (b"II*\x00", b"MM\x00*", b"II+\x00", b"MM\x00+"):
        return "geotiff" if _has_geo_keys(data) else "tiff"
    if data[4:8] == b"ftyp":
        return "mp4"
    if data.startswith(_SAS):
        return "sas"
    if data[:16] == b"SQLite format 3\x00":
        return _sqlite_kind(data)
    if data[257:262] == b"ustar":
        return "tar"
    if data[:4] == b"LASF" and len(data) > 104:
        return "laz" if data[104] & 0x80 else "las"
    if data[:2] == b"MZ" and b"PE\x00\x00" in data[:4096]:
        return "executable"
    if (
        data[:2] == b"BM"
        and len(data) >= 26
        and struct.unpack_from("<I", data, 14)[0] in (12, 40, 52, 56, 64, 108, 124)
    ):
        return "bmp"
    return _table_or_map(data)


def find_late_pdf(data: bytes) -> bool:
    """Whether a PDF starts after some stray bytes, which readers accept within the first kilobyte (ISO 32000, annex H)."""
    return b"%PDF-" in data[:1024]


def _table_or_map(data: bytes) -> str | None:
    if data[:4] == b"\x00\x00\x27\x0a" and len(data) >= 100 and struct.unpack_from("<I", data, 28)[0] == 1000:
        first = struct.unpack_from(">i", data, 100)[0] if len(data) >= 104 else 1
        return "shx" if first == 50 else "shp"
    if len(data) > 4 and data[0] in _OLD_STATA and data[1] in (1, 2) and data[2] == 1 and data[3] == 0:
        return "stata"
    return "dbf" if is_dbf(data) else None


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


def _sqlite_kind(data: bytes) -> str:
    """By the application id of the header (SQLite file format, OGC 12-128r18); old GeoPackages leave it to their tables."""
    application = data[68:72]
    if application in (b"GPKG", b"GP10", b"GP11") or b"gpkg_contents" in data[:65536]:
        return "gpkg"
    return "mbtiles" if application == b"MPBX" else "sqlite"


def _has_geo_keys(data: bytes) -> bool:
    order = "<" if data[:2] == b"II" else ">"
    if data[2:4] not in (b"*\x00", b"\x00*"):
        return False
    place = struct.unpack_from(f"{order}I", data, 4)[0]
    if place + 2 > len(data):
        return False
    entries = struct.unpack_from(f"{order}H", data, place)[0]
    tags = (place + 2 + 12 * number for number in range(entries))
    return any(struct.unpack_from(f"{order}H", data, at)[0] == _GEO_KEYS for at in tags if at + 12 <= len(data))
