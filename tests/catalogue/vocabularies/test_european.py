"""The European tables: what is in them, against the official files where these are at hand."""

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atalaya.catalogue.vocabularies.european import (
    SPACE,
    FileTypes,
    Found,
    Table,
    edition,
    file_types,
    is_media_type,
    look_up,
    machine_readable,
    non_proprietary,
    read_european_licence,
)
from atalaya.catalogue.vocabularies.formats import formats

AUTHORITY = f"http{SPACE}"


@pytest.mark.parametrize(
    ("table", "text", "found"),
    [
        (Table.FILE_TYPE, "CSV", Found("CSV")),
        (Table.FILE_TYPE, " csv ", Found("CSV")),
        (Table.FILE_TYPE, "Esri REST", Found("REST")),
        (Table.FILE_TYPE, "https" + SPACE + "file-type/GEOJSON", Found("GEOJSON")),
        (Table.FILE_TYPE, AUTHORITY + "file-type/PARQUET", Found(newer=True)),
        (Table.FILE_TYPE, AUTHORITY + "licence/CC0", Found()),
        (Table.FILE_TYPE, AUTHORITY + "file-type/", Found()),
        (Table.FILE_TYPE, "Archivo CSV", Found()),
        (Table.ACCESS_RIGHT, "public", Found("PUBLIC")),
        (Table.ACCESS_RIGHT, "abierto", Found()),
        (Table.ACCESS_RIGHT, AUTHORITY + "access-right/NON_PUBLIC", Found("NON_PUBLIC")),
        (Table.THEME, AUTHORITY + "data-theme/ECON", Found("ECON")),
        (Table.THEME, "Economy and finance", Found("ECON")),
        (Table.THEME, "economía y finanzas", Found("ECON")),
        (Table.LICENCE, AUTHORITY + "licence/CC_BY_4_0", Found("CC_BY_4_0")),
        (Table.LICENCE, AUTHORITY + "licence/LATER_1_0", Found(newer=True)),
    ],
)
def test_look_up(table: Table, text: str, found: Found) -> None:
    assert look_up(table, text) == found


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("ZIP+CSV", FileTypes(("ZIP", "CSV"))),
        ("Shapefile", FileTypes(("SHP",))),
        ("text/csv", FileTypes(("CSV",))),
        ("GeoPackage", FileTypes(unnamed=True)),
        (AUTHORITY + "file-type/LATER", FileTypes(unnamed=True)),
        ("application/octet-stream", FileTypes()),
        ("varios", FileTypes()),
    ],
)
def test_file_types(text: str, meaning: FileTypes) -> None:
    assert file_types(text) == meaning


@pytest.mark.parametrize(
    ("statement", "found"),
    [
        ("cc-by", Found("CC_BY")),
        ("https://creativecommons.org/licenses/by-nc-sa/4.0/", Found("CC_BYNCSA_4_0")),
        ("odc-odbl", Found("ODC_BL")),
        ("https://www.govdata.de/dl-de/by-2-0", Found("DLDE_BY_2_0")),
        ("etalab-2.0", Found(newer=True)),
        ("CC BY 3.0 ES", Found(newer=True)),
        ("Según los términos del portal", Found()),
        ("other-open", Found()),
        ("notspecified", Found()),
        ("", Found()),
    ],
)
def test_licences(statement: str, found: Found) -> None:
    assert read_european_licence(statement) == found


def test_media_types_are_compared_without_parameters_and_by_their_address() -> None:
    said = ("text/csv;header=present", "TEXT/CSV", "https://www.iana.org/assignments/media-types/text/csv")
    assert all(map(is_media_type, said))
    assert not any(map(is_media_type, ("csv", "text/xls", "application/x-zip-compressed", "")))


def test_the_lists_name_codes_of_the_table_and_agree_with_the_formats() -> None:
    """Facts of `formats.yml` extend the two lists: what a list holds is open, or machine readable, there too."""
    by_code = {known.eu: known for known in formats().values() if known.eu}
    for code in non_proprietary() | machine_readable():
        assert look_up(Table.FILE_TYPE, code).code == code
        assert code in by_code
    assert all(by_code[code].open for code in non_proprietary())
    assert all(by_code[code].machine_readable for code in machine_readable())
    assert (len(non_proprietary()), len(machine_readable())) == (29, 20)


@given(st.text(max_size=60))
def test_no_text_raises(text: str) -> None:
    for table in Table:
        assert isinstance(look_up(table, text), Found)
    assert isinstance(file_types(text), FileTypes)
    assert isinstance(read_european_licence(text), Found)
    assert isinstance(is_media_type(text), bool)


@pytest.mark.real
@pytest.mark.parametrize(
    ("table", "name"),
    [
        (Table.FILE_TYPE, "filetypes-skos.rdf"),
        (Table.LICENCE, "licences-skos.rdf"),
        (Table.THEME, "data-theme-skos.rdf"),
    ],
)
def test_the_tables_hold_every_code_of_the_official_files(corpora: Path, table: Table, name: str) -> None:
    text = (corpora / "reference" / "vocab" / "eu" / name).read_text(encoding="utf-8")
    version = re.search(r'table.version.number="(\d{4})(\d{2})(\d{2})-0"', text)
    assert version is not None
    assert edition(table) == "-".join(version.groups())
    addresses = re.findall(r'<skos:Concept rdf:about="([^"]+)"', text)
    assert len(addresses) > 10
    assert [a for a in addresses if look_up(table, a).code != a.rpartition("/")[2]] == []


@pytest.mark.real
def test_every_licence_of_the_extension_is_known_by_its_official_address(corpora: Path) -> None:
    text = (corpora / "reference" / "vocab" / "eu" / "piveau-licences-skos.rdf").read_text(encoding="utf-8")
    found = re.findall(r"<dc:identifier>(\w+)</dc:identifier>.*?<skos:exactMatch rdf:resource=\"([^\"]+)\"", text, re.S)
    assert len(found) == 20
    assert {code: read_european_licence(address).code for code, address in found} == {code: code for code, _ in found}


@pytest.mark.real
def test_every_registered_media_type_of_the_list_is_known(corpora: Path) -> None:
    path = corpora / "reference" / "schemas" / "dcat-us" / "reference_data" / "iana_media_types.json"
    values = json.loads(path.read_text(encoding="utf-8"))["values"]
    assert len(values) > 2000
    assert [value for value in values if not is_media_type(value)] == []
