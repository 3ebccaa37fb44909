"""No row says what another one says already.

Rows that repeat by chance, because the table has few different values, are no fault, and neither are headers and empty rows that
return (`inspection.defects.duplicate_rows` tells them). A table that holds nothing but one row over and over is the matter of
`values_present`.
"""

from atalaya.checks.cases import TableCase
from atalaya.checks.check import Effort
from atalaya.checks.example_cases import table
from atalaya.checks.inner_defects import Shown, at_least, on_defect
from atalaya.inspection.defects import duplicate_rows
from atalaya.inspection.defects.cells import CellDefect
from atalaya.inspection.findings import Column


def concerned(case: TableCase) -> tuple[Column, ...]:
    """The columns with values, where there are two or more, of tables of more than one row."""
    filled = tuple(each for each in case.table.columns if each.filled > 0)
    return tuple(at_least(duplicate_rows.LEAST_COLUMNS, filled)) if case.table.rows > 1 else ()


CHECK = on_defect(
    duplicate_rows.KIND,
    check_id="rows_distinct",
    title="No row repeats another",
    found="{count} of {rows} rows repeat an earlier one in every cell, beginning at {cells}.",
    absent="The table has a single row or a single column.",
    concerned=concerned,
    reads=("table.columns.filled",),
    counts="rows",
    effort=Effort.LOW,
    shown=Shown(
        sound=table("municipio", "monto"),
        foreign=table("municipio"),
        fault=CellDefect(
            id=duplicate_rows.KIND.id, columns=(1, 2), count=2, cells=("A4", "A9"), rows=(4, 9), detail=""
        ),
    ),
)
