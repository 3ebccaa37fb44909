"""Datasets of a source that came back under other identifiers: a portal changed its software, its domain or its numbering.

Compared are the records whose identifiers are gone with those whose identifiers are new, by what they say and hold. A naive
difference would call such a move a deletion of everything.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence

from atalaya.catalogue.kinship import Kin, Side, pair
from atalaya.catalogue.traits import Traits, address_key, file_name

LEAST = 3.0
"""Points that make two records of one source the same dataset: a title that tells; an address, a mark or a content beside another
publisher; or a near title and the publisher. Measured on the catalogue of Argentina, 2017 to 2018 (`make golden`)."""


def migrated(before: Sequence[Traits], after: Sequence[Traits]) -> tuple[Kin, ...]:
    """The pairs (key that is gone, key that is new) that are one dataset, of all records of a source before and after.

    Records whose key stands on both sides are where they were; what they say tells nothing apart any more.
    """
    kept = {item.key for item in before} & {item.key for item in after}
    gone, come = ([item for item in side if item.key not in kept] for side in (before, after))
    return pair(Side(gone, before), Side(come, after), LEAST)


def moved_resources(
    before: Sequence[tuple[str, str]], after: Sequence[tuple[str, str]]
) -> tuple[tuple[str, str, str], ...]:
    """The resources of one migrated dataset, as (id, address) before and after: (old id, new id, what tells).

    Told by the same address, else by a file name that one resource of each side has, else by being the only one.

    >>> moved_resources([("a", "http://x.example/1/b.csv")], [("c", "https://y.example/2/b.csv")])
    (('a', 'c', 'file'),)
    """
    found: list[tuple[str, str, str]] = []
    left, right = list(before), list(after)
    for how, key in (("address", address_key), ("file", file_name)):
        old, new = _single(left, key), _single(right, key)
        found += [(old[value], new[value], how) for value in sorted(old.keys() & new.keys())]
        done = {id_ for pair_ in found for id_ in pair_[:2]}
        left, right = ([item for item in side if item[0] not in done] for side in (left, right))
    if len(before) == len(after) == len(left) == len(right) == 1:
        found.append((left[0][0], right[0][0], "only"))
    return tuple(found)


def _single(side: Sequence[tuple[str, str]], key: Callable[[str], str]) -> dict[str, str]:
    """Values that one resource alone has, with its id."""
    holders: defaultdict[str, list[str]] = defaultdict(list)
    for id_, url in side:
        if value := key(url):
            holders[value].append(id_)
    return {value: ids[0] for value, ids in holders.items() if len(ids) == 1}
