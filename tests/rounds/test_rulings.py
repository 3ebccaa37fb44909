"""Rulings of people on findings and duties: what a round makes of them, and for how long they hold."""

from datetime import date
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest

from atalaya.checks.check import finding_id
from atalaya.duties.verdicts import DutyVerdict, Evidence, Standing
from atalaya.history.read import Sealed
from atalaya.rounds.obliging import justified
from atalaya.rounds.rulings import (
    DISPUTE,
    INSTEAD,
    NOT_CONCERNED,
    Concern,
    concern_subject,
    deposit,
    dispute_ruling,
    read_concerns,
    read_upheld,
)
from atalaya.store.decisions import Decision, decisions
from atalaya.store.tables import Row

MOMENT = "2026-01-05T18:00:00Z"


def decided(kind: str, subject: str, ruling: Any) -> Decision:
    return Decision(kind=kind, subject=subject, ruling=dict(ruling), who="analyst", moment=MOMENT, why="two looked")


def outcome(sealed: Sealed, check: str, subject: str) -> Row:
    (row,) = sealed.rows("outcomes", "check_id = ? AND subject_id = ?", (check, subject))
    return row


def failing(sealed: Sealed) -> list[Row]:
    """One failing outcome of each check."""
    found: dict[str, Row] = {}
    for row in sealed.rows("outcomes", "verdict = 'fail'"):
        found.setdefault(str(row["check_id"]), row)
    return list(found.values())


def disputed(row: Row, verdict: str, **changed: Any) -> Decision:
    told = {
        "verdict": verdict,
        "check": str(row["check_id"]),
        "version": row["check_version"],
        "subject": str(row["subject_id"]),
        "reason": str(row["reason"]),
        "observation": "zz-1",
        **changed,
    }
    return decided(DISPUTE, finding_id(told["check"], told["subject"]), dispute_ruling(**told))


def test_what_was_upheld_stands_instead_in_the_next_round_and_no_other_outcome_changes(days: Any) -> None:
    one = days.observe(0)
    rows = failing(one)
    assert {row["level"] for row in rows} >= {"dataset", "resource"}
    assert len(rows) > len(INSTEAD)
    verdicts = dict(zip((row["check_id"] for row in rows), cycle(INSTEAD), strict=False))
    ruled = {}
    for row in rows:
        decision = disputed(row, verdicts[row["check_id"]])
        deposit(days.home, "zz", decision)
        ruled[row["check_id"], row["subject_id"]] = decision
    two = days.observe(1)
    for row in rows:
        after = outcome(two, str(row["check_id"]), str(row["subject_id"]))
        assert (after["verdict"], after["reason"]) == (verdicts[row["check_id"]], "dispute_upheld")
        assert after["finding_id"] is None
        assert after["evidence"] == {
            "decision": ruled[row["check_id"], row["subject_id"]].id,
            "instead_of": row["reason"],
        }
    others = {(r["check_id"], r["subject_id"]): (r["verdict"], r["reason"]) for r in two.rows("outcomes")}
    assert {key for key, (_, reason) in others.items() if reason == "dispute_upheld"} == set(ruled)
    assert {row["id"] for row in two.rows("decisions")} == {each.id for each in ruled.values()}


def test_a_ruling_holds_no_longer_than_what_it_was_made_on(days: Any) -> None:
    rows = failing(days.observe(0))[:3]
    for row, changed in zip(rows, ({"reason": "another"}, {"version": 99}, {"subject": "nobody"}), strict=True):
        deposit(days.home, "zz", disputed(row, "unknown", **changed))
    two = days.observe(1)
    for row in rows:
        after = outcome(two, str(row["check_id"]), str(row["subject_id"]))
        assert (after["verdict"], after["reason"]) == ("fail", row["reason"])


def test_a_decision_is_deposited_once(tmp_path: Path) -> None:
    ruling = {"concerns": False, "words": "art. 1"}
    decision = decided(NOT_CONCERNED, concern_subject("zz:uno", "law-1"), ruling)
    assert deposit(tmp_path, "zz", decision)
    assert not deposit(tmp_path, "zz", decision)
    assert decisions(tmp_path, "zz", NOT_CONCERNED) == (decision,)


def test_nothing_else_can_stand_instead() -> None:
    with pytest.raises(ValueError, match="'fail' cannot stand"):
        dispute_ruling(verdict="fail", check="c", version=1, subject="s", reason="r", observation="o")


def test_the_latest_ruling_holds_and_those_of_another_shape_are_left_out() -> None:
    first = dispute_ruling(verdict="unknown", check="c", version=1, subject="s", reason="r", observation="o")
    second = {**first, "verdict": "pass"}
    bare = {"verdict": "pass", "check": "c", "subject": "t", "observation": "o"}
    found = read_upheld([("1", "f", first), ("2", "f", second), ("3", "g", bare)])
    assert {subject: {c: (u.verdict, u.decision_id) for c, u in by.items()} for subject, by in found.items()} == {
        "s": {"c": ("pass", "2")}
    }
    says = [("1", "zz:a|d", {"concerns": False, "words": "art. 1"}), ("2", "zz:b|d", {"concerns": False, "words": ""})]
    assert read_concerns([*says, ("3", "zz:b|d", {"concerns": True})]) == {("zz:a", "d"): Concern("1", "art. 1")}


@pytest.mark.parametrize("standing", list(Standing))
def test_a_ruling_justifies_only_where_nothing_is_published(standing: Standing) -> None:
    verdict = DutyVerdict(
        institution_id="zz:uno",
        duty_id="law-1",
        period=None,
        standing=standing,
        rule="by_change@1",
        evidence=(Evidence(url="https://uno.example/", first_seen=date(2026, 1, 1)),),
        reason="not_found",
    )
    assert justified(verdict, None) is verdict
    after = justified(verdict, Concern("1", "art. 1 of the law"))
    if standing in (Standing.MISSING, Standing.HEADING_ONLY, Standing.UNKNOWN):
        assert (after.standing, after.justification) == (Standing.JUSTIFIED, "art. 1 of the law")
        assert after.evidence == verdict.evidence
    else:
        assert after is verdict
