"""The table that an index is computed from: units in rows, their columns as written, and what was measured of them."""

import csv
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np

from atalaya.exceptions import MethodologyError
from atalaya.indices.language.definition import Cells, Condition, Index, Item
from atalaya.indices.series import Flags, Floats, Series, State, series_of

Row = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class UnitTable:
    """Units by id and name, the cells of each column as text (units,), and rows of measures by measure and unit.

    A unit id is not repeated. An empty text is a cell in which nothing stands. `earlier` are the tables of earlier times with how
    long before they are, the latest first; None where the table has no time.
    """

    units: tuple[str, ...]
    names: tuple[str, ...]
    columns: Mapping[str, tuple[str, ...]]
    measured: Mapping[str, Mapping[str, Row]] = field(default_factory=dict)
    earlier: tuple[tuple[float, "UnitTable"], ...] | None = None

    def words(self, name: str) -> tuple[str, ...]:
        """The cells of a column. Raises MethodologyError where there is none of that name."""
        if name not in self.columns:
            known = ", ".join(list(self.columns)[:12])
            raise MethodologyError(
                f"the table has no column {name!r}; it has {known}{'…' if len(self.columns) > 12 else ''}"
            )
        return self.columns[name]

    def numbers(self, name: str) -> Floats:
        """A column as numbers, NaN where a cell is empty or no number."""
        return np.array([_number(word) for word in self.words(name)], dtype=np.float64)

    def where(self, conditions: Sequence[Condition]) -> Flags:
        """The units to which something applies: all but those that are known not to meet one of the conditions.

        A cell that is empty or a word for unknown decides nothing. A word where a number is asked for meets no condition.
        """
        applies: Flags = np.ones(len(self.units), dtype=np.bool_)
        for condition in conditions:
            applies &= np.array(
                [_met(word.strip(), condition) for word in self.words(condition.column)], dtype=np.bool_
            )
        return applies


def _met(cell: str, condition: Condition) -> bool:
    """Whether a cell meets a condition, or leaves it open."""
    if condition.kind == "not_in":
        return cell not in condition.words
    if cell in condition.words and condition.kind != "has":
        return True
    if not cell or cell in condition.unknown:
        return True
    if condition.kind == "in":
        return False
    if condition.kind == "has":
        return not condition.words.isdisjoint(re.split(r"[\s,;]+", cell))
    number = _number(cell)
    return number >= condition.number if condition.kind == "at_least" else number < condition.number


def read_table(path: Path, index: Index) -> UnitTable:
    """Read a CSV file laid out as the methodology says.

    UTF-8, with or without a byte order mark; spaces and line ends within a name of a column count as one space; rows without a
    unit (notes at the end) are left out. Raises MethodologyError for a file that cannot be read, a missing column, or a figure
    that stands twice.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            header, *body = [row for row in csv.reader(stream) if row] or [[]]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise MethodologyError(f"{path}: cannot be read ({error}); give a CSV file in UTF-8") from error
    _refuse_doubled(header, body, str(path))
    width = len(header)
    rows = [dict(zip(header, (*row, *[""] * (width - len(row))), strict=False)) for row in body]
    return table_of(rows, index, name=str(path))


def _refuse_doubled(header: Sequence[str], body: Sequence[Sequence[str]], name: str) -> None:
    """Refuse two columns of one name that say different things: nobody could tell which is meant."""
    for place, title in enumerate(header):
        first = header.index(title)
        if first != place and any(_cell_at(row, first) != _cell_at(row, place) for row in body):
            raise MethodologyError(f"{name}: columns {first + 1} and {place + 1} are both called {title!r}; rename one")


def _cell_at(row: Sequence[str], place: int) -> str:
    return row[place] if place < len(row) else ""


def table_of(rows: Sequence[Row], index: Index, *, name: str = "the table") -> UnitTable:
    """A table from rows by column name, as `read_table` reads them, at one time where they have a time.

    Raises MethodologyError as `read_table` does, where a time is no number, or there is no row at the one that is named.
    """
    plain = [{" ".join(str(key).split()): _text(cell) for key, cell in row.items() if key} for row in rows]
    for needed in (index.unit_column, index.layout.item, index.layout.value, index.layout.time, *index.layout.where):
        if needed and plain and needed not in plain[0]:
            known = ", ".join(list(plain[0])[:12])
            raise MethodologyError(f"{name}: there is no column {needed!r}; it has {known}")
    wanted = index.layout.where.items()
    kept = [row for row in plain if row[index.unit_column] and all(row[key] == word for key, word in wanted)]
    return _in_time(kept, index, name) if index.layout.time else _laid_out(kept, index, name)


def _laid_out(rows: Sequence[Mapping[str, str]], index: Index, name: str) -> UnitTable:
    return _wide(rows, index, name) if index.layout.kind == "wide" else _gathered(rows, index, name)


def _in_time(rows: Sequence[Mapping[str, str]], index: Index, name: str) -> UnitTable:
    """The table at the time that the methodology names, or at the last one, with the earlier ones beside it.

    Units that stand at an earlier time only are in it too, their cells empty; their name and groups are the latest that are told.
    """
    times: dict[float, list[Mapping[str, str]]] = {}
    for row in rows:
        times.setdefault(_time(row, index, name), []).append(row)
    now = index.layout.at if index.layout.at is not None else max(times, default=0.0)
    if now not in times and (times or index.layout.at is not None):
        told = ", ".join(f"{time:g}" for time in sorted(times)) or "none"
        raise MethodologyError(f"{name}: no row has the {index.layout.time} {now:g}; there are {told}")
    before = sorted((time for time in times if time < now), reverse=True)
    earlier = tuple((now - time, _laid_out(times[time], index, f"{name} of {time:g}")) for time in before)
    table = _laid_out(times.get(now, []), index, f"{name} of {now:g}")
    return replace(_with_former(table, [each for _, each in earlier], index), earlier=earlier)


def _time(row: Mapping[str, str], index: Index, name: str) -> float:
    time = _number(row[index.layout.time])
    if np.isnan(time):
        told = f"{index.layout.time} of {row[index.unit_column]} is {row[index.layout.time]!r} and no number"
        raise MethodologyError(f"{name}: {told}; correct it")
    return time


def _with_former(table: UnitTable, earlier: Sequence[UnitTable], index: Index) -> UnitTable:
    """The table with the units of earlier ones, and the columns of all."""
    former: dict[str, Mapping[str, str]] = {}
    for each in earlier:
        for place, unit in enumerate(each.units):
            former.setdefault(unit, {name: cells[place] for name, cells in each.columns.items()})
    added = [unit for unit in former if unit not in set(table.units)]
    lasting = {index.unit_column, index.name_column, *index.groups}
    blank = ("",) * len(table.units)
    columns = {
        name: (
            *table.columns.get(name, blank),
            *(former[unit].get(name, "") if name in lasting else "" for unit in added),
        )
        for name in dict.fromkeys(name for each in (table, *earlier) for name in each.columns)
    }
    units = (*table.units, *added)
    return UnitTable(units, _names(units, columns, index), columns)


def read_past(table: UnitTable, item: Item) -> list[list[tuple[float, float]]]:
    """The earlier figures of a column for each unit, the latest first: how long before, and the figure.

    Raises MethodologyError where the table has no time, or as `read_item` does.
    """
    if table.earlier is None or item.source is None or item.source.kind != "column":
        raise MethodologyError(f"{item.id}: there are no earlier figures; name the column of time under table: time")
    found: list[list[tuple[float, float]]] = [[] for _ in table.units]
    places = {unit: place for place, unit in enumerate(table.units)}
    for age, each in table.earlier:
        for unit, cell in zip(each.units, each.columns.get(item.source.name, ()), strict=False):
            value, _ = _cell(cell.strip(), item.cells, f"{item.source.name} of {unit}, {age:g} before")
            if not np.isnan(value):
                found[places[unit]].append((age, value))
    return found


def _wide(rows: Sequence[Mapping[str, str]], index: Index, name: str) -> UnitTable:
    units = tuple(row[index.unit_column] for row in rows)
    seen: set[str] = set()
    for unit in units:
        if unit in seen:
            raise MethodologyError(f"{name}: the unit {unit!r} stands twice; keep one row of each")
        seen.add(unit)
    columns = dict.fromkeys(key for row in rows for key in row)
    cells = {key: tuple(row.get(key, "") for row in rows) for key in columns}
    return UnitTable(units, _names(units, cells, index), cells)


def _gathered(rows: Sequence[Mapping[str, str]], index: Index, name: str) -> UnitTable:
    """Several rows a unit: the figures of each item become columns; every other column keeps the first word of each unit."""
    layout = index.layout
    units: dict[str, dict[str, str]] = {}
    for row in rows:
        unit, of = row[index.unit_column], row[layout.item]
        cells = units.setdefault(unit, {})
        if layout.kind == "long":
            figures = {of: row[layout.value]}
        else:
            figures = {f"{of}/{key}": cell for key, cell in row.items() if key not in (layout.item, index.unit_column)}
        for key, cell in figures.items():
            if key in cells:
                raise MethodologyError(f"{name}: {unit} has two figures of {key!r}; keep one")
            cells[key] = cell
        for key, cell in row.items():
            cells.setdefault(key, cell)
    columns = dict.fromkeys(key for cells in units.values() for key in cells)
    table = {key: tuple(cells.get(key, "") for cells in units.values()) for key in columns}
    return UnitTable(tuple(units), _names(tuple(units), table, index), table)


def _names(units: tuple[str, ...], columns: Mapping[str, tuple[str, ...]], index: Index) -> tuple[str, ...]:
    return columns.get(index.name_column or "", units)


def of_measures(
    rows: Iterable[Row], units: Sequence[str], groups: Mapping[str, Sequence[str]] | None = None
) -> UnitTable:
    """A table of measures of the observatory (rows with measure_id, institution_id, value, low, high, applied, unknown).

    `groups` are columns of words, one a unit.
    """
    measured: dict[str, dict[str, Row]] = {}
    for row in rows:
        measured.setdefault(str(row["measure_id"]), {})[str(row["institution_id"])] = row
    columns = {name: tuple(words) for name, words in (groups or {}).items()}
    return UnitTable(tuple(units), tuple(units), columns, measured)


def read_item(table: UnitTable, item: Item, counts: str) -> Series:
    """The cells of one indicator.

    Raises MethodologyError naming column, unit and cell where one is neither a number nor a known word.
    """
    assert item.source is not None, "an indicator has a source"
    if item.source.kind != "column":
        return _measured(table, item, counts)
    values = np.full(len(table.units), np.nan)
    idle = np.zeros(len(table.units), dtype=np.bool_)
    for number, cell in enumerate(table.words(item.source.name)):
        values[number], idle[number] = _cell(cell.strip(), item.cells, f"{item.source.name} of {table.units[number]}")
    lowest, highest = item.range if item.range is not None else (-np.inf, np.inf)
    return series_of(values, idle, lowest, highest)


def _cell(cell: str, cells: Cells, place: str) -> tuple[float, bool]:
    """A cell as a number, and whether it says that nothing applies."""
    if cell in cells.values:
        return cells.values[cell], False
    if cell in cells.not_applicable:
        return np.nan, True
    if not cell or cell in cells.unknown:
        return np.nan, False
    number = _number(cell)
    if np.isnan(number):
        known = ", ".join([*cells.values, *sorted(cells.not_applicable), *sorted(cells.unknown)]) or "none"
        raise MethodologyError(
            f"{place}: {cell[:40]!r} is neither a number nor a word that the methodology knows ({known})"
        )
    if abs(number) > _GREATEST:
        raise MethodologyError(f"{place}: {cell[:40]} is too great to be computed with; correct the cell or its unit")
    return number, False


_GREATEST = 1e100
"""No figure is greater: powers and sums of greater ones could not be written down."""


def _measured(table: UnitTable, item: Item, counts: str) -> Series:
    """A measure: a share with its ends; coverage is the decided share of its cases where `counts` says so.

    A measure without a case does not apply; ends then say between what it would lie should cases that wait for an institution
    come to it. Where not applying counts as nothing (`not_applicable: zero`), cases that were all set aside are unknown instead,
    since nobody could judge what they bring, and cases that wait open the upper end.
    """
    assert item.source is not None, "an indicator has a source"
    rows = table.measured.get(item.source.name, {})
    lowest, highest = item.range or (0.0, 1.0)
    unseen: _Cell = (State.UNKNOWN, np.nan, lowest, highest, 0.0)
    read: dict[int, _Cell] = {}  # trials of one unit share most of their rows
    for row in rows.values():
        if id(row) not in read:
            read[id(row)] = _share(row, item, counts, unseen)
    cells = [read[id(rows[unit])] if unit in rows else unseen for unit in table.units]
    state, values, low, high, coverage = (
        (np.array(column) for column in zip(*cells, strict=True)) if cells else [_NONE] * 5
    )
    return Series(
        values=values,
        low=low,
        high=high,
        state=state.astype(np.uint8),
        coverage=coverage,
        imputed=np.zeros(len(cells), dtype=np.bool_),
    )


_Cell = tuple[State, float, float, float, float]
"""State, value, low, high and coverage of a measure of one unit."""

_NONE = np.zeros(0)


def _share(row: Row, item: Item, counts: str, unseen: _Cell) -> _Cell:
    """The cell of one row of measures."""
    value, low, high = (_plain(row.get(key)) for key in ("value", "low", "high"))
    if np.isnan(value) and (np.isnan(low) or (row.get("applied") == 0 and row.get("unknown") == 0)):
        if item.missing.not_applicable != "zero":
            return State.NOT_APPLICABLE, np.nan, low, high, np.nan
        if _plain(row.get("not_applicable")) > 0:
            return unseen
        return State.VALUE, 0.0, 0.0, 0.0 if np.isnan(high) else high, 1.0
    ends = (value if np.isnan(low) else low), (value if np.isnan(high) else high)
    if np.isnan(value):
        return State.UNKNOWN, np.nan, *ends, 0.0
    return State.VALUE, value, *ends, _decided(row) if counts == "cases" else 1.0


def _decided(row: Row) -> float:
    decided, undecided = _plain(row.get("applied")), _plain(row.get("unknown"))
    whole = np.nansum([decided, undecided])
    return float(np.nan_to_num(decided) / whole) if whole > 0 else 1.0


def _plain(value: object) -> float:
    return float(value) if isinstance(value, int | float) else np.nan


def _number(word: str) -> float:
    try:
        number = float(word)
    except ValueError:
        return np.nan
    return number if np.isfinite(number) else np.nan


def _text(value: object) -> str:
    return "" if value is None else str(value).strip()
