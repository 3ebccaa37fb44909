"""Phrases found in texts by an index of their words: forms of a word, typing errors, abbreviations and words run together."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Generic, TypeVar

from atalaya.catalogue.folding import fold
from atalaya.duties.wording import Wording

Owner = TypeVar("Owner")

LEAST_MISSPELT = 7
"""Letters of a word at least that may hold a typing error: shorter words are other words too easily."""

LEAST_CUT = 4
"""Letters of an abbreviation at least that is read as the beginning of words, inside of phrases of several words."""

LEAST_CUT_OFF = 6
"""Letters of the beginning of one word only at least that is read as the word wherever it stands, as where a title is cut off."""

MOST_CUT = 12
"""Words that an abbreviation may stand for at most; one that could stand for more tells nothing."""

LEAST_JOINT = 2
"""Letters of a stop word at least that may stand between words that are run together."""

LEAST_RUN_TOGETHER = 9
"""Letters of a word at least that may be several words without the space between them."""

SLACK = 3
"""Words that may stand between the words of one phrase."""

_PIECES = re.compile(r"[^\W\d_]+|\d+")


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a text: the stems that it may be a form of, and whether that is exact."""

    written: str
    stems: tuple[str, ...]
    exact: bool


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrase that a text holds, by its number in the index: where its words stand, and whether every word is exact."""

    phrase: int
    places: frozenset[int]
    exact: bool


@dataclass(slots=True)
class PhraseIndex(Generic[Owner]):
    """Phrases → their owners, by the stems of their words. `tokens` remembers the words of texts that were read."""

    wording: Wording
    phrases: list[tuple[str, tuple[str, ...], tuple[Owner, ...]]] = field(default_factory=list)
    by_rarest: dict[str, list[tuple[int, frozenset[str]]]] = field(default_factory=dict)
    """The stem of a phrase that the fewest phrases hold → number and stems of the phrase."""
    stems: frozenset[str] = frozenset()
    deletions: dict[str, tuple[str, ...]] = field(default_factory=dict)
    whole: frozenset[str] = frozenset()
    """Folded words of the phrases as they are written, and stop words: of them words that are run together are made."""
    tokens: dict[str, tuple[Token, ...]] = field(default_factory=dict)


REMEMBERED_WORDS = 100_000
"""Words of texts whose reading an index remembers; then it begins anew."""


def build_index(phrases: Mapping[str, Iterable[Owner]], wording: Wording) -> PhraseIndex[Owner]:
    """The index of these phrases; those that hold only stop words are left out, and equal ones share their owners."""
    merged: dict[tuple[str, ...], tuple[str, dict[Owner, None]]] = {}
    whole: set[str] = set()
    for phrase, owners in phrases.items():
        told = [word for word in words_of(phrase) if word not in wording.stop_words]
        whole.update(word for word in told if len(word) >= LEAST_CUT)
        key = tuple(dict.fromkeys(wording.stem(word) for word in told))
        if key:
            merged.setdefault(tuple(sorted(key)), (phrase, {}))[1].update(dict.fromkeys(owners))
    index: PhraseIndex[Owner] = PhraseIndex(wording=wording)
    count: dict[str, int] = defaultdict(int)
    for key in merged:
        for stem in key:
            count[stem] += 1
    for key, (phrase, owned) in merged.items():
        rarest = min(key, key=lambda stem: (count[stem], stem))
        index.by_rarest.setdefault(rarest, []).append((len(index.phrases), frozenset(key)))
        index.phrases.append((phrase, key, tuple(owned)))
    index.stems = frozenset(count)
    index.whole = frozenset(whole) | {word for word in wording.stop_words if len(word) >= LEAST_JOINT}
    index.deletions = _deletions(index.stems)
    return index


def words_of(text: str) -> list[str]:
    """The folded words of a text, letters and digits apart.

    >>> words_of("Ejecución_enero2024")
    ['ejecucion', 'enero', '2024']
    """
    return _PIECES.findall(fold(text))


def tokens_of(words: Iterable[str], index: PhraseIndex[Owner]) -> list[Token]:
    """The words that tell something, each as the stems of the index that it may be."""
    if len(index.tokens) > REMEMBERED_WORDS:
        index.tokens.clear()
    tokens: list[Token] = []
    for word in words:
        known = index.tokens.get(word)
        if known is None:
            known = index.tokens[word] = _read(word, index)
        tokens.extend(known)
    return tokens


def hits_in(tokens: list[Token], index: PhraseIndex[Owner]) -> list[Hit]:
    """The phrases that the tokens hold, in no order, with at most `SLACK` words between their own."""
    places: dict[str, list[int]] = {}
    for place, token in enumerate(tokens):
        for stem in token.stems:
            places.setdefault(stem, []).append(place)
    held = places.keys()
    found: list[Hit] = []
    for stem in places:
        for number, stems in index.by_rarest.get(stem, ()):
            if not stems <= held:
                continue
            where = _nearest(stem, stems, places)
            if where is None:
                continue
            exact = all(tokens[place].exact for place in where)
            if exact or len(stems) > 1 or len(tokens[where[0]].stems) == 1:
                found.append(Hit(number, frozenset(where), exact))
    return found


def _nearest(stem: str, stems: frozenset[str], places: Mapping[str, list[int]]) -> tuple[int, ...] | None:
    """The places of the words of a phrase around one place of its rarest word, where they stand near together."""
    if len(stems) == 1:
        return (places[stem][0],)
    for start in places[stem]:
        chosen = {
            where[0] if len(where := places[other]) == 1 else min(where, key=lambda place: abs(place - start))
            for other in stems
        }
        if len(chosen) == len(stems) and max(chosen) - min(chosen) < len(stems) + SLACK:
            return tuple(chosen)
    return None


def _read(word: str, index: PhraseIndex[Owner]) -> tuple[Token, ...]:
    wording = index.wording
    if word in wording.stop_words:
        return ()
    stem = wording.stem(word)
    if stem in index.stems or word.isdigit():
        return (Token(word, (stem,), exact=True),)
    begun = tuple(sorted(known for known in index.stems if known.startswith(word))) if len(word) >= LEAST_CUT else ()
    if len(begun) == 1 and len(word) >= LEAST_CUT_OFF:
        return (Token(word, begun, exact=False),)
    if len(word) >= LEAST_MISSPELT and (near := _misspelt(stem, index)):
        return (Token(word, near, exact=False),)
    if len(word) >= LEAST_RUN_TOGETHER and (parts := _apart(word, index.whole)):
        return tuple(
            Token(part, (wording.stem(part),), exact=False) for part in parts if part not in wording.stop_words
        )
    if 0 < len(begun) <= MOST_CUT:
        return (Token(word, begun if len(begun) > 1 else (*begun, word), exact=False),)
    return (Token(word, (stem,), exact=True),)


def _deletions(stems: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Every stem without one of its letters → the stems that it comes of."""
    gathered: dict[str, set[str]] = defaultdict(set)
    for stem in stems:
        if len(stem) >= LEAST_MISSPELT - 2:
            for shorter in (stem, *(stem[:place] + stem[place + 1 :] for place in range(len(stem)))):
                gathered[shorter].add(stem)
    return {shorter: tuple(sorted(found)) for shorter, found in gathered.items()}


def _misspelt(stem: str, index: PhraseIndex[Owner]) -> tuple[str, ...]:
    """The one stem that is one letter away: missing, added, another or changed places with its neighbour."""
    near: set[str] = set()
    for shorter in (stem, *(stem[:place] + stem[place + 1 :] for place in range(len(stem)))):
        near.update(index.deletions.get(shorter, ()))
    close = sorted(known for known in near if known[0] == stem[0] and _one_away(stem, known))
    return tuple(close[:1])


def _one_away(one: str, other: str) -> bool:
    if len(one) == len(other):
        differing = [place for place in range(len(one)) if one[place] != other[place]]
        swapped = len(differing) == 2 and differing[1] == differing[0] + 1
        return len(differing) <= 1 or (swapped and sorted(one) == sorted(other))
    return abs(len(one) - len(other)) == 1


@lru_cache(maxsize=20_000)
def _apart(word: str, known: frozenset[str]) -> tuple[str, ...]:
    """The known words that stand in a word without a space, longest first; nothing where letters are left over.

    >>> _apart("informeanual", frozenset({"informe", "anual"}))
    ('informe', 'anual')
    """
    if not word:
        return ()
    for end in range(len(word), LEAST_JOINT - 1, -1):
        if word[:end] in known:
            if end == len(word):
                return (word,)
            if rest := _apart(word[end:], known):
                return (word[:end], *rest)
    return ()
