"""Dates and years can be: none lies centuries away, and what is recorded lies not in the future.

Both are slips of the hand or of a program that anyone sees and the source can mend, so that the table fails. Columns whose names
speak of plans, ends or validity may lie ahead, and so does the whole of a table of projections.
"""

from atalaya.checks.cases import TableCase
from atalaya.checks.check import Effort
from atalaya.checks.example_cases import column, table
from atalaya.checks.inner_defects import Shown, on_defect
from atalaya.inspection.defects import years_impossible
from atalaya.inspection.defects.cells import CellDefect
from atalaya.inspection.defects.roles import folded
from atalaya.inspection.defects.words import column_words
from atalaya.inspection.findings import Column


def concerned(case: TableCase) -> tuple[Column, ...]:
    """The columns of dates, and those that are called years."""
    year = column_words().year
    return tuple(
        each
        for each in case.table.columns
        if each.filled >= years_impossible.LEAST_VALUES
        and (each.kind == "date" or (each.kind in ("integer", "text") and year.search(folded(each.name))))
    )


CHECK = on_defect(
    years_impossible.KIND,
    check_id="dates_possible",
    title="Dates and years are possible",
    found="{count} dates or years cannot be: {cells}, in the column {columns}.",
    absent="The table has no column of dates or years with enough values.",
    concerned=concerned,
    reads=("table.columns.kind", "table.columns.filled"),
    effort=Effort.LOW,
    shown=Shown(
        sound=table(columns=(column(1, "fecha", "date"), column(2, "casos", "integer"))),
        foreign=table("municipio", "observaciones"),
        fault=CellDefect(id=years_impossible.KIND.id, columns=(1,), count=1, cells=("A9",), rows=(9,), detail=""),
    ),
)
