"""Words as the search compares them: folded, without articles, and stemmed, so that *contratación* finds *contrataciones*."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache

import snowballstemmer

STEMMERS = {"es": "spanish", "en": "english"}
"""The algorithm of each language that texts may be written in."""

LONGEST = 40
"""Characters of a word that are compared; longer ones are addresses and codes."""

_WORD = re.compile(r"[^\W_]+", re.UNICODE)


@lru_cache(maxsize=8)
def _stemmer(language: str) -> "snowballstemmer.SpanishStemmer":
    return snowballstemmer.stemmer(STEMMERS.get(language, "spanish"))


@lru_cache(maxsize=50_000)
def stem(word: str, language: str) -> str:
    """One word as it is compared: lower case, without marks above letters, without its ending."""
    folded = "".join(c for c in unicodedata.normalize("NFKD", word.casefold()) if not unicodedata.combining(c))
    return str(_stemmer(language).stemWord(folded))[:LONGEST]


def stems(text: str, language: str = "es") -> list[str]:
    """The words of a text as they are compared, in their order.

    >>> stems("Contrataciones públicas") == stems("contratación pública")
    True
    """
    return [stem(word, language) for word in _WORD.findall(text)]


def vector(parts: Iterable[tuple[str, str]], language: str = "es") -> str:
    """A `tsvector` as PostgreSQL reads it, of texts with their weights (`A` counts most).

    >>> vector([("Presupuesto anual", "A"), ("presupuesto", "B")])
    "'anual':2A 'presupuest':1A,3B"
    """
    places: defaultdict[str, list[str]] = defaultdict(list)
    place = 0
    for text, weight in parts:
        for word in stems(text, language):
            place = min(place + 1, 16_383)
            if len(places[word]) < 200:
                places[word].append(f"{place}{weight}")
    return " ".join(f"'{word}':{','.join(marks)}" for word, marks in sorted(places.items()))
