"""Which records on two sides are the same dataset under other identifiers: evidence, points, and a pairing one to one. Pure.

A trait is evidence only where it *tells*: exactly one record of each side has it. Points add up what the evidence is worth;
they order the pairs and set a threshold, and have no other meaning. Two candidates of equal worth settle nothing, so neither
is taken.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from atalaya.catalogue.traits import Traits, likeness, numbers_in

POINTS: Mapping[str, float] = {
    "content": 4.0,
    "address": 4.0,
    "mark": 4.0,
    "identifier": 4.0,
    "title": 3.0,
    "description": 2.0,
    "file": 2.0,
    "landing_page": 2.0,
    "near_title": 1.5,
    "shared_title": 1.5,
    "publisher": 1.0,
}
"""What each evidence is worth. `title` is a title that tells, `shared_title` one that several records have, `near_title` one
that differs in a few words and in no number."""

OTHER_PUBLISHER = -1.0
"""Points where both records state a publisher and the two have little in common."""
NEAR_PUBLISHER = 0.6
"""Least likeness of two publishers of which nothing follows: an office renamed within the same ministry."""

NEAR = 0.75
"""Least likeness of two titles that count as near: three words in four, by number."""
RELATED = 0.4
"""Least likeness of two titles of records that share an address: below it one of them only links to the other's file."""
COMMONEST = 25
"""A word of this many titles on one side finds no candidates."""

STRONG = frozenset({"content", "address", "mark", "identifier"})
"""Evidence that hardly two datasets share."""


@dataclass(frozen=True, slots=True)
class Kin:
    """Two records that are one dataset: their keys, the points, and the evidence, sorted."""

    one: str
    other: str
    points: float
    evidence: tuple[str, ...]


def pair(ones: Sequence[Traits], others: Sequence[Traits], least: float) -> tuple[Kin, ...]:
    """The pairs with at least so many points, each record in one pair at most, best first; sorted by key of `ones`."""
    found = [kin for kin in candidates(ones, others) if kin.points >= least]
    best: dict[str, list[float]] = defaultdict(list)
    for kin in found:
        best[f"1{kin.one}"].append(kin.points)
        best[f"2{kin.other}"].append(kin.points)
    taken: set[str] = set()
    kept = []
    for kin in sorted(found, key=lambda kin: (-kin.points, kin.one, kin.other)):
        sides = (f"1{kin.one}", f"2{kin.other}")
        if not taken.isdisjoint(sides) or any(best[side].count(kin.points) > 1 for side in sides):
            continue
        taken.update(sides)
        kept.append(kin)
    return tuple(sorted(kept, key=lambda kin: kin.one))


def candidates(ones: Sequence[Traits], others: Sequence[Traits]) -> list[Kin]:
    """Every pair that shares evidence, with its points."""
    evidence: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for name in ("content", "address", "mark", "description", "file", "landing_page", "title"):
        for one, other in _telling(name, ones, others):
            evidence[one, other].add(name)
    for one, other in _identifiers(ones, others):
        evidence[one, other].add("identifier")
    left, right = {item.key: item for item in ones}, {item.key: item for item in others}
    for one, other, how in _titles(ones, others):
        if "title" not in evidence[one, other]:
            evidence[one, other].add(how)
    found = []
    for (one, other), names in evidence.items():
        kin = _weighed(left[one], right[other], names)
        if kin is not None:
            found.append(kin)
    return found


def _weighed(one: Traits, other: Traits, names: set[str]) -> Kin | None:
    """A pair with its points; None where what it shares speaks of a link and not of one dataset."""
    titles = max((likeness(a, b) for a in one.titles for b in other.titles), default=0.0)
    named = one.titles and other.titles
    strong = names & STRONG
    if not strong and not names & {"title", "shared_title", "near_title"}:
        return None
    if named and titles < RELATED and not names & {"content", "mark", "identifier"} and not _whole(one, other):
        return None
    if named and not strong and _other_numbers(one, other):
        return None
    points = sum(POINTS[name] for name in names)
    said = set(names)
    if one.publisher and other.publisher:
        same = one.publisher == other.publisher
        near = likeness(one.publisher, other.publisher) >= NEAR_PUBLISHER
        points += POINTS["publisher"] if same else 0.0 if near else OTHER_PUBLISHER
        said |= {"publisher"} if same else set()
    return Kin(one.key, other.key, points, tuple(sorted(said)))


def _whole(one: Traits, other: Traits) -> bool:
    """Whether two records have most of their addresses in common."""
    shared = len(one.addresses & other.addresses)
    return bool(shared) and shared * 2 > max(len(one.addresses), len(other.addresses))


def _other_numbers(one: Traits, other: Traits) -> bool:
    """Whether no two titles agree in their numbers."""
    left = {tuple(sorted(numbers_in(text))) for text in one.titles}
    return left.isdisjoint(tuple(sorted(numbers_in(text))) for text in other.titles)


def _values(name: str, item: Traits) -> Iterable[str]:
    single = {"description": item.description, "landing_page": item.landing_page}
    many = {
        "content": item.contents,
        "address": item.addresses,
        "mark": item.marks,
        "file": item.files,
        "title": item.titles,
    }
    return many[name] if name in many else [single[name]] if single[name] else []


def _telling(name: str, ones: Sequence[Traits], others: Sequence[Traits]) -> list[tuple[str, str]]:
    """Pairs that share a value which exactly one record of each side has."""
    left, right = _holders(name, ones), _holders(name, others)
    shared = left.keys() & right.keys()
    return [(left[v][0], right[v][0]) for v in sorted(shared) if len(left[v]) == 1 and len(right[v]) == 1]


def _holders(name: str, side: Sequence[Traits]) -> dict[str, list[str]]:
    holders: defaultdict[str, list[str]] = defaultdict(list)
    for item in side:
        for value in _values(name, item):
            holders[value].append(item.key)
    return holders


SHORTEST_IDENTIFIER = 8
"""Characters of an identifier that is looked for inside another: shorter ones stand in many by chance."""


def _identifiers(ones: Sequence[Traits], others: Sequence[Traits]) -> list[tuple[str, str]]:
    """Pairs where one identifier is the other with something before it, as federating portals write `node_identifier`."""
    left = {item.native_id.lower(): item.key for item in ones if len(item.native_id) >= SHORTEST_IDENTIFIER}
    right = {item.native_id.lower(): item.key for item in others if len(item.native_id) >= SHORTEST_IDENTIFIER}
    found = [(left[id_], right[id_]) for id_ in sorted(left.keys() & right.keys())]
    for long, short, turned in ((right, left, False), (left, right, True)):
        for id_, key in long.items():
            rest = _after_prefix(id_)
            if rest in short:
                found.append((key, short[rest]) if turned else (short[rest], key))
    return found


def _after_prefix(identifier: str) -> str:
    """What follows the first separator of an identifier; empty where nothing long enough does."""
    places = [place for mark in "_:/@" if (place := identifier.find(mark)) > 0]
    rest = identifier[min(places) + 1 :] if places else ""
    return rest if len(rest) >= SHORTEST_IDENTIFIER else ""


def _titles(ones: Sequence[Traits], others: Sequence[Traits]) -> list[tuple[str, str, str]]:
    """Pairs whose titles are equal or near, found by the rarer words that they share."""
    index: defaultdict[str, set[int]] = defaultdict(set)
    counts: Counter[str] = Counter()
    for place, item in enumerate(others):
        words = {word for title in item.titles for word in title.split()}
        counts.update(words)
        for word in words:
            index[word].add(place)
    found = []
    for item in ones:
        words = {word for title in item.titles for word in title.split() if 0 < counts[word] <= COMMONEST}
        whole = {title for title in item.titles if not any(word in words for word in title.split())}
        places = {place for word in words for place in index[word]}
        if whole:
            places |= {place for place, other in enumerate(others) if whole & other.titles}
        for place in sorted(places):
            other = others[place]
            if item.titles & other.titles:
                found.append((item.key, other.key, "shared_title"))
            elif max(likeness(a, b) for a in item.titles for b in other.titles) >= NEAR:
                found.append((item.key, other.key, "near_title"))
    return found
