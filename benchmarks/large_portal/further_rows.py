"""The tables of the large country that stand behind the pages about figures, days and losses."""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from psycopg.types.json import Jsonb

from atalaya.indices.language.reading import read_shipped_index
from atalaya.publish.read_model import international_rows, translation_rows
from atalaya.publish.read_model.calendar_rows import divisions
from atalaya.publish.read_model.score_rows import shown_nodes
from atalaya.publish.read_model.values import Values
from benchmarks.large_portal.rows import METHODOLOGY, Country
from benchmarks.large_portal.words import title

TODAY = date(2026, 11, 20)


def further_contents(country: Country) -> Iterator[tuple[str, Iterator[Values]]]:
    """Each table with its rows."""
    yield "measure", _measures(country)
    yield "mendable", _mendable(country)
    yield "explained", _explained(country)
    yield "likely", _likely(country)
    yield "due", _due(country)
    yield "bound", _bound(country)
    yield "expected", _expected(country)
    yield "division", divisions(country.pack)
    yield "seat", _seats(country)
    yield "vanished", _vanished(country)
    yield "international", international_rows.indices(country.pack)
    yield "international_value", international_rows.values(country.pack)
    yield "language", translation_rows.languages(country.pack)
    yield "translation", translation_rows.translations(country.pack)


def _measures(country: Country) -> Iterator[Values]:
    chance, cited = Random(21), sorted(read_shipped_index(METHODOLOGY).measures)
    for each in country.institutions:
        for measure in cited:
            value = round(chance.random(), 6)
            yield each["id"], measure, value, value, value, 40, 60, 0, 3, ""


def _mendable(country: Country) -> Iterator[Values]:
    chance, cited = Random(22), sorted(read_shipped_index(METHODOLOGY).measures)
    for each in country.institutions:
        for measure in chance.sample(cited, min(9, len(cited))):
            best = {
                "value": 1.0,
                "low": 1.0,
                "high": 1.0,
                "passed": 60,
                "applied": 60,
                "unknown": 0,
                "not_applicable": 3,
            }
            yield each["id"], measure, measure.partition("@")[0], 20, 1.5, 0.1, Jsonb({**best, "reason": None})


def _explained(country: Country) -> Iterator[Values]:
    chance, nodes = Random(23), shown_nodes(read_shipped_index(METHODOLOGY))
    for each in country.institutions:
        for node in nodes:
            value = round(chance.uniform(5, 95), 6)
            yield (
                each["id"],
                node.name,
                node.place,
                "value",
                value,
                value - 1,
                value + 1,
                0.1,
                value / 10,
                1.0,
                value,
                50.0,
            )


def _likely(country: Country) -> Iterator[Values]:
    for place, each in enumerate(country.institutions, start=1):
        yield each["id"], 1000, 1, float(place), float(max(1, place - 3)), float(place + 3), 0.0


def _due(country: Country) -> Iterator[Values]:
    for duty in country.pack.duties:
        for month in range(12):
            yield duty.id, f"2026-{month + 1:02d}", TODAY + timedelta(days=30 * month)


def _bound(country: Country) -> Iterator[Values]:
    for each in country.institutions:
        for number, duty in enumerate(country.pack.duties):
            yield each["id"], duty.id, number % 5 != 0


def _expected(country: Country) -> Iterator[Values]:
    chance = Random(24)
    for number, identifier in enumerate(country.dataset_ids):
        if number % 3 == 0:
            last = TODAY - timedelta(days=chance.randrange(400))
            owner = country.institutions[country.owners[number]]["id"]
            yield identifier, owner, title(chance), last + timedelta(days=chance.choice((31, 92, 365))), last, "monthly"


def _seats(country: Country) -> Iterator[Values]:
    places = [each.code for each in country.pack.divisions if each.level == 2]
    bodies = [each for each in country.institutions if each["group"] == "municipal"]
    for body, place in zip(bodies, places, strict=False):
        yield body["id"], place


def _vanished(country: Country) -> Iterator[Values]:
    chance = Random(25)
    for number in range(country.size.datasets // 10):
        name, last = title(chance), TODAY - timedelta(days=chance.randrange(30, 700))
        owner = country.institutions[country.owners[number]]["id"]
        yield (
            *(f"v{number:025d}", "dataset", "vanished", name, f"v{number:025d}", name, True, owner, "xl:source-0"),
            *(f"https://datos0.example/{number}", last, last + timedelta(days=30), None, "gone", Jsonb({}), None),
            *(None,) * 6,
        )
