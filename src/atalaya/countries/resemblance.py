"""How much a text resembles names, by the words they share: rare words weigh more, near spellings count in part.

The likeness of two rows of words is Dice's coefficient over weights: twice the weight of the words shared, divided by the
weight of both rows. The weight of a word is its inverse document frequency over the names, log(1 + names / names with it).
"""

import difflib
import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

NEAR = 0.8
"""Least similarity (difflib ratio) of two spellings of one word: one letter in five may differ."""

SHORTEST_NEAR = 4
"""Words below this length are compared as they stand: among three letters a difference makes another word."""

COMMONEST = 0.5
"""A word that stands in more than this share of the names finds no candidates alone."""


@dataclass(frozen=True, slots=True, eq=False)
class Corpus:
    """Names as words: rows of words by owner, the rows that hold each word, and the weight of each."""

    rows: tuple[tuple[str, frozenset[str]], ...]
    holders: Mapping[str, tuple[int, ...]]
    weights: Mapping[str, float]
    unseen: float


def build_corpus(forms: Iterable[tuple[str, tuple[str, ...]]]) -> Corpus:
    """A corpus of (owner, words of a name); an owner may have many names."""
    rows = tuple(sorted({(owner, frozenset(form)) for owner, form in forms}, key=lambda row: (row[0], sorted(row[1]))))
    counts = Counter(word for _, form in rows for word in form)
    holders: dict[str, list[int]] = {}
    for place, (_, form) in enumerate(rows):
        for word in form:
            holders.setdefault(word, []).append(place)
    return Corpus(
        rows=rows,
        holders={word: tuple(places) for word, places in holders.items()},
        weights={word: math.log(1 + len(rows) / count) for word, count in counts.items()},
        unseen=math.log(1 + max(1, len(rows))),
    )


def resembling(text: tuple[str, ...], corpus: Corpus) -> tuple[tuple[str, float], ...]:
    """Owners whose names share words with the text, each with the likeness (0 to 1) of its nearest name; best first."""
    closeness = {word: _near(word, corpus) for word in dict.fromkeys(text)}
    candidates = sorted({place for near in closeness.values() for word in near for place in _finds(word, corpus)})
    best: dict[str, float] = {}
    for place in candidates:
        owner, form = corpus.rows[place]
        likeness = _likeness(closeness, form, corpus)
        best[owner] = max(best.get(owner, 0.0), likeness)
    return tuple(sorted(best.items(), key=lambda pair: (-pair[1], pair[0])))


def _near(word: str, corpus: Corpus) -> dict[str, float]:
    """Known words that this word may be, each with its closeness; itself alone where it is known."""
    if word in corpus.holders:
        return {word: 1.0}
    if len(word) < SHORTEST_NEAR:
        return {}
    found = difflib.get_close_matches(word, [w for w in corpus.holders if len(w) >= SHORTEST_NEAR], n=3, cutoff=NEAR)
    return {known: difflib.SequenceMatcher(None, word, known).ratio() for known in found}


def _finds(word: str, corpus: Corpus) -> tuple[int, ...]:
    holders = corpus.holders[word]
    return holders if len(holders) <= max(1, COMMONEST * len(corpus.rows)) else ()


def _likeness(closeness: Mapping[str, Mapping[str, float]], form: frozenset[str], corpus: Corpus) -> float:
    """Dice's coefficient over weights, with near spellings counted by their closeness."""
    shared = 0.0
    total = sum(corpus.weights[word] for word in form)
    for near in closeness.values():
        hits = [(ratio * corpus.weights[known], known) for known, ratio in near.items() if known in form]
        shared += max(hits)[0] if hits else 0.0
        total += max((corpus.weights[known] for known in near), default=corpus.unseen)
    return min(1.0, 2 * shared / total) if total else 0.0
