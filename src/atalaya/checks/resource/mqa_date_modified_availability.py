"""MQA dateModifiedAvailability: the distribution states dct:modified."""

from atalaya.checks.cases import ResourceCase
from atalaya.checks.check import Check, Dimension, Effort, Example, Level
from atalaya.checks.example_cases import distribution, resource_case
from atalaya.checks.mqa import DERIVED, DERIVED_CASE, DERIVED_FIELD, says, stated_of
from atalaya.checks.outcomes import Outcome, Verdict


def rule(case: ResourceCase) -> Outcome:
    """The outcome of one resource."""
    return stated_of(case.distribution, lambda resource: says(resource.modified))


CHECK = Check(
    id="mqa_date_modified_availability",
    version=1,
    level=Level.RESOURCE,
    dimension=Dimension.METADATA,
    title="MQA: the resource states when it was modified",
    text="The record of the resource, and not only that of the dataset, states when it was last changed. One "
    "of the 23 indicators of the European assessment of metadata quality (MQA).",
    remedy="Write in the catalogue, on each resource, the day on which it was last changed.",
    effort=Effort.LOW,
    fields=(DERIVED_FIELD, "distribution.modified"),
    reasons={
        **DERIVED,
        "ok": "The record states when the resource was last changed.",
        "missing": "The record of the resource does not state when it was last changed.",
    },
    rule=rule,
    examples=(
        Example(resource_case(distribution=distribution(modified="2026-03-10")), Verdict.PASS, "ok", "a date"),
        Example(resource_case(distribution=distribution()), Verdict.FAIL, "missing", "no date"),
        Example(DERIVED_CASE, Verdict.NOT_APPLICABLE, "derived", "a link that the reader made"),
    ),
)
