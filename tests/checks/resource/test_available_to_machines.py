"""Edges of `available_to_machines`: how long a refusal may last."""

from datetime import timedelta

import pytest

from atalaya.checks.cases import Prior
from atalaya.checks.example_cases import AS_OF, probe, resource_case
from atalaya.checks.outcomes import Verdict
from atalaya.checks.resource.available_to_machines import LONGEST_DAYS, LONGEST_ROUNDS, rule


def verdict(days: int, rounds_before: int, status: int | None = 403, failure: str | None = None) -> Verdict:
    prior = Prior(hidden_since=AS_OF - timedelta(days=days), unknown_rounds=rounds_before)
    return rule(resource_case(probe=probe(status, failure=failure), prior=prior)).verdict


@pytest.mark.parametrize(
    ("days", "rounds_before", "expected"),
    [
        (LONGEST_DAYS - 1, 1, Verdict.UNKNOWN),
        (LONGEST_DAYS, 1, Verdict.FAIL),
        (10, LONGEST_ROUNDS - 2, Verdict.UNKNOWN),
        (10, LONGEST_ROUNDS - 1, Verdict.FAIL),
    ],
)
def test_sixty_days_or_five_rounds(days: int, rounds_before: int, expected: Verdict) -> None:
    assert verdict(days, rounds_before) is expected
    assert verdict(days, rounds_before, None, "robots") is expected


def test_a_limit_of_requests_never_fails() -> None:
    assert verdict(900, 90, 429) is Verdict.UNKNOWN


@pytest.mark.parametrize(("status", "failure"), [(404, None), (503, None), (None, "dns"), (None, "url")])
def test_what_fails_is_not_hidden(status: int | None, failure: str | None) -> None:
    assert verdict(900, 90, status, failure) is Verdict.NOT_APPLICABLE


def test_rounds_of_failing_before_the_first_refusal_do_not_count() -> None:
    case = resource_case(probe=probe(403), prior=Prior(unknown_rounds=9))
    assert rule(case).verdict is Verdict.UNKNOWN


def test_nothing_asked_is_our_doing() -> None:
    case = resource_case(probe=None, prior=Prior(hidden_since=AS_OF - timedelta(days=99), unknown_rounds=9))
    assert rule(case).verdict is Verdict.UNKNOWN
