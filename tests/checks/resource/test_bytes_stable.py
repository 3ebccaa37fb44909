"""Edges of `bytes_stable`: what was seen before, and what changed since."""

import pytest

from atalaya.checks.cases import Prior
from atalaya.checks.example_cases import resource_case
from atalaya.checks.resource.bytes_stable import rule
from atalaya.inspection.inspector import inspect_bytes

TABLE = "codigo,monto\n1,10\n2,20\n3,30\n"


def said(before: str, now: str) -> str:
    first, second = (inspect_bytes(text.encode(), url="https://x.example/a.csv") for text in (before, now))
    prior = Prior(sha256=first.sha256, content_sha256=first.content_sha256)
    return rule(resource_case(inspection=second, prior=prior)).reason


@pytest.mark.parametrize(
    ("now", "reason"),
    [
        (TABLE, "ok"),
        ("codigo,monto\n3,30\n1,10\n2,20\n", "regenerated"),
        (TABLE.replace("\n", "\r\n"), "regenerated"),
        (TABLE.replace(",", ";"), "regenerated"),
        (TABLE + "4,40\n", "renewed"),
    ],
)
def test_real_files(now: str, reason: str) -> None:
    assert said(TABLE, now) == reason
