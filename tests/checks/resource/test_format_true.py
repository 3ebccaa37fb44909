"""Edges of `format_true`: special cases, several formats, archives."""

import pytest

from atalaya.checks.example_cases import broken, distribution, inspection, resource_case
from atalaya.checks.outcomes import Outcome, Verdict
from atalaya.checks.resource.format_true import rule
from atalaya.inspection.findings import Defect, Member


def outcome_of(declared: str | None, true: str | None, *members: str | None, media_type: str | None = None) -> Outcome:
    inside = tuple(Member(path=f"f{n}", size=1, format=each) for n, each in enumerate(members))
    item = distribution(format=declared, media_type=media_type)
    return rule(resource_case(distribution=item, inspection=inspection(true, members=inside)))


@pytest.mark.parametrize(
    ("declared", "true", "members"),
    [
        ("CSV", "csv", ()),
        ("CSV", "tsv", ()),
        ("Excel", "xls", ()),
        ("Excel", "xlsx", ()),
        ("JSON", "geojson", ()),
        ("XML", "kml", ()),
        ("RDF", "turtle", ()),
        ("CSV; XLSX; PDF", "pdf", ()),
        ("ZIP", "zip", ("pdf",)),
        ("ZIP", "zip", ()),
        ("ZIP+CSV", "zip", ("csv", "pdf")),
        ("ZIP+CSV", "zip", (None,)),
        ("ZIP+CSV", "csv", ()),
    ],
)
def test_true(declared: str, true: str, members: tuple[str | None, ...]) -> None:
    assert outcome_of(declared, true, *members).verdict is Verdict.PASS


@pytest.mark.parametrize(
    ("declared", "true", "members", "reason"),
    [
        ("XLS", "xlsx", (), "other_format"),
        ("GeoJSON", "json", (), "other_format"),
        ("CSV", "xlsx", (), "other_format"),
        ("XLS", "html", (), "page"),
        ("CSV", "json_error", (), "error_document"),
        ("JSON", "json_error", (), "error_document"),
        ("CSV", "zip", ("csv",), "packed"),
        ("CSV", "zip", ("pdf",), "other_format"),
        ("CSV", "gzip", ("csv",), "packed"),
        ("ZIP+CSV", "zip", ("xlsx",), "other_contents"),
    ],
)
def test_false(declared: str, true: str, members: tuple[str, ...], reason: str) -> None:
    outcome = outcome_of(declared, true, *members)
    assert (outcome.verdict, outcome.reason) == (Verdict.FAIL, reason)


def test_the_media_type_stands_in_for_a_missing_format() -> None:
    assert outcome_of(None, "csv", media_type="text/csv; charset=utf-8").verdict is Verdict.PASS
    assert outcome_of(None, "pdf", media_type="text/csv").verdict is Verdict.FAIL


def test_an_error_page_under_a_declared_page_is_false() -> None:
    page = inspection("html", defects=(Defect(code="soft_failure", place="not_found", detail=""),))
    case = resource_case(distribution=distribution(format="HTML", media_type=None), inspection=page)
    assert rule(case).reason == "error_document"


def test_half_a_file_is_still_of_its_format() -> None:
    assert rule(resource_case(inspection=broken("csv"))).verdict is Verdict.PASS
