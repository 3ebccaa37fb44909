"""MQA knownLicense: the licence of the distribution is of the European table of licences or the extension of data.europa.eu.

The editions at hand are of 2019; a licence that is known and not in them is unknown, never failed."""

from atalaya.catalogue.vocabularies.european import Table, edition, read_european_licence
from atalaya.checks.cases import ResourceCase
from atalaya.checks.check import Check, Dimension, Effort, Example, Level
from atalaya.checks.example_cases import dataset, distribution, resource_case
from atalaya.checks.mqa import DERIVED, DERIVED_CASE, LICENCE_FIELDS, licence_statements, says
from atalaya.checks.outcomes import Outcome, Verdict, failed, not_applicable, passed, unknown
from atalaya.checks.quotation import quote


def rule(case: ResourceCase) -> Outcome:
    """The outcome of one resource."""
    if case.distribution.derived:
        return not_applicable("derived")
    statements = licence_statements(case)
    written = next((text for text in statements if text is not None and says(text)), None)
    if written is None:
        return failed("missing")
    found = read_european_licence(*statements)
    if found.code is not None:
        return passed("ok", code=found.code)
    if found.newer:
        return unknown("newer", written=quote(written), edition=edition(Table.LICENCE))
    return failed("not_listed", written=quote(written))


CHECK = Check(
    id="mqa_known_license",
    version=1,
    level=Level.RESOURCE,
    dimension=Dimension.OPENNESS,
    title="MQA: the licence is of the European list",
    text="The licence of the resource, or of its dataset, is in the European table of licences or its "
    "extension, by its address, its code or its usual name. One of the 23 indicators of the European "
    "assessment of metadata quality (MQA).",
    remedy="Choose in the catalogue a licence that is known everywhere, such as CC BY 4.0, instead of terms of "
    "your own.",
    effort=Effort.LOW,
    fields=LICENCE_FIELDS,
    reasons={
        **DERIVED,
        "ok": "The licence is {code} of the European table.",
        "missing": "The record states no licence.",
        "not_listed": "“{written}” is not in the European table of licences.",
        "newer": "The European table of licences at hand is of {edition}; “{written}” is not in it and may stand in a later one.",
    },
    rule=rule,
    examples=(
        Example(resource_case(), Verdict.PASS, "ok", "CC BY, by its code in catalogues"),
        Example(
            resource_case(distribution=distribution(licence="https://creativecommons.org/licenses/by-sa/4.0/")),
            Verdict.PASS,
            "ok",
            "a licence of its own, by its address",
        ),
        Example(
            resource_case(dataset=dataset(licence="Según los términos del portal")),
            Verdict.FAIL,
            "not_listed",
            "terms of a portal",
        ),
        Example(resource_case(dataset=dataset(licence=None)), Verdict.FAIL, "missing", "no licence"),
        Example(resource_case(dataset=dataset(licence="etalab-2.0")), Verdict.UNKNOWN, "newer", "a national licence"),
        Example(DERIVED_CASE, Verdict.NOT_APPLICABLE, "derived", "a link that the reader made"),
    ),
)
