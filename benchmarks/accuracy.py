"""How often the checks say what was planted: precision and recall of every check on sample countries, by seed.

    python -m benchmarks.accuracy --seed 1 --seed 2

The positive class is *fail*: precision is the share of reported fails that were planted, recall the share of planted fails
that were reported. Agreement compares all four verdicts. Only subjects with a label count, and a label without an outcome
counts as missed. The command ends with status 1 where a threshold is not met.
"""

import argparse
import json
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from atalaya.checks.check import Level
from atalaya.checks.registry import CHECKS
from atalaya.cli.demo import observe_sample

LEAST_OF_A_CHECK = 0.95
LEAST_OF_ALL = 0.98
LEAST_PLANTED = 5
"""Planted passes and planted fails that every check must have, over both days."""

EXCEPTIONS: Mapping[str, str] = {
    "available_to_machines": "it fails after five rounds or sixty days, and a sample has two rounds",
    "catalogue_complete": "a sample country has thirteen catalogues that are asked, of which two may be incomplete on two days",
    "catalogue_readable": "a sample country has thirteen catalogues that are asked, of which one may be down for two days",
    "magnitudes_alike": "it never fails: a value that stands out may be true, and only its source can tell",
}
"""Checks that may have fewer than `LEAST_PLANTED` planted fails, with the reason."""

ELSEWHERE = frozenset({Level.DUTY})
"""Levels whose truths stand elsewhere: duties are judged on the sites of a sample country, and not on its catalogues."""

Key = tuple[int, str, str]
"""Day, check and subject."""


@dataclass
class Tally:
    """What was planted and what was said of one check, or of all."""

    planted: Counter[str] = field(default_factory=Counter)
    hits: int = 0
    false_alarms: int = 0
    missed: int = 0
    agreed: int = 0
    silent: int = 0

    @property
    def precision(self) -> float:
        """Share of reported fails that were planted; 1 where none was reported."""
        reported = self.hits + self.false_alarms
        return self.hits / reported if reported else 1.0

    @property
    def recall(self) -> float:
        """Share of planted fails that were reported; 1 where none was planted."""
        planted = self.hits + self.missed
        return self.hits / planted if planted else 1.0

    @property
    def agreement(self) -> float:
        """Share of labels whose verdict was given, of all four verdicts."""
        total = self.planted.total()
        return self.agreed / total if total else 1.0

    def count(self, expected: str, said: str | None) -> None:
        """Take one label and the verdict given, None where there was no outcome."""
        self.planted[expected] += 1
        self.agreed += expected == said
        self.silent += said is None
        self.hits += expected == said == "fail"
        self.missed += expected == "fail" != said
        self.false_alarms += said == "fail" != expected


@dataclass(frozen=True)
class Difference:
    """One label that the checks did not follow."""

    day: int
    check_id: str
    subject_id: str
    expected: str
    said: str | None
    defect: str | None


@dataclass(frozen=True)
class Comparison:
    """Tallies by check, the tally of all, and every difference."""

    checks: Mapping[str, Tally]
    every: Tally
    differences: tuple[Difference, ...]


def read_labels(path: Path) -> list[dict[str, object]]:
    """The rows of a `labels.jsonl`."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def compare(
    labels: Iterable[Mapping[str, object]], outcomes: Mapping[int, Iterable[Mapping[str, object]]]
) -> Comparison:
    """Compare labels with outcome rows (`check_id`, `subject_id`, `verdict`) by day (1 is the first)."""
    said: dict[Key, str] = {
        (day, str(row["check_id"]), str(row["subject_id"])): str(row["verdict"])
        for day, rows in outcomes.items()
        for row in rows
    }
    checks: defaultdict[str, Tally] = defaultdict(Tally)
    every = Tally()
    differences = []
    for label in labels:
        day, check_id, subject_id = int(str(label["day"])), str(label["check_id"]), str(label["subject_id"])
        expected, given = str(label["verdict"]), said.get((day, check_id, subject_id))
        checks[check_id].count(expected, given)
        every.count(expected, given)
        if expected != given:
            defect = label["defect"]
            differences.append(
                Difference(day, check_id, subject_id, expected, given, None if defect is None else str(defect))
            )
    return Comparison(dict(sorted(checks.items())), every, tuple(differences))


def shortfalls(comparison: Comparison) -> list[str]:
    """Why a comparison is not good enough, one sentence each; empty where it is."""
    asked = (check.id for check in CHECKS if check.level not in ELSEWHERE)
    found = [f"{check_id}: not planted at all" for check_id in asked if check_id not in comparison.checks]
    for check_id, tally in comparison.checks.items():
        if min(tally.precision, tally.recall) < LEAST_OF_A_CHECK:
            found.append(f"{check_id}: precision {tally.precision:.3f}, recall {tally.recall:.3f}")
        few = [verdict for verdict in ("pass", "fail") if tally.planted[verdict] < LEAST_PLANTED]
        if few and not (few == ["fail"] and check_id in EXCEPTIONS):
            found.append(f"{check_id}: fewer than {LEAST_PLANTED} planted {' and '.join(few)}")
    every = comparison.every
    if min(every.precision, every.recall) < LEAST_OF_ALL:
        found.append(f"all checks: precision {every.precision:.3f}, recall {every.recall:.3f}")
    return found


def table(comparison: Comparison) -> str:
    """The comparison as text: one line for each check and one for all."""
    rows = [*comparison.checks.items(), ("all (micro-average)", comparison.every)]
    width = max(len(name) for name, _ in rows) + 1
    titles = f"{'passes':>8}{'fails':>7}{'other':>7}{'precision':>11}{'recall':>8}{'agreement':>11}{'silent':>8}"
    return "\n".join([f"{'check':<{width}}{titles}", *(_line(name.ljust(width), tally) for name, tally in rows)])


def _line(name: str, tally: Tally) -> str:
    passes, fails = tally.planted["pass"], tally.planted["fail"]
    other = tally.planted.total() - passes - fails
    return (
        f"{name}{passes:>8}{fails:>7}{other:>7}{tally.precision:>11.3f}{tally.recall:>8.3f}"
        f"{tally.agreement:>11.3f}{tally.silent:>8}"
    )


def differences_text(comparison: Comparison) -> str:
    """Differences grouped by check, expected and given verdict, and defect, the most frequent first."""
    groups = Counter(
        (d.check_id, d.expected, d.said or "no outcome", d.defect or "sound") for d in comparison.differences
    )
    lines = [
        f"{count:>5} × {check_id}: planted {expected}, said {said} ({defect})"
        for (check_id, expected, said, defect), count in sorted(groups.items(), key=lambda item: (-item[1], item[0]))
    ]
    return "\n".join(lines)


def measure(folder: Path, seed: int) -> Comparison:
    """Observe the sample country of a seed in `folder` and compare."""
    observed = observe_sample(folder, seed, quiet=True)
    outcomes = {day: sealed.rows("outcomes") for day, sealed in enumerate(observed, start=1)}
    return compare(read_labels(folder / "sample" / "labels.jsonl"), outcomes)


def main() -> int:
    """Measure every seed asked for and print its table; 1 where one falls short."""
    parser = argparse.ArgumentParser(description="accuracy of the checks on sample countries")
    parser.add_argument("--seed", type=int, action="append", help="a sample country; may be given several times")
    short = False
    for seed in parser.parse_args().seed or [1]:
        with tempfile.TemporaryDirectory() as folder:
            comparison = measure(Path(folder), seed)
        print(f"seed {seed}\n{table(comparison)}\n")
        if comparison.differences:
            print(f"differences\n{differences_text(comparison)}\n")
        for reason in shortfalls(comparison):
            short = True
            print(f"short: {reason}")
    for check_id, reason in EXCEPTIONS.items():
        print(f"exception: {check_id}: {reason}")
    return int(short)


if __name__ == "__main__":
    sys.exit(main())
