"""From an answer to text or JSON: what is unpacked and decoded, and which page comes next."""

import gzip
import json
import zlib
from typing import Any

import pytest

from atalaya.fetch.answers import Answer, Failure
from atalaya.harvest import visits
from atalaya.harvest.bodies import decode, is_html, join, next_link, parse_quickly
from atalaya.harvest.visits import Refusal, Trail, Visit, refuse, unpack

URL = "https://a.example/x"


def answer(**more: Any) -> Answer:
    return Answer(requested_url=URL, final_url=URL, **more)


@pytest.mark.parametrize(
    ("given", "body", "reason"),
    [
        (answer(failure=Failure.DNS), None, "unreachable"),
        (answer(), None, "unreachable"),
        (answer(status=500), b"x", "http"),
        (answer(status=301), b"x", "http"),
        (answer(status=200), None, "empty"),
        (answer(status=204), b"", "empty"),
        (answer(status=200), b"x", None),
        (answer(status=304, not_modified=True), b"x", None),
    ],
)
def test_refusals(given: Answer, body: bytes | None, reason: str | None) -> None:
    refusal = refuse(given, body)
    assert (None if refusal is None else refusal.reason) == reason


@pytest.mark.parametrize(
    ("body", "plain"),
    [
        (b"x", b"x"),
        (gzip.compress(b"x"), b"x"),
        (gzip.compress(gzip.compress(b"x")), b"x"),
        (gzip.compress(b"x" * 1000)[:-9], "malformed"),
        (b"\x1f\x8bnothing", "malformed"),
        (zlib.compress(b"x"), zlib.compress(b"x")),
    ],
)
def test_gzip_that_nobody_announced(body: bytes, plain: bytes | str) -> None:
    found = unpack(body)
    assert (found.reason if isinstance(found, Refusal) else found) == plain


def test_gzip_that_grows_beyond_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(visits, "UNPACKED_LIMIT", 1000)
    refused = unpack(gzip.compress(b"\0" * 1001))
    assert isinstance(refused, Refusal)
    assert refused.reason == "bomb"
    assert unpack(gzip.compress(b"\0" * 1000)) == b"\0" * 1000


@pytest.mark.parametrize(
    ("body", "html"),
    [
        (b"<!DOCTYPE html>", True),
        (b"\xef\xbb\xbf\n<!-- a --><HTML lang='es'>", True),
        (b'<?xml version="1.0"?><!DOCTYPE html PUBLIC "x">', True),
        (b'<?xml version="1.0"?><rdf:RDF', False),
        (b'{"a": "<html>"}', False),
    ],
)
def test_web_pages(body: bytes, html: bool) -> None:
    assert is_html(body) is html


@pytest.mark.parametrize(
    ("body", "text", "told"),
    [
        ("año".encode(), "año", False),
        ("año".encode("utf-8-sig"), "año", False),
        ("año".encode("utf-16"), "año", False),
        ("año".encode("utf-32"), "año", False),
        ("año".encode("cp1252"), "año", True),
    ],
)
def test_encodings(body: bytes, text: str, told: bool) -> None:
    decoded, note = decode(body)
    assert (decoded, note is not None) == (text, told)


@pytest.mark.parametrize(
    ("header", "following"),
    [
        ('<?page=2>; rel="next"', f"{URL}?page=2"),
        ('<https://b.example/1>; rel="prev", <https://b.example/2>; rel=next', "https://b.example/2"),
        ('<https://b.example/1>; rel="last"', None),
        ("", None),
        ("<http://[>; rel=next", None),
    ],
)
def test_links_to_the_next_page(header: str, following: str | None) -> None:
    visit = Visit(URL, answer(status=200, headers={"link": header}), b"x", None)
    assert next_link(visit) == following


def test_joins_what_can_be_joined() -> None:
    assert join(URL, " y ") == "https://a.example/y"
    assert join(URL, "http://[") is None


async def test_the_trail_keeps_the_evidence(web: Any) -> None:
    trail = Trail(web({URL: (200, b"x", {"etag": '"1"', "last-modified": "Mon"})}))
    visit = await trail.ask(URL)
    assert visit.refusal is None
    (page,) = trail.pages
    assert (page.status, page.etag, page.last_modified, page.size) == (200, '"1"', "Mon", 1)
    assert page.sha256 is not None


async def test_an_error_keeps_its_body_for_its_message(web: Any) -> None:
    visit = await Trail(web({URL: (500, b'{"error": 1}')})).ask(URL)
    assert isinstance(visit.refusal, Refusal)
    assert (visit.refusal.status, visit.body) == (500, b'{"error": 1}')


@pytest.mark.parametrize(
    "text",
    [
        '{"a": [1, 1.5, 1e-7, -0, true, null, "\\u00e9\\n"], "a": {"b": 18446744073709551615}}',
        "[123456789012345678901234567890]",
        "[-9223372036854775809]",
        "[NaN, Infinity, 1e400]",
        '["\\ud800"]',
        "[" * 2000 + "]" * 2000,
    ],
)
def test_the_quick_reader_reads_as_the_standard_one(text: str) -> None:
    """Where it reads at all: what it refuses is left to the standard one."""
    try:
        quick = repr(parse_quickly(text.encode()))
    except ValueError:
        return
    assert quick == repr(json.loads(text))


def test_the_quick_reader_refuses_what_it_would_read_otherwise() -> None:
    for text in ("[123456789012345678901234567890]", "[-9223372036854775809]", "[NaN]", '["\\ud800"]'):
        with pytest.raises(ValueError, match=r"."):
            parse_quickly(text.encode())
    assert parse_quickly(b'{"a": 1}') == {"a": 1}
