"""The process in which a file is opened by a reader that a crafted file can harm.

Started by `inspection.child` as a script without the `site` module, so that it starts in a moment. Arguments: the folders in
which packages are found, the name of the reader, the cells that it may give, memory in bytes, processor time in seconds. Reads
the file from standard input; writes to standard output messages of a length (8 bytes, big-endian) and a marshalled tuple, the
last of which is ("end",). Where its parent is gone it ends at the next message, or by its limits.
"""

from __future__ import annotations

import importlib
import marshal
import os
import sys

TYPE_CHECKING = False
"""True for type checkers only: at run time `typing` takes longer to import than all the rest."""
if TYPE_CHECKING:
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
    cells, column_cells, memory, seconds = map(int, numbers)
    sys.path[:0] = [folders.split(os.pathsep)[0]]
    sys.path.extend(folders.split(os.pathsep)[1:])
    module = importlib.import_module(f"{PACKAGE}.{reader}")
    messages = importlib.import_module(f"{PACKAGE}.messages")
    if resource is not None:
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    out = sys.stdout.buffer
    try:
        for message in module.read(sys.stdin.buffer.read(), messages.Budget(cells, column_cells)):
            send(out, message)
        send(out, ("end",))
    except MemoryError:
        sys.exit(SPENT)


def send(out: BinaryIO, message: tuple[object, ...]) -> None:
    """Write one message."""
    packed = marshal.dumps(message)  # type: ignore[arg-type]
    out.write(len(packed).to_bytes(8, "big"))
    out.write(packed)


if __name__ == "__main__":
    # The folder of this script would hide libraries behind readers of the same name.
    sys.path[:] = [folder for folder in sys.path if not folder.endswith("natives")]
    main(sys.argv[1:])
