"""MQA mediaTypeAvailability: the distribution states dcat:mediaType."""

from atalaya.checks.cases import ResourceCase
from atalaya.checks.check import Check, Dimension, Effort, Example, Level
from atalaya.checks.example_cases import distribution, resource_case
from atalaya.checks.mqa import DERIVED, DERIVED_CASE, DERIVED_FIELD, says, stated_of
from atalaya.checks.outcomes import Outcome, Verdict


def rule(case: ResourceCase) -> Outcome:
    """The outcome of one resource."""
    return stated_of(case.distribution, lambda resource: says(resource.media_type))


CHECK = Check(
    id="mqa_media_type_availability",
    version=1,
    level=Level.RESOURCE,
    dimension=Dimension.METADATA,
    title="MQA: the resource names its media type",
    text="The record of the resource names a media type, the name by which programs know a format. One of the "
    "23 indicators of the European assessment of metadata quality (MQA).",
    remedy="Write in the catalogue the media type of the file, such as text/csv.",
    effort=Effort.LOW,
    fields=(DERIVED_FIELD, "distribution.media_type"),
    reasons={
        **DERIVED,
        "ok": "The record names the media type.",
        "missing": "The record does not name the media type.",
    },
    rule=rule,
    examples=(
        Example(resource_case(distribution=distribution()), Verdict.PASS, "ok", "a media type"),
        Example(resource_case(distribution=distribution(media_type=None)), Verdict.FAIL, "missing", "no media type"),
        Example(DERIVED_CASE, Verdict.NOT_APPLICABLE, "derived", "a link that the reader made"),
    ),
)
