"""Which records on two sides are the same dataset under other identifiers: evidence, points, and a pairing one to one. Pure.

A trait is evidence only where it *tells*: exactly one record of each side has it, among all records of that side and not only
among those that are compared. Points add up what the evidence is worth; they order the pairs and set a threshold, and have no
other meaning. Two candidates of equal worth settle nothing, so neither is taken. Some things speak against a pair whatever
else agrees: titles with other numbers (years, volumes), and records that are attributed to two institutions.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from atalaya.catalogue.traits import Traits, numbers_in, overlap, title_kinship

POINTS: Mapping[str, float] = {
    "content": 4.0,
    "address": 4.0,
    "mark": 4.0,
    "title": 3.0,
    "title_and_publisher": 3.0,
    "description": 2.0,
    "file": 2.0,
    "landing_page": 2.0,
    "near_title": 2.0,
    "page": 1.5,
    "shared_title": 1.5,
    "longer_title": 1.0,
    "identifier": 1.0,
    "publisher": 1.0,
}
"""What each evidence is worth. `title` is a title that tells, `shared_title` one that several records have; `near_title` and
`longer_title` as `traits.title_kinship` says. `address` is that of a file or lies deep in a site, `page` any other;
`identifier` is one inside the other or the same, which slugs are by chance."""

OTHER_PUBLISHER = -1.0
"""Points where both records state a publisher and neither text holds the words of the other."""
LONG_ALIKE = 0.8
"""Overlap of two publishers of many words of which nothing follows: an office renamed within the same ministry."""
RELATED = 0.4
"""Least overlap of two titles of records that share an address: below it one of them only links to the other's file."""
COMMONEST = 25
"""A word of this many titles on one side finds no candidates, and a title of so many records on both sides pairs none."""
SHORTEST_IDENTIFIER = 8
"""Characters of an identifier that is looked for inside another: shorter ones stand in many by chance."""

STRONG = frozenset({"content", "address", "mark"})
"""Evidence that hardly two datasets share."""
TITLES = frozenset({"title", "shared_title", "near_title", "longer_title", "title_and_publisher"})


@dataclass(frozen=True, slots=True)
class Kin:
    """Two records that are one dataset: their keys, the points, and the evidence, sorted."""

    one: str
    other: str
    points: float
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Side:
    """The records of one side that are compared, and all records of that side, among which a trait must tell."""

    compared: Sequence[Traits]
    everything: Sequence[Traits]


def pair(ones: Side, others: Side, least: float) -> tuple[Kin, ...]:
    """The pairs with at least so many points, each record in one pair at most; sorted by key of `ones`."""
    return settled([kin for kin in candidates(ones, others) if kin.points >= least])


def settled(found: Sequence[Kin]) -> tuple[Kin, ...]:
    """Of the pairs found between two sides, those that are taken: strongest first, each record once, none of two equal ones."""
    left = Counter((kin.one, kin.points) for kin in found)
    right = Counter((kin.other, kin.points) for kin in found)
    taken: set[tuple[int, str]] = set()
    kept = []
    for kin in sorted(found, key=lambda kin: (-kin.points, kin.one, kin.other)):
        sides = {(1, kin.one), (2, kin.other)}
        alone = left[kin.one, kin.points] == right[kin.other, kin.points] == 1
        if alone and taken.isdisjoint(sides):
            taken |= sides
            kept.append(kin)
    return tuple(sorted(kept, key=lambda kin: kin.one))


def candidates(ones: Side, others: Side) -> list[Kin]:
    """Every pair of compared records that shares evidence, with its points."""
    evidence: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for name in VALUES:
        for one, other in _telling(name, ones, others):
            evidence[one, other].add(name)
    for one, other in _identifiers(ones.compared, others.compared):
        evidence[one, other].add("identifier")
    for one, other, how in _titles(ones.compared, others.compared):
        if "title" not in evidence[one, other]:
            evidence[one, other].add(how)
    left, right = ({item.key: item for item in side.compared} for side in (ones, others))
    judged = (weighed(left[one], right[other], names) for (one, other), names in evidence.items())
    return [kin for kin in judged if kin is not None]


def weighed(one: Traits, other: Traits, names: set[str]) -> Kin | None:
    """A pair with its points; None where something speaks against it, or where it shares a link and not a dataset."""
    said = set(names)
    if one.owner and other.owner and one.owner != other.owner and not said & {"content", "mark"}:
        return None
    if one.titles and other.titles and not said & {"content", "mark"} and _other_numbers(one, other):
        return None
    if "mark" not in said and not said & TITLES:
        near = max((overlap(a, b) for a in one.titles for b in other.titles), default=0.0)
        if not said & STRONG or (near < RELATED and not _mostly_shared(one, other)):
            return None
    publisher = agreement(one, other)
    points = sum(POINTS[name] for name in said)
    if publisher is True:
        said.add("publisher")
        points += POINTS["publisher"]
    elif publisher is False:
        points += OTHER_PUBLISHER
    return Kin(one.key, other.key, points, tuple(sorted(said)))


def agreement(one: Traits, other: Traits) -> bool | None:
    """Whether two records have one publisher: by attribution where both have one, else by text; None where nothing follows."""
    if one.owner and other.owner:
        return one.owner == other.owner
    if not one.publisher or not other.publisher:
        return None
    if one.publisher == other.publisher:
        return True
    words, others = set(one.publisher.split()), set(other.publisher.split())
    return (
        None if words <= others or others <= words or overlap(one.publisher, other.publisher) >= LONG_ALIKE else False
    )


def _mostly_shared(one: Traits, other: Traits) -> bool:
    """Whether two records have most of their addresses in common, and more than one of them."""
    shared = len(one.addresses & other.addresses)
    return shared > 1 and shared * 2 > max(len(one.addresses), len(other.addresses))


def _other_numbers(one: Traits, other: Traits) -> bool:
    """Whether no two titles agree in their numbers."""
    left = {tuple(sorted(numbers_in(text))) for text in one.titles}
    return left.isdisjoint(tuple(sorted(numbers_in(text))) for text in other.titles)


def _is_deep(address: str) -> bool:
    """Whether an address points at a file, a query or deep into a site, rather than at a page that many may link to."""
    path, _, query = address.partition("?")
    name = path.rpartition("/")[2]
    return "/" in path and (bool(query) or "." in name or path.count("/") > 2)


VALUES: Mapping[str, Callable[[Traits], Iterable[Hashable]]] = {
    "content": lambda item: item.contents,
    "address": lambda item: [address for address in item.addresses if _is_deep(address)],
    "page": lambda item: [address for address in item.addresses if "/" in address and not _is_deep(address)],
    "mark": lambda item: item.marks,
    "file": lambda item: item.files,
    "title": lambda item: item.titles,
    "description": lambda item: [item.description] if item.description else [],
    "landing_page": lambda item: [item.landing_page] if "/" in item.landing_page else [],
    "title_and_publisher": lambda item: [
        (title, body) for title in item.titles if (body := item.owner or item.publisher)
    ],
}
"""Evidence that tells where one record of each side has the value → the values of a record."""


def _telling(name: str, ones: Side, others: Side) -> list[tuple[str, str]]:
    """Pairs of compared records that share a value which no other record of either side has."""
    left, right = _holders(name, ones), _holders(name, others)
    return [(left[value], right[value]) for value in sorted(left.keys() & right.keys(), key=str)]


def _holders(name: str, side: Side) -> dict[Hashable, str]:
    """Values that one record alone has, of those compared."""
    counts = Counter(value for item in side.everything for value in set(VALUES[name](item)))
    return {value: item.key for item in side.compared for value in VALUES[name](item) if counts[value] == 1}


def _identifiers(ones: Sequence[Traits], others: Sequence[Traits]) -> list[tuple[str, str]]:
    """Pairs with one identifier, or with one that is the other after a prefix, as federating portals write `node_identifier`."""
    left = {item.native_id.lower(): item.key for item in ones if len(item.native_id) >= SHORTEST_IDENTIFIER}
    right = {item.native_id.lower(): item.key for item in others if len(item.native_id) >= SHORTEST_IDENTIFIER}
    found = [(left[id_], right[id_]) for id_ in sorted(left.keys() & right.keys())]
    for long, short, turned in ((right, left, False), (left, right, True)):
        for id_, key in long.items():
            rest = after_prefix(id_)
            if rest in short:
                found.append((key, short[rest]) if turned else (short[rest], key))
    return found


def after_prefix(identifier: str) -> str:
    """What follows the first separator of an identifier; empty where nothing long enough does."""
    places = [place for mark in "_:/@" if (place := identifier.find(mark)) > 0]
    rest = identifier[min(places) + 1 :] if places else ""
    return rest if len(rest) >= SHORTEST_IDENTIFIER else ""


def _titles(ones: Sequence[Traits], others: Sequence[Traits]) -> Iterable[tuple[str, str, str]]:
    """Pairs whose titles are equal or near, found by the rarer words that they share."""
    mine = Counter(title for item in ones for title in item.titles)
    index, counts, holders = _index(others)
    for item in ones:
        equal = {
            place
            for title in item.titles
            if mine[title] <= COMMONEST and len(holders[title]) <= COMMONEST
            for place in holders[title]
        }
        yield from ((item.key, others[place].key, "shared_title") for place in sorted(equal))
        words = {word for title in item.titles for word in title.split() if 0 < counts[word] <= COMMONEST}
        for place in sorted({place for word in words for place in index[word]} - equal):
            if how := _near(item, others[place]):
                yield item.key, others[place].key, how


def _near(one: Traits, other: Traits) -> str | None:
    """What titles that are not equal say of two records: `near_title`, `longer_title`, or None."""
    kinds = {title_kinship(a, b) for a in one.titles for b in other.titles if a != b}
    return "near_title" if "near" in kinds else "longer_title" if "longer" in kinds else None


class TitleCounts:
    """How many records of one side have each title, and each word in their titles."""

    def __init__(self, side: Iterable[Traits]) -> None:
        self.titles: Counter[str] = Counter()
        self.words: Counter[str] = Counter()
        for item in side:
            self.titles.update(item.titles)
            self.words.update({word for title in item.titles for word in title.split()})


def titles_say(one: Traits, other: Traits, ones: TitleCounts, others: TitleCounts) -> str | None:
    """What `candidates` would say of the titles of two records, where no title tells: one pair, without looking for more."""
    common = one.titles & other.titles
    if any(ones.titles[title] <= COMMONEST and others.titles[title] <= COMMONEST for title in common):
        return "shared_title"
    words = {word for title in one.titles for word in title.split() if others.words[word] <= COMMONEST}
    rare = any(word in words for title in other.titles for word in title.split())
    return _near(one, other) if rare else None


def _index(
    side: Sequence[Traits],
) -> tuple[Mapping[str, set[int]], Mapping[str, int], Mapping[str, list[int]]]:
    """The records of a side by word of their titles, how many have each word, and the records by title."""
    index: defaultdict[str, set[int]] = defaultdict(set)
    holders: defaultdict[str, list[int]] = defaultdict(list)
    for place, item in enumerate(side):
        for title in item.titles:
            holders[title].append(place)
            for word in title.split():
                index[word].add(place)
    return index, Counter({word: len(places) for word, places in index.items()}), holders
