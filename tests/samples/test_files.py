"""The files that the generator writes are read by the readers of the world."""

import io
import json
import struct
import xml.etree.ElementTree as ElementTree
import zipfile
import zlib

import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from atalaya.samples.facts import places, topics
from atalaya.samples.files import containers, text
from atalaya.samples.tables import Rows, build

TABLE = Rows(
    ("codigo", "nombre", "total"),
    (("0101", 'Santa "Ana", la grande', 3), ("0102", "San José <norte> & sur", 5), ("0103", "línea\nrota", 8)),
)


def test_calamine_reads_the_workbook() -> None:
    book = CalamineWorkbook.from_filelike(io.BytesIO(containers.workbook(TABLE)))
    assert book.sheet_names == ["datos"]
    rows = book.get_sheet_by_index(0).to_python()
    assert rows[0] == ["codigo", "nombre", "total"]
    assert rows[1] == ["0101", 'Santa "Ana", la grande', 3]
    assert len(rows) == 4


def test_openpyxl_reads_the_workbook() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(containers.workbook(TABLE))).active
    assert sheet is not None
    assert [cell.value for cell in sheet[2]] == ["0101", 'Santa "Ana", la grande', 3]


def test_a_workbook_of_many_columns_has_good_references() -> None:
    wide = Rows(tuple(f"c{number}" for number in range(60)), (tuple(range(60)),))
    rows = CalamineWorkbook.from_filelike(io.BytesIO(containers.workbook(wide))).get_sheet_by_index(0).to_python()
    assert rows[1] == list(range(60))


def test_delimited_text_quotes_what_it_must() -> None:
    assert text.delimited(TABLE).splitlines()[1] == '0101,"Santa ""Ana"", la grande",3'
    assert text.delimited(TABLE, ";").splitlines()[1] == '0101;"Santa ""Ana"", la grande";3'


def test_json_and_geojson_and_xml_hold_every_row() -> None:
    assert [row["total"] for row in json.loads(text.records(TABLE))] == [3, 5, 8]
    assert len(json.loads(text.geojson(TABLE))["features"]) == 3
    root = ElementTree.fromstring(text.xml(TABLE))
    assert [node.findtext("nombre") for node in root][1] == "San José <norte> & sur"


def test_the_archive_holds_its_member_with_a_fixed_time() -> None:
    body = containers.archive((("a.csv", b"x"),))
    with zipfile.ZipFile(io.BytesIO(body)) as file:
        assert file.testzip() is None
        assert file.infolist()[0].date_time == containers.STAMP


def test_the_document_is_a_pdf_with_a_true_cross_reference() -> None:
    body = containers.document(("Cuadro (uno)", "señal"))
    start = int(body.rsplit(b"startxref\n", 1)[1].split(b"\n")[0])
    assert body[start:].startswith(b"xref")
    entries = body[start:].split(b"\n")[3:8]
    for number, entry in enumerate(entries, start=1):
        assert body[int(entry[:10]) :].startswith(b"%d 0 obj" % number)


def test_the_image_is_a_png_with_good_checksums() -> None:
    body = containers.image(90, 4)
    place, names = 8, []
    while place < len(body):
        (length,) = struct.unpack(">I", body[place : place + 4])
        chunk = body[place + 4 : place + 8 + length]
        assert struct.unpack(">I", body[place + 8 + length : place + 12 + length])[0] == zlib.crc32(chunk)
        names.append(chunk[:4])
        place += 12 + length
    assert names == [b"IHDR", b"IDAT", b"IEND"]


@pytest.mark.parametrize("topic", sorted(topics()))
def test_tables_hold_census_facts_and_change_with_the_revision(topic: str) -> None:
    codes = ("0101", "0102", "0103")
    first = build(topics()[topic], codes, 2024, "key", 1)
    assert first == build(topics()[topic], codes, 2024, "key", 1)
    assert first != build(topics()[topic], codes, 2024, "key", 2)
    assert len(set(first.columns)) == len(first.columns)
    if "poblacion_censo_2018" in first.columns:
        assert [row[3] for row in first.rows] == [places()[code].population for code in codes]


def test_the_census_adds_up() -> None:
    departments = sum(place.population for place in places().values() if place.level == 1)
    municipalities = sum(place.population for place in places().values() if place.level == 2)
    assert departments == municipalities == 14_901_286
