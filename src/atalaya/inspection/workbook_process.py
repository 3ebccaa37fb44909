"""The process in which workbooks are opened: its own, because a crafted workbook can make the native reader claim all memory.

Started by `workbooks` as a script without the `site` module, so it imports nothing of Atalaya and little else and starts in a
moment: with a process for every workbook, a small one takes about 15 ms. Arguments: the folder of the native reader, the most
cells of one sheet, memory in bytes, processor time in seconds. Reads the workbook from standard input; writes to standard output
messages of a length (8 bytes, big-endian) and a marshalled tuple: ("shape", first column, merged cells),
("sheet", name, visible, first row), ("rows", [row, …]),
("fault", code, sheet, word), ("end",). Where its parent is gone it ends at the next message, or by its limits.
"""

from __future__ import annotations

import io
import itertools
import marshal
import sys

TYPE_CHECKING = False
"""True for type checkers only: at run time `typing` takes longer to import than all the rest."""
if TYPE_CHECKING:
    from typing import Any, BinaryIO

if __name__ == "__main__":
    sys.path.append(sys.argv[1])

import python_calamine  # noqa: E402 - found in the folder that the first argument names

try:
    import resource
except ImportError:  # pragma: no cover - systems without limits of this kind rely on the timeout of the parent
    resource = None  # type: ignore[assignment]

SPENT = 9
"""Status of a process that ran out of the memory it may take; where the native reader does, a signal ends it."""

CHUNK = 2_000
"""Rows in one message."""

MERGED = 5_000
"""Merged cells of one sheet that are told."""


def main(arguments: list[str]) -> None:
    """Limit this process, then read the workbook from standard input."""
    cells, memory, seconds = (int(argument) for argument in arguments)
    if resource is not None:
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        read_workbook(sys.stdin.buffer.read(), sys.stdout.buffer, cells)
    except MemoryError:
        sys.exit(SPENT)


def read_workbook(data: bytes, out: BinaryIO, cells: int) -> None:
    """Write every worksheet of a workbook as messages."""
    try:
        workbook = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    except python_calamine.PasswordError:
        send(out, ("fault", "password_protected", "", ""))
    except (python_calamine.CalamineError, OSError, ValueError) as error:
        send(out, ("fault", "unreadable", "", type(error).__name__))
    else:
        for sheet in workbook.sheets_metadata:
            if sheet.typ == python_calamine.SheetTypeEnum.WorkSheet:
                visible = sheet.visible == python_calamine.SheetVisibleEnum.Visible
                read_sheet(workbook, sheet.name, visible, out, cells)
    send(out, ("end",))


def read_sheet(workbook: Any, name: str, visible: bool, out: BinaryIO, cells: int) -> None:
    """Write one sheet: where its first row is, then its rows."""
    try:
        sheet = workbook.get_sheet_by_name(name)
    except (python_calamine.CalamineError, OSError, ValueError) as error:
        send(out, ("fault", "unreadable", name, type(error).__name__))
        return
    if sheet.start is None:
        return
    if sheet.height * sheet.width > cells:
        send(out, ("fault", "bomb", name, ""))
        return
    send(out, ("shape", sheet.start[1] + 1, merged_cells(sheet)))
    send(out, ("sheet", name, visible, sheet.start[0] + 1))
    rows = itertools.islice(sheet.iter_rows(), sheet.start[0], None)
    while chunk := list(itertools.islice(rows, CHUNK)):
        try:
            send(out, ("rows", chunk))
        except ValueError:
            send(out, ("rows", [list(map(plain, row)) for row in chunk]))


def merged_cells(sheet: Any) -> list[tuple[int, int, int, int]]:
    """First row and column, last row and column of merged cells, from 0, counted from the first filled cell of the sheet."""
    top, left = sheet.start
    found = itertools.islice(sheet.merged_cell_ranges or (), MERGED)
    return [(first[0] - top, first[1] - left, last[0] - top, last[1] - left) for first, last in found]


def plain(cell: Any) -> Any:
    """Values that marshal carries; dates and times, which it refuses, as their text."""
    return cell if cell is None or isinstance(cell, str | int | float | bool) else str(cell)


def send(out: BinaryIO, message: tuple[Any, ...]) -> None:
    """Write one message."""
    packed = marshal.dumps(message)
    out.write(len(packed).to_bytes(8, "big"))
    out.write(packed)


if __name__ == "__main__":
    main(sys.argv[2:])
