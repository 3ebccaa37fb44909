"""Recorded catalogues with bytes changed, cut and repeated: they end as a harvest, never as an exception."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from atalaya.catalogue.identity import identify
from atalaya.harvest.protocol import REASONS
from atalaya.harvest.registry import protocol

pytestmark = pytest.mark.real

CKAN_URL = "https://a.example/api/3/action/package_show?id=x"
RECORDINGS = {
    "catalogues/arcgis_hub/02b-17113_20210119.data.json": ("arcgis_hub", "https://a.example/data.json"),
    "catalogues/ckan/udata/dkan-french-w-license.json": ("ckan", CKAN_URL),
    "catalogues/ckan/tokyo/raw/05bd77f6-8d8d-4cff-866f-76eba24fa948.json": ("ckan", CKAN_URL),
    "catalogues/ckan/ckanext-dcat/catalog.json": ("datajson", "https://a.example/data.json"),
    "catalogues/datajson_ar/bad_remote_datajson.data.json": ("datajson_ar", "https://a.example/data.json"),
    "catalogues/datajson_ar/xlsx/catalogo_justicia.xlsx": ("datajson_ar", "https://a.example/catalog.xlsx"),
    "groundtruth/frictionless/data/number/datapackage.json": ("datapackage", "https://a.example/datapackage.json"),
    "catalogues/dcat_rdf/udata/catalog.xml": ("dcat_rdf", "http://data.test.org/catalog.xml"),
    "catalogues/dcat_rdf/udata/flat.jsonld": ("dcat_rdf", "https://a.example/flat.jsonld"),
    "catalogues/dcat_rdf/ckanext-dcat/catalog_pod.jsonld": ("dcat_rdf", "https://a.example/pod.jsonld"),
    "catalogues/dcat_rdf/ckanext-dcat/dataset_gob_es.ttl": ("dcat_rdf", "https://a.example/d.ttl"),
    "catalogues/opendatasoft/udata-ods_search_v1.json": ("opendatasoft", "https://a.example/search.json"),
    "catalogues/udata/hydra_catalog.csv": ("udata", "https://a.example/catalog.csv"),
    "catalogues/csw/udata/geonetwork-iso19139-page-3.xml": ("csw", "https://a.example/csw?request=GetRecords"),
    "catalogues/csw/udata/geonetwork-dcat-page-3.xml": ("csw", "https://a.example/csw?request=GetRecords"),
    "catalogues/waf_iso/iso_2_waf_valid_iso1.xml": ("waf", "https://a.example/waf/valid_iso1.xml"),
    "catalogues/waf_iso/waf_USGSHydroCached.xml": ("waf", "https://a.example/waf/hydro.xml"),
    "catalogues/waf_iso/waf-html-examples_apache-noaa-waf.html": ("waf", "https://a.example/waf/"),
    "groundtruth/filetype/ckanext-qa/afbi_get_capabilities.wms": ("ogc_services", "https://a.example/wms"),
    "groundtruth/filetype/ckanext-qa/blaby_get_capabilities_1_0.wfs": ("ogc_services", "https://a.example/wfs"),
}
SPLICES = st.lists(
    st.tuples(
        st.floats(0, 1), st.integers(0, 40), st.binary(max_size=6) | st.sampled_from([b"null", b"[]", b"{}", b'"'])
    ),
    min_size=1,
    max_size=4,
)


def mutate(body: bytes, splices: list[tuple[float, int, bytes]]) -> bytes:
    """The bytes with some cut out and others put in, at places given as shares of the length."""
    for share, cut, put in splices:
        place = int(share * len(body))
        body = body[:place] + put + body[place + cut :]
    return body


@pytest.mark.parametrize("name", RECORDINGS)
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(splices=SPLICES)
async def test_mutated_recordings_end_as_a_harvest(
    name: str, splices: list[tuple[float, int, bytes]], corpora: Path, web: Any, source: Any
) -> None:
    protocol_id, url = RECORDINGS[name]
    site = web({url: mutate((corpora / name).read_bytes(), splices)})
    harvested = await protocol(protocol_id).harvest(source(url, protocol_id), site)
    assert harvested.state in ("complete", "partial", "failed")
    if harvested.state == "failed":
        assert harvested.reason in REASONS
    identify(harvested.source_id, harvested.datasets)
    repr(harvested).encode()
