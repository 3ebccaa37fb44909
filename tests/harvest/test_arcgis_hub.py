"""The feed of ArcGIS Hub: identifiers, what hubs write in their own way, errors with HTTP 200, and published deltas.

`recorded/arcgis_hub/feed.json` is invented. It was written in the form of the present feed from its published description
(https://doc.arcgis.com/en/hub/content/federate-data-with-external-catalogs.htm and the templates of
https://github.com/Esri/hub.js/tree/master/packages/common/src/sites/feeds), since only feeds of the former address are
recorded.
"""

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from atalaya.catalogue.identity import identify
from atalaya.fetch.answers import Answer
from atalaya.harvest import arcgis_hub, datajson, dcat_rdf
from atalaya.harvest.arcgis_hub_records import item_key
from atalaya.harvest.discovery import discover
from atalaya.harvest.protocol import COMPLETE, FAILED, Harvest
from atalaya.harvest.visits import Refusal, Visit
from atalaya.rounds.holding import SHRUNK, Standing, answered, hold_of

ITEM = "0123456789abcdef0123456789abcdef"
FEED = "https://hub.example/api/feed/dcat-us/1.1.json"
FORMER = "https://hub.example/data.json"
STUB = '{"@type": "dcat:Catalog", "conformsTo": "https://project-open-data.cio.gov/v1.1/schema", "dataset": []}'


def visit(body: object, url: str = FEED, status: int = 200) -> Visit:
    text = body if isinstance(body, str) else json.dumps(body)
    return Visit(url, Answer(requested_url=url, final_url=url, status=status), text.encode(), None)


def feed(**fields: object) -> str:
    item = {"identifier": f"https://hub.example/datasets/{ITEM}_0", "title": "T", **fields}
    return json.dumps({"dataset": [item]})


async def harvest(pages: dict[str, Any], web: Any, source: Any, url: str = FEED) -> Harvest:
    return await arcgis_hub.harvest(source(url, "arcgis_hub"), web(pages))


@pytest.fixture
def recorded_feed() -> str:
    return (Path(__file__).parent / "recorded" / "arcgis_hub" / "feed.json").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("address", "key"),
    [
        (f"https://hub.example/datasets/{ITEM}", ITEM),
        (f"https://hub.example/datasets/{ITEM}_12", f"{ITEM}_12"),
        (f"https://hub.example/datasets/{ITEM.upper()}_0/", f"{ITEM}_0"),
        (f"https://hub.example/maps/{ITEM}_3/about", f"{ITEM}_3"),
        (f"https://www.arcgis.com/home/item.html?id={ITEM}", ITEM),
        (f"https://www.arcgis.com/home/item.html?id={ITEM}&sublayer=4", f"{ITEM}_4"),
        (f"https://gis.example/portal/home/item.html?lang=es&id={ITEM}&sublayer=0", f"{ITEM}_0"),
        (f"https://hub.arcgis.com/datasets?id={ITEM}", ITEM),
        (f"{ITEM}_7", f"{ITEM}_7"),
        ("https://hub.example/datasets/pueblo::mercados", None),
        (f"https://ckan.example/dataset/{ITEM}", None),
        (f"https://hub.example/datasets/{ITEM}0", None),
        (f"https://other.example/?id={ITEM}", None),
        ("", None),
        (None, None),
    ],
)
def test_items_and_layers(address: str | None, key: str | None) -> None:
    assert item_key(address) == key


async def test_the_present_feed_is_read(recorded_feed: str, web: Any, source: Any) -> None:
    harvested = await harvest({FEED: recorded_feed}, web, source)
    assert (harvested.state, len(harvested.datasets), harvested.resources) == (COMPLETE, 2, 4)
    assert not [use for use in harvested.fields if use.reading == "unread"]
    market, routes = harvested.datasets
    assert market.native_id == "00000000000000000000000000000001_4"
    assert market.landing_page == "https://datos-ejemplo.hub.arcgis.com/maps/ejemplo::mercados-municipales-1"
    assert market.description == {}
    assert market.licence == "Datos abiertos del Municipio de Ejemplo, CC BY 4.0."
    assert market.licence_url == "https://creativecommons.org/licenses/by/4.0/"
    assert market.publisher is not None
    assert market.publisher.name == "Municipio de Ejemplo"
    assert market.contact is not None
    assert (market.contact.has_name, market.contact.has_email) == (True, False)
    assert market.contact.url == "https://datos.example/contacto"
    assert market.spatial == ("-90.6,14.5,-90.4,14.7",)
    assert market.frequency == "R/P1M"
    formats = [item.format for item in market.distributions]
    assert formats == ["Web Page", "ArcGIS GeoServices REST API", "CSV", None]
    assert routes.native_id == "00000000000000000000000000000002_0"
    assert routes.licence is None
    assert routes.spatial == ("-90.6,14.5,-90.4,14.7",)
    assert routes.contact is not None
    assert routes.contact.email_domain == "datos.example"
    reasons = {problem.place: problem.reason for problem in harvested.problems}
    assert set(reasons) == {"dataset[].description", "dataset[].publisher.name"}
    assert "alguien" not in repr(harvested)
    assert "cuenta_ejemplo" not in repr(harvested)


@pytest.mark.parametrize(
    ("written", "licence", "address"),
    [
        ("CC BY 4.0", "CC BY 4.0", None),
        ("https://hub.example/license.json", "https://hub.example/license.json", None),
        ("a < b & c", "a < b & c", None),
        ("<p>Uso&nbsp;libre</p><p>sin garantía</p>", "Uso libre sin garantía", None),
        ("<a href='https://l.example/by'></a>", "https://l.example/by", "https://l.example/by"),
        ("<a href='javascript:x'>CC0</a> <a href='https://l.example/0'>x</a>", "CC0 x", "https://l.example/0"),
        ("<span style='font", "<span style='font", None),
        ("", None, None),
        (None, None, None),
    ],
)
async def test_licences_are_plain(
    written: Any, licence: str | None, address: str | None, web: Any, source: Any
) -> None:
    harvested = await harvest({FEED: feed(license=written)}, web, source)
    assert (harvested.datasets[0].licence, harvested.datasets[0].licence_url) == (licence, address)


@pytest.mark.parametrize(
    ("spatial", "read"),
    [
        ("-1,2,3,4", ("-1,2,3,4",)),
        ([[-1, 2], [3.5, 4]], ("-1,2,3.5,4",)),
        ([-1, 2, 3, 4], ("-1,2,3,4",)),
        ({"type": "envelope", "coordinates": [[-1, 2], [3, 4]]}, ("-1,2,3,4",)),
        (["Guatemala"], ("Guatemala",)),
        ([[True, 2], [3, 4]], ("true", "2", "3", "4")),
        (None, ()),
    ],
)
async def test_boxes_in_every_dress(spatial: Any, read: tuple[str, ...], web: Any, source: Any) -> None:
    harvested = await harvest({FEED: feed(spatial=spatial)}, web, source)
    assert harvested.datasets[0].spatial == read


@pytest.mark.parametrize(
    ("status", "body", "reason", "said"),
    [
        (200, {"error": "SB_0006: Subscription is canceled"}, "error_object", "SB_0006: Subscription is canceled"),
        (
            200,
            {"error": "Domain record(s) not found :: A domain record with hostname = x does not exist :: 404"},
            "error_object",
            "Domain record(s) not found",
        ),
        (200, {"error": {"code": 499, "message": "Token Required", "details": []}}, "error_object", "Token Required"),
        (200, {"errors": [{"title": "Bad gateway"}]}, "error_object", "Bad gateway"),
        (200, {"dataset": [], "error": "timeout"}, "error_object", "timeout"),
        (200, {"statusCode": 404, "message": "Site not found"}, "error_object", "Site not found"),
        (202, {"status": "Processing", "recordCount": None}, "pending", "processing"),
        (200, {"status": "in_progress"}, "pending", "in progress"),
        (202, "", "empty", "no content"),
        (202, "not yet", "pending", "being made"),
        (200, [], "no_datasets", "a list"),
        (200, {"dataset": ["x", 7]}, "no_datasets", "no objects"),
        (200, {"features": []}, "no_datasets", "features"),
    ],
)
async def test_an_error_is_no_catalogue(
    status: int, body: object, reason: str, said: str, web: Any, source: Any
) -> None:
    text = body if isinstance(body, str) else json.dumps(body)
    harvested = await harvest({FEED: (status, text.encode())}, web, source)
    assert (harvested.state, harvested.reason) == (FAILED, reason)
    assert said in (harvested.detail or "")
    if text:
        assert isinstance(arcgis_hub.claims(visit(text, status=status)), Refusal)


async def test_a_stub_is_an_empty_feed_that_the_round_holds(web: Any, source: Any) -> None:
    declared = source(FEED, "arcgis_hub")
    harvested = await arcgis_hub.harvest(declared, web({FEED: STUB}))
    assert (harvested.state, harvested.datasets, harvested.declared_total) == (COMPLETE, (), None)
    assert "lists no dataset" in harvested.problems[0].reason
    answer = answered(identify(declared.id, harvested.datasets))
    before = Standing(observation="o1", protocol="arcgis_hub", url=FEED, accepted=53, answered=None)
    hold = hold_of(declared, harvested, answer, before, gone=53)
    assert hold is not None
    assert hold.reason == SHRUNK


@pytest.mark.parametrize("former", [404, 410])
async def test_a_feed_that_moved_is_found(former: int, web: Any, source: Any) -> None:
    site = web({FORMER: (former, b"<html>gone</html>"), FEED: feed()})
    harvested = await arcgis_hub.harvest(source(FORMER, "arcgis_hub"), site)
    assert (harvested.state, len(harvested.datasets)) == (COMPLETE, 1)
    assert site.asked == [FORMER, FEED]
    assert [page.url for page in harvested.pages] == [FORMER, FEED]
    assert harvested.problems[0].place == FORMER
    assert f"read from {FEED} instead" in harvested.problems[0].reason


async def test_a_site_is_declared_by_its_address(web: Any, source: Any) -> None:
    harvested = await harvest({FORMER: feed()}, web, source, "https://hub.example/pages/inicio")
    assert (harvested.state, len(harvested.datasets)) == (COMPLETE, 1)


async def test_a_server_that_fails_is_not_asked_elsewhere(web: Any, source: Any) -> None:
    site = web({FORMER: (503, b"busy"), FEED: feed()})
    harvested = await arcgis_hub.harvest(source(FORMER, "arcgis_hub"), site)
    assert (harvested.state, harvested.reason) == (FAILED, "http")
    assert site.asked == [FORMER]


PLAIN = {
    "title": "T",
    "identifier": "https://datos.example/d/1",
    "distribution": [{"downloadURL": "https://x.example/a"}],
}
SLUG = {"title": "T", "identifier": "x", "landingPage": "https://datos.example/apps/pueblo::tablero/explore"}
TITLED = {"title": "T", "identifier": "a-1", "distribution": [{"title": "ArcGIS GeoService", "accessURL": "https://x"}]}
BY_ITEM = {"title": "T", "identifier": f"https://www.arcgis.com/home/item.html?id={ITEM}"}


@pytest.mark.parametrize(
    ("datasets", "url", "claimed"),
    [
        ([SLUG], "https://datos.example/data.json", True),
        ([TITLED], "https://datos.example/data.json", True),
        ([BY_ITEM, PLAIN, SLUG], "https://datos.example/data.json", True),
        ([BY_ITEM, PLAIN], "https://datos.example/data.json", False),
        ([PLAIN], FEED, False),
        ([], "https://pueblo.hub.arcgis.com/data.json", True),
        ([], FEED, True),
        ([], "https://datos.example/data.json", False),
    ],
)
def test_a_feed_is_told_from_another_data_json(datasets: list[object], url: str, claimed: bool) -> None:
    assert (arcgis_hub.claims(visit({"conformsTo": "x", "dataset": datasets}, url)) is None) == claimed


def test_feeds_in_json_ld_are_left_to_their_reader() -> None:
    body = {
        "@context": {"dcat": "http://www.w3.org/ns/dcat#", "dct": "http://purl.org/dc/terms/"},
        "@id": "https://pueblo.hub.arcgis.com",
        "@type": "dcat:Catalog",
        "dcat:dataset": [{"@type": "dcat:Dataset", "@id": f"https://x.example/datasets/{ITEM}_0", "dct:title": "T"}],
    }
    page = visit(body, "https://pueblo.hub.arcgis.com/api/feed/dcat-ap/2.0.1.json")
    assert isinstance(arcgis_hub.claims(page), Refusal)
    assert isinstance(datajson.claims(page), Refusal)
    assert dcat_rdf.claims(page) is None


async def test_it_is_discovered_from_a_page_of_the_site(web: Any) -> None:
    found = await discover("https://hub.example/pages/inicio", web({FEED: feed()}))
    assert (found.protocol, found.url) == ("arcgis_hub", FEED)
    found = await discover("https://hub.example/pages/inicio", web({FORMER: feed()}))
    assert (found.protocol, found.url) == ("arcgis_hub", FORMER)


@pytest.mark.real
async def test_recorded_states_give_the_published_deltas(corpora: Path, web: Any, source: Any) -> None:
    """What a project of libraries published as new and gone between two states of each site, by our native ids."""
    with (corpora / "groundtruth/harvest_delta/portal_status_report_20210119.csv").open(newline="") as stream:
        published = {row["portalName"]: row for row in csv.DictReader(stream)}
    pairs = sorted((corpora / "catalogues/arcgis_hub").glob("*_20201213.data.json"))
    assert len(pairs) == 13
    for earlier in pairs:
        later = earlier.with_name(earlier.name.replace("20201213", "20210119"))
        before, after = [
            {dataset.native_id for dataset in (await harvest({FEED: file.read_bytes()}, web, source)).datasets}
            for file in (earlier, later)
        ]
        row = published[earlier.name.partition("_")[0]]
        measured = (len(after), len(after - before), len(before - after))
        assert measured == (int(row["total"]), int(row["new_items"]), int(row["deleted_items"])), earlier.name


@pytest.mark.real
async def test_every_recorded_feed_is_claimed(corpora: Path) -> None:
    """On an address that does not give it away: every feed with datasets is told by what stands in it."""
    files = sorted((corpora / "catalogues/arcgis_hub").glob("*.data.json"))
    for file in files:
        page = visit(file.read_text(encoding="utf-8"), "https://datos.example/data.json")
        assert (arcgis_hub.claims(page) is None) == (file.stat().st_size > 256), file.name
    for file in sorted((corpora / "catalogues/datajson_us").glob("*.data.json")):
        assert arcgis_hub.claims(visit(file.read_text(encoding="utf-8"))) is not None, file.name
