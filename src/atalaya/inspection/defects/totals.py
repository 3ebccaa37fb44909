"""Rows of totals among the rows of a table: by what they are called, by what they add up to, and which of their sums
are wrong."""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from itertools import accumulate

from atalaya.catalogue.folding import fold
from atalaya.inspection.defects.view import ColumnView, TableView

LEAST_ADDENDS = 2
MOST_TOTALS = 0.5
"""Share of the rows that may be called totals: where more are, the word means something else."""
CLOSE = 0.2
"""By how much a total may be off its sum and still be meant to be it, where no other column of its row shows what it adds up."""
_FACTOR = 2.0
"""The same where other columns do show it."""
_MOST_ROWS = 2_000
"""Rows of totals that are added up."""
_WORDS = re.compile(
    r"(?:(?:sub|gran|grand|suma|sumatoria) ?)?totals?(?:es)?(?: "
    r"(?:general(?:es)?|nacional(?:es)?|global|pais|republica|parcial(?:es)?|"
    r"departament\w*|municipal\w*|del? .{1,60}|for .{1,60}|of .{1,60}))?|sumas?|suma total|sumatorias?|total .{1,60}"
)
_SURE = re.compile(
    r"(?:(?:sub|gran|grand|suma) ?)?total(?:es)?(?: (?:general(?:es)?|nacional|pais|republica|parcial))?"
)
_MAYBE = ("otal", "OTAL", "uma", "UMA")
_LIKE = re.compile("(?:ot|OT)(?:al|AL)|(?:um|UM)[aA]")
"""What every such word holds, however its letters are written."""


@dataclass(frozen=True, slots=True)
class TotalRow:
    """A row (from 0) that adds up others: the column that calls it so (None where only its sums show it), how many rows it adds
    up, and the columns in which it does and does not."""

    row: int
    label: ColumnView | None
    sure: bool
    addends: int
    right: tuple[ColumnView, ...]
    wrong: tuple[ColumnView, ...]


def find_totals(view: TableView) -> list[TotalRow]:
    """The rows of totals, in order."""
    if view.rows < LEAST_ADDENDS + 1 or not view.measures:
        return []
    called = _called(view)
    if not called:
        return _unnamed(view)
    if len(called) > MOST_TOTALS * view.rows:
        return []
    return list(_added_up(view, called)) if len(called) <= _MOST_ROWS else []


def _called(view: TableView) -> dict[int, tuple[ColumnView, bool]]:
    """The rows that some column calls a total, with the column and whether it says nothing else."""
    found: dict[int, tuple[ColumnView, bool]] = {}
    for column in view.columns:
        if column.kind != "text" or not any(map(column.joined.__contains__, _MAYBE)):
            continue
        maybe = [(number, text) for number, text in enumerate(column.texts) if _LIKE.search(text)]
        named = {number: key for number, text in maybe if _WORDS.fullmatch(key := fold(text))}
        for row in column.rows_of(set(named)):
            if _has_number_behind(view, column, row):
                found.setdefault(row, (column, _SURE.fullmatch(named[column.codes[row]]) is not None))
    return dict(sorted(found.items()))


def _has_number_behind(view: TableView, label: ColumnView, row: int) -> bool:
    """Whether a number stands at the right of what calls it a total: the word may head a column."""
    behind = (column for column in view.numeric if column.position > label.position)
    return any(column.numbers[column.codes[row]] == column.numbers[column.codes[row]] for column in behind)


def _unnamed(view: TableView) -> list[TotalRow]:
    """The first or the last row, where all its numbers are the sums of the others."""
    for row in (view.rows - 1, 0):
        right = []
        for column in view.measures:
            value = column.numbers[column.codes[row]]
            if value != value or not value:
                continue
            whole = column.sum
            if abs(whole - 2 * value) > _slack(column, view.rows, value) or _addends(column, row) < LEAST_ADDENDS + 1:
                break
            right.append(column)
        else:
            if len(right) >= 2 or (right and view.rows > 5):
                return [TotalRow(row, None, False, view.rows - 1, tuple(right), ())]
    return []


def _addends(column: ColumnView, besides: int) -> int:
    """Values other than zero in the first rows beside this one."""
    rows = (row for row in range(min(len(column.codes), 200)) if row != besides)
    return sum(
        column.numbers[column.codes[row]] not in (0.0,)
        and column.numbers[column.codes[row]] == column.numbers[column.codes[row]]
        for row in rows
    )


def _slack(column: ColumnView, addends: int, value: float) -> float:
    """By how much a sum may be off its total, as its addends are rounded; whole numbers are exact."""
    rounding = 0.5 * 10.0**-column.decimals * (addends + 1) if column.decimals else 0.25
    return rounding + 1e-9 * abs(value)


_WAYS = ("before", "all", "after")


@dataclass(frozen=True, slots=True)
class _Sum:
    """What a total says of one column, and what the rows that it may add up make: sum, how many of them are not zero,
    greatest."""

    column: ColumnView
    said: float
    made: float
    addends: int

    @property
    def right(self) -> bool:
        """Whether the total is the sum."""
        return self.addends >= LEAST_ADDENDS and abs(self.said - self.made) <= _slack(
            self.column, self.addends, self.said
        )

    def near(self, factor: float) -> bool:
        """Whether the total is off, but by no more than this factor."""
        if self.addends < LEAST_ADDENDS or not self.said or not self.made:
            return False
        return 1 / factor <= self.said / self.made <= factor

    @property
    def rounded(self) -> bool:
        """Whether rounding whole numbers may make the difference."""
        return abs(self.said - self.made) <= 0.5 * (self.addends + 1)


class _Prefix:
    """Sums of one column over the rows that are no totals, up to each row."""

    def __init__(self, column: ColumnView, called: Collection[int]) -> None:
        self.column = column
        self.values = [column.numbers[code] for code in column.codes]
        plain = [0.0 if row in called or value != value else value for row, value in enumerate(self.values)]
        self.sums = [0.0, *accumulate(plain)]
        self.filled = [0, *accumulate(value != 0 for value in plain)]
        self.plain = plain

    def over(self, start: int, end: int, row: int) -> _Sum:
        """What the total in a row says, and what the rows from `start` to before `end` make."""
        made = self.sums[end] - self.sums[start]
        return _Sum(self.column, self.values[row], made, self.filled[end] - self.filled[start])

    def exceeds(self, start: int, end: int, row: int) -> bool:
        """Whether the total is greater than each of what it adds up: an average is not."""
        return abs(self.values[row]) > max(map(abs, self.plain[start:end]), default=0.0)


def _header_left(view: TableView) -> set[int]:
    """A first row whose numbers are years: what is left of a header."""
    first = [column.numbers[column.codes[0]] for column in view.measures]
    years = [value for value in first if value == value and value]
    return {0} if len(years) >= 2 and all(_YEARS[0] <= value <= _YEARS[1] for value in years) else set()


_YEARS = (1900, 2100)


def _added_up(view: TableView, called: Mapping[int, tuple[ColumnView, bool]]) -> Iterator[TotalRow]:
    left_out = called.keys() | _header_left(view)
    prefixes = [_Prefix(column, left_out) for column in view.measures]
    spans = {row: _spans(row, called, view.rows) for row in called}
    best = {row: max(_WAYS, key=lambda way: sum(_sum(row, way, spans, p).right for p in prefixes)) for row in called}
    usual = Counter(
        (best[row], prefix.column.position)
        for row in called
        for prefix in prefixes
        if _sum(row, best[row], spans, prefix).right
    )
    for row, (label, sure) in called.items():
        right = [prefix.column for prefix in prefixes if _sum(row, best[row], spans, prefix).right]
        way = best[row] if right else _usual_way(usual)
        wrong = [prefix.column for prefix in prefixes if _is_wrong(row, way, spans, prefix, bool(right), usual, sure)]
        start, end = spans[row][way]
        yield TotalRow(row, label, sure, end - start, tuple(right), tuple(wrong))


def _sum(row: int, way: str, spans: Mapping[int, Mapping[str, tuple[int, int]]], prefix: _Prefix) -> _Sum:
    start, end = spans[row][way]
    return prefix.over(start, end, row)


def _usual_way(usual: Counter[tuple[str, int]]) -> str:
    """The way in which most totals of the table add up; the rows before them where none does."""
    ways = Counter[str]()
    for (way, _), count in usual.items():
        ways[way] += count
    return max(_WAYS, key=lambda way: ways[way])


def _is_wrong(
    row: int,
    way: str,
    spans: Mapping[int, Mapping[str, tuple[int, int]]],
    prefix: _Prefix,
    others_right: bool,
    usual: Counter[tuple[str, int]],
    sure: bool,
) -> bool:
    """Whether the total of a column is off: where others of its row are right, where it is right in other totals, or where the
    row says that it is a total and is close."""
    found = _sum(row, way, spans, prefix)
    if found.right or _is_averaged(prefix.column, found) or not prefix.exceeds(*spans[row][way], row):
        return False
    if others_right or usual[way, prefix.column.position] >= LEAST_ADDENDS:
        return found.near(_FACTOR)
    return sure and len(spans) == 1 and found.addends > LEAST_ADDENDS and found.near(1 + CLOSE) and not found.rounded


def _is_averaged(column: ColumnView, found: _Sum) -> bool:
    """Whether a column has no sum: rates and shares, which the word or the total of a hundred tells."""
    shares = abs(found.said - 100) < 0.5 and abs(found.made - 100) <= 2
    return shares or "%" in column.name or _AVERAGED.search(column.folded) is not None


_AVERAGED = re.compile(
    r"\b(?:porcentaje|porciento|pct|percent\w*|tasa|rate|ratio|indice|index|promedio|media|mean|average|avg|mediana|"
    r"median|share|"
    r"participacion|proporcion|densidad|density|por)\b"
)
"""Columns whose total is no sum."""


def _spans(row: int, called: Mapping[int, object], rows: int) -> dict[str, tuple[int, int]]:
    """The rows that a total may add up: those since the one before, all, or those up to the next one."""
    before = max((other for other in called if other < row), default=-1)
    after = min((other for other in called if other > row), default=rows)
    return {"before": (before + 1, row), "all": (0, rows), "after": (row + 1, after)}
