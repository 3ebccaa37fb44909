"""Finding out which protocol an address speaks, and what is said where none fits."""

import json
from typing import Any

import pytest

from atalaya.exceptions import SourceError
from atalaya.fetch.answers import Failure
from atalaya.harvest.discovery import discover, told
from atalaya.harvest.registry import PROTOCOLS, protocol

RDF = '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dcat="http://www.w3.org/ns/dcat#"><dcat:Catalog/></rdf:RDF>'


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


async def test_says_what_each_answered_and_asks_once(web: Any) -> None:
    site = web({"https://a.example/": Failure.TIMEOUT, "https://a.example/data.json": json.dumps({"x": 1})})
    discovery = await discover("https://a.example/", site)
    assert (discovery.protocol, discovery.url) == (None, None)
    heard = {attempt.url: attempt.answer for attempt in discovery.attempts}
    assert heard["https://a.example/"] == "no answer (timeout)"
    assert heard["https://a.example/data.json"].startswith("200")
    assert heard["https://a.example/catalog.ttl"] == "404 text/html"
    assert len(site.asked) == len(set(site.asked))


@pytest.mark.parametrize(("failure", "asked"), [(Failure.DNS, 1), (Failure.REFUSED, 1), (Failure.TIMEOUT, 2)])
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
