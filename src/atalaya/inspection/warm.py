"""Native readers that stay loaded: one process holds the reader, and each file is read by a fork of it, with limits of its own.

Loading the reader of PDF takes half a second of a processor, reading a page of it some milliseconds. Who reads many files keeps
the process; it ends when the process that started it does. A file that kills its fork harms no other file.
"""

import os
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from atalaya.inspection.messages import Messages

_LOST = 1
"""Status of a file over which the process was lost that holds the reader: a fault of the reader, not a limit."""


class _Held:
    """A process with a reader that waits for files."""

    def __init__(self, command: Sequence[str], environment: Mapping[str, str]) -> None:
        pipe = subprocess.PIPE
        self.process = subprocess.Popen(  # noqa: S603 - our own script, run by our own interpreter
            command, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, env=environment, text=True
        )

    def read(self, line: str) -> int:
        """Have one file read; gives the status with which its fork ended."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        try:
            self.process.stdin.write(line)
            self.process.stdin.flush()
            return int(self.process.stdout.readline())
        except (OSError, ValueError):
            self.process.kill()
            self.process.wait()
            return _LOST


_HELD: dict[tuple[int, tuple[str, ...]], _Held] = {}
"""The processes of this one by its own id, so that a fork of it starts others, and command."""


@contextmanager
def answering_warm(
    command: Sequence[str], data: bytes, numbers: Sequence[int], spent: int, environment: Mapping[str, str]
) -> Iterator[Messages]:
    """As `messages.answering`, by a fork of a process that is held; `numbers` are the limits of this file."""
    with tempfile.TemporaryDirectory(prefix="atalaya-") as name:
        given, told = Path(name) / "given", Path(name) / "told"
        given.write_bytes(data)
        told.touch()
        line = "\t".join((str(given), str(told), *map(str, numbers))) + "\n"
        status = _held(command, environment).read(line)
        with told.open("rb") as stream:
            messages = Messages(stream)
            yield messages
            messages.spent = not messages.ended and (status < 0 or status == spent)


def _held(command: Sequence[str], environment: Mapping[str, str]) -> _Held:
    key = (os.getpid(), tuple(command))
    held = _HELD.get(key)
    if held is None or held.process.poll() is not None:
        held = _HELD[key] = _Held(command, environment)
    return held
