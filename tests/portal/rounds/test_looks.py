"""What is due between rounds: broken and changing datasets first, within what a day allows, and not twice."""

from datetime import date, timedelta
from pathlib import Path

from atalaya.countries.schedule import ScheduleRule
from atalaya.history.read import Sealed
from atalaya.portal.rounds.looks import records_due

RULE = ScheduleRule(look_days=(2, 60), looks_a_day=1000)
Rounds = tuple[Path, list[Sealed]]


def records(observation: Sealed, where: str) -> set[str]:
    """The records of the resources that satisfy a condition on their probe."""
    asked = {row["resource_id"] for row in observation.rows("probes", where)}
    return {str(row["record_id"]) for row in observation.rows("distributions") if row["resource_id"] in asked}


def test_nothing_is_due_on_the_day_of_the_round(two_small_rounds: Rounds) -> None:
    assert records_due(two_small_rounds[1][-1], date(2026, 1, 6), RULE, {}) == []


def test_what_is_broken_is_due_first_and_everything_in_the_end(two_small_rounds: Rounds) -> None:
    shown = two_small_rounds[1][-1]
    soon = set(records_due(shown, date(2026, 1, 8), RULE, {}))
    assert soon >= records(shown, "status IN (404, 410)")
    every = records_due(shown, date(2026, 1, 6) + timedelta(days=60), RULE, {})
    assert set(every) == records(shown, "true")
    assert soon < set(every)


def test_what_was_looked_at_waits_again(two_small_rounds: Rounds) -> None:
    shown = two_small_rounds[1][-1]
    today = date(2026, 1, 8)
    due = records_due(shown, today, RULE, {})
    assert due
    assert records_due(shown, today, RULE, dict.fromkeys(due, today)) == []


def test_no_more_than_a_day_allows_but_one_always(two_small_rounds: Rounds) -> None:
    shown, today = two_small_rounds[1][-1], date(2026, 4, 1)
    few = records_due(shown, today, ScheduleRule(look_days=(2, 60), looks_a_day=5), {})
    assert few == records_due(shown, today, RULE, {})[: len(few)]
    assert 1 < len(few) <= 5
    assert len(records_due(shown, today, ScheduleRule(look_days=(2, 60), looks_a_day=1), {})) == 1
