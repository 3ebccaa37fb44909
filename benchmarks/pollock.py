"""Polluted files of the Pollock benchmark, read plainly and with rows realigned, compared with their clean twins.

    python -m benchmarks.pollock [FOLDER]

FOLDER is the recorded material (by default `ATALAYA_CORPORA`, else `../shared/corpora`). `ATALAYA_PEERS` names a Python
interpreter that has CleverCSV, DuckDB, pandas, frictionless and csv-detective, which then read the same files in the same run.

A file is right when header and rows are those of its twin, cell by cell. Precision, recall and F1 compare multisets, as in
Pollock (Vitagliano et al., VLDB 2023): of the names in the header, of whole rows below it, and of all cells, header included; a
file that a tool gives up counts 0. Figures are means over files. Only the first table of a file is compared: twins hold no other.
"""

import csv
import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table as Grid

from atalaya.inspection.dialect import detect_dialect
from atalaya.inspection.realign import Realigned, realign
from atalaya.inspection.text import decode
from atalaya.inspection.text_tables import tables_of
from benchmarks.pollock_peers import PEERS

LEAST_CELLS = 0.988
"""Cell F1 that plain reading must reach: the best peer of those at hand has 0.970."""
LEAST_REPAIRED = 46
"""Files that must be right once rows are realigned, of 51."""
MOST_SECONDS = 600

Rows = Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class Reading:
    """What one tool made of all files: rows by file, None for a file that it gave up."""

    name: str
    tables: Mapping[str, Rows | None]


@dataclass(frozen=True, slots=True)
class Measures:
    """Figures of one reading, and the files that were not right."""

    name: str
    right: int
    file_right: int
    header: float
    records: float
    cells: float
    wrong: tuple[str, ...]


def twins(folder: Path) -> dict[str, Rows]:
    """The clean twin of each file; lines that hold nothing are no rows."""
    found: dict[str, Rows] = {}
    for path in sorted((folder / "clean").iterdir()):
        with path.open(encoding="utf-8", newline="") as stream:
            found[path.name] = [row for row in csv.reader(stream) if row]
    return found


def read_plainly(data: bytes) -> Rows:
    """The first table of a file as it is read: its header in one row, then every row that holds something."""
    decoded = decode(data)
    guess = detect_dialect(decoded.text) if decoded is not None else None
    if decoded is None or guess is None:
        return []
    for table in tables_of(decoded.text, guess):
        records, layout = list(table.records), table.layout
        start = len(records) if layout.first_data is None else layout.first_data
        header = [layout.names] if layout.header else []
        return [*header, *(record.cells for record in records[start:] if any(record.cells))]
    return []


def read_realigned(data: bytes) -> Realigned | None:
    """The first table of a file with its rows realigned."""
    decoded = decode(data)
    guess = detect_dialect(decoded.text) if decoded is not None else None
    if decoded is None or guess is None:
        return None
    return next(iter(realign(decoded.text, guess)), None)


def rows_of(table: Realigned | None) -> Rows:
    """Header and rows; a table without a header has nameless columns."""
    if table is None:
        return []
    return [*([table.names] if any(table.names) else []), *table.rows]


def peers(files: Sequence[Path], interpreter: str) -> list[Reading]:
    """What each peer made of the files; peers that the interpreter does not have are left out."""
    script = str(Path(__file__).with_name("pollock_peers.py"))
    found = []
    for name in PEERS:
        command = [interpreter, script, name, *map(str, files)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=MOST_SECONDS, check=False)
        tables = json.loads(done.stdout) if done.returncode == 0 else {}
        if any(table is not None for table in tables.values()):
            found.append(Reading(name, tables))
    return found


def f1(expected: Iterable[Hashable], found: Iterable[Hashable]) -> float:
    """Harmonic mean of precision and recall of two multisets; 1 for two empty ones."""
    wanted, got = Counter(expected), Counter(found)
    if not wanted and not got:
        return 1.0
    return 2 * (wanted & got).total() / (wanted.total() + got.total())


def measure(reading: Reading, expected: Mapping[str, Rows], headless: frozenset[str]) -> Measures:
    """Compare one reading with the twins; files in `headless` have no header, and all their rows are records."""
    header = records = cells = 0.0
    wrong = []
    for name, twin in expected.items():
        table = reading.tables.get(name)
        if table is None or _plain(table) != _plain(twin):
            wrong.append(name)
        if table is None:
            continue
        top = 0 if name in headless else 1
        header += f1(_cells(twin[:top]), _cells(table[:top]))
        records += f1(_plain(twin[top:]), _plain(table[top:]))
        cells += f1(_cells(twin), _cells(table))
    number = len(expected)
    of_files = [name for name in expected if name.startswith("file_") and name not in wrong]
    return Measures(
        reading.name,
        number - len(wrong),
        len(of_files),
        header / number,
        records / number,
        cells / number,
        tuple(wrong),
    )


def _plain(rows: Rows) -> list[tuple[str, ...]]:
    return [tuple(row) for row in rows]


def _cells(rows: Rows) -> list[str]:
    return [cell for row in rows for cell in row]


def headless(folder: Path) -> frozenset[str]:
    """Files without a header row, by their parameters."""
    found = set()
    for path in (folder / "parameters").glob("*.json"):
        if not int(json.loads(path.read_text(encoding="utf-8")).get("header_lines", 1)):
            found.add(path.name.removesuffix("_parameters.json"))
    return frozenset(found)


def compare(folder: Path, interpreter: str | None) -> tuple[list[Measures], dict[str, Realigned | None]]:
    """The measures of plain reading, of realigned reading and of the peers, and what realigning did."""
    files = sorted((folder / "csv").iterdir())
    realigned = {path.name: read_realigned(path.read_bytes()) for path in files}
    readings = [
        Reading("Atalaya, plain", {path.name: read_plainly(path.read_bytes()) for path in files}),
        Reading("Atalaya, realigned", {name: rows_of(table) for name, table in realigned.items()}),
        *(peers(files, interpreter) if interpreter else []),
    ]
    expected, bare = twins(folder), headless(folder)
    return [measure(reading, expected, bare) for reading in readings], realigned


def main(arguments: list[str]) -> int:
    """Print the table, what realigning did, and whether the bars are reached; 1 when they are not."""
    corpora = Path(arguments[0] if arguments else os.environ.get("ATALAYA_CORPORA") or "../shared/corpora")
    folder = corpora / "groundtruth" / "csv_dialect_pollock" / "polluted"
    if not folder.is_dir():
        print(f"{folder} is not there; give the folder of the recorded material")
        return 2
    measures, realigned = compare(folder, os.environ.get("ATALAYA_PEERS"))
    expected = twins(folder)
    of_files = sum(name.startswith("file_") for name in expected)
    console = Console(soft_wrap=True, highlight=False)
    console.print(_grid(measures, len(expected), of_files))
    for name in PEERS.keys() - {each.name for each in measures}:
        console.print(f"{name}: not at hand (ATALAYA_PEERS names an interpreter that has it)", markup=False)
    for each in measures[:2]:
        for file in each.wrong:
            console.print(f"{each.name}: {file} differs from its twin", markup=False)
    _print_realigned(console, realigned)
    plain, mended = measures[:2]
    ahead = all(plain.cells > each.cells for each in measures[2:])
    reached = plain.file_right == of_files and plain.cells >= LEAST_CELLS and ahead and mended.right >= LEAST_REPAIRED
    console.print(f"bars {'reached' if reached else 'MISSED'}")
    return 0 if reached else 1


def _grid(measures: Iterable[Measures], number: int, of_files: int) -> Grid:
    grid = Grid("reading", f"right of {number}", f"file_* right of {of_files}", "header F1", "record F1", "cell F1")
    for each in measures:
        figures = (f"{figure:.4f}" for figure in (each.header, each.records, each.cells))
        grid.add_row(each.name, str(each.right), str(each.file_right), *figures)
    return grid


def _print_realigned(console: Console, realigned: Mapping[str, Realigned | None]) -> None:
    """How many cells changed in which row of each file, and the rows that could not be mended."""
    for name, table in realigned.items():
        if table is None:
            continue
        rows = sorted({change.row for change in table.alterations})
        if rows:
            console.print(f"{name}: {len(table.alterations)} cells changed in rows {rows}", markup=False)
        for row in table.unrecovered:
            console.print(f"{name}: row {row.row} not recovered: {row.reason}", markup=False)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
