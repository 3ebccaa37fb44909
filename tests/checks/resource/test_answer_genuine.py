"""Edges of `answer_genuine`: what stands in the way depends on what was promised."""

import pytest

from atalaya.checks.example_cases import distribution, inspection, probe, resource_case
from atalaya.checks.outcomes import Verdict
from atalaya.checks.resource.answer_genuine import CHECK, HIDDEN, PAGES, rule
from atalaya.inspection.inspector import inspect_bytes
from atalaya.inspection.soft_failures.registry import IDS, KINDS


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.id)
def test_real_pages_of_every_kind(kind: object) -> None:
    for page in kind.examples:  # type: ignore[attr-defined]
        case = resource_case(inspection=inspect_bytes(page.encode(), url="https://datos.example.org/a.csv"))
        outcome = rule(case)
        assert outcome.reason == kind.id  # type: ignore[attr-defined]
        assert outcome.verdict is (Verdict.UNKNOWN if outcome.reason in HIDDEN else Verdict.FAIL)


def test_every_kind_has_a_sentence() -> None:
    assert set(IDS) <= CHECK.reasons.keys()


@pytest.mark.parametrize("kind", PAGES)
@pytest.mark.parametrize("declared", ["HTML", None])
def test_pages_are_right_where_nothing_else_is_promised(kind: str, declared: str | None) -> None:
    page = next(each for each in KINDS if each.id == kind).examples[0]
    published = distribution(format=declared, media_type=None)
    outcome = rule(resource_case(inspection=inspect_bytes(page.encode()), distribution=published))
    assert outcome.verdict is Verdict.PASS


def test_an_error_is_one_under_a_declared_page_too() -> None:
    page = inspect_bytes(b"<title>404 Not Found</title><h1>Not Found</h1>")
    assert rule(resource_case(inspection=page, distribution=distribution(format="HTML"))).reason == "not_found"


def test_a_file_at_a_home_address_is_a_file() -> None:
    moved = probe(final_url="https://datos.example.org/")
    assert rule(resource_case(inspection=inspection("csv"), probe=moved)).verdict is Verdict.PASS
