"""What a question means: each word with its other forms, with what it is also called, and with what it may begin."""

import re
from collections import defaultdict
from collections.abc import Sequence
from functools import cache
from itertools import product

from atalaya.catalogue.vocabularies.tables import table
from atalaya.portal.observatory.models import Word
from atalaya.portal.observatory.search.asked import Asked, Piece
from atalaya.publish.read_model.near_words import distance, keys
from atalaya.publish.read_model.search_words import forms, stem, words_of

BEGUN = 12
"""Words that the beginning of one may stand for, the most frequent ones."""
SHORTEST = 3
"""Letters of the shortest beginning that is completed."""
TOGETHER = 4
"""Words of the longest name that has synonyms."""
FAR, FAR_FROM = 2.0, 8
"""The greatest distance of a word that is meant, and from how many letters on; for shorter words it is 1."""

_LEXEME = re.compile(r"('[^']*')(:\*)?")

Forms = frozenset[str]
"""A word as it is compared, in each language."""
Name = tuple[tuple[int, Forms], ...]
"""A word or several, as they are compared, each with how many places it stands after the one before."""


@cache
def stop_words() -> frozenset[str]:
    """Words that are not looked for, folded."""
    listed = table("search.yml")["stop_words"]
    return frozenset(folded for words in listed.values() for word in words for folded in words_of(word))


@cache
def synonyms() -> dict[tuple[str, ...], tuple[Name, ...]]:
    """The stems of a word, or of several that follow each other, in either language → what the same thing is also called."""
    found: defaultdict[tuple[str, ...], dict[Name, None]] = defaultdict(dict)
    for group in table("search.yml")["groups"]:
        names = [_name(name, language) for language, listed in group.items() for name in listed]
        for name in names:
            for key in product(*(sorted(each) for _, each in name)):
                found[key].update(dict.fromkeys(names))
    return {key: tuple(others) for key, others in found.items() if key}


def _name(text: str, language: str) -> Name:
    """A name of the table without the words that are not looked for. An English word is only compared as English has it: its
    Spanish form may be that of another word."""
    made, before = [], 0
    for place, word in enumerate(words_of(text), start=1):
        if word not in stop_words():
            made.append((place - before, forms(word) if language == "es" else frozenset({stem(word, language)})))
            before = place
    return tuple(made)


def looked_for(asked: Asked) -> tuple[Piece, ...]:
    """The pieces that are looked for: without the words that every text has, as long as others are left."""
    kept = tuple(piece for piece in asked.pieces if piece.phrase or piece.words[0] not in stop_words())
    return kept if any(piece.wanted for piece in kept) else asked.pieces


def query(asked: Asked, *, wide: bool = True, every: bool = True) -> str:
    """The question as PostgreSQL reads it; empty where nothing is looked for.

    `wide`: with synonyms; `every`: all words must be there, else one of them is enough.
    """
    pieces = looked_for(asked)
    wanted, unwanted = [p for p in pieces if p.wanted], [p for p in pieces if not p.wanted]
    parts, place = [], 0
    while place < len(wanted):
        length, named = _named(wanted, place) if wide else (1, ())
        own = " & ".join(_piece(piece) for piece in wanted[place : place + length])
        others = [_together(name) for name in named]
        parts.append("(" + " | ".join(f"({each})" for each in dict.fromkeys([own, *others])) + ")")
        place += length
    if not parts:
        return ""
    joined = (" & " if every else " | ").join(parts)
    return " & ".join([f"({joined})", *(f"!{_piece(piece)}" for piece in unwanted)])


def _named(pieces: Sequence[Piece], place: int) -> tuple[int, tuple[Name, ...]]:
    """How many of the pieces from a place on are one name that has synonyms, and these."""
    if pieces[place].phrase:
        return 1, ()
    for length in range(min(TOGETHER, len(pieces) - place), 0, -1):
        some = pieces[place : place + length]
        if any(piece.phrase for piece in some):
            continue
        named = [synonyms().get(key, ()) for key in product(*(sorted(forms(piece.words[0])) for piece in some))]
        if any(named):
            return length, tuple(dict.fromkeys(name for each in named for name in each))
    return 1, ()


def _together(name: Name) -> str:
    """The words of a name at the distances that they have in it."""
    first, *rest = ((after, _any(each)) for after, each in name)
    return first[1] + "".join(f" <{after}> {each}" for after, each in rest)


def _piece(piece: Piece) -> str:
    if piece.phrase:
        return "(" + " <-> ".join(_any(forms(word)) for word in piece.words) + ")"
    (word,) = piece.words
    found = set(forms(word))
    if piece.cut and len(word) >= SHORTEST:
        begun = Word.objects.filter(word__startswith=word).order_by("-entries", "word")[:BEGUN]
        found.update(form for each in begun for form in (each.stem, each.stem_en))
        return _any(frozenset(found), f"{word}:*")
    return _any(frozenset(found))


def _any(words: Forms, *more: str) -> str:
    marked = [f"'{word}'" for word in sorted(words)] + [f"'{each[:-2]}':*" for each in more]
    return marked[0] if len(marked) == 1 else f"({' | '.join(marked)})"


def in_titles(query: str) -> str:
    """The same query, of titles alone.

    >>> in_titles("('salud' | 'med':*) & !'covid'")
    "('salud':A | 'med':*A) & !'covid':A"
    """
    return _LEXEME.sub(lambda match: f"{match[1]}{match[2] or ':'}A", query)


def mended(asked: Asked) -> Asked | None:
    """The question with the words that nobody has written put right; None where there is none, or nothing is near."""
    instead = {}
    for piece in looked_for(asked):
        if not piece.phrase and piece.wanted and not _is_known(piece):
            meant = near(piece.words[0], 1)
            if meant:
                instead[piece.words[0]] = meant[0]
    return asked.instead(instead) if instead else None


def near(word: str, most: int) -> list[str]:
    """Words that may be meant by one that nobody has written, the most likely first."""
    reach = FAR if len(word) >= FAR_FROM else 1.0
    wanted = keys(word)
    found = Word.objects.filter(near__overlap=wanted) if wanted else ()
    rated = [(distance(word, each.word), -each.entries, each.word) for each in found]
    return [each for far, _, each in sorted(rated) if 0 < far <= reach][:most]


def _is_known(piece: Piece) -> bool:
    """Whether any entry has the word, in whatever form."""
    (word,) = piece.words
    known = Word.objects.filter(stem=stem(word, "es")) | Word.objects.filter(stem_en=stem(word, "en"))
    if known.exists() or any((form,) in synonyms() for form in forms(word)):
        return True
    return piece.cut and Word.objects.filter(word__startswith=word).exists()
