"""The bytes are in the format that the record declares.

Whether the file is whole is not asked here: half a workbook is still a workbook, and `data_present` says that it is
damaged. A special case counts as its general format (GeoJSON declared as JSON). Where several formats are declared, one of them
must be true; an archive must be declared as one, and what it holds must then be what was declared beside it.
"""

from atalaya.catalogue.vocabularies.formats import agrees, is_a
from atalaya.checks.cases import ResourceCase
from atalaya.checks.check import Check, Dimension, Effort, Example, Level
from atalaya.checks.contents import (
    HIDDEN_REASON,
    SET_ASIDE_FIELDS,
    SET_ASIDE_REASONS,
    STATE_FIELDS,
    TRUE_FIELDS,
    declared_formats,
    is_container,
    is_empty,
    is_error_answer,
    is_hidden,
    set_aside,
    true_formats,
)
from atalaya.checks.example_cases import distribution, hidden, inspection, resource_case, resource_in, table
from atalaya.checks.outcomes import Outcome, Verdict, failed, not_applicable, passed, unknown
from atalaya.checks.quotation import quote
from atalaya.inspection.findings import Inspection, Member


def rule(case: ResourceCase) -> Outcome:
    """The outcome of one resource."""
    reading = declared_formats(case.distribution)
    if not reading.ids and not reading.unresolved:
        return not_applicable("derived" if case.distribution.derived else "nothing_declared")
    outcome = set_aside(case)
    if outcome is not None or case.inspection is None:
        return outcome or unknown("not_read")
    if is_empty(case.inspection):
        return failed("empty", declared=", ".join(reading.ids) or quote(reading.unresolved))
    if not reading.ids:
        return unknown("declared_unrecognised", declared=quote(reading.unresolved))
    return _compare(reading.ids, case.inspection)


def _compare(declared: tuple[str, ...], inspected: Inspection) -> Outcome:
    true = inspected.format
    if true is None:
        return unknown("bytes_unrecognised", declared=", ".join(declared))
    facts = {"declared": ", ".join(declared), "true": true}
    if is_hidden(inspected):
        return unknown("hidden")
    if is_error_answer(inspected):
        return failed("error_document", **facts)
    if agrees(declared, true):
        return _compare_members(declared, inspected, facts)
    if is_a(true, "html") and not any(table.rows for table in inspected.tables):
        return failed("page", **facts)
    if is_container(true) and any(agrees(declared, member) for member in true_formats(inspected)):
        return failed("packed", **facts)
    return failed("other_format", **facts)


def _compare_members(declared: tuple[str, ...], inspected: Inspection, facts: dict[str, str]) -> Outcome:
    """ "ZIP+CSV" promises a CSV in the archive; "ZIP" alone promises nothing of what is inside."""
    members = true_formats(inspected)
    promised = tuple(each for each in declared if not is_container(each))
    judged = is_container(inspected.format) and bool(promised) and members != (inspected.format,)
    if judged and not any(agrees(promised, member) for member in members):
        return failed("other_contents", **facts, inside=", ".join(members))
    return passed("ok", **facts)


def _archive(*formats: str) -> Inspection:
    members = tuple(Member(path=f"file{n}", size=10, format=each) for n, each in enumerate(formats))
    return inspection("zip", members=members)


CHECK = Check(
    id="format_true",
    version=2,
    level=Level.RESOURCE,
    dimension=Dimension.FORMAT,
    title="The format is the declared one",
    text="The bytes of the file are in the format that the record declares, whatever the name of the file says. An "
    "archive is declared as an archive, together with what it holds.",
    remedy="Export the file again in the declared format, or correct the declared format in the catalogue. If a page "
    "came instead of the file, correct the address so that it leads to the file itself.",
    effort=Effort.LOW,
    fields=(*SET_ASIDE_FIELDS, *TRUE_FIELDS, *STATE_FIELDS),
    reasons={
        **SET_ASIDE_REASONS,
        **HIDDEN_REASON,
        "ok": "The file is {true}, as declared.",
        "nothing_declared": "The record declares no format, so there is nothing to compare.",
        "declared_unrecognised": "The declared format “{declared}” is in no table of formats, so it cannot be compared.",
        "bytes_unrecognised": "The format of the bytes could not be recognised (declared: {declared}).",
        "empty": "The file is empty; the record declares {declared}.",
        "page": "A web page came instead of the declared {declared}.",
        "error_document": "An error message ({true}) came instead of the declared {declared}.",
        "packed": "The file is an archive ({true}) that holds the declared {declared}; the record does not say so.",
        "other_contents": "The archive holds {inside}, not the declared {declared}.",
        "other_format": "The file is {true}; the record declares {declared}.",
    },
    formats=("declared", "true", "inside"),
    rule=rule,
    examples=(
        Example(resource_in("csv"), Verdict.PASS, "ok", "CSV declared, CSV delivered"),
        Example(resource_in("geojson", format="JSON", media_type=None), Verdict.PASS, "ok", "GeoJSON is JSON"),
        Example(
            resource_in("xlsx", format="CSV, EXCEL", media_type=None), Verdict.PASS, "ok", "one of several declared"
        ),
        Example(
            resource_in("html", format="XLS", media_type=None), Verdict.FAIL, "page", "a page under the name of Excel"
        ),
        Example(resource_in("json_error"), Verdict.FAIL, "error_document", "an error message with status 200"),
        Example(
            resource_case(
                inspection=inspection("html", tables=(table(),)),
                distribution=distribution(format="XLS", media_type=None),
            ),
            Verdict.FAIL,
            "other_format",
            "a table in HTML under the name of Excel",
        ),
        Example(resource_in("xlsx"), Verdict.FAIL, "other_format", "a workbook declared as CSV"),
        Example(resource_case(inspection=_archive("csv")), Verdict.FAIL, "packed", "a ZIP with a CSV, declared as CSV"),
        Example(
            resource_case(
                inspection=_archive("pdf"),
                distribution=resource_in("zip", format="ZIP+CSV", media_type=None).distribution,
            ),
            Verdict.FAIL,
            "other_contents",
            "a ZIP with a PDF, declared as ZIP+CSV",
        ),
        Example(resource_case(inspection=inspection(None, size=0)), Verdict.FAIL, "empty", "no bytes at all"),
        Example(resource_in(None), Verdict.UNKNOWN, "bytes_unrecognised", "bytes that nobody recognises"),
        Example(
            resource_in("csv", format="recurso", media_type=None),
            Verdict.UNKNOWN,
            "declared_unrecognised",
            "words that are no format",
        ),
        Example(resource_case(inspection=hidden()), Verdict.UNKNOWN, "hidden", "the page of a filter with status 200"),
        Example(resource_case(inspection=None), Verdict.UNKNOWN, "not_read", "the file did not come"),
        Example(
            resource_in("csv", format=None, media_type=None),
            Verdict.NOT_APPLICABLE,
            "nothing_declared",
            "no declared format",
        ),
        Example(resource_in("xml", format="WMS", media_type=None), Verdict.NOT_APPLICABLE, "service", "a map service"),
        Example(resource_in("csv", derived=True), Verdict.NOT_APPLICABLE, "derived", "a link that the reader made"),
    ),
)
