"""Readings of several voices, and the status that a plan's rule shows from them and from dates."""

from datetime import date, timedelta

import pytest

from atalaya.commitments.partial_dates import read_range
from atalaya.commitments.plan import Milestone, StatusRule
from atalaya.commitments.readings import LEVELS, Reading, latest, share_of, shown
from atalaya.commitments.wording import LEVELS as TITLES

TODAY = date(2024, 6, 30)
MILESTONE = Milestone(number="1", start=read_range("2024-01"), end=read_range("2024-12"))
RULE = StatusRule()


def reading(voice: str = "institution", level: str = "started", days: int = 10, **values: object) -> Reading:
    return Reading(id="r", milestone="1", voice=voice, level=level, on=TODAY - timedelta(days=days), **values)  # type: ignore[arg-type]


def test_the_first_voice_of_the_rule_is_shown_and_said() -> None:
    both = [reading("institution", "complete"), reading("technical_table", "started", 20)]
    found = shown(MILESTONE, both, RULE, TODAY)
    assert (found.reading and found.reading.voice, found.level, found.timing) == (
        "technical_table",
        "started",
        "on_time",
    )
    other = shown(MILESTONE, both, StatusRule(voices=("institution",)), TODAY)
    assert (other.level, other.timing) == ("complete", "complete")


def test_the_newest_of_a_voice_stands_by_the_day_it_speaks_of() -> None:
    old = reading(level="complete", days=5, as_of=TODAY - timedelta(days=100))
    new = reading(level="started", days=10)
    assert latest([old, new], TODAY)["institution"] is new


def test_a_withdrawn_reading_counts_until_it_was_withdrawn() -> None:
    said = reading(withdrawn=TODAY)
    assert latest([said], TODAY) == {}
    assert latest([said], TODAY - timedelta(days=1)) == {"institution": said}


def test_what_was_not_said_yet_does_not_count() -> None:
    assert latest([reading(days=-1)], TODAY) == {}


def test_an_old_reading_is_shown_no_more_unless_it_says_complete() -> None:
    assert shown(MILESTONE, [reading(days=400)], RULE, TODAY).level is None
    assert shown(MILESTONE, [reading(level="complete", days=400)], RULE, TODAY).timing == "complete"


@pytest.mark.parametrize(
    ("milestone", "days", "timing", "late"),
    [
        (Milestone(number="1", end=read_range("2024-06-29")), 1, "late", 1),
        (Milestone(number="1", end=read_range("2024-06")), 1, "at_risk", None),
        (Milestone(number="1", end=read_range("2024-01/2024-06-20")), 1, "late", 10),
        (Milestone(number="1", start=read_range("2024-07"), end=read_range("2025")), None, "not_begun", None),
        (Milestone(number="1", start=read_range("2023-01"), end=read_range("2025-06")), None, "silent", None),
        (Milestone(number="1", start=read_range("2023-01"), end=read_range("2025-06")), 183, "on_time", None),
        (Milestone(number="1", start=read_range("2023-01"), end=read_range("2025-06")), 184, "silent", None),
        (Milestone(number="1"), 1, "unknown", None),
    ],
)
def test_timing_comes_from_dates(milestone: Milestone, days: int | None, timing: str, late: int | None) -> None:
    found = shown(milestone, [] if days is None else [reading(days=days)], RULE, TODAY)
    assert (found.timing, found.days_late) == (timing, late)


def test_citizens_are_heard_and_shown_only_where_the_rule_says_so() -> None:
    found = shown(MILESTONE, [reading("citizens", "not_started")], RULE, TODAY)
    assert found.level is None
    assert found.timing == "on_time"


def test_the_share_of_a_reading() -> None:
    assert share_of(reading(level="started"), RULE) == 0.5
    assert share_of(reading(level="started"), StatusRule(shares={"started": 0.0})) == 0.0
    assert share_of(reading(level="started", share=0.8), RULE) == 0.8
    assert share_of(reading(level="limited"), RULE) is None
    assert share_of(None, RULE) is None


def test_a_voice_and_a_share_that_cannot_be_are_refused() -> None:
    with pytest.raises(ValueError, match="voice 'press'"):
        reading("press")
    with pytest.raises(ValueError, match="share"):
        reading(share=1.5)


def test_every_level_has_its_title() -> None:
    assert {level for scale in LEVELS.values() for level in scale} <= set(TITLES)
