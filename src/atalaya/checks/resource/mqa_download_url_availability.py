"""MQA downloadUrlAvailability: the distribution states dcat:downloadURL."""

from atalaya.checks.cases import ResourceCase
from atalaya.checks.check import Check, Dimension, Effort, Example, Level
from atalaya.checks.example_cases import distribution, resource_case
from atalaya.checks.mqa import DERIVED, DERIVED_CASE, DERIVED_FIELD, LINK_ONLY, says, stated_of
from atalaya.checks.outcomes import Outcome, Verdict


def rule(case: ResourceCase) -> Outcome:
    """The outcome of one resource."""
    return stated_of(case.distribution, lambda resource: says(resource.download_url))


CHECK = Check(
    id="mqa_download_url_availability",
    version=1,
    level=Level.RESOURCE,
    dimension=Dimension.METADATA,
    title="MQA: the resource has a download link",
    text="The record of the resource gives a link that leads straight to the file, apart from any page about "
    "it. One of the 23 indicators of the European assessment of metadata quality (MQA).",
    remedy="Write in the catalogue, in the field for the download, the address of the file itself.",
    effort=Effort.LOW,
    fields=(DERIVED_FIELD, "distribution.download_url"),
    reasons={
        **DERIVED,
        "ok": "The record gives a link to the file itself.",
        "missing": "The record gives no link to the file itself.",
    },
    rule=rule,
    examples=(
        Example(resource_case(distribution=distribution()), Verdict.PASS, "ok", "a link to the file"),
        Example(resource_case(distribution=LINK_ONLY), Verdict.FAIL, "missing", "only a page about the file"),
        Example(DERIVED_CASE, Verdict.NOT_APPLICABLE, "derived", "a link that the reader made"),
    ),
)
