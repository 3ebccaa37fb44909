"""The tree computed for many reruns at once: figures of shape (runs, units), weights of shape (runs, children)."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from atalaya.indices.aggregation import AGGREGATIONS, arithmetic, geometric
from atalaya.indices.language.definition import Index, Item, StepCall
from atalaya.indices.series import Flags, Floats, Series, State, series_of
from atalaya.indices.steps.context import Context
from atalaya.indices.steps.registry import STEPS

_BY_ITSELF = frozenset({"box_cox", "clip", "log", "power", "reverse", "round", "scale", "thresholds"})
"""Steps that look at one value only, so that all reruns go through at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """What differs between the reruns of one batch.

    `weights` are of branches by id, (runs, children that are collected); branches without an entry keep their own. `drawn` are
    indicators by id: the units concerned (their places) and their figures (runs, those units).
    """

    runs: int
    weights: Mapping[str, Floats] = field(default_factory=dict)
    drawn: Mapping[str, tuple[np.ndarray, Floats]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Part:
    """A figure: the same in every run (units,), or (runs, units); and where it does not apply at all (units,)."""

    values: Floats
    idle: Flags

    @property
    def varies(self) -> bool:
        return self.values.ndim == 2


def rerun(index: Index, leaves: Mapping[str, Series], applies: Mapping[str, Flags], batch: Batch) -> Floats:
    """The scores of all runs of a batch, (runs, units); NaN where there is none.

    `leaves` are the prepared indicators, `applies` the units (units,) that nodes with a condition apply to.
    """
    found: dict[str, _Part] = {}
    _climb(index, index.root, leaves, applies, batch, found)
    score = found[index.root.id].values
    return score if score.ndim == 2 else np.broadcast_to(score, (batch.runs, len(score)))


def _climb(
    index: Index,
    item: Item,
    leaves: Mapping[str, Series],
    applies: Mapping[str, Flags],
    batch: Batch,
    found: dict[str, _Part],
) -> _Part:
    if item.is_leaf:
        found[item.id] = _leaf(leaves[item.id], batch, item.id)
        return found[item.id]
    children = [_climb(index, child, leaves, applies, batch, found) for child in item.present]
    weights = _weights(item, batch)
    if item.aggregation.leaves:
        children = [found[leaf.id] for leaf in item.leaves]
        weights = _shares(item, batch)
    values = _made(item, children, weights)
    idle = np.all([part.idle for part in children], axis=0)
    if item.id in applies:
        idle = idle | ~applies[item.id]
    values = np.where(idle, np.nan, values)
    values = _after(item, values)
    for gate in index.gates:
        if gate.at == item.id:
            with np.errstate(invalid="ignore"):
                values = np.where(found[gate.node].values < gate.below, np.fmin(values, gate.cap), values)
    found[item.id] = _Part(values, idle)
    return found[item.id]


def _leaf(series: Series, batch: Batch, name: str) -> _Part:
    idle: Flags = (series.state == State.NOT_APPLICABLE) | (series.state == State.SCREENED)
    if name not in batch.drawn:
        return _Part(series.values, idle)
    units, figures = batch.drawn[name]
    values = np.repeat(series.values[None, :], batch.runs, axis=0)
    values[:, units] = figures
    return _Part(values, idle)


def _weights(item: Item, batch: Batch) -> Floats:
    """The weights of the children, (runs or 1, children)."""
    own = batch.weights.get(item.id)
    return np.array([[child.weight for child in item.present]]) if own is None else own


def _shares(item: Item, batch: Batch) -> Floats:
    """The shares of the item's weight that its indicators carry, (runs or 1, indicators)."""
    if item.is_leaf:
        return np.ones((1, 1))
    weights = np.abs(_weights(item, batch))
    weights = weights / weights.sum(axis=1, keepdims=True)
    return np.concatenate(
        [weights[:, [place]] * _shares(child, batch) for place, child in enumerate(item.present)], axis=1
    )


def _made(item: Item, parts: list[_Part], weights: Floats) -> Floats:
    """The aggregate, (units,) or (runs, units)."""
    made = AGGREGATIONS[item.aggregation.method]
    ready = [_by_policy(item, part) for part in parts]
    plain = weights.shape[0] == 1 and not any(values.ndim == 2 for values in ready)
    if plain:
        found = made(np.stack(ready, axis=-1), weights[0], item.aggregation.options)
    elif made is arithmetic:
        found = _means(ready, weights)
    elif made is geometric:
        found = _geometric(ready, weights, item.aggregation.options.get("least"))
    else:
        size = max(weights.shape[0], *(values.shape[0] for values in ready if values.ndim == 2), 1)
        stacked = np.stack([np.broadcast_to(values, (size, values.shape[-1])) for values in ready], axis=-1)
        found = made(stacked, weights[:, None, :], item.aggregation.options)
    if item.aggregation.method in ("sum", "product"):
        lacking = [np.isnan(values) & ~part.idle for values, part in zip(ready, parts, strict=True)]
        for lack in lacking:
            found = np.where(lack, np.nan, found)
    return found


def _by_policy(item: Item, part: _Part) -> Floats:
    """Zero for what does not apply or is unknown, where the methodology says so."""
    values = part.values
    if item.missing.not_applicable == "zero":
        values = np.where(part.idle, 0.0, values)
    if item.missing.unknown == "zero":
        values = np.where(np.isnan(values) & ~part.idle, 0.0, values)
    return values


def _means(parts: list[Floats], weights: Floats) -> Floats:
    """The weighted means of parts (units,) or (runs, units) under weights (runs or 1, parts).

    Parts that are the same in every run are multiplied as one matrix, so that thousands of runs cost little.
    """
    fixed = [place for place, values in enumerate(parts) if values.ndim == 1]
    size = parts[0].shape[-1]
    above = np.zeros((weights.shape[0], size))
    below = np.zeros((weights.shape[0], size))
    if fixed:
        block = np.stack([parts[place] for place in fixed])
        given = ~np.isnan(block)
        above = above + weights[:, fixed] @ np.where(given, block, 0.0)
        below = below + weights[:, fixed] @ given.astype(np.float64)
    for place, values in enumerate(parts):
        if values.ndim == 2:
            given = ~np.isnan(values)
            above = above + weights[:, [place]] * np.where(given, values, 0.0)
            below = below + weights[:, [place]] * given
    with np.errstate(all="ignore"):
        return np.where(below != 0, above / below, np.nan)


def _geometric(parts: list[Floats], weights: Floats, least: object) -> Floats:
    """The weighted geometric means, by the means of the logarithms; NaN where a part is negative, zero where one is zero."""
    held = parts if least is None else [np.maximum(values, float(str(least))) for values in parts]
    with np.errstate(all="ignore"):
        found = np.exp(_means([np.log(np.where(values > 0, values, np.nan)) for values in held], weights))
    for place, values in enumerate(held):
        counts = weights[:, [place]] != 0
        for fault, result in ((values == 0, 0.0), (values < 0, np.nan)):
            if fault.any():
                found = np.where(fault & counts, result, found)
    return found


def _after(item: Item, values: Floats) -> Floats:
    """The figures after the branch's own steps; steps that look at all units go run by run."""
    context = Context(item=item.id, units=tuple(str(place) for place in range(values.shape[-1])))
    for step in item.after:
        if values.ndim == 1:
            values = _stepped(values, step, context)
        elif step.name in _BY_ITSELF:
            values = _stepped(values.reshape(-1), step, context).reshape(values.shape)
        else:
            values = np.stack([_stepped(row, step, context) for row in values])
    return values


def _stepped(values: Floats, step: StepCall, context: Context) -> Floats:
    series = series_of(values, np.zeros(len(values), dtype=np.bool_))
    return STEPS[step.name](series, step.parameters, context)[0].values
