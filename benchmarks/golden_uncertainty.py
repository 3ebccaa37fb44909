"""Uncertainty, sensitivity and diagnostics against figures that others published or that follow from analysis.

    python -m benchmarks.golden_uncertainty

COINr's example of the ASEM index (published ranks, rank statistics, Sobol indices, Cronbach's alpha, correlations, components,
moments), the Ishigami and Sobol g functions, whose indices are known exactly, and the tables of the papers that proposed each
coefficient of agreement. Each line has its tolerance, the precision of what was published, and the error obtained. Ends with
status 1 where a line misses its tolerance, with status 2 where the recorded material is absent.
"""

import csv
import math
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from rich.console import Console
from rich.table import Table

from atalaya.indices.diagnostics.components import components_by_group
from atalaya.indices.diagnostics.correlation import correlations
from atalaya.indices.diagnostics.reliability import cronbach_alpha
from atalaya.indices.moments import kurtosis, skewness
from atalaya.indices.uncertainty.designs import saltelli_design
from atalaya.indices.uncertainty.intervals import intervals
from atalaya.indices.uncertainty.ranks import mean_rank_change, ranks
from atalaya.indices.uncertainty.sobol import sensitivity
from benchmarks import agreement_tables
from benchmarks.material import corpora

Floats = NDArray[np.float64]

EXACT = 1e-12
"""Of figures published to the last digit of double precision."""
OWN = 0.01
"""Of indices estimated from an own sample."""
DRAWS = 1 << 14
"""N of the designs for the test functions: over 25 seeds no error passes a third of the tolerance."""
RESAMPLES, REPEATS = 100, 60
"""COINr's example takes 100 resamples; so many of ours tell how far two intervals of 100 resamples may lie apart by chance."""
CHANCE = 4.0
"""Standard errors that the worst of 16 ends may be away."""


@dataclass(frozen=True, slots=True)
class Line:
    """One comparison: the greatest absolute error of its figures, what it may be, and how many figures were compared."""

    name: str
    figures: int
    tolerance: float
    error: float

    @property
    def met(self) -> bool:
        """Whether the error is within the tolerance (NaN is not)."""
        return self.error <= self.tolerance


def compared(folder: Path) -> list[Line]:
    """Every line, computed anew."""
    asem = folder / "indices" / "asem"
    return [*_rank_statistics(asem), *_indices(asem), *_diagnostics(asem), *_functions(), *_agreement()]


def table(path: Path) -> tuple[list[str], Floats]:
    """Header and cells of a table, texts among them as NaN."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        header, *rows = csv.reader(file)
    return header, np.array([[_number(text) for text in row] for row in rows])


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return math.nan


def _line(name: str, tolerance: float, found: object, expected: object) -> Line:
    computed, published = np.asarray(found, dtype=np.float64), np.asarray(expected, dtype=np.float64)
    assert computed.shape == published.shape, name
    return Line(name, published.size, tolerance, float(np.abs(computed - published).max()))


def published_ranks(asem: Path, kind: str) -> tuple[Floats, Floats]:
    """Nominal ranks (units,) and ranks of all runs (runs, units) of the analysis `UA` or `SA`."""
    _, cells = table(asem / f"{kind}_Ranks.csv")
    return cells[:, 1], cells[:, 2:].T


def independent(runs: Floats, kind: str) -> Floats:
    """The runs that rank statistics are of: all of an uncertainty analysis, A and B (200 of 600) of a sensitivity analysis."""
    return runs[:200] if kind == "SA" else runs


def _rank_statistics(asem: Path) -> Iterator[Line]:
    for kind in ("UA", "SA"):
        nominal, runs = published_ranks(asem, kind)
        _, scores = table(asem / f"{kind}_Scores.csv")
        yield _line(f"{kind}: ranks of {len(runs)} runs from their scores", 0, ranks(scores[:, 2:].T), runs)
        _, statistics = table(asem / f"{kind}_RankStats.csv")
        found = intervals(independent(runs, kind), nominal)
        computed = np.column_stack([found.nominal, found.mean, found.median, found.low, found.high])
        yield _line(f"{kind}: rank statistics", EXACT, computed, statistics[:, 1:])


def _indices(asem: Path) -> Iterator[Line]:
    nominal, runs = published_ranks(asem, "SA")
    change = mean_rank_change(runs, nominal)
    found = sensitivity(change, 4)
    _, published = table(asem / "SA_Sensitivity.csv")
    yield _line("SA: first-order indices of four inputs", EXACT, found.first[:, 0], published[:, 1])
    yield _line("SA: total indices", EXACT, found.total[:, 0], published[:, 2])
    ends = np.stack([_ends(change, seed) for seed in range(REPEATS)])
    apart = (published[:, 3:] - ends.mean(axis=0)) / ends.std(axis=0)
    yield _line("SA: 5 % and 95 % ends, in standard errors", CHANCE, apart, np.zeros(apart.shape))


def _ends(change: Floats, seed: int) -> Floats:
    """(inputs, 4): the ends of the intervals of both indices."""
    found = sensitivity(change, 4, resamples=RESAMPLES, seed=seed)
    return np.hstack([found.first_low, found.first_high, found.total_low, found.total_high])


def _diagnostics(asem: Path) -> Iterator[Line]:
    header, raw = table(asem / "step_Raw.csv")
    with (asem / "ASEM_iMeta.csv").open(encoding="utf-8", newline="") as file:
        parents = {row["iCode"]: row["Parent"] for row in csv.DictReader(file) if row["Type"] == "Indicator"}
    codes = [code for code in header if code in parents]
    values = raw[:, [header.index(code) for code in codes]]
    groups = [parents[code] for code in codes]
    people = values[:, [group == "P2P" for group in groups]]
    # The figures are those that the documentation of COINr 1.1.14 prints, its vignette "Analysis" above all (CRAN, read 2026-11).
    yield _line("Cronbach's alpha of P2P", 5e-9, cronbach_alpha(people).alpha, 0.05126659)
    social = components_by_group(values, groups)["Social"]
    yield _line("PCA: first deviation of Social", 5e-5, social.deviations[0], 2.2042)
    chosen = values[:, [codes.index("LPI"), codes.index("Flights")]]
    yield _line("skewness of LPI and Flights", 5e-3, [*map(skewness, chosen.T)], [-0.304, 2.10])
    yield _line("kurtosis of LPI and Flights", 5e-3, [*map(kurtosis, chosen.T)], [-0.657, 4.51])
    header, steps = table(asem / "step_Aggregated.csv")
    index, *subs = (steps[:, [header.index(name)]] for name in ("Index", "Conn", "Sust"))
    found = correlations(index, np.hstack(subs)).coefficient[0]
    yield _line("correlation of the index with its sub-indices", 5e-8, found, [0.9397805, 0.8382873])


Function = Callable[[Floats], Floats]


def ishigami(points: Floats) -> Floats:
    """The Ishigami function with a = 7 and b = 0.1 of (rows, 3) unit numbers."""
    x = 2 * np.pi * points - np.pi
    return np.asarray(np.sin(x[:, 0]) + 7 * np.sin(x[:, 1]) ** 2 + 0.1 * x[:, 2] ** 4 * np.sin(x[:, 0]))


def ishigami_indices() -> tuple[list[float], list[float]]:
    """Its first-order and total indices (T. Ishigami and T. Homma 1990)."""
    a, b, pi = 7.0, 0.1, math.pi
    first = (1 + b * pi**4 / 5) ** 2 / 2
    joint = b**2 * pi**8 * (1 / 18 - 1 / 50)
    variance = first + a**2 / 8 + joint
    return [first / variance, a**2 / 8 / variance, 0.0], [
        (first + joint) / variance,
        a**2 / 8 / variance,
        joint / variance,
    ]


G = np.array([0.0, 1.0, 4.5, 9.0, 99.0, 99.0, 99.0, 99.0])
"""Parameters of the g function, from all-important to idle (A. Saltelli and I. Sobol' 1995)."""


def g_function(points: Floats) -> Floats:
    """The g function of (rows, 8) unit numbers."""
    return np.asarray(np.prod((np.abs(4 * points - 2) + G) / (1 + G), axis=1))


def g_indices() -> tuple[Floats, Floats]:
    """Its first-order and total indices."""
    partial = 1 / (3 * (1 + G) ** 2)
    whole = np.prod(1 + partial)
    return partial / (whole - 1), partial / (1 + partial) * whole / (whole - 1)


def _functions() -> Iterator[Line]:
    cases: tuple[tuple[str, Function, int, tuple[object, object]], ...] = (
        ("Ishigami", ishigami, 3, ishigami_indices()),
        ("g function", g_function, 8, g_indices()),
    )
    for name, function, inputs, (first, total) in cases:
        found = sensitivity(function(saltelli_design(DRAWS, inputs, seed=1).points()), inputs)
        yield _line(f"{name}: first-order indices, N = {DRAWS}", OWN, found.first[:, 0], first)
        yield _line(f"{name}: total indices", OWN, found.total[:, 0], total)


def _agreement() -> Iterator[Line]:
    for case in agreement_tables.CASES:
        yield _line(case.name, case.tolerance, case.compute().value, case.published)


def main() -> int:
    """Print the table; 1 where a line misses its tolerance, 2 where the recorded material is absent."""
    folder, out = corpora(), Console(width=120)
    if not folder.is_dir():
        Console(stderr=True).print("recorded material absent: set ATALAYA_CORPORA to its folder")
        return 2
    lines = compared(folder)
    grid = Table("comparison", "figures", "tolerance", "error", "")
    for line in lines:
        grid.add_row(
            line.name, str(line.figures), f"{line.tolerance:.1e}", f"{line.error:.1e}", "" if line.met else "missed"
        )
    out.print(grid)
    return int(not all(line.met for line in lines))


if __name__ == "__main__":
    sys.exit(main())
