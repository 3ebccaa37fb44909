"""What mending would add: for each measure of a unit, the points of the index when all its failing cases are mended."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from atalaya.indices.engine import figures, is_closed
from atalaya.indices.independence import stands_alone
from atalaya.indices.language.definition import Index, Item
from atalaya.indices.rounding import NOISE
from atalaya.indices.series import Series, State
from atalaya.indices.table import Row, UnitTable

_AT_ONCE = 20_000
"""Trials computed together; it bounds memory, not results."""


@dataclass(frozen=True, slots=True)
class Gain:
    """One thing to mend: a measure, and the first indicator that reads it. `points` are added to the index.

    `at_least` tells that opening a gate may add more. `failing` counts the cases to mend.
    """

    indicator: str
    measure: str
    points: float
    failing: int
    at_least: bool = False


@dataclass(frozen=True, slots=True)
class _Trial:
    """A unit by its place, the rows of its measures that are otherwise, and the measure that is mended; "" changes nothing."""

    place: int
    rows: Mapping[str, Row]
    measure: str = ""
    opens: bool = False


def what_if(index: Index, table: UnitTable, units: Sequence[str] | None = None) -> dict[str, tuple[Gain, ...]]:
    """The gains of units (all of the table by default), greatest first, ties by indicator; none for one without a score.

    Each gain stands alone: mending one measure leaves the others as they are, and unknown cases unknown. Behind a closed gate
    only the gate can be mended; what did not apply behind it then counts at its worst, so its gain is the least that can follow.

    Raises MethodologyError as `compute` does.
    """
    wanted = set(table.units if units is None else units)
    places = [place for place, unit in enumerate(table.units) if unit in wanted]
    nodes = figures(index, table)
    found: dict[str, list[Gain]] = {table.units[place]: [] for place in places}
    readers = {measure: leaf for leaf in reversed(index.leaves) if (measure := leaf.measure) is not None}
    before = 0.0
    for trial, score in _scored(index, table, _trials(index, table, nodes, readers, places)):
        if not trial.measure:
            before = score
            continue
        points = round(score - before, NOISE)
        if points > 0:
            unit = table.units[trial.place]
            failing = _failing(table.measured[trial.measure][unit])
            gain = Gain(readers[trial.measure].id, trial.measure, points, failing, trial.opens)
            found[unit].append(gain)
    return {unit: tuple(sorted(each, key=lambda gain: (-gain.points, gain.indicator))) for unit, each in found.items()}


def _trials(
    index: Index,
    table: UnitTable,
    nodes: Mapping[str, Series],
    readers: Mapping[str, Item],
    places: Sequence[int],
) -> Iterator[_Trial]:
    """Of each unit with a score, itself as it is and then each measure mended that is not at its best."""
    closed = [
        (gate, is_closed(nodes[gate.node], gate.below), set(index.measures_under(gate.node))) for gate in index.gates
    ]
    known = nodes[index.root.id].known
    for place in places:
        if not known[place]:
            continue
        yield _Trial(place, {})
        for measure in readers:
            row = table.measured.get(measure, {}).get(table.units[place])
            if row is None or not _below_best(row):
                continue
            rows = {measure: _mended(row)}
            opened = [gate for gate, shut, below in closed if shut[place] and measure in below]
            for gate in opened:
                rows = {**_behind(index.items[gate.at], nodes, place), **rows}
            yield _Trial(place, rows, measure, bool(opened))


def _below_best(row: Row) -> bool:
    value = row.get("value")
    return isinstance(value, int | float) and value < 1.0


def _mended(row: Row) -> Row:
    """The measure with every failing case passing; unknown cases stay unknown."""
    decided, undecided = _count(row, "applied"), _count(row, "unknown")
    low = decided / (decided + undecided) if decided + undecided else 1.0
    return {**row, "value": 1.0, "low": low, "high": 1.0, "passed": decided}


def _behind(item: Item, nodes: Mapping[str, Series], place: int) -> dict[str, Row]:
    """What did not apply behind a gate, at its worst."""
    found: dict[str, Row] = {}
    for leaf in item.leaves:
        if leaf.measure is not None and nodes[leaf.id].state[place] == State.NOT_APPLICABLE:
            worst = 1.0 if leaf.decreasing else 0.0
            found[leaf.measure] = {"value": worst, "low": worst, "high": worst, "applied": 1, "unknown": 0}
    return found


def _failing(row: Row) -> int:
    return _count(row, "applied") - _count(row, "passed")


def _count(row: Row, column: str) -> int:
    value = row.get(column)
    return int(value) if isinstance(value, int | float) else 0


def _scored(index: Index, table: UnitTable, trials: Iterator[_Trial]) -> Iterator[tuple[_Trial, float]]:
    """The score of each trial, NaN where there is none.

    Where every step looks at one unit alone, trials are computed as so many units; else each in the whole table.
    """
    if not stands_alone(index):
        for trial in trials:
            yield trial, _whole(index, table, trial)
        return
    waiting: list[_Trial] = []
    for trial in trials:
        waiting.append(trial)
        if len(waiting) == _AT_ONCE:
            yield from _together(index, table, waiting)
            waiting = []
    if waiting:
        yield from _together(index, table, waiting)


def _together(index: Index, table: UnitTable, trials: Sequence[_Trial]) -> list[tuple[_Trial, float]]:
    places = [trial.place for trial in trials]
    names = tuple(str(number) for number in range(len(trials)))
    columns = {key: tuple(words[place] for place in places) for key, words in table.columns.items()}
    measured: dict[str, Mapping[str, Row]] = {}
    for measure in index.measures:
        rows = table.measured.get(measure, {})
        given = (
            (name, t.rows.get(measure) or rows.get(table.units[t.place])) for name, t in zip(names, trials, strict=True)
        )
        measured[measure] = {name: row for name, row in given if row is not None}
    scores = figures(index, UnitTable(names, names, columns, measured))[index.root.id].values
    return list(zip(trials, scores.tolist(), strict=True))


def _whole(index: Index, table: UnitTable, trial: _Trial) -> float:
    unit = table.units[trial.place]
    changed = {name: {**table.measured.get(name, {}), unit: row} for name, row in trial.rows.items()}
    nodes = figures(index, replace(table, measured={**table.measured, **changed}))
    score = float(nodes[index.root.id].values[trial.place])
    return score if np.isfinite(score) else float("nan")
