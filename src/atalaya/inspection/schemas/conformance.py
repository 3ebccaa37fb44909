"""Whether rows are what a schema says: every cell, row and header that differs, at the place where a person finds it.

The classes of errors are those of frictionless (https://framework.frictionlessdata.io/docs/errors), so that results can be
compared. No error tells the value of a cell.
"""

import json
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from atalaya.catalogue.table_schema import Field, ForeignKey, TableSchema
from atalaya.inspection.kinds import cell_text
from atalaya.inspection.schemas.constraints import Constraint, constraints_of
from atalaya.inspection.schemas.labels import Columns, SchemaError, match_columns
from atalaya.inspection.schemas.moments import Unfit
from atalaya.inspection.schemas.values import Reader, reader_of

_REMEMBERED = 50_000
"""Different texts of a column whose verdict is remembered."""
Row = tuple[int, Sequence[Any]]
"""The number of a row as a person sees it, and its cells."""
Others = Callable[[str, tuple[str, ...]], "frozenset[tuple[str, ...]] | None"]
"""The keys that a table of a package holds in some fields, as texts; None where that table is not at hand."""


@dataclass(slots=True)
class _Column:
    """A column with its reader, and the verdicts on the texts that it has shown."""

    number: int
    wanted: Field
    read: Reader
    constraints: tuple[Constraint, ...]
    missing: frozenset[str]
    verdicts: dict[str, tuple[Any, tuple[tuple[str, str], ...]]] = field(default_factory=dict)
    seen: dict[Hashable, int] = field(default_factory=dict)

    def judge(self, cell: Any) -> tuple[Any, tuple[tuple[str, str], ...]]:
        """The value of a cell, None where there is none, and what is wrong with it as (class, sentence)."""
        if not isinstance(cell, str):
            return self._judge(cell)
        known = self.verdicts.get(cell)
        if known is None:
            known = self._judge(cell)
            if len(self.verdicts) < _REMEMBERED:
                self.verdicts[cell] = known
        return known

    def _judge(self, cell: Any) -> tuple[Any, tuple[tuple[str, str], ...]]:
        if cell is None or (isinstance(cell, str) and cell in self.missing):
            if self.wanted.constraints.required:
                return None, (("constraint_error", "a value is required"),)
            return None, ()
        try:
            value = self.read(cell)
        except Unfit as error:
            return None, (("type_error", str(error)),)
        broken = [("constraint_error", each.broken) for each in self.constraints if not each.holds(value)]
        return value, tuple(broken)


@dataclass(slots=True)
class _Key:
    """A key over several columns, and where each of its values stood first."""

    code: str
    places: tuple[int, ...]
    needed: bool
    seen: dict[tuple[Hashable, ...], int] = field(default_factory=dict)

    def check(self, number: int, values: Sequence[Any]) -> SchemaError | None:
        """What is wrong with the key of a row."""
        key = tuple(_hashable(values[place]) for place in self.places)
        if all(part is None for part in key):
            return SchemaError(self.code, number, None, "the cells of the key are empty") if self.needed else None
        if not self.needed and any(part is None for part in key):
            return None
        first = self.seen.setdefault(key, number)
        return None if first == number else SchemaError(self.code, number, None, f"the key is that of row {first}")


def check_rows(
    header: Sequence[str] | None, rows: Iterable[Row], schema: TableSchema | None = None, others: Others | None = None
) -> Iterator[SchemaError]:
    """Every way in which a table differs from a schema; without one, what is wrong with its form.

    `header` is None for a table without one. `rows` are numbered as a person sees them: with a header in the first row, the
    rows below begin at 2. `others` gives the keys of other tables.
    """
    columns = match_columns(header, schema)
    yield from columns.errors
    rows = iter(rows)
    if columns.fields is None:
        first = next(rows, None)
        if first is None:
            return
        columns = Columns(fields=tuple(Field(name=f"field{n}") for n in range(1, len(first[1]) + 1)))
        rows = _put_back(first, rows)
    yield from _check_body(columns, rows, schema, others)


def _put_back(first: Row, rows: Iterator[Row]) -> Iterator[Row]:
    yield first
    yield from rows


def _check_body(
    columns: Columns, rows: Iterable[Row], schema: TableSchema | None, others: Others | None
) -> Iterator[SchemaError]:
    judged = _columns(columns, schema)
    keys = _keys(judged, schema)
    foreign = _foreign(judged, schema, others)
    for number, cells in rows:
        values: list[Any] = []
        errors: list[SchemaError] = []
        told = False
        for place, column in enumerate(judged):
            there = place < len(cells)
            value, wrong = column.judge(cells[place] if there else None)
            values.append(value)
            told = told or value is not None or any(code == "type_error" for code, _ in wrong)
            if there:
                errors += [SchemaError(code, number, column.number, why, column.wanted.name) for code, why in wrong]
                errors += _repeated(column, value, number)
            else:
                why = "the row ends before this column"
                errors.append(SchemaError("missing_cell", number, column.number, why, column.wanted.name))
        if not told:
            errors = [SchemaError("blank_row", number, None, "all its cells are empty")]
        else:
            extra = range(len(judged) + 1, len(cells) + 1)
            errors += [SchemaError("extra_cell", number, at, "it stands beyond the last column") for at in extra]
        yield from errors
        yield from (found for key in keys if (found := key.check(number, values)) is not None)
        yield from (found for each in foreign if (found := each.check(number, values)) is not None)
    for each in foreign:
        yield from each.late()


def _columns(columns: Columns, schema: TableSchema | None) -> list[_Column]:
    missing = schema.missing if schema is not None else ("",)
    found = []
    for number, each in enumerate(columns.fields or (), 1):
        constraints, _ = constraints_of(each)
        own = frozenset(missing if each.missing is None else each.missing)
        found.append(_Column(number, each, reader_of(each), constraints, own))
    return found


def _repeated(column: _Column, value: Any, number: int) -> Iterator[SchemaError]:
    if not column.wanted.constraints.unique or value is None:
        return
    first = column.seen.setdefault(_hashable(value), number)
    if first != number:
        yield SchemaError(
            "unique_error", number, column.number, f"the value is that of row {first}", column.wanted.name
        )


def _hashable(value: Any) -> Hashable:
    return json.dumps(value, sort_keys=True, default=str) if isinstance(value, list | dict) else value


def _places(judged: Sequence[_Column], names: Sequence[str]) -> tuple[int, ...] | None:
    """Where the columns of some fields stand, None where one is not there: its label is missing, and that was said."""
    known = {column.wanted.name: place for place, column in enumerate(judged)}
    return tuple(known[name] for name in names) if names and all(name in known for name in names) else None


def _keys(judged: Sequence[_Column], schema: TableSchema | None) -> list[_Key]:
    if schema is None:
        return []
    found = []
    if (places := _places(judged, schema.primary_key)) is not None:
        found.append(_Key("primary_key", places, needed=True))
    unique = (_places(judged, names) for names in schema.unique_keys)
    return found + [_Key("unique_key", places, needed=False) for places in unique if places is not None]


@dataclass(slots=True)
class _Foreign:
    """A foreign key: those of another table are known at once, those of the table itself only at its end."""

    key: ForeignKey
    places: tuple[int, ...]
    known: frozenset[tuple[str, ...]] | None
    own: tuple[int, ...] | None
    there: set[tuple[str, ...]] = field(default_factory=set)
    waiting: list[tuple[int, tuple[str, ...]]] = field(default_factory=list)

    def check(self, number: int, values: Sequence[Any]) -> SchemaError | None:
        """What is wrong with the reference of a row."""
        if self.own is not None:
            self.there.add(tuple(key_text(values[place]) for place in self.own))
        if all(values[place] is None for place in self.places):
            return None
        reference = tuple(key_text(values[place]) for place in self.places)
        if self.own is not None:
            self.waiting.append((number, reference))
            return None
        return None if self.known is None or reference in self.known else self._error(number)

    def late(self) -> Iterator[SchemaError]:
        """What is wrong with references to the table itself."""
        return (self._error(number) for number, reference in self.waiting if reference not in self.there)

    def _error(self, number: int) -> SchemaError:
        table = f"the table {self.key.resource!r}" if self.key.resource else "the table itself"
        return SchemaError("foreign_key", number, None, f"{', '.join(self.key.fields)}: not in {table}")


def key_text(value: Any) -> str:
    """A value as keys of other tables are compared: numbers by what they are, not by how they are written."""
    return cell_text(value) if isinstance(value, str | int | float | bool) or value is None else str(value)


def _foreign(judged: Sequence[_Column], schema: TableSchema | None, others: Others | None) -> list[_Foreign]:
    found: list[_Foreign] = []
    for key in schema.foreign_keys if schema is not None else ():
        places = _places(judged, key.fields)
        if places is None:
            continue
        if not key.resource:
            own = _places(judged, key.reference)
            if own is not None:
                found.append(_Foreign(key, places, None, own))
        elif others is not None and (known := others(key.resource, key.reference)) is not None:
            found.append(_Foreign(key, places, known, None))
    return found
