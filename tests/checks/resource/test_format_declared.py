"""Edges of `format_declared`: how publishers write formats."""

import pytest

from atalaya.checks.example_cases import resource_in
from atalaya.checks.outcomes import Verdict
from atalaya.checks.resource.format_declared import rule


@pytest.mark.parametrize(
    "written", ["CSV", ".csv", "CSV, EXCEL", "zip, contiene archivos csv", "application/msword", "servicio web"]
)
def test_recognised(written: str) -> None:
    assert rule(resource_in(None, format=written, media_type=None)).verdict is Verdict.PASS


@pytest.mark.parametrize("written", ["por definir", "recurso", "archivo de muestra"])
def test_words_that_are_no_format_fail(written: str) -> None:
    outcome = rule(resource_in(None, format=written, media_type=None))
    assert (outcome.verdict, outcome.evidence["written"]) == (Verdict.FAIL, written)


@pytest.mark.parametrize("written", [None, "", "   "])
def test_nothing_declared(written: str | None) -> None:
    assert rule(resource_in(None, format=written, media_type=written)).reason == "missing"


def test_a_silent_media_type_is_no_declaration() -> None:
    outcome = rule(resource_in("csv", format=None, media_type="application/octet-stream"))
    assert outcome.verdict is Verdict.FAIL
