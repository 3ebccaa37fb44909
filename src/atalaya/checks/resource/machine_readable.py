"""A program can pick single facts out of the bytes without guessing at their layout."""

from atalaya.catalogue.vocabularies.formats import find_format
from atalaya.checks.cases import ResourceCase
from atalaya.checks.check import Check, Dimension, Effort, Example, Level
from atalaya.checks.contents import (
    HIDDEN_REASON,
    SET_ASIDE_FIELDS,
    SET_ASIDE_REASONS,
    STATE_FIELDS,
    TRUE_FIELDS,
    is_broken,
    is_empty,
    is_error_answer,
    is_hidden,
    set_aside,
    true_formats,
)
from atalaya.checks.example_cases import broken, hidden, inspection, resource_case, resource_in, table
from atalaya.checks.outcomes import Outcome, Verdict, failed, passed, unknown
from atalaya.inspection.findings import Member


def rule(case: ResourceCase) -> Outcome:
    """The outcome of one resource. In an archive one machine-readable file is enough."""
    outcome = set_aside(case)
    if outcome is not None or case.inspection is None:
        return outcome or unknown("not_read")
    if is_empty(case.inspection):
        return failed("empty")
    if is_hidden(case.inspection):
        return unknown("hidden")
    if is_error_answer(case.inspection):
        return failed("error_document")
    if is_broken(case):
        return failed("broken")
    formats = true_formats(case.inspection)
    if not formats:
        return unknown("unrecognised")
    if any((known := find_format(each)) is not None and known.machine_readable for each in formats):
        return passed("ok", format=", ".join(formats))
    return failed("for_people", format=", ".join(formats))


CHECK = Check(
    id="machine_readable",
    version=2,
    level=Level.RESOURCE,
    dimension=Dimension.FORMAT,
    title="Programs can read the data",
    text="The file is in a format from which a program takes single facts without guessing at the layout: a table, not "
    "a picture of one. What counts are the bytes, not the declared format.",
    remedy="Publish the table from which the document was made, as CSV or as a spreadsheet, beside the PDF, the page "
    "or the picture.",
    effort=Effort.MEDIUM,
    fields=(*SET_ASIDE_FIELDS, *TRUE_FIELDS, *STATE_FIELDS),
    reasons={
        **SET_ASIDE_REASONS,
        **HIDDEN_REASON,
        "ok": "Programs can read the format ({format}).",
        "for_people": "The format ({format}) is made for people to look at, not for programs to read.",
        "error_document": "An error message came, from which programs can pick no data.",
        "broken": "The file is damaged and cannot be opened.",
        "empty": "The file is empty.",
        "unrecognised": "The format of the bytes could not be recognised.",
    },
    formats=("format",),
    rule=rule,
    examples=(
        Example(resource_in("csv"), Verdict.PASS, "ok", "a CSV"),
        Example(resource_in("xlsx"), Verdict.PASS, "ok", "a workbook"),
        Example(
            resource_case(inspection=inspection("zip", members=(Member(path="a.csv", size=9, format="csv"),))),
            Verdict.PASS,
            "ok",
            "an archive with a CSV inside",
        ),
        Example(resource_in("pdf"), Verdict.FAIL, "for_people", "a PDF"),
        Example(resource_in("html"), Verdict.FAIL, "for_people", "a page in place of a CSV"),
        Example(resource_in("json_error"), Verdict.FAIL, "error_document", "an error message with status 200"),
        Example(
            resource_case(inspection=inspection("html", tables=(table(),))),
            Verdict.FAIL,
            "for_people",
            "a table in HTML mixes data with dressing",
        ),
        Example(resource_case(inspection=inspection("csv", size=0)), Verdict.FAIL, "empty", "no bytes at all"),
        Example(resource_case(inspection=broken("xlsx")), Verdict.FAIL, "broken", "half a workbook"),
        Example(resource_in(None), Verdict.UNKNOWN, "unrecognised", "bytes that nobody recognises"),
        Example(resource_case(inspection=hidden()), Verdict.UNKNOWN, "hidden", "the page of a filter with status 200"),
        Example(resource_case(inspection=None), Verdict.UNKNOWN, "not_read", "the file did not come"),
        Example(resource_in("xml", format="WMS", media_type=None), Verdict.NOT_APPLICABLE, "service", "a map service"),
        Example(resource_in("csv", derived=True), Verdict.NOT_APPLICABLE, "derived", "a link that the reader made"),
    ),
)
