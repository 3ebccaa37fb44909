"""What this process and its children hold, read from /proc: memory, open files, threads, children, temporary files."""

import os
import threading
from collections import defaultdict
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

PAGE = os.sysconf("SC_PAGE_SIZE")
PROC = Path("/proc")


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """`memory` is the resident size of the process and its children in bytes; the others are counts of this process."""

    memory: int
    files: int
    threads: int
    children: int
    leftovers: int


def holding(temporary: Path) -> Holding:
    """What is held now; `leftovers` are the files and folders that stand directly in `temporary`."""
    own = os.getpid()
    children = descendants(own)
    return Holding(
        memory=tree_memory(own),
        files=sum(1 for _ in (PROC / "self" / "fd").iterdir()),
        threads=threading.active_count(),
        children=len(children),
        leftovers=sum(1 for _ in temporary.iterdir()),
    )


def descendants(root: int) -> tuple[int, ...]:
    """The processes that descend from one, in no order. What ends while it is read is left out."""
    parents: defaultdict[int, list[int]] = defaultdict(list)
    for folder in PROC.iterdir():
        if folder.name.isdigit():
            with suppress(OSError, IndexError, ValueError):
                # The name of a process stands in parentheses and may hold blanks (proc(5)).
                after_name = (folder / "stat").read_text().rpartition(")")[2].split()
                parents[int(after_name[1])].append(int(folder.name))
    found: list[int] = []
    waiting = [root]
    while waiting:
        children = parents[waiting.pop()]
        found.extend(children)
        waiting.extend(children)
    return tuple(found)


def tree_memory(root: int) -> int:
    """Resident bytes of a process and its descendants.

    A child that has not yet become another program has the memory of its parent, not as much again: it counts nothing.
    """
    own = _command(root)
    return resident(root) + sum(resident(pid) for pid in descendants(root) if _command(pid) != own)


def _command(pid: int) -> bytes:
    try:
        return (PROC / str(pid) / "cmdline").read_bytes()
    except OSError:
        return b""


def resident(pid: int) -> int:
    """Resident bytes of a process, 0 where it is gone."""
    try:
        return int((PROC / str(pid) / "statm").read_text().split()[1]) * PAGE
    except (OSError, IndexError, ValueError):
        return 0


class Watch:
    """Samples the memory of the process tree in a thread of its own; `take_peak` gives the greatest since it was last asked."""

    def __init__(self, seconds: float = 0.5) -> None:
        self._seconds = seconds
        self._peak = 0
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="watch", daemon=True)

    def __enter__(self) -> "Watch":
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._stop.set()
        self._thread.join()

    def take_peak(self) -> int:
        """The greatest memory sampled since the last call, in bytes."""
        peak, self._peak = self._peak, 0
        return peak

    def _run(self) -> None:
        own = os.getpid()
        while not self._stop.wait(self._seconds):
            self._peak = max(self._peak, tree_memory(own))
