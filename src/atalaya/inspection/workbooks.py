"""A workbook opened in a process of its own, with limits on memory and time: its messages, and its sheets as plain rows.

The native reader lays a sheet out as one dense range and ends the whole process when memory fails; what kills the process is the
workbook's defect, not ours.
"""

import sys
from collections.abc import Container, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

import python_calamine

from atalaya.inspection.kinds import Cell
from atalaya.inspection.limits import Limits
from atalaya.inspection.messages import Messages, answering
from atalaya.inspection.workbook_process import SPENT

_SCRIPT = Path(__file__).with_name("workbook_process.py")
_READER = Path(python_calamine.__file__).parent.parent


def opened(data: bytes, limits: Limits) -> AbstractContextManager[Messages]:
    """The messages of a process that reads this workbook; the process is gone when the block ends."""
    numbers = (limits.cells, limits.memory, limits.seconds)
    command = [sys.executable, "-I", "-S", str(_SCRIPT), str(_READER), *map(str, numbers)]
    return answering(command, data, limits.seconds, SPENT)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet as rows of cells, from its first filled row; `first_row` is the number of that row as a person sees it.

    `visible`: whether a person sees the sheet at all.
    """

    name: str
    first_row: int
    visible: bool
    rows: tuple[Sequence[Cell], ...]


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a sheet could not be read, or the whole workbook where `sheet` is None; `told` says it in a clause."""

    sheet: str | None
    told: str


@dataclass(frozen=True, slots=True)
class Sheets:
    """The sheets that were asked for, the names of all that hold a value, and what could not be read."""

    sheets: tuple[Sheet, ...]
    names: tuple[str, ...]
    faults: tuple[Fault, ...] = ()


_TOLD = {
    "bomb": "the sheet spans more cells than are read",
    "password_protected": "the workbook is encrypted",
    "unreadable": "it cannot be read as a workbook",
}


def read_sheets(data: bytes, limits: Limits, wanted: Container[str] | None = None) -> Sheets:
    """The sheets whose names, in lower case and without spaces around, are wanted (all by default), hidden ones too.

    Nothing is raised for what the workbook holds.
    """
    sheets: list[Sheet] = []
    names: list[str] = []
    faults: list[Fault] = []
    with opened(data, limits) as messages:
        while (message := messages.next()) is not None:
            match message:
                case ("sheet", str(name), bool(visible), int(first)):
                    names.append(name)
                    rows = messages.rows()
                    if wanted is None or name.strip().lower() in wanted:
                        sheets.append(Sheet(name, first, visible, tuple(rows)))
                    else:
                        for _ in rows:
                            pass
                case ("fault", str(code), str(place), str()):
                    faults.append(Fault(place or None, _TOLD[code]))
        if not messages.ended:
            told = f"opening it took more than {limits.memory >> 20} MB or {limits.seconds} s, or broke the reader"
            faults.append(Fault(None, told))
    return Sheets(tuple(sheets), tuple(names), tuple(faults))
