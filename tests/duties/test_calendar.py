"""What falls due, worked by hand, and the arithmetic of periods behind it."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atalaya.countries.pack import UpdateRule
from atalaya.duties.periods import Period
from atalaya.duties.series import (
    Length,
    after_stated,
    between,
    containing,
    due,
    following,
    newest_due,
    preceding,
    read_length,
)
from atalaya.exceptions import CountryPackError

DAYS = st.dates(date(1900, 1, 1), date(2200, 12, 31))
LENGTHS = st.sampled_from(
    [read_length(each) for each in ("P1M", "P2M", "P3M", "P4M", "P6M", "P1Y", "P5Y", "P1W", "P1D", "P10D")]
)
RULES = st.builds(
    lambda days: UpdateRule(id="x", law="x", title={}, every="P1M", within_days=days), st.sampled_from([None, 1, 30])
)


@pytest.mark.parametrize(
    ("duration", "day", "expected"),
    [
        ("P1M", date(2024, 2, 29), "2024-02"),
        ("P3M", date(2024, 12, 31), "2024-Q4"),
        ("P6M", date(2024, 7, 1), "2024-S2"),
        ("P1Y", date(2024, 7, 1), "2024"),
        ("P1D", date(2024, 7, 1), "2024-07-01"),
        ("P1W", date(2026, 1, 4), "2025-12-29/2026-01-04"),
    ],
)
def test_the_period_of_a_day(duration, day, expected):
    assert str(containing(read_length(duration), day)) == expected


@pytest.mark.parametrize("duration", ["", "P", "P1M1D", "monthly", "P0M", "PT1H"])
def test_what_is_no_length(duration):
    with pytest.raises(CountryPackError, match="P1M, P1Y or P7D"):
        read_length(duration)


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        (Period(date(2024, 1, 1), date(2024, 12, 31)), "2025"),
        (Period(date(2024, 12, 1), date(2024, 12, 31)), "2025-01"),
        (Period(date(2024, 10, 1), date(2024, 12, 31)), "2025-Q1"),
        (Period(date(2024, 7, 1), date(2024, 12, 31)), "2025-S1"),
        (Period(date(2024, 5, 9), date(2024, 5, 9)), "2025"),
        (Period(date(2024, 5, 6), date(2024, 5, 12)), "2025"),
        (Period(date(2016, 1, 1), date(2020, 12, 31)), None),
    ],
)
def test_what_follows_what_a_thing_states(stated, expected):
    found = after_stated(stated)
    assert (None if found is None else str(found)) == expected


def test_days_before_an_event():
    rule = UpdateRule(id="x", law="x", title={}, hours_before=25)
    assert due(Period(date(2026, 3, 10), date(2026, 3, 10)), rule) == date(2026, 3, 8)


@given(LENGTHS, DAYS)
def test_periods_follow_each_other_without_a_gap(length: Length, day: date):
    here = containing(length, day)
    assert here.first <= day <= here.last
    assert following(length, here).first == here.last + timedelta(days=1)
    assert preceding(length, following(length, here)) == here
    assert list(between(length, preceding(length, here), following(length, here)))[1] == here


@given(LENGTHS, RULES, DAYS)
def test_the_newest_due_period_is_the_last_that_is_overdue(length: Length, rule: UpdateRule, day: date):
    newest = newest_due(length, rule, day)
    assert due(newest, rule) < day <= due(following(length, newest), rule)
