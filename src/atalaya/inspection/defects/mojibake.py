"""Letters were damaged when the text was written or read in the wrong encoding: `EducaciÃ³n`, `Educaci?n`, `Educaci¢n`."""

from collections.abc import Iterable
from itertools import islice

from atalaya.inspection.damaged_letters import is_damaged, may_be_damaged
from atalaya.inspection.defects.cells import MOST_CELLS, CellDefect
from atalaya.inspection.defects.declaration import DefectKind, ExampleTable
from atalaya.inspection.defects.view import ColumnView, TableView

_ID = "mojibake"


def detect(view: TableView) -> Iterable[CellDefect]:
    """The damaged texts of each column, and of the header."""
    header = _header(view)
    for column in view.columns:
        if column.is_plain:
            continue
        damaged = _damaged(column)
        if damaged:
            yield _found(view, column, damaged)
    if header is not None:
        yield header


def _damaged(column: ColumnView) -> frozenset[int]:
    """The numbers of the texts that are damaged."""
    if may_be_damaged(column.joined):
        return frozenset(number for number, text in enumerate(column.texts) if is_damaged(text))
    return frozenset()


def _found(view: TableView, column: ColumnView, damaged: frozenset[int]) -> CellDefect:
    count = sum(column.counts[number] for number in damaged)
    rows = islice((row for row, number in enumerate(column.codes) if number in damaged), MOST_CELLS)
    detail = f"{count} cells of column {column.letters} hold letters that were damaged by a wrong encoding"
    example = (column.texts[min(damaged)],)
    return view.found(_ID, ((column, row) for row in rows), detail, count=count, example=example)


def _header(view: TableView) -> CellDefect | None:
    """Damaged names of columns; they stand in the first row of the header."""
    damaged = [column for column in view.columns if is_damaged(column.name)]
    if not damaged:
        return None
    row = view.frame.header_rows[:1]
    detail = f"the names of {len(damaged)} columns hold letters that were damaged by a wrong encoding"
    cells = tuple(column.address(row[0]) for column in damaged[:MOST_CELLS]) if row else ()
    positions = tuple(column.position for column in damaged)
    example = (damaged[0].name,)
    return CellDefect(
        id=_ID, columns=positions, count=len(damaged), cells=cells, rows=row, detail=detail, example=example
    )


KIND = DefectKind(
    id=_ID,
    version=1,
    title="Letters damaged by a wrong encoding",
    text="No text holds the signs that appear where it was written in one encoding and read in another: two signs in place of a "
    "letter with an accent, question marks or replacement signs inside words, codes of HTML.",
    remedy="Export the table again from its source in UTF-8. What was saved with replacement signs cannot be mended "
    "from the file.",
    detect=detect,
    examples=(
        ExampleTable("UTF-8 read as Windows-1252", ("area", "monto"), (("EducaciÃ³n", 1), ("Salud", 2)), ("A2",)),
        ExampleTable("read wrongly twice", ("area", "monto"), (("EducaciÃƒÂ³n", 1), ("Salud", 2)), ("A2",)),
        ExampleTable("letters that were lost", ("area", "monto"), (("Educaci\ufffdn", 1), ("Ni?ez", 2)), ("A2", "A3")),
        ExampleTable("IBM850 read as Windows-1252", ("area", "monto"), (("Educaci¢n", 1), ("Salud", 2)), ("A2",)),
        ExampleTable("Windows-1252 read as IBM850", ("area", "monto"), (("Salud", 1), ("Educaci¾n", 2)), ("A3",)),
        ExampleTable("a damaged name of a column", ("regiÃ³n", "monto"), (("Norte", 1), ("Sur", 2)), ("A1",)),
        ExampleTable("letters with accents", ("area", "monto"), (("Educación", 1), ("São João", 2), ("CAFÉ»", 3))),
        ExampleTable("questions", ("pregunta", "sí"), (("¿Tiene agua?", 1), ("¿Por qué?", 2))),
    ),
)
