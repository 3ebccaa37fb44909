"""The record says in which format the resource comes, in a name that programs recognise."""

from atalaya.checks.cases import ResourceCase
from atalaya.checks.check import Check, Dimension, Effort, Example, Level
from atalaya.checks.contents import DECLARED_FIELDS, declared_formats
from atalaya.checks.example_cases import resource_in
from atalaya.checks.outcomes import Outcome, Verdict, failed, not_applicable, passed
from atalaya.checks.quotation import quote


def rule(case: ResourceCase) -> Outcome:
    """The outcome of one resource."""
    if case.distribution.derived:
        return not_applicable("derived")
    reading = declared_formats(case.distribution)
    if reading.ids:
        return passed("ok", formats=", ".join(reading.ids))
    written = (case.distribution.format or "").strip() or (case.distribution.media_type or "").strip()
    return failed("unrecognised", written=quote(written)) if written else failed("missing")


CHECK = Check(
    id="format_declared",
    version=1,
    level=Level.RESOURCE,
    dimension=Dimension.METADATA,
    title="The record declares the format",
    text="The record of the resource says its format or media type in a name that stands in the tables of formats, so "
    "that programs know how to open it before they download it.",
    remedy="Write the format of the file in the catalogue with its usual name: CSV, XLSX, JSON, PDF and so on.",
    effort=Effort.LOW,
    fields=("distribution.derived", *DECLARED_FIELDS),
    reasons={
        "ok": "The declared format is recognised ({formats}).",
        "missing": "The record declares neither a format nor a media type.",
        "unrecognised": "The declared format “{written}” is in no table of formats.",
        "derived": "The link was made by a rule of the reader, not published by the institution.",
    },
    formats=("formats",),
    rule=rule,
    examples=(
        Example(resource_in("csv"), Verdict.PASS, "ok", "CSV"),
        Example(resource_in("csv", format=None, media_type="text/csv"), Verdict.PASS, "ok", "the media type alone"),
        Example(resource_in("csv", format=None, media_type=None), Verdict.FAIL, "missing", "nothing declared"),
        Example(
            resource_in("csv", format="por definir", media_type=None),
            Verdict.FAIL,
            "unrecognised",
            "words that are no format",
        ),
        Example(resource_in("csv", derived=True), Verdict.NOT_APPLICABLE, "derived", "a link that the reader made"),
    ),
)
