"""Edges of `dates_consistent`: time zones, vague dates, resources."""

from atalaya.checks.dataset.dates_consistent import rule
from atalaya.checks.example_cases import dataset_case, distribution
from atalaya.checks.outcomes import Verdict


def test_one_day_ahead_is_another_time_zone() -> None:
    assert rule(dataset_case(modified="2026-04-01T05:00:00Z")).verdict is Verdict.PASS
    assert rule(dataset_case(modified="2026-04-02")).reason == "ahead"


def test_one_day_before_the_issue_is_another_time_zone() -> None:
    assert rule(dataset_case(issued="2026-03-11", modified="2026-03-10")).verdict is Verdict.PASS
    outcome = rule(dataset_case(issued="2026-03-12", modified="2026-03-10"))
    assert (outcome.verdict, outcome.reason) == (Verdict.UNKNOWN, "changed_before_issue")


def test_a_month_may_mean_any_of_its_days() -> None:
    assert rule(dataset_case(issued="2026-03", modified="2026-03-02")).verdict is Verdict.PASS


def test_resources_are_compared_each_for_itself() -> None:
    items = (distribution(issued="2026-01-10", modified="2020-01-01"),)
    assert rule(dataset_case(distributions=items)).reason == "changed_before_issue"
    derived = (distribution(issued="2026-01-10", modified="2020-01-01", derived=True),)
    assert rule(dataset_case(distributions=derived)).verdict is Verdict.PASS


def test_a_wrong_date_fails_beside_an_unreadable_one() -> None:
    assert rule(dataset_case(issued="ayer", modified="2031-01-01")).reason == "ahead"
