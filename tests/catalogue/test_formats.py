"""Formats: every way publishers write them, and what follows from a format."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atalaya.catalogue.vocabularies.formats import (
    agrees,
    find_format,
    format_of_extension,
    formats,
    is_a,
    read_format,
    star_level,
)

WRITTEN = (
    (".csv", ("csv",)),
    ("CSV.", ("csv",)),
    ("cvs", ("csv",)),
    ("Comma separated values", ("csv",)),
    ("Valores Separados por Comas", ("csv",)),
    ("text/csv;charset=utf-8", ("csv",)),
    ("text/csv; header=present", ("csv",)),
    ("http://publications.europa.eu/resource/authority/file-type/CSV", ("csv",)),
    ("https://www.iana.org/assignments/media-types/text/csv", ("csv",)),
    ("https://resources.data.gov/vocab/file-type/pending/JSON", ("json",)),
    ("ZIP+CSV", ("zip", "csv")),
    ("zip, contiene archivos csv", ("zip", "csv")),
    ("Zipped CSV", ("zip", "csv")),
    ("csv.gz", ("csv", "gzip")),
    ("CSV, EXCEL", ("csv", "excel")),
    ("json / geojson", ("json", "geojson")),
    ("xisx", ("xlsx",)),
    ("xsls", ("excel",)),
    ("Excel (.xlsx)", ("xlsx",)),
    ("Hoja de cálculo de Excel", ("excel",)),
    ("application/vnd.ms-excel", ("xls",)),
    ("vnd.ms-excel", ("xls",)),
    ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ("xlsx",)),
    ("application/msword", ("doc",)),
    ("servicio web", ("api",)),
    ("Ponto de Acesso à API", ("api",)),
    ("view", ("html",)),
    ("text/html; charset=UTF-8", ("html",)),
    ("Esri REST", ("esri_rest",)),
    ("OGC WMS", ("wms",)),
    ("application/vnd.geo+json", ("geojson",)),
    ("JSON-LD", ("jsonld",)),
    ("RDF/XML", ("rdf_xml",)),
    ("n-triples", ("n_triples",)),
    ("SHP", ("shp",)),
    ("shapefile", ("shapefile",)),
    ("DTA", ("stata",)),
    ("PDF/A", ("pdf",)),
)


@pytest.mark.parametrize(("text", "ids"), WRITTEN)
def test_reads_what_publishers_write(text: str, ids: tuple[str, ...]) -> None:
    reading = read_format(text)
    assert reading.ids == ids
    assert reading.unresolved is None


@pytest.mark.parametrize("text", ["foo bar", "http://purl.org/dc/terms/format", "application/octet-stream", "libre"])
def test_keeps_what_it_cannot_read(text: str) -> None:
    reading = read_format(text)
    assert reading.ids == ()
    assert reading.unresolved == text


@pytest.mark.parametrize("text", [None, "", "  "])
def test_nothing_said_is_nothing_read(text: str | None) -> None:
    reading = read_format(text)
    assert (reading.ids, reading.unresolved, reading.how) == ((), None, "none")


def test_part_of_a_text_is_read_and_the_rest_kept() -> None:
    reading = read_format("CSV municipal trimestral")
    assert reading.ids == ("csv",)
    assert reading.unresolved == "municipal trimestral"
    assert reading.how == "words"


def test_media_type_speaks_where_the_format_does_not() -> None:
    reading = read_format("application/octet-stream", "text/csv")
    assert reading.ids == ("csv",)
    assert reading.how == "media_type"


@pytest.mark.parametrize(
    ("declared", "media_type", "contradicts"),
    [
        ("CSV", "application/pdf", True),
        ("CSV", "text/csv", False),
        ("CSV", "application/zip", False),
        ("GeoJSON", "application/json", False),
        ("CSV", None, False),
    ],
)
def test_contradiction_between_format_and_media_type(declared: str, media_type: str | None, contradicts: bool) -> None:
    assert read_format(declared, media_type).contradicts is contradicts


@pytest.mark.parametrize(
    ("format_id", "stars"),
    [
        ("pdf", 1),
        ("png", 1),
        (None, 1),
        ("no_such", 1),
        ("xlsx", 2),
        ("xls", 2),
        ("csv", 3),
        ("ods", 3),
        ("geojson", 3),
        ("turtle", 4),
    ],
)
def test_star_level(format_id: str | None, stars: int) -> None:
    assert star_level(format_id) == stars


@pytest.mark.parametrize(
    ("declared", "true", "verdict"),
    [
        (("json",), "geojson", True),
        (("xml",), "kml", True),
        (("excel",), "xlsx", True),
        (("csv",), "tsv", True),
        (("csv",), "html", False),
        (("txt",), "csv", True),
        (("zip", "csv"), "zip", True),
        (("shp",), "shapefile", True),
    ],
)
def test_agrees(declared: tuple[str, ...], true: str, verdict: bool) -> None:
    assert agrees(declared, true) is verdict


def test_extension_with_and_without_dot() -> None:
    assert format_of_extension(".XLSX") == format_of_extension("xlsx") == "xlsx"
    assert format_of_extension("nothing") is None


def test_every_format_is_well_formed() -> None:
    table = formats()
    for each in table.values():
        assert set(each.title) == {"es", "en"}, each.id
        assert set(each.broader) <= set(table), each.id
        assert each.id not in each.broader, each.id
        assert all(re.fullmatch(r"[\w.+-]+/[\w.+;=-]+", media) for media in each.media_types), each.id
        assert all(extension == extension.lower().strip(".") for extension in each.extensions), each.id
        assert not each.linked_data or each.structured, each.id
        assert not each.machine_readable or each.structured, each.id


def test_every_id_reads_as_itself() -> None:
    for each in formats():
        assert read_format(each).ids == (each,)


def test_eu_codes_resolve() -> None:
    known = find_format("csv")
    assert known is not None
    assert known.eu_uri is not None
    for each in formats().values():
        if each.eu_uri is not None:
            read = read_format(each.eu_uri).ids
            assert len(read) == 1, each.id
            assert formats()[read[0]].eu == each.eu


@given(st.text(max_size=80), st.none() | st.text(max_size=40))
def test_any_text_is_read_without_an_error_and_nothing_vanishes(text: str, media_type: str | None) -> None:
    reading = read_format(text, media_type)
    assert set(reading.ids) <= set(formats())
    assert reading.ids or reading.unresolved or not (text.strip() or (media_type or "").strip())


@given(st.sampled_from(sorted(formats())), st.sampled_from(sorted(formats())), st.sampled_from(sorted(formats())))
def test_being_a_kind_of_is_transitive(first: str, second: str, third: str) -> None:
    if is_a(first, second) and is_a(second, third):
        assert is_a(first, third)
