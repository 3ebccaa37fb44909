"""Every column of the table holds values."""

from dataclasses import replace

from atalaya.checks.cases import TableCase
from atalaya.checks.check import Check, Dimension, Effort, Example, Level
from atalaya.checks.example_cases import table, table_case
from atalaya.checks.outcomes import Outcome, Verdict, not_applicable
from atalaya.checks.quotation import quote
from atalaya.inspection.findings import Table

LEAST_ROWS = 5
"""Rows below which an empty column may be chance."""


def rule(case: TableCase) -> Outcome:
    """The outcome of one table; `passed` of `applied` counts columns."""
    columns = case.table.columns
    if case.table.rows < LEAST_ROWS or not columns:
        return not_applicable("few_rows")
    empty = [column for column in columns if not column.filled]
    if not empty:
        return Outcome(Verdict.PASS, "ok", {"columns": len(columns)}, len(columns), len(columns))
    good = len(columns) - len(empty)
    evidence: dict[str, str | int] = {"columns": len(columns), "empty": len(empty)}
    name = next((column.name for column in empty if column.name.strip()), None)
    if name is None:
        return Outcome(Verdict.FAIL, "padded", evidence, good, len(columns))
    return Outcome(Verdict.FAIL, "empty", {**evidence, "name": quote(name, 60)}, good, len(columns))


def _emptied(*names: str, rows: int = 10) -> Table:
    """A table whose last column holds nothing."""
    shown = table(*names, rows=rows)
    *others, last = shown.columns
    return replace(shown, columns=(*others, replace(last, kind="empty", filled=0, missing=rows)))


CHECK = Check(
    id="columns_filled",
    version=1,
    level=Level.TABLE,
    dimension=Dimension.CONTENT,
    title="Every column holds values",
    text="In a table of at least {least_rows} rows, no column is empty from top to bottom. “n/d”, “-” and the like "
    "count as empty.",
    remedy="Fill the column or take it out. If its values are not published for a reason, say so in the description "
    "of the dataset.",
    effort=Effort.MEDIUM,
    fields=("table.rows", "table.columns", "table.columns.filled", "table.columns.name"),
    thresholds={"least_rows": LEAST_ROWS},
    reasons={
        "ok": "All {columns} columns hold values.",
        "empty": "{empty} of {columns} columns hold no value, such as “{name}”.",
        "padded": "{empty} of {columns} columns have neither a name nor a value.",
        "few_rows": "The table has too few rows to tell.",
    },
    rule=rule,
    examples=(
        Example(table_case(table("codigo", "monto")), Verdict.PASS, "ok", "both columns have values"),
        Example(table_case(_emptied("codigo", "observaciones")), Verdict.FAIL, "empty", "a column without values"),
        Example(table_case(_emptied("codigo", "")), Verdict.FAIL, "padded", "a blank column inside a table"),
        Example(table_case(_emptied("codigo", "monto", rows=2)), Verdict.NOT_APPLICABLE, "few_rows", "two rows"),
    ),
)
