"""One dataset listed by several catalogues: found by what the records share, told apart as one original and its copies. Pure.

Two records of *different* sources are one dataset when they share something that hardly two datasets share (an identifier
made to be unique, a content, a file address) and a title, or when both are attributed to one institution and title and one
thing more agree. Stricter than within one source, since many bodies publish a *Budget 2024* under one template; equal texts of
publishers that nobody attributed prove nothing. A group holds at most one record of each source.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from atalaya.catalogue.kinship import STRONG, TITLES, Kin, Side, agreement, pair
from atalaya.catalogue.traits import Traits

LEAST = 5.0
"""Points that make records of two catalogues one dataset: strong evidence with the same or a near title or publisher, or
title, publisher and one more trait."""


_MORE = frozenset({"description", "file", "landing_page", "page"})
"""What must agree beside title and institution."""


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
    known: dict[str, Entry] = {}
    for entry in entries:
        by_source[entry.source_id].append(entry)
        known[entry.traits.key] = entry
    groups = _groups(_links(by_source), known)
    found = []
    for members, links in groups:
        original = min(members, key=lambda key: (known[key].rank, known[key].source_id, key))
        for key in members:
            link = _link(links, key, original)
            said = (0.0, ()) if key == original or link is None else (link.points, link.evidence)
            found.append(Appearance(original, known[key].source_id, key, *said))
    return tuple(sorted(found, key=lambda item: (item.record_id, item.source_id, item.copy_id)))


def _link(links: Sequence[Kin], key: str, original: str) -> Kin | None:
    """What says that a record is a copy: its link with the original, else its best with another copy."""
    mine = [link for link in links if key in (link.one, link.other)]
    direct = [link for link in mine if original in (link.one, link.other)]
    return max(direct or mine, key=lambda link: link.points, default=None)


def _links(by_source: Mapping[str, Sequence[Entry]]) -> list[Kin]:
    """Pairs of records of two sources, strongest first; sources that share no value at all are not compared."""
    names = sorted(by_source)
    holders: defaultdict[str, set[str]] = defaultdict(set)
    for name in names:
        for entry in by_source[name]:
            for value in _keys(entry.traits):
                holders[value].add(name)
    near = {(one, other) for sources in holders.values() for one in sources for other in sources if one < other}
    links = []
    for one, other in sorted(near):
        left, right = ([entry.traits for entry in by_source[name]] for name in (one, other))
        known = {item.key: item for item in (*left, *right)}
        pairs = pair(Side(left, left), Side(right, right), LEAST)
        links += [kin for kin in pairs if _enough(kin, known[kin.one], known[kin.other])]
    return sorted(links, key=lambda kin: (-kin.points, kin.one, kin.other))


def _enough(kin: Kin, one: Traits, other: Traits) -> bool:
    """Strong evidence with a title or a mark; or one institution, a title that agrees in full, and one thing more."""
    said = set(kin.evidence)
    if said & STRONG and agreement(one, other) is not False:
        return bool(said & TITLES) or "mark" in said
    if said & STRONG:
        return bool(said & (TITLES - {"longer_title"})) and len(said & STRONG) + len(said & {"file", "description"}) > 1
    attributed = bool(one.owner) and one.owner == other.owner
    return attributed and bool(said & {"title", "title_and_publisher"}) and bool(said & _MORE)


def _keys(traits: Traits) -> Iterable[str]:
    yield from traits.titles
    yield from traits.addresses
    yield from traits.marks
    yield from traits.contents
    if traits.landing_page:
        yield traits.landing_page


def _groups(links: Sequence[Kin], known: Mapping[str, Entry]) -> list[tuple[list[str], list[Kin]]]:
    """The records of each dataset with the links between them. A link that would put two records of a source together is left."""
    group_of = {key: key for key in known}
    members: dict[str, list[str]] = {key: [key] for key in known}
    used: defaultdict[str, list[Kin]] = defaultdict(list)
    for link in links:
        one, other = group_of[link.one], group_of[link.other]
        if one == other:
            used[one].append(link)
            continue
        sources = [{known[key].source_id for key in members[group]} for group in (one, other)]
        if not sources[0].isdisjoint(sources[1]):
            continue
        for key in members[other]:
            group_of[key] = one
        members[one] += members.pop(other)
        used[one] += [*used.pop(other, []), link]
    return [(sorted(keys), used[group]) for group, keys in members.items()]
