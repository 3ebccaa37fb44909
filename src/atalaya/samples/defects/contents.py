"""Defects of contents: the right format with nothing, too little or something unreadable inside."""

from dataclasses import replace

from atalaya.checks.outcomes import Verdict
from atalaya.samples.deliveries import Defect, Delivery
from atalaya.samples.files import text
from atalaya.samples.tables import Rows

CSV = frozenset({"csv", "csv_semicolon"})
_NO_DATA = {"data_present": Verdict.FAIL}


def _cp1252(delivery: Delivery) -> Delivery:
    named = Rows(
        delivery.table.columns, tuple((*row[:1], f"{row[1]}, región", *row[2:]) for row in delivery.table.rows)
    )
    return replace(delivery, body=text.delimited(named, ";").encode("cp1252", "replace"))


def _empty(delivery: Delivery) -> Delivery:
    return replace(delivery, body=b"")


def _header_only(delivery: Delivery) -> Delivery:
    return replace(delivery, body=text.delimited(Rows(delivery.table.columns, ())).encode())


def _schema_only(delivery: Delivery) -> Delivery:
    rows = tuple(
        (name, "texto" if number < 2 else "entero", f"Contenido de {name}")
        for number, name in enumerate(delivery.table.columns)
    )
    return replace(delivery, body=text.delimited(Rows(("campo", "tipo", "descripcion"), rows)).encode())


def _broken_archive(delivery: Delivery) -> Delivery:
    return replace(delivery, body=delivery.body[: len(delivery.body) // 2])


def _headless(delivery: Delivery) -> Delivery:
    rows = delivery.table.rows
    return replace(delivery, body=text.delimited(Rows(tuple(str(v) for v in rows[0]), rows[1:])).encode())


def _numbered_header(delivery: Delivery) -> Delivery:
    names = tuple(f"col{number}" for number in range(1, len(delivery.table.columns) + 1))
    return replace(delivery, body=text.delimited(Rows(names, delivery.table.rows)).encode())


DEFECTS = (
    Defect(
        code="archive_broken",
        note="half of the workbook is missing",
        plant=_broken_archive,
        first={"machine_readable": Verdict.FAIL, "data_present": Verdict.FAIL},
        kinds=frozenset({"xlsx"}),
        quota=3,
        stars=0,
    ),
    Defect(
        code="encoding_cp1252",
        note="written in Windows-1252",
        plant=_cp1252,
        first={"encoding_utf8": Verdict.FAIL},
        kinds=CSV,
        quota=8,
        table_kept=True,
    ),
    Defect(
        code="file_empty",
        note="a file of no bytes",
        plant=_empty,
        first={
            **_NO_DATA,
            "format_true": Verdict.FAIL,
            "machine_readable": Verdict.FAIL,
            "open_format": Verdict.UNKNOWN,
            "encoding_utf8": Verdict.NOT_APPLICABLE,
        },
        kinds=CSV,
        quota=3,
        stars=0,
    ),
    Defect(
        code="header_missing",
        note="the first row of data stands where the header should be",
        plant=_headless,
        first={},
        kinds=CSV,
        quota=5,
        header_lost=True,
    ),
    Defect(
        code="header_numbered",
        note="columns named col1, col2 and so on",
        plant=_numbered_header,
        first={},
        kinds=CSV,
        quota=4,
        header_lost=True,
    ),
    Defect(
        code="header_only",
        note="a header without rows",
        plant=_header_only,
        first=_NO_DATA,
        kinds=CSV,
        quota=4,
        stars=0,
    ),
    Defect(
        code="schema_only",
        note="a list of columns in place of the data",
        plant=_schema_only,
        first=_NO_DATA,
        kinds=CSV,
        quota=3,
        stars=0,
    ),
)
