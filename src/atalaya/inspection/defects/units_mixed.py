"""Values of one column in several units: metres beside kilometres, per cent beside plain shares."""

import re
from collections.abc import Iterable

from atalaya.inspection.defects.cells import CellDefect
from atalaya.inspection.defects.declaration import DefectKind, ExampleTable
from atalaya.inspection.defects.figures import SEPARATOR
from atalaya.inspection.defects.view import ColumnView, TableView
from atalaya.inspection.defects.words import units

_ID = "units_mixed"
LEAST_SHARE = 0.8
"""Share of the filled cells that are a number, with or without a unit."""

_NUMBER = r"[-+−]?\d[\d.,]*"
_VALUE = re.compile(rf"(?P<before>[^\W\d_.]{{0,4}}[$€.]?)\s?{_NUMBER}\s?(?P<after>[^\d\s]{{0,12}}[23²³]?)")
_PLAIN = ""
_BARE = re.compile(rf"[-+−\d.,\s{SEPARATOR}]*")
"""The texts of a column in which no unit stands."""


def detect(view: TableView) -> Iterable[CellDefect]:
    """The cells of the rarer units of each column."""
    for column in view.columns:
        if column.kind not in ("text", "number", "integer") or column.is_plain or not _may_have_units(column):
            continue
        if _BARE.fullmatch(column.joined):
            continue
        written = _units(column)
        cells = {unit: sum(column.counts[number] for number in numbers) for unit, numbers in written.items()}
        named = [unit for unit in cells if unit != _PLAIN]
        if sum(cells.values()) < LEAST_SHARE * column.filled or not _mixed(named, cells):
            continue
        kept = max(cells, key=lambda unit: (cells[unit], unit))
        rare = frozenset().union(*(numbers for unit, numbers in written.items() if unit != kept))
        count = sum(cells.values()) - cells[kept]
        ways = ", ".join(sorted(unit or "no unit" for unit in cells))
        detail = f"column {column.letters} holds values in {len(cells)} ways ({ways}); {count} are of the rarer ones"
        yield view.found(
            _ID,
            ((column, row) for row in column.rows_of(rare)),
            detail,
            count=count,
            example=(column.texts[min(rare)],),
        )


def _may_have_units(column: ColumnView) -> bool:
    """Whether some of its first texts are numbers with a unit, and few of them are anything else."""
    tried = [text for text in column.texts[:_TRIED] if text and len(text) <= _LONGEST]
    return 2 * sum(_VALUE.fullmatch(text) is not None for text in tried) > len(tried)


_TRIED = 12
_LONGEST = 40


def _units(column: ColumnView) -> dict[str, set[int]]:
    """The numbers of texts by their unit, the empty one for plain numbers."""
    found: dict[str, set[int]] = {}
    known = units()
    for number, text in enumerate(column.texts):
        if len(text) > _LONGEST or number in column.missing:
            continue
        match = _VALUE.fullmatch(text)
        if match is None:
            continue
        before, after = (known.get(part.strip().lower()) if part.strip() else _PLAIN for part in match.groups())
        if before is not None and after is not None:
            found.setdefault(before or after, set()).add(number)
    return found


def _mixed(named: list[str], cells: dict[str, int]) -> bool:
    """Two units, or per cent beside plain numbers."""
    if len(named) == 1:
        return named == ["%"] and cells.get(_PLAIN, 0) > 0
    return len(named) >= 2


KIND = DefectKind(
    id=_ID,
    version=1,
    title="Values in several units",
    text="All values of a column are in the same unit; none has a unit behind it that the others do not have, and per "
    "cent do not "
    "stand beside plain numbers.",
    remedy="Convert the values to one unit, name the unit in the header of the column, and leave only the number in its cells.",
    detect=detect,
    examples=(
        ExampleTable(
            "kilometres and metres", ("tramo", "largo"), (("A", "12 km"), ("B", "850 m"), ("C", "3 km")), ("B3",)
        ),
        ExampleTable(
            "two currencies", ("contrato", "monto"), (("A", "Q 1,200"), ("B", "US$ 300"), ("C", "Q 950.50")), ("B3",)
        ),
        ExampleTable("per cent and shares", ("region", "avance"), (("A", "45%"), ("B", "0.37"), ("C", "80%")), ("B3",)),
        ExampleTable("one unit", ("tramo", "largo"), (("A", "12 km"), ("B", "0.85 km"), ("C", "3 km"))),
        ExampleTable("codes with letters", ("aula", "piso"), (("12 A", 1), ("3 B", 2), ("4 C", 1))),
    ),
)
