"""Totals that are not the sum of the rows that they add up."""

from collections.abc import Iterable

from atalaya.inspection.defects.cells import CellDefect
from atalaya.inspection.defects.declaration import DefectKind, ExampleTable
from atalaya.inspection.defects.totals import CLOSE, find_totals
from atalaya.inspection.defects.view import TableView

_ID = "totals_wrong"


def detect(view: TableView) -> Iterable[CellDefect]:
    """One defect for all cells of totals that are wrong."""
    cells = [(column, total.row) for total in view.once(find_totals) for column in total.wrong]
    if not cells:
        return
    column, row = cells[0]
    detail = (
        f"{len(cells)} totals in {len({row for _, row in cells})} rows are not the sum of the rows that they add up"
    )
    yield view.found(_ID, cells, detail, count=len(cells), example=(column.text(row),))


KIND = DefectKind(
    id=_ID,
    version=1,
    title="Totals that do not add up",
    text="A row of totals holds the sums of the rows that it adds up. A total is wrong where other columns of its row "
    "do add up, where "
    "other totals of its column do, or where the only total of the table is off by at most {close}; averages and shares "
    "have no sum.",
    remedy="Add the column up anew; where the total is right, a row is missing or wrong.",
    detect=detect,
    thresholds={"close": f"{CLOSE:.0%}"},
    examples=(
        ExampleTable(
            "one column that does not add up",
            ("municipio", "hombres", "mujeres"),
            (*((f"Lugar {n}", 10 + n, 20 + n) for n in range(6)), ("TOTAL", 75, 144)),
            ("C8",),
        ),
        ExampleTable(
            "a subtotal unlike the others",
            ("programa", "monto"),
            (
                ("A", 10),
                ("B", 5),
                ("Subtotal", 15),
                ("C", 7),
                ("D", 8),
                ("Subtotal", 15),
                ("E", 9),
                ("F", 4),
                ("Subtotal", 14),
            ),
            ("B10",),
        ),
        ExampleTable(
            "the only total",
            ("municipio", "casos"),
            (*((f"Lugar {n}", 100 + n) for n in range(6)), ("Total", 625)),
            ("B8",),
        ),
        ExampleTable(
            "totals that add up",
            ("municipio", "hombres", "mujeres", "tasa"),
            (*((f"Lugar {n}", 10 + n, 20 + n, 5.5) for n in range(6)), ("TOTAL", 75, 135, 5.5)),
        ),
        ExampleTable(
            "shares that were rounded", ("grupo", "cantidad"), (("A", 33), ("B", 33), ("C", 33), ("Total", 100))
        ),
    ),
)
