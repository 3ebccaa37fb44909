"""The file holds data: rows, not only a header, a list of its own columns, a page or an error message.

Documents and pictures are not judged: what they hold cannot be counted. `machine_readable` speaks of them.
"""

from atalaya.catalogue.vocabularies.folding import fold
from atalaya.catalogue.vocabularies.formats import find_format, is_a
from atalaya.checks.cases import ResourceCase
from atalaya.checks.check import Check, Dimension, Effort, Example, Level
from atalaya.checks.contents import (
    SET_ASIDE_FIELDS,
    SET_ASIDE_REASONS,
    TRUE_FIELDS,
    is_container,
    set_aside,
    stands_in,
    true_formats,
)
from atalaya.checks.example_cases import inspection, resource_case, resource_in, table
from atalaya.checks.outcomes import Outcome, Verdict, failed, not_applicable, passed, unknown
from atalaya.inspection.findings import Defect, Inspection, Table

NAMING = frozenset(
    {"campo", "columna", "coluna", "variable", "variavel", "atributo", "field", "column", "attribute", "encabezado"}
    | {
        "nombre campo",
        "nombre columna",
        "nombre variable",
        "nombre del campo",
        "nombre de la columna",
        "nombre de la variable",
    }
    | {"nombre de campo", "nombre de columna", "nombre de variable", "nombre atributo", "nombre del atributo"}
    | {"field name", "column name", "variable name", "attribute name", "nome do campo", "nome da coluna"}
)
DESCRIBING = frozenset(
    {
        "descripcion",
        "definicion",
        "description",
        "definition",
        "significado",
        "descricao",
        "etiqueta",
        "label",
        "titulo",
        "title",
    }
    | {
        "tipo",
        "type",
        "tipo de dato",
        "tipo dato",
        "tipo de datos",
        "data type",
        "datatype",
        "longitud",
        "length",
        "tamano",
    }
    | {
        "formato",
        "format",
        "ejemplo",
        "example",
        "obligatorio",
        "required",
        "nulo",
        "nullable",
        "unidad",
        "unit",
        "no",
        "n",
    }
    | {"observaciones", "notas", "notes", "valores", "values", "dominio", "domain", "numero", "id", "tabla", "table"}
)
"""Folded headings of a data dictionary: what names a column, and what is said of it. "Nombre" alone heads real data as often."""

BROKEN = frozenset(
    {"truncated_archive", "broken_archive", "archive_broken", "broken_container", "unreadable", "unreadable_workbook"}
)
"""Codes of defects with which a file cannot be opened at all."""


def rule(case: ResourceCase) -> Outcome:
    """The outcome of one resource."""
    outcome = set_aside(case)
    if outcome is not None or case.inspection is None:
        return outcome or unknown("not_read")
    inspected = case.inspection
    if inspected.size == 0:
        return failed("empty")
    if inspected.format == "json_error":
        return failed("error_document")
    if stands_in(case) and not _rows(inspected):
        return failed("page")
    if any(defect.code in BROKEN for defect in inspected.defects):
        return failed("broken")
    return _judge_tables(inspected) if inspected.tables else _judge_format(inspected)


def _judge_tables(inspected: Inspection) -> Outcome:
    rows = _rows(inspected)
    if rows == 0:
        return failed("header_only")
    if all(_is_dictionary(each) for each in inspected.tables if each.rows):
        return failed("schema_only", rows=rows)
    return passed("ok", rows=rows)


def _judge_format(inspected: Inspection) -> Outcome:
    """Without tables: data formats are taken at the word of their syntax, documents are not judged."""
    formats = true_formats(inspected)
    if not formats:
        return unknown("unrecognised")
    if any((known := find_format(each)) is not None and known.structured for each in formats):
        tabular = any(is_a(each, "csv") or is_a(each, "excel") or is_a(each, "ods") for each in formats)
        return (
            failed("no_table")
            if tabular and not is_container(inspected.format)
            else passed("data", format=", ".join(formats))
        )
    return not_applicable("document", format=", ".join(formats))


def _rows(inspected: Inspection) -> int:
    return sum(each.rows for each in inspected.tables)


def _is_dictionary(shown: Table) -> bool:
    """Whether the columns are those of a list of columns: at least two, one naming and one describing, and no other."""
    names = [fold(column.name) for column in shown.columns if fold(column.name)]
    known = all(name in NAMING or name in DESCRIBING for name in names)
    return known and any(name in NAMING for name in names) and any(name in DESCRIBING for name in names)


def _csv_with(*tables: Table) -> ResourceCase:
    return resource_case(inspection=inspection("csv", tables=tables))


_TORN = Defect(code="broken_archive", place="file", detail="the archive is cut")

CHECK = Check(
    id="data_present",
    version=1,
    level=Level.RESOURCE,
    dimension=Dimension.CONTENT,
    title="The file holds data",
    text="The file holds at least one row of data. A file that is empty, that has only a header or only the description of its "
    "columns, or a page or error message in its place, holds none.",
    remedy="Upload the file with its rows and check that it opens after downloading it. Publish the description of the columns as a "
    "resource of its own, beside the data.",
    effort=Effort.MEDIUM,
    fields=(
        *SET_ASIDE_FIELDS,
        *TRUE_FIELDS,
        "inspection.size",
        "inspection.tables",
        "inspection.tables.rows",
        "inspection.tables.columns.name",
        "inspection.defects.code",
    ),
    reasons={
        **SET_ASIDE_REASONS,
        "ok": "The file holds {rows} rows.",
        "data": "The file holds data ({format}).",
        "empty": "The file is empty.",
        "header_only": "The file has column names but not a single row.",
        "schema_only": "The file describes columns instead of holding their data.",
        "no_table": "No table could be found in the file.",
        "page": "A web page came instead of the data.",
        "error_document": "An error message came instead of the data.",
        "broken": "The file is damaged and cannot be opened.",
        "document": "The file is a document or picture ({format}); what it holds cannot be counted.",
        "unrecognised": "The format of the bytes could not be recognised.",
    },
    rule=rule,
    examples=(
        Example(resource_case(), Verdict.PASS, "ok", "a CSV with rows"),
        Example(resource_in("geojson", format="GeoJSON", media_type=None), Verdict.PASS, "data", "places"),
        Example(resource_case(inspection=inspection(None, size=0)), Verdict.FAIL, "empty", "no bytes at all"),
        Example(_csv_with(table("codigo", "nombre", rows=0)), Verdict.FAIL, "header_only", "a header without rows"),
        Example(
            _csv_with(table("campo", "tipo", "descripcion", rows=4)),
            Verdict.FAIL,
            "schema_only",
            "a data dictionary in place of data",
        ),
        Example(_csv_with(), Verdict.FAIL, "no_table", "a text in which no table was found"),
        Example(resource_in("html"), Verdict.FAIL, "page", "an error page with status 200"),
        Example(resource_in("json_error"), Verdict.FAIL, "error_document", "an error message with status 200"),
        Example(
            resource_case(inspection=inspection("xlsx", tables=(), defects=(_TORN,))),
            Verdict.FAIL,
            "broken",
            "half a workbook",
        ),
        Example(resource_in("pdf", format="PDF", media_type=None), Verdict.NOT_APPLICABLE, "document", "a report"),
        Example(resource_in(None), Verdict.UNKNOWN, "unrecognised", "bytes that nobody recognises"),
        Example(resource_case(inspection=None), Verdict.UNKNOWN, "not_read", "the file did not come"),
        Example(resource_in("xml", format="WMS", media_type=None), Verdict.NOT_APPLICABLE, "service", "a map service"),
        Example(resource_in("csv", derived=True), Verdict.NOT_APPLICABLE, "derived", "a link that the reader made"),
    ),
)
