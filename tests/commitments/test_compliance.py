"""Clocks of what must happen again, on days that try them."""

from datetime import date

import pytest

from atalaya.commitments.compliance import clock, months_after, times_a_year


@pytest.mark.parametrize(
    ("day", "months", "after"),
    [
        (date(2023, 8, 31), 6, date(2024, 2, 29)),
        (date(2023, 3, 29), 6, date(2023, 9, 29)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2024, 3, 31), -12, date(2023, 3, 31)),
    ],
)
def test_months_after_a_day(day: date, months: int, after: date) -> None:
    assert months_after(day, months) == after


@pytest.mark.parametrize(
    ("today", "state", "left"),
    [
        (date(2023, 5, 1), "met", 151),
        (date(2023, 8, 15), "due_soon", 45),
        (date(2023, 9, 29), "due_soon", 0),
        (date(2023, 9, 30), "not_met", -1),
    ],
)
def test_the_six_months_after_a_session(today: date, state: str, left: int) -> None:
    found = clock("1.1", [date(2023, 3, 29)], 6, today)
    assert (found.state, found.days_left, found.due) == (state, left, date(2023, 9, 29))


def test_what_is_to_come_has_not_happened() -> None:
    assert clock("1.1", [date(2024, 1, 1)], 6, date(2023, 12, 31)).state == "unknown"


def test_the_longest_gap_counts_the_one_that_runs() -> None:
    found = clock("1.1", [date(2023, 1, 1), date(2023, 1, 31)], 6, date(2023, 12, 31))
    assert found.longest_gap_days == 334


def test_times_in_twelve_months() -> None:
    days = [date(2022, 6, 30), date(2023, 1, 10), date(2023, 6, 30)]
    assert times_a_year(days, 2, date(2023, 6, 30)) == ("met", 2)
    assert times_a_year(days, 3, date(2023, 6, 30)) == ("not_met", 2)
    assert times_a_year([], 1, date(2023, 6, 30)) == ("unknown", 0)


def test_a_clock_without_months_is_refused() -> None:
    with pytest.raises(ValueError, match="0 months"):
        clock("x", [], 0, date(2023, 1, 1))
