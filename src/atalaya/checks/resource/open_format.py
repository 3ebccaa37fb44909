"""The bytes are in an open format: its specification is public, free of charge and in nobody's sole control."""

from atalaya.catalogue.vocabularies.formats import find_format
from atalaya.checks.cases import ResourceCase
from atalaya.checks.check import Check, Dimension, Effort, Example, Level
from atalaya.checks.contents import (
    SET_ASIDE_FIELDS,
    SET_ASIDE_REASONS,
    STATE_FIELDS,
    TRUE_FIELDS,
    is_empty,
    set_aside,
    stands_in,
    true_formats,
)
from atalaya.checks.example_cases import inspection, resource_case, resource_in, table
from atalaya.checks.outcomes import Outcome, Verdict, failed, passed, unknown
from atalaya.inspection.findings import Member


def rule(case: ResourceCase) -> Outcome:
    """The outcome of one resource. In an archive one open file is enough: others may accompany it."""
    outcome = set_aside(case)
    if outcome is not None or case.inspection is None:
        return outcome or unknown("not_read")
    formats = true_formats(case.inspection)
    if not formats or is_empty(case.inspection):
        return unknown("unrecognised")
    if stands_in(case):
        return unknown("stands_in", format=", ".join(formats))
    if any((known := find_format(each)) is not None and known.open for each in formats):
        return passed("ok", format=", ".join(formats))
    return failed("closed", format=", ".join(formats))


CHECK = Check(
    id="open_format",
    version=1,
    level=Level.RESOURCE,
    dimension=Dimension.OPENNESS,
    title="The format is open",
    text="The file itself is in an open format, one whose specification is public, free of charge and in nobody's sole "
    "control, so that no particular program must be bought to read it. What counts are the bytes, not the declared "
    "format.",
    remedy="Publish the same data also as CSV (tables), GeoJSON (places), JSON or XML; spreadsheet programs can save "
    "as CSV. Word, Excel and PDF files may stay beside it.",
    effort=Effort.LOW,
    fields=(*SET_ASIDE_FIELDS, *TRUE_FIELDS, *STATE_FIELDS),
    reasons={
        **SET_ASIDE_REASONS,
        "ok": "The format is open ({format}).",
        "closed": "The format is not open ({format}).",
        "unrecognised": "The format of the bytes could not be recognised.",
        "stands_in": "A page or an error message came instead of the file ({format}), so its format was not seen.",
    },
    formats=("format",),
    rule=rule,
    examples=(
        Example(resource_in("csv"), Verdict.PASS, "ok", "CSV is open"),
        Example(resource_in("xlsx"), Verdict.FAIL, "closed", "a workbook, though declared as CSV"),
        Example(resource_in("pdf"), Verdict.FAIL, "closed", "a PDF"),
        Example(
            resource_case(inspection=inspection("zip", members=(Member(path="a.csv", size=9, format="csv"),))),
            Verdict.PASS,
            "ok",
            "an archive with a CSV inside",
        ),
        Example(resource_in("html"), Verdict.UNKNOWN, "stands_in", "an error page says nothing of the file"),
        Example(
            resource_case(inspection=inspection("html", tables=(table(),))),
            Verdict.PASS,
            "ok",
            "a table in HTML is open",
        ),
        Example(resource_in(None), Verdict.UNKNOWN, "unrecognised", "bytes that nobody recognises"),
        Example(resource_case(inspection=None), Verdict.UNKNOWN, "not_read", "the file did not come"),
        Example(resource_in("xml", format="WMS", media_type=None), Verdict.NOT_APPLICABLE, "service", "a map service"),
        Example(resource_in("csv", derived=True), Verdict.NOT_APPLICABLE, "derived", "a link that the reader made"),
    ),
)
