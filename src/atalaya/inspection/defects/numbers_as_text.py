"""Numbers that a sheet holds as texts, so that it leaves them out of every sum."""

from collections.abc import Iterable

from atalaya.inspection.defects.cells import CellDefect
from atalaya.inspection.defects.declaration import DefectKind, ExampleTable
from atalaya.inspection.defects.view import TableView

_ID = "numbers_as_text"


def detect(view: TableView) -> Iterable[CellDefect]:
    """The cells of each column of numbers that are texts."""
    for column in view.columns:
        if not column.written or not column.is_numeric:
            continue
        count = len(column.written)
        detail = f"{count} cells of column {column.letters} hold a number as text, while others hold it as a number"
        example = (column.text(column.written[0]),)
        yield view.found(_ID, ((column, row) for row in column.written), detail, count=count, example=example)


KIND = DefectKind(
    id=_ID,
    version=1,
    title="Numbers written as text",
    text="In a sheet, all cells of a column of numbers hold numbers: those that hold a number as text are left out of "
    "sums and put "
    "last when sorted.",
    remedy="Turn the cells named into numbers (in a sheet: Data, Text to columns), and export the table again.",
    detect=detect,
    examples=(
        ExampleTable("one amount as text", ("municipio", "monto"), (("Villa", 10), ("Río", "25"), ("Sur", 7)), ("B3",)),
        ExampleTable("codes that are all texts", ("codigo", "monto"), (("101", 10), ("102", 25), ("103", 7))),
    ),
)
