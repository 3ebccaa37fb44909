"""MQA formatMediaTypeNonProprietary: the format or the media type is in the European list of non-proprietary file types."""

from atalaya.catalogue.vocabularies.european import non_proprietary
from atalaya.checks.cases import ResourceCase
from atalaya.checks.check import Check, Dimension, Effort, Example, Level
from atalaya.checks.example_cases import distribution, resource_case
from atalaya.checks.mqa import FORMAT_FIELDS, LISTED_EXAMPLES, LISTED_FORMATS, LISTED_REASONS, listed
from atalaya.checks.outcomes import Outcome, Verdict


def rule(case: ResourceCase) -> Outcome:
    """The outcome of one resource."""
    return listed(case.distribution, non_proprietary())


CHECK = Check(
    id="mqa_format_media_type_non_proprietary",
    version=1,
    level=Level.RESOURCE,
    dimension=Dimension.FORMAT,
    title="MQA: the declared format is non-proprietary",
    text="The format or the media type that the record declares is in the European list of formats that no "
    "company owns. Whether the file is of that format is judged apart. One of the 23 indicators of the "
    "European assessment of metadata quality (MQA).",
    remedy="Offer the data also in a format that no company owns, such as CSV.",
    effort=Effort.MEDIUM,
    formats=LISTED_FORMATS,
    fields=FORMAT_FIELDS,
    reasons={
        **LISTED_REASONS,
        "ok": "The declared format is in the European list of non-proprietary ones ({codes}).",
        "not_listed": "The declared format is not in the European list of non-proprietary ones ({codes}).",
    },
    rule=rule,
    examples=(
        Example(resource_case(), Verdict.PASS, "ok", "CSV and text/csv"),
        Example(resource_case(distribution=distribution(format=None)), Verdict.PASS, "ok", "a media type alone"),
        Example(
            resource_case(distribution=distribution(format="XLSX", media_type=None)),
            Verdict.FAIL,
            "not_listed",
            "a workbook of one vendor",
        ),
        *LISTED_EXAMPLES,
    ),
)
