"""Which duties bind a body, derived by its kind, against those that monitors of the law asked of it: the 100 bodies of 2017.

    python -m benchmarks.obliged

Bodies of the register are derived by kind and branch. Bodies outside it (federations, foundations) have no kind: of them is told
which classes of the law together have the numerals that were asked. Good practices, which are no duty, are left out.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from pathlib import Path

import click
from rich.console import Console

from atalaya.countries.matching import NAMED, index_names, match_institutions
from atalaya.countries.pack import CountryPack, Institution
from atalaya.countries.reader import find_pack, read_pack
from atalaya.duties.answering import numerals_of
from atalaya.duties.obliged import duties_of, duties_of_class
from atalaya.indices.imports.instrument import read_instrument
from benchmarks.material import corpora

LAW = "laip"
ON = date(2017, 6, 1)
"""The day of the monitoring, as near as it is known: the year 2017."""

Numerals = frozenset[tuple[str, str]]
"""Pairs of article and numeral."""


@dataclass(frozen=True, slots=True)
class Compared:
    """One body: what was asked of it, the institution of the register that it is, and what is derived; `classes` outside it."""

    name: str
    sector: str
    asked: Numerals
    institution: Institution | None
    derived: Numerals
    classes: tuple[str, ...] = ()

    @property
    def agrees(self) -> bool:
        """Whether the derived duties are those that were asked."""
        return self.asked == self.derived


def compare(pack: CountryPack, folder: Path) -> list[Compared]:
    """The bodies whose applicable numerals are known, in the order of the file."""
    numerals = numerals_of(read_instrument(folder / "instrumento_laip.json"))
    index = index_names(pack)
    found = []
    for row in _rows(folder / "sujetos_obligados.csv"):
        known = [numerals[number] for number in row["numerales_aplicables"].split() if number in numerals]
        asked = frozenset(known)
        named = [each.institution for each in match_institutions(row["nombre"], index) if each.score >= NAMED]
        body = named[0] if named else None
        derived, classes = _by_classes(pack, asked) if body is None else (_pairs(pack, body), ())
        found.append(Compared(row["nombre"], row["sector"], asked, body, derived, classes))
    return found


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        yield from (row for row in csv.DictReader(stream) if row["numerales_aplicables"])


def _pairs(pack: CountryPack, body: Institution) -> Numerals:
    return frozenset((duty.article, duty.numeral) for duty in duties_of(pack, body, ON) if duty.law == LAW)


def _by_classes(pack: CountryPack, asked: Numerals) -> tuple[Numerals, tuple[str, ...]]:
    """The fewest classes whose duties together are those that were asked; the nearest single one where none are."""
    classes = [named.id for named in pack.obliged_classes if named.law == LAW]
    of_class = {
        id_: frozenset((duty.article, duty.numeral) for duty in duties_of_class(pack, LAW, id_, ON)) for id_ in classes
    }
    for size in (1, 2):
        for chosen in combinations(classes, size):
            together = frozenset[tuple[str, str]]().union(*(of_class[id_] for id_ in chosen))
            if together == asked:
                return together, chosen
    nearest = min(classes, key=lambda id_: len(of_class[id_] ^ asked))
    return of_class[nearest], (nearest,)


def told(pairs: Numerals) -> str:
    """Numerals as people write them."""
    ordered = sorted(pairs, key=lambda pair: (int(pair[0]), int(pair[1])))
    return ", ".join(f"{article}.{numeral}" for article, numeral in ordered) or "none"


@click.command()
def main() -> None:
    """Print the comparison, and every difference."""
    compared = compare(read_pack(find_pack("gt")), corpora() / "laip_monitor")
    out = Console(soft_wrap=True, highlight=False)
    for title, bodies in (
        ("in the register", [each for each in compared if each.institution is not None]),
        ("outside the register", [each for each in compared if each.institution is None]),
    ):
        agreeing = sum(each.agrees for each in bodies)
        numerals = sum(len(each.asked | each.derived) for each in bodies)
        wrong = sum(len(each.asked ^ each.derived) for each in bodies)
        out.print(f"{title}: {agreeing} of {len(bodies)} bodies agree, {numerals - wrong} of {numerals} numerals")
        for each in bodies:
            if not each.agrees:
                who = ", ".join(each.classes) if each.institution is None else f"{each.institution.kind}"
                more, less = told(each.asked - each.derived), told(each.derived - each.asked)
                out.print(
                    f"  {each.name} ({who}): asked and not derived {more}; derived and not asked {less}", markup=False
                )


if __name__ == "__main__":
    main()
