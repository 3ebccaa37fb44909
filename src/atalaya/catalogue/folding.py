"""Text reduced to what matters when words are compared: no accents, no case, no punctuation, one space between words."""

import unicodedata

_STROKES = str.maketrans(
    {"ł": "l", "đ": "d", "ø": "o", "ħ": "h", "ŧ": "t", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th", "ı": "i"}
)
"""Letters that Unicode does not take apart into a letter and a mark."""

_VOICED = frozenset("\u3099\u309a")
"""Marks that make another letter, as in Japanese (か, が); every other combining mark is an accent."""


def fold(text: str) -> str:
    """Lower case, letters without accents, every run of punctuation one space, full-width forms made plain.

    >>> fold("  Ministério da FAZENDA/Creative Commons 4.0 ")
    'ministerio da fazenda creative commons 4 0'
    """
    apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text.casefold()).casefold())
    bare = "".join(c for c in apart if c in _VOICED or not unicodedata.combining(c)).translate(_STROKES)
    return " ".join("".join(c if _is_letter(c) else " " for c in unicodedata.normalize("NFC", bare)).split())


def _is_letter(character: str) -> bool:
    """Letters, digits, and the vowel signs that some scripts write as marks."""
    return character.isalnum() or unicodedata.category(character).startswith("M")
