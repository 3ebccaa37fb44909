"""The smallest set of cases whose mending raises the score or the rank of a unit most, by computing the index again.

A measure is a share of cases: each case that is mended moves it by the same step. What that brings to the index is not computed
from weights but by the engine itself, so that gates, thresholds, floors and every kind of mean count as they do in the score.
"""

from collections.abc import Callable, Generator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

import numpy as np

from atalaya.indices.engine import Computed, compute
from atalaya.indices.independence import stands_alone
from atalaya.indices.language.definition import Index
from atalaya.indices.places import place_units
from atalaya.indices.series import Flags, Floats, Series, plain_figure
from atalaya.indices.table import UnitTable

Row = Mapping[str, object]

T = TypeVar("T")

NOISE = 1e-9
"""Gains below this are none."""


@dataclass(frozen=True, slots=True)
class Mendable:
    """A measure of a unit as it is, with `count` failing cases, and as it is once all of them pass."""

    measure: str
    now: Row
    best: Row
    count: int

    def after(self, mended: int) -> Row:
        """The row with some of the cases mended: value and ends move in equal steps."""
        if mended in (0, self.count):
            return self.best if mended else self.now
        share = mended / self.count
        return {**self.best, **{key: _between(self.now.get(key), self.best.get(key), share) for key in _MOVED}}


_MOVED = ("value", "low", "high", "passed")


def _between(first: object, last: object, share: float) -> object:
    if not isinstance(first, int | float) or not isinstance(last, int | float):
        return last
    return first + (last - first) * share


Mended = Mapping[str, int]
"""How many cases are mended, by measure; measures without any are left out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where a unit stands: its score with its ends, its rank among the ranked units with the best and the worst that the ends of
    all scores permit, and whether it is ranked.
    """

    score: float | None
    low: float | None
    high: float | None
    rank: float | None
    rank_low: float | None
    rank_high: float | None
    ranked: bool


class Trial:
    """One unit of an index, computed again as often as wanted with some of its cases mended."""

    def __init__(
        self, index: Index, table: UnitTable, unit: str, mendable: Sequence[Mendable], computed: Computed | None = None
    ) -> None:
        self.index = index
        self.computed = compute(index, table) if computed is None else computed
        self.place = table.units.index(unit)
        self.unit = unit
        cited = set(index.measures)
        self.mendable = {each.measure: each for each in mendable if each.measure in cited and each.count}
        self._apart = stands_alone(index)
        self.sign = -1.0 if index.rankings[0].ascending else 1.0

    def standing(self, mended: Mended) -> Standing:
        """Where the unit stands after some mending, the others being as they are."""
        return self.standings([mended])[0]

    def standings(self, several: Sequence[Mended]) -> list[Standing]:
        """Where the unit stands after each of several mendings."""
        if self._apart:
            varied = compute(self.index, _varied([(self, mended) for mended in several]))
            return [self._standing(*self._put(varied, place)) for place in range(len(several))]
        whole = [self._whole(mended) if mended else self.computed for mended in several]
        return [self._standing(computed.scores, computed.ranked) for computed in whole]

    def _standing(self, series: Series, ranked: Flags) -> Standing:
        placed = place_units(series, ranked, self.index.rankings[0], self.computed.table)
        return Standing(
            score=plain_figure(series.values[self.place]),
            low=plain_figure(series.low[self.place]),
            high=plain_figure(series.high[self.place]),
            rank=plain_figure(placed.rank[self.place]),
            rank_low=plain_figure(placed.best[self.place]),
            rank_high=plain_figure(placed.worst[self.place]),
            ranked=bool(ranked[self.place]),
        )

    def scores(self, several: Sequence[Mended]) -> Floats:
        """The scores after each of several mendings (mendings,), greater always being better; NaN where there is none."""
        return scores_together([(self, several)])[0]

    def scores_in_whole(self, several: Sequence[Mended]) -> Floats:
        """The same, each mending computed in the table of all units."""
        found = [self._whole(mended).scores.values[self.place] for mended in several]
        return np.array(found, dtype=np.float64) * self.sign

    def _whole(self, mended: Mended) -> Computed:
        """The index of all units with this one mended."""
        table = self.computed.table
        measured = dict(table.measured)
        for measure, count in mended.items():
            measured[measure] = {**table.measured.get(measure, {}), self.unit: self.mendable[measure].after(count)}
        return compute(self.index, replace(table, measured=measured))

    def row(self, measure: str, mended: Mended) -> Row | None:
        """The row of a measure after some mending; None where the unit has none."""
        own = self.computed.table.measured.get(measure, {}).get(self.unit)
        mendable = self.mendable.get(measure)
        changed = own is not None and mendable is not None and mended.get(measure)
        return mendable.after(mended[measure]) if changed and mendable is not None else own

    def _put(self, varied: Computed, place: int) -> tuple[Series, Flags]:
        """The scores of all units and who is ranked, with the mended unit in its place."""
        scores, own, ranked = self.computed.scores, varied.scores, self.computed.ranked.copy()
        changed = {}
        for name in ("values", "low", "high", "state", "coverage", "imputed"):
            changed[name] = getattr(scores, name).copy()
            changed[name][self.place] = getattr(own, name)[place]
        ranked[self.place] = varied.ranked[place]
        return replace(scores, **changed), ranked


def scores_together(asked: Sequence[tuple[Trial, Sequence[Mended]]]) -> list[Floats]:
    """What `scores` gives for several trials of the same index and table.

    Where nothing looks at other units, one computation serves them all.
    """
    if not asked:
        return []
    first = asked[0][0]
    if not stands_alone(first.index):
        return [trial.scores_in_whole(several) for trial, several in asked]
    cells = [(trial, mended) for trial, several in asked for mended in several]
    found = compute(first.index, _varied(cells)).scores.values * first.sign if cells else np.zeros(0)
    ends = np.cumsum([len(several) for _, several in asked])
    return np.split(found, ends[:-1])


def _varied(cells: Sequence[tuple[Trial, Mended]]) -> UnitTable:
    """A table with a unit once for each mending of it."""
    table = cells[0][0].computed.table
    names = tuple(str(number) for number in range(len(cells)))
    measured: dict[str, dict[str, Row]] = {}
    for measure in table.measured:
        rows = ((name, trial.row(measure, mended)) for name, (trial, mended) in zip(names, cells, strict=True))
        measured[measure] = {name: row for name, row in rows if row is not None}
    columns = {name: tuple(words[trial.place] for trial, _ in cells) for name, words in table.columns.items()}
    return UnitTable(names, names, columns, measured)


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """Some cases of one measure that are mended next, and the points that they bring on top of those before them.

    `together` tells that they bring that only once all are mended, as where a threshold must be passed.
    """

    measure: str
    count: int
    points: float
    together: bool


Reached = Callable[[Standing], bool]

Choosing = Generator[Sequence[Mended], Floats, T]
"""Work that asks for the scores after some mendings and goes on once it is told them."""


def choose(trial: Trial, budget: int, reached: Reached | None = None) -> tuple[Block, ...]:
    """The cases to mend, best first: those that bring most with at most `budget` of them, or as few as reach a goal.

    Where every measure enters the index by a weighted mean this is the best set that there is; elsewhere it is found block by
    block (the cases that bring most a case), and what is then found to bring nothing is taken out again. Nothing where the unit
    has no score.
    """
    return _together([(trial, _choosing(trial, budget, reached))])[0]


def choose_each(trials: Sequence[Trial], budget: int) -> list[tuple[Block, ...]]:
    """What `choose` gives for each of several units of the same index and table, their scores computed together."""
    return _together([(trial, _choosing(trial, budget, None)) for trial in trials])


def _together(works: Sequence[tuple[Trial, Choosing[tuple[Block, ...]]]]) -> list[tuple[Block, ...]]:
    """The results of works that go on side by side: what all of them ask next is computed at once."""
    results: list[tuple[Block, ...]] = [()] * len(works)
    asked = {place: next(work) for place, (_, work) in enumerate(works)}
    while asked:
        told = scores_together([(works[place][0], several) for place, several in asked.items()])
        asked_next = {}
        for place, scores in zip(asked, told, strict=True):
            try:
                asked_next[place] = works[place][1].send(scores)
            except StopIteration as end:
                results[place] = end.value
        asked = asked_next
    return results


def _choosing(trial: Trial, budget: int, reached: Reached | None) -> Choosing[tuple[Block, ...]]:
    mended: dict[str, int] = {}
    score = float((yield [{}])[0])
    if np.isnan(score):
        return ()
    order: list[str] = []
    while sum(mended.values()) < budget and not (reached is not None and reached(trial.standing(mended))):
        found = yield from _best(trial, mended, score, budget - sum(mended.values()))
        if not found:
            break
        before = dict(mended)
        for measure, count in found.items():
            mended[measure] = mended.get(measure, 0) + count
            order.append(measure)
        if reached is not None and reached(trial.standing(mended)):
            mended = _least(trial, before, mended, reached)
        score = float((yield [mended])[0])
    if reached is not None and not reached(trial.standing(mended)):
        reached = None
    pruned = yield from _pruned(trial, mended, reached)
    return (yield from _told(pruned, list(dict.fromkeys(order))))


def _best(trial: Trial, mended: Mended, score: float, room: int) -> Choosing[dict[str, int]]:
    """What to mend next: the cases of one measure that bring most a case; where none bring anything, those below one branch."""
    left = {name: each.count - mended.get(name, 0) for name, each in trial.mendable.items()}
    sizes = [(name, size) for name, count in left.items() for size in _sizes(min(count, room))]
    found = yield from _densest(mended, score, sizes)
    if found is not None:
        name, size = found
        finer = [(name, each) for each in range(1, size)] if size <= _FINE else []
        best = yield from _densest(mended, score, [*finer, (name, size)])
        return dict([best or (name, size)])
    tried = []
    for item in trial.index.root.walk():
        cited = {leaf.source.name for leaf in item.leaves if leaf.source is not None}
        added = {name: count for name, count in left.items() if name in cited and count}
        if len(added) > 1 and sum(added.values()) <= room:
            tried.append(added)
    if not tried:
        return {}
    gains = (yield [_plus(mended, added) for added in tried]) - score
    shares = [gain / sum(added.values()) for gain, added in zip(gains, tried, strict=True)]
    place = int(np.nanargmax(shares)) if not np.isnan(shares).all() else 0
    return tried[place] if gains[place] > NOISE else {}


_FINE = 64
"""Up to so many cases every number of them is tried."""


def _sizes(most: int) -> list[int]:
    """1, 2, 4, … and all."""
    return sorted({*(2**power for power in range(most.bit_length()) if 2**power <= most), most} - {0})


def _densest(mended: Mended, score: float, sizes: Sequence[tuple[str, int]]) -> Choosing[tuple[str, int] | None]:
    """The measure and the number of cases that bring most a case; of equal ones the greatest number, then the first id."""
    if not sizes:
        return None
    gains = (yield [_plus(mended, {name: size}) for name, size in sizes]) - score
    shares = [
        (round(float(gain) / size, 9), size, name)
        for gain, (name, size) in zip(gains, sizes, strict=True)
        if gain > NOISE
    ]
    if not shares:
        return None
    _, size, name = min(shares, key=lambda each: (-each[0], -each[1], each[2]))
    return name, size


def _plus(mended: Mended, added: Mended) -> dict[str, int]:
    return {**mended, **{name: mended.get(name, 0) + count for name, count in added.items()}}


def _least(trial: Trial, before: Mended, after: Mended, reached: Reached) -> dict[str, int]:
    """The least of the last cases with which the goal is still reached."""
    found = dict(after)
    for name in after:
        low, high = before.get(name, 0), after[name]
        while low < high:
            middle = (low + high) // 2
            if reached(trial.standing({**found, name: middle})):
                high = middle
            else:
                low = middle + 1
        found[name] = high
    return {name: count for name, count in found.items() if count}


def _pruned(trial: Trial, mended: Mended, reached: Reached | None) -> Choosing[dict[str, int]]:
    """The set without the cases that it does not need."""
    kept = dict(mended)
    whole = float((yield [kept])[0])
    for name in sorted(kept):
        while kept.get(name, 0):
            fewer = {key: count - (key == name) for key, count in kept.items()}
            if reached is not None:
                needless = reached(trial.standing({key: count for key, count in fewer.items() if count}))
            else:
                needless = float((yield [fewer])[0]) >= whole - NOISE
            if not needless:
                break
            kept = {key: count for key, count in fewer.items() if count}
    return kept


def _told(mended: Mended, order: Sequence[str]) -> Choosing[tuple[Block, ...]]:
    """The chosen cases as blocks, each on top of those before it."""
    done: dict[str, int] = {}
    blocks = []
    for name in order:
        count = mended.get(name, 0)
        if not count:
            continue
        before, one, after = yield [done, _plus(done, {name: 1}), _plus(done, {name: count})]
        points = float(after - before)
        together = count > 1 and abs(float(one - before) * count - points) > NOISE * count
        blocks.append(Block(measure=name, count=count, points=points, together=together))
        done = _plus(done, {name: count})
    return tuple(blocks)
