"""`resolve.json` read strictly."""

import json
from pathlib import Path

import pytest

from atalaya.exceptions import SourceError
from atalaya.fetch.answers import Failure
from atalaya.fetch.guard import Refusal
from atalaya.fetch.resolve import read_document, read_resolve
from atalaya.fetch.urls import parse

DOCUMENT = {
    "format": 1,
    "unlisted": "fail",
    "origins": {
        "https://A.example:443": "http://127.0.0.1:4711",
        "http://a.example": "http://127.0.0.1:4712",
        "https://gone.example:443": None,
        "https://closed.example:443": "refused",
    },
}


def test_an_origin_leads_to_its_place() -> None:
    resolve = read_document(DOCUMENT)
    for url, port in (("https://a.example/x", 4711), ("http://a.example:80/x", 4712)):
        place = resolve.find(parse(url))
        assert not isinstance(place, Refusal)
        assert place is not None
        assert (place.host, place.port) == ("127.0.0.1", port)


@pytest.mark.parametrize(
    ("url", "failure"),
    [
        ("https://gone.example/", Failure.DNS),
        ("https://closed.example/", Failure.REFUSED),
        ("https://unlisted.example/", Failure.DNS),
        ("https://a.example:8443/", Failure.DNS),
    ],
)
def test_what_fails_fails_as_declared(url: str, failure: Failure) -> None:
    refusal = read_document(DOCUMENT).find(parse(url))
    assert isinstance(refusal, Refusal)
    assert refusal.failure is failure


def test_unlisted_origins_may_go_to_the_network() -> None:
    resolve = read_document({**DOCUMENT, "unlisted": "connect"})
    assert resolve.find(parse("https://unlisted.example/")) is None


@pytest.mark.parametrize(
    ("document", "reason"),
    [
        ([], "must be an object"),
        ({"format": 2, "origins": {}}, "must be an object"),
        ({**DOCUMENT, "origin": {}}, "must be an object"),
        ({"format": 1}, "origins"),
        ({"format": 1, "unlisted": "maybe", "origins": {}}, "unlisted"),
        ({"format": 1, "origins": {"a.example": None}}, "not an origin"),
        ({"format": 1, "origins": {"https://a.example/x": None}}, "not an origin"),
        ({"format": 1, "origins": {"ftp://a.example": None}}, "not an origin"),
        ({"format": 1, "origins": {"https://a.example": 4711}}, "not an origin"),
        ({"format": 1, "origins": {"https://a.example": "127.0.0.1:1"}}, "not an origin"),
        ({"format": 1, "origins": {"https://a.example": None, "https://a.example:443": None}}, "twice"),
    ],
)
def test_mistakes_are_named(document: object, reason: str) -> None:
    with pytest.raises(SourceError, match=reason):
        read_document(document)


def test_the_file_is_named_when_it_cannot_be_read(tmp_path: Path) -> None:
    path = tmp_path / "resolve.json"
    with pytest.raises(SourceError, match=str(path)):
        read_resolve(path)
    path.write_text("{")
    with pytest.raises(SourceError, match="not JSON"):
        read_resolve(path)
    path.write_text(json.dumps(DOCUMENT))
    assert len(read_resolve(path).origins) == 4
