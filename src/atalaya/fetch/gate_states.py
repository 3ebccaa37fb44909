"""What the gate knows of hosts and addresses, in one locked file each: processes of one machine share the folder."""

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from atalaya.exceptions import StoreError
from atalaya.fetch.robots import file_name


@dataclass(slots=True)
class State:
    """What the gate knows of a host or an address; moments are seconds since 1970 UTC."""

    key: str
    next: float = 0.0
    blocked: float = 0.0
    failures: int = 0

    def values(self) -> tuple[str, float, float, int]:
        """What is kept."""
        return self.key, self.next, self.blocked, self.failures

    def line(self) -> bytes:
        """The line of the file."""
        fields = {"key": self.key, "next": self.next, "blocked": self.blocked, "failures": self.failures}
        return json.dumps(fields).encode() + b"\n"


class States(Protocol):
    """Where the gate keeps what it knows."""

    def open(self, keys: tuple[str, ...]) -> AbstractContextManager[list[State]]:
        """The states of several keys, locked in one order by everybody; written at the end. Raises StoreError."""


class FileStates:
    """The states in files of a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @contextmanager
    def open(self, keys: tuple[str, ...]) -> Iterator[list[State]]:
        """As `States.open`."""
        with ExitStack() as stack:
            yield [stack.enter_context(self._locked(key)) for key in sorted(keys)]

    @contextmanager
    def _locked(self, key: str) -> Iterator[State]:
        """One state, read and written under an exclusive lock. A file that cannot be read is a new one: only pace is lost."""
        path = self._folder / file_name(key)
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        except OSError as error:
            raise StoreError(
                f"{path} cannot be used: {error.strerror}; the gate needs a writable home folder"
            ) from error
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            state = _parse(os.pread(descriptor, 4096, 0), key)
            before = state.values()
            yield state
            if state.values() != before:
                # One write of one line: a reader takes the first line, whatever an older state left behind it.
                os.pwrite(descriptor, state.line(), 0)
        finally:
            os.close(descriptor)


def _parse(data: bytes, key: str) -> State:
    try:
        values = json.loads(data.partition(b"\n")[0])
        return State(key, float(values["next"]), float(values["blocked"]), int(values["failures"]))
    except (ValueError, TypeError, KeyError):
        return State(key)
