"""Files of every family cut at every tenth, or with bytes changed: they end as defects, and nothing raises."""

import io
import random
import zipfile
from collections.abc import Callable, Mapping

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from atalaya.inspection.inspector import inspect_bytes
from tests.inspection.archive_bytes import rar_five, seven_zip
from tests.inspection.pdf_pages import grid, pdf, text
from tests.inspection.test_databases import database, dbf
from tests.inspection.test_fixed_width import HEADER, ROWS
from tests.inspection.test_maps import GML, KML, UTM, geopackage, shp
from tests.inspection.test_sheet_parts import formatted, table
from tests.inspection.test_word_processing import docx, odt, word_table

TOLD = {"truncated", "unreadable", "empty_file", "bomb", "missing_part", "header_only"}
"""Codes of which one must be told of a file that lost its end."""


def packed(members: Mapping[str, bytes | str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def parquet() -> bytes:
    out = io.BytesIO()
    pq.write_table(pa.table({"lugar": [f"x{n}" for n in range(500)], "casos": list(range(500))}), out)
    return out.getvalue()


CSV = "lugar,casos\n" + "".join(f"Lugar {n},{n}\n" for n in range(300))
ROWS_OF_WORD = [("Lugar", "Casos"), *[(f"Lugar {n}", str(n)) for n in range(60)]]
FAMILIES: dict[str, Callable[[], bytes]] = {
    "7z": lambda: seven_zip({"a.csv": CSV.encode()}),
    "dbf": lambda: dbf([(f"Pueblo {n}", n) for n in range(40)], "cp1252", 3),
    "docx": lambda: packed(docx(word_table(ROWS_OF_WORD))),
    "gml": lambda: GML.encode(),
    "gpkg": geopackage,
    "kml": lambda: KML.encode(),
    "odt": lambda: packed(odt("<text:p>" + "palabras " * 400 + "</text:p>")),
    "parquet": parquet,
    "pdf": lambda: pdf(text("Informe de labores del año"), grid([(f"a{n}", str(n), "x") for n in range(20)])),
    "rar": lambda: rar_five(("a.csv", CSV.encode(), 0, False)),
    "shp": lambda: shp(30),
    "shapefile": lambda: packed(
        {"a.shp": shp(30), "a.shx": b"x", "a.dbf": dbf([("x", n) for n in range(30)], "cp850", 2), "a.prj": UTM}
    ),
    "sqlite": lambda: database("CREATE TABLE t (a TEXT)", [("x" * 200,) for _ in range(200)]),
    "xlsx": lambda: formatted(table("Lugar", 100)),
    "zip": lambda: packed({"a.csv": CSV, "b.csv": CSV[::-1]}),
}


def test_every_family_is_whole_before_it_is_damaged() -> None:
    for name, make in FAMILIES.items():
        inspection = inspect_bytes(make(), url=f"a.{name}")
        damage = {defect.code for defect in inspection.defects} & {"truncated", "unreadable", "bomb"}
        assert (inspection.format is not None, damage) == (True, set()), name


@pytest.mark.parametrize("name", FAMILIES)
def test_files_cut_at_every_tenth(name: str) -> None:
    whole = FAMILIES[name]()
    for tenth in range(1, 10):
        inspection = inspect_bytes(whole[: len(whole) * tenth // 10], url=f"a.{name}")
        known = inspection.format is not None  # what is shorter than the header of its format is of none
        assert not known or {defect.code for defect in inspection.defects} & TOLD, tenth


@pytest.mark.parametrize("name", FAMILIES)
def test_files_with_bytes_changed(name: str) -> None:
    """What comes of them is open; that it is an outcome and no error is asked."""
    whole, chance = FAMILIES[name](), random.Random(11)
    for _ in range(3):
        changed = bytearray(whole)
        for _ in range(chance.choice((1, 4, 30))):
            changed[chance.randrange(len(changed))] = chance.choice((0, 0x7F, 0xFF, chance.randrange(256)))
        assert inspect_bytes(bytes(changed), url=f"a.{name}").size == len(whole)


def test_text_at_fixed_places_cut_short_is_a_shorter_table() -> None:
    whole = "\n".join([HEADER, *ROWS])
    rows = [
        sum(table.rows for table in inspect_bytes(whole[: len(whole) * tenth // 10].encode()).tables)
        for tenth in range(5, 11)
    ]
    assert rows == sorted(rows)
    assert rows[-1] == len(ROWS)
