"""What a process of our own says of a file that it reads: messages, and whether a limit on memory or time ended it.

Native readers end the whole process when memory fails. What kills the process is the file's defect, not ours.
"""

import marshal
import subprocess
import tempfile
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import IO

from atalaya.inspection.kinds import Cell

_LARGEST_MESSAGE = 1 << 30
_GRACE = 10.0
"""Seconds for a process whose output has ended to be gone itself."""


class Messages:
    """The messages of the process, one at a time; `ended` tells that it came to its end.

    `spent` tells, once the block of `answering` is left, that a limit on memory or time ended it.
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
        """The rows of the table that was announced last."""
        while (message := self.next()) is not None:
            match message:
                case ("rows", list(rows)):
                    yield from rows
                case _:
                    self.give_back(message)
                    return


@contextmanager
def answering(
    command: Sequence[str], data: bytes, seconds: int, spent: int, environment: Mapping[str, str] | None = None
) -> Iterator[Messages]:
    """The messages of a process that reads `data` from its standard input; the process is gone when the block ends.

    `seconds` of processor time is what it may take by its own limit, `spent` the status with which it says that memory ran out;
    `environment` are the variables that it sees, all of ours where none are given.
    """
    with tempfile.TemporaryFile() as file:
        file.write(data)
        file.seek(0)
        with subprocess.Popen(  # noqa: S603 - our own script, run by our own interpreter
            command, stdin=file, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment
        ) as process:
            assert process.stdout is not None, "its output is a pipe"
            timer = threading.Timer(2 * seconds, process.kill)
            timer.start()
            messages = Messages(process.stdout)
            try:
                yield messages
                messages.spent = not messages.ended and _is_spent(process, spent)
            finally:
                timer.cancel()
                process.kill()


def _is_spent(process: subprocess.Popen[bytes], spent: int) -> bool:
    """Whether a limit ended the process: by a signal (native readers abort where memory is refused), or as it says."""
    try:
        status = process.wait(_GRACE)
    except subprocess.TimeoutExpired:
        return False
    return status < 0 or status == spent
