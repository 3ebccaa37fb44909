"""Edges of `encoding_utf8`: which files are texts, and which names mean UTF-8."""

import pytest

from atalaya.checks.example_cases import inspection, resource_case, resource_in
from atalaya.checks.outcomes import Verdict
from atalaya.checks.resource.encoding_utf8 import rule
from atalaya.inspection.findings import Member


def verdict(encoding: str | None, format_id: str = "csv") -> Verdict:
    return rule(resource_case(inspection=inspection(format_id, encoding=encoding))).verdict


@pytest.mark.parametrize("encoding", ["utf-8", "UTF-8", "utf8", "utf_8_sig", "ascii", "US-ASCII"])
def test_utf_8(encoding: str) -> None:
    assert verdict(encoding) is Verdict.PASS


@pytest.mark.parametrize("encoding", ["cp1252", "latin-1", "iso-8859-1", "utf-16", "utf-16-le", "cp850", "shift_jis"])
def test_others(encoding: str) -> None:
    assert verdict(encoding) is Verdict.FAIL


@pytest.mark.parametrize("format_id", ["tsv", "txt", "json", "geojson", "xml"])
def test_every_text_is_judged(format_id: str) -> None:
    assert verdict("cp1252", format_id) is Verdict.FAIL


@pytest.mark.parametrize("format_id", ["xlsx", "ods", "pdf", "png", "parquet"])
def test_what_is_no_text_is_not(format_id: str) -> None:
    assert rule(resource_in(format_id)).verdict is Verdict.NOT_APPLICABLE


def test_a_text_inside_an_archive_is_judged() -> None:
    packed = inspection("zip", encoding="cp1252", members=(Member(path="d.csv", size=1, format="csv"),))
    assert rule(resource_case(inspection=packed)).verdict is Verdict.FAIL
