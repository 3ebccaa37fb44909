"""Edges of `identifier_unique`."""

import pytest

from atalaya.checks.dataset.identifier_unique import rule
from atalaya.checks.example_cases import dataset_case


@pytest.mark.parametrize(
    ("native_id", "occurrence", "reason"),
    [
        ("a", 1, "ok"),
        ("a", 2, "repeated"),
        ("a", 9, "repeated"),
        ("", 1, "missing"),
        ("  ", 1, "missing"),
        (None, 2, "missing"),
    ],
)
def test_identifier(native_id: str | None, occurrence: int, reason: str) -> None:
    assert rule(dataset_case(native_id=native_id, occurrence=occurrence)).reason == reason
