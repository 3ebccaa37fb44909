"""Rows that repeat another row in every cell."""

from collections.abc import Iterable, Sequence

from atalaya.inspection.defects import roles
from atalaya.inspection.defects.cells import CellDefect
from atalaya.inspection.defects.declaration import DefectKind, ExampleTable
from atalaya.inspection.defects.view import ColumnView, TableView

_ID = "duplicate_rows"
LEAST_COLUMNS = 2
LEAST_FILLED = 2
"""Cells of a row that must say something, in columns that do not say the same in all rows: empty rows and rows of zeros repeat
without saying anything twice."""
_NOTHING = frozenset({"0", "0.0", "0.00", "0,00", "0%", "false", "FALSE", "False"})
MOST_BY_CHANCE = 0.1
"""Share of the repeated rows that chance may explain: rows of few different values repeat in any long table."""


def detect(view: TableView) -> Iterable[CellDefect]:
    """One defect for all repeated rows."""
    columns = [column for column in view.columns if not roles.is_row_number(column) and column.filled]
    if len(columns) < LEAST_COLUMNS or view.rows < 2 or any(column.distinct == view.rows for column in columns):
        return
    repeated = _repeated(columns)
    if not repeated or len(repeated) * MOST_BY_CHANCE <= _by_chance(columns, view.rows):
        return
    first = columns[0]
    detail = f"{len(repeated)} rows repeat an earlier row in every cell"
    cells = ((first, row) for row in repeated)
    example = view.row_texts(repeated[0], columns)
    yield view.found(_ID, cells, detail, count=len(repeated), columns=columns, example=example)


def _repeated(columns: Sequence[ColumnView]) -> list[int]:
    """The rows (from 0) that say what an earlier one said: only those whose rarest cell repeats are compared."""
    rarest = max(columns, key=lambda column: column.distinct)
    rows = [row for row, number in enumerate(rarest.codes) if rarest.counts[number] > 1]
    if not rows:
        return []
    codes = [column.codes for column in columns]
    seen: set[tuple[int, ...]] = set()
    repeated = []
    for row in rows:
        key = tuple([each[row] for each in codes])
        if key in seen:
            repeated.append(row)
        else:
            seen.add(key)
    valued = [column for column in columns if column.kind in ("integer", "number", "date")]
    return [row for row in repeated if _filled(columns, row) >= LEAST_FILLED and _is_data(columns, valued, row)]


def _is_data(columns: Sequence[ColumnView], valued: Sequence[ColumnView], row: int) -> bool:
    """Whether a row is no header that stands there again: it has a number or a date where columns do, and not their names."""
    if valued and all(column.codes[row] in column.missing for column in valued):
        return False
    return 2 * sum(column.text(row) == column.name for column in columns) < len(columns)


def _filled(columns: Sequence[ColumnView], row: int) -> int:
    return sum(
        column.distinct > 1 and column.codes[row] not in column.missing and column.text(row) not in _NOTHING
        for column in columns
    )


def _by_chance(columns: Sequence[ColumnView], rows: int) -> float:
    """Pairs of equal rows that independent columns would give."""
    pairs = rows * (rows - 1) / 2
    for column in columns:
        pairs *= sum(count * count for count in column.counts.values()) / rows**2
    return pairs


KIND = DefectKind(
    id=_ID,
    version=1,
    title="Repeated rows",
    text="No row repeats another in every cell (a number of the row set aside).",
    remedy="Take the repeated rows out. Where each of them is a case of its own, add a column that tells the cases apart.",
    detect=detect,
    examples=(
        ExampleTable(
            "a row that stands there twice",
            ("No", "municipio", "monto", "fecha"),
            (
                (1, "Villa Real", 1250.5, "2024-01-05"),
                (2, "Río Hondo", 310.25, "2024-02-11"),
                (3, "Villa Real", 1250.5, "2024-01-05"),
                *((place, f"Lugar {place}", place * 7.25, f"2024-03-{place:02}") for place in range(4, 20)),
            ),
            ("B4",),
        ),
        ExampleTable(
            "rows that share all but the amount",
            ("municipio", "monto"),
            (("Villa Real", 1250.5), ("Villa Real", 310.25), ("Río Hondo", 1250.5)),
        ),
        ExampleTable(
            "answers that repeat by chance",
            ("sexo", "area"),
            tuple(((("Hombre", "Mujer")[place % 2], ("Urbana", "Rural")[place // 2 % 2])) for place in range(40)),
        ),
    ),
)
