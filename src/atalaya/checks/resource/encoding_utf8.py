"""The text of the file is in UTF-8, the one encoding that every program reads alike.

Judged for files of text, also inside an archive. ASCII is a part of UTF-8.
"""

from atalaya.catalogue.vocabularies.formats import is_a
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
from atalaya.checks.outcomes import Outcome, Verdict, failed, not_applicable, passed, unknown

TEXTS = ("txt", "json", "xml", "html")
"""Formats that are text, with all their special cases (CSV is text, GeoJSON is JSON)."""

UTF_8 = ("utf-8", "utf8", "utf-8-sig", "ascii", "us-ascii")


def rule(case: ResourceCase) -> Outcome:
    """The outcome of one resource."""
    outcome = set_aside(case)
    if outcome is not None or case.inspection is None:
        return outcome or unknown("not_read")
    inspected = case.inspection
    formats = true_formats(inspected)
    if is_empty(inspected) or not formats:
        return not_applicable("empty") if is_empty(inspected) else unknown("unrecognised")
    if stands_in(case):
        return unknown("stands_in")
    if not any(is_a(each, text) for each in formats for text in TEXTS):
        return not_applicable("no_text", format=", ".join(formats))
    if inspected.encoding is None:
        return unknown("encoding_unknown")
    encoding = inspected.encoding.lower().replace("_", "-")
    return passed("ok", encoding=encoding) if encoding in UTF_8 else failed("other", encoding=encoding)


def _written_in(encoding: str | None) -> ResourceCase:
    return resource_case(inspection=inspection("csv", encoding=encoding))


CHECK = Check(
    id="encoding_utf8",
    version=1,
    level=Level.RESOURCE,
    dimension=Dimension.FORMAT,
    title="The text is in UTF-8",
    text="Text files (CSV, JSON, XML and the like) are written in UTF-8, so that accents and ñ arrive whole in every "
    "program.",
    remedy="Save the file again as UTF-8: in spreadsheet programs choose “CSV UTF-8”, in databases the encoding UTF8 "
    "of the export.",
    effort=Effort.LOW,
    fields=(*SET_ASIDE_FIELDS, *TRUE_FIELDS, *STATE_FIELDS, "inspection.encoding"),
    reasons={
        **SET_ASIDE_REASONS,
        "ok": "The text is in UTF-8 ({encoding}).",
        "other": "The text is in {encoding}, so accents and ñ break in many programs.",
        "encoding_unknown": "The encoding of the text could not be told.",
        "no_text": "The file is not a text ({format}), so it has no encoding to judge.",
        "empty": "The file is empty.",
        "unrecognised": "The format of the bytes could not be recognised.",
        "stands_in": "A page or an error message came instead of the file, so its text was not seen.",
    },
    formats=("format",),
    rule=rule,
    examples=(
        Example(_written_in("utf-8"), Verdict.PASS, "ok", "UTF-8"),
        Example(_written_in("utf-8-sig"), Verdict.PASS, "ok", "UTF-8 with a byte order mark"),
        Example(_written_in("ascii"), Verdict.PASS, "ok", "ASCII is a part of UTF-8"),
        Example(_written_in("cp1252"), Verdict.FAIL, "other", "Windows-1252, the habit of old spreadsheets"),
        Example(_written_in(None), Verdict.UNKNOWN, "encoding_unknown", "nobody could tell"),
        Example(resource_in("html"), Verdict.UNKNOWN, "stands_in", "an error page says nothing of the file"),
        Example(
            resource_case(inspection=inspection("html", tables=(table(),), encoding="cp1252")),
            Verdict.FAIL,
            "other",
            "a table in HTML is a text",
        ),
        Example(resource_in(None), Verdict.UNKNOWN, "unrecognised", "bytes that nobody recognises"),
        Example(resource_case(inspection=None), Verdict.UNKNOWN, "not_read", "the file did not come"),
        Example(resource_in("xlsx"), Verdict.NOT_APPLICABLE, "no_text", "a workbook is not a text"),
        Example(resource_case(inspection=inspection(None, size=0)), Verdict.NOT_APPLICABLE, "empty", "no bytes at all"),
        Example(resource_in("xml", format="WMS", media_type=None), Verdict.NOT_APPLICABLE, "service", "a map service"),
        Example(resource_in("csv", derived=True), Verdict.NOT_APPLICABLE, "derived", "a link that the reader made"),
    ),
)
