"""Edges of the checks on shares of a catalogue: exactly the share that may be, and one more."""

import pytest

from atalaya.checks.catalogue import catalogue_identifiers_lasting, catalogue_original, catalogue_titles_distinct
from atalaya.checks.example_cases import catalogue_case
from atalaya.checks.outcomes import Verdict


@pytest.mark.parametrize(("number", "verdict"), [(25, Verdict.PASS), (26, Verdict.FAIL)])
def test_series_of_others(number: int, verdict: Verdict) -> None:
    assert catalogue_original.rule(catalogue_case(datasets=100, republished=number)).verdict is verdict


@pytest.mark.parametrize(("number", "verdict"), [(5, Verdict.PASS), (6, Verdict.FAIL)])
def test_titles_and_identifiers(number: int, verdict: Verdict) -> None:
    assert catalogue_titles_distinct.rule(catalogue_case(datasets=100, repeated_titles=number)).verdict is verdict
    assert catalogue_identifiers_lasting.rule(catalogue_case(known=100, renamed=number)).verdict is verdict
