"""The client over real HTTP on loopback: every way an answer comes or does not come."""

import asyncio
import gzip
import hashlib
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from atalaya.fetch.answers import Failure, Validator
from atalaya.fetch.bodies import ERROR_LIMIT
from atalaya.fetch.client import Client
from atalaya.fetch.gate import Gate, Policy
from atalaya.settings import Settings
from atalaya.store.archive import Archive
from tests.fetch.conftest import Raw, Steps, Worlds

API = Policy(requests_per_second=1000, obey_robots=False)
CRAWL = Policy(requests_per_second=1000, obey_robots=True)
CSV = {"url": "https://a.example/x.csv", "text": "a,b\n1,2\n"}


def route(path: str, **fields: Any) -> dict[str, Any]:
    return {"url": f"https://a.example{path}", **fields}


async def test_a_body_reaches_the_archive(world: Worlds) -> None:
    async with world(routes=[{**CSV, "headers": {"Content-Type": "text/csv"}}]) as w:
        answer = await w.client.fetch("https://a.example/x.csv", API)
        assert answer.ok
        assert (answer.status, answer.headers["content-type"]) == (200, "text/csv")
        assert answer.blob is not None
        assert w.archive.read(answer.blob.sha256) == b"a,b\n1,2\n"
        (attempt,) = answer.attempts
        assert (attempt.number, attempt.status, attempt.received_bytes) == (1, 200, 8)


async def test_the_published_address_is_kept_and_the_mended_one_asked(world: Worlds) -> None:
    async with world(routes=[route("/a%C3%B1o%202024.csv", text="x")]) as w:
        answer = await w.client.fetch(" https://A.example/año 2024.csv", API)
        assert answer.requested_url == " https://A.example/año 2024.csv"
        assert answer.final_url == "https://a.example/a%C3%B1o%202024.csv"
        assert (answer.status, answer.notes) == (200, ("url_repaired",))


async def test_an_address_for_another_program_is_our_limit(world: Worlds) -> None:
    async with world(routes=[CSV]) as w:
        answer = await w.client.fetch("ftp://a.example/x", API)
        assert (answer.failure, answer.status, answer.attempts) == (Failure.SCHEME, None, ())


@pytest.mark.parametrize("url", ["ver sitio web", "", "http://[::1", "mailto:a@a.example"])
async def test_what_is_no_address_is_an_answer(world: Worlds, url: str) -> None:
    async with world(routes=[CSV]) as w:
        answer = await w.client.fetch(url, API)
        assert (answer.failure, answer.final_url, answer.attempts) == (Failure.URL, url, ())
        assert answer.detail


@pytest.mark.parametrize(
    ("url", "failure"),
    [
        ("https://gone.example/x", Failure.DNS),
        ("http://gone.example/x", Failure.DNS),
        ("https://closed.example/x", Failure.REFUSED),
        ("https://unlisted.example/x", Failure.DNS),
        ("http://127.0.0.1/x", Failure.ADDRESS),
        ("http://169.254.169.254/latest", Failure.ADDRESS),
        ("http://10.1.2.3/x", Failure.ADDRESS),
        ("http://a.example@10.1.2.3/x", Failure.ADDRESS),
        ("http://a.example:22/x", Failure.ADDRESS),
    ],
)
@pytest.mark.parametrize("policy", [API, CRAWL])
async def test_what_may_not_or_cannot_be_reached(world: Worlds, url: str, failure: Failure, policy: Policy) -> None:
    async with world(routes=[CSV], dns_failures=["gone.example"], refused=["https://closed.example"]) as w:
        answer = await w.client.fetch(url, policy)
        assert (answer.failure, answer.status, answer.blob) == (failure, None, None)
        assert w.served.log == []


@pytest.mark.parametrize(
    ("fault", "failure", "status", "requests"),
    [
        ("reset", Failure.CONNECTION, None, 2),
        ("truncate", Failure.TRUNCATED, 200, 2),
        ("stall", Failure.TIMEOUT, 200, 2),
    ],
)
async def test_answers_that_break(
    world: Worlds, fault: str, failure: Failure, status: int | None, requests: int
) -> None:
    async with world(routes=[route("/x", text="abcdef", fault=fault)]) as w:
        answer = await w.client.fetch("https://a.example/x", API)
        assert (answer.failure, answer.status) == (failure, status)
        assert len(answer.attempts) == requests == len(w.served.log)
        kept = w.archive.read(answer.blob.sha256) if answer.blob is not None else None
        assert kept == (None if fault == "reset" else b"abc")
        assert not answer.ok


async def test_a_server_that_is_not_there_is_refused(world: Worlds, unused_port: int) -> None:
    async with world(routes=[CSV], origins={"https://b.example:443": f"http://127.0.0.1:{unused_port}"}) as w:
        answer = await w.client.fetch("https://b.example/", CRAWL)
        assert (answer.failure, answer.detail) == (Failure.REFUSED, "the connection is refused")


@pytest.fixture
async def unused_port() -> int:
    server = await asyncio.start_server(lambda _r, _w: None, "127.0.0.1", 0)
    port = int(server.sockets[0].getsockname()[1])
    server.close()
    await server.wait_closed()
    return port


# Statuses and repetition


@pytest.mark.parametrize(("status", "requests"), [(404, 1), (403, 1), (410, 1), (500, 3), (503, 3), (429, 1), (501, 1)])
async def test_what_is_asked_again(world: Worlds, steps: Steps, status: int, requests: int) -> None:
    async with world(routes=[route("/x", status=status, text="error")]) as w:
        answer = await w.client.fetch("https://a.example/x", API)
        assert (answer.status, answer.failure, answer.ok) == (status, None, False)
        assert len(w.served.log) == requests
        assert [round(pause, 6) for pause in steps.slept if pause >= 1] == [1, 2][: requests - 1]
        assert answer.blob is not None
        assert w.archive.read(answer.blob.sha256) == b"error"


async def test_retry_after_is_waited_for_within_patience(world: Worlds, steps: Steps) -> None:
    async with world(routes=[route("/x", status=429, headers={"Retry-After": "50"}, text="slow")]) as w:
        answer = await w.client.fetch("https://a.example/x", API)
        assert (answer.status, len(answer.attempts)) == (429, 3)
        assert sum(steps.slept) == pytest.approx(100, abs=1)


async def test_a_longer_silence_leaves_the_answer_and_postpones_the_rest(world: Worlds, steps: Steps) -> None:
    async with world(routes=[route("/x", status=503, headers={"Retry-After": "1800"}, text="later"), CSV]) as w:
        first = await w.client.fetch("https://a.example/x", API)
        assert (first.status, first.failure, len(first.attempts)) == (503, None, 1)
        second = await w.client.fetch("https://a.example/x.csv", API)
        assert (second.status, second.failure, second.attempts) == (None, Failure.POSTPONED, ())
        steps.moment += timedelta(minutes=31)
        assert (await w.client.fetch("https://a.example/x.csv", API)).ok


async def test_of_an_error_only_the_beginning_is_read(world: Worlds, raw: Raw) -> None:
    page = b"<html>" + b"x" * 500_000
    raw.answers["/x"] = b"HTTP/1.1 404 Not Found\r\nContent-Length: 500006\r\n\r\n" + page
    async with world(routes=[CSV], origins={"https://raw.example:443": f"http://127.0.0.1:{raw.port}"}) as w:
        answer = await w.client.fetch("https://raw.example/x", API)
        assert (answer.status, answer.failure, answer.notes) == (404, None, ("body_cut",))
        assert answer.blob is not None
        assert w.archive.read(answer.blob.sha256) == page[:ERROR_LIMIT]


async def test_a_body_above_the_limit_is_hashed_whole_and_kept_by_its_ends(world: Worlds) -> None:
    body = "0123456789" * 2000
    async with world(routes=[route("/x", text=body)]) as w:
        answer = await w.client.fetch("https://a.example/x", replace(API, body_limit=5000))
        assert answer.blob is not None
        assert (answer.blob.size, answer.blob.kept) == (20_000, "ends")
        assert answer.blob.sha256 == hashlib.sha256(body.encode()).hexdigest()
        assert w.archive.ends(answer.blob.sha256) == (body[:2500].encode(), body[-2500:].encode())


async def test_two_callers_share_one_request(world: Worlds) -> None:
    async with world(routes=[{**CSV, "delay": 0.05}]) as w:
        answers = await asyncio.gather(*(w.client.fetch("https://a.example/x.csv", API) for _ in range(5)))
        assert len({id(answer) for answer in answers}) == 1
        assert len(w.served.log) == 1
        await w.client.fetch("https://a.example/x.csv", API)
        assert len(w.served.log) == 2


async def test_a_caller_that_gives_up_does_not_take_the_answer_from_the_other(world: Worlds) -> None:
    async with world(routes=[{**CSV, "delay": 0.1}]) as w:
        first = asyncio.create_task(w.client.fetch("https://a.example/x.csv", API))
        second = asyncio.create_task(w.client.fetch("https://a.example/x.csv", API))
        await asyncio.sleep(0.02)
        first.cancel()
        assert (await second).ok
        assert len(w.served.log) == 1


# Redirects


async def test_redirects_are_followed_and_kept(world: Worlds) -> None:
    routes = [
        {"url": "http://a.example/old", "status": 301, "headers": {"Location": "https://a.example/older"}},
        route("/older", status=302, headers={"Location": "x.csv?v=1#top"}),
        route("/x.csv?v=1", text="a\n1\n"),
    ]
    async with world(routes=routes) as w:
        answer = await w.client.fetch("http://a.example/old", API)
        assert answer.ok
        assert answer.redirects == ("https://a.example/older", "https://a.example/x.csv?v=1")
        assert (answer.requested_url, answer.final_url) == ("http://a.example/old", "https://a.example/x.csv?v=1")


@pytest.mark.parametrize(
    ("location", "failure"),
    [
        ("http://127.0.0.1:8000/admin", Failure.ADDRESS),
        ("http://169.254.169.254/latest/meta-data/", Failure.ADDRESS),
        ("http://[::ffff:10.0.0.1]/", Failure.ADDRESS),
        ("http://2130706433/", Failure.ADDRESS),
        ("//localhost/x", Failure.ADDRESS),
        ("http://user:pass@a.example/x.csv", Failure.ADDRESS),
        ("file:///etc/passwd", Failure.REDIRECTS),
        ("ftp://a.example/x", Failure.REDIRECTS),
        ("http://[::1", Failure.REDIRECTS),
        ("https://gone.example/", Failure.DNS),
        ("/start", Failure.REDIRECTS),
    ],
)
async def test_redirects_are_judged_at_every_step(world: Worlds, location: str, failure: Failure) -> None:
    routes = [route("/start", status=302, headers={"Location": location}), CSV]
    async with world(routes=routes, dns_failures=["gone.example"]) as w:
        answer = await w.client.fetch("https://a.example/start", API)
        assert (answer.failure, answer.status, answer.blob) == (failure, None, None)
        assert len(w.served.log) == 1


async def test_a_circle_of_redirects_ends(world: Worlds) -> None:
    routes = [route(f"/{n}", status=302, headers={"Location": f"/{(n + 1) % 3}"}) for n in range(3)]
    async with world(routes=routes) as w:
        answer = await w.client.fetch("https://a.example/0", API)
        assert (answer.failure, answer.detail) == (Failure.REDIRECTS, "the redirects lead in a circle")
        assert len(w.served.log) == 3


async def test_redirects_without_end_end(world: Worlds) -> None:
    routes = [route(f"/{n}", status=302, headers={"Location": f"/{n + 1}"}) for n in range(30)]
    async with world(routes=routes) as w:
        answer = await w.client.fetch("https://a.example/0", API)
        assert answer.failure is Failure.REDIRECTS
        assert len(w.served.log) == 11


async def test_a_redirect_without_a_place_is_the_answer(world: Worlds) -> None:
    async with world(routes=[route("/x", status=302, text="moved")]) as w:
        answer = await w.client.fetch("https://a.example/x", API)
        assert (answer.status, answer.failure) == (302, None)


async def test_a_host_that_a_redirect_leads_to_keeps_its_own_pace(world: Worlds, steps: Steps) -> None:
    routes = [route("/x", status=302, headers={"Location": "https://b.example/x"})]
    routes.append({"url": "https://b.example/x", "text": "b"})
    async with world(routes=routes, rates={"b.example": 0.1}) as w:
        for _ in range(2):
            assert (await w.client.fetch("https://a.example/x", API)).ok
        assert max(steps.slept) == pytest.approx(10, abs=0.1)


# Names that change their meaning


async def test_a_name_is_judged_again_at_every_hop(
    settings: Settings, steps: Steps, archive: Archive, raw: Raw
) -> None:
    raw.answers["/"] = b"HTTP/1.1 302 Found\r\nLocation: /next\r\nContent-Length: 0\r\n\r\n"
    answers = iter([["127.0.0.1"], ["169.254.169.254"]])

    async def lookup(_host: str, _port: int) -> list[str]:
        return next(answers)

    gate = Gate(settings.home / "gate", settings, steps.clock)
    async with Client(settings, archive, gate, steps.clock, lookup=lookup) as client:
        answer = await client.fetch(f"http://rebind.example:{raw.port}/", replace(API, local=True))
    assert (answer.failure, len(raw.requests)) == (Failure.ADDRESS, 1)


async def test_the_connection_goes_where_the_guard_looked(
    settings: Settings, steps: Steps, archive: Archive, raw: Raw
) -> None:
    """Between judging and connecting nobody asks DNS again: the name leads to loopback and is refused unconnected."""
    asked = []

    async def lookup(host: str, _port: int) -> list[str]:
        asked.append(host)
        return ["127.0.0.1"]

    raw.answers["/x"] = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
    gate = Gate(settings.home / "gate", settings, steps.clock)
    async with Client(settings, archive, gate, steps.clock, lookup=lookup) as client:
        url = f"http://inside.example:{raw.port}/x"
        refused = await client.fetch(url, API)
        allowed = await client.fetch(url, replace(API, local=True))
    assert (refused.failure, refused.attempts) == (Failure.ADDRESS, ())
    assert allowed.ok
    assert allowed.attempts[0].address == "127.0.0.1"
    assert asked == ["inside.example", "inside.example"]
    assert len(raw.requests) == 1


@pytest.fixture
def archive(settings: Settings) -> Archive:
    return Archive(settings.home / "archive")


# Conditional requests


@pytest.mark.parametrize("validators", ["etag", "last_modified"])
async def test_what_has_not_changed_is_not_sent_again(world: Worlds, validators: str) -> None:
    modified = "Wed, 21 Oct 2015 07:28:00 GMT"
    text = "a,b\n" + "1,2\n" * 1000
    routes = [{**CSV, "text": text, "validators": validators, "last_modified": modified}]
    routes[0]["headers"] = {"Content-Type": "text/csv"}
    if validators == "etag":
        del routes[0]["last_modified"]
    async with world(routes=routes) as w:
        first = await w.client.fetch("https://a.example/x.csv", API)
        assert first.blob is not None
    known = Validator(
        sha256=first.blob.sha256,
        etag=first.headers.get("etag"),
        last_modified=first.headers.get("last-modified"),
        headers=first.headers,
    )
    async with world(routes=routes, validators={"https://a.example/x.csv": known}) as w:
        second = await w.client.fetch("https://a.example/x.csv", API)
        assert (second.status, second.not_modified, second.ok, second.blob) == (304, True, True, first.blob)
        assert second.headers["content-type"] == "text/csv"
        assert w.served.sent_bytes == 0


async def test_what_has_changed_is_sent(world: Worlds, settings: Settings) -> None:
    old = Archive(settings.home / "archive").keep(b"old")
    known = {"https://a.example/x.csv": Validator(sha256=old.sha256, etag='"old"')}
    async with world(routes=[{**CSV, "validators": "etag"}], validators=known) as w:
        answer = await w.client.fetch("https://a.example/x.csv", API)
        assert (answer.status, answer.not_modified, answer.ok) == (200, False, True)


async def test_without_the_earlier_body_the_question_is_unconditional(world: Worlds) -> None:
    tag = f'"{hashlib.sha256(b"a,b").hexdigest()[:32]}"'
    known = {"https://a.example/x.csv": Validator(sha256="0" * 64, etag=tag)}
    async with world(routes=[{**CSV, "text": "a,b", "validators": "etag"}], validators=known) as w:
        answer = await w.client.fetch("https://a.example/x.csv", API)
        assert (answer.status, answer.ok) == (200, True)


async def test_a_304_without_a_question_has_no_body(world: Worlds) -> None:
    async with world(routes=[route("/x", status=304)]) as w:
        answer = await w.client.fetch("https://a.example/x", API)
        assert (answer.status, answer.not_modified, answer.ok) == (304, False, False)


async def test_validators_belong_to_the_place_that_answered(world: Worlds, settings: Settings) -> None:
    """After a redirect leads elsewhere, the validators of the old place are not sent to the new one."""
    body = Archive(settings.home / "archive").keep(b"new")
    tag = f'"{hashlib.sha256(b"new").hexdigest()[:32]}"'
    routes = [
        route("/x", status=302, headers={"Location": "/y"}),
        route("/y", text="new", validators="etag"),
    ]
    for final_url, status in ((None, 200), ("https://a.example/z", 200), ("https://a.example/y", 304)):
        known = {"https://a.example/x": Validator(sha256=body.sha256, etag=tag, final_url=final_url)}
        async with world(routes=routes, validators=known) as w:
            answer = await w.client.fetch("https://a.example/x", API)
            assert (answer.status, answer.ok) == (status, True)


# robots.txt


ROBOTS = {"url": "https://a.example/robots.txt", "text": "User-agent: *\nDisallow: /private/\nCrawl-delay: 3\n"}


async def test_robots_forbid_resources_and_not_the_api_of_a_declared_source(world: Worlds) -> None:
    async with world(routes=[ROBOTS, route("/private/x", text="x")]) as w:
        crawled = await w.client.fetch("https://a.example/private/x", CRAWL)
        assert (crawled.failure, crawled.status) == (Failure.ROBOTS, None)
        assert [entry.url for entry in w.served.log] == ["https://a.example/robots.txt"]
        assert (await w.client.fetch("https://a.example/private/x", API)).ok


async def test_robots_are_asked_for_once_and_their_delay_is_kept(world: Worlds, steps: Steps) -> None:
    async with world(routes=[ROBOTS, CSV]) as w:
        for _ in range(4):
            assert (await w.client.fetch("https://a.example/x.csv", CRAWL)).ok
        assert w.served.asked("https://a.example/robots.txt") == 1
        assert sum(steps.slept) == pytest.approx(9, abs=0.1)


async def test_robots_of_the_place_that_a_redirect_leads_to(world: Worlds) -> None:
    routes = [
        route("/x", status=302, headers={"Location": "https://b.example/x"}),
        {"url": "https://b.example/robots.txt", "text": "User-agent: Atalaya\nDisallow: /"},
        {"url": "https://b.example/x", "text": "b"},
    ]
    async with world(routes=routes) as w:
        answer = await w.client.fetch("https://a.example/x", CRAWL)
        assert (answer.failure, answer.final_url) == (Failure.ROBOTS, "https://b.example/x")


async def test_robots_that_redirect_are_followed(world: Worlds) -> None:
    routes = [
        route("/robots.txt", status=301, headers={"Location": "https://www.a.example/robots.txt"}),
        {"url": "https://www.a.example/robots.txt", "text": "User-agent: *\nDisallow: /"},
        CSV,
    ]
    async with world(routes=routes) as w:
        assert (await w.client.fetch("https://a.example/x.csv", CRAWL)).failure is Failure.ROBOTS


@pytest.mark.parametrize("location", ["/robots.txt", "http://127.0.0.1/robots.txt", "ftp://a.example/robots.txt"])
async def test_robots_that_lead_nowhere_are_none(world: Worlds, location: str) -> None:
    routes = [route("/robots.txt", status=301, headers={"Location": location}), CSV]
    async with world(routes=routes) as w:
        assert (await w.client.fetch("https://a.example/x.csv", CRAWL)).ok


async def test_robots_in_trouble_forbid_for_now(world: Worlds) -> None:
    async with world(routes=[route("/robots.txt", status=503, text="busy"), CSV]) as w:
        answer = await w.client.fetch("https://a.example/x.csv", CRAWL)
        assert answer.failure is Failure.ROBOTS
        assert "503" in (answer.detail or "")
        assert w.served.asked("https://a.example/x.csv") == 0


async def test_a_host_that_breaks_on_robots_fails_so_itself(world: Worlds) -> None:
    async with world(routes=[route("/robots.txt", fault="reset"), CSV]) as w:
        answer = await w.client.fetch("https://a.example/x.csv", CRAWL)
        assert (answer.failure, answer.status) == (Failure.CONNECTION, None)
        assert len(answer.attempts) == 2


# Certificates


@pytest.mark.parametrize(
    ("kind", "failure"),
    [
        ("expired", Failure.TLS_EXPIRED),
        ("self_signed", Failure.TLS_SELF_SIGNED),
        ("wrong_host", Failure.TLS_WRONG_HOST),
    ],
)
@pytest.mark.parametrize("policy", [API, CRAWL])
async def test_a_bad_certificate_is_named_and_the_answer_read(
    world: Worlds, kind: str, failure: Failure, policy: Policy
) -> None:
    async with world(routes=[CSV], tls=[{"origin": "https://a.example", "certificate": kind}]) as w:
        answers = await asyncio.gather(
            *(w.client.fetch(f"https://a.example/x.csv{end}", policy) for end in ("", "#1", "#2"))
        )
        for answer in answers:
            assert (answer.tls_failure, answer.failure, answer.status) == (failure, None, 200)
            assert answer.blob is not None
            assert w.archive.read(answer.blob.sha256) == b"a,b\n1,2\n"


async def test_a_server_without_tls_behind_an_https_address(world: Worlds, raw: Raw) -> None:
    origins = {"https://raw.example:443": f"https://127.0.0.1:{raw.port}"}
    raw.answers["/"] = b"HTTP/1.1 200 OK\r\n\r\n"
    async with world(routes=[CSV], origins=origins) as w:
        answer = await w.client.fetch("https://raw.example/", API)
        assert (answer.failure, answer.tls_failure) == (Failure.TLS_OTHER, Failure.TLS_OTHER)
        assert answer.status is None


# Bodies as no server should send them


def http(body: bytes, *headers: str, status: str = "200 OK") -> bytes:
    return "\r\n".join([f"HTTP/1.1 {status}", *headers, "", ""]).encode("latin-1") + body


BOMB = gzip.compress(gzip.compress(b"\0" * 50_000_000))
ODD = {
    "identity": (http(b"abc", "Content-Length: 3"), None, b"abc", ()),
    "no length": (http(b"abc"), None, b"abc", ()),
    "empty": (http(b"", "Content-Length: 0"), None, b"", ()),
    "short of its length": (http(b"abc", "Content-Length: 10"), Failure.TRUNCATED, b"abc", ()),
    "broken chunks": (http(b"3\r\nabc\r\n9\r\nde", "Transfer-Encoding: chunked"), Failure.TRUNCATED, b"abcde", ()),
    "no last chunk": (http(b"3\r\nabc\r\n", "Transfer-Encoding: chunked"), Failure.TRUNCATED, b"abc", ()),
    "gzip": (http(gzip.compress(b"abc"), "Content-Encoding: gzip"), None, b"abc", ()),
    "gzip twice declared": (
        http(gzip.compress(gzip.compress(b"abc")), "Content-Encoding: gzip, gzip"), None, b"abc", ()
    ),
    "gzip twice undeclared": (
        http(gzip.compress(gzip.compress(b"abc", mtime=0)), "Content-Encoding: gzip"),
        None, gzip.compress(b"abc", mtime=0), ("coding_twice",),
    ),
    "gzip of a gzip file": (
        http(gzip.compress(gzip.compress(b"abc", mtime=0)), "Content-Encoding: gzip", "Content-Type: application/gzip"),
        None, gzip.compress(b"abc", mtime=0), (),
    ),
    "not gzip at all": (http(b"a,b\n", "Content-Encoding: gzip"), None, b"a,b\n", ("coding_false",)),
    "half a gzip": (http(gzip.compress(b"a" * 100)[:-9], "Content-Encoding: gzip"), Failure.TRUNCATED, b"a" * 100, ()),
    "damaged gzip": (
        http(gzip.compress(b"abc" * 9)[:-8] + b"damaged!", "Content-Encoding: gzip"), Failure.ENCODING, None, ()
    ),
    "brotli": (http(b"\x0b\x01\x80abc\x03", "Content-Encoding: br"), Failure.ENCODING, None, ()),
    "bomb": (http(BOMB, "Content-Encoding: gzip, gzip"), Failure.BOMB, None, ()),
    "not HTTP": (b"220 ftp.example ready\r\n", Failure.CONNECTION, None, ()),
    "nothing": (b"", Failure.CONNECTION, None, ()),
}  # fmt: skip


@pytest.mark.parametrize("case", ODD)
async def test_odd_bodies(world: Worlds, raw: Raw, case: str) -> None:
    sent, failure, kept, notes = ODD[case]
    raw.answers["/x"] = sent
    async with world(routes=[CSV], origins={"https://raw.example:443": f"http://127.0.0.1:{raw.port}"}) as w:
        answer = await w.client.fetch("https://raw.example/x", replace(API, body_limit=100_000))
        assert (answer.failure, answer.notes) == (failure, notes)
        assert (answer.blob and w.archive.read(answer.blob.sha256)) == kept


async def test_a_body_that_drips_ends_with_the_time_allowed(world: Worlds, raw: Raw) -> None:
    raw.answers["/x"] = [http(b"", "Content-Length: 1000"), *[b"a"] * 1000]
    async with world(routes=[CSV], origins={"https://raw.example:443": f"http://127.0.0.1:{raw.port}"}) as w:
        answer = await w.client.fetch("https://raw.example/x", replace(API, total_seconds=0.3, attempts=1))
        assert (answer.failure, answer.status) == (Failure.TIMEOUT, 200)
        assert answer.blob is not None
        assert 0 < answer.blob.size < 1000


async def test_headers_are_read_whatever_they_are(world: Worlds, raw: Raw) -> None:
    headers = (
        "Content-Type: text/html;h5ai=0.20;charset=UTF-8",
        "Content-Disposition: attachment; filename=R\xe9sultats.csv",
        "X-Title: A\xc3\xb1o",
        "Link: <a>",
        "Link: <b>",
        "Set-Cookie: session=secret",
        "Content-Length: 2",
    )
    raw.answers["/x"] = http(b"ok", *headers)
    async with world(routes=[CSV], origins={"https://raw.example:443": f"http://127.0.0.1:{raw.port}"}) as w:
        answer = await w.client.fetch("https://raw.example/x", API)
        assert answer.headers == {
            "content-type": "text/html;h5ai=0.20;charset=UTF-8",
            "content-disposition": "attachment; filename=Résultats.csv",
            "x-title": "Año",
            "link": "<a>, <b>",
            "content-length": "2",
        }


async def test_what_is_sent(world: Worlds, raw: Raw, settings: Settings) -> None:
    async with world(routes=[CSV], origins={"https://raw.example:443": f"http://127.0.0.1:{raw.port}"}) as w:
        await w.client.fetch("https://raw.example/a b?q=%2A%3A%2A", API, accept="text/turtle")
    (head,) = raw.requests
    lines = head.split("\r\n")
    assert lines[0] == "GET /a%20b?q=%2A%3A%2A HTTP/1.1"
    assert {
        "Host: raw.example",
        "Accept: text/turtle",
        f"User-Agent: {settings.user_agent}",
        "Accept-Encoding: gzip, deflate",
    } <= set(lines)
    assert "Cookie" not in head
