"""Defects of formats: what the catalogue declares is missing, unknown, or not what the bytes are."""

from dataclasses import replace

from atalaya.checks.outcomes import Verdict
from atalaya.samples.deliveries import Defect, Delivery
from atalaya.samples.facts import texts
from atalaya.samples.files import containers, text
from atalaya.samples.kinds import KINDS

ALL = frozenset(KINDS)
CSV = frozenset({"csv", "csv_bom", "csv_semicolon"})
_FALSE = {"format_true": Verdict.FAIL}
_STANDS_IN = {
    **_FALSE,
    "data_present": Verdict.FAIL,
    "encoding_utf8": Verdict.UNKNOWN,
    "machine_readable": Verdict.FAIL,
    "open_format": Verdict.UNKNOWN,
}
"""Of what stands in place of a file: no data, and nothing to learn about the openness or encoding of the file itself."""


def _undeclared(delivery: Delivery) -> Delivery:
    return replace(delivery, format=None, media_type=None)


def _unrecognised(delivery: Delivery) -> Delivery:
    choices = texts()["unrecognised_formats"]
    return replace(delivery, format=choices[len(delivery.body) % len(choices)], media_type=None)


def _workbook_as_csv(delivery: Delivery) -> Delivery:
    return replace(delivery, body=containers.workbook(delivery.table))


def _csv_as_workbook(delivery: Delivery) -> Delivery:
    return replace(delivery, body=text.delimited(delivery.table).encode())


def _document_as_workbook(delivery: Delivery) -> Delivery:
    lines = tuple(" ".join(str(value) for value in row) for row in delivery.table.rows[:20])
    return replace(delivery, body=containers.document(("Cuadro de muestra", *lines)))


def _page_as_excel(delivery: Delivery) -> Delivery:
    return replace(
        delivery,
        body=text.html_table(delivery.table).encode(),
        format="XLS",
        media_type="application/vnd.ms-excel",
        served_type="application/vnd.ms-excel",
    )


def _error_page(delivery: Delivery) -> Delivery:
    page = text.html_page("Página no encontrada", "El recurso de muestra que busca no existe o fue movido.")
    return replace(delivery, body=page.encode(), served_type="text/html; charset=utf-8")


def _error_document(delivery: Delivery) -> Delivery:
    answer = (
        '{"success": false, "error": {"__type": "Internal Error", "message": "Recurso de muestra no disponible"}}\n'
    )
    return replace(delivery, body=answer.encode(), served_type="application/json")


DEFECTS = (
    Defect(
        code="csv_as_workbook",
        note="declared as Excel, delivered as CSV",
        plant=_csv_as_workbook,
        first={**_FALSE, "open_format": Verdict.PASS, "encoding_utf8": Verdict.PASS},
        kinds=frozenset({"xlsx"}),
        quota=4,
        stars=3,
    ),
    Defect(
        code="document_as_workbook",
        note="declared as Excel, delivered as PDF",
        plant=_document_as_workbook,
        first={**_FALSE, "machine_readable": Verdict.FAIL, "data_present": Verdict.NOT_APPLICABLE},
        kinds=frozenset({"xlsx"}),
        quota=3,
        stars=1,
    ),
    Defect(
        code="error_document",
        note="a JSON error answered with status 200 in place of the file",
        plant=_error_document,
        first=_STANDS_IN,
        kinds=CSV,
        quota=3,
        stars=0,
    ),
    Defect(
        code="error_page",
        note="an error page answered with status 200 in place of the file",
        plant=_error_page,
        first=_STANDS_IN,
        kinds=CSV,
        quota=6,
        stars=0,
    ),
    Defect(
        code="format_undeclared",
        note="the catalogue says no format",
        plant=_undeclared,
        first={"format_declared": Verdict.FAIL, "format_true": Verdict.NOT_APPLICABLE},
        kinds=ALL,
        quota=6,
        table_kept=True,
    ),
    Defect(
        code="format_unrecognised",
        note="the catalogue declares a format that means nothing",
        plant=_unrecognised,
        first={"format_declared": Verdict.FAIL, "format_true": Verdict.UNKNOWN},
        kinds=ALL,
        quota=5,
        table_kept=True,
    ),
    Defect(
        code="page_as_excel",
        note="an HTML table under the name of an Excel file",
        plant=_page_as_excel,
        first={
            **_FALSE,
            "data_present": Verdict.PASS,
            "encoding_utf8": Verdict.PASS,
            "machine_readable": Verdict.FAIL,
            "open_format": Verdict.PASS,
        },
        kinds=frozenset({"xlsx"}),
        quota=3,
        table_shown=True,
        stars=1,
    ),
    Defect(
        code="workbook_as_csv",
        note="declared as CSV, delivered as an Excel workbook",
        plant=_workbook_as_csv,
        first={**_FALSE, "open_format": Verdict.FAIL, "encoding_utf8": Verdict.NOT_APPLICABLE},
        kinds=CSV,
        quota=4,
        stars=2,
    ),
)
