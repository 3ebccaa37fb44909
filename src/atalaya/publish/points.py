"""The points of a sealed observation: of institutions and sources with each indicator, and of single datasets."""

from collections.abc import Iterator
from dataclasses import dataclass

from atalaya.catalogue.records import preferred
from atalaya.history.read import Sealed
from atalaya.indices.editions import MQA
from atalaya.indices.language.definition import Index, Item
from atalaya.indices.language.reading import read_shipped_index
from atalaya.indices.scores import node_name
from atalaya.measures.best_distribution import DatasetPoints, dataset_points
from atalaya.measures.sources import PREFIX

KINDS = ("institution", "source")


@dataclass(frozen=True, slots=True, kw_only=True)
class NodePoints:
    """One node of one unit: its points, where they lie, the most they can be (`of`), and the cases behind an indicator."""

    node: Item
    of: float
    value: float | None
    low: float
    high: float
    passed: int = 0
    applied: int = 0
    unknown: int = 0
    not_applicable: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitPoints:
    """An institution or a source: `id` is its own, `nodes` are in the order of the methodology, the whole first."""

    kind: str
    id: str
    name: str
    nodes: tuple[NodePoints, ...]

    @property
    def whole(self) -> NodePoints:
        """The sum of all points."""
        return self.nodes[0]

    @property
    def dimensions(self) -> tuple[NodePoints, ...]:
        """The points by dimension."""
        below = {child.id for child in self.whole.node.present}
        return tuple(each for each in self.nodes if each.node.id in below)

    @property
    def told(self) -> bool:
        """Whether anything of it could be judged: who publishes nothing, or was not read at all, has no points to tell."""
        return any(each.applied for each in self.nodes)


def unit_points(observation: Sealed, reference: str = MQA) -> Iterator[UnitPoints]:
    """Every institution, then every source, best first by the points that are sure.

    Nothing where the observation was not scored by this methodology.
    """
    index = read_shipped_index(reference)
    nodes = {node_name(index, item): (place, item) for place, item in enumerate(index.root.walk())}
    names = _names(observation)
    found: dict[tuple[str, str], list[tuple[int, NodePoints]]] = {}
    for row in observation.rows("scores", "methodology_id = ?", (reference,)):
        if row["kind"] in KINDS and row["node"] in nodes:
            place, node = nodes[str(row["node"])]
            unit = (str(row["kind"]), str(row["unit_id"]).removeprefix(PREFIX))
            found.setdefault(unit, []).append((place, _node_points(node, row)))
    units = [
        UnitPoints(
            kind=kind,
            id=id_,
            name=names.get((kind, id_), id_),
            nodes=tuple(points for _, points in sorted(parts, key=lambda part: part[0])),
        )
        for (kind, id_), parts in found.items()
    ]
    yield from sorted(units, key=lambda unit: (KINDS.index(unit.kind), -unit.whole.low, -unit.whole.high, unit.id))


def points_of_datasets(observation: Sealed, reference: str = MQA) -> list[tuple[DatasetPoints, str]]:
    """Every dataset with its title, fewest sure points first: what to mend first."""
    index = read_shipped_index(reference)
    titles = {
        str(row["record_id"]): preferred(row["title"]) if isinstance(row["title"], dict) else None
        for row in observation.rows("records", columns=("record_id", "title"))
    }
    cited = sorted({measure.partition("@")[0] for measure in index.measures})
    where = f"check_id IN ({', '.join('?' * len(cited))})"
    scored = dataset_points(index, observation.rows("outcomes", where, cited))
    return [
        (each, titles.get(each.record_id) or each.record_id) for each in sorted(scored, key=lambda p: (p.low, p.high))
    ]


def band_of(index: Index, low: float, high: float, language: str) -> str:
    """The band of some points, or the two between which they may lie; a dash where they may be anything."""
    bands = [index.band(end) for end in (low, high)]
    if (low, high) == (index.low, index.high):
        return "–"
    return " – ".join(dict.fromkeys(band.title[language] for band in bands if band is not None))


def _names(observation: Sealed) -> dict[tuple[str, str], str]:
    bodies = observation.rows("institutions", columns=("institution_id", "name"))
    sources = observation.rows("sources", columns=("source_id", "title"))
    named = {("institution", str(row["institution_id"])): str(row["name"]) for row in bodies}
    for row in sources:
        title = preferred(row["title"]) if isinstance(row["title"], dict) else None
        named["source", str(row["source_id"])] = title or str(row["source_id"])
    return named


def _node_points(node: Item, row: dict[str, object]) -> NodePoints:
    """The points of a row of scores: a branch is in points, an indicator a share of its own."""
    detail = row["detail"] if isinstance(row["detail"], dict) else {}
    each = node.weight if node.is_leaf else 1.0
    value, low, high = (
        float(v) * each if isinstance(v := row[key], int | float) else None for key in ("value", "low", "high")
    )
    most = sum(leaf.weight for leaf in node.leaves)
    counts = {key: int(detail.get(key) or 0) for key in ("passed", "applied", "unknown", "not_applicable")}
    return NodePoints(node=node, of=most, value=value, low=low or 0.0, high=high or 0.0, **counts)
