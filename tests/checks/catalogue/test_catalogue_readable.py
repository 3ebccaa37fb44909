"""Edges of `catalogue_readable`: every reason of a harvest is decided one way."""

from datetime import timedelta

import pytest

from atalaya.checks.cases import Prior
from atalaya.checks.catalogue.catalogue_readable import UNDECIDED, rule
from atalaya.checks.example_cases import AS_OF, catalogue_case
from atalaya.checks.outcomes import Verdict
from atalaya.harvest.protocol import REASONS

DAY = timedelta(days=1)


@pytest.mark.parametrize("reason", sorted(REASONS))
def test_every_reason_of_a_harvest_is_decided(reason: str) -> None:
    verdict = rule(catalogue_case("failed", reason=reason)).verdict
    assert verdict is (Verdict.UNKNOWN if reason in UNDECIDED else Verdict.FAIL)


@pytest.mark.parametrize("prior", [Prior(unreached_since=AS_OF - DAY), Prior(failing_since=AS_OF - DAY)])
def test_a_dead_server_counts_when_two_days_agree(prior: Prior) -> None:
    assert rule(catalogue_case("failed", reason="http", prior=prior)).verdict is Verdict.FAIL
    assert rule(catalogue_case("failed", reason="error_object", prior=prior)).verdict is Verdict.UNKNOWN


def test_two_looks_on_one_day_do_not_count() -> None:
    assert (
        rule(catalogue_case("failed", reason="unreachable", prior=Prior(unreached_since=AS_OF))).reason == "no_answer"
    )


def test_no_reason_is_no_answer() -> None:
    assert rule(catalogue_case("failed")).verdict is Verdict.UNKNOWN


@pytest.mark.parametrize(
    ("reason", "verdict"),
    [
        ("shrunk", Verdict.UNKNOWN),
        ("below_least", Verdict.UNKNOWN),
        ("unreachable", Verdict.UNKNOWN),
        ("html", Verdict.FAIL),
    ],
)
def test_a_held_catalogue_is_judged_by_what_held_it(reason: str, verdict: Verdict) -> None:
    assert rule(catalogue_case("held", reason=reason)).verdict is verdict
