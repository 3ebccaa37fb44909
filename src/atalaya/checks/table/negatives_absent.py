"""What counts people or things, or money planned or collected, is zero or more.

A few negative values in such a column are slips, missing values in disguise (-9999) or corrections that nobody explains, and are
all for the publisher to mend or to explain. Columns of balances, differences, rates and temperatures are not concerned, nor are
those in which negative values are usual.
"""

from atalaya.checks.cases import TableCase
from atalaya.checks.check import Effort
from atalaya.checks.example_cases import column, table
from atalaya.checks.inner_defects import Shown, numeric, on_defect
from atalaya.inspection.defects import negative_values
from atalaya.inspection.defects.cells import CellDefect
from atalaya.inspection.defects.roles import folded
from atalaya.inspection.findings import Column


def concerned(case: TableCase) -> tuple[Column, ...]:
    """The columns of numbers that count, with enough values."""
    return tuple(
        each
        for each in numeric(case)
        if each.filled >= negative_values.LEAST_VALUES and negative_values.counts(folded(each.name))
    )


CHECK = on_defect(
    negative_values.KIND,
    check_id="negatives_absent",
    title="What is counted is not negative",
    found="{count} values are negative where nearly all are zero or more: {cells}, in the column {columns}.",
    absent="The table has no column of money, people or counts with enough values.",
    concerned=concerned,
    reads=("table.columns.kind", "table.columns.filled"),
    effort=Effort.MEDIUM,
    shown=Shown(
        sound=table(columns=(column(1, "municipio", filled=60), column(2, "casos", "integer", filled=60)), rows=60),
        foreign=table("municipio", "observaciones", rows=60),
        fault=CellDefect(id=negative_values.KIND.id, columns=(2,), count=1, cells=("B41",), rows=(41,), detail=""),
    ),
)
