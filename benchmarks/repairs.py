"""Every table of the recorded material repaired: the repair of a repaired table changes nothing, and its package is valid.

    python -m benchmarks.repairs [--validate] [--only TEXT]

With --validate every package is also judged by `frictionless validate`, from the interpreter that ATALAYA_PEERS names (a Python
with the package `frictionless`); it is the referee and no dependency. Ends with status 1 where a second repair changes a cell, or
a package is not valid.
"""

import argparse
import csv
import io
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from rich.console import Console
from rich.table import Table as Grid

from atalaya.repair.file import repair_bytes, repair_file
from atalaya.repair.package import csv_of, write_package
from atalaya.repair.tables import TidyTable
from benchmarks.material import corpora

MOST_BYTES = 4_000_000
"""Larger files are left out: a repair writes them three times."""
MOST_TABLES = 40
"""Tables of one file that are repaired again."""

_REFEREE = """
import json, sys
from frictionless import Package, system
system.trusted = True
for path in sys.stdin.read().split("\\n"):
    if path:
        report = Package(path).validate()
        errors = [f"{task.place}: {e.type}: {e.message}" for task in report.tasks for e in task.errors[:2]]
        print(json.dumps([path, report.valid, [str(e) for e in report.errors[:2]] + errors[:3]]), flush=True)
"""


def files(folder: Path, only: str) -> Iterator[Path]:
    """The files that are repaired."""
    for path in sorted(folder.rglob("*")):
        if (
            path.is_file()
            and only in str(path)
            and 0 < path.stat().st_size <= MOST_BYTES
            and ".http.json" not in path.name
        ):
            yield path


def differences(table: TidyTable) -> str | None:
    """What a second repair of a repaired table changes, its CSV alone, without the package that describes it; None where it
    changes nothing."""
    body = csv_of(table)
    again = repair_bytes(body, url="again.csv").tables
    if not again:
        return "the second reading finds no table"
    if len(again) > 1:
        return f"the second reading finds {len(again)} tables"
    second = csv_of(again[0])
    if second == body:
        return None
    first_rows, second_rows = (
        list(csv.reader(io.StringIO(each.decode("utf-8", "replace")))) for each in (body, second)
    )
    if len(first_rows) != len(second_rows):
        return f"{len(first_rows)} rows become {len(second_rows)}: {[each.code for each in again[0].decisions]}"
    place = next(at for at, pair in enumerate(zip(first_rows, second_rows, strict=True), 1) if pair[0] != pair[1])
    cells = sum(
        a != b for one, two in zip(first_rows, second_rows, strict=True) for a, b in zip(one, two, strict=False)
    )
    return f"{cells} cells differ, first in row {place} ({sorted({each.reason for each in again[0].alterations})})"


def validated(folder: Path, packages: list[Path]) -> list[str]:
    """What the referee says against packages; empty where it says nothing."""
    python = os.environ.get("ATALAYA_PEERS")
    if not python:
        return ["the referee is not at hand: name a Python with frictionless in ATALAYA_PEERS"]
    done = subprocess.run(
        [python, "-c", _REFEREE],
        input="\n".join(map(str, packages)),
        capture_output=True,
        text=True,
        check=False,
        cwd=folder,
    )
    said = [json.loads(line) for line in done.stdout.splitlines()]
    wrong = [f"{Path(path).parent.name}: {errors}" for path, valid, errors in said if not valid]
    if len(said) < len(packages):
        wrong.append(f"the referee stopped after {len(said)} of {len(packages)} packages: {done.stderr[-400:]}")
    return wrong


def main() -> int:
    """Repair all, print the table and what is wrong."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--validate", action="store_true")
    parser.add_argument("--only", default="")
    parser.add_argument("--write", action="store_true", help="write packages even where they are not validated")
    options = parser.parse_args()
    wrong: list[str] = []
    counted = dict.fromkeys(("files with tables", "tables", "cells altered", "rows set aside", "columns in doubt"), 0)
    with tempfile.TemporaryDirectory(prefix="atalaya-") as name:
        packages = []
        for number, path in enumerate(files(corpora(), options.only)):
            tables = repair_file(path).tables
            if not tables:
                continue
            counted["files with tables"] += 1
            counted["tables"] += len(tables)
            counted["cells altered"] += sum(len(each.alterations) for each in tables)
            counted["rows set aside"] += sum(len(each.aside) for each in tables)
            counted["columns in doubt"] += sum(len(each.doubts) for each in tables)
            for table in tables[:MOST_TABLES]:
                found = differences(table)
                if found is not None:
                    wrong.append(f"{path.relative_to(corpora())} {table.name}: {found}")
            if options.validate or options.write:
                packages.append(
                    write_package(Path(name) / f"{number:04d}-{path.name[:60]}", tables, path.name).descriptor
                )
        again = len(wrong)
        if options.validate:
            wrong += validated(Path(name), packages)
    grid = Grid("what", "number")
    for what, total in counted.items():
        grid.add_row(what, f"{total:,}")
    grid.add_row("tables that a second repair changes", str(again))
    if options.validate:
        grid.add_row("packages that the referee refuses", str(len(wrong) - again))
    console = Console(soft_wrap=True, highlight=False)
    console.print(grid)
    for each in wrong:
        console.print(each, markup=False)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
