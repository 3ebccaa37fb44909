"""A code that tells the rows apart stands in one row only.

Told from codes that do so in nearly all rows, where no other column does in all. Where two rows share such a code, programs that
join by it double what they count, so that the table fails: the code is wrong, or the row was entered twice.
"""

from atalaya.checks.cases import TableCase
from atalaya.checks.check import Effort
from atalaya.checks.example_cases import column, table
from atalaya.checks.inner_defects import Shown, on_defect
from atalaya.inspection.defects import duplicate_keys
from atalaya.inspection.defects.cells import CellDefect
from atalaya.inspection.defects.roles import folded
from atalaya.inspection.findings import Column


def concerned(case: TableCase) -> tuple[Column, ...]:
    """The columns whose names are those of codes that may tell rows apart, in tables that are long enough."""
    if case.table.rows < duplicate_keys.LEAST_ROWS:
        return ()
    first = case.table.columns[: duplicate_keys.FIRST]
    return tuple(each for each in first if each.filled > 0 and duplicate_keys.may_be_key(folded(each.name)))


CHECK = on_defect(
    duplicate_keys.KIND,
    check_id="keys_unique",
    title="No two rows share their code",
    found="{count} of {rows} rows share their code with another: {cells}, in the column {columns}.",
    absent="The table has no column of codes that tell rows apart, or too few rows.",
    concerned=concerned,
    reads=("table.columns.filled",),
    counts="rows",
    effort=Effort.MEDIUM,
    shown=Shown(
        sound=table("codigo", "municipio", rows=40),
        foreign=table(columns=(column(1, "municipio"), column(2, "monto", "number")), rows=40),
        fault=CellDefect(
            id=duplicate_keys.KIND.id, columns=(1,), count=2, cells=("A9", "A32"), rows=(9, 32), detail=""
        ),
    ),
)
