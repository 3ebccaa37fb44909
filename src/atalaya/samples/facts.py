"""The facts and texts that the sample country is written from, read from `data/samples`."""

import csv
import io
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from atalaya.yamls import load_yaml


@dataclass(frozen=True, slots=True)
class Place:
    """A territorial division of the census with its counted population; level 1 is a department, 2 a municipality."""

    code: str
    level: int
    parent: str
    name: str
    names: str
    population: int


@dataclass(frozen=True, slots=True)
class Topic:
    """What a dataset is about; `measures` maps a column to its amount for a thousand people."""

    id: str
    sector: str
    shape: str
    title: str
    subject: str
    keywords: tuple[str, ...]
    theme: str
    measures: dict[str, float]


def _text(name: str) -> str:
    return resources.files("atalaya").joinpath("data", "samples", name).read_text(encoding="utf-8")


@cache
def places() -> dict[str, Place]:
    """Every division by code, in the order of the census."""
    rows = csv.DictReader(io.StringIO(_text("divisions.csv")))
    found = (
        Place(row["code"], int(row["level"]), row["parent"], row["name"], row["names"], int(row["population"]))
        for row in rows
    )
    return {place.code: place for place in found}


@cache
def topics() -> dict[str, Topic]:
    """Every topic by id, in the order of the file."""
    found = (
        Topic(
            row["id"],
            row["sector"],
            row["shape"],
            row["title"],
            row["subject"],
            tuple(row["keywords"]),
            row["theme"],
            dict(row["measures"]),
        )
        for row in load_yaml(_text("topics.yml"))
    )
    return {topic.id: topic for topic in found}


@cache
def institutions() -> tuple[dict[str, str], ...]:
    """The invented institutions as written in the data."""
    return tuple(load_yaml(_text("institutions.yml")))


def shipped(name: str) -> bytes:
    """A file of the sample country as it is."""
    return _text(name).encode()


@cache
def texts() -> dict[str, Any]:
    """The texts of the sample country."""
    loaded: dict[str, Any] = load_yaml(_text("texts.yml"))
    return loaded


@cache
def divisions_csv() -> str:
    """The divisions as a pack writes them."""
    return _text("divisions.csv")


@cache
def watched_topics() -> dict[str, str]:
    """The thematic observatories of the sample country: name of the file → its text."""
    folder = resources.files("atalaya").joinpath("data", "samples", "watched")
    return {
        each.name: each.read_text(encoding="utf-8") for each in sorted(folder.iterdir(), key=lambda each: each.name)
    }
