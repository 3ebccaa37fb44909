"""Licences from identifiers, addresses and words, judged by the Open Definition."""

import collections
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atalaya.catalogue.vocabularies.licences import Conformance, read_licence

OPEN = [
    ("cc-by", "CC-BY"),
    ("CC-BY-4.0", "CC-BY-4.0"),
    ("ccby", "CC-BY"),
    ("cc-by-4.0-gt", "CC-BY-4.0-GT"),
    ("https://creativecommons.org/licenses/by/4.0/deed.es", "CC-BY-4.0"),
    ("http://creativecommons.org/licenses/by/3.0/gt/", "CC-BY-3.0-GT"),
    ("https://creativecommons.org/licenses/by-sa/4.0/deed.es_ES", "CC-BY-SA-4.0"),
    ("http://creativecommons.org/publicdomain/zero/1.0/legalcode", "CC0-1.0"),
    ("https://creativecommons.org/publicdomain/mark/1.0/", "PDM-1.0"),
    ("http://publications.europa.eu/resource/authority/licence/CC_BYSA_4_0", "CC-BY-SA-4.0"),
    ("https://www.dcat-ap.de/def/licenses/cc-zero", "CC0-1.0"),
    ("Creative Commons Atribución 4.0", "CC-BY-4.0"),
    ("Creative Commons Atribución-CompartirIgual 4.0 Internacional", "CC-BY-SA-4.0"),
    ("Creative Commons Reconocimiento 4.0", "CC-BY-4.0"),
    ("Creative Commons Atribuição", "CC-BY"),
    ("Creative Commons Attribution | Share Alike 3.0 Unported", "CC-BY-SA-3.0"),
    ("Creative Commons 1.0 Universal (Public Domain Dedication)", "CC0-1.0"),
    ("クリエイティブ・コモンズ 表示（CC BY）", "CC-BY"),
    ("CC BY 4.0: for commercial and non-commercial purposes", "CC-BY-4.0"),
    ("odc-odbl", "ODbL-1.0"),
    ("http://opendatacommons.org/licenses/odbl/1.0/", "ODbL-1.0"),
    ("http://www.opendefinition.org/licenses/odc-odbl", "ODbL-1.0"),
    ("Licença Aberta para Bases de Dados (ODbL) do Open Data Commons", "ODbL-1.0"),
    ("Open Data Commons Attribution License", "ODC-By-1.0"),
    ("https://opendatacommons.org/licenses/pddl/1-0/", "PDDL-1.0"),
    ("uk-ogl", "OGL-UK-3.0"),
    ("http://www.nationalarchives.gov.uk/doc/open-government-licence/version/2/", "OGL-UK-2.0"),
    ("Open Government Licence - Canada", "OGL-Canada-2.0"),
    ("Nova Scotia Open Government Licence", "OGL"),
    ("fr-lo", "etalab-2.0"),
    (
        "<p>Soumis à la licence <a href='https://www.etalab.gouv.fr/licence-ouverte-open-licence'>ouverte</a></p>",
        "etalab-2.0",
    ),
    ("http://dcat-ap.de/def/licenses/dl-by-de/2.0", "DL-DE-BY-2.0"),
    ("https://www.govdata.de/dl-de/zero-2-0", "DL-DE-ZERO-2.0"),
    ("Licencia de Datos Abiertos – Uruguay", "datos-abiertos-UY"),
    ("Libre Uso MX", "libre-uso-MX"),
    ("gfdl", "GFDL-1.3"),
    ("https://www.usa.gov/government-works", "public-domain"),
    ("other-pd", "public-domain"),
    ("MIT", "MIT"),
]

NOT_OPEN = [
    "cc-nc",
    "CC BY-NC-SA 4.0",
    "CC_BYNC_4_0",
    "http://creativecommons.org/licenses/by-nc/2.0/",
    "https://creativecommons.org/licenses/by-nd/4.0/",
    "https://resources.data.gov/vocab/license/CC_BYNC_4_0",
    "Creative Commons Reconocimiento-NoComercial-SinObraDerivada 4.0 Internacional",
    "Creative Commons Atribución-NoComercial-CompartirIgual",
    "Creative Commons Attribution | No Derivative Works 3.0 Unported",
    "Creative Commons Atribuição-NãoComercial",
    "other-closed",
    "Otra (No abierta)",
    "Todos los derechos reservados",
    "Solo para uso no comercial",
    "© 2020. All rights reserved.",
    "http://www.nationalarchives.gov.uk/doc/non-commercial-government-licence/version/2/",
    "https://www.govdata.de/dl-de/by-nc-1-0",
    "terms_by_ask",
]

UNDECIDED = [
    (
        Conformance.MISSING,
        ["notspecified", "No se especificó la licencia", "License not specified", "N/A", "", "  ", "null"],
    ),
    (Conformance.UNNAMED, ["other-open", "Otra (abierta)", "Otra (Atribución)", "Creative Commons", "Datos abiertos"]),
    (Conformance.UNREVIEWED, ["dl-de-by-1.0", "https://datos.gob.es/avisolegal"]),
    (
        Conformance.UNRECOGNISED,
        ["See Terms of Use", "https://data.some.org/link/to/license", "Normativa vigente", "by", "x"],
    ),
]


@pytest.mark.parametrize(("stated", "licence"), OPEN)
def test_open(stated: str, licence: str) -> None:
    reading = read_licence(stated)
    assert (reading.conformance, reading.id) == (Conformance.OPEN, licence)


@pytest.mark.parametrize("stated", NOT_OPEN)
def test_not_open(stated: str) -> None:
    assert read_licence(stated).conformance is Conformance.NOT_OPEN


@pytest.mark.parametrize(("conformance", "stated"), [(c, text) for c, texts in UNDECIDED for text in texts])
def test_undecided(conformance: Conformance, stated: str) -> None:
    assert read_licence(stated).conformance is conformance


def test_a_named_licence_beats_an_unnamed_one() -> None:
    assert read_licence("other-open", "Creative Commons Attribution 4.0").id == "CC-BY-4.0"


def test_the_more_restrictive_of_two_counts() -> None:
    assert read_licence("cc-by", "Creative Commons BY-NC 4.0").conformance is Conformance.NOT_OPEN


def test_nothing_stated_is_missing() -> None:
    assert read_licence(None, "", None).conformance is Conformance.MISSING


@given(st.lists(st.none() | st.text(max_size=80), max_size=3))
def test_no_text_raises(statements: list[str | None]) -> None:
    assert read_licence(*statements).conformance in Conformance


@given(
    st.sampled_from(["by", "by-sa", "by-nc", "by-nd", "by-nc-sa", "by-nc-nd"]),
    st.sampled_from(["1.0", "2.0", "2.5", "3.0", "4.0"]),
)
def test_code_and_address_of_a_licence_agree(elements: str, version: str) -> None:
    code = read_licence(f"CC-{elements}-{version}")
    assert code == read_licence(f"http://creativecommons.org/licenses/{elements}/{version}/")
    assert (code.conformance is Conformance.OPEN) == (elements in ("by", "by-sa"))


@pytest.mark.real
def test_the_licence_list_of_ckan_is_read_as_it_says(corpora: Path) -> None:
    """CKAN marks licences as conformant; its generic ones name no licence, which is not the same."""
    text = (corpora / "reference" / "licences" / "ckan_license_list.json").read_text(encoding="utf-8")
    pairs = re.findall(r'"is_okd_compliant": (true|false).*?"id": "([^"]+)"', text)
    assert len(pairs) == 15
    generic = {"other-open", "other-at"}
    for conformant, licence in pairs:
        if licence not in generic:
            assert (read_licence(licence).conformance is Conformance.OPEN) == (conformant == "true"), licence


@pytest.mark.real
def test_the_european_table_is_recognised(corpora: Path) -> None:
    """Every Creative Commons, ODC and GNU code of the table of the Publications Office is read, and read rightly."""
    text = (corpora / "reference" / "vocab" / "eu" / "licences-skos.rdf").read_text(encoding="utf-8")
    codes = sorted(set(re.findall(r"authority/licence/((?:CC|ODC|GNU)[A-Z0-9_]*)", text)))
    assert len(codes) > 35
    for code in codes:
        reading = read_licence(f"http://publications.europa.eu/resource/authority/licence/{code}")
        limited = "NC" in code or "ND" in code
        assert reading.conformance is (Conformance.NOT_OPEN if limited else Conformance.OPEN), code


@pytest.mark.real
def test_licences_of_recorded_catalogues_are_recognised(corpora: Path) -> None:
    """Of the stated licences of the recorded data.json catalogues at least 95 in 100 are recognised."""
    found: collections.Counter[str] = collections.Counter()
    for path in sorted((corpora / "catalogues").glob("datajson_*/*.json")):
        found.update(re.findall(r'"license"\s*:\s*"([^"]+)"', path.read_text(encoding="utf-8", errors="replace")))
    unread = {text: n for text, n in found.items() if read_licence(text).conformance is Conformance.UNRECOGNISED}
    print(f"licences: {sum(found.values())} stated, {sum(unread.values())} unrecognised: {unread}")  # noqa: T201 - the comparison is shown
    assert sum(found.values()) > 3000
    assert sum(unread.values()) <= 0.05 * sum(found.values())


@pytest.mark.parametrize(
    ("statement", "id_"),
    [
        ("Licence Ouverte / Open License (compatible ODC-BY, CC-BY 2.0)", "etalab-2.0"),
        ("CC BY-NC 4.0, compatible with CC0", "CC-BY-NC-4.0"),
        ("Terms of the portal, compatible with CC BY 4.0", "CC-BY-4.0"),
    ],
)
def test_compatible_licences_count_where_none_is_named(statement: str, id_: str) -> None:
    assert read_licence(statement).id == id_
