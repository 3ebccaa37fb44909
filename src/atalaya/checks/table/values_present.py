"""The table holds values: it is no list of its own columns, no form to be filled in, no row that says that there is nothing."""

from dataclasses import replace

from atalaya.checks.cases import TableCase
from atalaya.checks.check import Check, Dimension, Effort, Example, Level
from atalaya.checks.example_cases import column, table, table_case
from atalaya.checks.outcomes import Outcome, Verdict, failed, not_applicable, passed
from atalaya.inspection.findings import Table

LEAST_ROWS = 3
"""Rows from which equal rows or empty cells are a pattern."""
LEAST_COLUMNS = 3
"""Columns from which a table with labels alone is a form: a list has one column, a glossary two."""


def rule(case: TableCase) -> Outcome:
    """The outcome of one table."""
    shown = case.table
    if shown.rows <= 0:
        return failed("header_only")
    if shown.content == "placeholder":
        return failed("placeholder")
    if shown.content == "fields":
        beside = any(other.content == "data" and other.rows > 0 for other in case.inspection.tables)
        return not_applicable("describes_another") if beside else failed("schema_only", rows=shown.rows)
    if shown.rows < LEAST_ROWS:
        return passed("ok", rows=shown.rows)
    if _is_form(shown):
        return failed("form", rows=shown.rows)
    return failed("repeated", rows=shown.rows) if _repeats(shown) else passed("ok", rows=shown.rows)


def _is_form(shown: Table) -> bool:
    """Labels in one column, or in none, and nothing in the others."""
    return len(shown.columns) >= LEAST_COLUMNS and sum(each.filled > 0 for each in shown.columns) <= 1


def _repeats(shown: Table) -> bool:
    """The same row over and over: every column has one value at most, in all rows or in none."""
    return len(shown.columns) >= 2 and all(
        each.distinct is not None and each.distinct <= 1 and each.filled in (0, shown.rows) for each in shown.columns
    )


def _form() -> Table:
    first, *others = table("rubro", "enero", "febrero").columns
    return table(columns=(first, *(replace(each, kind="empty", filled=0, missing=10) for each in others)))


CHECK = Check(
    id="values_present",
    version=2,
    level=Level.TABLE,
    dimension=Dimension.CONTENT,
    title="The table holds values",
    text="The table holds data: not only a header, not the description of its own columns, not an empty form, not "
    "one row that says that "
    "there is nothing, and not the same row over and over.",
    remedy="Publish the table with its values. Publish the description of the columns beside it, as a resource of "
    "its own; where there is "
    "nothing to publish, say so in the description of the dataset.",
    effort=Effort.MEDIUM,
    fields=(
        "table.rows",
        "table.content",
        "table.columns",
        "table.columns.filled",
        "table.columns.distinct",
        "inspection.tables",
        "inspection.tables.content",
        "inspection.tables.rows",
    ),
    reasons={
        "ok": "The table holds {rows} rows of values.",
        "header_only": "The table has column names and not a single row.",
        "placeholder": "The only row of the table says that there are no data.",
        "schema_only": "The {rows} rows of the table describe columns instead of holding data.",
        "form": "The {rows} rows of the table have labels and no values, like an empty form.",
        "repeated": "The {rows} rows of the table are all the same.",
        "describes_another": "The table describes the columns of another one in the same file.",
    },
    rule=rule,
    examples=(
        Example(table_case(table()), Verdict.PASS, "ok", "ten rows"),
        Example(table_case(table(rows=0)), Verdict.FAIL, "header_only", "a header without rows"),
        Example(
            table_case(table(rows=1, content="placeholder")), Verdict.FAIL, "placeholder", "one row that says “no data”"
        ),
        Example(
            table_case(table("campo", "tipo", content="fields")),
            Verdict.FAIL,
            "schema_only",
            "a dictionary in place of data",
        ),
        Example(table_case(_form()), Verdict.FAIL, "form", "a form to be filled in"),
        Example(
            table_case(table(columns=tuple(replace(column(n, "x"), distinct=1) for n in (1, 2)))),
            Verdict.FAIL,
            "repeated",
            "the same row ten times",
        ),
        Example(
            table_case(table("campo", "tipo", content="fields"), beside=(table(),)),
            Verdict.NOT_APPLICABLE,
            "describes_another",
            "a dictionary beside the data",
        ),
    ),
)
