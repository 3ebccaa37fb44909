"""Editions one after the other: what moved because the rule changed, because they changed, and because others came or went.

Between two editions the score of a unit depends on three things: the methodology, the figures of the units of both editions, and
which other units there are. Each is taken from the old or the new edition, the index is computed for all eight combinations, and
each change gets the mean of what it brings over every order in which the three can be made (Shapley's value), so that the three
parts add up to the whole. Links add up over the chain.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from atalaya.exceptions import MethodologyError
from atalaya.indices.engine import compute
from atalaya.indices.language.definition import Index
from atalaya.indices.series import Floats, plain_figure
from atalaya.indices.table import Row, UnitTable

PARTS = ("by_rule", "by_data", "by_universe")


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """One edition of a chain: how it is called, its methodology, and its table."""

    name: str
    index: Index
    table: UnitTable


@dataclass(frozen=True, slots=True, kw_only=True)
class Parted:
    """A figure before and after, and the three parts of its change; None where one cannot be told."""

    old: float | None
    new: float | None
    by_rule: float | None
    by_data: float | None
    by_universe: float | None


Ends = tuple[float | None, float | None]
"""The best and the worst."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitChange:
    """One unit of both editions: its score and its rank among all ranked units (a fall of the rank is a rise).

    `old_ranks` and `new_ranks` are the best and the worst rank that the ends of all scores permit.
    """

    unit: str
    name: str
    score: Parted
    rank: Parted
    old_ranks: Ends
    new_ranks: Ends


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """From one edition to the next. `mean` is of the scores of all ranked units; `came` and `went` are units of one edition only.

    `untold` says why the parts cannot be told; empty where they can.
    """

    old: str
    new: str
    same_rule: bool
    came: tuple[str, ...]
    went: tuple[str, ...]
    mean: Parted
    units: tuple[UnitChange, ...]
    untold: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    """One unit over the whole chain: the first and the last edition that have it without a gap up to the end, and the sums of the
    parts of the links between; None where a part of a link is not told.
    """

    unit: str
    name: str
    since: str
    score: Parted
    rank: Parted
    old_ranks: Ends
    new_ranks: Ends


@dataclass(frozen=True, slots=True)
class Chain:
    """All changes in order, and what they add up to for each unit of the last edition, those that moved most first."""

    changes: tuple[Change, ...]
    units: tuple[Whole, ...]


def chained(links: Sequence[Link]) -> Chain:
    """Compare editions in the order given. Raises MethodologyError for fewer than two, or one that cannot be computed."""
    if len(links) < 2:
        raise MethodologyError("a history needs two editions at least; give another one")
    changes = tuple(_change(old, new) for old, new in pairwise(links))
    wholes = [whole_of(unit, changes) for unit in dict.fromkeys(each.unit for each in changes[-1].units)]
    return Chain(changes, tuple(sorted(wholes, key=_by_change)))


def _change(old: Link, new: Link) -> Change:
    before, after = set(old.table.units), set(new.table.units)
    common = [unit for unit in new.table.units if unit in before]
    went = [unit for unit in old.table.units if unit not in after]
    came = [unit for unit in new.table.units if unit not in before]
    found, untold = _combinations(old, new, common, went, came)
    names = dict(zip(new.table.units, new.table.names, strict=True))
    return Change(
        old=old.name,
        new=new.name,
        same_rule=old.index.sha256 == new.index.sha256,
        came=tuple(came),
        went=tuple(went),
        mean=_parted({key: each.mean for key, each in found.items()}),
        units=tuple(
            UnitChange(
                unit=unit,
                name=names[unit],
                score=_parted({key: each.scores[place] for key, each in found.items()}),
                rank=_parted({key: each.ranks[place] for key, each in found.items()}),
                old_ranks=found[0, 0, 0].ends(place),
                new_ranks=found[1, 1, 1].ends(place),
            )
            for place, unit in enumerate(common)
        ),
        untold=untold,
    )


@dataclass(frozen=True, slots=True)
class _Computed:
    """Scores, ranks, and best and worst ranks of the common units (units,), and the mean score of all ranked units."""

    scores: Floats
    ranks: Floats
    best: Floats
    worst: Floats
    mean: float

    def ends(self, place: int) -> Ends:
        """The best and the worst rank of a unit."""
        return plain_figure(self.best[place]), plain_figure(self.worst[place])


_Choice = tuple[int, int, int]
"""Rule, figures and other units: 0 for those of the old edition, 1 for those of the new one."""


def _combinations(
    old: Link, new: Link, common: Sequence[str], went: Sequence[str], came: Sequence[str]
) -> tuple[dict[_Choice, _Computed], str]:
    """The index under each combination, and why one of them cannot be computed. What makes no difference is computed once."""
    links = (old, new)
    same_rule, same_others = old.index.sha256 == new.index.sha256, not went and not came
    found: dict[_Choice, _Computed] = {}
    known: dict[_Choice, _Computed | None] = {}
    untold = ""
    for rule, data, others in np.ndindex(2, 2, 2):
        key = (data if same_rule else rule, data, data if same_others else others)
        if key not in known:
            try:
                table = _mixed(links[data].table, links[others].table, common, (went, came)[others])
                known[key] = _computed(links[key[0]].index, table, common)
            except MethodologyError as error:
                if len(set(key)) == 1:  # an edition itself, however it was come to
                    raise
                known[key] = None
                untold = untold or str(error)
        each = known[key]
        if each is not None:
            found[rule, data, others] = each
    return found, untold


def _mixed(data: UnitTable, others: UnitTable, common: Sequence[str], further: Sequence[str]) -> UnitTable:
    """The common units as one table has them, and further units as another does: of what both tell."""
    if data is others:
        return data
    parts = [(data, common)] + ([(others, further)] if further else [])
    columns = [name for name in data.columns if all(name in table.columns for table, _ in parts)]
    measures = [name for name in data.measured if all(name in table.measured for table, _ in parts)]
    if further and (data.earlier or others.earlier):
        raise MethodologyError("figures of earlier times cannot be taken from two editions at once")
    places = [[table.units.index(unit) for unit in units] for table, units in parts]
    return UnitTable(
        units=tuple(unit for _, units in parts for unit in units),
        names=tuple(table.names[at] for (table, _), where in zip(parts, places, strict=True) for at in where),
        columns={
            name: tuple(
                table.columns[name][at] for (table, _), where in zip(parts, places, strict=True) for at in where
            )
            for name in columns
        },
        measured={name: _rows(name, parts) for name in measures},
        earlier=data.earlier,
    )


def _rows(name: str, parts: Sequence[tuple[UnitTable, Sequence[str]]]) -> Mapping[str, Row]:
    return {
        unit: table.measured[name][unit] for table, units in parts for unit in units if unit in table.measured[name]
    }


def _computed(index: Index, table: UnitTable, common: Sequence[str]) -> _Computed:
    """Raises MethodologyError where the table lacks a column or a measure."""
    absent = [name for name in index.measures if name not in table.measured]
    if absent:
        raise MethodologyError(f"{index.id} reads {', '.join(absent)}, which the other edition does not have")
    computed = compute(index, table)
    at = {unit: place for place, unit in enumerate(table.units)}
    places = np.array([at[unit] for unit in common], dtype=np.intp)
    placed = computed.ranks[index.rankings[0].id]
    ranked = computed.scores.values[computed.ranked]
    return _Computed(
        computed.scores.values[places],
        placed.rank[places],
        placed.best[places],
        placed.worst[places],
        float(ranked.mean()) if ranked.size else float("nan"),
    )


_WEIGHTS = {0: 1 / 3, 1: 1 / 6, 2: 1 / 3}
"""Shapley's weights of the changes already made, of three."""


def _parted(values: Mapping[_Choice, float]) -> Parted:
    """The parts of one figure; none where a combination is not there or has no figure."""
    old, new = values[0, 0, 0], values[1, 1, 1]
    parts: list[float | None] = [None, None, None]
    if len(values) == 8 and not np.isnan(list(values.values())).any():
        parts = [_share(values, factor) for factor in range(3)]
    return Parted(
        old=plain_figure(old),
        new=plain_figure(new),
        **dict(zip(PARTS, parts, strict=True)),
    )


def _share(values: Mapping[_Choice, float], factor: int) -> float:
    """The mean of what one change brings over all orders of the three."""
    total = 0.0
    for choice in np.ndindex(2, 2, 2):
        if choice[factor] == 0:
            made = tuple(1 if place == factor else each for place, each in enumerate(choice))
            total += _WEIGHTS[sum(choice)] * (values[made] - values[choice])  # type: ignore[index]
    return float(total)


def whole_of(unit: str, changes: Sequence[Change]) -> Whole:
    """The sums over the last links that have the unit without a gap. Raises MethodologyError where the last one has it not."""
    steps: list[tuple[Change, UnitChange]] = []
    for change in reversed(changes):
        found = next((each for each in change.units if each.unit == unit), None)
        if found is None:
            break
        steps.insert(0, (change, found))
    if not steps:
        raise MethodologyError(f"{unit} is in no edition of the chain up to its end; take another edition or unit")
    return Whole(
        unit=unit,
        name=steps[-1][1].name,
        since=steps[0][0].old,
        score=summed([each.score for _, each in steps]),
        rank=summed([each.rank for _, each in steps]),
        old_ranks=steps[0][1].old_ranks,
        new_ranks=steps[-1][1].new_ranks,
    )


def summed(parts: Sequence[Parted]) -> Parted:
    """A figure over several changes in a row: the first and the last, and the sums of the parts."""
    sums = {name: _sum([getattr(each, name) for each in parts]) for name in PARTS}
    return Parted(old=parts[0].old, new=parts[-1].new, **sums)


def _sum(figures: Sequence[float | None]) -> float | None:
    told = [figure for figure in figures if figure is not None]
    return sum(told) if len(told) == len(figures) else None


def _by_change(whole: Whole) -> tuple[float, str]:
    old, new = whole.score.old, whole.score.new
    return -(0.0 if old is None or new is None else abs(new - old)), whole.unit
