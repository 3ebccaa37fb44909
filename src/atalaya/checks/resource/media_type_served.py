"""The server says what it sends: the media type of the answer agrees with the bytes."""

from functools import lru_cache

from atalaya.catalogue.vocabularies.formats import FormatReading, agrees, find_format, is_a, read_format
from atalaya.checks.cases import ResourceCase
from atalaya.checks.check import Check, Dimension, Effort, Example, Level
from atalaya.checks.contents import (
    SET_ASIDE_FIELDS,
    SET_ASIDE_REASONS,
    STATE_FIELDS,
    TRUE_FIELDS,
    is_empty,
    set_aside,
    soft_failure,
    stands_in,
)
from atalaya.checks.example_cases import inspection, probe, resource_case, resource_in
from atalaya.checks.outcomes import Outcome, Verdict, failed, not_applicable, passed, unknown
from atalaya.checks.quotation import quote

GENERIC = frozenset(
    {
        "application/octet-stream", "binary/octet-stream", "application/binary", "application/unknown", "application/x-unknown",
        "unknown/unknown", "application/force-download", "application/download", "application/x-download",
        "application/save", "*/*",
    }
)  # fmt: skip
"""Media types that say nothing of what is sent (RFC 2046, §4.5.1, and the habits of download scripts)."""

SUFFIXES = (("+json", "json"), ("+xml", "xml"), ("+zip", "zip"))
"""Endings that name the syntax of a media type (RFC 6839) → the format of that syntax."""


def rule(case: ResourceCase) -> Outcome:
    """The outcome of one resource."""
    outcome = set_aside(case)
    if outcome is not None or case.inspection is None or case.probe is None:
        return outcome or unknown("not_read")
    found = case.inspection
    if is_empty(found):
        return not_applicable("empty")
    if stands_in(case) or soft_failure(found) is not None:
        return unknown("stands_in")
    if found.format is None:
        return unknown("unrecognised")
    known = find_format(found.format)
    if known is None or not known.media_types:
        return not_applicable("no_type", format=found.format)
    return _compare(case.probe.media_type, found.format)


def _compare(served: str | None, true: str) -> Outcome:
    if not served:
        return failed("missing", format=true)
    facts = {"served": quote(served, 80), "format": true}
    if served in GENERIC:
        return failed("generic", **facts)
    reading = _read(served)
    if agrees(reading.ids, true) or any(served.endswith(end) and is_a(true, kind) for end, kind in SUFFIXES):
        return passed("ok", **facts)
    return failed("other", **facts) if reading.ids else unknown("type_unknown", **facts)


@lru_cache(maxsize=1024)
def _read(media_type: str) -> FormatReading:
    return read_format(None, media_type)


def _served(media_type: str | None, format_id: str = "csv") -> ResourceCase:
    return resource_case(probe=probe(media_type=media_type), inspection=inspection(format_id))


CHECK = Check(
    id="media_type_served",
    version=1,
    level=Level.RESOURCE,
    dimension=Dimension.FORMAT,
    title="The server says rightly what it sends",
    text="The header Content-Type of the answer names the format of the file, so that browsers and programs open it "
    "with the right tool.",
    remedy="Ask whoever runs the server to set the media type of this kind of file, such as text/csv for CSV or "
    "application/json for JSON.",
    effort=Effort.LOW,
    fields=(*SET_ASIDE_FIELDS, *TRUE_FIELDS, *STATE_FIELDS, "probe.media_type"),
    reasons={
        **SET_ASIDE_REASONS,
        "ok": "The server says {served}, and the file is {format}.",
        "missing": "The server does not say what it sends; the file is {format}.",
        "generic": "The server says {served}, which tells nothing; the file is {format}.",
        "other": "The server says {served}, but the file is {format}.",
        "type_unknown": "The server says {served}, which is in no table of media types; the file is {format}.",
        "stands_in": "A page or an error message came instead of the file, so its media type was not seen.",
        "unrecognised": "The format of the bytes could not be recognised.",
        "no_type": "No media type is registered for {format}.",
        "empty": "The file is empty.",
    },
    formats=("format",),
    rule=rule,
    examples=(
        Example(_served("text/csv"), Verdict.PASS, "ok", "CSV sent as CSV"),
        Example(_served("text/plain"), Verdict.PASS, "ok", "CSV is plain text"),
        Example(_served(None), Verdict.FAIL, "missing", "no Content-Type"),
        Example(_served("application/octet-stream"), Verdict.FAIL, "generic", "bytes of any kind"),
        Example(_served("application/vnd.ms-excel"), Verdict.FAIL, "other", "CSV sent as Excel"),
        Example(
            _served("application/x-no-such-thing"), Verdict.UNKNOWN, "type_unknown", "a type that nobody registered"
        ),
        Example(resource_in("html"), Verdict.UNKNOWN, "stands_in", "an error page in place of the file"),
        Example(resource_in(None), Verdict.UNKNOWN, "unrecognised", "bytes that nobody recognises"),
        Example(resource_case(inspection=None), Verdict.UNKNOWN, "not_read", "the file did not come"),
        Example(
            resource_in("excel_xml", format=None, media_type=None),
            Verdict.NOT_APPLICABLE,
            "no_type",
            "a format without a type",
        ),
        Example(resource_case(inspection=inspection(None, size=0)), Verdict.NOT_APPLICABLE, "empty", "no bytes at all"),
        Example(resource_in("xml", format="WMS", media_type=None), Verdict.NOT_APPLICABLE, "service", "a map service"),
        Example(resource_in("csv", derived=True), Verdict.NOT_APPLICABLE, "derived", "a link that the reader made"),
    ),
)
