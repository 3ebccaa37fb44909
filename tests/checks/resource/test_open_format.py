"""Edges of `open_format`: the bytes decide."""

import pytest

from atalaya.checks.example_cases import inspection, resource_case, resource_in
from atalaya.checks.outcomes import Verdict
from atalaya.checks.resource.open_format import rule
from atalaya.inspection.findings import Member


@pytest.mark.parametrize("true", ["csv", "json", "geojson", "xml", "turtle", "ods", "png", "kml", "parquet"])
def test_open(true: str) -> None:
    assert rule(resource_in(true)).verdict is Verdict.PASS


@pytest.mark.parametrize("true", ["xls", "xlsx", "doc", "docx", "pdf", "rar"])
def test_closed(true: str) -> None:
    assert rule(resource_in(true, format=true, media_type=None)).verdict is Verdict.FAIL


def test_one_open_file_in_an_archive_is_enough() -> None:
    members = (Member(path="leame.pdf", size=1, format="pdf"), Member(path="d.csv", size=1, format="csv"))
    assert rule(resource_case(inspection=inspection("zip", members=members))).verdict is Verdict.PASS
    assert rule(resource_case(inspection=inspection("zip", members=members[:1]))).verdict is Verdict.FAIL


def test_a_declared_page_is_an_open_format() -> None:
    assert rule(resource_in("html", format="HTML", media_type=None)).verdict is Verdict.PASS


@pytest.mark.parametrize("true", ["html", "json_error", "ogc_exception"])
def test_an_error_earns_no_credit(true: str) -> None:
    assert rule(resource_in(true)).verdict is Verdict.UNKNOWN
