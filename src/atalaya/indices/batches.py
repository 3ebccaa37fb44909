"""The tree computed for many reruns at once: figures of shape (runs, units), weights of shape (runs, children)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from atalaya.indices.aggregation import AGGREGATIONS, arithmetic, geometric
from atalaya.indices.independence import BY_ITSELF
from atalaya.indices.language.definition import Index, Item, StepCall
from atalaya.indices.series import Flags, Floats, Series, State, series_of
from atalaya.indices.steps.context import Context
from atalaya.indices.steps.registry import STEPS


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """What differs between the reruns of one batch.

    `weights` are of branches by id, (runs, children that are collected); branches without an entry keep their own. `drawn` are
    indicators by id: the units concerned (their places) and their figures (runs, those units).
    """

    runs: int
    weights: Mapping[str, Floats] = field(default_factory=dict)
    drawn: Mapping[str, tuple[NDArray[np.intp], Floats]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Part:
    """A figure: the same in every run (units,), or (runs, units); and where it does not apply at all (units,).

    `places` and `figures` are what a few units have instead, (those units,) and (runs, those units).
    """

    values: Floats
    idle: Flags
    places: NDArray[np.intp] | None = None
    figures: Floats | None = None

    def mapped(self, function: Callable[[Floats], Floats]) -> "_Part":
        """The same with every figure taken through a function."""
        return _Part(
            function(self.values), self.idle, self.places, None if self.figures is None else function(self.figures)
        )

    def whole(self) -> Floats:
        """All figures in one array, (units,) or (runs, units)."""
        if self.places is None or self.figures is None:
            return self.values
        values = np.repeat(self.values[None, :], len(self.figures), axis=0)
        values[:, self.places] = self.figures
        return values


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
    for child in item.present:
        _climb(index, child, leaves, applies, batch, found)
    children, of = [found[part.id] for part in item.parts], item.aggregation.of
    weights = _weights(item, batch) if of == "children" else _shares(item, batch, of)
    values = _made(item, children, weights)
    weighing = (weights != 0.0).any(axis=0)
    resting = [part.idle for part, weighs in zip(children, weighing, strict=True) if weighs]
    idle: Flags = np.asarray(np.all(resting or [part.idle for part in children], axis=0))
    if item.id in applies:
        idle = idle | ~applies[item.id]
    values = np.where(idle, np.nan, values)
    values = _after(item, values)
    for gate in index.gates:
        if gate.at == item.id:
            with np.errstate(invalid="ignore"):
                values = np.where(found[gate.node].whole() < gate.below, np.fmin(values, gate.cap), values)
    found[item.id] = _Part(values, idle)
    return found[item.id]


def _leaf(series: Series, batch: Batch, name: str) -> _Part:
    idle: Flags = (series.state == State.NOT_APPLICABLE) | (series.state == State.SCREENED)
    places, figures = batch.drawn.get(name, (None, None))
    return _Part(series.values, idle, places, figures)


def _weights(item: Item, batch: Batch) -> Floats:
    """The weights of the children, (runs or 1, children)."""
    own = batch.weights.get(item.id)
    return np.array([[child.weight for child in item.present]]) if own is None else own


def _shares(item: Item, batch: Batch, of: str) -> Floats:
    """The shares of the item's weight that the items of `item.under(of)` carry, (runs or 1, those items)."""
    if item.is_leaf:
        return np.ones((1, int(of == "leaves")))
    weights = np.abs(_weights(item, batch))
    weights = weights / weights.sum(axis=1, keepdims=True)
    below = [np.ones((1, 1)) if child.level == of else _shares(child, batch, of) for child in item.present]
    return np.concatenate([weights[:, [place]] * shares for place, shares in enumerate(below)], axis=1)


def _made(item: Item, parts: list[_Part], weights: Floats) -> Floats:
    """The aggregate, (units,) or (runs, units)."""
    made = AGGREGATIONS[item.aggregation.method]
    ready = [part.mapped(_Policy(item, part.idle)) for part in parts]
    if made is arithmetic:
        return _means(ready, weights)
    if made is geometric:
        return _geometric(ready, weights, item.aggregation.options.get("least"))
    whole = [part.whole() for part in ready]
    if weights.shape[0] == 1 and not any(values.ndim == 2 for values in whole):
        found = made(np.stack(whole, axis=-1), weights[0], item.aggregation.options)
    else:
        size = max(weights.shape[0], *(values.shape[0] for values in whole if values.ndim == 2), 1)
        stacked = np.stack([np.broadcast_to(values, (size, values.shape[-1])) for values in whole], axis=-1)
        found = made(stacked, weights[:, None, :], item.aggregation.options)
    if item.aggregation.method in ("sum", "product"):
        for values, part in zip(whole, ready, strict=True):
            found = np.where(np.isnan(values) & ~part.idle, np.nan, found)
    return found


@dataclass(frozen=True, slots=True)
class _Policy:
    """Zero for what does not apply or is unknown, where the methodology says so."""

    item: Item
    idle: Flags

    def __call__(self, values: Floats) -> Floats:
        if values.shape[-1] != len(self.idle):
            return values
        if self.item.missing.not_applicable == "zero":
            values = np.where(self.idle, 0.0, values)
        if self.item.missing.unknown == "zero":
            values = np.where(np.isnan(values) & ~self.idle, 0.0, values)
        return values


def _means(parts: list[_Part], weights: Floats) -> Floats:
    """The weighted means of parts under weights (runs or 1, parts): (units,) or (runs, units).

    Parts that are the same in every run are multiplied as one matrix, and the few units that differ are put in after it, so
    that thousands of runs cost little.
    """
    varies = weights.shape[0] > 1 or any(part.values.ndim == 2 or part.figures is not None for part in parts)
    fixed = [place for place, part in enumerate(parts) if part.values.ndim == 1]
    runs = max([weights.shape[0], *(len(part.whole()) for part in parts if part.values.ndim == 2)])
    runs = max([runs, *(len(part.figures) for part in parts if part.figures is not None)])
    above, below = (np.zeros((runs, parts[0].values.shape[-1])) for _ in range(2))
    if fixed:
        block = np.stack([parts[place].values for place in fixed])
        for place, row in zip(fixed, block, strict=True):
            changed = parts[place].places
            if changed is not None:
                row[changed] = np.nan
        given = ~np.isnan(block)
        above += weights[:, fixed] @ np.where(given, block, 0.0)
        below += weights[:, fixed] @ given.astype(np.float64)
    for place, part in enumerate(parts):
        if part.values.ndim == 2:
            _add(above, below, slice(None), weights[:, [place]], part.values)
        elif part.places is not None and part.figures is not None:
            _add(above, below, part.places, weights[:, [place]], part.figures)
    with np.errstate(all="ignore"):
        found = np.where(below != 0, above / below, np.nan)
    return found if varies else found[0]


def _add(above: Floats, below: Floats, places: slice | NDArray[np.intp], weights: Floats, values: Floats) -> None:
    """Add weighted figures (runs, places) and their weights to the sums (runs, units); what is NaN adds nothing."""
    lacking = np.isnan(values)
    if lacking.any():
        above[:, places] += weights * np.where(lacking, 0.0, values)
        below[:, places] += weights * ~lacking
    else:
        above[:, places] += weights * values
        below[:, places] += weights


def _geometric(parts: list[_Part], weights: Floats, least: object) -> Floats:
    """The weighted geometric means, by the means of the logarithms; NaN where a part is negative, zero where one is zero."""
    held = (
        parts
        if least is None
        else [part.mapped(lambda values: np.maximum(values, float(str(least)))) for part in parts]
    )
    with np.errstate(all="ignore"):
        found = np.exp(
            _means([part.mapped(lambda values: np.log(np.where(values > 0, values, np.nan))) for part in held], weights)
        )
    for place, part in enumerate(held):
        lowest = np.nanmin(
            [np.nanmin(values, initial=1.0) for values in (part.values, part.figures) if values is not None]
        )
        if lowest <= 0:
            values, counts = part.whole(), weights[:, [place]] != 0
            for fault, result in ((values == 0, 0.0), (values < 0, np.nan)):
                found = np.where(fault & (counts if found.ndim == 2 else counts[0]), result, found)
    return found


def _after(item: Item, values: Floats) -> Floats:
    """The figures after the branch's own steps; steps that look at all units go run by run."""
    context = Context(item=item.id, units=tuple(str(place) for place in range(values.shape[-1])))
    for step in item.after:
        if values.ndim == 1:
            values = _stepped(values, step, context)
        elif step.name in BY_ITSELF:
            values = _stepped(values.reshape(-1), step, context).reshape(values.shape)
        else:
            values = np.stack([_stepped(row, step, context) for row in values])
    return values


def _stepped(values: Floats, step: StepCall, context: Context) -> Floats:
    series = series_of(values, np.zeros(len(values), dtype=np.bool_))
    return STEPS[step.name](series, step.parameters, context)[0].values
