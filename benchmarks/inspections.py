"""Inspection beside other tools on the same files: a part of `make bench`.

DuckDB and calamine are those of the project. csv-detective, frictionless and fastexcel stand outside it: `ATALAYA_PEERS` names
the interpreter of an environment that has them; where it names none, it is said that they are not at hand.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

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


def measure_peer(tool: str, files: Sequence[Path]) -> Measured:
    """One tool of the environment that `ATALAYA_PEERS` names, which must not see the packages of the project."""
    interpreter = os.environ.get("ATALAYA_PEERS")
    if interpreter is None:
        return NOT_AT_HAND
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    command = [interpreter, str(_SCRIPT), tool, *map(str, files)]
    told = subprocess.run(command, check=True, capture_output=True, text=True, env=environment)
    return Measured(**json.loads(told.stdout.splitlines()[-1]))


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


def over(tool: str, other: Measured, what: str, own: Measured, least: float) -> Iterator[Line]:
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
    """Texts of 2 to 20 KB, one call each in one process; inspected as a round does it, and with what their columns mean."""
    files = write_small(folder, SMALL)
    some = files[::PEER_SHARE]
    own, told = each(measure("plain", files), files), each(measure("atalaya", some), some)
    what = f"inspect {SMALL:,} CSV of 2 to 20 KB, each"
    yield from over("DuckDB, one connection, each", each(measure("duckdb", some), some), what, own, least=5)
    yield from over("frictionless, each", each(measure_peer("frictionless", some), some), what, own, least=15)
    yield from beside("inspect a small CSV and tell what its columns mean", told, what, own)


def each(measured: Measured, files: Sequence[Path]) -> Measured:
    """The share of one file."""
    return Measured(measured.seconds / len(files), measured.processor / len(files), measured.megabytes)


def workbook(path: Path) -> Iterator[Line]:
    """A sheet of two million cells."""
    write_workbook(path, 100_000, 20)
    own = measure("atalaya", [path], REPEATS)
    what = "inspect an XLSX of 100,000 × 20"
    yield from beside(what, own, "calamine iter_rows", measure("calamine", [path], REPEATS), most=2)
    yield from beside(what, own, "fastexcel", measure_peer("fastexcel", [path]))
