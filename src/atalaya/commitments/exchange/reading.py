"""Tables into plans: every row is held against its table, and one bad row is enough to change nothing."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from atalaya.commitments.documents import plan_of, plan_value
from atalaya.commitments.exchange.partnership import NAME as PARTNERSHIP
from atalaya.commitments.exchange.partnership import applied, edited
from atalaya.commitments.exchange.sheets import (
    ABSENT_MARK,
    IDS,
    MORE,
    SHEETS,
    STAND_IN,
    Cell,
    Column,
    Sheet,
    Table,
    columns_of,
)
from atalaya.commitments.exchange.writing import tables_of
from atalaya.commitments.partial_dates import read_range
from atalaya.commitments.plan import Plan
from atalaya.commitments.template import COMMITMENT, MILESTONE

_KEY_KINDS = {"of_commitment": "whole", "of_version": "text", "of_milestone": "text"}


@dataclass(frozen=True, slots=True)
class RowProblem:
    """Why a row cannot be taken: table, row as a spreadsheet numbers it (the heading is 1), column, and what to do."""

    table: str
    row: int
    column: str
    reason: str

    def __str__(self) -> str:
        return f"{self.table}, row {self.row}, {self.column}: {self.reason}"


@dataclass(frozen=True, slots=True)
class Import:
    """What an import would give: the plan where every row can be taken, else every problem and no plan."""

    plan: Plan | None
    problems: tuple[RowProblem, ...]


def plan_from(tables: Mapping[str, Sequence[Mapping[str, Cell]]], current: Plan | None = None) -> Import:
    """The plan that tables hold. A table that is not given is taken from `current`, and so is the rule of the status; a day that
    a spreadsheet made of a month of `current` is that month. Of the table of the partnership's columns only what differs from
    the plan counts."""
    gathered: dict[str, list[tuple[int, dict[str, Any]]]] = {}
    problems: list[RowProblem] = []
    before = tables_of(current) if current else {}
    known = [*(sheet.name for sheet in SHEETS), PARTNERSHIP]
    unknown = f"is no table of a plan; they are {', '.join(known)}"
    problems += [RowProblem(name, 1, "", unknown) for name in sorted(set(tables) - set(known))]
    for sheet in SHEETS:
        rows = tables.get(sheet.name, before.get(sheet.name, []))
        gathered[sheet.name] = _read_sheet(sheet, rows, _days_of(before.get(sheet.name, [])), problems)
    if len(gathered["plan"]) != 1:
        problems.append(RowProblem("plan", 2, "number", f"{len(gathered['plan'])} rows stand where one must: one plan"))
    if problems:
        return Import(None, tuple(problems))
    value = _joined(gathered, problems)
    if current is not None:
        value["status"] = plan_value(current).get("status", {})
    return _with_partnership(_made(value, problems), tables.get(PARTNERSHIP, ()), current)


def _with_partnership(made: Import, rows: Sequence[Mapping[str, Cell]], current: Plan | None) -> Import:
    """An import with what was edited in the partnership's columns: against what they said when they were written."""
    if made.plan is None or not rows:
        return made
    plan, faults = applied(made.plan, rows if current is None else edited(current, rows))
    if faults:
        return Import(None, tuple(RowProblem(PARTNERSHIP, each.row, each.column, each.reason) for each in faults))
    return Import(plan, ())


def _made(value: dict[str, Any], problems: list[RowProblem]) -> Import:
    if problems:
        return Import(None, tuple(problems))
    try:
        return Import(plan_of(value), ())
    except (ValueError, KeyError) as error:
        return Import(None, (RowProblem("plan", 2, "", str(error)),))


def _days_of(rows: Table) -> dict[tuple[Cell, ...], dict[str, Cell]]:
    """The rows of a table by what names them, to tell a month from the day that a spreadsheet made of it."""
    return {_identity(row): row for row in rows}


def _identity(row: Mapping[str, Cell]) -> tuple[Cell, ...]:
    names = ("of_commitment", "of_version", "of_milestone", "number", "id")
    return tuple(str(row[name]) for name in names if row.get(name) is not None)


def _read_sheet(
    sheet: Sheet,
    rows: Sequence[Mapping[str, Cell]],
    before: Mapping[tuple[Cell, ...], Mapping[str, Cell]],
    problems: list[RowProblem],
) -> list[tuple[int, dict[str, Any]]]:
    found = []
    known = set(columns_of(sheet))
    for number, row in enumerate(rows, 2):
        if all(cell in (None, "") for cell in row.values()):
            continue
        unknown = f"is no column; they are {', '.join(columns_of(sheet))}"
        problems += [RowProblem(sheet.name, number, name, unknown) for name in row if name not in known]
        value: dict[str, Any] = {}
        old = before.get(_identity(row), {})
        for column in (*(Column(key, _KEY_KINDS[key], key=True) for key in sheet.keys), *sheet.columns):
            try:
                _take(column, row.get(column.name), old.get(column.name), value)
            except ValueError as error:
                problems.append(RowProblem(sheet.name, number, column.name, str(error)))
        found.append((number, value))
    return found


def _take(column: Column, cell: Cell, old: Cell, value: dict[str, Any]) -> None:
    """Put a cell into a row's values. Raises ValueError that says what to write."""
    if isinstance(cell, str):
        cell = cell.replace("\r\n", "\n").replace("\r", "\n").strip()
    if cell is None or cell == "":
        if column.key:
            raise ValueError("is empty; fill it in")
        return
    if cell == ABSENT_MARK:
        if column.key or column.name not in _SILENT:
            raise ValueError("cannot be absent; leave it empty or fill it in")
        value.setdefault("absent", []).append(column.name)
        return
    read = _READERS[column.kind](cell, old)
    if read is not None:
        value[column.name] = read


_SILENT = {field.name for field in (*COMMITMENT, *MILESTONE)}


def _text(cell: Cell, _old: Cell) -> Any:
    if isinstance(cell, str) and cell.startswith(STAND_IN):
        return {"stand_in": cell.removeprefix(STAND_IN)}
    return _plain(cell)


def _plain(cell: Cell) -> str:
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float) and cell == int(cell):
        return str(int(cell))
    text = str(cell)
    if any(ord(char) < 32 and char not in "\n\t" for char in text):
        raise ValueError("holds a control character; take it out")
    return text.removeprefix("\\") if text[:1] == "\\" else text


def _whole(cell: Cell, _old: Cell) -> int:
    number = _number(cell, _old)
    if number != int(number) or number < 0:
        raise ValueError(f"{cell!r} is no whole number; write one such as 12")
    return int(number)


def _number(cell: Cell, _old: Cell) -> float:
    if isinstance(cell, bool | date):
        raise ValueError(f"{cell!r} is no number")
    try:
        return float(str(cell).replace(",", ".")) if cell is not None else 0.0
    except ValueError as error:
        raise ValueError(f"{cell!r} is no number; write one such as 12 or 0.5") from error


def _yes(cell: Cell, _old: Cell) -> bool:
    words = {"true": True, "yes": True, "sí": True, "si": True, "1": True, "false": False, "no": False, "0": False}
    word = str(cell).strip().casefold().removesuffix(".0")
    if word in ("verdadero", "falso"):
        return word == "verdadero"
    if word not in words:
        raise ValueError(f"{cell!r} is neither yes nor no")
    return words[word]


def _date(cell: Cell, old: Cell) -> str:
    """A date as text. A cell that a spreadsheet made a day of stays the month or year that it was, where it is its first day."""
    text = str(read_range(cell))
    if isinstance(cell, datetime | date) and old and str(old) != text and _first_day(str(old)) == text:
        return str(old)
    return text


def _first_day(text: str) -> str | None:
    try:
        return read_range(text).first().isoformat()
    except ValueError:
        return None


def _day(cell: Cell, old: Cell) -> str:
    text = _date(cell, old)
    if "/" in text:
        raise ValueError(f"{text!r} is two dates; write one")
    return text


def _list(cell: Cell, _old: Cell) -> Any:
    text = str(cell)
    if text == "[]":
        return {"items": []}
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    whole = MORE not in lines
    items = [_plain(line) for line in lines if line != MORE]
    return items if whole else {"items": items, "whole": False}


_READERS: Mapping[str, Callable[[Cell, Cell], Any]] = {
    "text": _text,
    "whole": _whole,
    "number": _number,
    "yes": _yes,
    "date": _date,
    "day": _day,
    "list": _list,
}


def _joined(gathered: Mapping[str, list[tuple[int, dict[str, Any]]]], problems: list[RowProblem]) -> dict[str, Any]:
    """The plain values of a plan out of the rows of its tables; a row that belongs nowhere is a problem."""
    plan = gathered["plan"][0][1]
    homes: defaultdict[str, dict[tuple[Any, ...], dict[str, Any]]] = defaultdict(dict)
    homes["plan"][()] = plan
    for sheet in SHEETS[1:]:
        for number, value in gathered[sheet.name]:
            owner = tuple(value.pop(key) for key in sheet.keys)
            home = homes[str(sheet.parent)].get(owner)
            if home is None:
                where = ", ".join(f"{key} {part}" for key, part in zip(sheet.keys, owner, strict=True))
                problems.append(RowProblem(sheet.name, number, sheet.keys[-1], f"no row of {sheet.parent} is {where}"))
                continue
            home.setdefault(sheet.at, []).append(value)
            if sheet.name in IDS:
                identity = (*owner, value[IDS[sheet.name]])
                if identity in homes[sheet.name]:
                    problems.append(
                        RowProblem(sheet.name, number, IDS[sheet.name], "stands twice; tell the rows apart")
                    )
                homes[sheet.name][identity] = value
    return plan
