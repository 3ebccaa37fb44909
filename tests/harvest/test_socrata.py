"""The Discovery API: paging and scrolling, links by rule, custom fields of domains, federated assets, a delta of six weeks.

`recorded/socrata/catalog.json` is invented. It was written from the description of the API
(https://dev.socrata.com/docs/other/discovery) for what the recorded catalogues do not hold: federated and external assets,
views, and custom fields in Spanish.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest

from atalaya.fetch.answers import Answer, Failure
from atalaya.harvest import socrata
from atalaya.harvest.discovery import discover
from atalaya.harvest.protocol import COMPLETE, FAILED, PARTIAL, Harvest
from atalaya.harvest.socrata_fields import plain_name
from atalaya.harvest.socrata_links import link_of
from atalaya.harvest.visits import Refusal, Visit

DOMAIN = "https://datos.example"
SCOPE = "domains=datos.example&search_context=datos.example"
EXPORT = "/api/views/aaaa-0001/rows.csv?accessType=DOWNLOAD"
FIRST = f"{DOMAIN}/api/catalog/v1?{SCOPE}&order=dataset_id&limit=1000&offset=0"


def asset(name: str, **more: Any) -> dict[str, Any]:
    resource = {"id": name, "name": f"Title {name}", "type": "dataset", **more.pop("resource", {})}
    return {"resource": resource, "metadata": {"domain": "datos.example"}, "permalink": f"{DOMAIN}/d/{name}", **more}


def answer(results: list[Any], total: int | None = None) -> str:
    return json.dumps({"results": results, "resultSetSize": len(results) if total is None else total})


def four_by_four(number: int) -> str:
    return f"{number // 10_000:04d}-{number % 10_000:04d}"


class Catalogue:
    """A Discovery API in memory, with the rules of the documentation: 400 beyond the reach, and for order with scrolling."""

    def __init__(self, web: Any, count: int, **weaknesses: Any) -> None:
        self.ids = [four_by_four(number) for number in range(count)]
        self.weaknesses = weaknesses
        outer = self

        class Site(web):  # type: ignore[misc]
            def reply(self, url: str) -> Any:
                return outer.reply(url) if "/api/catalog/v1" in url else super().reply(url)

        self.site = Site()

    def reply(self, url: str) -> Any:
        said = dict(parse_qsl(urlsplit(url).query, keep_blank_values=True))
        limit, offset = int(said.get("limit", 100)), int(said.get("offset", 0))
        limit = min(limit, self.weaknesses.get("cap", limit))
        if limit + offset > 10_000 or ("scroll_id" in said and {"order", "offset"} & set(said)):
            return 400, b'{"error": "Invalid offset"}'
        if "scroll_id" in said:
            left = [name for name in self.ids if name > said["scroll_id"]]
            total = len(left) if self.weaknesses.get("counts_rest") else len(self.ids)
            return answer([asset(name) for name in left[:limit]], total)
        order = sorted(self.ids, reverse=bool(self.weaknesses.get("unsorted")))
        return answer([asset(name) for name in order[offset : offset + limit]], len(self.ids))


async def harvest(site: Any, source: Any, url: str = DOMAIN, **more: Any) -> Harvest:
    return await socrata.harvest(source(url, "socrata", **more), site)


def queries(site: Any) -> list[dict[str, str]]:
    return [dict(parse_qsl(urlsplit(url).query, keep_blank_values=True)) for url in site.asked]


@pytest.mark.parametrize(
    ("declared", "asked"),
    [
        (DOMAIN, FIRST),
        (f"{DOMAIN}/browse?limitTo=datasets", FIRST),
        (f"{DOMAIN}/api/catalog/v1", FIRST),
        (f"{DOMAIN}/api/catalog/v1?limit=5&offset=10&scroll_id=x&order=name", FIRST),
        (
            "https://api.us.socrata.com/api/catalog/v1?domains=a.example&only=dataset&only=map",
            "https://api.us.socrata.com/api/catalog/v1?domains=a.example&only=dataset&only=map&order=dataset_id&limit=1000&offset=0",
        ),
        (
            f"{DOMAIN}/api/catalog/v1?search_context=b.example&tags[]=x",
            f"{DOMAIN}/api/catalog/v1?search_context=b.example&tags%5B%5D=x&order=dataset_id&limit=1000&offset=0",
        ),
        ("nothing", "nothing"),
        ("https://[broken", "https://[broken"),
    ],
)  # fmt: skip
def test_the_first_page_of_a_declared_address(declared: str, asked: str) -> None:
    assert socrata.addresses(declared)[0] == asked


async def test_a_domain_that_does_not_answer_its_path_is_read_from_the_service(web: Any, source: Any) -> None:
    service = FIRST.replace(DOMAIN, "https://api.us.socrata.com")
    site = web({service: answer([asset("aaaa-0001")])})
    harvested = await harvest(site, source)
    assert (harvested.state, len(harvested.datasets)) == (COMPLETE, 1)
    assert site.asked == [FIRST, service]
    assert "read from https://api.us.socrata.com" in harvested.problems[0].reason


@pytest.mark.parametrize("failure", [Failure.TIMEOUT, (500, b"x"), (403, b"x")])
async def test_a_domain_that_fails_is_not_asked_elsewhere(failure: Any, web: Any, source: Any) -> None:
    site = web({FIRST: failure})
    harvested = await harvest(site, source)
    assert (harvested.state, site.asked) == (FAILED, [FIRST])


@pytest.mark.parametrize(
    ("count", "page_size", "weaknesses", "requests"),
    [
        (0, None, {}, 1),
        (1, None, {}, 1),
        (2_500, None, {}, 3),
        (2_500, None, {"cap": 500}, 5),
        (9_999, 4_000, {}, 3),
        (10_000, 3_000, {}, 4),
        (10_001, 4_000, {}, 4),
        (10_001, 4_000, {"counts_rest": True}, 3),
        (10_001, 4_000, {"unsorted": True}, 5),
        (12_000, 50_000, {}, 3),
    ],
)
async def test_every_asset_is_read_once(
    count: int, page_size: int | None, weaknesses: Mapping[str, Any], requests: int, web: Any, source: Any
) -> None:
    catalogue = Catalogue(web, count, **weaknesses)
    harvested = await harvest(catalogue.site, source, page_size=page_size)
    assert (harvested.state, harvested.reason, harvested.declared_total) == (COMPLETE, None, count), harvested.detail
    assert sorted(str(dataset.native_id) for dataset in harvested.datasets) == catalogue.ids
    assert len(catalogue.site.asked) == requests
    if "unsorted" not in weaknesses:
        assert harvested.problems == ()
    for query in queries(catalogue.site):
        assert "scroll_id" not in query or not {"offset", "order"} & set(query)


async def test_what_a_scroll_loses_is_missed(web: Any, source: Any) -> None:
    """A service that takes no note of where the scroll stands repeats itself: the rest is known to be missing."""
    catalogue = Catalogue(web, 10_500)
    page = answer([asset(name) for name in catalogue.ids[:1000]], 10_500)
    catalogue.reply = lambda url: page  # type: ignore[method-assign]
    harvested = await harvest(catalogue.site, source)
    assert (harvested.state, harvested.reason) == (PARTIAL, "pages_repeat")
    assert len(harvested.datasets) == 1000
    assert len(catalogue.site.asked) < 6


@pytest.mark.parametrize(
    ("kind", "view", "blob_type", "page", "url", "is_download"),
    [
        ("dataset", "tabular", None, f"{DOMAIN}/d/x", f"{DOMAIN}{EXPORT}", True),
        ("Dataset", "", None, None, f"{DOMAIN}{EXPORT}", True),
        ("filter", "tabular", None, None, f"{DOMAIN}{EXPORT}", True),
        ("calendar", "tabular", None, None, f"{DOMAIN}{EXPORT}", True),
        (None, "tabular", None, None, f"{DOMAIN}{EXPORT}", True),
        (None, None, None, f"{DOMAIN}/d/x", f"{DOMAIN}/d/x", False),
        ("dataset", "geo", None, f"{DOMAIN}/d/x", f"{DOMAIN}/d/x", False),
        ("map", "tabular", None, f"{DOMAIN}/d/x", f"{DOMAIN}/d/x", False),
        ("chart", "tabular", None, None, f"{DOMAIN}/d/aaaa-0001", False),
        ("story", None, None, f"{DOMAIN}/d/x", f"{DOMAIN}/d/x", False),
        ("href", "href", None, f"{DOMAIN}/d/x", f"{DOMAIN}/d/x", False),
        ("file", "blobby", "application/pdf", None, f"{DOMAIN}/download/aaaa-0001/application/pdf", True),
        ("file", None, "text/plain; charset=us-ascii", None, f"{DOMAIN}/download/aaaa-0001/text/plain", True),
        ("file", "blobby", None, f"{DOMAIN}/d/x", f"{DOMAIN}/d/x", False),
        ("dataset", "tabular", None, "http://o.example:81/d/x", f"http://o.example:81{EXPORT}", True),
    ],
)  # fmt: skip
def test_one_link_an_asset_by_rule(
    kind: str | None, view: str | None, blob_type: str | None, page: str | None, url: str, is_download: bool
) -> None:
    link = link_of("aaaa-0001", kind, view, blob_type, page, "datos.example")
    assert link.derived
    assert link.url == url
    assert (link.download_url is not None) == is_download


@pytest.mark.parametrize(
    ("asset_id", "page", "domain", "url"),
    [(None, f"{DOMAIN}/d/x", None, f"{DOMAIN}/d/x"), ("a b", None, "datos.example", f"{DOMAIN}/d/a%20b"),
     ("x", "not an address", None, "not an address"), ("x", None, "no domain/", None), (None, None, None, None)],
)  # fmt: skip
def test_a_link_from_what_is_known(asset_id: str | None, page: str | None, domain: str | None, url: str | None) -> None:
    link = link_of(asset_id, "chart", None, None, page, domain)
    assert (link.url, link.derived) == (url, True)


@pytest.fixture
def recorded_page() -> str:
    return (Path(__file__).parent / "recorded" / "socrata" / "catalog.json").read_text(encoding="utf-8")


async def test_a_page_with_federated_and_spanish_assets(recorded_page: str, web: Any, source: Any) -> None:
    harvested = await harvest(web({FIRST: recorded_page}), source)
    assert (harvested.state, len(harvested.datasets), harvested.resources) == (COMPLETE, 3, 2)
    unread = [use.path for use in harvested.fields if use.reading == "unread"]
    assert unread == ["domain_metadata.Información-de-la-Entidad_Departamento"]
    market, roads, view = harvested.datasets
    assert market.publisher is not None
    assert (market.publisher.name, market.publisher.uri) == ("Municipio de Ejemplo", "https://municipio.example/")
    assert market.creator is not None
    assert market.creator.name == "Dirección de Mercados"
    assert (market.frequency, market.spatial, market.languages) == ("Mensual", ("Municipal",), ("Español",))
    assert (market.issued, market.modified) == ("2019-03-15", "2026-01-05T00:00:00.000Z")
    assert (market.themes, market.keywords) == (("Economía", "economy"), ("mercados",))
    assert market.licence == "Creative Commons Attribution 4.0"
    assert market.contact is not None
    assert market.contact.email_domain == "municipio.example"
    assert roads.publisher is not None
    assert roads.publisher.name == "GIS Office"
    assert (roads.licence, roads.licence_url) == ("https://licence.example/by", "https://licence.example/by")
    assert (roads.issued, roads.modified, roads.access_rights) == ("2021-07-06", "2026-01-01", "public")
    assert roads.temporal[0].end == "2025-12-31"
    assert roads.contact is not None
    assert (roads.contact.has_name, roads.contact.email_domain) == (True, "gis.example")
    links = [(item.url, item.media_type, item.derived) for item in roads.distributions]
    assert links == [
        ("https://hub.example/maps/roads", "text/html", False),
        ("https://hub.example/roads.csv", "text/csv", False),
        ("https://datos.example/d/aaaa-0002", None, True),
    ]
    assert view.modified == "2026-01-02T00:00:00.000Z"
    reasons = {problem.place: problem.reason for problem in harvested.problems}
    assert reasons == {
        "metadata.domain": "federated from datos.vecino.example",
        "resource.type": "federated from hub.example",
    }
    assert view.landing_page == "https://datos.vecino.example/d/aaaa-0003"
    for person in ("Persona", "Someone", "alguien", "someone@"):
        assert person not in repr(harvested)


@pytest.mark.parametrize(
    ("key", "value", "field", "read"),
    [
        ("Metadata_Frequency", "Daily", "frequency", "Daily"),
        ("Posting-Frequency", "Daily", "frequency", "Daily"),
        ("Temporal_Data-Collection-Frequency", "Daily", "frequency", "Daily"),
        ("Notes_If-the-frequency-is-not-listed-above-describe-it", "x", "frequency", None),
        ("Agency_Agency", "Office", "publisher", "Office"),
        ("Información-de-la-Entidad_Departamento", "Antioquia", "publisher", None),
        ("Publishing_Data-Owner", "Someone", "publisher", None),
        ("Time-Period_Time-Period-of-Content", "2001/2018", "temporal", "2001"),
        ("Coverage_Cobertura-Temporal", "2019", "temporal", "2019"),
        ("Coverage_Start-Date", "1905-06-22", "temporal", "1905-06-22"),
        ("Detailed-Metadata_Language", "eng", "languages", "eng"),
        ("Publishing_Terms-of-Use", "https://t.example", "rights", "https://t.example"),
        ("Common-Core_Data-Standard", "https://s.example", "conforms_to", "https://s.example"),
    ],
)
async def test_custom_fields(key: str, value: str, field: str, read: str | None, web: Any, source: Any) -> None:
    item = asset("aaaa-0001", classification={"domain_metadata": [{"key": key, "value": value}]})
    (dataset,) = (await harvest(web({FIRST: answer([item])}), source)).datasets
    said = getattr(dataset, field)
    first = said[0] if isinstance(said, tuple) and said else said or None
    assert getattr(first, "name", getattr(first, "start", first)) == read


def test_custom_names_without_accents() -> None:
    assert plain_name("Información-de-Datos_Fecha-Emisión-(aaaa-mm-dd)") == "fecha emision"
    assert plain_name("no set") == "no set"
    assert plain_name("") == ""


@pytest.mark.parametrize(
    "item",
    [
        asset("aaaa-0001", resource={"name": None, "description": 7, "columns_name": "x", "type": ["dataset"]}),
        asset("aaaa-0001", classification=None, metadata=None),
        asset("aaaa-0001", classification={"domain_metadata": {"key": "x"}, "domain_tags": "one", "categories": None}),
        asset("aaaa-0001", classification={"domain_metadata": [None, "x", {"value": 1}, {"key": "A_B"}, {"key": "A_B"}]}),
        asset("aaaa-0001", metadata={"access_points": ["https://x.example"], "additional_access_points": {"urls": "x"}}),
        asset("aaaa-0001", permalink=None, link=["https://x.example/aaaa-0001"]),
    ],
)  # fmt: skip
async def test_values_of_other_types_lose_no_asset(item: Any, web: Any, source: Any) -> None:
    harvested = await harvest(web({FIRST: answer([item])}), source)
    assert harvested.state == COMPLETE
    (dataset,) = harvested.datasets
    assert dataset.native_id == "aaaa-0001"
    assert sum(link.derived for link in dataset.distributions) == 1


async def test_results_that_are_no_assets_are_problems(web: Any, source: Any) -> None:
    harvested = await harvest(web({FIRST: answer([asset("aaaa-0001"), None, "x", {"resource": []}])}), source)
    assert (harvested.state, harvested.reason) == (PARTIAL, "incomplete")
    assert [problem.place for problem in harvested.problems] == ["results[1]", "results[2]", "results[3]"]


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ({"code": "not_found", "error": True, "message": "Domain not found: datos.example"}, "error_object"),
        ({"error": "Domain not found"}, "error_object"),
        ({"error": True}, "error_object"),
        ({"results": [{"domain": "a.example", "count": 7}], "resultSetSize": 1}, "no_datasets"),
        ({"results": [{"dataset_id": "x"}], "total_count": 1}, "no_datasets"),
        ({"results": {}}, "no_datasets"),
        ([], "no_datasets"),
        ({"results": []}, None),
    ],
)
async def test_other_answers_are_refused(body: Any, reason: str | None, web: Any, source: Any) -> None:
    harvested = await harvest(web({FIRST: json.dumps(body)}), source)
    assert harvested.reason == reason
    page = Visit(FIRST, Answer(requested_url=FIRST, final_url=FIRST, status=200), json.dumps(body).encode(), None)
    assert isinstance(socrata.claims(page), Refusal)


async def test_it_is_discovered_from_the_front_page(web: Any) -> None:
    probe = f"{DOMAIN}/api/catalog/v1?{SCOPE}&limit=1"
    found = await discover(f"{DOMAIN}/es/inicio", web({probe: answer([asset("aaaa-0001")], 90)}))
    assert (found.protocol, found.url) == ("socrata", f"{DOMAIN}/")


def lines(file: Path) -> list[Any]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]


@pytest.mark.real
async def test_the_delta_of_six_weeks(corpora: Path, web: Any, source: Any) -> None:
    """data.kingcounty.gov, 2022-06-07 to 2022-07-23, by id: 112 assets become 108, none new and four gone.

    What is compared are ids. The lines are more, since the recording repeats assets on which two of its pages overlapped.
    """
    places = (
        "groundtruth/harvest_delta/socrata_data.kingcounty.gov_2022-06-07.jsonl",
        "catalogues/socrata/data.kingcounty.gov.jsonl",
    )
    states = []
    for place in places:
        recorded = lines(corpora / place)
        harvested = await harvest(web({FIRST: answer(recorded)}), source)
        assert len(harvested.datasets) == len(recorded)
        states.append({dataset.native_id for dataset in harvested.datasets})
    before, after = states
    assert (len(before), len(after), len(after - before), len(before - after)) == (112, 108, 0, 4)


@pytest.mark.real
async def test_repeated_lines_are_the_same_asset(corpora: Path) -> None:
    """Why repeated ids of the recorded catalogues are no two assets: nothing but counters of the moment can differ."""
    repeated = 0
    for file in sorted((corpora / "catalogues/socrata").glob("*.jsonl")):
        seen: dict[str, Any] = {}
        for item in lines(file):
            known = seen.setdefault(item["resource"]["id"], item)
            repeated += known is not item
            assert known["resource"]["createdAt"] == item["resource"]["createdAt"]
    assert repeated == 113
