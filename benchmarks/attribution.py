"""How well publisher texts are given to institutions: labelled texts of Guatemala, as written and varied by rule.

    python -m benchmarks.attribution --seed 1

Precision: of the texts that are given to an institution, the share given to the right one. Recall: of the texts that name an
institution of the register, the share given to it. A text that names nobody of the register must be given to nobody. Ends
with status 1 below the bars (precision 0.99, recall 0.95, unattributed under 2 % of what names somebody, as written).
"""

import csv
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from atalaya.catalogue.records import Agent, Dataset
from atalaya.countries.attribution import Attribution, attribute, index_attribution
from atalaya.countries.pack import CountryPack, Source
from atalaya.countries.reader import find_pack, read_pack
from benchmarks.publisher_variations import varied

LABELS = Path(__file__).with_name("labels") / "publishers-gt.csv"
HELD_OUT = LABELS.with_name("publishers-gt-held.csv")
PRECISION, RECALL, UNATTRIBUTED = 0.99, 0.95, 0.02
AS_OF = "2026-01-05"
Labelled = tuple[str, str | None]


@dataclass(frozen=True, slots=True)
class Result:
    """One text: the label, and what the rules made of it."""

    text: str
    wanted: str | None
    found: Attribution

    @property
    def right(self) -> bool:
        """Whether the text was given to the institution that it names, or to nobody where it names nobody."""
        return self.found.institution_id == self.wanted


@dataclass(frozen=True, slots=True)
class Score:
    """Counts of one list: texts that name somebody, texts given to somebody, and those given rightly."""

    name: str
    naming: int
    given: int
    right: int
    waiting: int

    @property
    def precision(self) -> float:
        """Right of given."""
        return self.right / self.given if self.given else 0.0

    @property
    def recall(self) -> float:
        """Right of naming."""
        return self.right / self.naming if self.naming else 0.0

    @property
    def unattributed(self) -> float:
        """Of the texts that name somebody, the share given to nobody."""
        return self.waiting / self.naming if self.naming else 0.0


def read_labels(path: Path = LABELS) -> list[Labelled]:
    """The labelled texts of a list, as committed before it was measured."""
    with path.open(encoding="utf-8", newline="") as stream:
        return [(row["text"], row["institution"] or None) for row in csv.DictReader(stream)]


def attribute_all(rows: Iterable[Labelled], pack: CountryPack) -> list[Result]:
    """Every text as the publisher of a record in a catalogue where anybody may publish."""
    index = index_attribution(pack)
    source = Source(id=f"{pack.code}:any", title={}, protocol="ckan", url="https://catalogue.example")
    return [
        Result(text, wanted, attribute(Dataset(publisher=Agent(name=text)), source, index, {}, AS_OF))
        for text, wanted in rows
    ]


def score(name: str, results: list[Result]) -> Score:
    """The counts of a list of results."""
    naming = [item for item in results if item.wanted is not None]
    given = [item for item in results if item.found.institution_id is not None]
    waiting = sum(item.found.institution_id is None for item in naming)
    return Score(name, len(naming), len(given), sum(item.right for item in given), waiting)


def scores(seed: int) -> tuple[list[Score], list[Result]]:
    """The list as written, the list held out, and the first varied by a seed; and every result."""
    pack = read_pack(find_pack("gt"))
    rows = read_labels()
    lists = {
        "as written": attribute_all(rows, pack),
        "held out": attribute_all(read_labels(HELD_OUT), pack),
        f"varied, seed {seed}": attribute_all(varied(rows, seed), pack),
    }
    found = [score(name, results) for name, results in lists.items()]
    return found, [result for results in lists.values() for result in results]


def holds(found: Score, *, as_written: bool) -> bool:
    """Whether a list reaches the bars."""
    good = found.precision >= PRECISION and found.recall >= RECALL
    return good and (not as_written or found.unattributed < UNATTRIBUTED)


@click.command()
@click.option("--seed", default=1, show_default=True, help="Seed of the variations.")
@click.option("--wrong", default=0, help="List so many of the texts that went wrong.")
def main(seed: int, wrong: int) -> None:
    """Print the table, and the texts that went wrong where that is asked."""
    found, results = scores(seed)
    table = Table("list", "name somebody", "given", "right", "precision", "recall", "unattributed")
    for item in found:
        figures = (f"{item.precision:.4f}", f"{item.recall:.4f}", f"{item.unattributed:.2%}")
        table.add_row(item.name, str(item.naming), str(item.given), str(item.right), *figures)
    out = Console(width=150)
    out.print(table)
    for result in [item for item in results if not item.right][:wrong]:
        out.print(
            f"{result.text!r}: {result.found.institution_id} ({result.found.how}) instead of {result.wanted}",
            markup=False,
        )
    if not all(holds(item, as_written=place == 0) for place, item in enumerate(found)):
        sys.exit(1)


if __name__ == "__main__":
    main()
