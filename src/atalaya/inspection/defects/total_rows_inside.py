"""Rows of totals that stand among the rows of the data, so that every sum of a column counts twice."""

from collections.abc import Iterable

from atalaya.inspection.defects.cells import CellDefect
from atalaya.inspection.defects.declaration import DefectKind, ExampleTable
from atalaya.inspection.defects.totals import TotalRow, find_totals
from atalaya.inspection.defects.view import ColumnView, TableView

_ID = "total_rows_inside"


def detect(view: TableView) -> Iterable[CellDefect]:
    """One defect for all rows of totals."""
    found = [total for total in view.once(find_totals) if total.right or total.wrong or total.sure]
    if not found:
        return
    shown = sum(bool(total.right) for total in found)
    detail = f"{len(found)} rows are totals of others; {shown} of them add up other rows of the table"
    cells = ((_cell(total), total.row) for total in found)
    columns = {total.label.position: total.label for total in found if total.label is not None}
    example = view.row_texts(found[0].row, view.columns[:_SHOWN])
    yield view.found(_ID, cells, detail, count=len(found), columns=columns.values(), example=example)


_SHOWN = 12


def _cell(total: TotalRow) -> ColumnView:
    return total.label if total.label is not None else total.right[0]


KIND = DefectKind(
    id=_ID,
    version=1,
    title="Rows of totals among the data",
    text="Every row of the table is data: none is called a total, and neither the first nor the last row is the sum of "
    "all others.",
    remedy="Take the rows of totals out of the table; who needs them can add them up.",
    detect=detect,
    examples=(
        ExampleTable(
            "a total below the data",
            ("municipio", "hombres", "mujeres"),
            (*((f"Lugar {n}", 10 + n, 20 + n) for n in range(6)), ("TOTAL", 75, 135)),
            ("A8",),
        ),
        ExampleTable(
            "subtotals",
            ("programa", "monto"),
            (("A", 10), ("B", 5), ("Subtotal", 15), ("C", 7), ("D", 8), ("Subtotal", 15), ("Total general", 30)),
            ("A4", "A7", "A8"),
        ),
        ExampleTable(
            "a sum without a name",
            ("municipio", "hombres", "mujeres"),
            (*((f"Lugar {n}", 10 + n, 20 + n) for n in range(6)), ("", 75, 135)),
            ("B8",),
        ),
        ExampleTable(
            "a firm whose name begins so",
            ("proveedor", "monto"),
            (("Total Energías, S.A.", 10), ("Aguas del Sur", 25), ("Librería Total", 7), ("Vías", 4)),
        ),
    ),
)
