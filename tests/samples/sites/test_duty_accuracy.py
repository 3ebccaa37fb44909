"""The comparison of duty labels with verdicts: claims by hand, what only a browser sees, evidence, and thresholds."""

from typing import Any

import pytest

from benchmarks import duty_accuracy
from benchmarks.duty_accuracy import CLAIMS, SILENT


def label(duty: str, standing: str, period: str | None = None, **more: object) -> dict[str, Any]:
    return {
        "day": 1,
        "institution_id": "xm:a",
        "duty_id": duty,
        "period": period,
        "standing": standing,
        "without_browser": standing,
        "days_late": None,
        "gaps": [],
        "url": "https://a.example/",
        "character": "ordinary",
        "manner": "published",
        **more,
    }


def verdict(duty: str, standing: str, period: str = "", **more: object) -> dict[str, Any]:
    return {
        "institution_id": "xm:a",
        "duty_id": duty,
        "period": period,
        "standing": standing,
        "reason": "said",
        "days_late": None,
        "gaps": [],
        "evidence": [{"url": "https://a.example/"}],
        **more,
    }


LABELS = [
    label("one", "current"),
    label("two", "current"),
    label("three", "late", days_late=9),
    label("four", "missing"),
    label("five", "unknown"),
    label("six", "not_open"),
    label("three", "missing", "2025-11"),
    label("three", "current", "2025-10"),
]
VERDICTS = [
    verdict("one", "current"),
    verdict("two", "unknown"),  # not claimed
    verdict("three", "late", days_late=8),
    verdict("four", "heading_only"),  # claimed falsely
    verdict("five", "missing"),  # claimed though nobody can tell
    verdict("three", "missing", "2025-11"),
    verdict("nobody", "missing"),  # no label: does not count
]


def test_counts_by_hand() -> None:
    found = duty_accuracy.compare(LABELS, {1: VERDICTS}, browser=False)
    # Claims made: one, three, four, five; right: one and three. Planted claims: one, two, three, four, six.
    assert found.whole.precision(*CLAIMS) == pytest.approx(2 / 4)
    assert found.whole.recall(*CLAIMS) == pytest.approx(2 / 5)
    assert found.whole.cells["not_open", SILENT] == 1
    assert (found.periods.cells["missing", "missing"], found.periods.cells["current", SILENT]) == (1, 1)
    assert found.late_days == {False: 1}
    assert {each.key[2] for each in found.confusions} == {"two", "four", "five", "six", "three"}


def test_what_only_a_browser_sees_is_unknown_without_one() -> None:
    hidden = [
        label("one", "current", without_browser="unknown"),
        label("one", "current", "2025", without_browser="unknown"),
    ]
    without = duty_accuracy.compare(hidden, {1: [verdict("one", "unknown")]}, browser=False)
    assert (without.confusions, without.periods.cells) == ((), {})
    seen = duty_accuracy.compare(hidden, {1: [verdict("one", "unknown")]}, browser=True)
    assert len(seen.confusions) == 2


def test_the_same_day_is_compared() -> None:
    found = duty_accuracy.compare(
        [label("one", "current", day=2)], {1: [verdict("one", "current")], 2: []}, browser=False
    )
    assert found.whole.cells == {("current", SILENT): 1}


def test_verdicts_without_evidence_are_named() -> None:
    unproved = [verdict("one", "current", evidence=[]), verdict("two", "current", evidence=[{"url": ""}])]
    found = duty_accuracy.compare(LABELS[:2], {1: unproved}, browser=False)
    assert [key[2] for key in found.unproved] == ["one", "two"]
    assert any("2 verdicts cite no evidence" in reason for reason in duty_accuracy.shortfalls(found))


def test_what_falls_short_is_told() -> None:
    enough = [label(f"{standing}{n}", standing) for standing in duty_accuracy.STANDINGS for n in range(8)]
    right = [verdict(row["duty_id"], row["standing"]) for row in enough]
    assert duty_accuracy.shortfalls(duty_accuracy.compare(enough, {1: right}, browser=False)) == []
    wrong = [verdict(row["duty_id"], "missing") for row in enough]
    told = duty_accuracy.shortfalls(duty_accuracy.compare(enough[8:], {1: wrong}, browser=False))
    assert any("precision 0." in reason for reason in told)
    assert any("recall 0." in reason for reason in told)
    assert any("current: planted 0 times" in reason for reason in told)
    assert any(
        "have no verdict" in reason
        for reason in duty_accuracy.shortfalls(duty_accuracy.compare(enough, {}, browser=False))
    )


def test_the_text_names_confusions_with_a_case() -> None:
    found = duty_accuracy.compare(LABELS, {1: VERDICTS}, browser=False)
    text = duty_accuracy.confusions_text(found, 40)
    assert "duty, ordinary, published: planted missing, said heading_only (said), such as 1 xm:a four" in text
    assert duty_accuracy.table(found.whole).splitlines()[-1] == "claims: precision 0.500, recall 0.400"
