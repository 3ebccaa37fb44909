"""MQA rightsAvailability: the distribution states dct:rights."""

from atalaya.checks.cases import ResourceCase
from atalaya.checks.check import Check, Dimension, Effort, Example, Level
from atalaya.checks.example_cases import distribution, resource_case
from atalaya.checks.mqa import DERIVED, DERIVED_CASE, DERIVED_FIELD, says, stated_of
from atalaya.checks.outcomes import Outcome, Verdict


def rule(case: ResourceCase) -> Outcome:
    """The outcome of one resource."""
    return stated_of(case.distribution, lambda resource: says(resource.rights))


CHECK = Check(
    id="mqa_rights_availability",
    version=1,
    level=Level.RESOURCE,
    dimension=Dimension.METADATA,
    title="MQA: the resource states its rights",
    text="The record of the resource says what rights exist on it, beside the licence. One of the 23 "
    "indicators of the European assessment of metadata quality (MQA).",
    remedy="Write in the catalogue, on each resource, who holds rights on it or that there are none.",
    effort=Effort.LOW,
    fields=(DERIVED_FIELD, "distribution.rights"),
    reasons={
        **DERIVED,
        "ok": "The record states the rights on the resource.",
        "missing": "The record states no rights on the resource.",
    },
    rule=rule,
    examples=(
        Example(
            resource_case(distribution=distribution(rights="Debe citarse la fuente")),
            Verdict.PASS,
            "ok",
            "a sentence on rights",
        ),
        Example(resource_case(distribution=distribution()), Verdict.FAIL, "missing", "nothing on rights"),
        Example(DERIVED_CASE, Verdict.NOT_APPLICABLE, "derived", "a link that the reader made"),
    ),
)
