"""Sites read through their sitemaps.

The documents in `recorded/sitemap` are written from the protocol, with invented data: https://www.sitemaps.org/protocol.html.
"""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from atalaya.fetch.answers import Failure
from atalaya.harvest import schema_org_crawl, sitemap
from atalaya.harvest.discovery import discover
from atalaya.harvest.sitemap import by_likelihood, claims, harvest, looks_like_dataset
from atalaya.harvest.sitemap_documents import Sitemap, read_sitemap
from atalaya.harvest.visits import Refusal, Visit
from tests.harvest.conftest import answer_of

ROOT = "https://datos.example/"
RECORDED = Path(__file__).parent / "recorded" / "sitemap"
PAGE = "<html><body>Noticia</body></html>"


def dataset(name: str) -> str:
    value = {"@context": "https://schema.org", "@type": "Dataset", "name": name}
    return f'<html><script type="application/ld+json">{json.dumps(value)}</script></html>'


def site() -> dict[str, Any]:
    return {
        f"{ROOT}robots.txt": (RECORDED / "robots.txt").read_bytes(),
        f"{ROOT}mapas/indice.xml": (RECORDED / "index.xml").read_bytes(),
        f"{ROOT}mapas/paginas.xml": (RECORDED / "pages.xml").read_bytes(),
        f"{ROOT}mapas/datos.xml.gz": gzip.compress((RECORDED / "datasets.xml").read_bytes()),
        ROOT: PAGE,
        f"{ROOT}noticias/1": PAGE,
        f"{ROOT}dataset/presupuesto?a=1&b=2": dataset("Presupuesto"),
        f"{ROOT}dataset/encuesta": dataset("Encuesta"),
    }


def visit(body: str | bytes, url: str = f"{ROOT}sitemap.xml") -> Visit:
    answer, content = answer_of(url, body)
    return Visit(url, answer, content or b"", None)


def urlset(*addresses: str) -> str:
    entries = "".join(f"<url><loc>{address}</loc></url>" for address in addresses)
    return f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{entries}</urlset>'


@pytest.mark.parametrize("start", ["robots.txt", "mapas/indice.xml"])
async def test_a_site_is_read_from_robots_or_index(start: str, web: Any, source: Any) -> None:
    pages = web(site())
    harvested = await harvest(source(ROOT + start, "sitemap"), pages)
    assert (harvested.state, harvested.reason) == ("complete", None), harvested.detail
    assert {item.title[""] for item in harvested.datasets} == {"Presupuesto", "Encuesta"}
    assert {item.landing_page for item in harvested.datasets} == {
        f"{ROOT}dataset/presupuesto?a=1&b=2",
        f"{ROOT}dataset/encuesta",
    }
    counts = {use.path: use.count for use in harvested.fields}
    assert counts["page with a dataset"] == 2
    assert counts["page without a dataset"] == 2
    assert counts["address of a file"] == 1
    assert counts["page on another host"] == 1
    assert [item.reason for item in harvested.problems] == ["1 entries without an address"]
    asked = [url for url in pages.asked if "mapas" not in url and "robots" not in url]
    assert [looks_like_dataset(url) for url in asked] == [True, True, False, False]


@pytest.mark.parametrize(
    ("body", "pages", "sitemaps"),
    [
        (urlset("https://a.example/1", "https://a.example/1", "/2"), ("https://a.example/1", "https://datos.example/2"), ()),
        ("https://a.example/1\r\nhttps://a.example/2\n", ("https://a.example/1", "https://a.example/2"), ()),
        ("\ufeffhttps://a.example/1", ("https://a.example/1",), ()),
        ("User-agent: *\nsitemap : /s.xml\nSITEMAP:https://a.example/t.xml", (), ("https://datos.example/s.xml", "https://a.example/t.xml")),
        ("<sitemapindex><sitemap><loc>https://a.example/s.xml</loc></sitemap></sitemapindex>", (), ("https://a.example/s.xml",)),
        (urlset(), (), ()),
        (urlset("ftp://a.example/1", "no address at all["), ("https://datos.example/noaddressatall[",), ()),
    ],
)  # fmt: skip
def test_forms_of_sitemaps(body: str, pages: tuple[str, ...], sitemaps: tuple[str, ...]) -> None:
    found = read_sitemap(visit(body))
    assert isinstance(found, Sitemap), found
    assert (found.pages, found.sitemaps) == (pages, sitemaps)


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (PAGE, "html"),
        ("<rss/>", "no_datasets"),
        ("User-agent: *\nDisallow: /", "no_datasets"),
        ("{}", "no_datasets"),
        ("https://a.example/1 and more", "no_datasets"),
        ("<urlset><url><loc>https://a.example/1</loc>", "malformed"),
    ],
)
def test_what_is_no_sitemap(body: str, reason: str) -> None:
    found = read_sitemap(visit(body))
    assert isinstance(found, Refusal)
    assert found.reason == reason


@pytest.mark.parametrize(
    ("body", "claimed"),
    [
        (urlset("https://a.example/dataset/x"), True),
        (urlset("https://a.example/es/datos-abiertos"), True),
        (urlset("https://a.example/noticias/1", "https://a.example/database-admin"), False),
        ("<sitemapindex><sitemap><loc>https://datos.a.example/s1.xml</loc></sitemap></sitemapindex>", True),
        ("<sitemapindex><sitemap><loc>https://a.example/posts.xml</loc></sitemap></sitemapindex>", False),
        ("Sitemap: https://a.example/posts.xml", False),
    ],
)
def test_only_sitemaps_with_addresses_of_datasets_are_claimed(body: str, claimed: bool) -> None:
    assert (claims(visit(body)) is None) is claimed


async def test_pages_beyond_the_budget_make_it_partial(web: Any, source: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(schema_org_crawl, "PAGES_BUDGET", 3)
    pages = {f"{ROOT}dataset/{number}": dataset(f"D{number}") for number in range(5)}
    pages[f"{ROOT}sitemap.xml"] = urlset(f"{ROOT}noticias/1", *pages)
    harvested = await harvest(source(f"{ROOT}sitemap.xml", "sitemap"), web(pages))
    assert (harvested.state, harvested.reason, len(harvested.datasets)) == ("partial", "incomplete", 3)
    assert harvested.detail == "3 of 6 pages are beyond the budget"


async def test_a_page_that_fails_makes_it_partial_and_the_rest_is_read(web: Any, source: Any) -> None:
    pages = {f"{ROOT}sitemap.xml": urlset(f"{ROOT}dataset/1", f"{ROOT}dataset/2"), f"{ROOT}dataset/2": dataset("Dos")}
    harvested = await harvest(source(f"{ROOT}sitemap.xml", "sitemap"), web(pages))
    assert (harvested.state, harvested.reason, len(harvested.datasets)) == ("partial", "page_failed", 1)
    assert [item.place for item in harvested.problems] == [f"{ROOT}dataset/1"]


@pytest.mark.parametrize("failure", [Failure.TIMEOUT, (500, b"x"), (429, b"x")])
async def test_a_tired_site_is_left_alone(failure: Any, web: Any, source: Any) -> None:
    names = [f"{ROOT}dataset/{number}" for number in range(20)]
    pages: dict[str, Any] = {f"{ROOT}sitemap.xml": urlset(*names), names[0]: dataset("Cero")}
    pages |= dict.fromkeys(names[1:], failure)
    tired = web(pages)
    harvested = await harvest(source(f"{ROOT}sitemap.xml", "sitemap"), tired)
    assert (harvested.state, harvested.reason) == ("partial", "page_failed")
    assert len(tired.asked) == 2 + schema_org_crawl.TIRED_LIMIT


async def test_a_site_without_datasets_fails_with_its_reason(web: Any, source: Any) -> None:
    pages = {f"{ROOT}sitemap.xml": urlset(ROOT), ROOT: PAGE}
    harvested = await harvest(source(f"{ROOT}sitemap.xml", "sitemap"), web(pages))
    assert (harvested.state, harvested.reason) == ("failed", "no_datasets")


async def test_sitemaps_that_name_each_other_end(web: Any, source: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sitemap, "SITEMAPS_LIMIT", 4)

    class Turning(web):  # type: ignore[misc]
        def reply(self, url: str) -> str:
            following = f"{ROOT}s{len(self.asked)}.xml"
            names = "".join(f"<sitemap><loc>{place}</loc></sitemap>" for place in (f"{ROOT}sitemap.xml", following))
            return f"<sitemapindex>{names}</sitemapindex>"

    turning = Turning()
    harvested = await harvest(source(f"{ROOT}sitemap.xml", "sitemap"), turning)
    assert (harvested.state, harvested.reason) == ("failed", "incomplete")
    assert len(turning.asked) == 4


async def test_a_list_and_the_pages_of_its_datasets_give_each_dataset_once(web: Any, source: Any) -> None:
    listed = [{"@type": "Dataset", "name": name, "url": f"/dataset/{name}", "identifier": name} for name in ("a", "b")]
    value = {"@context": "https://schema.org", "@type": "DataCatalog", "dataset": listed}
    full = {
        "@type": "Dataset",
        "name": "a",
        "identifier": "a",
        "distribution": {"contentUrl": "https://x.example/a.csv"},
    }
    pages = {
        f"{ROOT}sitemap.xml": urlset(f"{ROOT}catalogo", f"{ROOT}dataset/a"),
        f"{ROOT}catalogo": f'<html><script type="application/ld+json">{json.dumps(value)}</script></html>',
        f"{ROOT}dataset/a": f'<html><script type="application/ld+json">{json.dumps(full)}</script></html>',
    }
    harvested = await harvest(source(f"{ROOT}sitemap.xml", "sitemap"), web(pages))
    assert harvested.state == "complete"
    assert {item.native_id: len(item.distributions) for item in harvested.datasets} == {"a": 1, "b": 0}


async def test_a_site_with_a_sitemap_of_datasets_is_discovered(web: Any) -> None:
    pages = {ROOT: PAGE, f"{ROOT}sitemap.xml": urlset(f"{ROOT}dataset/a")}
    found = await discover(ROOT, web(pages))
    assert (found.protocol, found.url) == ("sitemap", f"{ROOT}sitemap.xml")
    found = await discover(ROOT, web({ROOT: PAGE, f"{ROOT}sitemap.xml": urlset(f"{ROOT}contacto")}))
    assert found.protocol is None


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("sitemap.xml", f"<sitemapindex><sitemap><loc>{ROOT}sitemap.xml?page=1</loc></sitemap></sitemapindex>"),
        ("robots.txt", f"User-agent: *\nSitemap: {ROOT}sm/index.xml.gz"),
        ("mapa.xml", urlset(f"{ROOT}contacto")),
    ],
)
async def test_a_sitemap_that_is_given_is_claimed_whatever_it_names(name: str, body: str, web: Any) -> None:
    found = await discover(f"{ROOT}{name}", web({ROOT: PAGE, f"{ROOT}{name}": body}))
    assert (found.protocol, found.url) == ("sitemap", f"{ROOT}{name}")


async def test_a_sitemap_of_nothing_is_not_claimed(web: Any) -> None:
    found = await discover(f"{ROOT}sitemap.xml", web({f"{ROOT}sitemap.xml": "<urlset></urlset>"}))
    assert found.protocol is None


async def test_an_index_of_sitemaps_without_a_telling_name_is_claimed_where_it_is_given(web: Any) -> None:
    index = "<sitemapindex><sitemap><loc>https://s.example/sitemap.xml?page=1</loc></sitemap></sitemapindex>"
    pages = "<urlset><url><loc>https://s.example/dataset/1</loc></url></urlset>"
    site = web(
        {
            "https://s.example/": PAGE,
            "https://s.example/sitemap.xml": index,
            "https://s.example/sitemap.xml?page=1": pages,
        }
    )
    assert (await discover("https://s.example/sitemap.xml", site)).protocol == "sitemap"


def test_addresses_that_look_like_datasets_come_first() -> None:
    given = [
        "https://a.example/x",
        "https://a.example/datos/1",
        "https://a.example/y",
        "https://a.example/catalogo?id=1",
    ]
    assert by_likelihood(given) == [given[1], given[3], given[0], given[2]]
