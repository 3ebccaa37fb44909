"""Text reduced to what matters when words are compared: no accents, no case, no punctuation, one space between words."""

import re
import unicodedata

_STROKES = {"ł": "l", "đ": "d", "ø": "o", "ħ": "h", "ŧ": "t", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th", "ı": "i"}
"""Letters that Unicode does not take apart into a letter and a mark."""

_VOICED = frozenset("\u3099\u309a")
"""Marks that make another letter, as in Japanese (か, が); every other combining mark is an accent."""


class _Letters(dict[int, str]):
    """Code point → what it folds to, found once for each character that occurs."""

    def __missing__(self, point: int) -> str:
        apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", chr(point).casefold()).casefold())
        bare = (_STROKES.get(c, c) for c in apart if c in _VOICED or not unicodedata.combining(c))
        self[point] = "".join(c if _is_letter(c) else " " for c in unicodedata.normalize("NFC", "".join(bare)))
        return self[point]


_LETTERS = _Letters()
_OTHERS = re.compile("[^\x00-\x7f]+")


def _folded(found: re.Match[str]) -> str:
    return found[0].translate(_LETTERS)


def fold(text: str) -> str:
    """Lower case, letters without accents, every run of punctuation one space, full-width forms made plain.

    >>> fold("  Ministério da FAZENDA/Creative Commons 4.0 ")
    'ministerio da fazenda creative commons 4 0'
    """
    if not text.isascii():
        # Only among ASCII does Python translate fast: the other letters, few in most languages here, go first.
        plain = _OTHERS.sub(_folded, text)
        text = plain if plain.isascii() else text
    folded = " ".join(text.translate(_LETTERS).split())
    return folded if folded.isascii() else unicodedata.normalize("NFC", folded)


def _is_letter(character: str) -> bool:
    """Letters, digits, and the vowel signs that some scripts write as marks."""
    return character.isalnum() or unicodedata.category(character).startswith("M")
