"""The rows of figures: what every node of the index says of every institution, and what mending would add."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from psycopg.types.json import Jsonb

from atalaya.history.read import Sealed
from atalaya.indices.language.definition import Index, Item
from atalaya.indices.scores import node_name
from atalaya.publish.read_model.newest import Newest
from atalaya.publish.read_model.values import Values


def scores(observations: Sequence[Sealed], newest: Newest) -> Iterator[Values]:
    """The figures of every node that pages show in the newest observation, of the index alone in earlier ones."""
    methodology = newest.report.methodology
    shown = {node.name: node for node in shown_nodes(methodology)}
    for observation in observations:
        last = observation is newest.observation
        where = "methodology_id = ?" + ("" if last else " AND node = 'index'")
        for row in observation.rows("scores", where, (methodology.id,)):
            node = shown.get(str(row["node"]))
            if node is not None:
                yield (
                    observation.manifest.observation,
                    methodology.id,
                    row["unit_id"],
                    node.name,
                    row["kind"],
                    node.place,
                    node.depth,
                    node.dimension,
                    Jsonb(dict(node.title)),
                    *(row[column] for column in ("value", "low", "high", "coverage", "ranked")),
                    *(row[column] for column in ("rank", "rank_low", "rank_high", "weight")),
                    Jsonb(row["detail"] or {}),
                )


@dataclass(frozen=True, slots=True)
class ShownNode:
    """A node of the index as pages show it: its place among all, how deep it lies (the whole is 0), and its dimension."""

    name: str
    place: int
    depth: int
    dimension: str | None
    title: Mapping[str, str]


def shown_nodes(methodology: Index) -> list[ShownNode]:
    """The whole, its dimensions, and what lies below them; a branch of one part is shown by its part alone."""
    found: list[ShownNode] = []

    def add(item: Item, depth: int, dimension: str | None) -> None:
        name = node_name(methodology, item)
        found.append(ShownNode(name, len(found), depth, dimension, item.title))

    def below(item: Item, depth: int, dimension: str) -> None:
        for child in item.present:
            single = len(child.present) == 1
            if not single:
                add(child, depth, dimension)
            below(child, depth if single else depth + 1, dimension)

    add(methodology.root, 0, None)
    for child in methodology.root.present:
        add(child, 1, None)
        below(child, 2, node_name(methodology, child))
    return found


def gains(newest: Newest) -> Iterator[Values]:
    """What mending would add to each institution, most points first."""
    titles = {node.id: node.title for node in newest.report.methodology.root.walk()}
    for unit, standing in newest.standings.items():
        for place, gain in enumerate(standing.gains):
            check = gain.measure.partition("@")[0]
            title = Jsonb(dict(titles.get(gain.indicator, {})))
            yield unit, place, gain.indicator, title, check, gain.points, gain.failing
