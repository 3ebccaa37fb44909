"""The table holds no personal data of private persons.

Names and pay of officials are public by law and do not count. National identity numbers, private mail and
telephones, home addresses,
dates of birth, the health of persons and data of minors do. Evidence names columns and counts, never a value.
"""

from dataclasses import replace

from atalaya.checks.cases import TableCase
from atalaya.checks.check import Check, Dimension, Effort, Example, Level
from atalaya.checks.example_cases import table, table_case
from atalaya.checks.outcomes import Outcome, Verdict, not_applicable
from atalaya.checks.quotation import quote
from atalaya.inspection.findings import Table

NAMED = 5
"""Columns that a sentence names; the others are counted."""


def rule(case: TableCase) -> Outcome:
    """The outcome of one table; `passed` of `applied` counts columns."""
    columns = case.table.columns
    if case.table.rows <= 0 or not columns:
        return not_applicable("no_rows")
    found = [column for column in columns if column.personal]
    total = len(columns)
    if not found:
        return Outcome(Verdict.PASS, "ok", {"columns": total}, total, total)
    evidence: dict[str, str | int] = {
        "columns": total,
        "personal": len(found),
        "kinds": ", ".join(sorted({quote(column.personal, 40) for column in found if column.personal})),
        "names": "; ".join(quote(column.name, 40) or f"[{column.position}]" for column in found[:NAMED]),
        "filled": max(column.filled for column in found),
    }
    return Outcome(Verdict.FAIL, "personal", evidence, total - len(found), total)


def _with(kind: str, name: str) -> Table:
    shown = table("codigo", name)
    return replace(shown, columns=(shown.columns[0], replace(shown.columns[1], personal=kind)))


CHECK = Check(
    id="personal_data_absent",
    version=2,
    level=Level.TABLE,
    dimension=Dimension.CONTENT,
    title="The table holds no personal data of private persons",
    text="No column holds identity numbers, private e-mail or telephones, home addresses, dates of birth, the health of "
    "persons or data of minors. Names, "
    "posts and pay of officials, and contacts of offices, are public and do not count.",
    remedy="Take the columns out or publish totals in place of persons, replace the file at its address, and ask "
    "whoever keeps copies to "
    "replace them. Where a law orders to publish the data, name it in the description of the dataset.",
    effort=Effort.MEDIUM,
    fields=(
        "table.rows",
        "table.columns",
        "table.columns.personal",
        "table.columns.name",
        "table.columns.position",
        "table.columns.filled",
    ),
    reasons={
        "ok": "None of the {columns} columns seems to hold personal data.",
        "personal": "{personal} of {columns} columns seem to hold personal data ({kinds}) in up to {filled} rows: {names}.",
        "no_rows": "The table has no rows.",
    },
    terms={
        "identity_number": "identity numbers",
        "private_mail": "private e-mail addresses",
        "private_phone": "private telephones",
        "home_address": "home addresses",
        "birth_date": "dates of birth",
        "health": "health",
        "minor": "minors",
    },
    rule=rule,
    examples=(
        Example(table_case(table("codigo", "municipio")), Verdict.PASS, "ok", "codes and places"),
        Example(
            table_case(_with("identity_number", "documento")), Verdict.FAIL, "personal", "numbers that identify persons"
        ),
        Example(table_case(_with("home_address", "direccion")), Verdict.FAIL, "personal", "where persons live"),
        Example(table_case(table(rows=0)), Verdict.NOT_APPLICABLE, "no_rows", "a header without rows"),
    ),
)
