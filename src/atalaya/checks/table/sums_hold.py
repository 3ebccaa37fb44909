"""Columns that are a sum of others are so in every row.

A sum that the country declares, or that the name of its column states (*total*), is a promise: a row that breaks it fails. A sum
or a product that was only found in the data, since it holds in nearly all rows, was promised by nobody; what breaks it may be a
mistake or a case of its own, so that it is named and leaves the verdict *unknown*. Rows of totals are the matter of
`totals_add_up`.
"""

from atalaya.checks.cases import TableCase
from atalaya.checks.check import Effort
from atalaya.checks.example_cases import column, table
from atalaya.checks.inner_defects import Shown, at_least, measures, on_defect
from atalaya.inspection.defects import identities_broken
from atalaya.inspection.defects.cells import CellDefect
from atalaya.inspection.findings import Column

LEAST_COLUMNS = 3
"""Two parts and their sum."""


def concerned(case: TableCase) -> tuple[Column, ...]:
    """The columns of figures, where there are enough for a sum."""
    return tuple(at_least(LEAST_COLUMNS, measures(case)))


CHECK = on_defect(
    identities_broken.KIND,
    check_id="sums_hold",
    title="Columns that add up do so in every row",
    text="A column that the country declares to be the sum of others, or that its name calls a total, is their sum in "
    "every row, within what rounding makes. Sums and products that are only found, since they hold in at least {share} of "
    "the rows (told from {rows} rows), were promised by nobody: rows that break them are named and do not fail.",
    found="{count} of {rows} rows break a sum of their columns: {cells}, in the columns {columns}.",
    doubtful="{count} of {rows} rows break a sum or a product that holds in nearly all others and that nobody declared: "
    "{cells}, in the columns {columns}.",
    absent="The table has too few columns of numbers for a sum.",
    concerned=concerned,
    reads=("table.columns.kind", "table.columns.filled"),
    counts="rows",
    effort=Effort.MEDIUM,
    shown=Shown(
        sound=table(
            columns=(
                column(1, "entidad"),
                column(2, "asignado", "number"),
                column(3, "modificado", "number"),
                column(4, "vigente", "number"),
            )
        ),
        foreign=table("entidad", "observaciones"),
        fault=CellDefect(id=identities_broken.KIND.id, columns=(2, 3, 4), count=1, cells=("D4",), rows=(4,), detail=""),
    ),
)
