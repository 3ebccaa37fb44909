"""Working days against published vectors, a made-up calendar, and their own arithmetic."""

from datetime import date, timedelta
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from atalaya.countries.calendar import (
    add_days,
    add_working_days,
    holidays_of,
    is_working_day,
    last_working_day,
    working_days_between,
)
from atalaya.countries.pack import CalendarRule, CountryPack

VECTORS = yaml.safe_load(Path(__file__).with_name("working_days.yml").read_text(encoding="utf-8"))
day = date.fromisoformat
DAYS = st.dates(date(2000, 1, 1), date(2060, 1, 1))
RULE = CalendarRule(weekend=(4, 5), added={"07-26": "feast", "2026-03-02": "vote", "02-29": "leap"})


@pytest.mark.parametrize("year", VECTORS["holidays"])
def test_holidays(gt: CountryPack, year: int) -> None:
    assert [d.isoformat() for d in holidays_of(year, gt.calendar)] == VECTORS["holidays"][year]


@pytest.mark.parametrize("terms", VECTORS["terms"], ids=lambda terms: terms["admitted"])
def test_legal_terms(gt: CountryPack, terms: dict[str, str]) -> None:
    rule, admitted = gt.calendar, day(terms["admitted"])
    due = add_working_days(admitted, 10, rule)
    without = CalendarRule(holidays_country=rule.holidays_country, removed=("08-15",))
    assert {
        "admitted": admitted.isoformat(),
        "due": due.isoformat(),
        "notice_from": add_working_days(due, -2, rule).isoformat(),
        "extended": add_working_days(due, 10, rule).isoformat(),
        "delivery_after_silence": add_working_days(due, 10, rule).isoformat(),
        "review": add_working_days(due, 15, rule).isoformat(),
        "due_natural": add_days(admitted, 10, "natural", rule).isoformat(),
        "due_without_15_august": add_working_days(admitted, 10, without).isoformat(),
    } == terms


@pytest.mark.parametrize("year", VECTORS["last_working_day_of_january"])
def test_last_working_day(gt: CountryPack, year: int) -> None:
    assert last_working_day(year, 1, gt.calendar).isoformat() == VECTORS["last_working_day_of_january"][year]


def test_last_working_day_of_a_year() -> None:
    assert last_working_day(2023, 12, CalendarRule()) == date(2023, 12, 29)


@pytest.mark.parametrize(
    ("text", "working"),
    [
        ("2026-03-01", True),  # a Sunday, which this country works
        ("2026-03-02", False),  # the day of the vote
        ("2027-03-02", True),
        ("2026-03-06", False),  # a Friday
        ("2026-07-26", False),
        ("2031-07-26", False),
        ("2024-02-29", False),
    ],
)
def test_a_calendar_of_its_own(text: str, working: bool) -> None:
    assert is_working_day(day(text), RULE) is working


def test_a_yearly_day_that_a_year_lacks_is_left_out() -> None:
    assert [d.isoformat() for d in holidays_of(2026, RULE)] == ["2026-03-02", "2026-07-26"]
    assert date(2024, 2, 29) in holidays_of(2024, RULE)


def test_an_unknown_unit_and_an_endless_weekend_are_refused() -> None:
    with pytest.raises(ValueError, match="lunar"):
        add_days(date(2026, 1, 1), 1, "lunar", RULE)
    with pytest.raises(ValueError, match="weekend"):
        add_working_days(date(2026, 1, 1), 1, CalendarRule(weekend=(0, 1, 2, 3, 4, 5, 6)))


@given(DAYS, st.integers(1, 60))
def test_adding_and_counting_agree(start: date, count: int) -> None:
    end = add_working_days(start, count, RULE)
    assert is_working_day(end, RULE)
    assert working_days_between(start, end, RULE) == count
    assert working_days_between(start, end - timedelta(days=1), RULE) == count - 1


@given(DAYS, st.integers(1, 60))
def test_there_and_back(start: date, count: int) -> None:
    working = add_working_days(start, 1, RULE)
    assert add_working_days(add_working_days(working, count, RULE), -count, RULE) == working


@given(DAYS, st.integers(0, 30), st.integers(0, 30))
def test_terms_follow_one_another(start: date, first: int, second: int) -> None:
    both = add_working_days(start, first + second, RULE)
    assert add_working_days(add_working_days(start, first, RULE), second, RULE) == both
