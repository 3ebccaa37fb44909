"""The rows that explain figures: the tree of every institution, and between which ranks it lies under other decisions."""

from collections.abc import Iterator

from atalaya.indices.analysis import uncertain
from atalaya.indices.explaining import Explained, explain
from atalaya.indices.reruns import Reruns
from atalaya.indices.scores import node_name
from atalaya.publish.read_model.newest import Newest
from atalaya.publish.read_model.values import Values


def explained(newest: Newest) -> Iterator[Values]:
    """The figure of each node of each institution, its weight among those that count, and what it brings."""
    computed = newest.computed
    names = {item.id: node_name(computed.index, item) for item in computed.index.root.walk()}
    places = {item.id: place for place, item in enumerate(computed.index.root.walk())}
    for unit in computed.table.units:
        for each in _below(explain(computed, unit)):
            yield (
                unit,
                names[each.id],
                places[each.id],
                each.state,
                *(each.value, each.low, each.high, each.weight, each.points, each.without, each.raw, each.peers),
            )


def _below(node: Explained) -> Iterator[Explained]:
    yield node
    for child in node.children:
        yield from _below(child)


def likely(newest: Newest) -> Iterator[Values]:
    """The ranks of all that are ranked under everything that the methodology says might have been decided otherwise."""
    index = newest.computed.index
    if index.uncertainty is None or not newest.computed.ranked.any():
        return
    found = uncertain(newest.computed, Reruns(index, newest.computed.table), k=1)
    rows = zip(found.units, found.ranks.median, found.ranks.low, found.ranks.high, found.first, strict=True)
    for unit, *figures in rows:
        yield unit, found.draws, found.seed, *(float(figure) for figure in figures)
