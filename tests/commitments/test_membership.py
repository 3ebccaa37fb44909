"""The duties of membership, each rule worked by hand; what nobody recorded is never done, and no term is made up."""

from datetime import date

import pytest

from atalaya.commitments.membership import Happening, MemberDuty, Term, duties_of, duty_standing, member_duties

TODAY = date(2026, 6, 15)
OLD = Term(plan=1, start=date(2022, 1, 1), end=date(2023, 12, 31))
NEW = Term(plan=2, start=date(2024, 3, 1), end=date(2026, 2, 28))


def duty(rule: str, amount: int | None = None, until: date | None = None) -> MemberDuty:
    return MemberDuty(
        id="d",
        number="",
        title={},
        what={},
        source="s",
        checked=True,
        told_by="records",
        rule=rule,
        amount=amount,
        until=until,
    )


def done(*days: date) -> list[Happening]:
    return [Happening(on=day, title=day.isoformat()) for day in days]


def told(duty_: MemberDuty, *days: date, terms: tuple[Term, ...] = ()) -> tuple[str, date | None, int | None]:
    found = duty_standing(duty_, done(*days), terms, TODAY)
    return found.state, found.due, found.days_left


def test_every_so_many_months() -> None:
    six = duty("every_months", 6)
    assert told(six, date(2026, 3, 1)) == ("met", date(2026, 9, 1), 78)
    assert told(six, date(2025, 12, 31)) == ("due_soon", date(2026, 6, 30), 15)
    assert told(six, date(2025, 6, 30), date(2025, 12, 1)) == ("not_met", date(2026, 6, 1), -14)
    assert told(six) == ("unknown", None, None)
    assert told(six, date(2026, 7, 1)) == ("unknown", None, None), "what is to come has not been"


def test_so_often_in_twelve_months_is_due_when_the_earliest_that_counts_falls_out() -> None:
    twice = duty("times_a_year", 2)
    assert told(twice, date(2025, 9, 1), date(2026, 1, 10)) == ("met", date(2026, 9, 1), 78)
    assert told(twice, date(2025, 7, 1), date(2026, 1, 10)) == ("due_soon", date(2026, 7, 1), 16)
    assert told(twice, date(2025, 6, 15), date(2026, 1, 10)) == ("not_met", None, None)
    assert told(twice) == ("unknown", None, None)


def test_once() -> None:
    assert told(duty("once"))[0] == "unknown"
    assert told(duty("once"), date(2012, 1, 1))[0] == "met"


def test_the_next_plan_comes_within_months_of_the_end_of_the_last() -> None:
    new_plan = duty("new_plan", 4)
    assert told(new_plan, terms=(OLD, NEW)) == ("due_soon", date(2026, 6, 28), 13)
    assert told(new_plan, terms=(OLD,)) == ("not_met", date(2024, 4, 30), -776)
    assert told(new_plan) == ("unknown", None, None)
    assert duty_standing(new_plan, (), (OLD, NEW), TODAY).last == Happening(on=date(2024, 3, 1), title="2")


@pytest.mark.parametrize(
    ("rule", "day", "state"),
    [
        ("once_a_plan", date(2021, 12, 31), "unknown"),
        ("once_a_plan", date(2022, 1, 1), "met"),
        ("after_plan", date(2026, 2, 27), "unknown"),
        ("after_plan", date(2026, 2, 28), "met"),
        ("mid_plan", date(2025, 2, 27), "unknown"),
        ("mid_plan", date(2025, 2, 28), "met"),
    ],
)
def test_once_for_a_plan(rule: str, day: date, state: str) -> None:
    assert told(duty(rule), day, terms=(OLD, NEW)) == (state, None, None)


def test_a_duty_that_binds_no_plan_any_more_says_so() -> None:
    assert told(duty("after_plan", until=date(2021, 12, 31)), terms=(OLD, NEW))[0] == "not_bound"
    assert told(duty("after_plan", until=date(2022, 6, 1)), terms=(OLD, NEW))[0] == "not_bound"
    assert told(duty("after_plan", until=date(2022, 6, 1)), date(2024, 1, 1), terms=(OLD, NEW))[0] == "met"
    assert told(duty("after_plan", until=date(2022, 6, 1)), terms=(OLD,))[0] == "unknown"


def test_the_duties_of_the_data_are_whole_and_each_has_its_source_in_both_languages() -> None:
    found = member_duties()
    assert len({each.id for each in found}) == len(found) >= 8
    for each in found:
        assert each.source.startswith("https://")
        assert set(each.title) == set(each.what) == {"es", "en"}


@pytest.mark.parametrize(
    ("rule", "amount"), [("sometimes", None), ("every_months", None), ("every_months", 0), ("once", 3)]
)
def test_a_duty_that_is_not_whole_is_named(rule: str, amount: int | None) -> None:
    value = {"id": "x", "number": "", "title": {}, "what": {}, "source": "", "checked": True, "told_by": "records"}
    with pytest.raises(ValueError, match="duty x"):
        duties_of([{**value, "rule": rule, "amount": amount}])
