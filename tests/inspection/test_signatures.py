"""Every format that people publish, told by small headers written as the specifications say; and tables that start alike."""

import gzip
import io
import sqlite3
import struct
import tarfile
from collections.abc import Callable, Mapping
from contextlib import closing

import pytest

from atalaya.catalogue.vocabularies.formats import formats
from atalaya.inspection.inspector import inspect_bytes
from atalaya.inspection.signatures import PLACES, STARTS, WORDS

ZipOf = Callable[[Mapping[str, bytes | str]], bytes]
ODS = b"application/vnd.oasis.opendocument.spreadsheet"
REST = b"\x00\x01\x02\x03" * 300


def tiff(order: str, big: bool, tag: int) -> bytes:
    """A TIFF or BigTIFF whose directory has one field."""
    start = b"II" if order == "<" else b"MM"
    if big:
        return start + struct.pack(f"{order}HHHQQHHQQQ", 43, 8, 0, 16, 1, tag, 3, 1, 0, 0)
    return start + struct.pack(f"{order}HIHHHIII", 42, 8, 1, tag, 3, 1, 0, 0)


def shapefile_part(first: bytes) -> bytes:
    """The header of a main file or an index, and the start of its first record (Esri Shapefile, 1998)."""
    return struct.pack(">7i", 9994, 0, 0, 0, 0, 0, 100) + struct.pack("<2i", 1000, 1) + b"\0" * 64 + first


def dbf() -> bytes:
    """A dBase III table of one field and one row."""
    header = struct.pack("<4BIHH20x", 3, 120, 1, 1, 1, 65, 11)
    field = b"NOMBRE\0\0\0\0\0C" + b"\0" * 4 + bytes([10]) + b"\0" * 15
    return header + field + b"\r" + b" " + b"Quiche".ljust(10) + b"\x1a"


def database(application: int, *statements: str) -> bytes:
    """A SQLite file with an application id."""
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute(f"PRAGMA application_id = {application}")
        for statement in statements:
            connection.execute(statement)
        return connection.serialize()


def old_tar() -> bytes:
    """A tar archive without the signature, as programs of before 1988 wrote it."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=tarfile.USTAR_FORMAT) as archive:
        info = tarfile.TarInfo("a.csv")
        info.size = 4
        archive.addfile(info, io.BytesIO(b"a,b\n"))
    data = bytearray(out.getvalue())
    data[257:265] = b"\0" * 8
    data[148:156] = b" " * 8
    data[148:156] = b"%06o\0 " % sum(data[:512])
    return bytes(data)


FILES: tuple[tuple[str, bytes], ...] = (
    ("spss", b"$FL2@(#) SPSS DATA FILE\x02\0\0\0" + REST),
    ("spss", b"$FL3@(#) SPSS DATA FILE\x03\0\0\0" + REST),
    ("spss_portable", b"ASCII SPSS PORT FILE                    " + REST),
    ("stata", b"<stata_dta><header><release>118</release>" + REST),
    ("stata", bytes([115, 2, 1, 0]) + REST),
    ("stata", bytes([113, 1, 1, 0]) + REST),
    ("sas", bytes.fromhex("000000000000000000000000c2ea8160b31411cfbd92080009c7318c181f1011") + REST),
    ("sas_transport", b"HEADER RECORD*******LIBRARY HEADER RECORD!!!!!!!000000000000000000000000000000  "),
    ("sas_transport", b"HEADER RECORD*******LIBV8   HEADER RECORD!!!!!!!000000000000000000000000000000  "),
    ("seven_zip", b"7z\xbc\xaf\x27\x1c\0\x04" + REST),
    ("rar", b"Rar!\x1a\x07\x00" + REST),
    ("rar", b"Rar!\x1a\x07\x01\x00" + REST),
    ("cabinet", b"MSCF\0\0\0\0" + REST),
    ("iso", b"\0" * 32_768 + b"\x01CD001\x01" + REST),
    ("tar", old_tar()),
    ("lz4", b"\x04\x22\x4d\x18" + REST),
    ("compress", b"\x1f\x9d\x90" + REST),
    ("xls", b"\x09\x04\x06\x00\x00\x00\x10\x00" + REST),
    ("png", b"\x89PNG\r\n\x1a\n" + REST),
    ("jpeg", b"\xff\xd8\xff\xe1" + REST),
    ("jpeg2000", b"\xff\x4f\xff\x51\x00" + REST),
    ("gif", b"GIF89a" + REST),
    ("bmp", b"BM" + struct.pack("<IHHII", 70, 0, 0, 54, 40) + REST),
    ("icon", struct.pack("<HHHBBBBHHII", 0, 1, 1, 16, 16, 0, 0, 1, 32, 40, 22) + REST),
    ("webp", b"RIFF\x24\0\0\0WEBPVP8 " + REST),
    ("heif", b"\0\0\0\x18ftypheic" + REST),
    ("mp4", b"\0\0\0\x18ftypisom" + REST),
    ("psd", b"8BPS\0\x01" + REST),
    ("windows_metafile", b"\xd7\xcd\xc6\x9a\0\0" + REST),
    ("windows_metafile", b"\x01\0\0\0" + b"\x6c\0\0\0" + b"\0" * 32 + b" EMF" + REST),
    ("tiff", tiff("<", False, 256)),
    ("geotiff", tiff("<", False, 34735)),
    ("geotiff", tiff(">", False, 34735)),
    ("geotiff", tiff("<", True, 34735)),
    ("tiff", tiff(">", True, 256)),
    ("hdf", b"\x89HDF\r\n\x1a\n" + REST),
    ("hdf", b"\0" * 512 + b"\x89HDF\r\n\x1a\n" + REST),
    ("hdf", b"\x0e\x03\x13\x01" + REST),
    ("netcdf4", b"\x89HDF\r\n\x1a\n" + REST + b"_NCProperties" + REST),
    ("netcdf", b"CDF\x01" + REST),
    ("netcdf", b"CDF\x05" + REST),
    ("grib", b"GRIB\0\0\0\x02" + REST),
    ("shp", shapefile_part(struct.pack(">2i", 1, 10))),
    ("shp", shapefile_part(b"")),
    ("shx", shapefile_part(struct.pack(">2i", 50, 10))),
    ("shapefile_index", b"\0\0\x27\x0a\xff\xff\xfe\x70" + REST),
    ("shapefile_index", b"SQT\x01\x01\0\0\0" + REST),
    ("dbf", dbf()),
    ("gpkg", database(0x47504B47, "CREATE TABLE gpkg_contents (table_name)")),
    ("gpkg", database(0, "CREATE TABLE gpkg_contents (table_name)")),
    ("mbtiles", database(0x4D504258, "CREATE TABLE a (b)")),
    ("mbtiles", database(0, "CREATE TABLE metadata (name, value)", "CREATE TABLE tiles (zoom_level, tile_column, tile_row)")),
    ("sqlite", database(0, "CREATE TABLE a (b)")),
    ("duckdb", b"\x01\x02\x03\x04\x05\x06\x07\x08DUCK" + REST),
    ("access", b"\0\x01\0\0Standard Jet DB\0" + REST),
    ("access", b"\0\x01\0\0Standard ACE DB\0" + REST),
    ("parquet", b"PAR1\x15\x04" + REST + b"PAR1"),
    ("arrow", b"ARROW1\0\0" + REST),
    ("arrow", b"FEA1\0\0" + REST),
    ("avro", b"Obj\x01" + REST),
    ("orc", b"ORC\x01" + REST),
    ("flatgeobuf", b"fgb\x03fgb\x00" + REST),
    ("pmtiles", b"PMTiles\x03" + REST),
    ("las", b"LASF" + b"\0" * 100 + b"\x03" + REST),
    ("laz", b"LASF" + b"\0" * 100 + b"\x83" + REST),
    ("dwg", b"AC1032\0\0" + REST),
    ("dxf", b"AutoCAD Binary DXF\r\n\x1a\0" + REST),
    ("mrsid", b"msid\x04\0" + REST),
    ("r_data", b"RDX3\nX\n\0\0\0\x03" + REST),
    ("r_data", gzip.compress(b"RDX3\nX\n\0\0\0\x03" + REST)),
    ("r_data", gzip.compress(b"X\n\0\0\0\x02\0\x03" + REST)),
    ("gzip", gzip.compress(b"a,b\n1,2\n")),
    ("matlab", b"MATLAB 5.0 MAT-file, Platform: GLNXA64" + REST),
    ("numpy", b"\x93NUMPY\x01\0" + REST),
    ("gtfs_rt", b"\x0a\x0b\x0a\x032.0\x10\0\x18\x01" + REST),
    ("warc", b"WARC/1.0\r\nWARC-Type: warcinfo\r\n"),
    ("pdf", b"%PDF-1.4\n" + REST + b"%%EOF"),
    ("pdf", b"\r\n\r\n%PDF-1.4\n" + REST + b"%%EOF"),
    ("postscript", b"\xc5\xd0\xd3\xc6" + REST),
    ("mp3", b"ID3\x03\0" + REST),
    ("ogg", b"OggS\0\x02" + REST),
    ("flac", b"fLaC\0" + REST),
    ("matroska", b"\x1a\x45\xdf\xa3" + REST),
    ("windows_media", b"\x30\x26\xb2\x75\x8e\x66\xcf\x11" + REST),
    ("map_info", b"!table\n!version 300\n!charset WindowsLatin1\n\nDefinition Table\n"),
    ("mhtml", b"From: <Saved>\r\nSubject: x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\ttype=html\r\n"),
    ("eml", b"Received: from a by b;\r\n\tMon, 2 Nov 2020\r\nFrom: a <a@example.org>\r\nSubject: x\r\n\r\nx\r\n"),
    ("gml", b'<CityModel xmlns="http://www.opengis.net/citygml/2.0"/>'),
    ("tableau_workbook", b"<?xml version='1.0'?><workbook source-build='2020.1' version='18.1'/>"),
    ("fods", b"<o:document xmlns:o='urn:oasis:names:tc:opendocument:xmlns:office:1.0' o:mimetype='%s'/>" % ODS),
)  # fmt: skip


@pytest.mark.parametrize(("found", "data"), FILES, ids=[f"{n}-{found}" for n, (found, _) in enumerate(FILES)])
def test_published_formats(found: str, data: bytes) -> None:
    assert inspect_bytes(data).format == found


@pytest.mark.parametrize(
    ("members", "found"),
    [
        ({"META-INF/manifest.xml": f'<x media-type="{ODS.decode()}"/>', "content.xml": "x"}, "ods"),
        ({"[Content_Types].xml": "x", "DataModel": "x", "Report/Layout": "x", "Version": "1"}, "power_bi_file"),
        ({"[Content_Types].xml": "x", "visio/document.xml": "x"}, "visio"),
        ({"proyecto.qgs": "<qgis/>", "proyecto.qgd": "x"}, "qgz"),
        ({"libro.twb": "<workbook/>", "Data/a.hyper": "x"}, "tableau_workbook"),
    ],
)  # fmt: skip
def test_more_kinds_of_zip(members: dict[str, str], found: str, zip_of: ZipOf) -> None:
    assert inspect_bytes(zip_of(members)).format == found


WORDS_OF_TABLES = sorted(
    {word.decode("ascii").strip() for word, _ in WORDS if word.isascii()} | {"BM", "MZ", "RIFF", "LASF"}
)


@pytest.mark.parametrize("word", [word for word in WORDS_OF_TABLES if word not in ("GIF87a", "GIF89a", "WARC/")])
@pytest.mark.parametrize("end", ["", "ID"])
def test_a_table_may_start_with_the_letters_of_a_signature(word: str, end: str) -> None:
    text = f"{word}{end},nombre,total\n1,Quiché,2\n2,Petén,3\n3,Zacapa,4\n" * 20
    assert inspect_bytes(text.encode()).format == "csv"


def test_every_signature_names_a_known_format() -> None:
    named = {found for _, found in (*STARTS, *WORDS)} | {found for _, _, found in PLACES}
    assert named <= set(formats())


@pytest.mark.parametrize("length", [0, 1, 4, 8, 20, 40, 104])
def test_a_cut_header_never_raises(length: int) -> None:
    for _, data in FILES:
        inspect_bytes(data[:length])
