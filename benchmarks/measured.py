"""One tool on some files, alone in its process, so that its time and its memory are its own.

    python benchmarks/measured.py TOOL FILE…

Prints seconds, seconds of processor time (of its children too) and the greatest memory in megabytes, as JSON. What the tool has
to import is imported before. Runs under the interpreter that has the tool: it needs nothing but the standard library and that.
"""

import importlib
import json
import resource
import sys
import time
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

Work = Callable[[str], object]
Sweep = Callable[[Sequence[str]], object]


def atalaya() -> Work:
    """A complete inspection: encoding, dialect, kinds, values, repeated rows and hashes over all rows, and what columns mean."""
    inspect_file = importlib.import_module("atalaya.inspection.inspector").inspect_file
    return lambda path: inspect_file(Path(path))


def plain() -> Work:
    """An inspection as a round does it: without what columns mean."""
    inspect_file = importlib.import_module("atalaya.inspection.inspector").inspect_file
    limits = importlib.import_module("atalaya.inspection.limits").Limits(described=False)
    return lambda path: inspect_file(Path(path), limits=limits)


def many() -> Sweep:
    """The same of all files at once, in a process for each processor, which are started and ended within the time."""
    inspect_files = importlib.import_module("atalaya.inspection.many").inspect_files
    limits = importlib.import_module("atalaya.inspection.limits").Limits(described=False)
    return lambda paths: deque(inspect_files(paths, limits=limits), maxlen=0)


def duckdb_summarize() -> Work:
    """DuckDB's own sniffing and summary, one connection for all files."""
    connection = importlib.import_module("duckdb").connect()
    return lambda path: connection.execute(f"SUMMARIZE SELECT * FROM read_csv('{path}')").fetchall()


def csv_detective() -> Work:
    """The analysis of csv-detective without its report of every value."""
    explore = importlib.import_module("csv_detective.explore_csv")
    return lambda path: explore.routine(path, num_rows=-1, save_results=False)


def frictionless_validate() -> Work:
    """A validation without a limit on errors."""
    frictionless = importlib.import_module("frictionless")

    def validate(path: str) -> Any:
        with frictionless.system.use_context(trusted=True):
            return frictionless.validate(path, limit_errors=1_000_000)

    return validate


def calamine() -> Work:
    """Every row of the first sheet, read and forgotten."""
    reader = importlib.import_module("python_calamine")
    return lambda path: sum(1 for _ in reader.CalamineWorkbook.from_path(path).get_sheet_by_index(0).iter_rows())


def fastexcel() -> Work:
    """The first sheet in Arrow's memory."""
    reader = importlib.import_module("fastexcel")
    return lambda path: reader.read_excel(path).load_sheet(0)


TOOLS: dict[str, Callable[[], Work]] = {
    "atalaya": atalaya,
    "calamine": calamine,
    "csv_detective": csv_detective,
    "duckdb": duckdb_summarize,
    "fastexcel": fastexcel,
    "frictionless": frictionless_validate,
    "plain": plain,
}

SWEEPS: dict[str, Callable[[], Sweep]] = {"many": many}
"""Tools that take all files at once."""


def each_alone(work: Work) -> Sweep:
    """One file after the other."""

    def sweep(paths: Sequence[str]) -> None:
        for path in paths:
            # What one tool cannot read still took it the time that it took.
            with suppress(Exception):
                work(path)

    return sweep


def spent() -> float:
    """Processor time of this process and of its children so far, in seconds."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def main() -> None:
    """Measure."""
    tool, *files = sys.argv[1:]
    sweep = SWEEPS[tool]() if tool in SWEEPS else each_alone(TOOLS[tool]())
    started, before = time.perf_counter(), spent()
    sweep(files)
    seconds, processor = time.perf_counter() - started, spent() - before
    held = (resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    json.dump({"seconds": seconds, "processor": processor, "megabytes": sum(held) / 1024}, sys.stdout)


if __name__ == "__main__":
    main()
