"""All numbers of the table are written in one way.

Programs read `1.250` as one thousand or as one and a quarter by what they find first; a table with two ways of writing is read
wrongly in part, so that it fails. A decimal comma in all of it is no fault here.
"""

from atalaya.checks.check import Effort
from atalaya.checks.example_cases import column, table
from atalaya.checks.inner_defects import Shown, measures, on_defect
from atalaya.inspection.defects import number_formats_mixed
from atalaya.inspection.defects.cells import CellDefect

CHECK = on_defect(
    number_formats_mixed.KIND,
    check_id="number_format_single",
    title="Numbers are written in one way",
    found="{count} numbers are written in another way than the others: {cells}, in the columns {columns}.",
    absent="The table has no column of numbers.",
    concerned=measures,
    reads=("table.columns.kind", "table.columns.filled"),
    effort=Effort.LOW,
    shown=Shown(
        sound=table(columns=(column(1, "entidad"), column(2, "monto", "number"))),
        foreign=table("entidad", "observaciones"),
        fault=CellDefect(
            id=number_formats_mixed.KIND.id, columns=(2,), count=3, cells=("B3", "B5", "B9"), rows=(3, 5, 9), detail=""
        ),
    ),
)
