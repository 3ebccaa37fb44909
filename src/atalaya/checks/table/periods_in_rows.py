"""Years, months and quarters stand in a column of their own and not in the names of columns.

Nothing in a wide table is false, and people like to read it. It fails all the same: the period is a value that no program finds
among the values (H. Wickham, *Tidy Data*, 2014, §3.1: "column headers are values, not variable names"), and every edition has
other columns than the one before. It is the publisher's choice, and mended by whoever exports the table. Two periods beside each
other are a comparison and no fault.
"""

from atalaya.checks.cases import TableCase
from atalaya.checks.check import Effort
from atalaya.checks.example_cases import column, table
from atalaya.checks.inner_defects import Shown, at_least, measures, on_defect
from atalaya.inspection.defects import periods_as_columns
from atalaya.inspection.defects.cells import CellDefect
from atalaya.inspection.findings import Column


def concerned(case: TableCase) -> tuple[Column, ...]:
    """The columns of figures, where there are enough to be periods."""
    least = min(periods_as_columns.LEAST_YEARS, periods_as_columns.LEAST_MONTHS, periods_as_columns.LEAST_QUARTERS)
    return tuple(at_least(least, measures(case)))


CHECK = on_defect(
    periods_as_columns.KIND,
    check_id="periods_in_rows",
    title="Years and months stand in a column",
    found="{count} columns hold the same figure for different years, months or quarters, such as {columns}.",
    absent="The table has fewer than {years} columns of numbers.",
    concerned=concerned,
    reads=("table.columns.kind", "table.columns.filled"),
    by_names=True,
    effort=Effort.MEDIUM,
    shown=Shown(
        sound=table(
            columns=(
                column(1, "municipio"),
                column(2, "hombres", "integer"),
                column(3, "mujeres", "integer"),
                column(4, "hogares", "integer"),
            )
        ),
        foreign=table("municipio", "observaciones"),
        fault=CellDefect(
            id=periods_as_columns.KIND.id,
            columns=(2, 3, 4),
            count=3,
            cells=("B1", "C1", "D1"),
            rows=(1,),
            detail="",
        ),
    ),
)
