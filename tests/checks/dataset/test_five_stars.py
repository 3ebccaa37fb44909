"""Edges of `five_stars`: stars of each format, and what is decided without seeing everything."""

import pytest

from atalaya.checks.dataset.five_stars import rule, stars_of
from atalaya.checks.example_cases import dataset_case, inspection, probe, resource_case, resource_in, table
from atalaya.checks.outcomes import Verdict
from atalaya.inspection.findings import Member

UNSEEN = resource_case(inspection=None)


@pytest.mark.parametrize(
    ("format_id", "stars"),
    [
        ("pdf", 1),
        ("docx", 1),
        ("png", 1),
        ("xls", 2),
        ("xlsx", 2),
        ("csv", 3),
        ("ods", 3),
        ("json", 3),
        ("xml", 3),
        ("turtle", 4),
    ],
)
def test_stars_of_formats(format_id: str, stars: int) -> None:
    assert stars_of(resource_in(format_id, format=format_id, media_type=None)) == stars


def test_an_archive_has_the_stars_of_its_best_member() -> None:
    members = (Member(path="a.pdf", size=1, format="pdf"), Member(path="a.csv", size=1, format="csv"))
    assert stars_of(resource_case(inspection=inspection("zip", members=members))) == 3


@pytest.mark.parametrize(
    "inspected", [inspection("html"), inspection("json_error"), inspection(size=0), inspection(tables=(table(rows=0),))]
)
def test_without_data_there_is_no_star(inspected: object) -> None:
    assert stars_of(resource_case(inspection=inspected)) == 0


def test_the_best_resource_counts() -> None:
    outcome = rule(dataset_case(resources=(resource_in("pdf"), resource_case(), UNSEEN)))
    assert (outcome.verdict, outcome.evidence["stars"]) == (Verdict.PASS, 3)


def test_an_unseen_resource_may_be_better() -> None:
    assert rule(dataset_case(resources=(resource_in("xlsx"), UNSEEN))).verdict is Verdict.UNKNOWN


@pytest.mark.parametrize("licence", [None, "CC BY-NC 4.0", "other-open"])
def test_without_an_open_licence_nothing_needs_to_be_seen(licence: str | None) -> None:
    assert rule(dataset_case(licence=licence, resources=(UNSEEN,))).reason == "no_open_licence"


def test_an_address_that_is_gone_for_good_is_not_better() -> None:
    gone = resource_case(inspection=None, probe=probe(410, second_look=True))
    assert rule(dataset_case(resources=(resource_in("xlsx"), gone))).verdict is Verdict.FAIL


def test_two_stars_fail_whatever_the_licence() -> None:
    assert rule(dataset_case(licence="Términos del portal", resources=(resource_in("xlsx"),))).verdict is Verdict.FAIL
    assert rule(dataset_case(licence="Términos del portal")).verdict is Verdict.UNKNOWN
