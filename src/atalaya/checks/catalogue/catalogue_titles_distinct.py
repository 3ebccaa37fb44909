"""The datasets of the catalogue can be told apart by their titles.

Counted are datasets that bear the title of another one of the same publisher, case, accents and punctuation aside.
"""

from atalaya.checks.cases import CatalogueCase
from atalaya.checks.check import Check, Dimension, Effort, Example, Level
from atalaya.checks.example_cases import catalogue_case
from atalaya.checks.outcomes import Outcome, Verdict, failed, passed, unknown

MOST = 5
"""Per cent of the datasets that may share a title: it is not more in 70 of 95 recorded catalogues (five datasets or more)."""

LEAST_DATASETS = 2
"""Datasets from which titles can repeat at all."""

READ = ("complete", "partial")


def rule(case: CatalogueCase) -> Outcome:
    """The outcome of one catalogue."""
    if case.state not in READ:
        return unknown("not_read")
    if case.datasets < LEAST_DATASETS:
        return unknown("too_few")
    facts = {"datasets": case.datasets, "repeated": case.repeated_titles}
    return failed("repeated", **facts) if case.repeated_titles * 100 > MOST * case.datasets else passed("ok", **facts)


CHECK = Check(
    id="catalogue_titles_distinct",
    version=1,
    level=Level.CATALOGUE,
    dimension=Dimension.METADATA,
    title="Titles tell the catalogue's datasets apart",
    text="At most {most} per cent of the datasets bear the same title as another dataset of the same publisher.",
    remedy="Look through the datasets with the same title: remove those that are there twice, and give the others the "
    "year, place or version that tells them apart.",
    effort=Effort.MEDIUM,
    thresholds={"most": MOST},
    fields=("state", "datasets", "repeated_titles"),
    reasons={
        "ok": "{repeated} of {datasets} datasets share their title with another one.",
        "repeated": "{repeated} of {datasets} datasets share their title with another one, so that readers cannot tell them "
        "apart.",
        "not_read": "The catalogue could not be read, so its titles were not compared.",
        "too_few": "With fewer than two datasets no titles can be compared.",
    },
    rule=rule,
    examples=(
        Example(catalogue_case(), Verdict.PASS, "ok", "twenty titles"),
        Example(catalogue_case(repeated_titles=6), Verdict.FAIL, "repeated", "six of twenty share three titles"),
        Example(catalogue_case("failed", datasets=0), Verdict.UNKNOWN, "not_read", "nothing could be read"),
        Example(catalogue_case(datasets=1), Verdict.UNKNOWN, "too_few", "one dataset"),
    ),
)
