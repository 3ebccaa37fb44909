"""Edges of `machine_readable`: the bytes decide."""

import pytest

from atalaya.checks.example_cases import broken, inspection, probe, resource_case, resource_in
from atalaya.checks.outcomes import Verdict
from atalaya.checks.resource.machine_readable import rule
from atalaya.inspection.findings import Defect


@pytest.mark.parametrize("true", ["csv", "tsv", "json", "geojson", "xml", "xls", "xlsx", "ods", "turtle", "parquet"])
def test_readable(true: str) -> None:
    assert rule(resource_in(true)).verdict is Verdict.PASS


@pytest.mark.parametrize("true", ["pdf", "doc", "docx", "png", "jpeg", "html", "json_error", "pptx"])
def test_for_people_only(true: str) -> None:
    assert rule(resource_in(true, format=true, media_type=None)).verdict is Verdict.FAIL


def test_blanks_alone_are_empty() -> None:
    blank = inspection(None, defects=(Defect(code="empty_file", place="file", detail=""),))
    assert rule(resource_case(inspection=blank)).reason == "empty"


def test_a_part_that_we_kept_is_judged_by_its_format() -> None:
    assert rule(resource_case(inspection=broken("xlsx"), probe=probe(whole=False))).verdict is Verdict.PASS
