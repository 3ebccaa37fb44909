"""Who sits in a body, and whether enough were there: exact, and unknown where nobody declared it."""

from datetime import date

import pytest

from atalaya.commitments.bodies import Seat, body_of, in_force, quorum, sits


@pytest.mark.parametrize(
    ("rule", "count", "members", "needed"),
    [
        ("more_than_half", None, 8, 5),
        ("more_than_half", None, 9, 5),
        ("more_than_half", None, 1, 1),
        ("two_thirds", None, 9, 6),
        ("two_thirds", None, 10, 7),
        ("two_thirds", None, 3, 2),
        ("all", None, 7, 7),
        ("count", 4, 7, 4),
        ("count", 4, 0, 4),
        ("", None, 8, None),
        ("more_than_half", None, 0, None),
    ],
)
def test_how_many_have_to_be_there(rule: str, count: int | None, members: int, needed: int | None) -> None:
    assert quorum(rule, count, members, 0).needed == needed


def test_a_quorum_is_reached_with_exactly_as_many_and_unknown_without_a_rule() -> None:
    assert [quorum("two_thirds", None, 9, present).reached for present in (5, 6, 7)] == [False, True, True]
    assert quorum("", None, 9, 9).reached is None


@pytest.mark.parametrize(("rule", "count"), [("most", None), ("count", None), ("count", 0)])
def test_a_rule_that_is_none_is_refused(rule: str, count: int | None) -> None:
    with pytest.raises(ValueError, match="quorum"):
        quorum(rule, count, 3, 3)


def test_the_first_and_last_day_are_in_a_term_and_an_unknown_first_day_holds_every_one() -> None:
    first, last = date(2026, 1, 1), date(2026, 1, 31)
    assert [sits(first, last, date(2026, 1, day)) for day in (1, 31)] == [True, True]
    assert not sits(first, last, date(2026, 2, 1))
    assert not sits(first, None, date(2025, 12, 31))
    assert sits(None, None, date(1900, 1, 1))
    seats = (Seat(name="a", sector="other", until=last, ended="withdrew"), Seat(name="b", sector="other"))
    assert [each.name for each in in_force(seats, date(2026, 2, 1))] == ["b"]


@pytest.mark.parametrize(
    ("member", "why"),
    [
        ({"since": "2026-02-30"}, "member 1"),
        ({"since": "2026-02-01", "until": "2026-01-01", "ended": "withdrew"}, "before it begins"),
        ({"until": "2026-01-01"}, "both or neither"),
        ({"ended": "withdrew"}, "both or neither"),
    ],
)
def test_a_member_that_cannot_be_is_named(member: dict[str, str], why: str) -> None:
    value = {"id": "mesa", "name": "Mesa", "kind": "other", "members": [{"name": "A", "sector": "other", **member}]}
    with pytest.raises(ValueError, match=rf"body mesa, member 1 \(A\).*|{why}") as told:
        body_of(value)
    assert why in str(told.value)


def test_a_quorum_by_number_needs_one() -> None:
    with pytest.raises(ValueError, match="needs quorum_count"):
        body_of({"id": "mesa", "name": "Mesa", "kind": "other", "quorum": "count"})
