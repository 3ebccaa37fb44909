"""The name of a column taken apart: its words, and the phrases in it with how much of the name each of them is."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from atalaya.catalogue.folding import fold
from atalaya.inspection.kinds import words as word_list

WHOLE, HEAD, PART = 3, 2, 1
"""How much of a name a phrase is: all of it but numbers and articles; the noun that it is about; some of its words."""

_HUMP = re.compile(r"(?<=[a-záéíóúñ])(?=[A-ZÁÉÍÓÚÑ])|(?<=[A-Z])(?=[A-Z][a-z])|(?<=[A-Za-z])(?=\d)|(?<=\d)(?=[A-Za-z])")
"""Between the words of `datasetContactPoint` and `address2`."""
_CONNECTORS = word_list(
    "de del da do dos das du des d of for per por para en in a al con with by from desde hasta segun as at y and e"
)
"""Words after which a name says more about the noun before them, in Spanish, Portuguese, French and English."""
_ARTICLES = word_list("el la los las the o os le les un una an su sus")
_LONGEST = 4
"""Words of the longest phrase that is looked for."""
_MOST_WORDS = 24
"""Words of a name that are looked at; longer ones are sentences."""
_BRACKETS = re.compile(r"[(\[{][^)\]}]*[)\]}]?")


@dataclass(frozen=True, slots=True)
class Name:
    """A name as published, its folded words, and each phrase of up to four of them → `WHOLE`, `HEAD` or `PART`.

    `bare` are the words without numbers and articles.
    """

    raw: str
    words: tuple[str, ...]
    bare: tuple[str, ...]
    phrases: Mapping[str, int]
    said: dict[int, int] = field(default_factory=dict, compare=False)
    """Answers of `says`, by identity of the list asked for; lists are constants of modules."""

    def says(self, phrases: frozenset[str]) -> int:
        """The most that any of these phrases is of the name; 0 where none is in it.

        >>> read_name("Código de municipio").says(frozenset({"codigo"})), read_name("Country code").says(frozenset({"code"}))
        (2, 2)
        """
        known = self.said.get(id(phrases))
        if known is None:
            found = self.phrases.keys() & phrases
            known = max((self.phrases[phrase] for phrase in found), default=0)
            self.said[id(phrases)] = known
        return known

    def is_question(self) -> bool:
        """Whether the name asks something that yes and no answer."""
        return "?" in self.raw or self.says(_ASKING_PHRASES) > 0 or (bool(self.words) and self.words[0] in _ASKING)


_ASKING = word_list(
    "is has es tiene tem esta posee cuenta existe usa requiere can does did was are have hay allow allows"
)
_ASKING_PHRASES = frozenset({"flag", "indicador si no", "si no", "yes no", "s n", "y n"})


def phrases(text: str) -> frozenset[str]:
    """A list of phrases, written with commas between them, as they are looked for in names."""
    return frozenset(fold(each) for each in text.split(",") if each.strip())


@lru_cache(maxsize=32_768)
def read_name(raw: str) -> Name:
    """Take a name apart.

    >>> read_name("dataset_contactPoint.hasEmail").words
    ('dataset', 'contact', 'point', 'has', 'email')
    """
    words = tuple(fold(_HUMP.sub(" ", raw)).split())[:_MOST_WORDS]
    outside = _BRACKETS.sub(" ", raw)
    told = tuple(fold(_HUMP.sub(" ", outside)).split())[:_MOST_WORDS] or words
    bare = tuple(word for word in told if not word.isdigit() and word not in _ARTICLES)
    found = dict.fromkeys(_grams(words), PART)
    joined = fold(raw)
    if joined and " " not in joined:
        found.setdefault(joined, PART)
    segment = _segment(bare)
    for length in range(1, min(_LONGEST, len(segment)) + 1):
        for gram in (segment[:length], segment[-length:]):
            found[" ".join(gram)] = HEAD
    for whole in {" ".join(bare), " ".join(told), " ".join(words), joined}:
        if whole:
            found[whole] = WHOLE
    return Name(raw, words, bare, found)


def _segment(words: tuple[str, ...]) -> tuple[str, ...]:
    """The words before the first connector: what the name is about."""
    end = next((place for place, word in enumerate(words) if word in _CONNECTORS and place), len(words))
    return words[:end]


def _grams(words: tuple[str, ...]) -> list[str]:
    return [
        " ".join(words[start : start + length])
        for length in range(1, min(_LONGEST, len(words)) + 1)
        for start in range(len(words) - length + 1)
    ]
