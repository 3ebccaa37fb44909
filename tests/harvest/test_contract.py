"""Every protocol, whatever a source answers: declared well, never an exception, a reason for every failure."""

import importlib
import json
import pkgutil
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import atalaya.harvest
from atalaya.catalogue.identity import identify
from atalaya.countries.pack import Source
from atalaya.fetch.answers import Answer, Failure
from atalaya.harvest.discovery import discover
from atalaya.harvest.protocol import FAILED, REASONS, Harvest, Protocol
from atalaya.harvest.registry import PROTOCOLS
from atalaya.harvest.visits import Getter
from atalaya.store.archive import Blob

LOGIN = b"<!DOCTYPE html><html><head><title>Sign in</title></head><body>Sign in</body></html>"
ANSWERS: Mapping[str, Any] = {
    "html": LOGIN,
    "xhtml": b'<?xml version="1.0"?>\n<!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml"><head/></html>',
    "login": (200, LOGIN, {"final-url": "https://id.example/login", "content-type": "text/html"}),
    "empty": b"",
    "blank": b" \n\t \n",
    "truncated json": b'{"success": true, "result": {"count": 2, "results": [{"id": "a"',
    "truncated catalogue": b'{"dataset": [{"title": "a", "distribution": [{"downloadURL": "https://',
    "truncated xml": b'<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Desc',
    "truncated turtle": b'@prefix dcat: <http://www.w3.org/ns/dcat#> .\n<https://a.example/1> a dcat:Dataset ; <p> "x',
    "garbage": bytes(range(256)) * 8,
    "zeros": b"\x00" * 100,
    "broken gzip": b"\x1f\x8b\x08\x00" + b"\x07" * 30,
    "json number": b"7",
    "json text": b'"Bad request"',
    "json null": b"null",
    "json list of numbers": b"[1, 2, 3]",
    "json object": b"{}",
    "deep json": b"[" * 100_000 + b"]" * 100_000,
    "deep objects": b'{"dataset":' * 50_000 + b"1" + b"}" * 50_000,
    "long number": b'{"dataset": [' + b"9" * 6_000 + b"]}",
    "error object": b'{"error": true, "message": "Internal error", "status": 500}',
    "ckan error": b'{"success": false, "error": {"__type": "Internal", "message": "no"}}',
    "http 400": (400, b"bad"),
    "http 401": (401, b""),
    "http 403": (403, b"<html>Forbidden</html>"),
    "http 404": (404, b"<html>Not found</html>"),
    "http 429": (429, b"slow down"),
    "http 500": (500, b"<html>Error</html>"),
    "http 503 json": (503, b'{"success": true, "result": []}'),
    "http 302": (302, b""),
    **{f"failure {failure}": failure for failure in Failure},
}

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=20,
)
quiet = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


def constant(web: Any, reply: Any) -> Getter:
    class Constant(web):  # type: ignore[misc]
        def reply(self, url: str) -> Any:
            return reply

    return Constant()


@pytest.fixture(params=PROTOCOLS, ids=lambda item: item.id)
def protocol(request: pytest.FixtureRequest) -> Protocol:
    return request.param


def test_registry_is_sorted_and_ids_are_unique() -> None:
    ids = [item.id for item in PROTOCOLS]
    assert ids == sorted(set(ids))


def test_every_module_with_a_protocol_is_registered() -> None:
    found = []
    for module in pkgutil.iter_modules(atalaya.harvest.__path__):
        declared = getattr(importlib.import_module(f"atalaya.harvest.{module.name}"), "PROTOCOL", None)
        if isinstance(declared, Protocol):
            assert declared.id == module.name
            found.append(declared)
    assert found == list(PROTOCOLS)


def test_declaration_speaks_both_languages(protocol: Protocol) -> None:
    for texts in (protocol.title, protocol.description):
        assert set(texts) == {"es", "en"}
        assert all(text.strip() for text in texts.values())
    assert protocol.documentation.startswith("https://")


@pytest.mark.parametrize("name", ANSWERS)
async def test_useless_answers_fail_with_a_reason(name: str, protocol: Protocol, web: Any, source: Any) -> None:
    harvested = await protocol.harvest(source(protocol=protocol.id), constant(web, ANSWERS[name]))
    assert harvested.state == FAILED
    assert harvested.reason in REASONS
    assert harvested.detail
    assert harvested.datasets == ()
    assert harvested.pages
    assert harvested.source_id == "xx:source"


@pytest.mark.parametrize("name", ANSWERS)
async def test_useless_answers_are_not_recognised(name: str, web: Any) -> None:
    discovery = await discover("https://datos.example/", constant(web, ANSWERS[name]))
    assert (discovery.protocol, discovery.url) == (None, None)


@pytest.mark.parametrize("url", ["", "nothing", "https://[broken", "ftp://a.example/x", "https://a.example/ñ?q=á b"])
async def test_odd_addresses_do_no_harm(url: str, protocol: Protocol, web: Any, source: Any) -> None:
    harvested = await protocol.harvest(source(url, protocol.id), web())
    assert harvested.state == FAILED


async def test_a_cut_answer_is_not_read(protocol: Protocol, source: Any) -> None:
    async def cut(url: str, /) -> tuple[Answer, bytes | None]:
        blob = Blob("0" * 64, 10**9, kept="ends")
        return Answer(requested_url=url, final_url=url, status=200, blob=blob), b'{"dataset": []}'

    harvested = await protocol.harvest(source(protocol=protocol.id), cut)
    assert (harvested.state, harvested.reason) == (FAILED, "cut")


def assert_sound(harvested: Harvest) -> None:
    """What holds for every harvest: a known state and reason, and records that can be given ids and stored."""
    assert harvested.state in ("complete", "partial", "failed")
    assert (harvested.reason is None) == (harvested.state == "complete")
    identified = identify(harvested.source_id, harvested.datasets)
    assert len({item.record_id for item in identified}) == len(harvested.datasets)
    repr(harvested).encode()


@quiet
@given(value=json_values)
async def test_any_json_is_survived(value: object, protocol: Protocol, web: Any, source: Any) -> None:
    harvested = await protocol.harvest(source(protocol=protocol.id), constant(web, json.dumps(value)))
    assert_sound(harvested)


@quiet
@given(body=st.binary(max_size=300))
async def test_any_bytes_are_survived(body: bytes, protocol: Protocol, web: Any, source: Any) -> None:
    assert_sound(await protocol.harvest(source(protocol=protocol.id), constant(web, body)))


SEEDS: Mapping[str, Callable[[list[object]], object]] = {
    "ckan": lambda items: {"success": True, "result": {"count": len(items), "results": items}},
    "datajson": lambda items: {"title": "Catalogue", "dataset": items},
    "datajson_ar": lambda items: {
        "title": "Catalogue",
        "superThemeTaxonomy": "x",
        "themeTaxonomy": [],
        "dataset": items,
    },
}
PACKAGE = {
    "ckan": {
        "id": "p",
        "name": "p",
        "title": "Presupuesto",
        "notes": "Texto",
        "state": "active",
        "tags": [{"name": "a"}],
        "groups": [{"name": "g", "title": "G"}],
        "organization": {"name": "minfin", "title": "MINFIN"},
        "extras": [{"key": "frequency", "value": "annual"}],
        "resources": [{"id": "r", "url": "https://a.example/x.csv", "format": "CSV", "size": 10}],
    },
    "datajson": {
        "identifier": "p",
        "title": "Presupuesto",
        "keyword": ["a"],
        "publisher": {"name": "MINFIN"},
        "contactPoint": {"fn": "Ana", "hasEmail": "mailto:ana@minfin.example"},
        "temporal": "2010/2011",
        "distribution": [{"downloadURL": "https://a.example/x.csv", "format": "CSV", "byteSize": 10}],
    },
    "datajson_ar": {
        "identifier": "p",
        "title": "Presupuesto",
        "superTheme": ["ECON"],
        "theme": ["a"],
        "keyword": ["a"],
        "publisher": {"name": "MINFIN", "mbox": "a@minfin.example"},
        "contactPoint": {"fn": "Ana", "hasEmail": "ana@minfin.example"},
        "temporal": "2010-01-01/2011-01-01",
        "distribution": [{"downloadURL": "https://a.example/x.csv", "field": [{"title": "a", "type": "b"}]}],
    },
}


@st.composite
def mutated_items(draw: st.DrawFn, name: str) -> list[object]:
    """A few records of a protocol, some with a field of another type, some replaced altogether."""
    items: list[object] = []
    for number in range(draw(st.integers(0, 4))):
        item: Any = json.loads(json.dumps(PACKAGE[name])) | {
            "id": f"p{number}",
            "name": f"p{number}",
            "identifier": f"p{number}",
        }
        for key in draw(st.lists(st.sampled_from(sorted(PACKAGE[name])), max_size=3)):
            item[key] = draw(json_values)
        items.append(draw(json_values) if draw(st.booleans()) and draw(st.booleans()) else item)
    return items


@pytest.mark.parametrize("name", sorted(SEEDS))
@quiet
@given(data=st.data())
async def test_every_item_is_a_dataset_or_a_problem(name: str, data: st.DataObject, web: Any) -> None:
    items = data.draw(mutated_items(name))
    known = next(item for item in PROTOCOLS if item.id == name)
    url = (
        "https://datos.example/api/3/action/package_search?q=x" if name == "ckan" else "https://datos.example/data.json"
    )
    source = Source(id="xx:source", title={}, protocol=name, url=url)
    harvested = await known.harvest(source, constant(web, json.dumps(SEEDS[name](items))))
    assert_sound(harvested)
    if harvested.state == FAILED and not harvested.datasets and harvested.reason == "no_datasets":
        assert not any(isinstance(item, dict) for item in items)
        return
    assert len(harvested.datasets) <= len(items)
    assert len(harvested.datasets) + len(harvested.problems) >= len(items)


def test_every_protocol_that_is_yielded_to_exists() -> None:
    ids = {item.id for item in PROTOCOLS}
    assert all(set(item.yields_to) <= ids - {item.id} for item in PROTOCOLS)
    assert all(set(item.outdone_by) <= ids - {item.id} for item in PROTOCOLS)


def test_no_protocol_is_both_generic_and_weak() -> None:
    assert not [item.id for item in PROTOCOLS if item.generic and item.weak]
