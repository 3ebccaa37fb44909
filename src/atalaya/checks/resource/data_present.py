"""The file holds data: rows, not only a header, a list of its own columns, a page or an error message.

Documents and pictures are not judged: what they hold cannot be counted. `machine_readable` speaks of them.
"""

from dataclasses import replace

from atalaya.catalogue.vocabularies.formats import find_format, is_a
from atalaya.checks.cases import ResourceCase
from atalaya.checks.check import Check, Dimension, Effort, Example, Level
from atalaya.checks.contents import (
    HIDDEN_REASON,
    SET_ASIDE_FIELDS,
    SET_ASIDE_REASONS,
    STATE_FIELDS,
    TRUE_FIELDS,
    is_broken,
    is_container,
    is_empty,
    is_error_answer,
    is_hidden,
    set_aside,
    stands_in,
    true_formats,
)
from atalaya.checks.example_cases import broken, hidden, inspection, resource_case, resource_in, table
from atalaya.checks.outcomes import Outcome, Verdict, failed, not_applicable, passed, unknown
from atalaya.inspection.findings import Defect, Inspection, Table

TABULAR = ("csv", "excel", "ods")
"""Formats (with their special cases) that are tables: without a table they hold nothing."""


def rule(case: ResourceCase) -> Outcome:
    """The outcome of one resource."""
    outcome = set_aside(case)
    if outcome is not None or case.inspection is None:
        return outcome or unknown("not_read")
    inspected = case.inspection
    found = {defect.code for defect in inspected.defects}
    rows = sum(table.rows for table in inspected.data_tables)
    if is_empty(inspected):
        return failed("empty")
    if is_hidden(inspected):
        return unknown("hidden")
    if is_error_answer(inspected):
        return failed("error_document")
    if stands_in(case):
        return failed("page")
    if not rows and "password_protected" in found:
        return failed("locked")
    if not rows and _too_much(case, found):
        return unknown("too_much")
    if is_broken(case):
        return failed("broken")
    return _judge_rows(found, rows) if inspected.data_tables else _judge_format(inspected, found)


def _too_much(case: ResourceCase, found: set[str]) -> bool:
    """Whether our own limits, not the publisher, kept us from seeing the data."""
    return bool(found & {"too_large", "bomb"}) or (case.probe is not None and not case.probe.whole)


def _judge_rows(found: set[str], rows: int) -> Outcome:
    if rows == 0:
        return failed("header_only")
    if "schema_only" in found:
        return failed("schema_only", rows=rows)
    return failed("placeholder") if rows == 1 and "placeholder" in found else passed("ok", rows=rows)


def _judge_format(inspected: Inspection, found: set[str]) -> Outcome:
    """Without tables: data formats are taken at the word of their syntax, documents are not judged."""
    formats = true_formats(inspected)
    if not formats:
        return unknown("unrecognised")
    if "header_only" in found:
        return failed("header_only")
    if not any((known := find_format(each)) is not None and known.structured for each in formats):
        return not_applicable("document", format=", ".join(formats))
    tabular = any(is_a(each, kind) for each in formats for kind in TABULAR)
    if tabular and not is_container(inspected.format):
        return failed("no_table")
    return passed("data", format=", ".join(formats))


def _with_defect(code: str, *tables: Table, format_id: str = "csv") -> ResourceCase:
    return resource_case(
        inspection=inspection(format_id, tables=tables, defects=(Defect(code=code, place="file", detail=""),))
    )


CHECK = Check(
    id="data_present",
    version=2,
    level=Level.RESOURCE,
    dimension=Dimension.CONTENT,
    title="The file holds data",
    text="The file holds at least one row of data. A file that is empty, that has only a header or only the "
    "description of its columns, or a page or error message in its place, holds none.",
    remedy="Upload the file with its rows and check that it opens after downloading it. Publish the description of the "
    "columns as a resource of its own, beside the data.",
    effort=Effort.MEDIUM,
    fields=(*SET_ASIDE_FIELDS, *TRUE_FIELDS, *STATE_FIELDS, "inspection.tables.content"),
    reasons={
        **SET_ASIDE_REASONS,
        **HIDDEN_REASON,
        "ok": "The file holds {rows} rows.",
        "data": "The file holds data ({format}).",
        "empty": "The file is empty.",
        "header_only": "The file holds not a single row, only column names or an empty list.",
        "schema_only": "The file describes columns instead of holding their data.",
        "no_table": "No table could be found in the file.",
        "page": "A web page came instead of the data.",
        "error_document": "An error message came instead of the data.",
        "broken": "The file is damaged and cannot be opened.",
        "locked": "The file is protected by a password.",
        "placeholder": "The only row of the file says that there are no data.",
        "too_much": "The file is larger than what we read, so its rows were not seen.",
        "document": "The file is a document or picture ({format}); what it holds cannot be counted.",
        "unrecognised": "The format of the bytes could not be recognised.",
    },
    formats=("format",),
    rule=rule,
    examples=(
        Example(resource_case(), Verdict.PASS, "ok", "a CSV with rows"),
        Example(resource_in("geojson", format="GeoJSON", media_type=None), Verdict.PASS, "data", "places"),
        Example(resource_case(inspection=inspection(None, size=0)), Verdict.FAIL, "empty", "no bytes at all"),
        Example(
            resource_case(inspection=inspection(tables=(table(rows=0),))),
            Verdict.FAIL,
            "header_only",
            "a header without rows",
        ),
        Example(_with_defect("header_only", format_id="geojson"), Verdict.FAIL, "header_only", "a map without places"),
        Example(
            _with_defect("schema_only", table("campo", "tipo", "descripcion", rows=4)),
            Verdict.FAIL,
            "schema_only",
            "a data dictionary in place of data",
        ),
        Example(_with_defect("placeholder", table(rows=1)), Verdict.FAIL, "placeholder", "one row that says “no data”"),
        Example(resource_case(inspection=inspection(tables=())), Verdict.FAIL, "no_table", "a text without a table"),
        Example(
            _with_defect("password_protected", format_id="xlsx"), Verdict.FAIL, "locked", "a workbook with a password"
        ),
        Example(_with_defect("bomb", format_id="zip"), Verdict.UNKNOWN, "too_much", "an archive beyond our limits"),
        Example(resource_case(inspection=broken("xlsx")), Verdict.FAIL, "broken", "half a workbook"),
        Example(resource_in("html"), Verdict.FAIL, "page", "an error page with status 200"),
        Example(
            resource_case(inspection=inspection("html", tables=(table(),))),
            Verdict.PASS,
            "ok",
            "a table in HTML in place of a CSV",
        ),
        Example(resource_in("json_error"), Verdict.FAIL, "error_document", "an error message with status 200"),
        Example(resource_in("pdf", format="PDF", media_type=None), Verdict.NOT_APPLICABLE, "document", "a report"),
        Example(
            resource_case(inspection=inspection("pdf", tables=(replace(table(), content="page"),))),
            Verdict.NOT_APPLICABLE,
            "document",
            "a report with a table drawn on its pages",
        ),
        Example(resource_in(None), Verdict.UNKNOWN, "unrecognised", "bytes that nobody recognises"),
        Example(resource_case(inspection=hidden()), Verdict.UNKNOWN, "hidden", "the page of a filter with status 200"),
        Example(resource_case(inspection=None), Verdict.UNKNOWN, "not_read", "the file did not come"),
        Example(resource_in("xml", format="WMS", media_type=None), Verdict.NOT_APPLICABLE, "service", "a map service"),
        Example(resource_in("csv", derived=True), Verdict.NOT_APPLICABLE, "derived", "a link that the reader made"),
    ),
)
