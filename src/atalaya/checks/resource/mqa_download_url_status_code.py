"""MQA downloadUrlStatusCode: the dcat:downloadURL of the distribution answers."""

from atalaya.checks.cases import ResourceCase
from atalaya.checks.check import Check, Dimension, Effort, Example, Level
from atalaya.checks.example_cases import resource_case
from atalaya.checks.mqa import (
    BROKEN_CASES,
    DERIVED_CASE,
    LINK_ONLY,
    STATUS_FIELDS,
    STATUS_REASONS,
    STATUS_TERMS,
    answered,
)
from atalaya.checks.outcomes import Outcome, Verdict


def rule(case: ResourceCase) -> Outcome:
    """The outcome of one resource."""
    return answered(case, case.distribution.download_url)


CHECK = Check(
    id="mqa_download_url_status_code",
    version=1,
    level=Level.RESOURCE,
    dimension=Dimension.ACCESS,
    title="MQA: the download address answers",
    text="The address of the file itself answers. What it hands over is judged apart. One of the 23 "
    "indicators of the European assessment of metadata quality (MQA).",
    remedy="Write the address of the file itself in the catalogue and open it from a computer outside the "
    "institution; if it does not answer, bring the file back or correct the address.",
    effort=Effort.MEDIUM,
    terms=STATUS_TERMS,
    fields=STATUS_FIELDS,
    reasons={**STATUS_REASONS, "no_address": "The record gives no link to the file itself."},
    rule=rule,
    examples=(
        Example(resource_case(), Verdict.PASS, "ok", "a file that was handed over"),
        Example(resource_case(distribution=LINK_ONLY), Verdict.FAIL, "no_address", "no such address in the record"),
        Example(BROKEN_CASES["gone"], Verdict.FAIL, "broken", "a 404 that was looked at twice"),
        Example(BROKEN_CASES["refused"], Verdict.UNKNOWN, "unseen", "a filter against programs"),
        Example(BROKEN_CASES["not_asked"], Verdict.UNKNOWN, "not_asked", "nobody asked in this round"),
        Example(DERIVED_CASE, Verdict.NOT_APPLICABLE, "derived", "a link that the reader made"),
    ),
)
