"""The process in which a file is opened by a reader that a crafted file can harm.

Started by `inspection.child` as a script without the `site` module, so that it starts in a moment. Arguments: the folders in
which packages are found, the name of the reader, the cells that it may give, memory in bytes, processor time in seconds. Reads
the file from standard input; writes to standard output messages of a length (8 bytes, big-endian) and a marshalled tuple, the
last of which is ("end",). Where its parent is gone it ends at the next message, or by its limits.

Without limits it serves many files (`inspection.warm`): the reader is loaded once, and every file is read by a fork of this
process, which never sees a file itself. A line of standard input names the file, where its messages go, and the limits; a line
of standard output tells the status with which the fork ended.
"""

from __future__ import annotations

import importlib
import marshal
import os
import signal
import sys

TYPE_CHECKING = False
"""True for type checkers only: at run time `typing` takes longer to import than all the rest."""
if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType
    from typing import BinaryIO

try:
    import resource
except ImportError:  # pragma: no cover - systems without limits of this kind rely on the timeout of the parent
    resource = None  # type: ignore[assignment]

SPENT = 9
"""Status of a process that ran out of the memory it may take; where a native library does, a signal ends it."""
PACKAGE = "atalaya.inspection.natives"


def main(arguments: list[str]) -> None:
    """Limit this process, then read standard input with the reader of this name."""
    folders, reader, *numbers = arguments
    sys.path[:0] = [folders.split(os.pathsep)[0]]
    sys.path.extend(folders.split(os.pathsep)[1:])
    module = importlib.import_module(f"{PACKAGE}.{reader}")
    messages = importlib.import_module(f"{PACKAGE}.messages")
    if not numbers:
        serve(module, messages)
        return
    cells, column_cells, memory, seconds = map(int, numbers)
    limit(memory, seconds)
    try:
        answer(sys.stdout.buffer, module.read(sys.stdin.buffer.read(), messages.Budget(cells, column_cells)))
    except MemoryError:
        sys.exit(SPENT)


def serve(module: ModuleType, messages: ModuleType) -> None:
    """Read files, each in a fork, until there are no more lines."""
    for line in sys.stdin:
        given, told, *numbers = line.rstrip("\n").split("\t")
        child = os.fork()
        if not child:
            os._exit(_read_apart(module, messages, given, told, tuple(map(int, numbers))))
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        sys.stdout.write(f"{status}\n")
        sys.stdout.flush()


def _read_apart(module: ModuleType, messages: ModuleType, given: str, told: str, numbers: tuple[int, ...]) -> int:
    """Read one file in the fork that this is; gives the status with which it ends."""
    cells, column_cells, memory, seconds = numbers
    limit(memory, seconds)
    signal.alarm(2 * seconds)
    try:
        with open(given, "rb") as file, open(told, "wb") as out:  # noqa: PTH123 - pathlib takes longer to load than a file to read
            answer(out, module.read(file.read(), messages.Budget(cells, column_cells)))
    except MemoryError:
        return SPENT
    except BaseException:  # noqa: BLE001 - a reader that breaks is the file's defect, told by the missing end
        return 1
    return 0


def limit(memory: int, seconds: int) -> None:
    """Limit this process: memory in bytes, processor time in seconds, no dump of its memory."""
    if resource is not None:
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def answer(out: BinaryIO, messages: Iterator[tuple[object, ...]]) -> None:
    """Write all messages, and that they have come to their end."""
    for message in messages:
        send(out, message)
    send(out, ("end",))


def send(out: BinaryIO, message: tuple[object, ...]) -> None:
    """Write one message."""
    packed = marshal.dumps(message)  # type: ignore[arg-type]
    out.write(len(packed).to_bytes(8, "big"))
    out.write(packed)


if __name__ == "__main__":
    # The folder of this script would hide libraries behind readers of the same name.
    sys.path[:] = [folder for folder in sys.path if not folder.endswith("natives")]
    main(sys.argv[1:])
