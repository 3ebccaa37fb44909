"""Plans into tables."""

from collections.abc import Mapping
from typing import Any

from atalaya.commitments.documents import plan_value
from atalaya.commitments.exchange.sheets import (
    ABSENT_MARK,
    GUARDED,
    IDS,
    MORE,
    SHEETS,
    STAND_IN,
    Cell,
    Column,
    Sheet,
    Table,
)
from atalaya.commitments.plan import Plan


def tables_of(plan: Plan) -> dict[str, Table]:
    """The tables of a plan by name, empty ones too. The rule of its status stays with the plan and is not in tables."""
    found: dict[str, Table] = {sheet.name: [] for sheet in SHEETS}
    value = plan_value(plan)
    found["plan"].append(_row(SHEETS[0], {}, value))
    _spread("plan", value, {}, found)
    return found


def _spread(name: str, value: Mapping[str, Any], owner: Mapping[str, Cell], found: dict[str, Table]) -> None:
    for sheet in (sheet for sheet in SHEETS if sheet.parent == name):
        for child in value.get(sheet.at, ()):
            found[sheet.name].append(_row(sheet, owner, child))
            if sheet.name in IDS:
                key = f"of_{sheet.name.removesuffix('s')}"
                _spread(sheet.name, child, {**owner, key: child[IDS[sheet.name]]}, found)


def _row(sheet: Sheet, owner: Mapping[str, Cell], value: Mapping[str, Any]) -> dict[str, Cell]:
    absent = value.get("absent", ())
    own = {column.name: _cell(column, value.get(column.name), column.name in absent) for column in sheet.columns}
    return {**{key: owner[key] for key in sheet.keys}, **own}


def _cell(column: Column, value: Any, absent: bool) -> Cell:
    if absent:
        return ABSENT_MARK
    if value is None:
        return True if column.kind == "yes" and column.name in ("substance", "all_milestones") else None
    if isinstance(value, Mapping) and "stand_in" in value:
        return STAND_IN + str(value["stand_in"])
    if column.kind == "list":
        items = value["items"] if isinstance(value, Mapping) else value
        whole = not isinstance(value, Mapping) or value.get("whole", True)
        lines = [*map(_guarded, items), *([] if whole else [MORE])]
        return "\n".join(lines) if lines else "[]"
    return _guarded(value) if isinstance(value, str) and column.kind == "text" else value


def _guarded(text: str) -> str:
    return f"\\{text}" if text[:1] in GUARDED or text == MORE else text
