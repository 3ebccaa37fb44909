"""One dataset listed by several catalogues: found by what the records share, told apart as one original and its copies. Pure.

Two records of *different* sources are one dataset when they share something that hardly two datasets share (an identifier
made to be unique, a content, a file address) and a title, or when both are attributed to one institution and title and one
thing more agree. Stricter than within one source, since many bodies publish a *Budget 2024* under one template; equal texts of
publishers that nobody attributed prove nothing. A group holds at most one record of each source.

However many records there are, no more than their keys' places and the records of a few sources are in memory at once: pairs come
from `kin_index`, source by source, and the traits of the sources in question are asked for when they are needed.
"""

from collections import OrderedDict, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from atalaya.catalogue.kin_index import Found, Keys, KinIndex, keys_of
from atalaya.catalogue.kinship import (
    POINTS,
    STRONG,
    TITLES,
    Kin,
    TitleCounts,
    agreement,
    settled,
    titles_say,
    weighed,
)
from atalaya.catalogue.traits import Traits

LEAST = 5.0
"""Points that make records of two catalogues one dataset: strong evidence with the same or a near title or publisher, or
title, publisher and one more trait."""

HELD = 20_000
"""Records whose traits are held in memory at once; about a kilobyte each."""

_MORE = frozenset({"description", "file", "landing_page", "page"})
"""What must agree beside title and institution."""

_GATES = frozenset({"content", "address", "page", "mark", "title", "landing_page", "title_and_publisher"})
"""Evidence of which a value stands among those by which sources are near."""

_EVIDENCE = tuple(sorted(POINTS))
_HALVES = 1 << 8
"""Above all points in halves: what is subtracted from it sorts the most points first."""
_BITS = 28
"""Bits of the place of a record: 268 million of them."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One record as a source lists it. `rank` orders who is the original: the least is (see `rounds.identifying`)."""

    source_id: str
    rank: tuple[int | str, ...]
    traits: Traits


@dataclass(frozen=True, slots=True)
class Appearance:
    """That a record of a source is a listing of the dataset `record_id`; `evidence` is empty for the original itself."""

    record_id: str
    source_id: str
    copy_id: str
    points: float
    evidence: tuple[str, ...]


def federate(entries: Iterable[Entry]) -> tuple[Appearance, ...]:
    """One appearance for every record, sorted by dataset and source: of itself, or of the original it is a copy of."""
    by_source: defaultdict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        by_source[entry.source_id].append(entry)
    with Federation(lambda source_id: [entry.traits for entry in by_source[source_id]]) as federation:
        for source_id in sorted(by_source):
            for entry in by_source[source_id]:
                federation.add(source_id, entry.traits.key, entry.rank, keys_of(entry.traits))
        return tuple(federation.appearances())


@dataclass(frozen=True, slots=True)
class _Side:
    """The records of one source: their traits in order, how common their titles are, and what sources are near by."""

    first: int
    traits: Sequence[Traits]
    titles: TitleCounts
    gates: frozenset[str]


class Federation:
    """Takes every record of every source, source by source in the order of their ids, then tells the appearances.

    `load` gives the traits of a source, in the order in which its records were added; `spill` is a folder for what does not fit
    into memory. Use it as a context manager.
    """

    def __init__(self, load: Callable[[str], Sequence[Traits]], spill: Path | None = None) -> None:
        self._load = load
        self._index = KinIndex(spill)
        self._sources: list[str] = []
        self._firsts: list[int] = []
        self._source_of: list[int] = []
        self._keys: list[str] = []
        self._ranks: list[tuple[int | str, ...]] = []
        self._few: dict[tuple[int | str, ...], tuple[int | str, ...]] = {}
        self._sides: OrderedDict[int, _Side] = OrderedDict()

    def __enter__(self) -> "Federation":
        return self

    def __exit__(self, *_: object) -> None:
        self._index.__exit__()

    def add(self, source_id: str, key: str, rank: tuple[int | str, ...], keys: Keys) -> None:
        """Add a record; all of a source follow each other."""
        if not self._sources or self._sources[-1] != source_id:
            assert not self._sources or self._sources[-1] < source_id, "sources come in the order of their ids"
            self._sources.append(source_id)
            self._firsts.append(len(self._keys))
        self._index.add(len(self._sources) - 1, len(self._keys), keys)
        self._source_of.append(len(self._sources) - 1)
        self._keys.append(key)
        self._ranks.append(self._few.setdefault(rank, rank))

    def appearances(self) -> Iterator[Appearance]:
        """One appearance for every record, sorted by dataset, source and record."""
        order = sorted(range(len(self._keys)), key=self._keys.__getitem__)
        links = self._links(order)
        groups = _Groups(self._source_of, order, links)
        for record in order:
            members = groups.members.get(groups.group_of.get(record, -1))
            if members is None:
                yield self._appearance(record, record, None)
                continue
            original = min(members, key=self._precedence)
            if record == original:
                said = [_unpack(link, order) for link in groups.links[groups.group_of[record]]]
                for member in sorted(members, key=lambda each: (self._source_of[each], self._keys[each])):
                    yield self._appearance(member, original, None if member == original else said)

    def _precedence(self, record: int) -> tuple[tuple[int | str, ...], str, str]:
        return self._ranks[record], self._sources[self._source_of[record]], self._keys[record]

    def _appearance(self, record: int, original: int, links: list["_Link"] | None) -> Appearance:
        link = None if links is None else _best(links, record, original)
        points, evidence = (0.0, ()) if link is None else (link.points, link.evidence)
        source_id = self._sources[self._source_of[record]]
        return Appearance(self._keys[original], source_id, self._keys[record], points, evidence)

    def _links(self, order: Sequence[int]) -> list[int]:
        """Pairs of records of two sources as numbers that sort as `_pack` says."""
        places = [0] * len(order)
        for place, record in enumerate(order):
            places[record] = place
        links: list[int] = []
        for (one, other), found in groupby(self._index.pairs(LEAST), key=lambda pair: pair.sources):
            left, right = self._side(one), self._side(other)
            pairs = list(found)
            if not any(pair.evidence & _GATES for pair in pairs) and left.gates.isdisjoint(right.gates):
                continue  # sources that share no value at all are not compared
            links += (_pack(kin, places[record], places[copy]) for kin, record, copy in _kin(pairs, left, right))
        links.sort()
        return links

    def _side(self, number: int) -> _Side:
        """A source; those used last stay in memory."""
        side = self._sides.pop(number, None)
        if side is None:
            traits = self._load(self._sources[number])
            gates = frozenset(value for item in traits for value in _values(item))
            side = _Side(self._firsts[number], traits, TitleCounts(traits), gates)
        self._sides[number] = side
        while len(self._sides) > 2 and sum(len(held.traits) for held in self._sides.values()) > HELD:
            self._sides.popitem(last=False)
        return side


def _values(traits: Traits) -> Iterable[str]:
    """The values of which sources must share one, to be compared at all."""
    yield from traits.titles
    yield from traits.addresses
    yield from traits.marks
    yield from traits.contents
    if traits.landing_page:
        yield traits.landing_page


def _kin(pairs: Sequence[Found], left: _Side, right: _Side) -> Iterator[tuple[Kin, int, int]]:
    """The links between two sources, each with the numbers of its records."""
    found = []
    numbers = {}
    for pair in pairs:
        one, other = left.traits[pair.records[0] - left.first], right.traits[pair.records[1] - right.first]
        evidence = set(pair.evidence)
        if "title" not in evidence and (how := titles_say(one, other, left.titles, right.titles)) is not None:
            evidence.add(how)
        kin = weighed(one, other, evidence)
        if kin is not None and kin.points >= LEAST:
            found.append(kin)
            numbers[kin.one, kin.other] = pair.records, one, other
    for kin in settled(found):
        (record, copy), one, other = numbers[kin.one, kin.other]
        if _enough(kin, one, other):
            yield kin, record, copy


def _enough(kin: Kin, one: Traits, other: Traits) -> bool:
    """Strong evidence with a title or a mark; or one institution, a title that agrees in full, and one thing more."""
    said = set(kin.evidence)
    if said & STRONG and agreement(one, other) is not False:
        return bool(said & TITLES) or "mark" in said
    if said & STRONG:
        return bool(said & (TITLES - {"longer_title"})) and len(said & STRONG) + len(said & {"file", "description"}) > 1
    attributed = bool(one.owner) and one.owner == other.owner
    return attributed and bool(said & {"title", "title_and_publisher"}) and bool(said & _MORE)


def _pack(kin: Kin, one: int, other: int) -> int:
    """A link as one number, of which the strongest, then those of the first records, come first.

    Catalogues that copy each other have a link for every two copies, too many for an object each. Points are halves.
    """
    evidence = sum(1 << place for place, name in enumerate(_EVIDENCE) if name in kin.evidence)
    first = _HALVES - round(kin.points * 2)
    return (((first << _BITS | one) << _BITS | other) << len(_EVIDENCE)) | evidence


@dataclass(frozen=True, slots=True)
class _Link:
    """A link taken apart again: its records by number, the points, and the evidence, sorted."""

    one: int
    other: int
    points: float
    evidence: tuple[str, ...]


def _unpack(link: int, order: Sequence[int]) -> _Link:
    """The link of a number of `_pack`; `order` has the record of each place."""
    evidence = tuple(name for place, name in enumerate(_EVIDENCE) if link >> place & 1)
    link >>= len(_EVIDENCE)
    other, one = link & ((1 << _BITS) - 1), link >> _BITS & ((1 << _BITS) - 1)
    return _Link(order[one], order[other], (_HALVES - (link >> 2 * _BITS)) / 2, evidence)


class _Groups:
    """The records of each dataset with the links between them. A link that would put two records of a source together is left.

    Records without a link stand in no group.
    """

    def __init__(self, source_of: Sequence[int], order: Sequence[int], links: Sequence[int]) -> None:
        self.group_of: dict[int, int] = {}
        self.members: dict[int, list[int]] = {}
        self.links: dict[int, list[int]] = {}
        for link in links:
            said = _unpack(link, order)
            one, other = self._group(said.one), self._group(said.other)
            if one == other:
                self.links[one].append(link)
                continue
            sources = [{source_of[record] for record in self.members[group]} for group in (one, other)]
            if sources[0].isdisjoint(sources[1]):
                self._join(one, other, link)

    def _group(self, record: int) -> int:
        """The group of a record; at first one of its own, by its number."""
        if record not in self.group_of:
            self.group_of[record] = record
            self.members[record] = [record]
            self.links[record] = []
        return self.group_of[record]

    def _join(self, one: int, other: int, link: int) -> None:
        for record in self.members[other]:
            self.group_of[record] = one
        self.members[one] += self.members.pop(other)
        self.links[one] += [*self.links.pop(other), link]


def _best(links: Sequence[_Link], record: int, original: int) -> _Link | None:
    """What says that a record is a copy: its link with the original, else its best with another copy."""
    mine = [link for link in links if record in (link.one, link.other)]
    direct = [link for link in mine if original in (link.one, link.other)]
    return max(direct or mine, key=lambda link: link.points, default=None)
