"""The matrix of the session of 29 March 2023, and the rules of who has not reported."""

from dataclasses import replace
from datetime import date

import pytest

from atalaya.commitments.partial_dates import read_range
from atalaya.commitments.plan import Commitment, Milestone, Plan, Version
from atalaya.commitments.sessions import NOT_DUE, NOT_REPORTED, REPORTED, Report, Session, matrix


def test_nineteen_cells_of_seven_institutions_were_reported(
    plans: dict[int, Plan], sessions: tuple[Session, ...]
) -> None:
    found = matrix(plans[5], sessions)
    assert found.reported(0) == 19
    assert len({name for row in found.rows for name in row.cells[0].institutions}) == 7


def test_what_is_known_and_was_not_reported_is_named(plans: dict[int, Plan], sessions: tuple[Session, ...]) -> None:
    found = matrix(plans[5], sessions)
    assert found.silent(0) == (1, 2, 5, 6, 9, 10, 11, 12)
    missing = {(row.commitment, row.milestone) for row in found.rows if row.cells[0].state == NOT_REPORTED}
    assert missing == {(1, "6"), (2, "1"), (2, "2"), (9, "2"), (9, "3"), (10, "1")}


def test_how_many_milestones_there_are_is_unknown_where_it_is(
    plans: dict[int, Plan], sessions: tuple[Session, ...]
) -> None:
    counts = {row.commitment: row.milestones for row in matrix(plans[5], sessions).commitments}
    assert counts == {number: 2 if number == 2 else None for number in range(1, 13)}


def plan(*milestones: Milestone, **values: object) -> Plan:
    return Plan(
        number=1,
        title="P",
        commitments=(Commitment(number=1, title="C", versions=(Version(id="v", milestones=milestones),)),),
        **values,  # type: ignore[arg-type]
    )


def session(day: int, *reports: Report) -> Session:
    return Session(id=f"s{day}", on=date(2024, 1, day), plan=1, reports=reports)


def test_sessions_stand_in_the_order_of_their_days_and_of_other_plans_not_at_all() -> None:
    later, earlier = session(20), session(10, Report(institution="X", commitment=1, milestones=("1.1",)))
    found = matrix(plan(Milestone(number="1")), [later, replace(session(1), plan=9), earlier])
    assert [each.id for each in found.sessions] == ["s10", "s20"]
    assert [cell.state for cell in found.rows[0].cells] == [REPORTED, NOT_REPORTED]


def test_a_milestone_that_has_not_begun_owes_no_report() -> None:
    found = matrix(plan(Milestone(number="1", start=read_range("2024-02"))), [session(10)])
    assert found.rows[0].cells[0].state == NOT_DUE
    assert found.silent(0) == ()


def test_two_institutions_report_one_milestone_and_one_twice_counts_once() -> None:
    reports = [Report(institution=name, commitment=1, milestones=("1",)) for name in ("X", "Y", "X")]
    found = matrix(plan(Milestone(number="1")), [session(10, *reports)])
    assert found.rows[0].cells[0].institutions == ("X", "Y")
    assert found.reported(0) == 2


def test_a_report_about_a_commitment_that_is_not_there_is_refused() -> None:
    with pytest.raises(
        ValueError, match="session s10 has a report of X about commitment 7, which plan 1 does not have"
    ):
        matrix(plan(), [session(10, Report(institution="X", commitment=7))])
