"""MQA licenseAvailability: the distribution states dct:license, or its dataset does for it."""

from atalaya.catalogue.vocabularies.licences import Conformance, read_licence
from atalaya.checks.cases import ResourceCase
from atalaya.checks.check import Check, Dimension, Effort, Example, Level
from atalaya.checks.example_cases import dataset, distribution, resource_case
from atalaya.checks.mqa import DERIVED, DERIVED_CASE, LICENCE_FIELDS, licence_statements, stated_of
from atalaya.checks.outcomes import Outcome, Verdict


def rule(case: ResourceCase) -> Outcome:
    """The outcome of one resource."""
    statements = licence_statements(case)
    return stated_of(case.distribution, lambda _: read_licence(*statements).conformance is not Conformance.MISSING)


CHECK = Check(
    id="mqa_license_availability",
    version=1,
    level=Level.RESOURCE,
    dimension=Dimension.OPENNESS,
    title="MQA: the resource has a licence",
    text="The record states a licence for the resource, or one for the whole dataset. A statement that no "
    "licence was specified is none. One of the 23 indicators of the European assessment of metadata "
    "quality (MQA).",
    remedy="Choose in the catalogue a licence for the dataset, best one that is known everywhere, such as CC BY 4.0.",
    effort=Effort.LOW,
    fields=LICENCE_FIELDS,
    reasons={**DERIVED, "ok": "The record states a licence.", "missing": "The record states no licence."},
    rule=rule,
    examples=(
        Example(resource_case(distribution=distribution(licence="cc-by")), Verdict.PASS, "ok", "a licence of its own"),
        Example(resource_case(), Verdict.PASS, "ok", "the licence of the dataset"),
        Example(resource_case(dataset=dataset(licence=None)), Verdict.FAIL, "missing", "no licence"),
        Example(resource_case(dataset=dataset(licence="notspecified")), Verdict.FAIL, "missing", "none specified"),
        Example(DERIVED_CASE, Verdict.NOT_APPLICABLE, "derived", "a link that the reader made"),
    ),
)
