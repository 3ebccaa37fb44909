"""Edges of `unprotected`: files as they are read."""

import pytest

from atalaya.checks.example_cases import distribution, resource_case
from atalaya.checks.resource.unprotected import rule
from atalaya.inspection.inspector import inspect_bytes


def said(body: bytes, name: str) -> str:
    published = distribution(format=None, media_type=None)
    found = inspect_bytes(body, url=f"https://x.example/{name}")
    return rule(resource_case(inspection=found, distribution=published)).reason


@pytest.mark.parametrize(
    ("body", "name", "reason"),
    [
        (b"%PDF-1.4\ntrailer << /Encrypt 5 0 R >>\n%%EOF", "a.pdf", "locked"),
        (b"%PDF-1.4\ntrailer << >>\n%%EOF", "a.pdf", "ok"),
        (b"a,b\n1,2\n3,4\n", "a.csv", "cannot_be"),
        (b"Rar!\x1a\x07\x01\x00" + bytes(100), "a.rar", "not_opened"),
        (b"PK\x03\x04" + bytes(40), "a.zip", "broken"),
    ],
)
def test_real_files(body: bytes, name: str, reason: str) -> None:
    assert said(body, name) == reason
