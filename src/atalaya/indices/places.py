"""Places of units: ranks of scores by a declared rule, with the best and the worst place that the intervals permit."""

from dataclasses import dataclass

import numpy as np

from atalaya.indices.language.definition import RankRule
from atalaya.indices.series import Flags, Floats, Series
from atalaya.indices.steps.transforming import rounded_array
from atalaya.indices.table import UnitTable


@dataclass(frozen=True, slots=True)
class Placed:
    """Ranks (units,), from 1, NaN where a unit is not ranked; the best and worst that the intervals permit; among how many."""

    rank: Floats
    best: Floats
    worst: Floats
    among: Floats


def place_units(scores: Series, ranked: Flags, rule: RankRule, table: UnitTable) -> Placed:
    """The places of the ranked units, within the groups that the rule names.

    The best place of a unit is with its own better end against everyone's worse end, the worst the other way round.
    """
    sign = -1.0 if rule.ascending else 1.0
    value, ends = scores.values * sign, (scores.low * sign, scores.high * sign)
    figures = [rounded_array(array, rule.decimals) for array in (value, np.fmin(*ends), np.fmax(*ends))]
    groups = np.array(table.words(rule.within) if rule.within else [""] * len(value), dtype=object)
    found = np.full((4, len(value)), np.nan)
    for group in sorted(set(groups[ranked])):
        members: Flags = ranked & (groups == group)
        mine, low, high = (array[members] for array in figures)
        found[0, members] = ranks_of(mine, rule.ties)
        found[1, members] = _against(high, low, rule.ties)
        found[2, members] = _against(low, high, rule.ties)
        found[3, members] = members.sum()
    return Placed(found[0], found[1], found[2], found[3])


def ranks_of(values: Floats, ties: str) -> Floats:
    """Ranks of values, the greatest 1; ties get the least, greatest or mean of their places, or count as one (dense).

    >>> ranks_of(np.array([3.0, 1.0, 3.0, 2.0]), "min"), ranks_of(np.array([3.0, 1.0, 3.0, 2.0]), "dense")
    (array([1., 4., 1., 3.]), array([1., 3., 1., 2.]))
    """
    ordered = np.sort(values)
    if ties == "dense":
        different = np.unique(values)
        return np.asarray(len(different) - np.searchsorted(different, values), dtype=np.float64)
    first: Floats = np.asarray(len(values) + 1.0 - np.searchsorted(ordered, values, "right"), dtype=np.float64)
    last: Floats = np.asarray(len(values) + 0.0 - np.searchsorted(ordered, values, "left"), dtype=np.float64)
    return {"min": first, "max": last}.get(ties, (first + last) / 2)


def _against(own: Floats, others: Floats, ties: str) -> Floats:
    """The rank of each unit's own figure against the others' figures, its own there not counted."""
    ordered = np.sort(others)
    above: Floats = np.asarray(len(others) - np.searchsorted(ordered, own, "right") - (others > own), dtype=np.float64)
    equal = np.searchsorted(ordered, own, "right") - np.searchsorted(ordered, own, "left") - (others == own)
    if ties == "dense":
        return np.array([len(set(others[others > mine])) + 1.0 for mine in own])
    shift = {"min": 0.0 * equal, "max": equal}.get(ties, equal / 2)
    found: Floats = np.asarray(above + 1.0 + shift, dtype=np.float64)
    return found
