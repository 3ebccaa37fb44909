"""Reruns of an index beside as many single computations, and a national round with its uncertainty, memory and all.

    python -m benchmarks.index_reruns

The first is the published ASEM index (51 × 49), the second an invented round of 1,300 units and 60 indicators of which a tenth is
unknown, with 10,000 draws of weights, normalisation, aggregation and unknown figures. Each runs in a process of its own, so that
its memory is its own.
"""

import csv
import json
import resource
import subprocess
import sys
import time
from collections.abc import Iterator

import numpy as np

from atalaya.indices.analysis import uncertain
from atalaya.indices.engine import compute
from atalaya.indices.language.definition import Index
from atalaya.indices.language.reading import parse_index, read_shipped_index
from atalaya.indices.reruns import Reruns
from atalaya.indices.table import UnitTable, table_of
from benchmarks.lines import Line
from benchmarks.material import corpora

RERUNS, SINGLES = 30_000, 20
UNITS, DIMENSIONS, INDICATORS, DRAWS = 1_300, 6, 10, 10_000
UNKNOWN = 0.1
SECONDS, MEGABYTES = 15.0, 1024.0
"""What a national round may take on two processors."""

NATIONAL = """
format: 2
id: national
version: 1
title: {es: Ronda nacional, en: National round}
units: {id: unit}
scale: {low: 0, high: 100}
steps: [{minmax: {to: [0, 100], over: goalposts}}]
aggregation: arithmetic
uncertainty:
  draws: 10000
  inputs:
    - {id: weights, weights: {spread: 0.25}}
    - {id: mean, at: aggregation, choose: [arithmetic, {method: geometric, least: 1}]}
    - id: normalisation
      at: steps/minmax
      choose: [{minmax: {to: [0, 100], over: goalposts}}, {minmax: {to: [0, 100]}}, {rank: {}}]
    - {id: unknown, unknown: uniform}
tree:
  id: index
  children:
"""


def national() -> tuple[Index, UnitTable]:
    """An invented national round."""
    text = NATIONAL
    for dimension in range(DIMENSIONS):
        text += f"    - id: d{dimension}\n      children:\n"
        for number in range(INDICATORS):
            name = f"i{dimension}_{number}"
            text += f"        - {{id: {name}, source: {{column: {name}}}, goalposts: [0, 1], range: [0, 1]}}\n"
    index = parse_index(text)
    draws = np.random.default_rng(0)
    figures, unknown = (draws.random((UNITS, DIMENSIONS * INDICATORS)) for _ in range(2))
    names = [leaf.id for leaf in index.leaves]
    rows = [
        {
            "unit": str(unit),
            **{
                name: "" if gone < UNKNOWN else f"{figure:.6f}"
                for name, figure, gone in zip(names, row, out, strict=True)
            },
        }
        for unit, (row, out) in enumerate(zip(figures, unknown, strict=True))
    ]
    return index, table_of(rows, index)


def asem() -> tuple[Index, UnitTable]:
    """The ASEM index as shipped, on the published table."""
    folder = corpora() / "indices" / "asem"
    index = read_shipped_index("asem/1")
    with (folder / "step_Raw.csv").open() as raw, (folder / "Denominators.csv").open() as denominators:
        below = {row["UnitCode"]: row for row in csv.DictReader(denominators)}
        rows = [{**below[row["UnitCode"]], **row} for row in csv.DictReader(raw)]
    return index, table_of(rows, index)


def measure(which: str) -> dict[str, float]:
    """Seconds and the greatest memory of one of the two, in this process."""
    index, table = national() if which == "national" else asem()
    computed = compute(index, table)
    started = time.perf_counter()
    if which == "national":
        uncertain(computed, Reruns(index, table), DRAWS)
        taken, single = time.perf_counter() - started, 0.0
    else:
        Reruns(index, table).scores(np.random.default_rng(1).random((RERUNS, 4)))
        taken = time.perf_counter() - started
        started = time.perf_counter()
        for _ in range(SINGLES):
            compute(index, table)
        single = (time.perf_counter() - started) / SINGLES
    return {"taken": taken, "single": single, "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}


def bench_lines() -> Iterator[Line]:
    """The lines of `make bench`."""
    found = {
        which: json.loads(subprocess.check_output([sys.executable, "-m", "benchmarks.index_reruns", which], text=True))
        for which in ("asem", "national")
    }
    singles = found["asem"]["single"] * RERUNS
    yield Line(
        what=f"{RERUNS:,} single computations of ASEM (from {SINGLES})",
        value=singles,
        yardstick=f"{RERUNS:,} reruns at once",
        yardstick_value=found["asem"]["taken"],
        least=20,
    )
    told = f"{UNITS:,} units × {DIMENSIONS * INDICATORS} indicators, {DRAWS:,} draws, with intervals and pairs"
    yield Line(what=told, value=found["national"]["taken"], yardstick="declared limit", yardstick_value=SECONDS, most=1)
    yield Line(
        what="its greatest memory",
        value=found["national"]["megabytes"],
        yardstick="declared limit",
        yardstick_value=MEGABYTES,
        unit="MB",
        most=1,
    )


if __name__ == "__main__":
    print(json.dumps(measure(sys.argv[1]))) if len(sys.argv) > 1 else [print(line) for line in bench_lines()]
