"""Words as the search compares them: folded, without articles, and stemmed, so that *contratación* finds *contrataciones*."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache

from atalaya.catalogue import stemming

LONGEST = 40
"""Characters of a word that are compared; longer ones are addresses and codes."""

GAP = 9
"""Places between one text and the next."""

_WORD = re.compile(r"[^\W_]+", re.UNICODE)


@lru_cache(maxsize=50_000)
def fold(word: str) -> str:
    """A word in small letters, without marks above letters."""
    return "".join(c for c in unicodedata.normalize("NFKD", word.casefold()) if not unicodedata.combining(c))


def words_of(text: str) -> list[str]:
    """The words of a text, folded, in their order.

    >>> words_of("Niñez (0–5 años)")
    ['ninez', '0', '5', 'anos']
    """
    return [fold(word) for word in _WORD.findall(text)]


@lru_cache(maxsize=50_000)
def stem(word: str, language: str) -> str:
    """One word as it is compared: lower case, without marks above letters, without its ending."""
    return stemming.stem(fold(word), language)[:LONGEST]


@lru_cache(maxsize=100_000)
def forms(word: str) -> frozenset[str]:
    """A word as it is compared where its language is not known: as each language has it, and as Spanish has what Spanish makes
    of it, because the plural of some words keeps the ending that the singular loses.

    >>> sorted(forms("celulares") & forms("celular"))
    ['celul', 'celular']
    """
    spanish = stem(word, "es")
    return frozenset({spanish, stem(spanish, "es"), stem(word, "en")})


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


def vector_of(parts: Iterable[tuple[str, str]]) -> str:
    """A `tsvector` of texts that may be of either language: each word stands as both compare it, and no phrase reaches from one
    text into the next.

    >>> vector_of([("Salud", "A"), ("Health", "B")])
    "'health':11B 'salud':1A"
    """
    places: defaultdict[str, list[str]] = defaultdict(list)
    place = 0
    for text, weight in parts:
        for word in _WORD.findall(text):
            place = min(place + 1, 16_383)
            for form in forms(word):
                if len(places[form]) < 50:
                    places[form].append(f"{place}{weight}")
        place = min(place + GAP, 16_383)
    return " ".join(f"'{word}':{','.join(marks)}" for word, marks in sorted(places.items()))
