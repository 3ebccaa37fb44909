"""One contract over every protocol: what a catalogue does wrong is a clear outcome, and nothing is lost in silence.

Every protocol has an exemplar in `exemplars/`, which writes the same datasets as that protocol does.
"""

import importlib
import pkgutil
from collections.abc import Mapping
from typing import Any

import pytest

import tests.harvest.exemplars
from atalaya.catalogue.identity import identify
from atalaya.fetch.answers import Failure
from atalaya.harvest.discovery import discover
from atalaya.harvest.protocol import COMPLETE, FAILED, PARTIAL, REASONS, Harvest
from atalaya.harvest.registry import PROTOCOLS, protocol
from tests.harvest.exemplars.exemplar import Exemplar, Item, Pages, numbered

FOUND = {
    name: module.EXEMPLAR
    for _, name, _ in pkgutil.iter_modules(tests.harvest.exemplars.__path__)
    if hasattr(module := importlib.import_module(f"tests.harvest.exemplars.{name}"), "EXEMPLAR")
}
TWO_PAGES = [numbered(2), numbered(2, start=3)]
REQUESTS_LIMIT = 60
"""Requests that six datasets on a handful of pages may cost, whatever the source does."""
DATES = (
    "2026-01-05",
    "05/01/2026",
    1767571200,
    "2026",
    "enero de 2026",
    "ayer",
    "",
    None,
    "2026-13-45T99:99",
    20260105,
)


@pytest.fixture(params=sorted(FOUND), ids=str)
def exemplar(request: pytest.FixtureRequest) -> Exemplar:
    found: Exemplar = FOUND[request.param]
    return found


def test_every_protocol_has_an_exemplar() -> None:
    assert sorted(FOUND) == [item.id for item in PROTOCOLS]
    assert all(name == found.protocol for name, found in FOUND.items())


def bytes_of(reply: Any) -> tuple[int, bytes, Mapping[str, str]]:
    """A rendered answer as status, body and headers."""
    if isinstance(reply, tuple):
        status, body, *rest = reply
        return status, body, rest[0] if rest else {}
    return 200, reply.encode() if isinstance(reply, str) else reply, {}


def changed(exemplar: Exemplar, pages: Pages, place: int | None = None, **how: Any) -> dict[str, Any]:
    """The rendered catalogue with every answer (or the one at `place`) changed: `body`, a function, or `type`."""
    answers = {}
    for number, (url, reply) in enumerate(exemplar.render(pages).items()):
        status, body, headers = bytes_of(reply)
        if place is None or number == place:
            body = how["body"](body) if "body" in how else body
            headers = {**headers, "content-type": how["type"]} if "type" in how else headers
        answers[url] = (status, body, headers)
    return answers


async def read(exemplar: Exemplar, site: Any, source: Any) -> Harvest:
    """The harvest of a site; every harvest is sound: known state and reason, ids that tell apart, nothing unwritable."""
    declared = source(exemplar.url, exemplar.protocol, page_size=exemplar.page_size)
    harvested = await protocol(exemplar.protocol).harvest(declared, site)
    assert harvested.state in (COMPLETE, PARTIAL, FAILED)
    assert (harvested.reason is None) == (harvested.state == COMPLETE)
    assert harvested.reason is None or (harvested.reason in REASONS and harvested.detail)
    identified = identify(harvested.source_id, harvested.datasets)
    assert len({item.record_id for item in identified}) == len(harvested.datasets)
    repr(harvested).encode()
    assert len(site.asked) <= REQUESTS_LIMIT
    return harvested


def whole(exemplar: Exemplar) -> list[list[Item]]:
    """The pages that the protocol can have: two, or one."""
    return TWO_PAGES if exemplar.paged else [[item for page in TWO_PAGES for item in page]]


def titles(harvested: Harvest) -> set[str]:
    return {text for dataset in harvested.datasets for text in dataset.title.values()}


async def test_a_sound_catalogue_is_read_whole(exemplar: Exemplar, web: Any, source: Any) -> None:
    harvested = await read(exemplar, web(exemplar.render(whole(exemplar))), source)
    assert (harvested.state, harvested.reason) == (COMPLETE, None), harvested.detail
    assert titles(harvested) == {"Presupuesto 1", "Presupuesto 2", "Presupuesto 3", "Presupuesto 4"}
    assert len(harvested.datasets) == 4
    assert harvested.problems == ()
    assert not [use for use in harvested.fields if use.reading == "unread"]
    links = {item.url for dataset in harvested.datasets for item in dataset.distributions}
    if exemplar.declared:
        assert harvested.resources == 4
        assert links == {f"https://datos.example/{number}.csv" for number in range(1, 5)}
    else:
        assert harvested.resources == 0
        assert len(links) == 4


async def test_it_is_discovered_from_the_address_of_the_catalogue(exemplar: Exemplar, web: Any) -> None:
    site = web(exemplar.render(whole(exemplar)))
    found = await discover(exemplar.url, site)
    assert found.protocol == exemplar.protocol


async def test_no_other_protocol_claims_it(exemplar: Exemplar, web: Any, source: Any) -> None:
    """The first answer is claimed by its own protocol, and by others only where they yield to it."""
    site = web(exemplar.render(whole(exemplar)))
    found = await discover(next(iter(exemplar.render(whole(exemplar)))), site)
    assert found.protocol == exemplar.protocol


async def test_pages_that_loop_end(exemplar: Exemplar, web: Any, source: Any) -> None:
    """Every address answers the first page, whatever was asked."""
    answers = exemplar.render(whole(exemplar))
    first = next(iter(answers.values()))

    class Loop(web):  # type: ignore[misc]
        def reply(self, url: str) -> Any:
            return first

    harvested = await read(exemplar, Loop(), source)
    if exemplar.paged:
        assert harvested.state in (PARTIAL, FAILED)
        assert {"Presupuesto 1", "Presupuesto 2"} >= titles(harvested)
    assert len(harvested.datasets) <= 4


async def test_an_empty_page_is_no_end_without_a_word(exemplar: Exemplar, web: Any, source: Any) -> None:
    """A page in the middle gives nothing: the first page stands, and the harvest ends."""
    if not exemplar.paged:
        pytest.skip("the protocol has no pages")
    full, hollow = exemplar.render(TWO_PAGES), exemplar.render([TWO_PAGES[0], [], TWO_PAGES[1]])
    assert len(hollow) >= len(full)
    harvested = await read(exemplar, web(hollow), source)
    assert {"Presupuesto 1", "Presupuesto 2"} <= titles(harvested)
    assert harvested.state != COMPLETE or titles(harvested) >= {"Presupuesto 3", "Presupuesto 4"}


async def test_an_empty_catalogue_is_not_a_failure_of_ours(exemplar: Exemplar, web: Any, source: Any) -> None:
    harvested = await read(exemplar, web(exemplar.render([[]])), source)
    assert harvested.datasets == ()
    assert harvested.state in (COMPLETE, FAILED)


@pytest.mark.parametrize("share", [0.3, 0.6, 0.95])
async def test_a_truncated_answer_is_no_catalogue(share: float, exemplar: Exemplar, web: Any, source: Any) -> None:
    site = web(changed(exemplar, whole(exemplar), body=lambda body: body[: int(len(body) * share)]))
    harvested = await read(exemplar, site, source)
    assert harvested.state in (PARTIAL, FAILED)


async def test_a_truncated_later_page_makes_it_partial(exemplar: Exemplar, web: Any, source: Any) -> None:
    if not exemplar.paged:
        pytest.skip("the protocol has no pages")
    harvested = await read(
        exemplar, web(changed(exemplar, TWO_PAGES, 1, body=lambda body: body[: len(body) // 2])), source
    )
    assert {"Presupuesto 1", "Presupuesto 2"} <= titles(harvested)
    assert harvested.state == PARTIAL or len(titles(harvested)) == 4


async def test_a_later_page_that_fails_makes_it_partial(exemplar: Exemplar, web: Any, source: Any) -> None:
    if not exemplar.paged:
        pytest.skip("the protocol has no pages")
    answers: dict[str, Any] = dict(exemplar.render(TWO_PAGES))
    answers[list(answers)[1]] = Failure.TIMEOUT
    harvested = await read(exemplar, web(answers), source)
    assert {"Presupuesto 1", "Presupuesto 2"} <= titles(harvested)
    assert harvested.state == PARTIAL or len(titles(harvested)) == 4


@pytest.mark.parametrize("content_type", ["text/html; charset=utf-8", "application/octet-stream", "text/plain", ""])
async def test_the_content_type_is_not_believed(content_type: str, exemplar: Exemplar, web: Any, source: Any) -> None:
    harvested = await read(exemplar, web(changed(exemplar, whole(exemplar), type=content_type)), source)
    assert harvested.state == COMPLETE, harvested.detail
    assert len(harvested.datasets) == 4


async def test_invalid_utf8_is_read_or_refused_aloud(exemplar: Exemplar, web: Any, source: Any) -> None:
    pages = [[Item(id="d1", title="Presupuesto del año 1"), *numbered(1, start=2)]]
    site = web(changed(exemplar, pages, body=lambda body: body.replace("ñ".encode(), b"\xf1")))
    harvested = await read(exemplar, site, source)
    if harvested.state == FAILED:
        assert harvested.reason in ("encoding", "malformed")
    else:
        assert titles(harvested) == {"Presupuesto del año 1", "Presupuesto 2"}
        assert harvested.problems


async def test_a_repeated_identifier_loses_nothing_in_silence(exemplar: Exemplar, web: Any, source: Any) -> None:
    pages = [[*numbered(2), *numbered(1, start=2)]]
    harvested = await read(exemplar, web(exemplar.render(pages)), source)
    assert {"Presupuesto 1", "Presupuesto 2"} == titles(harvested)
    assert len(harvested.datasets) + len(harvested.problems) >= 3 or harvested.state == PARTIAL


async def test_a_dataset_of_ten_thousand_files_is_read(exemplar: Exemplar, web: Any, source: Any) -> None:
    urls = tuple(f"https://datos.example/{number}.csv" for number in range(10_000))
    harvested = await read(exemplar, web(exemplar.render([[Item(id="d1", urls=urls)]])), source)
    assert len(harvested.datasets) == 1
    if exemplar.declared:
        assert harvested.resources == 10_000
        assert len(identify("xx:s", harvested.datasets)[0].distributions) == 10_000


async def test_identifiers_may_be_numbers(exemplar: Exemplar, web: Any, source: Any) -> None:
    pages = [[Item(id=7, title="Presupuesto 1"), Item(id=8.0, title="Presupuesto 2")]]
    harvested = await read(exemplar, web(exemplar.render(pages)), source)
    assert titles(harvested) == {"Presupuesto 1", "Presupuesto 2"}
    if exemplar.ids:
        assert any("7" in str(dataset.native_id) for dataset in harvested.datasets)


async def test_dates_are_kept_in_every_dress(exemplar: Exemplar, web: Any, source: Any) -> None:
    pages = [[Item(id=f"d{place}", title=f"T{place}", modified=date) for place, date in enumerate(DATES)]]
    harvested = await read(exemplar, web(exemplar.render(pages)), source)
    assert len(harvested.datasets) == len(DATES)
    if exemplar.dated:
        said = {next(iter(dataset.title.values())): dataset.modified for dataset in harvested.datasets}
        assert said["T0"] == "2026-01-05"
        assert said["T1"] == "05/01/2026"
        assert said["T5"] == "ayer"
        assert said["T6"] is None
        assert said["T7"] in (None, "None")
