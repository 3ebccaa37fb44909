"""What can be told apart, and what nobody can say."""

from dataclasses import dataclass

import pytest

from atalaya.portal.observatory.intervals import is_above, leader, rose_or_fell


@dataclass(frozen=True)
class Made:
    value: float | None
    low: float | None = None
    high: float | None = None


SURE, HIGH, WIDE, NONE = Made(50.0), Made(70.0, 65.0, 75.0), Made(60.0, 40.0, 66.0), Made(None, 0.0, 100.0)


@pytest.mark.parametrize(
    ("one", "other", "above"),
    [
        (HIGH, SURE, True),
        (SURE, HIGH, False),
        (HIGH, WIDE, False),  # 65 against 66
        (WIDE, SURE, False),  # 40 against 50
        (Made(50.04), Made(50.0), False),  # pages show 50.0 twice
        (Made(50.1), Made(50.0), True),
        (NONE, SURE, False),
        (HIGH, NONE, False),
        (None, SURE, False),
    ],
)
def test_one_is_above_another_only_where_ends_lie_apart(one: Made | None, other: Made | None, above: bool) -> None:
    assert is_above(one, other) is above


def test_the_leader_is_above_all_others_that_are_known() -> None:
    assert leader({"a": HIGH, "b": SURE, "c": NONE}) == "a"
    assert leader({"a": HIGH, "b": SURE, "c": WIDE}) is None
    assert leader({"a": HIGH, "c": NONE}) is None
    assert leader({}) is None


def test_nothing_rises_inside_its_own_interval() -> None:
    assert rose_or_fell(SURE, HIGH) == 1
    assert rose_or_fell(HIGH, SURE) == -1
    assert rose_or_fell(WIDE, HIGH) == rose_or_fell(HIGH, HIGH) == rose_or_fell(None, HIGH) == 0
