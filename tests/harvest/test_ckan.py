"""Harvesting a CKAN: paging, caps, faults in the middle, the ways without search, and DKAN."""

import json
from typing import Any

import pytest

from atalaya.fetch.answers import Failure
from atalaya.harvest import ckan
from atalaya.harvest.ckan_api import endpoints
from atalaya.harvest.discovery import discover


def packages(count: int, **more: Any) -> list[dict[str, Any]]:
    return [
        {"id": f"id-{number:05}", "name": f"name-{number:05}", "title": f"T {number}", "resources": [], **more}
        for number in range(count)
    ]


def ids(harvested: Any) -> list[str]:
    return [dataset.native_id for dataset in harvested.datasets]


@pytest.mark.parametrize(
    ("url", "bases"),
    [
        ("https://a.example", ["https://a.example/api/3/action", "https://a.example/api/action"]),
        ("https://a.example/", ["https://a.example/api/3/action", "https://a.example/api/action"]),
        (
            "https://a.example/es",
            ["https://a.example/es/api/3/action", "https://a.example/api/3/action", "https://a.example/api/action"],
        ),
        ("https://a.example//api/3/action/", ["https://a.example/api/3/action", "https://a.example/api/action"]),
        ("https://a.example/api/action", ["https://a.example/api/action", "https://a.example/api/3/action"]),
        ("https://a.example/api/3", ["https://a.example/api/3/action", "https://a.example/api/action"]),
        ("https://a.example/api/", ["https://a.example/api/3/action", "https://a.example/api/action"]),
        (
            "https://a.example/data/dataset?q=x",
            ["https://a.example/data/api/3/action", "https://a.example/api/3/action", "https://a.example/api/action"],
        ),
        ("https://a.example/organization/minfin", ["https://a.example/api/3/action", "https://a.example/api/action"]),
        ("https://a.example/api/3/action/package_search?fq=organization:x", ["https://a.example/api/3/action"]),
    ],
)
def test_where_the_api_may_live(url: str, bases: list[str]) -> None:
    assert [endpoint.base for endpoint in endpoints(url)] == bases


async def test_more_packages_than_a_page_holds(portal: Any, source: Any) -> None:
    site = portal(packages(2_345))
    harvested = await ckan.harvest(source(), site)
    assert harvested.state == "complete"
    assert len(set(ids(harvested))) == 2_345
    assert harvested.declared_total == 2_345
    assert len(site.asked) == 3


async def test_page_size_shrinks_to_what_the_server_gives(portal: Any, source: Any) -> None:
    site = portal(packages(250), cap=100)
    harvested = await ckan.harvest(source(), site)
    assert (harvested.state, len(harvested.datasets)) == ("complete", 250)
    assert len(site.asked) == 3


async def test_declared_page_size_is_asked(portal: Any, source: Any) -> None:
    site = portal(packages(30))
    await ckan.harvest(source(page_size=10), site)
    assert all("rows=10&" in url for url in site.asked)


async def test_deep_offsets_that_fail_are_asked_smaller(portal: Any, source: Any) -> None:
    site = portal(packages(2_500), offset_limit=2_500)
    harvested = await ckan.harvest(source(), site)
    assert (harvested.state, len(harvested.datasets)) == ("complete", 2_500)


async def test_a_package_that_breaks_its_page_is_asked_by_name(portal: Any, source: Any) -> None:
    harvested = await ckan.harvest(source(), portal(packages(40), poison={17}))
    assert (harvested.state, len(set(ids(harvested)))) == ("complete", 40)
    assert any("start=17" in problem.place for problem in harvested.problems)


async def test_a_package_that_can_never_be_read_makes_it_partial(portal: Any, source: Any) -> None:
    site = portal(packages(40), poison={17}, statuses={"name-00017": 500})
    harvested = await ckan.harvest(source(), site)
    assert (harvested.state, len(harvested.datasets)) == ("partial", 39)
    assert harvested.reason == "incomplete"


async def test_offset_beyond_what_the_server_serves_is_filled_by_name(portal: Any, source: Any) -> None:
    harvested = await ckan.harvest(source(page_size=10), portal(packages(60), offset_limit=30))
    assert (harvested.state, len(set(ids(harvested)))) == ("complete", 60)


async def test_total_that_changes_between_pages_is_told(portal: Any, source: Any) -> None:
    def add_one(site: Any, start: int) -> None:
        if start:
            site.packages = [*packages(30), {"id": "z", "name": "z", "title": "New", "resources": []}]

    harvested = await ckan.harvest(source(page_size=20), portal(packages(30), before=add_one))
    assert (harvested.state, len(harvested.datasets)) == ("complete", 31)
    assert any("from 30 to 31" in problem.reason for problem in harvested.problems)


async def test_packages_that_move_between_pages_are_found_and_repeats_listed(portal: Any, source: Any) -> None:
    def push(site: Any, start: int) -> None:
        if start:  # a package that comes in front moves one of the first page onto the second
            site.packages = [{"id": "0", "name": "0", "title": "First", "resources": []}, *packages(40)]

    harvested = await ckan.harvest(source(page_size=20), portal(packages(40), before=push))
    assert (harvested.state, len(set(ids(harvested)))) == ("complete", 41)
    assert sum("second time" in problem.reason for problem in harvested.problems) == 1


async def test_a_server_that_repeats_its_first_page_is_filled_by_name(portal: Any, source: Any) -> None:
    site = portal(packages(25), deaf=True)
    harvested = await ckan.harvest(source(page_size=10), site)
    assert (harvested.state, len(set(ids(harvested)))) == ("complete", 25)
    assert len(site.asked) < 25


async def test_a_server_that_repeats_and_lists_nothing_is_partial(portal: Any, source: Any) -> None:
    harvested = await ckan.harvest(source(page_size=10), portal(packages(25), deaf=True, without=("package_list",)))
    assert (harvested.state, harvested.reason, len(harvested.datasets)) == ("partial", "pages_repeat", 10)


@pytest.mark.parametrize("listed", [False, True])
async def test_without_search_every_package_is_asked_by_name(listed: bool, portal: Any, source: Any) -> None:
    gone = {"name-00003": 404, "name-00004": 403}
    away = ("package_search", "current_package_list_with_resources")
    harvested = await ckan.harvest(source(), portal(packages(12), without=away, statuses=gone, listed=listed))
    assert (harvested.state, len(harvested.datasets), harvested.declared_total) == ("complete", 10, 12)
    assert sorted(problem.place for problem in harvested.problems) == [
        "package_show name-00003",
        "package_show name-00004",
    ]


async def test_one_package_that_fails_by_name_makes_it_partial(portal: Any, source: Any) -> None:
    away = ("package_search", "current_package_list_with_resources")
    harvested = await ckan.harvest(source(), portal(packages(5), without=away, statuses={"name-00001": 500}))
    assert (harvested.state, harvested.reason, len(harvested.datasets)) == ("partial", "page_failed", 4)


async def test_a_listing_with_resources_replaces_search(portal: Any, source: Any) -> None:
    site = portal(packages(25), without=("package_search",))
    harvested = await ckan.harvest(source(page_size=10), site)
    assert (harvested.state, len(harvested.datasets)) == ("complete", 25)
    assert not any("package_show" in url for url in site.asked)


async def test_an_empty_portal_is_complete(portal: Any, source: Any) -> None:
    harvested = await ckan.harvest(source(), portal([]))
    assert (harvested.state, harvested.datasets, harvested.declared_total) == ("complete", (), 0)


async def test_the_api_of_a_localised_page_is_found(portal: Any, source: Any) -> None:
    harvested = await ckan.harvest(source("https://datos.example/es/"), portal(packages(3)))
    assert (harvested.state, len(harvested.datasets)) == ("complete", 3)


async def test_a_narrowed_source_asks_for_nothing_else(web: Any, source: Any) -> None:
    url = "https://datos.example/api/3/action/package_search?fq=organization:minfin"
    page = json.dumps({"success": True, "result": {"count": 9, "results": packages(2)}})
    site = web({f"{url}&sort=id asc&rows=1000&start=0": page})
    harvested = await ckan.harvest(source(url), site)
    assert (harvested.state, len(harvested.datasets), len(site.asked)) == ("partial", 2, 2)


async def test_a_server_that_is_down_is_asked_little(web: Any, source: Any) -> None:
    class Down(web):  # type: ignore[misc]
        def reply(self, url: str) -> Any:
            return Failure.DNS

    site = Down()
    harvested = await ckan.harvest(source(), site)
    assert (harvested.state, harvested.reason, len(site.asked)) == ("failed", "unreachable", 1)


async def test_an_order_that_is_refused_is_left_out(portal: Any, source: Any) -> None:
    class Strict(portal):  # type: ignore[misc]
        def reply(self, url: str) -> Any:
            return (400, b'{"success": false}') if "sort=" in url else super().reply(url)

    harvested = await ckan.harvest(source(), Strict(packages(7)))
    assert (harvested.state, len(harvested.datasets)) == ("complete", 7)


@pytest.mark.parametrize(
    ("url", "found"),
    [
        ("https://datos.example/es", "https://datos.example/api/3/action"),
        ("https://datos.example/dataset", "https://datos.example/api/3/action"),
        ("https://datos.example/data.json", None),
        ("https://elsewhere.example/", None),
    ],
)
async def test_recognises(url: str, found: str | None, portal: Any) -> None:
    discovery = await discover(url, portal(packages(1)))
    assert (discovery.protocol, discovery.url) == (None if found is None else "ckan", found)
