"""True formats from bytes alone, and the few cases in which a name breaks a tie."""

import bz2
import gzip
import io
import json
import lzma
import sqlite3
import struct
import tarfile
from collections.abc import Callable, Mapping
from contextlib import closing

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from atalaya.inspection.inspector import inspect_bytes

ZipOf = Callable[[Mapping[str, bytes | str]], bytes]
Workbook = Callable[[Mapping[str, list[list[object]]]], bytes]
TEXTS = (
    ("a,b,c\n1,2,3\n4,5,6\n", "csv"),
    ("a\tb\n1\t2\n3\t4\n", "tsv"),
    ("Este es un texto.\nNo tiene columnas; solo frases, a veces largas.\nFin.\n", "txt"),
    ("<!DOCTYPE html><html><head><title>x</title></head><body></body></html>", "html"),
    ("\n\n<html lang=es><body>x</body></html>", "html"),
    ("<table><tr><td>1</td></tr></table>", "html"),
    ('<html prefix="foaf: x"><p typeof="foaf:Person" about="a:b"><b property="foaf:name">x</b></p></html>', "rdfa"),
    ('<?xml version="1.0"?><datos><fila a="1"/></datos>', "xml"),
    ("<datos><fila/></datos>", "xml"),
    ('<?xml version="1.0"?><kml xmlns="http://www.opengis.net/kml/2.2"><Document/></kml>', "kml"),
    ('<feed xmlns="http://www.w3.org/2005/Atom"/>', "atom"),
    ('<rss version="2.0"><channel/></rss>', "rss"),
    ('<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/>', "rdf_xml"),
    ('<gml:FeatureCollection xmlns:gml="http://www.opengis.net/gml"/>', "gml"),
    ('<WMS_Capabilities xmlns="http://www.opengis.net/wms"/>', "wms"),
    ('<wfs:WFS_Capabilities xmlns:wfs="http://www.opengis.net/wfs/2.0"/>', "wfs"),
    ('<Capabilities xmlns="http://www.opengis.net/wmts/1.0"/>', "wmts"),
    ('<Capabilities xmlns="http://www.opengis.net/wcs/1.1"/>', "wcs"),
    ('<ServiceExceptionReport xmlns="http://www.opengis.net/ogc"/>', "ogc_exception"),
    ('<ows:ExceptionReport xmlns:ows="http://www.opengis.net/ows"/>', "ogc_exception"),
    ('<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>', "excel_xml"),
    ('<svg xmlns="http://www.w3.org/2000/svg"/>', "svg"),
    ('{"a": 1}', "json"),
    ('[{"a": 1}]', "json"),
    ('{"a": 1}\n{"a": 2}\n', "jsonl"),
    ('{"type": "FeatureCollection", "features": []}', "geojson"),
    ('{"type": "Topology", "objects": {}, "arcs": []}', "topojson"),
    ('{"@context": "http://schema.org", "@type": "Dataset"}', "jsonld"),
    ('{"success": false, "error": {"message": "Not found"}}', "json_error"),
    ('{"message": "Forbidden"}', "json_error"),
    ("@prefix a: <http://a/> .\na:b a a:c .\n", "turtle"),
    ("<http://a/b>\n  <http://a/c>\n    <http://a/d> ;\n  <http://a/e> 1 .\n", "turtle"),
    ("<http://a/b> <http://a/c> <http://a/d> .\n<http://a/b> <http://a/c> \"x\" .\n", "n_triples"),
    ("<http://a/b> <http://a/c> <http://a/d> <http://g> .\n", "n_quads"),
    ("BEGIN:VCALENDAR\nVERSION:2.0\nEND:VCALENDAR\n", "ical"),
    ('GEOGCS["WGS 84",DATUM["WGS_1984"]]', "prj"),
    ("CREATE TABLE a (b int);\nINSERT INTO a VALUES (1);\n", "sql"),
    ("ncols 4\nnrows 5\nxllcorner 0\n1 2 3 4\n", "ascii_grid"),
    ("{\\rtf1 x}", "rtf"),
    ("%PDF-1.7\n%%EOF", "pdf"),
)  # fmt: skip


@pytest.mark.parametrize(("text", "found"), TEXTS)
def test_text_formats(text: str, found: str) -> None:
    assert inspect_bytes(text.encode()).format == found


@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
@pytest.mark.parametrize(
    ("text", "found"), [each for each in TEXTS if each[1] in ("csv", "json", "html", "kml", "txt")]
)
def test_the_encoding_does_not_hide_a_format(text: str, found: str, codec: str) -> None:
    assert inspect_bytes(text.encode(codec)).format == found


@pytest.mark.parametrize(
    ("start", "found"),
    [
        (b"\x89PNG\r\n\x1a\n\0\0", "png"), (b"\xff\xd8\xff\xe0", "jpeg"), (b"GIF89a", "gif"), (b"II*\0\x08\0\0\0\0\0", "tiff"),
        (b"7z\xbc\xaf\x27\x1c\0", "seven_zip"), (b"Rar!\x1a\x07\x01\0", "rar"), (b"$FL2@(#)", "spss"), (b"<stata_dta>", "stata"),
        (b"\x89HDF\r\n\x1a\n", "hdf"), (b"CDF\x01", "netcdf"), (b"\0\x01\0\0Standard Jet DB\0", "access"),
        (b"MZ" + b"\0" * 60 + b"PE\0\0", "executable"),
        (b"II*\0\x08\0\0\0\x01\0\xaf\x87" + b"\0" * 20, "geotiff"),
    ],
)  # fmt: skip
def test_signatures(start: bytes, found: str) -> None:
    assert inspect_bytes(start + b"\0\x01\x02" * 40).format == found


@pytest.mark.parametrize(
    ("members", "found"),
    [
        ({"a.csv": "a,b\n1,2\n"}, "zip"),
        ({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<x/>"}, "odt"),
        ({"mimetype": "application/vnd.oasis.opendocument.presentation", "content.xml": "<x/>"}, "odp"),
        ({"mimetype": "application/epub+zip"}, "epub"),
        ({"[Content_Types].xml": "<x/>", "word/document.xml": "<x/>"}, "docx"),
        ({"[Content_Types].xml": "<x/>", "ppt/presentation.xml": "<x/>"}, "pptx"),
        ({"[Content_Types].xml": "<x/>", "xl/workbook.xml": "<x/>", "xl/vbaProject.bin": "x"}, "xlsm"),
        ({"[Content_Types].xml": "<x/>", "xl/workbook.bin": "x"}, "xlsb"),
        ({"doc.kml": "<kml/>", "files/icon.png": "x"}, "kmz"),
        ({"m/a.shp": "x", "m/a.dbf": "x", "m/a.shx": "x", "m/a.prj": "x"}, "shapefile"),
        ({"a.shp": "x", "a.dbf": "x", "a.shx": "x", "b.csv": "a,b\n"}, "zip"),
        ({"stops.txt": "", "routes.txt": "", "trips.txt": "", "stop_times.txt": "", "agency.txt": ""}, "gtfs"),
        ({"datapackage.json": "{}", "a.csv": "a"}, "data_package"),
        ({"x.gdb/a00000001.gdbtable": "x"}, "file_geodatabase"),
    ],
)
def test_kinds_of_zip(members: dict[str, str], found: str, zip_of: ZipOf) -> None:
    assert inspect_bytes(zip_of(members)).format == found


def test_workbooks_parquet_sqlite_and_archives(workbook: Workbook) -> None:
    parquet = io.BytesIO()
    pq.write_table(pa.table({"a": [1, 2]}), parquet)
    archive = io.BytesIO()
    with tarfile.open(fileobj=archive, mode="w") as tar:
        tar.addfile(tarfile.TarInfo("empty.txt"))
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("CREATE TABLE a (b)")
        database = connection.serialize()
    files = {
        "xlsx": workbook({"h": [["a", "b"], [1, 2]]}),
        "parquet": parquet.getvalue(),
        "tar": archive.getvalue(),
        "sqlite": database,
        "gzip": gzip.compress(b"x"),
        "bzip2": bz2.compress(b"x"),
        "xz": lzma.compress(b"x"),
        "zstd": zstandard.compress(b"x"),
    }
    assert {name: inspect_bytes(data).format for name, data in files.items()} == {name: name for name in files}


def ole2(*names: str) -> bytes:
    """A compound file with one sector of allocation and one of directory."""
    header = bytearray(512)
    header[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    struct.pack_into("<H", header, 30, 9)
    struct.pack_into("<I", header, 48, 1)
    struct.pack_into("<109I", header, 76, 0, *([0xFFFFFFFF] * 108))
    table = struct.pack("<128I", 0xFFFFFFFD, 0xFFFFFFFE, *([0xFFFFFFFF] * 126))
    directory = bytearray(512)
    for place, name in enumerate(("Root Entry", *names)):
        encoded = name.encode("utf-16-le")
        directory[place * 128 : place * 128 + len(encoded)] = encoded
        struct.pack_into("<H", directory, place * 128 + 64, len(encoded) + 2)
    return bytes(header) + table + bytes(directory)


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("Workbook", "xls"),
        ("Book", "xls"),
        ("WordDocument", "doc"),
        ("PowerPoint Document", "ppt"),
        ("VisioDocument", "visio"),
        ("__properties_version1.0", "outlook_message"),
        ("Quill", "publisher_document"),
        ("Contents", "ole2"),
    ],
)
def test_kinds_of_ole2(name: str, found: str) -> None:
    assert inspect_bytes(ole2(name)).format == found


def test_an_encrypted_office_file_is_told_by_its_name() -> None:
    inspection = inspect_bytes(ole2("EncryptedPackage"), url="https://example.org/datos.xlsx")
    assert inspection.format == "xlsx"
    assert "password_protected" in [defect.code for defect in inspection.defects]


@pytest.mark.parametrize(
    ("text", "url", "found"),
    [
        ("a\nb\nc\n", None, "txt"),
        ("a\nb\nc\n", "https://example.org/lista.csv", "csv"),
        ("a\nb\nc\n", "https://example.org/lista.txt", "txt"),
        ("<html></html>", "https://example.org/datos.csv", "html"),
        ("%PDF-1.4 %%EOF", "https://example.org/datos.csv", "pdf"),
        ("a,b\n1,2\n3,4\n", "https://example.org/datos.pdf", "csv"),
    ],
)
def test_names_break_ties_only(text: str, url: str | None, found: str) -> None:
    assert inspect_bytes(text.encode(), url=url).format == found


def test_media_type_breaks_ties_too() -> None:
    assert inspect_bytes(b"a\nb\nc\n", media_type="text/csv; charset=utf-8").format == "csv"


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda each: st.lists(each) | st.dictionaries(st.text(), each),
        max_leaves=20,
    )
)
def test_any_json_container_is_json(value: object) -> None:
    data = json.dumps(value if isinstance(value, list | dict) else [value]).encode()
    assert inspect_bytes(data).format in ("json", "json_error", "jsonld", "geojson")
