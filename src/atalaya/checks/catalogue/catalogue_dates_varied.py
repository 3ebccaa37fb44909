"""The dates of last change belong to the datasets, and are not stamped on all of them by the program that exports.

All datasets bearing one and the same moment of today, to the minute and second, fail at once: nobody finished them all
together. Where they bear only the day, it counts when another observation had its own day on all of them too.
"""

from datetime import timedelta
from typing import Any

from atalaya.checks.cases import CatalogueCase, Prior
from atalaya.checks.check import Check, Dimension, Effort, Example, Level
from atalaya.checks.example_cases import AS_OF, catalogue_case
from atalaya.checks.outcomes import Outcome, Verdict, failed, not_applicable, passed, unknown

LEAST = 5
"""Dated datasets from which one date for all of them says something: fewer may really have been renewed together."""

NEAR = timedelta(days=1)
"""A day this near to the observation is its own: it may be another time zone."""

READ = ("complete", "partial")


def rule(case: CatalogueCase) -> Outcome:
    """The outcome of one catalogue."""
    if case.state not in READ:
        return unknown("not_read")
    if case.dated < LEAST:
        return not_applicable("too_few", dated=case.dated)
    day = case.common_day
    if day is None or case.same_day < case.dated or abs(case.as_of - day) > NEAR:
        return passed("ok", dated=case.dated)
    facts: dict[str, str | int] = {"dated": case.dated, "date": day.isoformat()}
    if case.same_moment == case.dated:
        return failed("one_moment", **facts)
    before = case.prior
    if before.declared is None or before.last_seen is None or before.declared == day:
        return unknown("one_day_once", **facts)
    own = abs(before.last_seen - before.declared) <= NEAR
    return (
        failed("follows_reading", **facts, before=before.declared.isoformat())
        if own
        else unknown("one_day_once", **facts)
    )


def _before(days: int) -> Prior:
    return Prior(observations=1, last_seen=AS_OF - timedelta(days=7), declared=AS_OF - timedelta(days=days))


_TODAY: dict[str, Any] = {"dated": 20, "same_day": 20, "common_day": AS_OF}

CHECK = Check(
    id="catalogue_dates_varied",
    version=1,
    level=Level.CATALOGUE,
    dimension=Dimension.CURRENCY,
    title="Dates of change are not stamped by the export",
    text="The datasets of the catalogue do not all bear the moment of the reading as their date of last change. Judged "
    "from {least} dated datasets on.",
    remedy="Let the export write the date on which the data of each dataset were last changed, instead of its own "
    "moment.",
    effort=Effort.MEDIUM,
    thresholds={"least": LEAST},
    fields=("as_of", "state", "dated", "same_moment", "same_day", "common_day", "prior.declared", "prior.last_seen"),
    reasons={
        "ok": "The {dated} dates of last change are not those of the reading.",
        "one_moment": "All {dated} datasets bear one and the same moment of {date}, that of the reading.",
        "follows_reading": "All {dated} datasets were last changed on {date}, the day of the reading, and on the day of "
        "the reading before that ({before}) too.",
        "one_day_once": "All {dated} datasets were last changed on {date}, the day of the reading; another observation "
        "will tell whether that is the export's doing.",
        "too_few": "With {dated} dated datasets nothing can be said of their dates together.",
        "not_read": "The catalogue could not be read, so its dates were not compared.",
    },
    rule=rule,
    examples=(
        Example(catalogue_case(dated=20, same_day=3, common_day=AS_OF), Verdict.PASS, "ok", "dates of many days"),
        Example(
            catalogue_case(dated=20, same_day=20, same_moment=20, common_day=AS_OF - timedelta(days=90)),
            Verdict.PASS,
            "ok",
            "all loaded together, months ago",
        ),
        Example(catalogue_case(**_TODAY, same_moment=20), Verdict.FAIL, "one_moment", "one second of today for all"),
        Example(
            catalogue_case(**_TODAY, prior=_before(7)),
            Verdict.FAIL,
            "follows_reading",
            "today now, and today last time",
        ),
        Example(catalogue_case(**_TODAY), Verdict.UNKNOWN, "one_day_once", "all of today, seen once"),
        Example(
            catalogue_case(dated=3, same_day=3, common_day=AS_OF), Verdict.NOT_APPLICABLE, "too_few", "three dates"
        ),
        Example(catalogue_case("failed", datasets=0), Verdict.UNKNOWN, "not_read", "nothing could be read"),
    ),
)
