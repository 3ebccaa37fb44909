"""Measures of legal duties, worked by hand: four duties that can be told, one justified, two unknown."""

import pytest

from atalaya.measures.duties import FAMILY
from atalaya.measures.facts import Facts


def verdict(standing, institution="x:a", period="", **changes):
    facts = {"days_late": None, "open": None, "clicks": None, "gaps": []}
    return {
        "institution_id": institution,
        "duty_id": f"d{id(changes)}",
        "period": period,
        "standing": standing,
        **facts,
        **changes,
    }


VERDICTS = (
    verdict("current", open=True, clicks=2),
    verdict("current", open=None, clicks=1),  # nothing to report: not closed either
    verdict("late", open=False, clicks=3, days_late=40, gaps=["2025-01", "2025-02"]),
    verdict("late", open=True, clicks=None, days_late=11, gaps=["2025-03"]),
    verdict("not_open", open=False, clicks=2),
    verdict("missing"),
    verdict("heading_only", clicks=2),
    verdict("justified"),
    verdict("unknown"),
    verdict("missing", period="2025-01"),  # of a period: the duty as a whole counts
)


def measured(*verdicts, duties=None):
    facts = Facts("x", ("x:a",), (), (), (), (), duty_verdicts=verdicts, duties=duties or {})
    return {row["measure_id"]: row for row in FAMILY.make(facts)}


@pytest.mark.parametrize(
    ("measure", "passed"),
    [("duties_published", 5), ("duties_current", 2), ("duties_open", 3), ("duties_reachable", 4)],
)
def test_shares_of_the_duties_that_bind_and_are_not_justified(measure, passed):
    row = measured(*VERDICTS)[measure]
    assert (row["passed"], row["applied"], row["unknown"], row["not_applicable"]) == (passed, 7, 1, 1)
    assert row["value"] == pytest.approx(passed / 7)
    assert (row["low"], row["high"]) == (pytest.approx(passed / 8), pytest.approx((passed + 1) / 8))


def test_days_late_and_gaps():
    rows = measured(*VERDICTS)
    assert (rows["duties_days_late"]["value"], rows["duties_gaps"]["value"]) == (25.5, 3.0)
    on_time = measured(verdict("current", clicks=1))
    assert (on_time["duties_days_late"]["value"], on_time["duties_gaps"]["value"]) == (0.0, 0.0)
    assert measured(verdict("missing"))["duties_days_late"]["value"] is None


def test_a_site_that_was_not_read_leaves_everything_open():
    row = measured(duties={"x:a": 29})["duties_current"]
    assert (row["value"], row["unknown"], row["low"], row["high"], row["reason"]) == (None, 29, 0.0, 1.0, "not_read")
    assert measured()["duties_current"]["reason"] == "no_duties"


def test_the_ids():
    assert list(FAMILY.measure_ids(())) == sorted(measured())
