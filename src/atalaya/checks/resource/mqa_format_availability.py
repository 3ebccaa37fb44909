"""MQA formatAvailability: the distribution states dct:format."""

from atalaya.checks.cases import ResourceCase
from atalaya.checks.check import Check, Dimension, Effort, Example, Level
from atalaya.checks.example_cases import distribution, resource_case
from atalaya.checks.mqa import DERIVED, DERIVED_CASE, DERIVED_FIELD, says, stated_of
from atalaya.checks.outcomes import Outcome, Verdict


def rule(case: ResourceCase) -> Outcome:
    """The outcome of one resource."""
    return stated_of(case.distribution, lambda resource: says(resource.format))


CHECK = Check(
    id="mqa_format_availability",
    version=1,
    level=Level.RESOURCE,
    dimension=Dimension.METADATA,
    title="MQA: the resource names its format",
    text="The record of the resource names a format. One of the 23 indicators of the European assessment of "
    "metadata quality (MQA).",
    remedy="Write in the catalogue the format of the file, such as CSV.",
    effort=Effort.LOW,
    fields=(DERIVED_FIELD, "distribution.format"),
    reasons={**DERIVED, "ok": "The record names the format.", "missing": "The record does not name the format."},
    rule=rule,
    examples=(
        Example(resource_case(distribution=distribution()), Verdict.PASS, "ok", "a format"),
        Example(resource_case(distribution=distribution(format=None)), Verdict.FAIL, "missing", "no format"),
        Example(DERIVED_CASE, Verdict.NOT_APPLICABLE, "derived", "a link that the reader made"),
    ),
)
