"""MQA byteSizeAvailability: the distribution states dcat:byteSize."""

from atalaya.checks.cases import ResourceCase
from atalaya.checks.check import Check, Dimension, Effort, Example, Level
from atalaya.checks.example_cases import distribution, resource_case
from atalaya.checks.mqa import DERIVED, DERIVED_CASE, DERIVED_FIELD, stated_of
from atalaya.checks.outcomes import Outcome, Verdict


def rule(case: ResourceCase) -> Outcome:
    """The outcome of one resource."""
    return stated_of(case.distribution, lambda resource: resource.byte_size is not None)


CHECK = Check(
    id="mqa_byte_size_availability",
    version=1,
    level=Level.RESOURCE,
    dimension=Dimension.METADATA,
    title="MQA: the resource states its size",
    text="The record of the resource states the size of the file in bytes. One of the 23 indicators of the "
    "European assessment of metadata quality (MQA).",
    remedy="Write in the catalogue the size of the file in bytes; many catalogues fill it in when the file is "
    "uploaded to them.",
    effort=Effort.LOW,
    fields=(DERIVED_FIELD, "distribution.byte_size"),
    reasons={**DERIVED, "ok": "The record states the size.", "missing": "The record does not state the size."},
    rule=rule,
    examples=(
        Example(resource_case(distribution=distribution(byte_size=2048)), Verdict.PASS, "ok", "a size"),
        Example(resource_case(distribution=distribution()), Verdict.FAIL, "missing", "no size"),
        Example(DERIVED_CASE, Verdict.NOT_APPLICABLE, "derived", "a link that the reader made"),
    ),
)
