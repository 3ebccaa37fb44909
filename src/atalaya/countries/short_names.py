"""Short names: beginnings of a name that people use for the whole of it, `Ministry of Defence` for `… of National Defence`.

A beginning is a short name where

- it ends with a phrase of the name. Phrases are what stands between stop words and commas; one may lose words that so many
  names hold that they tell nothing. `Council of Protected` leaves the phrase *Protected Areas* half said;
- it holds a rare word, and holds it after its first phrase. The first phrase says what kind of body it is, and any country and
  any ministry has a `General Secretariat` or a `National Registry`.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from itertools import accumulate

from atalaya.catalogue.folding import fold

RARE = 0.025
"""Greatest share of the bodies that hold a rare word: of eighty bodies two. One body always may."""

COMMON = 0.1
"""Share of the bodies beyond which a word tells nothing, such as *national*."""

LEAST_COMMON = 2
"""Bodies that a common word must exceed, however few there are."""

Telling = tuple[str, ...]


def phrases(name: str, stop_words: Collection[str]) -> list[Telling]:
    """The folded words of a name, in phrases.

    >>> phrases("Ministry of Roads, Ports and Public Works", {"of", "and"})
    [('ministry',), ('roads',), ('ports',), ('public', 'works')]
    """
    found: list[list[str]] = [[]]
    for token in name.split():
        for word in fold(token).split():
            if word in stop_words:
                found.append([])
            else:
                found[-1].append(word)
        if token.endswith(","):
            found.append([])
    return [tuple(phrase) for phrase in found if phrase]


def short_names(names: Iterable[tuple[str, str]], stop_words: Collection[str]) -> list[tuple[Telling, str]]:
    """The short names of bodies, as (telling words, owner); `names` are (owner, name), and an owner may have many."""
    said = [(owner, phrases(name, stop_words)) for owner, name in names]
    bodies = len({owner for owner, _ in said})
    held = Counter(word for word, _ in {(word, owner) for owner, parts in said for part in parts for word in part})
    rare = {word for word, count in held.items() if count <= max(1, RARE * bodies)}
    common = {word for word, count in held.items() if count > max(LEAST_COMMON, COMMON * bodies)}
    return [(short, owner) for owner, parts in said for short in _beginnings(parts, rare, common)]


def _beginnings(parts: list[Telling], rare: Collection[str], common: Collection[str]) -> Iterator[Telling]:
    whole = tuple(word for part in parts for word in part)
    start = len(parts[0]) if parts else 0
    for end, part in zip(accumulate(map(len, parts[1:]), initial=start), parts, strict=True):
        shortest = end
        while shortest > end - len(part) + 1 and whole[shortest - 1] in common:
            shortest -= 1
        for length in range(shortest, end + 1):
            if length < len(whole) and not set(whole[start:length]).isdisjoint(rare):
                yield whole[:length]
