"""A row of totals holds the sums of the rows that it adds up.

Judged only where the table has rows of totals; that it has some is the matter of `totals_apart`. A total that is wrong makes
readers doubt every figure above it, so that the table fails.
"""

from atalaya.checks.cases import TableCase
from atalaya.checks.check import Effort
from atalaya.checks.example_cases import column, table
from atalaya.checks.inner_defects import Shown, measures, on_defect
from atalaya.inspection.defects import total_rows_inside, totals_wrong
from atalaya.inspection.defects.cells import CellDefect
from atalaya.inspection.findings import Column


def concerned(case: TableCase) -> tuple[Column, ...]:
    """The columns of figures of a table with rows of totals."""
    return measures(case) if any(each.id == total_rows_inside.KIND.id for each in case.table.defects) else ()


_TOTALS = CellDefect(id=total_rows_inside.KIND.id, columns=(1,), count=1, cells=("A12",), rows=(12,), detail="")
_COLUMNS = (column(1, "municipio"), column(2, "hombres", "integer"), column(3, "mujeres", "integer"))

CHECK = on_defect(
    totals_wrong.KIND,
    check_id="totals_add_up",
    title="Totals are the sums of their rows",
    found="{count} totals are not the sum of the rows that they add up: {cells}, in the columns {columns}.",
    absent="The table has no rows of totals.",
    concerned=concerned,
    reads=("table.columns.kind", "table.columns.filled"),
    effort=Effort.MEDIUM,
    shown=Shown(
        sound=table(columns=_COLUMNS, defects=(_TOTALS,)),
        foreign=table(columns=_COLUMNS),
        fault=CellDefect(id=totals_wrong.KIND.id, columns=(3,), count=1, cells=("C12",), rows=(12,), detail=""),
    ),
)
