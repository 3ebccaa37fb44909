"""Inspection beside other tools on the same files: a part of `make bench`.

DuckDB and calamine are those of the project. csv-detective, frictionless and fastexcel stand outside it: `ATALAYA_PEERS` names
the interpreter of an environment that has them; where it names none, it is said that they are not at hand.
"""

import json
import math
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from atalaya.inspection.workers import processors
from benchmarks.lines import REPEATS, Line
from benchmarks.material import ROOT, corpora
from benchmarks.tables import write_small, write_workbook

SMALL = 5_000
PEER_SHARE = 25
"""One in so many small files is given to the slower tools."""
_SCRIPT = ROOT / "benchmarks" / "measured.py"


@dataclass(frozen=True, slots=True)
class Measured:
    """What `measured.py` told: wall seconds, processor seconds and megabytes of one process and its children."""

    seconds: float
    processor: float
    megabytes: float


NOT_AT_HAND = Measured(float("nan"), float("nan"), float("nan"))


def measure(tool: str, files: Sequence[Path], repeats: int = 1) -> Measured:
    """One tool in a process of its own; the fastest of some runs."""
    found = []
    for _ in range(repeats):
        told = subprocess.run(
            [sys.executable, str(_SCRIPT), tool, *map(str, files)],
            check=True, capture_output=True, text=True, env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
        )  # fmt: skip
        found.append(Measured(**json.loads(told.stdout.splitlines()[-1])))
    return min(found, key=lambda each: each.seconds)


def measure_peer(tool: str, files: Sequence[Path], processes: int = 1) -> Measured:
    """One tool of the environment that `ATALAYA_PEERS` names, which must not see the packages of the project.

    With several `processes` each is given its share of the files, and the last one to end tells the time.
    """
    interpreter = os.environ.get("ATALAYA_PEERS")
    if interpreter is None:
        return NOT_AT_HAND
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    return measure_shares([interpreter, str(_SCRIPT), tool], files, processes, environment)


def measure_shares(
    command: Sequence[str], files: Sequence[Path], processes: int, environment: Mapping[str, str]
) -> Measured:
    """A command on shares of some files, in so many processes at once."""
    running = [
        subprocess.Popen(
            [*command, *map(str, files[share::processes])], stdout=subprocess.PIPE, text=True, env=environment
        )
        for share in range(processes)
    ]
    told = [each.communicate()[0] for each in running]
    if any(each.returncode for each in running):
        raise RuntimeError(f"{' '.join(command)} failed")
    found = [Measured(**json.loads(each.splitlines()[-1])) for each in told]
    return Measured(
        max(each.seconds for each in found),
        sum(each.processor for each in found),
        sum(each.megabytes for each in found),
    )


def bench_lines() -> Iterator[Line]:
    """A large text, many small ones and a large workbook."""
    with TemporaryDirectory(prefix="atalaya-") as name:
        folder = Path(name)
        yield from large_text(folder / "large.csv")
        yield from small_texts(folder)
        yield from workbook(folder / "large.xlsx")


def beside(what: str, own: Measured, tool: str, other: Measured, most: float | None = None) -> Iterator[Line]:
    """Our time over that of another tool, by the clock and by the processor."""
    yield Line(what=what, value=own.seconds, yardstick=tool, yardstick_value=other.seconds, most=most)
    yield Line(what=f"{what}, processor time", value=own.processor, yardstick=tool, yardstick_value=other.processor)


def over(tool: str, other: Measured, what: str, own: Measured, least: float | None = None) -> Iterator[Line]:
    """The time of another tool over ours, by the clock and by the processor."""
    yield Line(what=tool, value=other.seconds, yardstick=what, yardstick_value=own.seconds, least=least)
    yield Line(what=f"{tool}, processor time", value=other.processor, yardstick=what, yardstick_value=own.processor)


def large_text(path: Path) -> Iterator[Line]:
    """120 MB made of recorded catalogues, where those are at hand."""
    script = corpora() / "tools" / "build_large_csv.py"
    if not script.is_file():
        return
    subprocess.run([sys.executable, str(script), str(corpora()), str(path)], check=True, capture_output=True)
    own, bare = measure("atalaya", [path], REPEATS), measure("duckdb", [path], REPEATS)
    what = f"inspect a CSV of {path.stat().st_size / 1e6:.0f} MB"
    yield from beside(what, own, "DuckDB SUMMARIZE", bare, most=8)
    yield Line(what=f"{what}, memory", value=own.megabytes, yardstick="limit", yardstick_value=500, unit="MB", most=1)
    yield from over("csv-detective, the same CSV", measure_peer("csv_detective", [path]), what, own, least=20)
    yield from over("frictionless, the same CSV", measure_peer("frictionless", [path]), what, own, least=4)


def small_texts(folder: Path) -> Iterator[Line]:
    """Texts of 2 to 20 KB, inspected as a user inspects a folder: in a process for each processor, whose start is counted.

    Beside the other tools in one process, as they come, and in as many processes, whose start is not counted; and one process of
    each. Tools take turns, and the fastest turn of each counts.
    """
    files = write_small(folder, SMALL)
    some, number = files[::PEER_SHARE], processors()
    here = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    duckdb = [sys.executable, str(_SCRIPT), "duckdb"]
    turns = [
        (
            each(measure("many", files), files),
            each(measure("plain", files[::5]), files[::5]),
            *(measure_shares(duckdb, some, count, here) for count in (1, number)),
            *(measure_peer("frictionless", some, count) for count in (1, number)),
        )
        for _ in range(REPEATS)
    ]
    own, alone, *others = (min(runs, key=lambda run: run.seconds) for runs in zip(*turns, strict=True))
    told = each(measure("atalaya", some), some)
    peers = (("DuckDB, one connection", 5, others[:2]), ("frictionless", 15, others[2:]))
    what, one = (
        f"inspect {SMALL:,} CSV of 2 to 20 KB in {number} processes, each",
        "inspect the same in one process, each",
    )
    for name, least, (single, several) in peers:
        yield from over(f"{name}, each", each(single, some), what, own, least=least)
        yield from over(f"{name}, {number} processes, each", each(several, some), what, own)
        yield from over(f"{name}, each", each(single, some), one, alone)
    yield from beside("inspect a small CSV and tell what its columns mean", told, one, alone)


def each(measured: Measured, files: Sequence[Path]) -> Measured:
    """The share of one file."""
    return Measured(measured.seconds / len(files), measured.processor / len(files), measured.megabytes)


def workbook(path: Path) -> Iterator[Line]:
    """A sheet of two million cells. Tools take turns, so that what else the machine does meets all of them alike."""
    write_workbook(path, 100_000, 20)
    turns = [
        (measure("atalaya", [path]), measure("calamine", [path]), measure_peer("fastexcel", [path]))
        for _ in range(2 * REPEATS)
    ]
    own, calamine, fastexcel = (min(runs, key=lambda each: each.seconds) for runs in zip(*turns, strict=True))
    what = "inspect an XLSX of 100,000 × 20"
    fastest = calamine if math.isnan(fastexcel.seconds) or calamine.seconds < fastexcel.seconds else fastexcel
    for name, reader in (("calamine iter_rows", calamine), ("fastexcel", fastexcel)):
        told = f"{name}, the fastest reader" if reader is fastest else name
        yield from beside(what, own, told, reader, most=2 if reader is fastest else None)
