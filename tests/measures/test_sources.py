"""Measures of sources: their own cases, whoever the records belong to."""

import pytest

from atalaya.measures.facts import CheckRule, Facts
from atalaya.measures.sources import measure_sources, unit_of

CHECKS = (CheckRule("mqa_keyword_availability", 1, "dataset"), CheckRule("licence_open", 1, "dataset"))
KEYWORDS = "mqa_keyword_availability@1"


def facts(verdicts: list[tuple[str, str]], **states: str) -> Facts:
    """Verdicts as (source, verdict), all of the check of keywords; no record has an institution."""
    outcomes = tuple(
        {"check_id": check, "check_version": 1, "level": "dataset", "source_id": source, "verdict": verdict}
        for source, verdict in verdicts
        for check in ("mqa_keyword_availability", "licence_open")
    )
    sources = tuple({"source_id": name, "state": state} for name, state in states.items())
    return Facts("x", ("x:a",), CHECKS, sources, (), outcomes)


@pytest.mark.parametrize(
    ("verdicts", "state", "figures"),
    [
        (["pass", "pass", "fail", "unknown"], "complete", (2 / 3, 2 / 4, 3 / 4, "cases")),
        (["pass"], "partial", (1.0, 1.0, 1.0, "cases")),
        (["unknown"], "held", (None, 0.0, 1.0, "undecided")),
        ([], "complete", (None, None, None, "no_cases")),
        ([], "failed", (None, 0.0, 1.0, "sources_unread:one=failed")),
    ],
)
def test_one_source(
    verdicts: list[str], state: str, figures: tuple[float | None, float | None, float | None, str]
) -> None:
    found = measure_sources(facts([("one", verdict) for verdict in verdicts], one=state), {KEYWORDS}, {state})
    assert [(row["measure_id"], row["institution_id"]) for row in found] == [(KEYWORDS, unit_of("one"))]
    assert tuple(found[0][key] for key in ("value", "low", "high", "reason")) == figures


def test_sources_are_counted_apart_and_those_that_nobody_asked_are_left_out() -> None:
    found = measure_sources(
        facts([("one", "pass"), ("two", "fail")], one="complete", two="complete", three="later"),
        {KEYWORDS},
        {"complete"},
    )
    assert {row["institution_id"]: row["value"] for row in found} == {"source:one": 1.0, "source:two": 0.0}
