"""The inspect stage: one unit for each fetched batch. The bytes of every whole answer are inspected.

Many units are inspected in several processes side by side; who inspects a unit changes nothing of its part. Parts are written
here alone, so that a process that outlives its round writes nothing.
"""

import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import nullcontext
from pathlib import Path
from queue import SimpleQueue
from threading import Lock
from typing import Final

from atalaya.rounds.context import Round
from atalaya.rounds.fetching import STAGE as FETCH
from atalaya.rounds.inspection_process import Persons, Rows, inspect_probes, persons_of
from atalaya.store.parts import canonical_json
from atalaya.store.tables import Row

STAGE = "inspect"

ALONE: Final = 4
"""Units up to which starting a process takes longer than it saves."""

PROCESSES: Final = min(4, os.cpu_count() or 1)
"""Processes at once; each takes about 70 MB."""

LARGE: Final = 16 << 20
"""Bytes of a body that is inspected while no other of its size is: inspecting takes several times its size of memory."""


def inspect(round_: Round) -> None:
    """Inspect every batch that has no part yet."""
    units = round_.ledger.units(FETCH)
    waiting = [unit for unit in units if not round_.ledger.done(STAGE, unit)]
    done = len(units) - len(waiting)
    round_.progress(STAGE, done, len(units))
    if len(waiting) > ALONE and PROCESSES > 1:
        _inspect_beside(round_, waiting, done, len(units))
        return
    limits = persons_of(round_.pack).limits()
    for number, unit in enumerate(waiting, done + 1):
        round_.ledger.write(STAGE, unit, inspect_probes(round_.archive, _probes(round_, unit), limits))
        round_.progress(STAGE, number, len(units))


def _probes(round_: Round, unit: str) -> list[Row]:
    rows = round_.ledger.unit_rows(FETCH, unit)
    return [row for table, row in rows if table == "probes" and _inspectable(row)]


def _inspectable(probe: Row) -> bool:
    status = probe["status"]
    good = isinstance(status, int) and 200 <= status < 300 and probe["failure"] is None
    return good and probe["sha256"] is not None and probe["kept"] != "withdrawn"


def _inspect_beside(round_: Round, units: list[str], done: int, total: int) -> None:
    """Inspect units in several processes, each asked by a thread of its own."""
    idle: SimpleQueue[_Process] = SimpleQueue()
    large = Lock()
    persons = persons_of(round_.pack)

    def work(unit: str) -> None:
        probes = _probes(round_, unit)
        heavy = any(isinstance(size := probe["size"], int) and size > LARGE for probe in probes)
        process = idle.get()
        try:
            with large if heavy else nullcontext():
                rows = process.ask(probes)
        finally:
            idle.put(process)
        # A native reader may take its process down; what really is at fault shows when this one tries.
        if rows is None:
            rows = inspect_probes(round_.archive, probes, persons.limits())
        round_.ledger.write(STAGE, unit, rows)

    with ThreadPoolExecutor(PROCESSES) as pool:
        processes = [_Process(round_.archive.folder, persons) for _ in range(PROCESSES)]
        for process in processes:
            idle.put(process)
        try:
            for number, future in enumerate(as_completed([pool.submit(work, unit) for unit in units]), done + 1):
                future.result()
                round_.progress(STAGE, number, total)
        finally:
            pool.shutdown(cancel_futures=True)
            for process in processes:
                process.close()


class _Process:
    """A process that inspects, started when it is first asked and again after it died."""

    def __init__(self, archive: Path, persons: Persons) -> None:
        self._persons = persons
        self._command = [sys.executable, "-P", "-m", "atalaya.rounds.inspection_process", str(archive)]
        self._running: subprocess.Popen[str] | None = None

    def ask(self, probes: list[Row]) -> Rows | None:
        """The rows of the inspections of these probes; None where the process died of them."""
        told = "" if self._running is not None else self._persons.line()
        running = self._running = self._running or self._start()
        assert running.stdin is not None, "its input is a pipe"
        assert running.stdout is not None, "its output is a pipe"
        try:
            running.stdin.write(told + canonical_json(probes) + "\n")
            running.stdin.flush()
            line = running.stdout.readline()
        except BrokenPipeError:
            line = ""
        if not line.endswith("\n"):
            self.close()
            return None
        return [(table, row) for table, row in json.loads(line)]

    def _start(self) -> "subprocess.Popen[str]":
        return subprocess.Popen(  # noqa: S603 - our own module
            self._command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, encoding="utf-8"
        )

    def close(self) -> None:
        """End the process."""
        if self._running is not None:
            self._running.kill()
            self._running.communicate()
            self._running = None
