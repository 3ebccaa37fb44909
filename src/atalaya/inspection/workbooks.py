"""A workbook opened in a process of its own, with limits on memory and time: its messages, and its sheets as plain rows.

The native reader lays a sheet out as one dense range and ends the whole process when memory fails; what kills the process is the
workbook's defect, not ours.
"""

import marshal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Container, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import python_calamine

from atalaya.inspection.kinds import Cell
from atalaya.inspection.limits import Limits
from atalaya.inspection.workbook_process import SPENT

_SCRIPT = Path(__file__).with_name("workbook_process.py")
_READER = Path(python_calamine.__file__).parent.parent
_LARGEST_MESSAGE = 1 << 30
_GRACE = 10.0
"""Seconds for a process whose output has ended to be gone itself."""


class Messages:
    """The messages of the process, one at a time; `ended` tells that it came to its end.

    `spent` tells, once the block of `opened` is left, that a limit on memory or time ended it.
    """

    def __init__(self, stream: IO[bytes]) -> None:
        self.ended = False
        self.spent = False
        self._stream = stream
        self._returned: tuple[object, ...] | None = None

    def next(self) -> tuple[object, ...] | None:
        """The next message, None at the end or when the process died."""
        if self._returned is not None:
            message, self._returned = self._returned, None
            return message
        size = int.from_bytes(self._stream.read(8), "big")
        packed = self._stream.read(size) if 0 < size < _LARGEST_MESSAGE else b""
        if not packed or len(packed) < size:
            return None
        message = marshal.loads(packed)  # noqa: S302 - written by our own script, which sends plain values only
        self.ended = message[0] == "end"
        return None if self.ended else message

    def give_back(self, message: tuple[object, ...]) -> None:
        """Let the next call return this message again."""
        self._returned = message

    def rows(self) -> Iterator[Sequence[Cell]]:
        """The rows of the sheet that was announced last."""
        while (message := self.next()) is not None:
            match message:
                case ("rows", list(rows)):
                    yield from rows
                case _:
                    self.give_back(message)
                    return


@contextmanager
def opened(data: bytes, limits: Limits) -> Iterator[Messages]:
    """The messages of a process that reads this workbook; the process is gone when the block ends."""
    numbers = (limits.cells, limits.memory, limits.seconds)
    command = [sys.executable, "-I", "-S", str(_SCRIPT), str(_READER), *map(str, numbers)]
    with tempfile.TemporaryFile() as file:
        file.write(data)
        file.seek(0)
        with subprocess.Popen(command, stdin=file, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:  # noqa: S603
            assert process.stdout is not None, "its output is a pipe"
            timer = threading.Timer(2 * limits.seconds, process.kill)
            timer.start()
            messages = Messages(process.stdout)
            try:
                yield messages
                messages.spent = not messages.ended and _spent(process)
            finally:
                timer.cancel()
                process.kill()


def _spent(process: subprocess.Popen[bytes]) -> bool:
    """Whether a limit ended the process: by a signal (the native reader aborts where memory is refused), or as it says."""
    try:
        status = process.wait(_GRACE)
    except subprocess.TimeoutExpired:
        return False
    return status < 0 or status == SPENT


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
