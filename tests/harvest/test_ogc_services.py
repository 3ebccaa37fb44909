"""OGC services: capabilities of every version, OGC API, and the addresses that are asked.

The answers in `recorded/ogc_services` were written from the specifications (https://www.ogc.org/standards/): OGC 01-068r3,
07-057r7, 03-065r6, 07-067r5, 09-110r4, 17-069r4 and 20-004r1; real capabilities of a WMS and a WFS are read at the end.
"""

import json
from pathlib import Path
from typing import Any

import pytest

from atalaya.catalogue.records import Agent, ContactPoint, Dataset, Period
from atalaya.fetch.answers import Answer, Failure
from atalaya.harvest import ogc_services
from atalaya.harvest.discovery import discover
from atalaya.harvest.protocol import Harvest
from atalaya.harvest.queries import asking, parameters
from atalaya.harvest.visits import Refusal, Visit

RECORDED = Path(__file__).with_name("recorded") / "ogc_services"
BOX = ("-92.3,13.6,-88.1,17.9",)


def recording(name: str) -> bytes:
    return (RECORDED / name).read_bytes()


def visit(body: bytes, url: str = "https://mapas.example/ows?service=WMS&request=GetCapabilities") -> Visit:
    return Visit(url, Answer(requested_url=url, final_url=url, status=200), body, None)


def read(name: str) -> tuple[Dataset, ...]:
    reading = ogc_services.read_capabilities(visit(recording(name)))
    assert not isinstance(reading, Refusal)
    assert not [use for use in reading.fields if use.reading == "unread"]
    assert reading.problems == ()
    assert "Nadie" not in repr(reading)
    return reading.datasets


async def harvested(web: Any, source: Any, pages: Any, url: str) -> tuple[Harvest, list[str]]:
    site = web(pages)
    return await ogc_services.harvest(source(url, "ogc_services"), site), site.asked


def test_wms_layers_with_a_name_are_datasets() -> None:
    base, towns = read("wms_1_1_1.xml")
    assert (base.native_id, base.title, base.spatial) == ("base", {"": "Mapa base"}, BOX)
    assert (towns.native_id, towns.title) == ("municipios", {"": "Municipios de Año Nuevo"})
    assert towns.spatial == ("-91,14,-90,15",)
    assert towns.keywords == ("límites", "municipios")
    assert base.keywords == ()
    assert towns.landing_page == "https://mapas.example/meta/1"
    assert [(item.url, item.format, item.media_type) for item in towns.distributions] == [
        ("https://mapas.example/cgi-bin/mapserv?map=/a.map&", "WMS", None),
        ("https://mapas.example/municipios.zip", None, "application/zip"),
    ]
    assert towns.distributions[0].conforms_to == ("http://www.opengis.net/def/serviceType/ogc/wms",)
    for layer in (base, towns):
        assert layer.publisher == Agent(name="Instituto de Ejemplo")
        assert layer.creator == Agent(name="Oficina de Mapas")
        assert layer.contact == ContactPoint(has_name=True, has_email=True, email_domain="instituto.example")
        assert (layer.licence, layer.rights) == ("none", "ninguna")
        assert layer.temporal == (Period(start="2000-01-01", end="2020-01-01"),)
        assert not any(item.derived for item in layer.distributions)


def test_wmts() -> None:
    (layer,) = read("wmts_1_0_0.xml")
    assert (layer.native_id, layer.title) == ("ortofoto", {"es": "Ortofoto", "en": "Orthophoto"})
    assert (layer.spatial, layer.temporal) == (BOX, (Period(start="2018", end="2020"),))
    assert layer.publisher == Agent(name="Instituto de Ejemplo", uri="https://instituto.example/")
    assert (layer.licence, layer.rights) == ("CC BY 4.0", "none")
    assert layer.landing_page == "https://teselas.example/meta/ortofoto"
    assert [(item.url, item.format) for item in layer.distributions] == [("https://teselas.example/tile?", "WMTS")]


@pytest.mark.parametrize(
    ("name", "ids", "publisher", "url"),
    [
        ("wcs_1_0_0.xml", ["mde"], "Instituto de Ejemplo", "https://wcs.example/wcs?"),
        (
            "wcs_1_1_1.xml",
            ["mde", "lluvia"],
            "Instituto de Ejemplo",
            "https://mapas.example/ows?service=WMS&request=GetCapabilities",
        ),
        ("wcs_2_0_1.xml", ["gt__mde", "gt__lluvia"], "Coberturas", "https://wcs.example/wcs?"),
    ],
)
def test_wcs(name: str, ids: list[str], publisher: str, url: str) -> None:
    found = read(name)
    assert [item.native_id for item in found] == ids
    assert found[0].title == {"": "Elevación"}
    assert found[0].publisher == Agent(name=publisher)
    assert [(item.url, item.format) for item in found[0].distributions] == [(url, "WCS")]


def test_a_coverage_without_a_title_is_called_by_its_name() -> None:
    assert read("wcs_2_0_1.xml")[1].title == {"": "gt__lluvia"}


def test_wcs_briefs_have_boxes_and_times() -> None:
    (coverage,) = read("wcs_1_0_0.xml")
    assert (coverage.spatial, coverage.temporal) == (BOX, (Period(start="2010", end="2012"),))
    assert coverage.landing_page == "https://wcs.example/meta/mde"


def test_ten_thousand_layers_in_each_other_are_read() -> None:
    flat = "".join(f"<Layer><Name>l{number}</Name></Layer>" for number in range(10_000))
    nested = "<Layer>" * 400 + "<Name>deep</Name>" + "</Layer>" * 400
    xml = f"<WMS_Capabilities><Capability><Layer>{flat}{nested}</Layer></Capability></WMS_Capabilities>"
    reading = ogc_services.read_capabilities(visit(xml.encode()))
    assert not isinstance(reading, Refusal)
    assert len(reading.datasets) == 10_001
    assert {use.path for use in reading.fields} == {"Capability.Layer.Name"}


def test_unknown_elements_of_a_layer_are_reported() -> None:
    xml = b"<WMS_Capabilities><Capability><Layer><Name>a</Name><Novelty>x</Novelty></Layer></Capability></WMS_Capabilities>"
    reading = ogc_services.read_capabilities(visit(xml))
    assert not isinstance(reading, Refusal)
    assert [use.path for use in reading.fields if use.reading == "unread"] == ["Capability.Layer.Novelty"]


FACTORY = (
    "GeoServer Web Map Service",
    "The Ancient Geographers",
    "Claudius Ptolomaeus",
    "claudius.ptolomaeus@gmail.com",
)


def wms(title: str, body: str, person: str, mail: str, terms: str = "NONE", name: str = "WMS") -> bytes:
    contact = (
        f"<ContactPersonPrimary><ContactPerson>{person}</ContactPerson><ContactOrganization>{body}</ContactOrganization>"
        f"</ContactPersonPrimary><ContactElectronicMailAddress>{mail}</ContactElectronicMailAddress>"
    )
    service = (
        f"<Name>{name}</Name><Title>{title}</Title><ContactInformation>{contact}</ContactInformation>"
        f"<Fees>{terms}</Fees><AccessConstraints>{terms}</AccessConstraints>"
    )
    layer = "<Capability><Layer><Name>a</Name></Layer></Capability>"
    return f"<WMS_Capabilities><Service>{service}</Service>{layer}</WMS_Capabilities>".encode()


def wfs(title: str, body: str, person: str, mail: str, terms: str = "NONE") -> bytes:
    contact = (
        f"<IndividualName>{person}</IndividualName><ContactInfo><Address>"
        f"<ElectronicMailAddress>{mail}</ElectronicMailAddress></Address></ContactInfo>"
    )
    return (
        f"<WFS_Capabilities><ServiceIdentification><Title>{title}</Title><Fees>{terms}</Fees>"
        f"<AccessConstraints>{terms}</AccessConstraints></ServiceIdentification>"
        f"<ServiceProvider><ProviderName>{body}</ProviderName><ProviderSite href='http://geoserver.org'/>"
        f"<ServiceContact>{contact}</ServiceContact></ServiceProvider>"
        "<FeatureTypeList><FeatureType><Name>a</Name></FeatureType></FeatureTypeList></WFS_Capabilities>"
    ).encode()


OWN = ("Mapas", "Instituto", "Ana", "ana@i.example")
NAMED = ContactPoint(has_name=True, has_email=True, email_domain="i.example")


@pytest.mark.parametrize("service", [wms, wfs])
@pytest.mark.parametrize(
    ("said", "terms", "publisher", "contact", "stated", "left"),
    [
        (FACTORY, "NONE", None, None, None, 6),
        (FACTORY, "CC BY 4.0", None, None, "CC BY 4.0", 4),
        (("Mapas", *FACTORY[1:]), "NONE", Agent(name="Mapas"), None, None, 5),
        ((FACTORY[0], *OWN[1:]), "NONE", Agent(name="Instituto"), NAMED, None, 3),
        (OWN, "NONE", Agent(name="Instituto"), NAMED, "NONE", 0),
        (("GeoServer de Lima", *OWN[1:]), "none", Agent(name="Instituto"), NAMED, "none", 0),
    ],
)
def test_factory_settings_of_geoserver_are_not_stated(
    service: Any, said: Any, terms: str, publisher: Agent | None, contact: object, stated: str | None, left: int
) -> None:
    reading = ogc_services.read_capabilities(visit(service(*said, terms)))
    assert not isinstance(reading, Refusal)
    (layer,) = reading.datasets
    assert (layer.publisher, layer.contact, layer.licence, layer.rights) == (publisher, contact, stated, stated)
    assert len(reading.problems) == left
    assert all("factory setting" in problem.reason for problem in reading.problems)
    assert not [use for use in reading.fields if use.reading == "unread"]


@pytest.mark.parametrize(
    ("name", "publisher"),
    [("WMS", None), ("OGC:WMS", None), ("MapasDeLima", Agent(name="MapasDeLima"))],
)
def test_the_name_of_a_standard_is_no_publisher(name: str, publisher: Agent | None) -> None:
    reading = ogc_services.read_capabilities(visit(wms("", "", "", "", "", name)))
    assert not isinstance(reading, Refusal)
    assert reading.datasets[0].publisher == publisher


async def test_the_factory_title_of_an_api_is_no_publisher(web: Any, source: Any) -> None:
    home = {"title": "GeoServer Features services", "links": [{"rel": "data", "href": f"{API}/collections?f=json"}]}
    found, _ = await harvested(web, source, api(**{API: json.dumps(home)}), API)
    assert found.datasets[0].publisher is None
    assert [problem.place for problem in found.problems if "factory setting" in problem.reason] == ["title"]


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (
            b"<ServiceExceptionReport><ServiceException code='x'>no</ServiceException></ServiceExceptionReport>",
            "error_object",
        ),
        (
            b"<ows:ExceptionReport xmlns:ows='o'><ows:Exception exceptionCode='c'/></ows:ExceptionReport>",
            "error_object",
        ),
        (b"<Capabilities xmlns='http://www.opengis.net/cat/csw/2.0.2'/>", "no_datasets"),
        (b"<CoverageDescriptions/>", "no_datasets"),
        (b'{"code": "NotFound", "description": "Collection not found"}', "error_object"),
        (b'{"dataset": []}', "no_datasets"),
        (
            b'{"type": "Catalog", "stac_version": "1.0.0", "id": "x", "links": [{"rel": "child", "href": "a"}]}',
            "no_datasets",
        ),
    ],
)
def test_other_documents_are_not_claimed(body: bytes, reason: str) -> None:
    refusal = ogc_services.claims(visit(body))
    assert isinstance(refusal, Refusal)
    assert refusal.reason == reason


@pytest.mark.parametrize("name", sorted(file.name for file in RECORDED.iterdir() if file.name != "records.json"))
def test_every_recorded_document_is_claimed(name: str) -> None:
    assert ogc_services.claims(visit(recording(name))) is None


WMS = "https://mapas.example/cgi-bin/mapserv?map=/a.map"


@pytest.mark.parametrize(
    ("url", "answering"),
    [
        (f"{WMS}&SERVICE=WMS&Request=GetCapabilities", f"{WMS}&SERVICE=WMS&Request=GetCapabilities"),
        (f"{WMS}&service=WMS", f"{WMS}&service=WMS&request=GetCapabilities"),
        (f"{WMS}&SERVICE=wms&REQUEST=GetMap", f"{WMS}&SERVICE=wms&request=GetCapabilities"),
        (WMS, f"{WMS}&service=WMS&request=GetCapabilities"),
        ("https://mapas.example/caps.xml", "https://mapas.example/caps.xml"),
    ],
)
async def test_an_endpoint_is_asked_for_its_capabilities(url: str, answering: str, web: Any, source: Any) -> None:
    found, asked = await harvested(web, source, {answering: recording("wms_1_1_1.xml")}, url)
    assert (found.state, len(found.datasets), found.resources) == ("complete", 2, 3)
    assert asked[-1] == answering


async def test_the_service_that_an_address_names_is_tried_first(web: Any, source: Any) -> None:
    url = "https://mapas.example/geoserver/wcs"
    found, asked = await harvested(
        web, source, {asking(url, {"service": "WCS", "request": "GetCapabilities"}): recording("wcs_2_0_1.xml")}, url
    )
    assert (found.state, len(found.datasets)) == ("complete", 2)
    assert [parameters(item).get("service") for item in asked] == [None, "WCS"]


async def test_an_endpoint_that_answers_nothing_usable_is_asked_few_times(web: Any, source: Any) -> None:
    found, asked = await harvested(web, source, {}, "https://mapas.example/ows")
    assert (found.state, found.reason) == ("failed", "http")
    assert len(asked) <= 6
    found, asked = await harvested(
        web, source, {"https://mapas.example/ows": Failure.TIMEOUT}, "https://mapas.example/ows"
    )
    assert (found.reason, len(asked)) == ("unreachable", 1)


API = "https://api.example/ogc"
ITEMS = f"{API}/collections/catalogo/items?f=json"


def api(**more: Any) -> dict[str, Any]:
    second = {
        "type": "FeatureCollection",
        "numberMatched": 3,
        "features": [{"id": "r3", "properties": {"title": "Ríos"}}],
    }
    return {
        API: recording("landing.json"),
        f"{API}/collections?f=json": recording("collections.json"),
        ITEMS: recording("records.json"),
        f"{ITEMS}&offset=2": json.dumps(second),
        **more,
    }


async def test_an_api_from_its_landing_page(web: Any, source: Any) -> None:
    found, asked = await harvested(web, source, api(), API)
    assert (found.state, found.reason) == ("complete", None), found.detail
    assert asked == [API, f"{API}/collections?f=json", ITEMS, f"{ITEMS}&offset=2"]
    rivers, seven, basins, streams = found.datasets
    assert (rivers.native_id, rivers.title, rivers.keywords) == ("rios", {"": "Ríos"}, ("agua",))
    assert rivers.publisher == Agent(name="API de ejemplo")
    assert (rivers.licence, rivers.licence_title) == ("https://creativecommons.org/licenses/by/4.0/", "CC BY 4.0")
    assert rivers.spatial == BOX
    assert rivers.temporal == (Period(start="2010-01-01T00:00:00Z"),)
    assert rivers.conforms_to == ("http://www.opengis.net/def/crs/EPSG/0/4326",)
    assert rivers.landing_page == "https://api.example/ogc/collections/rios?f=html"
    assert [(item.url, item.format, item.media_type) for item in rivers.distributions] == [
        ("https://api.example/ogc/collections/rios/items?f=json", "OGC API Features", "application/geo+json"),
        ("https://api.example/rios.gpkg", None, "application/geopackage+sqlite3"),
    ]
    assert (seven.native_id, len(seven.distributions)) == ("7", 1)
    assert (basins.native_id, basins.issued, basins.modified) == ("r1", "2020-01-01", "2021-02-03")
    assert basins.publisher == Agent(name="Instituto de Ejemplo")
    assert basins.temporal == (Period(start="2010"),)
    assert (basins.themes, basins.languages) == (("hidrografia",), ("es",))
    assert [(item.url, item.format) for item in basins.distributions] == [
        ("https://api.example/cuencas.gpkg", None),
        ("https://mapas.example/wms", "OGC:WMS"),
    ]
    assert streams.native_id == "r3"
    assert [problem.reason for problem in found.problems] == ["describes a service, not a dataset"]
    assert not [use for use in found.fields if use.reading == "unread"]
    assert "Nadie" not in repr(found)


async def test_records_that_fail_leave_the_collections(web: Any, source: Any) -> None:
    found, _ = await harvested(web, source, api(**{ITEMS: (500, b"no")}), API)
    assert (found.state, found.reason, len(found.datasets)) == ("partial", "page_failed", 2)


async def test_one_collection_is_a_source(web: Any, source: Any) -> None:
    one = json.loads(recording("collections.json"))["collections"][0]
    url = f"{API}/collections/rios"
    found, _ = await harvested(web, source, {url: json.dumps(one)}, url)
    assert (found.state, [item.native_id for item in found.datasets]) == ("complete", ["rios"])


async def test_an_api_that_answers_a_page_is_asked_for_json(web: Any, source: Any) -> None:
    pages = api(**{API: b"<html><body>API</body></html>", f"{API}?f=json": recording("landing.json")})
    found, _ = await harvested(web, source, pages, API)
    assert (found.state, len(found.datasets)) == ("complete", 4)


TOWN = "Blaby District Council"
TYPES = ["inspire:listed_buildings", "inspire:tree_preservation_orders"]
RIVERS = ["Primary_River_Basin_Catchments_of_Northern_Ireland"]


@pytest.mark.real
@pytest.mark.parametrize(
    ("name", "ids", "publisher"),
    [
        ("afbi_get_capabilities.wms", RIVERS, "Agri-Food and Biosciences Institute (AFBI)"),
        ("blaby_get_capabilities_1_0.wfs", TYPES, "Blaby - Web Feature Service"),
        ("blaby_get_capabilities_1_1.wfs", TYPES, TOWN),
        ("blaby_get_capabilities_2_0.wfs", TYPES, TOWN),
    ],
)
def test_real_capabilities(name: str, ids: list[str], publisher: str, corpora: Path) -> None:
    body = (corpora / "groundtruth" / "filetype" / "ckanext-qa" / name).read_bytes()
    reading = ogc_services.read_capabilities(visit(body))
    assert not isinstance(reading, Refusal)
    assert [item.native_id for item in reading.datasets] == ids
    assert {item.publisher for item in reading.datasets} == {Agent(name=publisher)}
    assert all(len(item.distributions) == 1 and item.spatial for item in reading.datasets)
    assert not [use for use in reading.fields if use.reading == "unread"]
    assert "Hickling" not in repr(reading)


WMS = (
    '<WMS_Capabilities version="1.3.0" xmlns="http://www.opengis.net/wms"><Service><Title>M</Title></Service>'
    "<Capability><Layer><Name>a</Name><Title>A</Title></Layer></Capability></WMS_Capabilities>"
)
WFS = (
    '<wfs:WFS_Capabilities version="2.0.0" xmlns:wfs="http://www.opengis.net/wfs/2.0"><wfs:FeatureTypeList>'
    "<wfs:FeatureType><wfs:Name>a</wfs:Name><wfs:Title>A</wfs:Title></wfs:FeatureType></wfs:FeatureTypeList>"
    "</wfs:WFS_Capabilities>"
)


def capabilities(url: str, kind: str) -> str:
    return f"{url}?service={kind}&request=GetCapabilities"


async def test_an_address_that_says_wfs_is_asked_as_one(web: Any) -> None:
    endpoint = "https://ide.example/geoserver/wfs"
    site = web({capabilities(endpoint, "WMS"): WMS, capabilities(endpoint, "WFS"): WFS})
    found = await discover(endpoint, site)
    assert (found.protocol, found.url) == ("ogc_services", capabilities(endpoint, "WFS"))


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        ("https://ide.example/ows", "WMS"),
        ("https://ide.example/wcs", "WCS"),
        ("https://wms.example/geoserver/wfs", "WFS"),
        ("https://wfs.example/ows", "WFS"),
    ],
)
def test_the_kind_that_an_address_names_is_asked_first(url: str, kind: str) -> None:
    assert ogc_services.places(visit(b"", url))[0].asked == capabilities(url, kind)


@pytest.mark.parametrize("path", ["geoserver", "geoserver/", "geoserver/web/", "mapas/geoserver/web/?wicket:page=1"])
def test_the_pages_of_a_geoserver_lead_to_its_services(path: str) -> None:
    server = f"https://ide.example/{path.partition('/web')[0].rstrip('/')}"
    asked = [place.asked for place in ogc_services.places(visit(b"", f"https://ide.example/{path}"))]
    assert asked[:3] == [
        capabilities(f"{server}/{name}", kind) for name, kind in (("ows", "WMS"), ("wms", "WMS"), ("wfs", "WFS"))
    ]


def test_the_services_of_a_workspace_are_asked_where_they_are() -> None:
    url = "https://ide.example/geoserver/catastro/wfs"
    assert ogc_services.places(visit(b"", url))[0].asked == capabilities(url, "WFS")
