"""Tokens of letters that are no words: what cannot be said aloud, and single letters or pairs."""

import re

from atalaya.inspection.semantic.column import Seen

_RUN = re.compile(r"[b-df-hj-np-tv-xzñç]{5}")
"""More consonants in a row than words of Spanish, English, Portuguese or French have."""
_VOWELS = re.compile(r"[aeiouyáéíóúàèìòùâêîôûãõäëïöü]")
_SIGNS = re.compile(r"[()\[\]\-_/.+]")
LONGEST = 8
"""Letters of a mark."""
_PAIR = 2


def is_mark(text: str) -> bool:
    """Whether a token of letters is no word.

    >>> [is_mark(text) for text in ("(g)mS", "HHW", "bp", "urbano", "Activo", "IDNRRB")]
    [True, True, True, False, False, True]
    """
    bare = _SIGNS.sub("", text).lower()
    if not bare.isalpha() or len(bare) > LONGEST:
        return False
    return len(bare) <= _PAIR or _VOWELS.search(bare) is None or _RUN.search(bare) is not None


def are_marks(column: Seen) -> float:
    """The share of the values that are tokens of letters and no words."""
    return 0.0 if column.lengths > LONGEST else column.fitting(is_mark)
