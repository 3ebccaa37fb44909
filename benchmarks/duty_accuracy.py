"""How often the verdicts on legal duties are those that were planted on the sites of sample countries, by seed.

    python -m benchmarks.duty_accuracy --seed 1 --seed 7

A claim is (institution, duty, standing), and with periods (institution, duty, period, standing). *Unknown* claims nothing: the
precision is the share of claims made that were planted, the recall the share of planted claims that were made, and what was
planted as unknown must be left so. A verdict without evidence, or a label without a verdict, is a fault by itself. Sites are read
without a browser unless `--browser` asks for one, which decides what is expected of the site that only scripts fill. The command
ends with status 1 where a seed falls short.
"""

import argparse
import json
import os
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from atalaya.cli.demo import observe_days
from atalaya.duties.verdicts import Standing
from atalaya.samples.sample import write_sample

LEAST_PRECISION, LEAST_RECALL = 0.95, 0.90
"""What the project asks of verdicts on sample countries (issue 7)."""

FEWEST = 8
"""Duties as a whole that every standing must be planted on, each day."""

STANDINGS = tuple(standing.value for standing in Standing)
UNKNOWN = Standing.UNKNOWN.value
SILENT = "(none)"
"""What stands in place of a verdict that was not given."""

Key = tuple[int, str, str, str]
"""Day, institution, duty and period; the period of a duty as a whole is an empty text."""


@dataclass
class Matrix:
    """Planted and given standings of the same cases."""

    cells: Counter[tuple[str, str]] = field(default_factory=Counter)

    def planted(self, standing: str) -> int:
        """Cases planted so."""
        return sum(count for (planted, _), count in self.cells.items() if planted == standing)

    def given(self, standing: str) -> int:
        """Cases said to be so."""
        return sum(count for (_, given), count in self.cells.items() if given == standing)

    def precision(self, *standings: str) -> float:
        """Share of the claims of these standings that were planted; 1 where none was made."""
        made = sum(map(self.given, standings))
        return sum(self.cells[each, each] for each in standings) / made if made else 1.0

    def recall(self, *standings: str) -> float:
        """Share of the planted claims of these standings that were made; 1 where none was planted."""
        planted = sum(map(self.planted, standings))
        return sum(self.cells[each, each] for each in standings) / planted if planted else 1.0


CLAIMS = tuple(standing for standing in STANDINGS if standing != UNKNOWN)


@dataclass(frozen=True)
class Confusion:
    """One label that the verdict did not follow."""

    key: Key
    planted: str
    given: str
    label: Mapping[str, Any]
    reason: str


@dataclass(frozen=True)
class Comparison:
    """The matrix of duties as a whole, that of periods, every confusion, and verdicts that cite nothing."""

    whole: Matrix
    periods: Matrix
    confusions: tuple[Confusion, ...]
    unproved: tuple[Key, ...]
    late_days: Counter[bool]
    """Whether the days of duties that were rightly called late are those that were planted."""
    gaps: Counter[bool]
    """Whether the gaps of series are those that were planted."""


def compare(
    labels: Iterable[Mapping[str, Any]], verdicts: Mapping[int, Iterable[Mapping[str, Any]]], *, browser: bool
) -> Comparison:
    """Compare `duty_labels.jsonl` with rows of `duty_verdicts` by day (1 is the first)."""
    said: dict[Key, Mapping[str, Any]] = {
        (day, str(row["institution_id"]), str(row["duty_id"]), row["period"] or ""): row
        for day, rows in verdicts.items()
        for row in rows
    }
    found = Comparison(
        Matrix(), Matrix(), (), tuple(key for key, row in said.items() if not _proved(row)), Counter(), Counter()
    )
    confusions = []
    for label in labels:
        key: Key = (int(label["day"]), label["institution_id"], label["duty_id"], label["period"] or "")
        planted = label["standing"] if browser else label["without_browser"]
        row = said.get(key)
        if planted == UNKNOWN and key[3]:
            continue  # of the periods of what cannot be read nothing is said
        given = SILENT if row is None else str(row["standing"])
        (found.periods if key[3] else found.whole).cells[planted, given] += 1
        if planted != given:
            confusions.append(Confusion(key, planted, given, label, "" if row is None else str(row["reason"])))
        elif row is not None and not key[3]:
            if planted == Standing.LATE:
                found.late_days[row["days_late"] == label["days_late"]] += 1
            if planted not in (UNKNOWN, Standing.MISSING):
                found.gaps[list(row["gaps"]) == list(label["gaps"])] += 1
    return Comparison(found.whole, found.periods, tuple(confusions), found.unproved, found.late_days, found.gaps)


def _proved(row: Mapping[str, Any]) -> bool:
    """Whether a verdict cites an address."""
    return any(evidence.get("url") for evidence in row["evidence"])


def shortfalls(comparison: Comparison) -> list[str]:
    """Why a comparison is not good enough, one sentence each; empty where it is."""
    found = []
    for name, matrix in (("duties", comparison.whole), ("periods", comparison.periods)):
        precision, recall = matrix.precision(*CLAIMS), matrix.recall(*CLAIMS)
        if precision < LEAST_PRECISION:
            found.append(f"{name}: precision {precision:.3f} is below {LEAST_PRECISION}")
        if recall < LEAST_RECALL:
            found.append(f"{name}: recall {recall:.3f} is below {LEAST_RECALL}")
    for standing in STANDINGS:
        planted = comparison.whole.planted(standing)
        if planted < FEWEST:
            found.append(f"{standing}: planted {planted} times, fewer than {FEWEST}")
    if comparison.unproved:
        found.append(f"{len(comparison.unproved)} verdicts cite no evidence, such as {comparison.unproved[0]}")
    silent = comparison.whole.given(SILENT)
    if silent:
        found.append(f"{silent} duties have no verdict at all")
    return found


def table(matrix: Matrix) -> str:
    """A matrix as text: a line for each planted standing, a column for each that was given, precision and recall."""
    given = [name for name in (*STANDINGS, SILENT) if matrix.given(name)]
    lines = [f"{'planted':<14}" + "".join(f"{name:>14}" for name in given) + f"{'precision':>11}{'recall':>8}"]
    for standing in STANDINGS:
        if matrix.planted(standing) or matrix.given(standing):
            cells = "".join(f"{matrix.cells[standing, name]:>14}" for name in given)
            lines.append(f"{standing:<14}{cells}{matrix.precision(standing):>11.3f}{matrix.recall(standing):>8.3f}")
    lines.append(f"claims: precision {matrix.precision(*CLAIMS):.3f}, recall {matrix.recall(*CLAIMS):.3f}")
    return "\n".join(lines)


def confusions_text(comparison: Comparison, most: int) -> str:
    """Confusions in groups of character, manner, planted and given standing and reason, the most frequent first, each with one
    case."""
    groups: dict[tuple[str, ...], list[Confusion]] = {}
    for each in comparison.confusions:
        kind = "period" if each.key[3] else "duty"
        name = (kind, each.label["character"], each.label["manner"], each.planted, each.given, each.reason)
        groups.setdefault(name, []).append(each)
    ordered = sorted(groups.items(), key=lambda item: (-len(item[1]), item[0]))[:most]
    return "\n".join(
        f"{len(cases):>5} × {kind}, {character}, {manner}: planted {planted}, said {given} ({reason or 'no reason'}), such as"
        f" {' '.join(map(str, cases[0].key))} at {cases[0].label['url']}"
        for (kind, character, manner, planted, given, reason), cases in ordered
    )


def measure(folder: Path, seed: int, *, browser: bool) -> Comparison:
    """Observe the sites of the sample country of a seed in `folder`, both days, and compare; catalogues are left out."""
    sample = folder / "sample"
    write_sample(sample, seed)
    for source in (sample / "country" / "sources").iterdir():
        if not source.name.startswith("sitio-"):
            source.unlink()
    (sample / "country" / "attribution.yml").unlink()
    os.environ["ATALAYA_BROWSER"] = "auto" if browser else "off"
    observed = observe_days(folder, seed, quiet=True)
    verdicts = {day: sealed.rows("duty_verdicts") for day, sealed in enumerate(observed, start=1)}
    lines = (sample / "duty_labels.jsonl").read_text(encoding="utf-8").splitlines()
    return compare(map(json.loads, lines), verdicts, browser=browser)


def main() -> int:
    """Measure every seed asked for and print its matrices; 1 where one falls short."""
    parser = argparse.ArgumentParser(description="accuracy of the verdicts on legal duties on sample countries")
    parser.add_argument("--seed", type=int, action="append", help="a sample country; may be given several times")
    parser.add_argument("--browser", action="store_true", help="read pages that scripts fill, where a browser is found")
    parser.add_argument("--most", type=int, default=40, help="groups of confusions to print")
    asked = parser.parse_args()
    short = False
    for seed in asked.seed or [1]:
        with tempfile.TemporaryDirectory() as folder:
            comparison = measure(Path(folder), seed, browser=asked.browser)
        print(f"seed {seed}, duties as a whole, both days\n{table(comparison.whole)}\n")
        print(f"seed {seed}, periods\n{table(comparison.periods)}\n")
        print(f"days late as planted: {comparison.late_days[True]} of {comparison.late_days.total()}")
        print(f"gaps as planted: {comparison.gaps[True]} of {comparison.gaps.total()}")
        if comparison.confusions:
            print(f"confusions\n{confusions_text(comparison, asked.most)}\n")
        for reason in shortfalls(comparison):
            short = True
            print(f"short: {reason}")
    return int(short)


if __name__ == "__main__":
    sys.exit(main())
