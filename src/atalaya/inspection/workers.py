"""Processes that inspect files for another one: each is given some files at a time and answers with what they are.

A process whose parent is gone ends by itself. One that dies over its files is found out by who waits for its answer.
"""

import gc
import multiprocessing
import os
import signal
import sys
import threading
import traceback
from collections.abc import Callable, Sequence
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any, Generic, TypeVar, cast

from atalaya.exceptions import ProcessDied

Job = TypeVar("Job")
Answer = TypeVar("Answer")

_YOUNG = 50_000
"""Objects made before reference cycles are looked for among them: rows, which are none, are mostly gone by then."""
LOOK = 2.0
"""Seconds after which a waiting process looks whether its parent still lives."""


def processors() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def method() -> str:
    """How a process is started: a fork starts in a moment and shares what was loaded, but is safe only on some systems and
    beside no other thread."""
    return "fork" if sys.platform == "linux" and threading.active_count() == 1 else "spawn"


class Worker(Generic[Job, Answer]):
    """One process, with at most one job at a time. `work` must be a function that pickles, as jobs and answers must."""

    def __init__(self, work: Callable[[Job], Answer]) -> None:
        context: Any = multiprocessing.get_context(method())
        self.connection, other = context.Pipe()
        self.process: BaseProcess = context.Process(target=_run, args=(work, other, os.getpid()), daemon=True)
        self.process.start()
        other.close()

    def give(self, job: Job) -> None:
        """Hand over a job. A process that is no more is told by `take`."""
        try:
            self.connection.send(job)
        except OSError:
            self.process.join()

    def take(self) -> Answer:
        """Wait for the answer. Raises what the work raised, and ProcessDied where the process ended before it."""
        wait([self.connection, self.process.sentinel])
        try:
            error, answer = self.connection.recv() if self.connection.poll() else (self._died(), None)
        except (EOFError, OSError):
            error, answer = self._died(), None
        if error is not None:
            raise error
        return cast(Answer, answer)

    def end(self) -> None:
        """End the process, whatever it is doing."""
        self.connection.close()
        self.process.terminate()
        self.process.join()

    def _died(self) -> ProcessDied:
        self.process.join()
        return ProcessDied(f"a process that inspected files ended with code {self.process.exitcode}")


def ready(workers: Sequence[Worker[Job, Answer]]) -> list[Worker[Job, Answer]]:
    """Wait until one of some busy processes has answered or died; gives those that have."""
    places: dict[object, Worker[Job, Answer]] = {}
    for worker in workers:
        places[worker.connection] = places[worker.process.sentinel] = worker
    return list(dict.fromkeys(places[each] for each in wait(list(places))))  # type: ignore[arg-type]


def _run(work: Callable[[Job], Answer], connection: Connection, parent: int) -> None:
    """The life of a process: jobs until there are no more or its parent is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent is interrupted too and ends this one
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    gc.freeze()  # what is there already stays: it need not be looked at again and again
    gc.set_threshold(_YOUNG, 10, 10)
    while True:
        while not connection.poll(LOOK):
            if os.getppid() != parent:
                return
        try:
            job = connection.recv()
        except (EOFError, OSError):
            return
        try:
            told: tuple[BaseException | None, object] = (None, work(job))
        except Exception as raised:  # noqa: BLE001 - it is raised again by the parent
            raised.add_note("".join(traceback.format_exception(raised)))
            told = (raised, None)
        try:
            connection.send(told)
        except OSError:
            return
        except Exception as unsent:  # noqa: BLE001 - what cannot be sent is told as its text
            connection.send((ProcessDied(f"{told[0] or unsent}"), None))
