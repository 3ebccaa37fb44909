"""MQA formatMediaTypeMachineInterpretable: format or media type is in the European list of machine-readable file types."""

from atalaya.catalogue.vocabularies.european import machine_readable
from atalaya.checks.cases import ResourceCase
from atalaya.checks.check import Check, Dimension, Effort, Example, Level
from atalaya.checks.example_cases import distribution, resource_case
from atalaya.checks.mqa import FORMAT_FIELDS, LISTED_EXAMPLES, LISTED_FORMATS, LISTED_REASONS, listed
from atalaya.checks.outcomes import Outcome, Verdict


def rule(case: ResourceCase) -> Outcome:
    """The outcome of one resource."""
    return listed(case.distribution, machine_readable())


CHECK = Check(
    id="mqa_format_media_type_machine_interpretable",
    version=1,
    level=Level.RESOURCE,
    dimension=Dimension.FORMAT,
    title="MQA: the declared format is machine-readable",
    text="The format or the media type that the record declares is in the European list of formats out of "
    "which a program can pick single facts. Whether the file is of that format is judged apart. One of "
    "the 23 indicators of the European assessment of metadata quality (MQA).",
    remedy="Offer the data also as a table or in another format made for programs, such as CSV or JSON.",
    effort=Effort.MEDIUM,
    formats=LISTED_FORMATS,
    fields=FORMAT_FIELDS,
    reasons={
        **LISTED_REASONS,
        "ok": "The declared format is in the European list of machine-readable ones ({codes}).",
        "not_listed": "The declared format is not in the European list of machine-readable ones ({codes}).",
    },
    rule=rule,
    examples=(
        Example(resource_case(), Verdict.PASS, "ok", "CSV and text/csv"),
        Example(
            resource_case(distribution=distribution(format="Archivo XLSX", media_type=None)),
            Verdict.PASS,
            "ok",
            "a workbook",
        ),
        Example(
            resource_case(distribution=distribution(format="PDF", media_type="application/pdf")),
            Verdict.FAIL,
            "not_listed",
            "a document for reading",
        ),
        *LISTED_EXAMPLES,
    ),
)
