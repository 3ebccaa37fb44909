"""MQA accessUrlStatusCode: the dcat:accessURL of the distribution answers.

A record that gives the download alone gives the access with it, as harvesters of DCAT-AP copy the one into the other."""

from atalaya.checks.cases import ResourceCase
from atalaya.checks.check import Check, Dimension, Effort, Example, Level
from atalaya.checks.example_cases import ADDRESS, distribution, resource_case
from atalaya.checks.mqa import BROKEN_CASES, DERIVED_CASE, STATUS_FIELDS, STATUS_REASONS, STATUS_TERMS, answered
from atalaya.checks.outcomes import Outcome, Verdict


def rule(case: ResourceCase) -> Outcome:
    """The outcome of one resource."""
    return answered(case, case.distribution.access_url or case.distribution.download_url)


CHECK = Check(
    id="mqa_access_url_status_code",
    version=1,
    level=Level.RESOURCE,
    dimension=Dimension.ACCESS,
    title="MQA: the access address answers",
    text="The address through which the record gives access to the resource answers. What it hands over is "
    "judged apart. One of the 23 indicators of the European assessment of metadata quality (MQA).",
    remedy="Open the address from a computer outside the institution. Correct it in the catalogue, or bring the "
    "page or the file back.",
    effort=Effort.MEDIUM,
    terms=STATUS_TERMS,
    fields=STATUS_FIELDS,
    reasons={
        **STATUS_REASONS,
        "no_address": "The record gives no address for the resource.",
        "other_asked": "The record gives another address for the download, and that is the one that was asked.",
    },
    rule=rule,
    examples=(
        Example(resource_case(), Verdict.PASS, "ok", "a file that was handed over"),
        Example(
            resource_case(distribution=distribution(download_url=None), probe=None),
            Verdict.FAIL,
            "no_address",
            "no such address in the record",
        ),
        Example(BROKEN_CASES["gone"], Verdict.FAIL, "broken", "a 404 that was looked at twice"),
        Example(BROKEN_CASES["refused"], Verdict.UNKNOWN, "unseen", "a filter against programs"),
        Example(BROKEN_CASES["not_asked"], Verdict.UNKNOWN, "not_asked", "nobody asked in this round"),
        Example(
            resource_case(distribution=distribution(access_url=f"{ADDRESS}/pagina")),
            Verdict.UNKNOWN,
            "other_asked",
            "a page beside the download",
        ),
        Example(DERIVED_CASE, Verdict.NOT_APPLICABLE, "derived", "a link that the reader made"),
    ),
)
