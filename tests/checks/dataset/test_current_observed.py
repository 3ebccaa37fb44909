"""Edges of `current_observed`: how long to watch, and which change counts."""

from datetime import timedelta

import pytest

from atalaya.checks.cases import Prior
from atalaya.checks.dataset.current_observed import rule
from atalaya.checks.example_cases import AS_OF, dataset_case, resource_case
from atalaya.checks.outcomes import Verdict

ALLOWED = 37
"""Days that a monthly promise allows: a twelfth of a year times 1.2, rounded up."""


def seen(days: int, changed: int | None = None) -> Prior:
    change = AS_OF - timedelta(days=changed) if changed is not None else None
    return Prior(
        first_seen=AS_OF - timedelta(days=days), changed=change, changes=int(changed is not None), observations=3
    )


@pytest.mark.parametrize(
    ("days", "changed", "verdict"),
    [
        (ALLOWED, None, Verdict.UNKNOWN),
        (ALLOWED + 1, None, Verdict.FAIL),
        (300, ALLOWED, Verdict.PASS),
        (300, ALLOWED + 1, Verdict.FAIL),
        (2, 0, Verdict.PASS),
    ],
)
def test_watching(days: int, changed: int | None, verdict: Verdict) -> None:
    assert rule(dataset_case(prior=seen(days, changed))).verdict is verdict


def test_a_dataset_seen_for_the_first_time_is_unknown() -> None:
    assert rule(dataset_case()).verdict is Verdict.UNKNOWN


def test_a_change_of_any_resource_counts() -> None:
    resources = (resource_case(prior=seen(300)), resource_case(prior=seen(300, 5)))
    assert rule(dataset_case(prior=seen(300), resources=resources)).verdict is Verdict.PASS


def test_the_first_sight_is_no_change() -> None:
    prior = Prior(first_seen=AS_OF - timedelta(days=90), changed=AS_OF - timedelta(days=1), changes=0)
    assert rule(dataset_case(prior=prior)).verdict is Verdict.FAIL


def test_without_bytes_nothing_can_have_changed_before_our_eyes() -> None:
    case = dataset_case(prior=seen(300), resources=(resource_case(inspection=None),))
    assert rule(case).verdict is Verdict.UNKNOWN


def test_a_new_declared_date_is_no_change() -> None:
    assert rule(dataset_case(prior=seen(300), modified=AS_OF.isoformat())).verdict is Verdict.FAIL
