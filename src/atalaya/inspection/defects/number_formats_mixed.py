"""Numbers of one table written in several ways: `415,210,000.00` beside `415210000`, a decimal comma beside a decimal point."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial

from atalaya.inspection.defects import roles
from atalaya.inspection.defects.cells import CellDefect
from atalaya.inspection.defects.declaration import DefectKind, ExampleTable
from atalaya.inspection.defects.view import ColumnView, TableView

_ID = "number_formats_mixed"
_SIGN = r"[^\d,.]{0,4}"
_COMMA = re.compile(
    rf"{_SIGN}(?:\d+,(?:\d{{1,2}}|\d{{4,}})|0*,\d+|0,\d{{3}}|\d{{4,}},\d+|\d{{1,3}}(?:\.\d{{3}})+,\d+){_SIGN}"
)
_POINT = re.compile(
    rf"{_SIGN}(?:\d+\.(?:\d{{1,2}}|\d{{4,}})|0*\.\d+|0\.\d{{3}}|\d{{4,}}\.\d+|\d{{1,3}}(?:,\d{{3}})+\.\d+){_SIGN}"
)
"""Numbers that can only be read with a comma, or only with a point, before their decimals."""
_GROUPED = {
    ".": re.compile(
        rf"{_SIGN}\d{{1,3}}(?:,\d{{3}})+(?:\.\d*)?{_SIGN}|{_SIGN}\d{{1,3}}(?:[ '\u00a0\u202f]\d{{3}})+(?:\.\d*)?{_SIGN}"
    ),
    ",": re.compile(
        rf"{_SIGN}\d{{1,3}}(?:\.\d{{3}})+(?:,\d*)?{_SIGN}|{_SIGN}\d{{1,3}}(?:[ '\u00a0\u202f]\d{{3}})+(?:,\d*)?{_SIGN}"
    ),
}
"""By what divides the decimals."""
_PLAIN = re.compile(rf"{_SIGN}[1-9]\d{{4,}}(?:[.,]\d*)?{_SIGN}")
"""Numbers of five digits and more without signs between groups: four are often written together."""


@dataclass(frozen=True, slots=True)
class _Ways:
    """The numbers of the texts of a column that are written in each way."""

    column: ColumnView
    comma: frozenset[int]
    point: frozenset[int]
    grouped: frozenset[int]
    plain: frozenset[int]


def detect(view: TableView) -> Iterable[CellDefect]:
    """Columns that mix two ways, then columns that differ in theirs."""
    columns = [column for column in view.columns if _may_differ(column)]
    if not columns:
        return
    ways = [_ways(column) for column in columns]
    for each in ways:
        yield from _inside(view, each)
    measured = [_ways(column) for column in view.measures if column not in columns]
    yield from _across([*(each for each in ways if each.column in view.measures), *measured], view)


def _may_differ(column: ColumnView) -> bool:
    """Whether some number of it is written otherwise than programs write them."""
    return column.is_numeric and not column.is_plain and not roles.is_label(column)


def _ways(column: ColumnView) -> _Ways:
    fitting = partial(_fitting, column)
    return _Ways(
        column,
        comma=fitting(_COMMA),
        point=fitting(_POINT),
        grouped=fitting(_GROUPED[column.mark]),
        plain=fitting(_PLAIN),
    )


def _fitting(column: ColumnView, form: re.Pattern[str]) -> frozenset[int]:
    return frozenset(number for number, text in enumerate(column.texts) if form.fullmatch(text) is not None)


def _inside(view: TableView, ways: _Ways) -> Iterable[CellDefect]:
    column = ways.column
    for one, other, told in (
        (ways.comma, ways.point, "some numbers have a decimal comma, others a decimal point"),
        (ways.grouped, ways.plain, "some numbers have signs between thousands, others have none"),
    ):
        if one and other:
            few = min(one, other, key=lambda numbers: (_cells(column, numbers), min(numbers)))
            yield _found(view, [(column, few)], [column], f"in column {column.letters} {told}")


def _across(ways: Sequence[_Ways], view: TableView) -> Iterable[CellDefect]:
    marks = [(each.column, each.comma, each.point) for each in ways]
    groups = [(each.column, each.grouped, each.plain) for each in ways]
    for sides, told in (
        (marks, "some columns have a decimal comma, others a decimal point"),
        (groups, "some columns have signs between thousands, others have none"),
    ):
        ones = [(column, one) for column, one, other in sides if one and not other]
        others = [(column, other) for column, one, other in sides if other and not one]
        if ones and others:
            few = min(others, ones, key=lambda side: sum(_cells(*each) for each in side))
            yield _found(view, few, [column for column, _ in (*ones, *others)], told)


def _cells(column: ColumnView, numbers: frozenset[int]) -> int:
    return sum(column.counts[number] for number in numbers)


def _found(
    view: TableView, few: Sequence[tuple[ColumnView, frozenset[int]]], columns: Iterable[ColumnView], told: str
) -> CellDefect:
    count = sum(_cells(column, numbers) for column, numbers in few)
    column, numbers = few[0]
    cells = ((column, row) for column, numbers in few for row in column.rows_of(numbers))
    return view.found(
        _ID,
        cells,
        f"{told}; {count} cells are of the rarer kind",
        count=count,
        columns=columns,
        example=(column.texts[min(numbers)],),
    )


KIND = DefectKind(
    id=_ID,
    version=1,
    title="Numbers written in several ways",
    text="All numbers of a table are written in the same way: with the same mark before decimals, and with or without "
    "signs between "
    "thousands. Numbers of four digits may do without.",
    remedy="Write all numbers without signs between thousands and with a decimal point, or export the cells as numbers "
    "and not as they "
    "are shown.",
    detect=detect,
    examples=(
        ExampleTable(
            "thousands with and without signs",
            ("entidad", "asignado", "vigente"),
            (("A", "415,210,000.00", "415210000"), ("B", "1,180,000.00", "1180000"), ("C", "59,500.00", "59500")),
            ("C2", "C3", "C4"),
        ),
        ExampleTable(
            "in one column",
            ("entidad", "monto"),
            (("A", "1,250,000"), ("B", "380,100"), ("C", "41500"), ("D", "12,300")),
            ("B4",),
        ),
        ExampleTable(
            "decimal comma and point",
            ("entidad", "indice"),
            (("A", "37,50"), ("B", "41,25"), ("C", "38.75"), ("D", "40,10")),
            ("B4",),
        ),
        ExampleTable("decimal commas", ("entidad", "indice"), (("A", "37,50"), ("B", "1.250,75"), ("C", "0,5"))),
        ExampleTable("four digits", ("entidad", "monto"), (("A", "12,300"), ("B", "4150"), ("C", "380,100"))),
    ),
)
