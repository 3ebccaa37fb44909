"""Texts as people and programs write them, made readable: broken encodings, abbreviations, one wrong letter."""

import html
import itertools
import math
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from atalaya.catalogue.folding import fold
from atalaya.countries.remembering import remembered

SHORTEST_CORRECTED = 6
"""Letters of a word that may have one wrong: among shorter ones a letter makes another word."""
SHORTEST_TWICE = 9
"""Letters of a word that may have two wrong, where it begins with the right one."""
SHORTEST_ACRONYM = 8
"""Letters of an acronym that may have two wrong; so long ones are words to those who write them."""

_RUN = re.compile(r"[^\x00-\x7f]+")
_BROKEN = ("Ã", "Â", "â€", "Å")
"""What UTF-8 looks like when it is read as Windows-1252."""


def mended(text: str) -> str:
    """The text without HTML entities, and with letters in place of UTF-8 that was read as Windows-1252.

    Signs that stand for a lost letter are left out: what remains is one letter away from the word.

    >>> mended("Ministerio de EducaciÃ³n"), mended("Educaci&oacute;n"), mended("Año")
    ('Ministerio de Educación', 'Educación', 'Año')
    """
    plain = html.unescape(text).replace("\ufffd", "")
    return _RUN.sub(_decoded, plain) if any(sign in plain for sign in _BROKEN) else plain


def _decoded(run: re.Match[str]) -> str:
    """A run of letters outside ASCII, decoded where its bytes are UTF-8: a text may be broken in part."""
    try:
        return b"".join(_byte(letter) for letter in run[0]).decode("utf-8")
    except UnicodeError:
        return run[0]


def _byte(letter: str) -> bytes:
    """The byte that a letter was, in Windows-1252; the five that it leaves undefined stand for themselves."""
    try:
        return letter.encode("cp1252")
    except UnicodeEncodeError:
        return letter.encode("latin-1")


@dataclass(frozen=True, slots=True, eq=False)
class Spelling:
    """What a pack says of its words: phrases and what they stand for, and the words that its names are made of."""

    phrases: Mapping[tuple[str, ...], tuple[str, ...]]
    longest: int
    vocabulary: frozenset[str]
    known: frozenset[str]
    shapes: Mapping[str, frozenset[str]]
    initials: Mapping[str, frozenset[str]]
    found: dict[str, tuple[str, ...]] = field(default_factory=dict, repr=False)


def build_spelling(phrases: Mapping[str, str], names: Iterable[str], known: Iterable[str]) -> Spelling:
    """Make a spelling of phrases (as written → what they stand for), the names, and further words that are known."""
    folded = {tuple(fold(short).split()): tuple(fold(whole).split()) for short, whole in phrases.items()}
    vocabulary = frozenset(word for name in names for word in fold(name).split() if word.isalpha())
    further = frozenset(word for text in (*known, *phrases) for word in fold(text).split() if word.isalpha())
    shapes: defaultdict[str, set[str]] = defaultdict(set)
    initials: defaultdict[str, set[str]] = defaultdict(set)
    for word in vocabulary | further:
        if len(word) >= SHORTEST_CORRECTED:
            initials[word[0]].add(word)
            for shape in _shapes(word):
                shapes[shape].add(word)
    return Spelling(
        phrases=folded,
        longest=max((len(short) for short in folded), default=0),
        vocabulary=vocabulary,
        known=vocabulary | further,
        shapes={shape: frozenset(words) for shape, words in shapes.items()},
        initials={letter: frozenset(words) for letter, words in initials.items()},
    )


def spelled_out(text: str, spelling: Spelling) -> str:
    """The folded text with every phrase of the pack replaced, the longest first, and once more where that makes another."""
    return " ".join(_replaced(_replaced(fold(text).split(), spelling), spelling))


def _replaced(words: list[str], spelling: Spelling) -> list[str]:
    said: list[str] = []
    place = 0
    while place < len(words):
        for length in range(min(spelling.longest, len(words) - place), 0, -1):
            whole = spelling.phrases.get(tuple(words[place : place + length]))
            if whole is not None:
                said += whole
                place += length
                break
        else:
            said.append(words[place])
            place += 1
    return said


VARIANTS_LIMIT = 6
"""Readings of a misspelled text that are tried."""


def corrected(text: str, spelling: Spelling) -> tuple[str, ...]:
    """Readings of the folded text, each unknown word replaced by a known one a letter away (two for long words).

    Empty where no word is unknown, or where it could be read in too many ways.
    """
    words = fold(text).split()
    choices = [_corrected(word, spelling) for word in words]
    if math.prod(map(len, choices)) > VARIANTS_LIMIT:
        return ()
    readings = (" ".join(chosen) for chosen in itertools.product(*choices))
    return tuple(reading for reading in readings if reading != " ".join(words))


def _corrected(word: str, spelling: Spelling) -> tuple[str, ...]:
    """The words that a word may stand for: itself where it is known or like no other."""
    return remembered(spelling.found, word, lambda: _correct(word, spelling))


def _correct(word: str, spelling: Spelling) -> tuple[str, ...]:
    if word in spelling.known or len(word) < SHORTEST_CORRECTED - 1 or not word.isalpha():
        return (word,)
    near = {known for shape in _shapes(word) for known in spelling.shapes.get(shape, ()) if within(word, known, 1)}
    if not near and len(word) >= SHORTEST_TWICE:
        near = {known for known in spelling.initials.get(word[0], ()) if within(word, known, 2)}
    return tuple(sorted(near)) or (word,)


def _shapes(word: str) -> set[str]:
    """The word and the word without each of its letters: two words one edit apart share one of these."""
    return {word, *(word[:place] + word[place + 1 :] for place in range(len(word)))}


def within(one: str, other: str, edits: int) -> bool:
    """Whether two words are at most so many letters apart: put in, left out, changed, or two neighbours swapped.

    >>> within("estaditica", "estadistica", 1), within("mineria", "mineira", 1), within("paz", "pan", 0)
    (True, True, False)
    """
    if abs(len(one) - len(other)) > edits:
        return False
    before: list[int] = []
    row = list(range(len(other) + 1))
    for place, letter in enumerate(one, start=1):
        now = [place]
        for column, wanted in enumerate(other, start=1):
            best = min(row[column] + 1, now[column - 1] + 1, row[column - 1] + (letter != wanted))
            if place > 1 and column > 1 and letter == other[column - 2] and one[place - 2] == wanted:
                best = min(best, before[column - 2] + 1)
            now.append(best)
        before, row = row, now
    return row[-1] <= edits
