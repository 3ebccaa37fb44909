"""Two editions of an index, or two indices of the same units: what moved because the rule changed, and what because they did."""

from dataclasses import dataclass

import numpy as np

from atalaya.exceptions import MethodologyError
from atalaya.indices.engine import compute
from atalaya.indices.language.definition import Index
from atalaya.indices.places import ranks_of
from atalaya.indices.series import Flags, Floats, plain_figure
from atalaya.indices.table import UnitTable


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """One unit from the old edition to the new one. `by_rule` and `by_data` add up to the whole change of its score.

    Each is the mean of changing it first and changing it last; None where a unit has no score in one of the four computations.
    """

    unit: str
    name: str
    old: float | None
    new: float | None
    by_rule: float | None
    by_data: float | None
    old_rank: int | None
    new_rank: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """All units of both editions, those that moved most first; units of one edition only; how alike the ranks are.

    `rank_correlation` is Spearman's, of units ranked in both; NaN for fewer than two.
    """

    units: tuple[Moved, ...]
    only_old: tuple[str, ...]
    only_new: tuple[str, ...]
    rank_correlation: float
    same_rule: bool


def compare_editions(old: Index, old_table: UnitTable, new: Index, new_table: UnitTable) -> Comparison:
    """Compute both methodologies on both tables and part each change of score into rule and data.

    A methodology that cannot read the other table (it lacks a column) leaves the parts untold: only old and new are given.
    """
    first, last = compute(old, old_table), compute(new, new_table)
    crossed = [_crossed(new, old_table), _crossed(old, new_table)]
    shared = [unit for unit in old_table.units if unit in set(new_table.units)]
    scores = [
        _scores(old_table, first.scores.values, shared),
        _scores(old_table, crossed[0], shared),
        _scores(new_table, crossed[1], shared),
        _scores(new_table, last.scores.values, shared),
    ]
    ranked = np.array(
        [first.ranked[old_table.units.index(u)] and last.ranked[new_table.units.index(u)] for u in shared], dtype=bool
    )
    ranks = [_ranks(scores[place], ranked) for place in (0, 3)]
    rule = ((scores[1] - scores[0]) + (scores[3] - scores[2])) / 2
    data = ((scores[2] - scores[0]) + (scores[3] - scores[1])) / 2
    names = dict(zip(new_table.units, new_table.names, strict=True))
    moved = [
        Moved(
            unit=unit,
            name=names[unit],
            old=plain_figure(scores[0][place]),
            new=plain_figure(scores[3][place]),
            by_rule=plain_figure(rule[place]),
            by_data=plain_figure(data[place]),
            old_rank=_whole(ranks[0][place]),
            new_rank=_whole(ranks[1][place]),
        )
        for place, unit in enumerate(shared)
    ]
    return Comparison(
        units=tuple(sorted(moved, key=_by_change)),
        only_old=tuple(unit for unit in old_table.units if unit not in set(shared)),
        only_new=tuple(unit for unit in new_table.units if unit not in set(shared)),
        rank_correlation=_correlation(ranks[0][ranked], ranks[1][ranked]),
        same_rule=old.sha256 == new.sha256,
    )


def _crossed(index: Index, table: UnitTable) -> Floats:
    try:
        return compute(index, table).scores.values
    except MethodologyError:
        return np.full(len(table.units), np.nan)


def _scores(table: UnitTable, values: Floats, units: list[str]) -> Floats:
    places = {unit: place for place, unit in enumerate(table.units)}
    return np.array([values[places[unit]] for unit in units], dtype=np.float64)


def _ranks(scores: Floats, ranked: Flags) -> Floats:
    """Ranks among the units ranked in both editions, ties getting the least."""
    found = np.full(len(scores), np.nan)
    found[ranked] = ranks_of(np.round(scores[ranked], 9), "min")
    return found


def _correlation(first: Floats, second: Floats) -> float:
    if len(first) < 2 or first.std() == 0 or second.std() == 0:
        return float("nan")
    return float(np.corrcoef(first, second)[0, 1])


def _by_change(moved: Moved) -> tuple[float, str]:
    change = 0.0 if moved.old is None or moved.new is None else abs(moved.new - moved.old)
    return -change, moved.unit


def _whole(value: float) -> int | None:
    return None if np.isnan(value) else int(value)
