"""Edges of `answer_genuine`: what stands in the way depends on what was promised."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from atalaya.checks.cases import Prior, ResourceCase
from atalaya.checks.contents import HIDDEN
from atalaya.checks.example_cases import AS_OF, distribution, inspection, probe, resource_case
from atalaya.checks.outcomes import Outcome, Verdict
from atalaya.checks.resource import available_to_machines, data_present, format_true, machine_readable
from atalaya.checks.resource.answer_genuine import CHECK, PAGES, rule
from atalaya.inspection.findings import Defect
from atalaya.inspection.inspector import inspect_bytes
from atalaya.inspection.soft_failures.registry import CODE, IDS, KINDS


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


@pytest.mark.parametrize("kind", ["blocked", "captcha"])
@pytest.mark.parametrize(
    "judge", [data_present.rule, format_true.rule, machine_readable.rule, available_to_machines.rule]
)
def test_what_a_filter_sends_is_held_against_no_file(kind: str, judge: Callable[[ResourceCase], Outcome]) -> None:
    sign = Defect(code=CODE, place=kind, detail="")
    outcome = judge(resource_case(inspection=inspection("html", tables=(), defects=(sign,))))
    assert (outcome.verdict, outcome.reason) == (Verdict.UNKNOWN, "hidden")


def test_a_filter_that_stays_is_a_lasting_refusal() -> None:
    sign = Defect(code=CODE, place="blocked", detail="")
    since = Prior(hidden_since=AS_OF - timedelta(days=90), unknown_rounds=3)
    case = resource_case(inspection=inspection("html", tables=(), defects=(sign,)), prior=since)
    assert available_to_machines.rule(case).reason == "hidden_too_long"


def test_a_refusal_in_xml_is_no_data() -> None:
    body = b"<?xml version='1.0'?><Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>"
    case = resource_case(inspection=inspect_bytes(body, url="https://x.example/a.csv"))
    assert rule(case).reason == "error_answer"
    assert data_present.rule(case).reason == "error_document"
    assert machine_readable.rule(case).reason == "error_document"
