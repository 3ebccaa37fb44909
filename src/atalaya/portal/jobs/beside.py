"""A worker beside `atalaya portal serve`: a process of its own that ends with it, and is started again when it dies."""

import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

PAUSE = 2.0
"""Seconds before a worker that died is started again."""
LAST = 20.0
"""Seconds in which a worker ends once it is told to; it is killed then."""


@contextmanager
def worker_beside(home: Path) -> Iterator[None]:
    """A worker runs as long as the context. It inherits the environment, where the database is named."""
    ended = threading.Event()
    keeper = threading.Thread(target=_keep, args=(home, ended), name="worker")
    keeper.start()
    try:
        yield
    finally:
        ended.set()
        keeper.join()


def _keep(home: Path, ended: threading.Event) -> None:
    while not ended.is_set():
        process = started(home)
        while process.poll() is None and not ended.wait(0.2):
            pass
        end(process)
        ended.wait(PAUSE)


def started(home: Path, *options: str) -> subprocess.Popen[bytes]:
    """Start a worker. Its standard input stays open as long as this process lives: whatever ends this ends it."""
    command = [sys.executable, "-m", "atalaya", "worker", "--with-input", "--home", str(home), *options]
    return subprocess.Popen(command, stdin=subprocess.PIPE)  # noqa: S603 - our own program


def end(process: subprocess.Popen[bytes]) -> None:
    """End a worker: it is told by its standard input, and killed where it does not end in time."""
    if process.stdin is not None:
        with suppress(BrokenPipeError):
            process.stdin.close()
    try:
        process.wait(LAST)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
