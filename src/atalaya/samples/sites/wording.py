"""The words of the sample sites: labels of duties, and how sites cite, abbreviate, shout and mistype them."""

import random
import unicodedata
from functools import cache
from importlib import resources
from typing import Any

from atalaya.duties.periods import Period
from atalaya.yamls import load_yaml

_SHORTEST = 7
"""Letters of the shortest word in which two letters are mistaken for each other: people would still read it."""


@cache
def site_texts() -> dict[str, Any]:
    """The texts that no duty is about."""
    loaded: dict[str, Any] = _read("texts.yml")
    return loaded


@cache
def duty_words() -> dict[str, dict[str, Any]]:
    """Article and numeral → names, a sentence about it and the columns of its table."""
    loaded: dict[str, dict[str, Any]] = _read("words.yml")
    return loaded


def _read(name: str) -> Any:
    file = resources.files("atalaya").joinpath("data", "samples", "sites", name)
    return load_yaml(file.read_text(encoding="utf-8"))


def cited(name: str, citing: str, article: str, numeral: str) -> str:
    """A label as a site of that habit writes it: with its article, its numeral, both or none."""
    texts = site_texts()
    shape: str = texts["citations"][citing]
    return shape.format(name=name, article=article, numeral=numeral, law=texts["law_short"])


def unaccented(text: str) -> str:
    """The text without accents; the tilde of the ñ goes too, as on old keyboards."""
    return "".join(mark for mark in unicodedata.normalize("NFD", text) if not unicodedata.combining(mark))


def abbreviated(text: str) -> str:
    """Long words as officials shorten them."""
    short: dict[str, str] = site_texts()["abbreviations"]
    return " ".join(short.get(word, word) for word in text.split(" "))


def mistyped(text: str, rng: random.Random) -> str:
    """Two letters of one long word the wrong way round; a text of short words stays."""
    words = text.split(" ")
    long = [place for place, word in enumerate(words) if len(word) >= _SHORTEST and word.isalpha()]
    if not long:
        return text
    place = rng.choice(long)
    word, at = words[place], rng.randrange(2, len(words[place]) - 3)
    words[place] = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    return " ".join(words)


def spelled(period: Period, way: str) -> str:
    """A period as a site writes it: `words`, `of`, `short`, `digits`, `iso`, or `month` where the year stands above it."""
    year, number = period.first.year, period.first.month
    months = 12 * (period.last.year - year) + period.last.month - number + 1
    texts = site_texts()
    if months >= 12:
        return str(year) if months == 12 else f"{year}-{period.last.year}"
    if months > 1:
        shape = texts["half"] if months == 6 else texts["quarter"]
        text: str = shape.format(ordinal=texts["ordinals"][(number - 1) // months], year=year)
        return text[0].upper() + text[1:]
    name, short = str(texts["months"][number - 1]), str(texts["months_short"][number - 1])
    ways = {
        "words": f"{name.title()} {year}",
        "of": f"{name.title()} de {year}",
        "short": f"{short.title()}-{year % 100}",
        "digits": f"{number:02d}-{year}",
        "iso": f"{year}-{number:02d}",
        "month": name.title(),
    }
    return ways[way]
