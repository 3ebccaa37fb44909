"""Edges of `catalogue_complete`."""

import pytest

from atalaya.checks.catalogue.catalogue_complete import rule
from atalaya.checks.example_cases import catalogue_case


@pytest.mark.parametrize(
    ("state", "facts", "reason"),
    [
        ("complete", {}, "ok"),
        ("complete", {"unread_fields": 40}, "ok"),
        ("complete", {"declared_total": 0, "datasets": 3}, "more"),
        ("partial", {"declared_total": 30}, "fewer"),
        ("partial", {"declared_total": 20}, "partial"),
        ("partial", {"declared_total": 30, "reason": "page_failed"}, "page_failed"),
        ("complete", {"declared_total": 30, "reason": "page_failed"}, "fewer"),
        ("complete", {"problems": 1, "declared_total": None}, "problems"),
        ("failed", {"declared_total": 5, "datasets": 0}, "not_read"),
        ("held", {}, "not_read"),
        ("complete", {"datasets": 0, "declared_total": None}, "nothing_listed"),
    ],
)
def test_completeness(state: str, facts: dict[str, int | None], reason: str) -> None:
    assert rule(catalogue_case(state, **facts)).reason == reason
