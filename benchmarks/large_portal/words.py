"""Titles as public catalogues write them, made up: a few words are everywhere, most stand in one title or two (Zipf's law)."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from pathlib import Path
from random import Random

import yaml

from atalaya.samples.facts import places as divisions

TEXTS = (
    "Contiene {kind} de {subject} {shape} en {place}, con una fila por registro y códigos oficiales de lugar.",
    "Datos de {subject} que la institución reúne {shape}. Se actualizan al cierre de cada período y sustituyen a los anteriores.",
    "{subject}: cifras {shape} de {place}. Incluye {kind} de años anteriores, notas de método y el nombre de cada columna.",
)


@dataclass(frozen=True, slots=True)
class Often:
    """Items of which the first is chosen most often: the one at place n as often as 1/n."""

    items: tuple[str, ...]
    weights: tuple[float, ...]

    def one(self, chance: Random) -> str:
        """One item."""
        return chance.choices(self.items, cum_weights=self.weights)[0]


def often(items: Sequence[str]) -> Often:
    """Items by how often they are chosen."""
    return Often(tuple(items), tuple(accumulate(1 / place for place in range(1, len(items) + 1))))


@cache
def lists() -> dict[str, Often]:
    """What titles are put together from. The names are 20,000 made-up ones: every catalogue has many words of its own."""
    told = yaml.safe_load(Path(__file__).with_name("words.yml").read_text(encoding="utf-8"))
    chance = Random(5)
    names = sorted({"".join(chance.choices(told["parts"], k=chance.randint(3, 5))).capitalize() for _ in range(24_000)})
    chance.shuffle(names)
    places = [*(place.name for place in divisions().values()), *names[:2000]]
    return {
        "kind": often(told["kinds"]),
        "subject": often(told["subjects"]),
        "shape": often(told["shapes"]),
        "place": often(places),
        "name": often(names),
    }


def title(chance: Random, own: str = "") -> str:
    """One title; `own` are the words of an institution's own subject, which stand in half of its titles."""
    words = {name: each.one(chance) for name, each in lists().items()}
    subject = own if own and chance.random() < 0.5 else words["subject"]
    year = chance.randint(2005, 2026)
    form = chance.randrange(6)
    made = (
        f"{words['kind']} de {subject} {words['shape']}",
        f"{subject} {words['shape']} {year}",
        f"{words['kind']} de {subject}: {words['place']} {year}",
        f"{subject} en {words['place']}",
        f"{words['kind']} {words['name']} de {subject} {year}",
        f"{subject} {words['name']} {words['shape']}, {words['place']}",
    )[form]
    return made[0].upper() + made[1:]


def description(chance: Random) -> str:
    """One to three sentences."""
    words = {name: each.one(chance) for name, each in lists().items()}
    return " ".join(chance.choice(TEXTS).format(**words) for _ in range(chance.randint(1, 3)))


def subject(chance: Random) -> str:
    """One subject."""
    return lists()["subject"].one(chance)


def mistyped(word: str, chance: Random) -> str:
    """A word with one letter wrong: left out, doubled, swapped with the next one, or another one."""
    if len(word) < 5:
        return word
    at = chance.randrange(1, len(word) - 1)
    return (
        word[:at] + word[at + 1 :],
        word[:at] + word[at] + word[at:],
        word[:at] + word[at + 1] + word[at] + word[at + 2 :],
        word[:at] + chance.choice("aeiorsnlt") + word[at + 1 :],
    )[chance.randrange(4)]
