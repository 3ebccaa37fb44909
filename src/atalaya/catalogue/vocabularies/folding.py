"""Text reduced to what matters when words are compared: no accents, no case, no punctuation, plain digits."""

import re
import unicodedata

_SEPARATORS = re.compile(r"[\W_]+")
# In scripts such as Japanese a mark above a letter makes another letter (か, が); only Latin letters lose theirs.
_LATIN_WITH_MARKS = re.compile("([a-zA-Z])[\u0300-\u036f]+")


def fold(text: str) -> str:
    """Lower case, Latin letters without marks, every run of punctuation one space, full-width forms made plain.

    >>> fold("Creative Commons  Atribución/CompartirIgual 4.0")
    'creative commons atribucion compartirigual 4 0'
    """
    decomposed = unicodedata.normalize("NFKD", text)
    plain = unicodedata.normalize("NFC", _LATIN_WITH_MARKS.sub(r"\1", decomposed)).casefold()
    return _SEPARATORS.sub(" ", plain).strip()
