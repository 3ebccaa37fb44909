"""Work spread over processes: independent jobs, each of which leaves what it makes on disk.

Jobs are made one at a time as processes become free, so that no more than one for each process waits in memory. A process
whose parent is gone ends by itself. What a job raises is raised here; a process that dies without a word is a fault of ours.
"""

import gc
import multiprocessing
import os
import signal
import sys
import traceback
from collections.abc import Callable, Iterable
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any, Generic, TypeVar

from atalaya.exceptions import ProcessDied

Job = TypeVar("Job")

METHOD = "fork" if sys.platform == "linux" else "spawn"
"""A fork starts in a moment and shares what was loaded; elsewhere it is not safe."""

LOOK = 2.0
"""Seconds after which a waiting process looks whether its parent still lives."""


def processors() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def spread(work: Callable[[Job], None], jobs: Iterable[Job], processes: int, done: Callable[[], None]) -> None:
    """Run `work` on every job in so many processes; with one, in this. `done` is told after each job, in any order.

    Raises what a job raised, and ProcessDied where a process ended before its job.
    """
    if processes <= 1:
        for job in jobs:
            work(job)
            done()
        return
    gc.freeze()  # what is there already is shared with the processes as long as nobody touches it
    workers: list[_Worker[Job]] = []
    try:
        for job in jobs:
            if len(workers) < processes:
                worker = _Worker(work)
                workers.append(worker)
            else:
                worker = _free(workers)
                done()
            worker.give(job)
        for worker in workers:
            worker.take()
            done()
    finally:
        for worker in workers:
            worker.end()
        gc.unfreeze()


class _Worker(Generic[Job]):
    """One process, with at most one job at a time."""

    def __init__(self, work: Callable[[Job], None]) -> None:
        context: Any = multiprocessing.get_context(METHOD)
        self.connection, other = context.Pipe()
        self.process: BaseProcess = context.Process(target=_run, args=(work, other, os.getpid()), daemon=True)
        self.process.start()
        other.close()

    def give(self, job: Job) -> None:
        """Hand over a job."""
        try:
            self.connection.send(job)
        except OSError as error:
            raise self.died() from error

    def take(self) -> None:
        """Wait for the end of the job. Raises what it raised."""
        wait([self.connection, self.process.sentinel])
        try:
            error = self.connection.recv() if self.connection.poll() else self.died()
        except (EOFError, OSError):
            error = self.died()
        if error is not None:
            raise error

    def died(self) -> ProcessDied:
        """What to say of a process that is no more."""
        self.process.join()
        return ProcessDied(
            f"a process of this round ended with code {self.process.exitcode} in the middle of its work (a negative code is "
            "the signal that ended it, -9 mostly that memory ran out); what was done is kept: go on with --resume"
        )

    def end(self) -> None:
        """End the process, whatever it is doing: what it leaves unfinished is not there for anybody."""
        self.connection.close()
        self.process.terminate()
        self.process.join()


def _free(workers: "list[_Worker[Job]]") -> "_Worker[Job]":
    """A process that has done its job, or died over it."""
    places: dict[object, _Worker[Job]] = {}
    for worker in workers:
        places[worker.connection] = places[worker.process.sentinel] = worker
    ready = wait(list(places))  # type: ignore[arg-type]
    worker = places[ready[0]]
    worker.take()
    return worker


def _run(work: Callable[[Job], None], connection: Connection, parent: int) -> None:
    """The life of a process: jobs until there are no more or its parent is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent is interrupted too and ends this one
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    while True:
        while not connection.poll(LOOK):
            if os.getppid() != parent:
                return
        try:
            job = connection.recv()
        except (EOFError, OSError):
            return
        error: BaseException | None = None
        try:
            work(job)
        except Exception as raised:  # noqa: BLE001 - it is raised again by the parent
            raised.add_note("".join(traceback.format_exception(raised)))
            error = raised
        try:
            connection.send(error)
        except OSError:
            return
        except Exception:  # noqa: BLE001 - an error that cannot be sent is sent as its text
            connection.send(ProcessDied(str(error)))
