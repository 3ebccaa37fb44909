"""All values of a column are in one unit.

Kilometres beside metres or dollars beside another currency cannot be added up, and whoever strips the letters adds them up all
the same, so that the table fails. One unit behind every number of a column is no fault here.
"""

from atalaya.checks.cases import TableCase
from atalaya.checks.check import Effort
from atalaya.checks.example_cases import column, table
from atalaya.checks.inner_defects import Shown, on_defect
from atalaya.inspection.defects import units_mixed
from atalaya.inspection.defects.cells import CellDefect
from atalaya.inspection.findings import Column


def concerned(case: TableCase) -> tuple[Column, ...]:
    """The columns of numbers and of texts: numbers with units are texts."""
    kinds = ("integer", "number", "text")
    return tuple(each for each in case.table.columns if each.kind in kinds and each.filled > 0)


CHECK = on_defect(
    units_mixed.KIND,
    check_id="unit_single",
    title="Values of a column are in one unit",
    found="{count} values are in another unit than the others of their column: {cells}, in the column {columns}.",
    absent="The table has no column of numbers or texts.",
    concerned=concerned,
    reads=("table.columns.kind", "table.columns.filled"),
    effort=Effort.MEDIUM,
    shown=Shown(
        sound=table(columns=(column(1, "tramo"), column(2, "largo"))),
        foreign=table(columns=(column(1, "fecha", "date"),)),
        fault=CellDefect(id=units_mixed.KIND.id, columns=(2,), count=1, cells=("B3",), rows=(3,), detail=""),
    ),
)
