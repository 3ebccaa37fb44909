"""Workbooks of Excel and OpenDocument: every sheet as a table, hidden ones too, from where its first value stands.

The native reader lays a sheet out as one dense range and ends the whole process when memory fails, so it runs in a process of
its own with limits on memory and time; what kills it is the workbook's defect, not ours.
"""

import marshal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import IO

import python_calamine

from atalaya.inspection.findings import Defect
from atalaya.inspection.kinds import Cell
from atalaya.inspection.material import Findings, Material
from atalaya.inspection.tables import Profile, gather, profile_rows

_SCRIPT = Path(__file__).with_name("workbook_process.py")
_READER = Path(python_calamine.__file__).parent.parent
_LARGEST_MESSAGE = 1 << 30
_DETAILS = {
    "password_protected": "the workbook is encrypted",
    "bomb": "the sheet spans more cells than are read",
}


def read_spreadsheet(material: Material) -> Findings:
    """Every sheet that holds a value."""
    with tempfile.TemporaryFile() as file:
        file.write(material.data)
        file.seek(0)
        profiles, defects = _read_in_process(file, material)
    if not profiles and not defects:
        defects.append(Defect(code="empty_file", place="file", detail="no sheet of the workbook holds a value"))
    read = gather(profiles)
    return replace(read, defects=(*defects, *read.defects))


def _read_in_process(file: IO[bytes], material: Material) -> tuple[list[Profile], list[Defect]]:
    limits = material.limits
    numbers = (limits.cells, limits.memory, limits.seconds)
    command = [sys.executable, "-I", "-S", str(_SCRIPT), str(_READER), *map(str, numbers)]
    with subprocess.Popen(command, stdin=file, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:  # noqa: S603
        assert process.stdout is not None, "its output is a pipe"
        timer = threading.Timer(2 * limits.seconds, process.kill)
        timer.start()
        try:
            messages = _Messages(process.stdout)
            profiles, defects = _collect(messages, material)
        finally:
            timer.cancel()
            process.kill()
    if not messages.ended:
        defects.append(_death(material))
    return profiles, defects


class _Messages:
    """The messages of the process, one at a time; `ended` tells that it came to its end."""

    def __init__(self, stream: IO[bytes]) -> None:
        self.ended = False
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


def _collect(messages: _Messages, material: Material) -> tuple[list[Profile], list[Defect]]:
    profiles: list[Profile] = []
    defects: list[Defect] = []
    while (message := messages.next()) is not None:
        match message:
            case ("sheet", str(name), bool(visible), int(first)):
                profile = profile_rows(_rows(messages), name, material.limits, first_row=first)
                if profile is not None:
                    profiles.append(profile if visible else _hidden(profile))
            case ("fault", str(code), str(sheet), str(word)):
                defects.append(_fault(code, sheet, word, material))
    return profiles, defects


def _rows(messages: _Messages) -> Iterator[Sequence[Cell]]:
    """The rows of the sheet that was announced last."""
    while (message := messages.next()) is not None:
        match message:
            case ("rows", list(rows)):
                yield from rows
            case _:
                messages.give_back(message)
                return


def _hidden(profile: Profile) -> Profile:
    return replace(profile, table=replace(profile.table, reason=f"{profile.table.reason}; the sheet is hidden"))


def _fault(code: str, sheet: str, word: str, material: Material) -> Defect:
    place = f"sheet {sheet}" if sheet else "file"
    if code != "unreadable":
        return Defect(code=code, place=place, detail=_DETAILS[code])
    cut = not sheet and any(defect.code == "truncated" for defect in material.sniffed.defects)
    return Defect(code="truncated" if cut else code, place=place, detail=f"it cannot be read: {word}")


def _death(material: Material) -> Defect:
    """The process died: for memory or time when the limits are what ended it, else by a fault of the reader."""
    return Defect(
        code="unreadable",
        place="file",
        detail=f"opening the workbook took more than {material.limits.memory >> 20} MB or {material.limits.seconds} s, "
        "or broke the reader",
    )
