"""Small bodies that wait to be brought to the disk together.

One file that is flushed alone costs a whole commit of the file system's journal, some milliseconds; files that are flushed side
by side share one. So small bodies wait in memory until somebody is about to refer to them, and then go together: every file is
written and flushed under a temporary name, then named, then the folders of the names are flushed. A blob that has its name has
its bytes, whatever dies when.
"""

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from threading import Lock
from typing import Final, TypeVar

from atalaya.store.blobfile import Small
from atalaya.store.parts import sync_folder
from atalaya.store.shelf import Shelf, move, our_fault

MOST: Final = 1 << 25
"""Bytes that wait at most; a body above that is written at once."""

TOGETHER: Final = 64
"""Files open at once while they are flushed."""

THREADS: Final = 16

Thing = TypeVar("Thing")


class Waiting:
    """The bodies of one archive that are told and not yet on the disk, by sha256."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._bodies: dict[str, Small] = {}
        self._size = 0
        self._guard = Lock()
        self._settling = Lock()

    def add(self, small: Small) -> bool:
        """Let a body wait; False where too much waits already and it must be written now."""
        with self._guard:
            if self._size + len(small.body) > MOST:
                return False
            if small.sha256 not in self._bodies:
                self._bodies[small.sha256] = small
                self._size += len(small.body)
            return True

    def get(self, sha256: str) -> Small | None:
        """A body that waits."""
        return self._bodies.get(sha256)

    def settle(self) -> None:
        """Write all that waited when this was called; it is durable on return, whichever call took it. Raises StoreError."""
        with self._settling:
            with self._guard:
                taken = tuple(self._bodies.values())
            if not taken:
                return
            write_together(self._shelf, taken)
            with self._guard:
                for small in taken:
                    del self._bodies[small.sha256]
                    self._size -= len(small.body)


def write_together(shelf: Shelf, bodies: Sequence[Small]) -> None:
    """Write bodies and make them durable; what stands already or was withdrawn is left as it is. Raises StoreError."""
    with our_fault(shelf.folder):
        bodies = [small for small in bodies if not shelf.stands_whole(small.sha256)]
        if not bodies:
            return
        with ExitStack() as stack:
            threads = stack.enter_context(ThreadPoolExecutor(THREADS)) if len(bodies) > 1 else None
            folder = stack.enter_context(shelf.temporary_folder())
            for start in range(0, len(bodies), TOGETHER):
                _flush(folder, bodies[start : start + TOGETHER], threads)
            with shelf.locked():
                folders = {target.parent for small in bodies if (target := _name(shelf, small, folder)) is not None}
            _side_by_side(sync_folder, sorted(folders), threads)


def _side_by_side(work: Callable[[Thing], None], things: Sequence[Thing], threads: ThreadPoolExecutor | None) -> None:
    """Do something to each thing, each thread taking its share: handing over single ones costs more than what is done."""
    if threads is None:
        for thing in things:
            work(thing)
        return

    def share(number: int) -> None:
        for thing in things[number::THREADS]:
            work(thing)

    list(threads.map(share, range(min(THREADS, len(things)))))


def _flush(folder: Path, bodies: Sequence[Small], threads: ThreadPoolExecutor | None) -> None:
    """Write files and flush them: the disk is asked for all of them at once, and everything else is done by one thread."""
    handles: list[int] = []
    try:
        for small in bodies:
            handles.append(os.open(f"{folder}/{small.sha256}", os.O_WRONLY | os.O_CREAT | os.O_CLOEXEC, 0o644))
            _write(handles[-1], small.file())
        _side_by_side(os.fsync, handles, threads)
    finally:
        for handle in handles:
            os.close(handle)


def _write(handle: int, data: bytes) -> None:
    while data:
        data = data[os.write(handle, data) :]


def _name(shelf: Shelf, small: Small, folder: Path) -> Path | None:
    """Give a flushed file its name and tell it; another process may have withdrawn the bytes just now (None)."""
    if shelf.class_of(small.sha256) == "withdrawn":
        return None
    target = shelf.path(small.sha256)
    move(folder / small.sha256, target)  # over what another process put there meanwhile: it is the same
    shelf.back(small.sha256)
    return target
