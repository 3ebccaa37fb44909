"""Edges of `redirect_short`: how many, and in which direction."""

import pytest

from atalaya.checks.example_cases import probe, resource_case
from atalaya.checks.resource.redirect_short import rule


def said(url: str, *hops: str) -> str:
    return rule(resource_case(probe=probe(url=url, redirects=hops, final_url=hops[-1] if hops else url))).reason


@pytest.mark.parametrize(
    ("hops", "reason"),
    [
        ((), "ok"),
        (("https://a.example/1",), "ok"),
        (("https://a.example/1", "http://a.example/2", "https://a.example/3"), "downgraded"),
        (("http://a.example/1",) * 3, "ok"),
        (("https://a.example/1",) * 4, "long"),
    ],
)
def test_from_http(hops: tuple[str, ...], reason: str) -> None:
    assert said("http://a.example/", *hops) == reason


def test_from_https_down() -> None:
    assert said("https://a.example/", "http://a.example/1") == "downgraded"
