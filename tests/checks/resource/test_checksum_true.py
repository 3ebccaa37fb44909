"""Edges of `checksum_true`: how a checksum may be written."""

import pytest

from atalaya.checks.example_cases import distribution, resource_case
from atalaya.checks.resource.checksum_true import rule
from atalaya.inspection.inspector import inspect_bytes

BODY = b"codigo,monto\n1,10\n2,20\n"
MD5 = "8e06c84a6d2a4e3f0e8f9d0a3bb7d5d3"
FOUND = inspect_bytes(BODY, url="https://x.example/a.csv")


def said(checksum: str) -> str:
    return rule(resource_case(distribution=distribution(checksum=checksum), inspection=FOUND)).reason


@pytest.mark.parametrize("digest", [FOUND.md5, FOUND.sha1, FOUND.sha256])
@pytest.mark.parametrize("form", ["{}", " {} "])
def test_bare_digests(digest: str, form: str) -> None:
    assert said(form.format(digest)) == "ok"
    assert said(form.format(digest.upper())) == "ok"
    assert said(form.format("0" + digest[1:] if digest[0] != "0" else "1" + digest[1:])) == "other"


@pytest.mark.parametrize("form", ["md5:{}", "MD5: {}", "md5={}", "http://spdx.org/rdf/terms#checksumAlgorithm_md5:{}"])
def test_named_digests(form: str) -> None:
    assert said(form.format(FOUND.md5)) == "ok"


@pytest.mark.parametrize("form", ["sha-256:{}", "SHA256 {}"])
def test_names_with_numbers(form: str) -> None:
    assert said(form.format(FOUND.sha256)) == "ok"


@pytest.mark.parametrize(
    ("checksum", "reason"),
    [
        (f"sha1:{MD5}", "algorithm"),
        ("crc32:89abcdef", "algorithm"),
        ("0" * 128, "algorithm"),
        ("pendiente", "unreadable"),
        ("https://x.example/a.sha256", "unreadable"),
        ("   ", "nothing_declared"),
    ],
)
def test_what_cannot_be_compared(checksum: str, reason: str) -> None:
    assert said(checksum) == reason
