"""Texts made comparable: without accents, case or punctuation, as words in a row."""

import unicodedata
from collections.abc import Collection

_STROKES = str.maketrans(
    {"ł": "l", "đ": "d", "ø": "o", "ħ": "h", "ŧ": "t", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th", "ı": "i"}
)
"""Letters that Unicode does not take apart into a letter and a mark."""


def fold(text: str) -> str:
    """Lower case, no accents, one space between words.

    >>> fold("  Ministério da FAZENDA (MF) ")
    'ministerio da fazenda mf'
    """
    apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text.casefold()).casefold())
    bare = "".join(c for c in apart if not unicodedata.combining(c)).translate(_STROKES)
    return " ".join("".join(c if _is_letter(c) else " " for c in bare).split())


def words(text: str, stop_words: Collection[str] = ()) -> tuple[str, ...]:
    """The folded words that tell something; all of them where every one is a stop word.

    >>> words("Ministério da Fazenda", ("da",))
    ('ministerio', 'fazenda')
    """
    every = tuple(fold(text).split())
    return tuple(word for word in every if word not in stop_words) or every


def acronym_of(text: str) -> str:
    """An acronym without dots and spaces, in capitals without accents.

    >>> acronym_of("M. F. ")
    'MF'
    """
    return fold(text).replace(" ", "").upper()


def _is_letter(character: str) -> bool:
    """Letters, digits, and the vowel signs that some scripts write as marks."""
    return character.isalnum() or unicodedata.category(character).startswith("M")
