"""The index computed again under the alternatives that its methodology declares: draws → scores of every unit."""

import os
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from copy import deepcopy
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from atalaya.exceptions import MethodologyError
from atalaya.indices.batches import Batch, rerun
from atalaya.indices.engine import applying, prepared
from atalaya.indices.language.building import built
from atalaya.indices.language.definition import Index, Input, Item, Uncertainty
from atalaya.indices.language.places import changed
from atalaya.indices.series import Flags, Floats, Series, State
from atalaya.indices.table import UnitTable

Places = NDArray[np.intp]

_AT_ONCE = 256
"""Runs computed together; it bounds memory, not results."""
_MOST_THREADS = 4
"""Batches that run side by side at most; each takes memory of its own."""
_POOL_BYTES = 64 << 20
"""What the drawn figures of one input may take; fewer different draws are kept where there are many cells."""
_POOL = 1000
"""Different draws of weights or of unknown figures that the runs choose from."""


@dataclass(frozen=True, slots=True)
class _Prepared:
    """One combination of alternatives: the methodology it makes, its indicators and whom its nodes apply to."""

    index: Index
    leaves: Mapping[str, Series]
    applies: Mapping[str, Flags]


def _prepared(index: Index, table: UnitTable) -> _Prepared:
    applies = applying(index, table)
    leaves = prepared(index, table, applies, [])[1]
    return _Prepared(index, {name: each.bounded() for name, each in leaves.items()}, applies)


@dataclass(frozen=True, slots=True)
class _Pool:
    """Draws of the figures of one indicator: the units concerned, and shares from 0 to 1 or standard scores (draws, units)."""

    units: Places
    shares: NDArray[np.float32]


class Reruns:
    """Runs an index again and again. One object keeps what the runs share; the same coordinates give the same scores.

    A coordinate in [0, 1) for each input of the methodology: for a choice it is the place in the list, by probability; for
    weights, unknown figures and errors it chooses one of a pool of draws made from the seed, as COINr replicates noisy weights;
    for `drop` it chooses the child that is left out, none being one of the choices.
    """

    def __init__(self, index: Index, table: UnitTable) -> None:
        if index.uncertainty is None:
            raise MethodologyError(f"{index.id} declares no uncertainty; add `uncertainty` with its inputs")
        self.index, self.table = index, table
        self.inputs = index.uncertainty.inputs
        self._declared = index.uncertainty
        self._made: dict[tuple[int, ...], _Prepared] = {}
        self._pools: dict[str, dict[str, _Pool]] = {}
        self._weights: dict[str, dict[str, Floats]] = {}

    def scores(self, coordinates: Floats) -> Floats:
        """The scores (runs, units) at coordinates (runs, inputs); batches are computed side by side, in any order."""
        found = np.empty((len(coordinates), len(self.table.units)))
        work = []
        for rows, chosen in self._batches(coordinates):
            made = self._prepared(chosen)
            for each in self.inputs:  # what is shared is made before anything runs side by side
                if each.kind == "weights":
                    self._weights_of(each, made.index)
                elif each.kind in ("unknown", "error"):
                    self._pool(each, made)
            work.append((rows, made))

        def run(part: tuple[Places, _Prepared]) -> None:
            rows, made = part
            found[rows] = rerun(made.index, made.leaves, made.applies, self._batch(made, coordinates[rows]))

        with ThreadPoolExecutor(max_workers=min(os.cpu_count() or 1, _MOST_THREADS)) as threads:
            list(threads.map(run, work))
        return found

    def _batches(self, coordinates: Floats) -> Iterator[tuple[Places, tuple[int, ...]]]:
        """The places of runs that take the same alternatives, a limited number at once, and these alternatives."""
        chosen = self._chosen(coordinates)
        order = np.lexsort(chosen.T[::-1]) if chosen.shape[1] else np.arange(len(coordinates))
        ordered = chosen[order]
        breaks = np.flatnonzero((ordered[1:] != ordered[:-1]).any(axis=1)) + 1
        for rows in np.split(order, breaks):
            for start in range(0, len(rows), _AT_ONCE):
                yield rows[start : start + _AT_ONCE], tuple(int(number) for number in chosen[rows[0]])

    def alternatives(self) -> Iterator[tuple[str, str, Floats]]:
        """Each alternative alone: input, what is chosen or left out, and the scores (units,)."""
        for each in self.inputs:
            if each.kind == "choose":
                for number, index in enumerate(each.alternatives):
                    listed = each.parameters["choose"]
                    assert isinstance(listed, list), "held by the schema"
                    yield each.id, str(listed[number]), self._alone(index, Batch(runs=1))
            elif each.kind == "drop":
                item = self.index.items[str(each.parameters["drop"])]
                for place, child in enumerate(item.present):
                    weights = _own(item)
                    weights[0, place] = 0.0
                    yield each.id, child.id, self._alone(self.index, Batch(runs=1, weights={item.id: weights}))

    def _alone(self, index: Index, batch: Batch) -> Floats:
        made = _prepared(index, self.table)
        scores = rerun(index, made.leaves, made.applies, batch)
        first: Floats = scores[0]
        return first

    def _chosen(self, coordinates: Floats) -> NDArray[np.intp]:
        """Which alternative each run takes of each choice, (runs, choices)."""
        columns = []
        for place, each in enumerate(self.inputs):
            if each.kind == "choose":
                edges = np.cumsum(each.probabilities)[:-1]
                columns.append(np.searchsorted(edges, coordinates[:, place], side="right"))
        return np.stack(columns, axis=1) if columns else np.zeros((len(coordinates), 0), dtype=np.int64)

    def _prepared(self, chosen: tuple[int, ...]) -> _Prepared:
        if chosen not in self._made:
            document = {
                key: value for key, value in deepcopy(dict(self.index.document)).items() if key != "uncertainty"
            }
            choices = [each for each in self.inputs if each.kind == "choose"]
            for number, each in zip(chosen, choices, strict=True):
                listed = each.parameters["choose"]
                assert isinstance(listed, list), "held by the schema"
                changed(document, str(each.parameters["at"]), deepcopy(listed[number]))
            index = built(document, self.index.sha256, None)
            self._made[chosen] = _prepared(index, self.table)
        return self._made[chosen]

    def _batch(self, made: _Prepared, coordinates: Floats) -> Batch:
        weights: dict[str, Floats] = {}
        drawn: dict[str, tuple[Places, Floats]] = {}
        for place, each in enumerate(self.inputs):
            mine = coordinates[:, place]
            if each.kind == "weights":
                for name, pool in self._weights_of(each, made.index).items():
                    factor = pool[(mine * len(pool)).astype(np.int64)]
                    weights[name] = weights.get(name, _own(made.index.items[name])) * factor
            elif each.kind == "drop":
                name = str(each.parameters["drop"])
                weights[name] = weights.get(name, _own(made.index.items[name])) * _dropped(made.index.items[name], mine)
            elif each.kind in ("unknown", "error"):
                self._draw(each, made, mine, drawn)
        return Batch(runs=len(coordinates), weights=weights, drawn=drawn)

    def _weights_of(self, each: Input, index: Index) -> dict[str, Floats]:
        """Factors of the weights of every branch concerned, (pool, children)."""
        if each.id not in self._weights:
            told = each.parameters["weights"]
            assert isinstance(told, Mapping), "held by the schema"
            spread, of = float(told["spread"]), told.get("of")
            generator = self._generator(each)
            self._weights[each.id] = {
                item.id: generator.uniform(1.0 - spread, 1.0 + spread, (_POOL, len(item.present)))
                for item in index.root.walk()
                if not item.is_leaf and (of is None or item.id in of)
            }
        return self._weights[each.id]

    def _draw(self, each: Input, made: _Prepared, mine: Floats, drawn: dict[str, tuple[Places, Floats]]) -> None:
        """Put the drawn figures of unknown cells, or of all cells with their errors, among what is drawn."""
        pools = self._pool(each, made)
        told = each.parameters.get("error", {})
        for name, pool in pools.items():
            shares = pool.shares[(mine * len(pool.shares)).astype(np.int64)].astype(np.float64)
            series = made.leaves[name]
            if each.kind == "unknown":
                low, high = series.low[pool.units], series.high[pool.units]
                drawn[name] = _joined(drawn.get(name), pool.units, low + (high - low) * shares, series)
            else:
                assert isinstance(told, Mapping), "held by the schema"
                drawn[name] = _with_errors(drawn.get(name), shares, series, told, made.index)

    def _pool(self, each: Input, made: _Prepared) -> dict[str, _Pool]:
        if each.id not in self._pools:
            cells = {
                name: np.flatnonzero(series.state == State.UNKNOWN)
                if each.kind == "unknown"
                else np.arange(len(series.state))
                for name, series in made.leaves.items()
            }
            total = sum(len(units) for units in cells.values()) or 1
            count = max(2, min(_POOL, _POOL_BYTES // (4 * total)))
            generator = self._generator(each)
            told = each.parameters.get("error", ())
            draws = generator.standard_normal if isinstance(told, Mapping) and "normal" in told else generator.random
            self._pools[each.id] = {
                name: _Pool(units, draws((count, len(units)), dtype=np.float32))
                for name, units in cells.items()
                if len(units)
            }
        return self._pools[each.id]

    def _generator(self, each: Input) -> np.random.Generator:
        place = [other.id for other in self.inputs].index(each.id)
        return np.random.default_rng([self._declared.seed, place])


def declared(index: Index) -> Uncertainty:
    """The uncertainty that a methodology declares. Raises MethodologyError where it declares none."""
    if index.uncertainty is None:
        raise MethodologyError(f"{index.id} declares no uncertainty; add `uncertainty` with its inputs")
    return index.uncertainty


def _own(item: Item) -> Floats:
    return np.array([[child.weight for child in item.present]])


def _dropped(item: Item, coordinates: Floats) -> Floats:
    """Factors (runs, children) of which at most one is 0."""
    count = len(item.present)
    gone = (coordinates * (count + 1)).astype(np.int64)
    factors = np.ones((len(coordinates), count + 1))
    factors[np.arange(len(coordinates)), gone] = 0.0
    return factors[:, :count]


def _joined(
    before: tuple[Places, Floats] | None, units: Places, figures: Floats, series: Series
) -> tuple[Places, Floats]:
    """The figures of these units, beside those that an error has already moved."""
    if before is None:
        return units, figures
    every = np.repeat(series.values[None, :], len(figures), axis=0)
    every[:, before[0]] = before[1]
    every[:, units] = figures
    return np.arange(len(series.values)), every


def _with_errors(
    before: tuple[Places, Floats] | None, shares: Floats, series: Series, told: Mapping[str, object], index: Index
) -> tuple[Places, Floats]:
    """All figures of an indicator moved by a random error, held to the scale of the index where it has one."""
    every = np.repeat(series.values[None, :], len(shares), axis=0)
    if before is not None:
        every[:, before[0]] = before[1]
    known = series.values[series.known]
    low = index.low if np.isfinite(index.low) else float(known.min()) if known.size else 0.0
    high = index.high if np.isfinite(index.high) else float(known.max()) if known.size else 1.0
    if "flip" in told:
        chance = float(str(told["flip"]))
        moved = np.where(shares < chance, low + high - every, every)
    elif "normal" in told:
        moved = every + float(str(told["normal"])) * (high - low) * shares
    else:
        moved = every + float(str(told["uniform"])) * (high - low) * (2.0 * shares - 1.0)
    return np.arange(len(series.values)), np.clip(moved, low, high)
