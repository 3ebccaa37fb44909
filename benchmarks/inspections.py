"""Inspection beside the bare reader of the same bytes: a part of `make bench`."""

import csv
import io
from collections.abc import Iterator

from atalaya.inspection.inspector import inspect_bytes
from benchmarks.lines import Line, best
from benchmarks.material import corpora


def rows(data: bytes) -> int:
    """The rows of a CSV, read and forgotten."""
    return sum(1 for _ in csv.reader(io.StringIO(data.decode("utf-8", errors="replace"))))


def bench_lines() -> Iterator[Line]:
    """A large table, where the recorded material is at hand, and many small ones."""
    path = corpora() / "perf" / "frictionless_table-10x10k.csv"
    if path.is_file():
        table = path.read_bytes()
        yield Line(
            what="inspect a CSV of 10,000 × 10",
            value=best(lambda: inspect_bytes(table)),
            yardstick="csv.reader",
            yardstick_value=best(lambda: rows(table)),
        )
    small = b"municipio,poblacion\n" + b"".join(b"Municipio %d,%d\n" % (n, n * 7) for n in range(700))
    yield Line(
        what="inspect 100 CSV of 12 KB",
        value=best(lambda: [inspect_bytes(small) for _ in range(100)]),
        yardstick="csv.reader",
        yardstick_value=best(lambda: [rows(small) for _ in range(100)]),
    )
