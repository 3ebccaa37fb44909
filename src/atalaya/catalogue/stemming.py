"""Words without their endings, so that what is one word to people is one to a comparison: *contratación*, *contrataciones*."""

import threading
from functools import lru_cache

import snowballstemmer

ALGORITHMS = {"es": "spanish", "en": "english"}
"""The algorithm of each language that texts may be written in."""

_ONE_AT_A_TIME = threading.Lock()
"""A stemmer holds the word that it works on: two threads in it at once would spoil each other's."""


@lru_cache(maxsize=8)
def _stemmer(algorithm: str) -> "snowballstemmer.SpanishStemmer":
    return snowballstemmer.stemmer(algorithm)


@lru_cache(maxsize=50_000)
def stem(word: str, language: str) -> str:
    """A folded word without its ending; a language without an algorithm is taken for Spanish.

    >>> stem("contratacion", "es") == stem("contrataciones", "es")
    True
    """
    with _ONE_AT_A_TIME:
        return str(_stemmer(ALGORITHMS.get(language, "spanish")).stemWord(word))
