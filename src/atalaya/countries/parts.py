"""A text as its parts: `Sub-unit, Body`, `BODY - Sub-unit`, `Sub-unit del BODY`. Which part names a body is told by the caller.

A part that names no body must not speak against the one that does: it may not name another country, an international
organisation, or begin with the word of another kind of body (a union, a foundation, a company).
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass

from atalaya.catalogue.folding import fold

_SIGNS = re.compile(r"[()\[\]/|;,:–—\n]|\s-|-\s|(?<=[A-ZÁÉÍÓÚÑ]{2})-(?=[A-ZÁÉÍÓÚÑ]{2})|(?<=\.)\s(?=[A-ZÁÉÍÓÚÑ])")
_JOINTS = frozenset({"de", "del", "da", "do", "of", "du"})
_AND = frozenset({"y", "e", "and", "et"})
_NO_BEGINNING = _JOINTS | _AND | {"la", "el", "los", "las", "a", "en", "the"}
PARTS_LIMIT = 8
"""Parts of one text that are tried; a text with more is no name."""

Named = Callable[[str], frozenset[str]]
"""The bodies that a part names."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a text: its words, and which parts it covers."""

    text: str
    first: int
    last: int


def split(text: str) -> list[tuple[int, int]]:
    """The parts of a text between its signs, as (start, end), blank ones left out.

    >>> [("Unidad, BODY (x)")[a:b].strip() for a, b in split("Unidad, BODY (x)")]
    ['Unidad', 'BODY', 'x']
    """
    places, start = [], 0
    for sign in _SIGNS.finditer(text):
        places.append((start, sign.start()))
        start = sign.end()
    places.append((start, len(text)))
    return [(first, last) for first, last in places if fold(text[first:last])]


def stretches(text: str) -> Iterator[Piece]:
    """Every stretch of neighbouring parts but the whole text, the longest first: names may hold commas themselves."""
    parts = split(text)
    if not 1 < len(parts) <= PARTS_LIMIT:
        return
    for length in range(len(parts) - 1, 0, -1):
        for first in range(len(parts) - length + 1):
            last = first + length - 1
            yield Piece(text[parts[first][0] : parts[last][1]].strip(" .-"), first, last)


def named_pieces(text: str, named: Named) -> tuple[list[tuple[Piece, frozenset[str]]], list[str]]:
    """The stretches that name bodies, longest first and without overlap, and the parts that are left."""
    found: list[tuple[Piece, frozenset[str]]] = []
    taken: set[int] = set()
    for piece in stretches(text):
        covers = set(range(piece.first, piece.last + 1))
        if taken.isdisjoint(covers) and (owners := named(piece.text)):
            found.append((piece, owners))
            taken |= covers
    left = [text[a:b].strip(" .-") for place, (a, b) in enumerate(split(text)) if place not in taken]
    return found, left


def followers(text: str, pieces: Iterable[Piece]) -> Iterator[tuple[Piece, str]]:
    """The parts that follow these stretches after a comma and that none of them covers, each with the stretch before it.

    >>> [part for _, part in followers("Body, Science and Arts (x), y", [Piece("Body", 0, 0)])]
    ['Science and Arts']
    """
    places = split(text)
    held = tuple(pieces)
    taken = {part for piece in held for part in range(piece.first, piece.last + 1)}
    for piece in held:
        after = piece.last + 1
        if after < len(places) and after not in taken and text[places[piece.last][1] : places[after][0]].strip() == ",":
            yield piece, text[places[after][0] : places[after][1]].strip(" .-")


def begins_unit(text: str, unit_words: Collection[str]) -> bool:
    """Whether a text begins as the name of a unit does; a word of an enumeration does not, such as *Planning and Works*.

    >>> begins_unit("Planning of Works", {"planning"}), begins_unit("Planning and Works", {"planning"})
    (True, False)
    """
    told = fold(text).split()
    return bool(told) and told[0] in unit_words and not (len(told) > 1 and told[1] in _AND)


def is_slug(text: str) -> bool:
    """Whether a text is a name as addresses have it: hyphens and no spaces.

    >>> is_slug("unidad-de-informatica-sat"), is_slug("Se-Conred"), is_slug("sat")
    (True, True, False)
    """
    plain = text.strip(" .,:;-_")
    return not any(letter.isspace() for letter in plain) and any(sign in plain for sign in "-_")


def tails(text: str, unit_words: Collection[str]) -> Iterator[str]:
    """What may follow the name of a unit in a text that begins as one does, the longest first: `Unidad de … del MSPAS`.

    One word alone counts only in capitals or after *of*: it is an acronym then.

    >>> list(tails("Unidad de Acceso del MSPAS", {"unidad"}))
    ['Acceso del MSPAS', 'MSPAS']
    """
    words = text.split()
    if not words or not (fold(words[0]) in unit_words or _is_acronym(words[0])):
        return
    for place in range(1, len(words)):
        if fold(words[place]) in _NO_BEGINNING:
            continue
        if place + 1 < len(words) or words[place] == words[place].upper() or fold(words[place - 1]) in _JOINTS:
            yield " ".join(words[place:])


def _is_acronym(word: str) -> bool:
    """Whether a word is the acronym of a unit: three to six capitals."""
    return 3 <= len(word) <= 6 and word.isalpha() and word == word.upper()


_RUNS = re.compile(r"[\s_-]+")
_LONGEST_RUN = 8
_MOST_RUNS = 3


def capital_runs(text: str) -> tuple[str, ...]:
    """The acronyms that a text consists of, two or three: `BODY-UNIT`, `BODY_UNIT`, `BODY UNIT`; none where it has other words.

    >>> capital_runs("BODY_UNIT"), capital_runs("BODY-Unit"), capital_runs("BODY")
    (('BODY', 'UNIT'), (), ())
    """
    runs = tuple(run for run in _RUNS.split(text.strip(" .,:;-_")) if run)
    fit = all(run.isalpha() and run == run.upper() and 3 <= len(run) <= _LONGEST_RUN for run in runs)
    return runs if fit and 1 < len(runs) <= _MOST_RUNS else ()


def head(text: str, unit_words: Collection[str]) -> str | None:
    """The acronym in capitals that a text begins with, where a unit follows: `CONAP Región VIII`; None where it does not.

    >>> head("CONAP Región VIII Petén", {"region"}), head("CONAP y otros", {"region"})
    ('CONAP', None)
    """
    words = text.split()
    if len(words) < 2 or len(words[0]) < 3 or words[0] != words[0].upper() or not words[0].isalpha():
        return None
    return words[0] if fold(words[1]) in unit_words else None
