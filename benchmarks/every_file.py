"""Every file of the recorded material inspected: what formats there are, what takes longest, and what cannot be read and why.

    python -m benchmarks.every_file [FOLDER]

FOLDER is the recorded material (by default `ATALAYA_CORPORA`, else `../shared/corpora`). Ends with status 1 where a file raises
an error, or takes more processor time or memory than any file may.
"""

import resource
import sys
import traceback
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table as Grid

from atalaya.inspection.findings import Inspection
from atalaya.inspection.inspector import inspect_file
from benchmarks.material import corpora

MOST_SECONDS = 60.0
"""Processor seconds that one file may take, with the processes in which it is opened."""
MOST_MEMORY = 1_500
"""MB that inspecting may take at its height, of our process and of the largest of the others each."""
SLOWEST = 5
TOLD = ("unreadable", "truncated", "bomb", "too_large", "password_protected", "not_unpacked")
"""Defects after which a file was not read, or not whole."""


@dataclass(frozen=True, slots=True)
class Inspected:
    """One file: what it was found to be, what it cost, and the error it raised, if any."""

    path: str
    seconds: float
    inspection: Inspection | None
    error: str = ""


def spent() -> float:
    """Processor seconds of this process and of those that it started and that ended."""
    usages = (resource.getrusage(which) for which in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)


def inspect_all(folder: Path) -> Iterator[Inspected]:
    """Every file below a folder, in order."""
    for path in sorted(each for each in folder.rglob("*") if each.is_file()):
        before, error, found = spent(), "", None
        try:
            found = inspect_file(path)
        except BaseException as raised:
            if isinstance(raised, KeyboardInterrupt):
                raise
            error = traceback.format_exc(limit=-2)
        yield Inspected(str(path.relative_to(folder)), spent() - before, found, error)


def memory() -> tuple[int, int]:
    """The height of memory in MB, of this process and of the largest of those that it started."""
    own, others = (resource.getrusage(which).ru_maxrss for which in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return own // 1024, others // 1024


def _formats(found: list[Inspected]) -> Grid:
    grid = Grid("format", "files", "tables", "rows", "seconds", "not read whole", title="Formats found")
    by_format: dict[str, list[Inspected]] = {}
    for each in found:
        name = each.inspection.format if each.inspection is not None else None
        by_format.setdefault(name or "(none)", []).append(each)
    for name, files in sorted(by_format.items(), key=lambda item: (-len(item[1]), item[0])):
        tables = [table for each in files if each.inspection is not None for table in each.inspection.tables]
        whole = sum(not _faults(each) for each in files)
        grid.add_row(
            name, f"{len(files):,}", f"{len(tables):,}", f"{sum(table.rows for table in tables):,}",
            f"{sum(each.seconds for each in files):.1f}", f"{len(files) - whole:,}",
        )  # fmt: skip
    return grid


def _faults(each: Inspected) -> list[str]:
    if each.inspection is None:
        return ["error"]
    return [f"{d.code} at {d.place}: {d.detail}" for d in each.inspection.defects if d.code in TOLD]


def main(arguments: list[str]) -> int:
    """Inspect, print, judge."""
    folder = Path(arguments[0]) if arguments else corpora()
    if not folder.is_dir():
        print(f"{folder} is not there; set ATALAYA_CORPORA to the recorded material")
        return 0
    found = list(inspect_all(folder))
    out = Console(width=150)
    out.print(_formats(found))
    out.print(
        f"\nSlowest of {len(found):,} files, {sum(each.seconds for each in found):,.0f} processor seconds in all:"
    )
    for each in sorted(found, key=lambda each: -each.seconds)[:SLOWEST]:
        out.print(f"  {each.seconds:6.2f} s  {each.path}", markup=False)
    out.print("\nNot read, or not whole:")
    for each in found:
        for fault in _faults(each)[:3]:
            out.print(f"  {each.path}: {fault}", markup=False, soft_wrap=True)
    codes = Counter(d.code for each in found if each.inspection is not None for d in each.inspection.defects)
    out.print(f"\nDefects: {', '.join(f'{code} {number}' for code, number in codes.most_common())}")
    return _judge(found, out)


def _judge(found: list[Inspected], out: Console) -> int:
    own, others = memory()
    out.print(f"Memory at its height: {own:,} MB here, {others:,} MB in the largest process of a reader")
    errors = [each for each in found if each.error]
    slow = [each for each in found if each.seconds > MOST_SECONDS]
    for each in errors:
        out.print(f"RAISED {each.path}\n{each.error}", markup=False)
    for each in slow:
        out.print(f"TOO SLOW {each.path}: {each.seconds:.0f} s", markup=False)
    large = max(own, others) > MOST_MEMORY
    out.print(f"{len(errors)} errors, {len(slow)} too slow, memory {'above' if large else 'below'} {MOST_MEMORY:,} MB")
    return 1 if errors or slow or large else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
