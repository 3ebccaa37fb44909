"""A methodology in memory: frozen objects that `indices.reader` builds from one YAML file and everything else reads."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

Texts = Mapping[str, str]
"""A text by language tag."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """One node of the tree. A leaf cites a measure (`licence_open@1`); a branch has children; `weight` is among siblings, or the
    points where the methodology adds points."""

    kind: str
    id: str
    weight: float
    title: Texts
    text: Texts = field(default_factory=dict)
    measure: str | None = None
    children: tuple["Node", ...] = ()

    @property
    def name(self) -> str:
        """The node as score rows name it: `index`, `dimension:<id>` or `indicator:<id>`."""
        return self.kind if self.kind == "index" else f"{self.kind}:{self.id}"

    def walk(self) -> Iterator["Node"]:
        """This node and everything under it, parents first, in the order of the file."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """A measure below `threshold` holds the whole score down to `cap`."""

    measure: str
    threshold: float
    cap: float
    text: Texts


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """A name for the figures from `start` up to the next band."""

    id: str
    start: float
    title: Texts


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranking:
    """Ranks compare figures rounded to `decimals`; `ties` is min (1, 1, 3) or max (2, 2, 3)."""

    decimals: int
    ties: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Methodology:
    """One version of one index. `sha256` is of the file's bytes; `low` and `high` are the ends of the scale."""

    name: str
    version: int
    sha256: str
    title: Texts
    text: Texts
    low: float
    high: float
    floor: float
    counts: str
    gates: tuple[Gate, ...]
    aggregation: str
    decimals: int
    ranking: Ranking
    bands: tuple[Band, ...]
    root: Node

    @property
    def id(self) -> str:
        """Index and version as score rows cite them: `open-data-national/0`."""
        return f"{self.name}/{self.version}"

    @property
    def measures(self) -> tuple[str, ...]:
        """Every measure that the methodology reads, each once, sorted."""
        cited = {node.measure for node in self.root.walk() if node.measure is not None}
        return tuple(sorted(cited | {gate.measure for gate in self.gates}))

    @property
    def points(self) -> bool:
        """Whether figures are points that add up, each from 0 to the weight of its node, instead of places on one scale."""
        return self.aggregation == "sum"

    def band(self, value: float) -> Band:
        """The band of a figure on the scale; a figure below the first band is in the first."""
        reached = [band for band in self.bands if value >= band.start]
        return reached[-1] if reached else self.bands[0]
