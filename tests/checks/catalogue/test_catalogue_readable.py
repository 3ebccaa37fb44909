"""Edges of `catalogue_readable`: every reason of a harvest is decided one way."""

import pytest

from atalaya.checks.catalogue.catalogue_readable import UNDECIDED, rule
from atalaya.checks.example_cases import catalogue_case
from atalaya.checks.outcomes import Verdict
from atalaya.harvest.protocol import REASONS


@pytest.mark.parametrize("reason", sorted(REASONS))
def test_every_reason_of_a_harvest_is_decided(reason: str) -> None:
    verdict = rule(catalogue_case("failed", reason=reason)).verdict
    assert verdict is (Verdict.UNKNOWN if reason in UNDECIDED else Verdict.FAIL)


def test_no_reason_is_no_answer() -> None:
    assert rule(catalogue_case("failed")).verdict is Verdict.UNKNOWN


def test_a_held_catalogue_is_unknown_whatever_the_reason() -> None:
    assert rule(catalogue_case("held", reason="html")).verdict is Verdict.UNKNOWN
