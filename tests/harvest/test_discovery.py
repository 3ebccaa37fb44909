"""Finding out which protocol an address speaks, and what is said where none fits."""

import json
from typing import Any

import pytest

from atalaya.exceptions import SourceError
from atalaya.fetch.answers import Answer, Failure
from atalaya.harvest.catalogue_links import LINKS_LIMIT, catalogue_links
from atalaya.harvest.discovery import discover, told
from atalaya.harvest.registry import PROTOCOLS, protocol
from atalaya.harvest.visits import Visit

RDF = '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dcat="http://www.w3.org/ns/dcat#"><dcat:Catalog/></rdf:RDF>'

HOME = "https://datos.example/"
PAGE = "<html><body>Portal</body></html>"
DATA_JSON = json.dumps(
    {
        "conformsTo": "https://project-open-data.cio.gov/v1.1/schema",
        "dataset": [{"identifier": "a", "title": "A", "distribution": []}],
    }
)
ANDINO = json.dumps(
    {"superThemeTaxonomy": "http://a.example/t.json", "dataset": [{"title": "T", "superTheme": ["ECON"]}]}
)
SOCRATA_ASSET = {
    "resource": {"id": "ab12-cd34", "name": "A", "type": "dataset"},
    "permalink": "https://datos.example/d/ab12-cd34",
    "metadata": {"domain": "datos.example"},
}
OPENDATASOFT_DATASET = {"dataset_id": "a", "has_records": True, "metas": {"default": {"title": "A"}}}
UDATA_LIST = {
    "data": [{"id": "1", "title": "A", "slug": "a", "resources": []}],
    "page": 1,
    "page_size": 1,
    "total": 1,
    "next_page": None,
}
PLATFORMS = {
    "socrata": ("api/catalog/v1", {"results": [SOCRATA_ASSET], "resultSetSize": 1}),
    "opendatasoft": ("api/explore/v2.1/catalog/datasets", {"total_count": 1, "results": [OPENDATASOFT_DATASET]}),
    "udata": ("api/1/datasets/", UDATA_LIST),
}
PACKAGE = {"id": "p", "name": "p", "title": "P", "resources": []}


def with_pages(site: Any, pages: dict[str, Any]) -> Any:
    """A site that answers some addresses with pages and the rest as before."""
    reply = site.reply
    site.reply = lambda url: pages.get(url) or reply(url)
    return site


@pytest.mark.parametrize(
    ("url", "pages", "found"),
    [
        (
            "https://a.example/x.json",
            {"https://a.example/x.json": '{"dataset": [{"title": "T"}]}'},
            ("datajson", "https://a.example/x.json"),
        ),
        ("https://a.example/", {"https://a.example/catalog.rdf": RDF}, ("dcat_rdf", "https://a.example/catalog.rdf")),
        ("https://a.example/feed", {"https://a.example/feed": RDF}, ("dcat_rdf", "https://a.example/feed")),
    ],
)
async def test_discovers(url: str, pages: dict[str, str], found: tuple[str, str], web: Any) -> None:
    discovery = await discover(url, web(pages))
    assert (discovery.protocol, discovery.url) == found


async def test_discovers_a_ckan_first(portal: Any) -> None:
    discovery = await discover("https://datos.example/", portal([{"id": "a", "name": "a", "resources": []}]))
    assert (discovery.protocol, discovery.url) == ("ckan", "https://datos.example/api/3/action")


@pytest.mark.parametrize("platform", PLATFORMS)
async def test_the_interface_of_a_platform_goes_before_its_data_json(platform: str, web: Any) -> None:
    path, answer = PLATFORMS[platform]

    class Site(web):  # type: ignore[misc]
        def reply(self, url: str) -> Any:
            return json.dumps(answer) if url.startswith(HOME + path) else super().reply(url)

    found = await discover(HOME, Site({HOME: PAGE, HOME + "data.json": DATA_JSON, HOME + "catalog.rdf": RDF}))
    assert found.protocol == platform


async def test_the_later_places_of_a_platform_go_before_generic_formats(portal: Any) -> None:
    site = with_pages(portal([PACKAGE], without=("package_search",)), {HOME: PAGE, HOME + "data.json": DATA_JSON})
    assert (await discover(HOME, site)).protocol == "ckan"


async def test_a_ckan_whose_data_json_has_the_argentine_profile_is_read_by_that(portal: Any) -> None:
    site = with_pages(portal([PACKAGE]), {HOME: PAGE, HOME + "data.json": ANDINO})
    found = await discover(HOME, site)
    assert (found.protocol, found.url) == ("datajson_ar", HOME + "data.json")
    assert len(site.asked) <= 4


async def test_a_ckan_with_another_data_json_stays_a_ckan(portal: Any) -> None:
    site = with_pages(portal([PACKAGE]), {HOME: PAGE, HOME + "data.json": DATA_JSON})
    assert (await discover(HOME, site)).protocol == "ckan"


async def test_the_action_api_itself_is_taken_as_it_was_given(portal: Any) -> None:
    site = with_pages(portal([PACKAGE]), {HOME + "data.json": ANDINO})
    found = await discover(HOME + "api/3/action/package_search", site)
    assert found.protocol == "ckan"
    assert len(site.asked) == 1


@pytest.mark.parametrize("home", ["https://nuevo.example/", "https://datos.example/datos/"])
async def test_where_a_home_page_redirects_to_is_searched(home: str, portal: Any) -> None:
    site = portal([PACKAGE], base=f"{home}api/3/action")
    reply = site.reply
    site.reply = lambda url: (200, PAGE.encode(), {"final-url": home}) if url == HOME else reply(url)
    found = await discover(HOME, site)
    assert (found.protocol, found.url) == ("ckan", f"{home}api/3/action")
    assert len(site.asked) == len(set(site.asked))


async def test_a_redirect_to_https_alone_doubles_no_address(web: Any) -> None:
    site = web({"http://datos.example/": (200, PAGE.encode(), {"final-url": HOME})})
    await discover("http://datos.example/", site)
    assert not [url for url in site.asked if url.startswith("https:")]


@pytest.mark.parametrize(
    ("href", "base"),
    [
        ("/datos", "https://www.muni.example/datos"),
        ("data/dataset/presupuesto?q=1#x", "https://www.muni.example/data"),
        ("/servicios/catalogo/", "https://www.muni.example/servicios/catalogo"),
        ("https://datos.muni.example/es/inicio", "https://datos.muni.example"),
    ],
)
async def test_a_ckan_that_the_home_page_links_to_is_found(href: str, base: str, portal: Any) -> None:
    home = "https://www.muni.example/"
    site = with_pages(
        portal([PACKAGE], base=f"{base}/api/3/action"), {home: f'<html><a href="{href}">Datos</a></html>'}
    )
    found = await discover(home, site)
    assert (found.protocol, found.url) == ("ckan", f"{base}/api/3/action")
    assert len(site.asked) == len(set(site.asked))


async def test_links_are_followed_after_everything_else_but_weak_protocols(portal: Any) -> None:
    home = "https://www.muni.example/"
    markup = '<script type="application/ld+json">{"@context": "https://schema.org", "@type": "Dataset", "name": "A"}</script>'
    page = f'<html><body><a href="/datos">Datos</a>{markup}</body></html>'
    site = with_pages(portal([PACKAGE], base=f"{home}datos/api/3/action"), {home: page})
    assert (await discover(home, site)).protocol == "ckan"
    site = with_pages(portal([PACKAGE], base=f"{home}datos/api/3/action"), {home: page, f"{home}data.json": DATA_JSON})
    assert (await discover(home, site)).protocol == "datajson"


def links(*hrefs: str, url: str = "https://www.muni.example/") -> tuple[str, ...]:
    body = "<html><body>" + "".join(f'<a href="{href}">x</a>' for href in hrefs) + "</body></html>"
    return catalogue_links(Visit(url, Answer(requested_url=url, final_url=url, status=200), body.encode(), None))


@pytest.mark.parametrize(
    "href",
    [
        "/noticias/1",
        "/metadata",
        "/database",
        "/datos/plan.pdf",
        "https://datos.otro.example/",
        "https://muni.example.org/datos",
        "mailto:datos@muni.example",
        "#datos",
        "http://[broken/datos",
    ],
)
def test_links_that_lead_to_no_catalogue_of_the_site(href: str) -> None:
    assert links(href) == ()


def test_links_are_few_cut_at_the_catalogue_and_plain_names_first() -> None:
    found = links(
        "/politica-de-datos",
        "/datos/dataset/a",
        "/datos/dataset/b",
        "/dados_abertos",
        "https://opendata.muni.example/x",
    )
    assert found == (
        "https://www.muni.example/datos",
        "https://www.muni.example/dados_abertos",
        "https://opendata.muni.example/",
        "https://www.muni.example/politica-de-datos",
    )
    assert len(links(*(f"/{number}/datos" for number in range(100)))) == LINKS_LIMIT
    assert links("/datos/dataset/a", url="https://www.muni.example/datos/") == ()


async def test_links_without_a_catalogue_cost_a_bounded_number_of_questions(web: Any) -> None:
    hrefs = "".join(f'<a href="/{number}/datos">x</a>' for number in range(100))
    plain, linking = web({HOME: PAGE}), web({HOME: f"<html>{hrefs}</html>"})
    await discover(HOME, plain)
    await discover(HOME, linking)
    assert len(linking.asked) - len(plain.asked) <= 10 * LINKS_LIMIT


async def test_says_what_each_answered_and_asks_once(web: Any) -> None:
    site = web({"https://a.example/": Failure.TIMEOUT, "https://a.example/data.json": json.dumps({"x": 1})})
    discovery = await discover("https://a.example/", site)
    assert (discovery.protocol, discovery.url) == (None, None)
    heard = {attempt.url: attempt.answer for attempt in discovery.attempts}
    assert heard["https://a.example/"] == "no answer (timeout)"
    assert heard["https://a.example/data.json"].startswith("200")
    assert heard["https://a.example/catalog.ttl"] == "404 text/html"
    assert len(site.asked) == len(set(site.asked))


@pytest.mark.parametrize(
    ("failure", "asked"), [(Failure.DNS, 1), (Failure.REFUSED, 1), (Failure.ADDRESS, 1), (Failure.TIMEOUT, 2)]
)
async def test_a_host_that_does_not_answer_is_left_alone(failure: Failure, asked: int, web: Any) -> None:
    class Dead(web):  # type: ignore[misc]
        def reply(self, url: str) -> Failure:
            return failure

    site = Dead()
    discovery = await discover("https://a.example/", site)
    assert discovery.protocol is None
    assert len(site.asked) == asked


@pytest.mark.parametrize(
    ("body", "protocol_id", "why"),
    [
        ('{"dataset": [', "datajson", "malformed: not JSON at line 1"),
        ("", "datajson", "empty: answered no content"),
        ("<html><body>x</body></html>", "dcat_rdf", "html: "),
        ('{"@context": "https://nobody.example/c.jsonld", "@graph": []}', "dcat_rdf", "remote_context: "),
        ("@prefix dcat: <http://www.w3.org/ns/dcat#> . <a> dcat:x", "dcat_rdf", "malformed: "),
        ("<a> <b> <c> .", "dcat_rdf", "no_datasets: "),
    ],
)
async def test_says_why_a_document_was_refused(body: str, protocol_id: str, why: str, web: Any) -> None:
    url = "https://a.example/feed"
    discovery = await discover(url, web({url: body}))
    assert discovery.protocol is None
    (first,) = (attempt for attempt in discovery.attempts if attempt.url == url)
    reasons = {name: f"{reason}: {detail}" for name, reason, detail in first.refusals}
    assert reasons[protocol_id].startswith(why)
    assert f"{url} gave 200 no content type (" in told(discovery)
    assert why in told(discovery)


@pytest.mark.parametrize("url", ["", "datos.example", "https://", "mailto:a@b.example"])
async def test_refuses_what_is_no_address(url: str, web: Any) -> None:
    with pytest.raises(SourceError, match="address of the web"):
        await discover(url, web())


def test_an_unknown_protocol_names_the_known() -> None:
    assert protocol("ckan").id == "ckan"
    with pytest.raises(SourceError, match=", ".join(item.id for item in PROTOCOLS)):
        protocol("gopher")
