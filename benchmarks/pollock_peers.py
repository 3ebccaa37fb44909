"""Reads files the way another tool reads them by itself, and prints the tables: run by the interpreter that has the tool.

    python pollock_peers.py TOOL FILE...

Prints one JSON object: file name → rows, the header first, every cell a text; null where the tool gave up. Needs nothing but the
tool.
"""

import importlib
import json
import logging
import sys
import warnings
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

Rows = list[list[str]]


def by_clevercsv(path: str) -> Rows:
    """CleverCSV: the dialect detected, all rows of the file."""
    return _texts(importlib.import_module("clevercsv").read_table(path))


def by_duckdb(path: str) -> Rows:
    """DuckDB: `read_csv` with its sniffer, every column as text so that no value is written otherwise."""
    found = importlib.import_module("duckdb").execute("SELECT * FROM read_csv(?, all_varchar = true)", [path])
    return _texts([[column[0] for column in found.description], *found.fetchall()])


def by_pandas(path: str) -> Rows:
    """pandas: the Python engine, which sniffs the delimiter, without conversion."""
    frame = importlib.import_module("pandas").read_csv(
        path, sep=None, engine="python", dtype=str, keep_default_na=False
    )
    return _texts([list(frame.columns), *frame.to_numpy().tolist()])


def by_frictionless(path: str) -> Rows:
    """frictionless: `describe` and the rows of the resource as they are cut."""
    resource = importlib.import_module("frictionless").Resource(path=Path(path).name, basepath=str(Path(path).parent))
    with resource:
        labels = list(resource.labels)
        return _texts([labels, *(row.cells for row in resource.row_stream)] if labels else [])


def by_csv_detective(path: str) -> Rows:
    """csv-detective: its routine's table, before types are cast."""
    load = importlib.import_module("csv_detective.parsing.load").load_file
    frame = load(file_path=path, num_rows=-1)[0]
    return _texts([list(frame.columns), *frame.fillna("").to_numpy().tolist()])


PEERS: dict[str, Callable[[str], Rows]] = {
    "CleverCSV": by_clevercsv,
    "DuckDB": by_duckdb,
    "pandas": by_pandas,
    "frictionless": by_frictionless,
    "csv-detective": by_csv_detective,
}


def _texts(rows: Iterable[Iterable[Any]]) -> Rows:
    return [["" if cell is None else str(cell) for cell in row] for row in rows]


def main(arguments: list[str]) -> int:
    """Read the files with the tool and print what it read."""
    warnings.simplefilter("ignore")
    logging.disable(logging.CRITICAL)
    read = PEERS[arguments[0]]
    tables: dict[str, Rows | None] = {}
    for path in arguments[1:]:
        try:
            tables[Path(path).name] = read(path)
        except Exception:  # noqa: BLE001  (whatever a tool raises is its answer)
            tables[Path(path).name] = None
    print(json.dumps(tables))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
