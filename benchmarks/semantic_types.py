"""How often columns of real tables are judged to mean what two people labelled them as.

python -m benchmarks.semantic_types [--split dev|held] [--batch first|added] [--wrong] [--material FOLDER] [--labels FOLDER]

Labels lie in `labels/semantic-types`: `places.csv` says where a column is (id, file below the recorded material,
table, position from 1), `labels.csv` what each person and then both together called it, and its split; rules are
made for the one half and measured on the other. Prints the agreement of the two, and for each type the number of
real columns, precision and recall; types with fewer than ten columns are shown as not measured. `--wrong` lists
the columns of the half for which rules are made that are judged otherwise. The table is printed twice: of all
columns, which counts, and without those in `doubtful.csv`, whose labels contradict the definitions. `--batch` takes
only the columns that were labelled first, or those that were added; `--split held --batch added` are the only ones at
which nobody looked before the rules were made, and nothing here lists them.
"""

import argparse
import csv
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from rich.console import Console
from rich.table import Table as Grid

from atalaya.countries.reader import find_pack, read_pack
from atalaya.inspection.findings import Column
from atalaya.inspection.inspector import inspect_file
from atalaya.inspection.limits import DEFAULT
from atalaya.inspection.semantic.judging import Semantic
from atalaya.inspection.semantic.knowledge import Knowledge, knowledge_of
from atalaya.inspection.semantic.registry import SEMANTIC_TYPES
from benchmarks.material import corpora

LABELS = Path(__file__).resolve().parent / "labels" / "semantic-types"
FIRST_ADDED = 1458
"""The id from which columns were added to those that were labelled first."""
LEAST = 10
"""Columns of a type from which it is measured."""
PRECISION, RECALL, MEASURED = 0.95, 0.90, 25
"""What is asked: of each measured type, and how many must be measured."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """One labelled column."""

    id: str
    file: str
    table: str
    position: int
    labels: tuple[str, str]
    label: str
    split: str


@dataclass(frozen=True, slots=True)
class TypeScore:
    """What was counted of one type: columns labelled so, judged so, and both."""

    id: str
    real: int
    judged: int
    right: int

    @property
    def precision(self) -> float:
        """The share of the columns judged so that are so; 1 where none was."""
        return self.right / self.judged if self.judged else 1.0

    @property
    def recall(self) -> float:
        """The share of the columns that are so that were judged so."""
        return self.right / self.real if self.real else 1.0

    @property
    def measured(self) -> bool:
        """Whether there are enough real columns."""
        return self.real >= LEAST

    @property
    def good(self) -> bool:
        """Whether precision and recall are what is asked."""
        return self.precision >= PRECISION and self.recall >= RECALL


def read_labels(folder: Path) -> list[Labelled]:
    """The labelled columns with their places."""
    with (folder / "places.csv").open(encoding="utf-8", newline="") as stream:
        places = {row["id"]: row for row in csv.DictReader(stream)}
    with (folder / "labels.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    return [
        Labelled(
            id=row["id"],
            file=places[row["id"]]["file"],
            table=places[row["id"]]["table"],
            position=int(places[row["id"]]["column"]),
            labels=(row["label_a"], row["label_b"]),
            label=row["label"],
            split=row["split"],
        )
        for row in rows
    ]


def in_batch(each: Labelled, batch: str | None) -> bool:
    """Whether a column was labelled `first`, or `added`; any where None is asked.

    >>> in_batch(Labelled("1457", "a.csv", "a", 1, ("url", "url"), "url", "dev"), "added")
    False
    """
    return batch is None or (int(each.id) >= FIRST_ADDED) == (batch == "added")


def read_doubtful(folder: Path) -> frozenset[str]:
    """The ids of columns whose label contradicts the definitions (`doubtful.csv`, each with the reason)."""
    with (folder / "doubtful.csv").open(encoding="utf-8", newline="") as stream:
        return frozenset(row["id"] for row in csv.DictReader(stream))


def agreement(pairs: Sequence[tuple[str, str]]) -> tuple[float, float]:
    """The share of equal labels and Cohen's kappa.

    >>> agreement([("a", "a"), ("a", "b"), ("b", "b"), ("b", "b")])
    (0.75, 0.5)
    """
    total = len(pairs)
    equal = sum(first == second for first, second in pairs) / total
    firsts, seconds = Counter(first for first, _ in pairs), Counter(second for _, second in pairs)
    chance = sum(firsts[label] * seconds[label] for label in firsts) / total**2
    return equal, (equal - chance) / (1 - chance) if chance < 1 else 1.0


def judged_columns(path: Path, knowledge: Knowledge) -> Iterator[tuple[str, Column, Semantic]]:
    """The columns of a file with the name of their table, in the order of its tables, and what they are judged to
    mean."""
    for table in inspect_file(path, limits=replace(DEFAULT, knowledge=knowledge)).tables:
        for column in table.columns:
            if column.description is not None:
                yield table.name, column, column.description.semantic


def judge_all(labelled: Iterable[Labelled], material: Path, knowledge: Knowledge) -> dict[str, Semantic]:
    """What each labelled column is judged to mean, by id; columns whose file is not there are left out."""
    by_file: dict[str, list[Labelled]] = defaultdict(list)
    for each in labelled:
        by_file[each.file].append(each)
    answers: dict[str, Semantic] = {}
    for file, columns in sorted(by_file.items()):
        if not (material / file).is_file():
            continue
        found = {
            (table, column.position): meaning for table, column, meaning in judged_columns(material / file, knowledge)
        }
        for each in columns:
            if (each.table, each.position) in found:
                answers[each.id] = found[(each.table, each.position)]
    return answers


def score(labelled: Sequence[Labelled], answers: Mapping[str, Semantic]) -> list[TypeScore]:
    """One score a type, commonest first."""
    seen = [(each.label, answers[each.id].type) for each in labelled if each.id in answers]
    real, given = Counter(label for label, _ in seen), Counter(answer for _, answer in seen)
    right = Counter(label for label, answer in seen if label == answer)
    scores = [TypeScore(each.id, real[each.id], given[each.id], right[each.id]) for each in SEMANTIC_TYPES]
    return sorted(scores, key=lambda each: (-each.real, each.id))


def show(scores: Sequence[TypeScore], console: Console) -> bool:
    """Print the table; whether what is asked is reached."""
    grid = Grid("type", "columns", "precision", "recall", "")
    for each in scores:
        verdict = ("" if each.good else "below") if each.measured else "not measured"
        grid.add_row(each.id, str(each.real), f"{each.precision:.3f}", f"{each.recall:.3f}", verdict)
    console.print(grid)
    measured = [each for each in scores if each.measured]
    good = sum(each.good for each in measured)
    console.print(f"{len(measured)} types measured, {good} with precision {PRECISION} and recall {RECALL}")
    return len(measured) >= MEASURED and good == len(measured)


def main(arguments: Sequence[str]) -> int:
    """Measure and print; 1 where what is asked is not reached."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--split", choices=("dev", "held"))
    parser.add_argument("--batch", choices=("first", "added"))
    parser.add_argument("--wrong", action="store_true")
    parser.add_argument("--material", type=Path, default=corpora())
    parser.add_argument("--labels", type=Path, default=LABELS)
    given = parser.parse_args(arguments)
    console = Console(width=None if sys.stdout.isatty() else 160)
    everything = read_labels(given.labels)
    equal, kappa = agreement([each.labels for each in everything])
    console.print(f"{len(everything)} columns labelled twice: {equal:.3f} equal, Cohen's kappa {kappa:.3f}")
    labelled = [each for each in everything if given.split in (None, each.split) and in_batch(each, given.batch)]
    answers = judge_all(labelled, given.material, knowledge_of(read_pack(find_pack("gt"))))
    console.print(f"{len(answers)} of {len(labelled)} columns found in the recorded material")
    reached = show(score(labelled, answers), console)
    doubtful = read_doubtful(given.labels)
    console.print(f"without the {len(doubtful)} columns whose labels contradict the definitions (doubtful.csv)")
    show(score([each for each in labelled if each.id not in doubtful], answers), console)
    if given.wrong:
        for each in labelled:
            if each.split == "dev" and each.id in answers and answers[each.id].type != each.label:
                console.print(
                    f"{each.id}: {each.label} judged {answers[each.id].type} ({each.file}, column {each.position})"
                )
    return 0 if reached else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
