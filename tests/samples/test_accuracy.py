"""The comparison of labels with outcomes: counts by hand, missing outcomes, and thresholds."""

from types import ModuleType

import pytest

from atalaya.checks.registry import CHECKS


def label(check: str, subject: str, verdict: str, day: int = 1) -> dict[str, object]:
    return {"day": day, "check_id": check, "subject_id": subject, "verdict": verdict, "defect": None, "note": None}


def outcome(check: str, subject: str, verdict: str) -> dict[str, object]:
    return {"check_id": check, "subject_id": subject, "verdict": verdict}


LABELS = [
    label("reachable", "a", "fail"),
    label("reachable", "b", "fail"),
    label("reachable", "c", "pass"),
    label("reachable", "d", "unknown"),
    label("reachable", "a", "fail", day=2),
]


def test_counts_by_hand(accuracy: ModuleType) -> None:
    first = [outcome("reachable", s, v) for s, v in (("a", "fail"), ("b", "unknown"), ("c", "fail"), ("d", "unknown"))]
    found = accuracy.compare(LABELS, {1: first, 2: []})
    tally = found.checks["reachable"]
    assert (tally.hits, tally.false_alarms, tally.missed, tally.silent) == (1, 1, 2, 1)
    assert tally.precision == pytest.approx(1 / 2)
    assert tally.recall == pytest.approx(1 / 3)
    assert tally.agreement == pytest.approx(2 / 5)
    assert {(d.day, d.subject_id, d.said) for d in found.differences} == {
        (1, "b", "unknown"),
        (1, "c", "fail"),
        (2, "a", None),
    }


def test_the_same_day_and_subject_are_compared(accuracy: ModuleType) -> None:
    found = accuracy.compare([label("reachable", "a", "fail", day=2)], {1: [outcome("reachable", "a", "fail")], 2: []})
    assert found.checks["reachable"].missed == 1


def test_outcomes_without_a_label_do_not_count(accuracy: ModuleType) -> None:
    found = accuracy.compare(LABELS[2:3], {1: [outcome("reachable", "c", "pass"), outcome("other", "c", "fail")]})
    assert list(found.checks) == ["reachable"]
    assert found.every.agreement == 1


def test_shortfalls_name_what_is_missing(accuracy: ModuleType) -> None:
    labels = [label("reachable", f"{verdict}{n}", verdict) for verdict in ("pass", "fail") for n in range(6)]
    right = [outcome("reachable", str(row["subject_id"]), str(row["verdict"])) for row in labels]
    assert all("not planted at all" in reason for reason in accuracy.shortfalls(accuracy.compare(labels, {1: right})))
    wrong = [outcome("reachable", str(row["subject_id"]), "pass") for row in labels]
    assert any("recall 0.000" in reason for reason in accuracy.shortfalls(accuracy.compare(labels, {1: wrong})))
    few = accuracy.shortfalls(accuracy.compare(labels[:8], {1: right}))
    assert any("fewer than 5 planted fail" in reason for reason in few)


def test_the_table_has_a_line_for_each_check_and_one_for_all(accuracy: ModuleType) -> None:
    text = accuracy.table(accuracy.compare(LABELS, {1: []}))
    assert [line.split()[0] for line in text.splitlines()] == ["check", "reachable", "all"]


def test_a_check_without_a_label_is_a_shortfall(accuracy: ModuleType) -> None:
    found = accuracy.shortfalls(accuracy.compare([], {1: []}))
    assert {reason.partition(":")[0] for reason in found} == {
        check.id for check in CHECKS if check.level not in accuracy.ELSEWHERE
    }
