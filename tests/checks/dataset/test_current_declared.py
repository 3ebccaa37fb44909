"""Edges of `current_declared`: the last day that is in time, doubtful dates, and which date counts."""

from datetime import timedelta

import pytest

from atalaya.checks.dataset.current_declared import rule
from atalaya.checks.example_cases import AS_OF, dataset_case, distribution
from atalaya.checks.outcomes import Outcome, Verdict


def outcome_of(modified: str | None, frequency: str = "R/P1M", **changes: object) -> Outcome:
    return rule(dataset_case(modified=modified, frequency=frequency, **changes))


@pytest.mark.parametrize(
    ("frequency", "allowed"), [("R/P1D", 2), ("R/PT1S", 2), ("R/P1W", 9), ("R/P1M", 37), ("R/P3M", 110), ("R/P1Y", 439)]
)
def test_the_last_day_in_time(frequency: str, allowed: int) -> None:
    last = AS_OF - timedelta(days=allowed)
    assert outcome_of(last.isoformat(), frequency).verdict is Verdict.PASS
    late = outcome_of((last - timedelta(days=1)).isoformat(), frequency)
    assert (late.verdict, late.reason, late.evidence["allowed"]) == (Verdict.FAIL, "late", allowed)


def test_another_time_zone_is_not_the_future() -> None:
    assert outcome_of((AS_OF + timedelta(days=1)).isoformat()).verdict is Verdict.PASS
    assert outcome_of((AS_OF + timedelta(days=2)).isoformat()).reason == "date_ahead"


def test_a_future_date_is_not_mended_by_another_date() -> None:
    items = (distribution(modified="2026-03-20"),)
    assert outcome_of("2030-01-01", distributions=items).reason == "date_ahead"


def test_the_year_at_hand_is_not_the_future() -> None:
    outcome = outcome_of("2026")
    assert (outcome.verdict, outcome.evidence["days"]) == (Verdict.PASS, 0)


def test_the_newest_date_of_a_resource_counts() -> None:
    items = (distribution(modified="2026-03-20"), distribution(modified="2019-01-01"))
    assert outcome_of("2020-01-01", distributions=items).verdict is Verdict.PASS
    derived = (distribution(modified="2026-03-20", derived=True),)
    assert outcome_of("2020-01-01", distributions=derived).verdict is Verdict.FAIL


def test_the_date_of_issue_counts_where_nothing_was_changed_yet() -> None:
    assert outcome_of(None, issued="2026-03-20").verdict is Verdict.PASS
    assert outcome_of("hace poco", issued="2026-03-20").verdict is Verdict.UNKNOWN


@pytest.mark.parametrize(
    "frequency", [None, "", "UNKNOWN", "no especificada", "irregular", "eventual", "según demanda"]
)
def test_promising_nothing_earns_nothing(frequency: str | None) -> None:
    assert rule(dataset_case(frequency=frequency)).verdict is Verdict.FAIL


@pytest.mark.parametrize("title", ["Censo 2018", "Elecciones generales 2019-2023"])
def test_a_past_year_in_the_title_tells_the_period_of_a_closed_series(title: str) -> None:
    outcome = rule(dataset_case(frequency="NEVER", temporal=(), title={"es": title}))
    assert outcome.verdict is Verdict.NOT_APPLICABLE


def test_a_period_to_come_is_no_closed_series() -> None:
    assert (
        rule(dataset_case(frequency="NEVER", temporal=(), title={"es": "Plan 2040"})).reason == "closed_without_period"
    )
