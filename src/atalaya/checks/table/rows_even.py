"""Every row of the table has as many cells as the table has columns."""

from atalaya.checks.cases import TableCase
from atalaya.checks.check import Check, Dimension, Effort, Example, Level
from atalaya.checks.example_cases import table, table_case
from atalaya.checks.outcomes import Outcome, Verdict, not_applicable


def rule(case: TableCase) -> Outcome:
    """The outcome of one table; `passed` of `applied` counts rows."""
    rows, ragged = case.table.rows, case.table.ragged
    if rows <= 0:
        return not_applicable("no_rows")
    uneven = min(max(ragged, 0), rows)
    evidence = {"rows": rows, "uneven": uneven}
    verdict, reason = (Verdict.FAIL, "uneven") if uneven else (Verdict.PASS, "ok")
    return Outcome(verdict, reason, evidence, rows - uneven, rows)


CHECK = Check(
    id="rows_even",
    version=1,
    level=Level.TABLE,
    dimension=Dimension.CONTENT,
    title="All rows have the same number of cells",
    text="Every row has as many cells as the table has columns. Where rows are longer or shorter, values slide into "
    "the wrong column, most "
    "often because a value holds the separator and is not quoted.",
    remedy="Export the table again with quotes around texts, and take line breaks and separators out of values that "
    "are not quoted.",
    effort=Effort.LOW,
    fields=("table.rows", "table.ragged"),
    reasons={
        "ok": "All {rows} rows have as many cells as there are columns.",
        "uneven": "{uneven} of {rows} rows have more or fewer cells than there are columns.",
        "no_rows": "The table has no rows.",
    },
    rule=rule,
    examples=(
        Example(table_case(table()), Verdict.PASS, "ok", "ten even rows"),
        Example(table_case(table(ragged=2)), Verdict.FAIL, "uneven", "two rows with a cell too many"),
        Example(table_case(table(rows=0)), Verdict.NOT_APPLICABLE, "no_rows", "a header without rows"),
    ),
)
