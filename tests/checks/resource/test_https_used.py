"""Edges of `https_used`: capitals, blanks, and where redirects lead."""

import pytest

from atalaya.checks.example_cases import distribution, probe, resource_case
from atalaya.checks.outcomes import Verdict
from atalaya.checks.resource.https_used import rule

HTTP = "http://datos.example.org/a.csv"


@pytest.mark.parametrize("url", ["HTTPS://datos.example.org/a.csv", "  https://datos.example.org/a.csv"])
def test_spellings(url: str) -> None:
    assert rule(resource_case(distribution=distribution(download_url=url))).verdict is Verdict.PASS


@pytest.mark.parametrize(
    ("seen", "reason"),
    [
        (probe(404, url=HTTP, final_url=HTTP), "plain"),
        (probe(None, url=HTTP, final_url="https://datos.example.org/a.csv", failure="tls_expired"), "redirected"),
        (probe(None, url=HTTP, final_url=HTTP, failure="dns"), "no_answer"),
    ],
)
def test_http(seen: object, reason: str) -> None:
    assert rule(resource_case(distribution=distribution(download_url=HTTP), probe=seen)).reason == reason


@pytest.mark.parametrize(("url", "reason"), [("datos/a.csv", "no_address"), ("sftp://x.example/a", "other")])
def test_other_addresses(url: str, reason: str) -> None:
    assert rule(resource_case(distribution=distribution(download_url=url))).reason == reason
