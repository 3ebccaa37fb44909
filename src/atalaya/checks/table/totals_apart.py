"""No row of totals stands among the rows of the data.

Whoever adds up the column counts everything twice. People expect totals below a table that is made to be read, but a file of open
data is made to be added up, so that the table fails; notes below a table are no rows of it.
"""

from atalaya.checks.cases import TableCase
from atalaya.checks.check import Effort
from atalaya.checks.example_cases import column, table
from atalaya.checks.inner_defects import Shown, measures, on_defect
from atalaya.inspection.defects import total_rows_inside
from atalaya.inspection.defects.cells import CellDefect
from atalaya.inspection.defects.totals import LEAST_ADDENDS
from atalaya.inspection.findings import Column


def concerned(case: TableCase) -> tuple[Column, ...]:
    """The columns of figures, in tables with rows to add up and one for their total."""
    return measures(case) if case.table.rows > LEAST_ADDENDS else ()


CHECK = on_defect(
    total_rows_inside.KIND,
    check_id="totals_apart",
    title="No row of totals stands among the data",
    found="{count} of {rows} rows are totals of others: {cells}.",
    absent="The table has no numbers that a row could add up.",
    concerned=concerned,
    reads=("table.columns.kind", "table.columns.filled"),
    counts="rows",
    effort=Effort.LOW,
    shown=Shown(
        sound=table(columns=(column(1, "municipio"), column(2, "casos", "integer"))),
        foreign=table("municipio", "observaciones"),
        fault=CellDefect(id=total_rows_inside.KIND.id, columns=(1,), count=1, cells=("A11",), rows=(11,), detail=""),
    ),
)
