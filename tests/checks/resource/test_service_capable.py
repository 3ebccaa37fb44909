"""Edges of `service_capable`: services that describe themselves, as they are read."""

import pytest

from atalaya.checks.example_cases import distribution, resource_case
from atalaya.checks.resource.service_capable import rule
from atalaya.inspection.inspector import inspect_bytes


def said(body: bytes, url: str = "https://mapas.example.org/x?request=GetCapabilities", declared: str = "API") -> str:
    published = distribution(download_url=url, format=declared, media_type=None)
    return rule(resource_case(inspection=inspect_bytes(body, url=url), distribution=published)).reason


@pytest.mark.parametrize(
    "body",
    [
        b"<WMS_Capabilities version='1.3.0' xmlns='http://www.opengis.net/wms'><Service/></WMS_Capabilities>",
        b"<WMT_MS_Capabilities version='1.1.1'><Service/></WMT_MS_Capabilities>",
        b"<wfs:WFS_Capabilities version='2.0.0' xmlns:wfs='http://www.opengis.net/wfs/2.0'/>",
        b"<Capabilities version='1.0.0' xmlns='http://www.opengis.net/wmts/1.0'/>",
        b'{"currentVersion": 10.9, "serviceDescription": "", "layers": [{"id": 0, "name": "a"}]}',
        b'{"title": "x", "links": [{"href": "/conformance", "rel": "conformance"}]}',
        b'{"openapi": "3.0.0", "info": {"title": "x"}, "paths": {}}',
        b"openapi: 3.0.0\ninfo:\n  title: x\n",
        b"<html><head><title>Folder: /</title></head><body><h2>ArcGIS REST Services Directory</h2></body></html>",
        b"<html><head><title>Virtuoso SPARQL Query Editor</title></head><body><form></form></body></html>",
    ],
)
def test_descriptions(body: bytes) -> None:
    assert said(body) == "ok"


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"<WMS_Capabilities version='1.3.0' xmlns='http://www.opengis.net/wms'><Service>", "damaged"),
        (b"<ServiceExceptionReport><ServiceException>x</ServiceException></ServiceExceptionReport>", "error"),
        (b'{"error": {"code": 500, "message": "Service not started"}}', "error"),
        (b'{"error": {"code": 499, "message": "Token Required"}}', "hidden"),
        (b"<html><body><h1>Geoportal</h1><p>Bienvenidos al geoportal de la institucion.</p></body></html>", "page"),
        (b'[{"id": 1, "name": "a"}, {"id": 2, "name": "b"}]', "data"),
        (b"", "empty"),
    ],
)
def test_other_answers(body: bytes, reason: str) -> None:
    assert said(body) == reason


def test_a_bare_address_was_asked_for_nothing() -> None:
    assert said(b"<ServiceExceptionReport/>", "https://mapas.example.org/wms", "WMS") == "bare"


PAGE = b"<html><head><title>Servicio</title></head><body><h1>Servicio de mapas</h1><p>Capas del servicio.</p></body></html>"


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("https://mapas.example.org/arcgis/rest/services/a/MapServer", "bare"),
        ("https://mapas.example.org/arcgis/rest/services/a/FeatureServer/0", "bare"),
        ("https://mapas.example.org/arcgis/rest/services/a/MapServer?f=json", "page"),
        ("https://mapas.example.org/mapserver/visor", "page"),
    ],
)
def test_a_service_of_arcgis_shows_people_a_page(url: str, reason: str) -> None:
    assert said(PAGE, url) == reason


def test_blanks_are_nothing() -> None:
    assert said(b"  \n") == "empty"
