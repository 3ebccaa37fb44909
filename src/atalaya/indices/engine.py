"""The engine: a methodology and a table → every figure of every unit, with its interval, and the log of what was done."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from atalaya.indices.language.definition import Index, Item, StepCall, View
from atalaya.indices.places import Placed, place_units
from atalaya.indices.series import Flags, Floats, Series, State
from atalaya.indices.steps.context import Context, Note
from atalaya.indices.steps.registry import STEPS
from atalaya.indices.steps.together import looks_at_several, stepped_together
from atalaya.indices.table import UnitTable, read_item, read_past
from atalaya.indices.tree import aggregate, set_aside, up_the_tree


@dataclass(frozen=True, slots=True)
class LogLine:
    """What one step did to one item."""

    step: str
    item: str
    note: Note


@dataclass(frozen=True, slots=True, kw_only=True)
class Computed:
    """Everything that was computed, in the order of `table.units`.

    `stages` are the indicators after each step by its name, `raw` first; `leaves` after the last one. `nodes` are the figures of
    every node by id, `views` those of every view by (view, branch). `ranks` are by rule.
    """

    index: Index
    table: UnitTable
    stages: Mapping[str, Mapping[str, Series]]
    leaves: Mapping[str, Series]
    nodes: Mapping[str, Series]
    views: Mapping[tuple[str, str], Series]
    ranks: Mapping[str, Placed]
    ranked: Flags
    log: tuple[LogLine, ...]

    @property
    def scores(self) -> Series:
        """The figures of the index itself."""
        return self.nodes[self.index.root.id]


def compute(index: Index, table: UnitTable, *, stages: bool = False) -> Computed:
    """Compute an index. `stages` keeps the indicators after every step.

    Raises MethodologyError where the table has no such column, a cell is no number, or a step asks for what is not said.
    """
    log: list[LogLine] = []
    applies = applying(index, table)
    kept, leaves = prepared(index, table, applies, log, keep=stages)
    return _finished(index, table, kept, leaves, applies, log)


def compute_again(index: Index, computed: Computed) -> Computed:
    """The same with another methodology that has the same indicators and steps: their cells are not read again."""
    applies = applying(index, computed.table)
    return _finished(index, computed.table, computed.stages, computed.leaves, applies, [])


def _finished(
    index: Index,
    table: UnitTable,
    kept: Mapping[str, Mapping[str, Series]],
    leaves: Mapping[str, Series],
    applies: Mapping[str, Flags],
    log: list[LogLine],
) -> Computed:
    nodes = _climbed(index, table, leaves, applies, log)
    views = _views(index, nodes, table, log)
    score = nodes[index.root.id]
    with np.errstate(invalid="ignore"):
        ranked: Flags = score.known & (np.nan_to_num(score.coverage) >= index.floor - 1e-12)
    ranks = {rule.id: place_units(score, ranked, rule, table) for rule in index.rankings}
    return Computed(
        index=index,
        table=table,
        stages=kept,
        leaves=leaves,
        nodes=nodes,
        views=views,
        ranks=ranks,
        ranked=ranked,
        log=tuple(log),
    )


def figures(index: Index, table: UnitTable) -> dict[str, Series]:
    """The figures of every node by id, without views and places, which may need columns that the table lacks.

    Raises MethodologyError as `compute` does.
    """
    log: list[LogLine] = []
    applies = applying(index, table)
    return _climbed(index, table, prepared(index, table, applies, log)[1], applies, log)


def _climbed(
    index: Index, table: UnitTable, leaves: Mapping[str, Series], applies: Mapping[str, Flags], log: list[LogLine]
) -> dict[str, Series]:
    """The figures of every node, each branch with its own steps and gates."""

    def after(item: Item, series: Series, found: Mapping[str, Series]) -> Series:
        series = _stepped(series, item.after, Context(item=item.id, units=table.units), log)
        for gate in index.gates:
            if gate.at == item.id:
                series = held_down(series, found[gate.node], gate.below, gate.cap)
        return series

    return up_the_tree(index.root, leaves, applies, after)


def applying(index: Index, table: UnitTable) -> dict[str, Flags]:
    """The units (units,) to which each node with a condition applies, by id of the node."""
    return {item.id: table.where(item.applies_when) for item in index.root.walk() if item.applies_when is not None}


def prepared(
    index: Index, table: UnitTable, applies: Mapping[str, Flags], log: list[LogLine], *, keep: bool = False
) -> tuple[dict[str, dict[str, Series]], dict[str, Series]]:
    """The indicators after every step (where kept) and after the last one."""
    leaves = {leaf.id: read_item(table, leaf, index.counts) for leaf in index.leaves}
    for leaf in index.leaves:
        leaves[leaf.id] = _without(index.root, leaf, leaves[leaf.id], applies)
    leaves = _screened(index, leaves, log)
    stages = {"raw": leaves} if keep else {}
    around = {leaf.id: _context(leaf, table) for leaf in index.leaves}
    if any(leaf.first for leaf in index.leaves):
        leaves = {leaf.id: _stepped(leaves[leaf.id], leaf.first, around[leaf.id], log) for leaf in index.leaves}
        if keep:
            stages["first"] = leaves
    for step in index.steps:
        if looks_at_several(step):
            leaves = _together(index, step, leaves, around, log)
        else:
            leaves = {
                leaf.id: _stepped(leaves[leaf.id], _own(leaf, step), around[leaf.id], log) for leaf in index.leaves
            }
        if keep:
            stages[step.name] = leaves
    if any(leaf.then for leaf in index.leaves):
        leaves = {leaf.id: _stepped(leaves[leaf.id], leaf.then, around[leaf.id], log) for leaf in index.leaves}
        if keep:
            stages["then"] = leaves
    return stages, leaves


def _together(
    index: Index,
    step: StepCall,
    leaves: Mapping[str, Series],
    around: Mapping[str, Context],
    log: list[LogLine],
) -> dict[str, Series]:
    """The indicators after a step that takes them all at once; those that have another in its place take that."""
    found, notes = stepped_together(index, step, leaves)
    log.extend(LogLine(step.name, name, note) for name, note in notes.items())
    own = {
        leaf.id: _stepped(leaves[leaf.id], _own(leaf, step), around[leaf.id], log)
        for leaf in index.leaves
        if step.name in leaf.overrides
    }
    return {name: found.get(name, own.get(name, series)) for name, series in leaves.items()}


def _without(root: Item, leaf: Item, series: Series, applies: Mapping[str, Flags]) -> Series:
    """An indicator without the units to which it, or a branch above it, does not apply."""
    for item in _above(root, leaf.id):
        series = set_aside(series, applies.get(item.id))
    return series


def _above(item: Item, leaf: str) -> list[Item]:
    """The items from the root down to a leaf."""
    if item.id == leaf:
        return [item]
    for child in item.present:
        below = _above(child, leaf)
        if below:
            return [item, *below]
    return []


def _own(leaf: Item, step: StepCall) -> tuple[StepCall, ...]:
    """The step as this indicator takes it."""
    if step.name not in leaf.overrides:
        return (step,)
    other = leaf.overrides[step.name]
    return () if other is None else (other,)


def _context(leaf: Item, table: UnitTable) -> Context:
    return Context(
        item=leaf.id,
        units=table.units,
        decreasing=leaf.decreasing,
        settings=leaf.settings,
        numbers=table.numbers,
        words=table.words,
        past=lambda: read_past(table, leaf),
    )


def _stepped(series: Series, steps: tuple[StepCall, ...], context: Context, log: list[LogLine]) -> Series:
    for step in steps:
        series, note = STEPS[step.name](series, step.parameters, context)
        if note:
            log.append(LogLine(step.name, context.item, note))
    return series


def _screened(index: Index, leaves: dict[str, Series], log: list[LogLine]) -> dict[str, Series]:
    """The indicators without the units of which too few are known."""
    if index.screen <= 0 or not leaves:
        return leaves
    known = np.stack([series.known for series in leaves.values()]).sum(axis=0)
    counted = np.stack([series.applies for series in leaves.values()]).sum(axis=0)
    with np.errstate(all="ignore"):
        gone: Flags = ~(known / counted >= index.screen - 1e-12)
    if gone.any():
        log.append(LogLine("screen", index.root.id, {"removed": int(gone.sum())}))
    return {name: series.without(gone) for name, series in leaves.items()}


def held_down(series: Series, gate: Series, below: float, cap: float) -> Series:
    """A figure held down to `cap` where the gate's is below: by its value, and its ends as far as the gate's may be.

    A gate that does not apply but may come to lowers the lower end alone.
    """
    with np.errstate(invalid="ignore"):
        closed = is_closed(gate, below)
        maybe = gate.ended & (gate.low < below)
        surely = gate.applies & (gate.high < below)
    values: Floats = np.where(closed, np.fmin(series.values, cap), series.values)
    return replace(
        series,
        values=np.where(series.state == State.VALUE, values, np.nan),
        low=np.where(maybe & series.ended, np.fmin(series.low, cap), series.low),
        high=np.where(surely & series.ended, np.fmin(series.high, cap), series.high),
    )


def is_closed(gate: Series, below: float) -> Flags:
    """Whether a gate holds down as far as is known: by its figure, else by its upper end."""
    with np.errstate(invalid="ignore"):
        reached = np.where(np.isnan(gate.values), gate.high, gate.values)
        closed: Flags = gate.applies & (reached < below)
    return closed


def _views(
    index: Index, nodes: Mapping[str, Series], table: UnitTable, log: list[LogLine]
) -> dict[tuple[str, str], Series]:
    found: dict[tuple[str, str], Series] = {}
    for view in index.views:
        for item in index.root.walk():
            if item.is_leaf or (view.at is not None and item.id not in view.at):
                continue
            leaves = [leaf for leaf in item.leaves if _fits(leaf, view)]
            if leaves:
                shares = [item.shares[leaf.id] for leaf in leaves]
                series = aggregate(item, [nodes[leaf.id] for leaf in leaves], shares, call=view.aggregation)
                context = Context(item=f"{view.id} of {item.id}", units=table.units)
                found[view.id, item.id] = _stepped(series, view.after, context, log)
    return found


def _fits(leaf: Item, view: View) -> bool:
    return all(leaf.tags.get(key) == word for key, word in view.where.items())
