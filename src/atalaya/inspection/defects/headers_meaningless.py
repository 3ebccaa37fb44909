"""Columns without a name, or with one that a program made up."""

import re
from collections import defaultdict
from collections.abc import Iterable

from atalaya.inspection.defects.cells import MOST_CELLS, CellDefect
from atalaya.inspection.defects.declaration import DefectKind, ExampleTable
from atalaya.inspection.defects.roles import folded
from atalaya.inspection.defects.view import ColumnView, TableView

_ID = "headers_meaningless"
_MADE = re.compile(
    r"(?:unnamed|column|columna|coluna|colonne|spalte|col|sin nombre|sin titulo|no name|untitled|encabezado|header) "
    r"?\d*(?: level \d+)?|"
    r"(?:field|campo|var|expr|attribute|atributo) ?\d+|(?:row|column) labels|etiquetas de (?:fila|columna)|"
    r"\d+ \d+ unnamed"
)
"""Folded names that spreadsheets, databases and libraries give to columns without a name."""
_NUMBERED = re.compile(r"(?P<letter>[vfcx]) ?(?P<number>\d{1,3})")
"""Letters that programs number: made up where they begin at none or one and go on."""


def detect(view: TableView) -> Iterable[CellDefect]:
    """One defect for all columns; tables of one column and tables without any header say it once."""
    if not any(column.name for column in view.columns):
        return
    made = _numbered(view.columns)
    poor = [column for column in view.columns if column.position in made or _is_poor(column)]
    if not poor:
        return
    header = view.frame.header_rows[-1:]
    nameless = sum(not column.name for column in poor)
    detail = f"{len(poor)} columns have no name that says what they hold; {nameless} of them have none at all"
    yield CellDefect(
        id=_ID,
        columns=tuple(column.position for column in poor),
        count=len(poor),
        cells=tuple(column.address(header[0]) for column in poor[:MOST_CELLS]) if header else (),
        rows=header,
        detail=detail,
        example=(poor[0].name,),
    )


def _is_poor(column: ColumnView) -> bool:
    if not column.name.strip():
        return column.filled > 0
    return is_made(column.name)


def is_made(name: str) -> bool:
    """Whether a program made this name.

    >>> is_made("Unnamed: 3"), is_made("Columna1"), is_made("Columna vertebral"), is_made("Valor")
    (True, True, False, False)
    """
    return _MADE.fullmatch(folded(name)) is not None


def _numbered(columns: Iterable[ColumnView]) -> frozenset[int]:
    """Positions of columns that are named by one letter and numbers in a row: `V1`, `V2`."""
    groups: defaultdict[str, dict[int, int]] = defaultdict(dict)
    for column in columns:
        found = _NUMBERED.fullmatch(column.folded)
        if found is not None:
            groups[found["letter"]][int(found["number"])] = column.position
    rows = (
        group
        for group in groups.values()
        if len(group) > 1 and min(group) <= 1 and max(group) - min(group) == len(group) - 1
    )
    return frozenset(position for group in rows for position in group.values())


KIND = DefectKind(
    id=_ID,
    version=1,
    title="Columns without a name of their own",
    text="Every column that holds values has a name, and none is a name that a program made up, such as *Unnamed: 3*, "
    "*Column1* or "
    "*Row Labels*.",
    remedy="Write above each of these columns a short name that says what it holds.",
    detect=detect,
    examples=(
        ExampleTable("a name made by a library", ("municipio", "Unnamed: 1"), (("Villa", 1), ("Río", 2)), ("B1",)),
        ExampleTable(
            "a column without a name", ("municipio", "", "monto"), (("Villa", "x", 1), ("Río", "y", 2)), ("B1",)
        ),
        ExampleTable("left by a pivot table", ("Row Labels", "monto"), (("Villa", 1), ("Río", 2)), ("A1",)),
        ExampleTable("numbered letters", ("V1", "V2"), (("Villa", 1), ("Río", 2)), ("A1", "B1")),
        ExampleTable("codes of questions", ("municipio", "F13", "F25"), (("Villa", 1, 4), ("Río", 2, 3))),
        ExampleTable("names", ("municipio", "valor"), (("Villa", 1), ("Río", 2))),
    ),
)
