"""The cadence of looks, by its properties: within bounds, never later for what changes more or breaks, and settling."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atalaya.history.cadence import Seen, days_until_next

DAYS = st.integers(0, 5000)
CHANGES = st.integers(0, 500)
BOUNDS = st.tuples(st.integers(1, 400), st.integers(1, 400)).map(sorted)


@given(DAYS, CHANGES, st.none() | DAYS, BOUNDS)
def test_it_stays_within_the_bounds(days: int, changes: int, broken: int | None, bounds: list[int]) -> None:
    assert bounds[0] <= days_until_next(Seen(days=days, changes=changes, broken=broken), *bounds) <= bounds[1]


@given(DAYS, CHANGES, CHANGES, st.none() | DAYS, BOUNDS)
def test_what_changes_more_is_looked_at_no_later(
    days: int, one: int, more: int, broken: int | None, bounds: list[int]
) -> None:
    restless = days_until_next(Seen(days=days, changes=one + more, broken=broken), *bounds)
    assert restless <= days_until_next(Seen(days=days, changes=one, broken=broken), *bounds)


@given(DAYS, CHANGES, DAYS, BOUNDS)
def test_what_is_broken_is_looked_at_no_later(days: int, changes: int, broken: int, bounds: list[int]) -> None:
    whole = days_until_next(Seen(days=days, changes=changes), *bounds)
    assert days_until_next(Seen(days=days, changes=changes, broken=broken), *bounds) <= whole


@given(CHANGES, DAYS, BOUNDS)
def test_what_broke_just_now_is_looked_at_as_soon_as_may_be(changes: int, days: int, bounds: list[int]) -> None:
    assert days_until_next(Seen(days=days, changes=changes, broken=0), *bounds) == bounds[0]


@given(st.integers(2, 60), st.integers(1000, 4000))
def test_a_steady_rhythm_is_looked_at_twice_as_often_as_it_changes(every: int, times: int) -> None:
    assert abs(days_until_next(Seen(days=every * times, changes=times), 1, 400) - every / 2) <= 1


def test_what_was_seen_once_is_looked_at_after_half_of_the_longest_time() -> None:
    assert days_until_next(Seen(days=0, changes=0), 2, 60) == 30


@pytest.mark.parametrize("bounds", [(0, 5), (6, 5)])
def test_bounds_that_are_none_are_refused(bounds: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="are none"):
        days_until_next(Seen(days=1, changes=0), *bounds)


def test_a_negative_count_is_refused() -> None:
    with pytest.raises(ValueError, match="negative"):
        days_until_next(Seen(days=-1, changes=0), 1, 2)
