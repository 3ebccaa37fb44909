"""The rows of the sample files: real codes, names and census populations, and invented amounts derived from them."""

import random
from dataclasses import dataclass

from atalaya.samples.facts import Place, Topic, places

Cell = str | int | float
MONTHS = 12


@dataclass(frozen=True, slots=True)
class Rows:
    """A table: column names and rows of text, whole numbers and decimals."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def build(topic: Topic, divisions: tuple[str, ...], year: int, key: str, revision: int) -> Rows:
    """The table of a topic over some divisions; the same key gives the same amounts, a later revision corrects some.

    A revision above 1 changes the amounts of every fifth row, as a publisher's correction does.
    """
    amounts = random.Random(f"{key}/{topic.id}/{year}")  # noqa: S311 - sample figures, no secret
    known = places()
    chosen = [known[code] for code in divisions]
    if topic.shape == "monthly":
        return _monthly(topic, chosen, year, amounts, revision)
    rows: list[tuple[Cell, ...]] = []
    for number, place in enumerate(chosen):
        values = [_amount(place, rate, amounts) for rate in topic.measures.values()]
        rows.append((place.code, place.name, year, place.population, *_revised(values, number, revision)))
    return Rows(("codigo", "nombre", "anio", "poblacion_censo_2018", *topic.measures), tuple(rows))


def _monthly(topic: Topic, chosen: list[Place], year: int, amounts: random.Random, revision: int) -> Rows:
    rows: list[tuple[Cell, ...]] = []
    for place in chosen:
        for month in range(1, MONTHS + 1):
            values = [_amount(place, rate, amounts) for rate in topic.measures.values()]
            rows.append((place.code, place.name, f"{year}-{month:02}", *_revised(values, len(rows), revision)))
    return Rows(("codigo", "nombre", "mes", *topic.measures), tuple(rows))


def _amount(place: Place, per_thousand: float, amounts: random.Random) -> int:
    return max(0, round(place.population * per_thousand / 1000 * (0.8 + 0.4 * amounts.random())))


def _revised(values: list[int], number: int, revision: int) -> list[int]:
    if revision == 1 or number % 5:
        return values
    return [value + 10 * (revision - 1) + number for value in values]
