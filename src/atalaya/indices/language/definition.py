"""A composite index in memory: what its YAML file says, checked, with templates written out."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from atalaya.indices.rounding import NOISE

Texts = Mapping[str, str]
"""A text by language tag."""

Parameters = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class StepCall:
    """A step by name with its parameters."""

    name: str
    parameters: Parameters


@dataclass(frozen=True, slots=True)
class AggregationCall:
    """A way of aggregation by name with its options. `of` is children, leaves (all indicators below) or a level of nodes."""

    method: str
    options: Parameters = field(default_factory=dict)
    of: str = "children"


@dataclass(frozen=True, slots=True)
class Missing:
    """What happens to a figure that does not apply (renormalise, zero) and to one that is unknown (interval, zero, drop)."""

    not_applicable: str = "renormalise"
    unknown: str = "interval"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cells:
    """How the cells of a column are read. `values` are the numbers that words stand for."""

    not_applicable: frozenset[str] = frozenset()
    unknown: frozenset[str] = frozenset()
    values: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """Whether a node applies to a unit, by a column of the table. `kind` is in, not_in, has, at_least or below.

    Words for `unknown`, like an empty cell, decide nothing.
    """

    column: str
    kind: str
    words: frozenset[str] = frozenset()
    number: float = 0.0
    unknown: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where the figures of an indicator come from. `kind` is column, measure or statement."""

    kind: str
    name: str


@dataclass(frozen=True, kw_only=True)
class Item:
    """A node of the tree: a branch with children, or an indicator with a source.

    `weight` is among its siblings. `settings` are what steps ask of an indicator: goalposts, target, centre, spread,
    denominator. `overrides` are steps of this indicator in the place of the common ones, None where one is left out; `first`
    come before the common ones, `then` after them. `after` are steps of a branch, on its own figure. `range` bounds what is
    unknown. It applies where all conditions of `applies_when` hold.
    """

    id: str
    title: Texts
    text: Texts = field(default_factory=dict)
    level: str = ""
    weight: float = 1.0
    children: tuple["Item", ...] = ()
    source: Source | None = None
    unit: Texts = field(default_factory=dict)
    decreasing: bool = False
    settings: Parameters = field(default_factory=dict)
    range: tuple[float, float] | None = None
    cells: Cells = field(default_factory=Cells)
    overrides: Mapping[str, StepCall | None] = field(default_factory=dict)
    first: tuple[StepCall, ...] = ()
    then: tuple[StepCall, ...] = ()
    aggregation: AggregationCall = field(default_factory=lambda: AggregationCall("arithmetic"))
    after: tuple[StepCall, ...] = ()
    missing: Missing = field(default_factory=Missing)
    least: float = 0.0
    least_children: int = 1
    applies_when: tuple[Condition, ...] | None = None
    tags: Mapping[str, str] = field(default_factory=dict)
    collected: bool = True

    @property
    def is_leaf(self) -> bool:
        """Whether it is an indicator."""
        return not self.children

    @property
    def measure(self) -> str | None:
        """The measure of the observatory that it reads (`licence_open@1`), None where it reads none."""
        return self.source.name if self.source is not None and self.source.kind == "measure" else None

    def walk(self) -> Iterator["Item"]:
        """This item and everything under it that is collected, parents first, in the order of the file."""
        yield self
        for child in self.present:
            yield from child.walk()

    @cached_property
    def present(self) -> tuple["Item", ...]:
        """The children that are collected and have anything collected below them."""
        return tuple(
            child for child in self.children if child.collected and (child.source is not None or child.present)
        )

    @cached_property
    def leaves(self) -> tuple["Item", ...]:
        """The collected indicators below, in the order of the file."""
        return tuple(item for item in self.walk() if item.is_leaf)

    @cached_property
    def shares(self) -> Mapping[str, float]:
        """The share of this item's weight that each collected indicator below carries, as declared; they sum to 1."""
        return self.shares_of("leaves")

    @cached_property
    def parts(self) -> tuple["Item", ...]:
        """What its figure is made of: children, indicators, or the nodes of a level."""
        of = self.aggregation.of
        return self.present if of == "children" else self.under(of)

    @cached_property
    def part_weights(self) -> tuple[float, ...]:
        """The weight of each part: of children their own, of others their share."""
        if self.aggregation.of == "children":
            return tuple(child.weight for child in self.present)
        return tuple(self.shares_of(self.aggregation.of).values())

    def under(self, of: str) -> tuple["Item", ...]:
        """The indicators below (`leaves`), or the uppermost nodes below of the level `of`, in the order of the file."""
        if of == "leaves":
            return self.leaves
        found: list[Item] = []
        for child in self.present:
            found.extend([child] if child.level == of else child.under(of))
        return tuple(found)

    def shares_of(self, of: str) -> Mapping[str, float]:
        """The share of this item's weight that each of `under(of)` carries, as declared."""
        if self.is_leaf:
            return {self.id: 1.0} if of == "leaves" else {}
        total = sum(abs(child.weight) for child in self.present)
        found: dict[str, float] = {}
        for child in self.present:
            below = {child.id: 1.0} if child.level == of else child.shares_of(of)
            for name, share in below.items():
                found[name] = share * (abs(child.weight) / total if total else 0.0)
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """A further figure from the same indicators: of those whose tags fit, at the named branches; None is every branch."""

    id: str
    title: Texts
    where: Mapping[str, str]
    at: tuple[str, ...] | None
    aggregation: AggregationCall
    after: tuple[StepCall, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """How the table is laid out: wide, long (a figure a row) or crossed (a unit and an item a row). `where` keeps rows.

    `time` is a column of numbers, such as years: the index is of the rows `at` one of them, None for the last.
    """

    kind: str = "wide"
    item: str = ""
    value: str = ""
    where: Mapping[str, str] = field(default_factory=dict)
    time: str = ""
    at: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NodeGate:
    """A node whose figure is below a threshold holds the node `at` down to a cap."""

    node: str
    below: float
    cap: float
    at: str
    text: Texts


@dataclass(frozen=True, slots=True, kw_only=True)
class RankRule:
    """How ranks are given. `within` is a column whose groups are ranked apart."""

    id: str
    decimals: int = 12
    ties: str = "min"
    ascending: bool = False
    within: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupRule:
    """How units make the figure of a group: the mean of their figures, or all their answers together (`pooled`).

    What is pooled is pooled at the nodes of the level `at` and goes up the tree from there; None pools at every node. `weight` is
    a column by which units weigh; None weighs all the same.
    """

    id: str
    title: Texts
    pooled: bool = False
    weight: str | None = None
    at: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BandRule:
    """A name for the figures from `start` up to the next band."""

    id: str
    start: float
    title: Texts


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """One thing that might have been decided otherwise. `kind` is choose, weights, unknown, error or drop.

    `documents` are, for `choose`, the whole changed methodologies, one for each alternative.
    """

    id: str
    title: Texts
    kind: str
    parameters: Parameters
    alternatives: tuple["Index", ...] = ()
    probabilities: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Uncertainty:
    """The inputs that are varied together, how often, from which seed, and the percentiles that intervals show."""

    inputs: tuple[Input, ...]
    draws: int = 1000
    seed: int = 0
    interval: tuple[float, float] = (5.0, 95.0)


@dataclass(frozen=True, kw_only=True)
class Index:
    """One version of one index. `sha256` is of the file's bytes; `document` is what it says, templates written out."""

    name: str
    version: int
    sha256: str
    title: Texts
    text: Texts
    source: Texts
    unit_column: str
    name_column: str | None
    groups: tuple[str, ...]
    layout: Layout
    low: float
    high: float
    floor: float
    counts: str
    screen: float
    steps: tuple[StepCall, ...]
    root: Item
    views: tuple[View, ...]
    gates: tuple[NodeGate, ...]
    group_rules: tuple[GroupRule, ...]
    decimals: int
    half_even: bool
    rankings: tuple[RankRule, ...]
    bands: tuple[BandRule, ...]
    uncertainty: Uncertainty | None
    document: Mapping[str, object] = field(repr=False)

    @property
    def id(self) -> str:
        """Index and version: `odin/2022`."""
        return f"{self.name}/{self.version}"

    @cached_property
    def leaves(self) -> tuple[Item, ...]:
        """The collected indicators in the order of the file."""
        return self.root.leaves

    @cached_property
    def items(self) -> Mapping[str, Item]:
        """Every collected node by id."""
        return {item.id: item for item in self.root.walk()}

    @property
    def not_collected(self) -> tuple[Item, ...]:
        """Nodes that this edition declares not collected, in the order of the file."""
        return tuple(_left_out(self.root))

    @property
    def measures(self) -> tuple[str, ...]:
        """The measures of the observatory that it reads, each once, sorted."""
        return self.measures_under(self.root.id)

    def measures_under(self, node: str) -> tuple[str, ...]:
        """The measures that a node rests on, each once, sorted."""
        return tuple(sorted({leaf.measure for leaf in self.items[node].leaves if leaf.measure is not None}))

    def band(self, value: float) -> BandRule | None:
        """The band of a figure; one below the first band is in the first; None where there are none.

        What binary arithmetic leaves beyond the ninth decimal is noise and moves no figure into the band below.
        """
        reached = [band for band in self.bands if round(value, NOISE) >= band.start]
        return (reached[-1] if reached else self.bands[0]) if self.bands else None


def _left_out(item: Item) -> Iterator[Item]:
    for child in item.children:
        if not child.collected:
            yield child
        else:
            yield from _left_out(child)
