"""Ranks with the best and the worst place that the intervals permit."""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import dataclass

from atalaya.indices.figures import Figure, rounded
from atalaya.indices.methodology import Ranking


@dataclass(frozen=True, slots=True)
class Place:
    """A rank from 1, the best (`low`) and worst (`high`) rank that the intervals permit, and among how many."""

    rank: int
    low: int
    high: int
    among: int


def rank(figures: Mapping[str, Figure], ranking: Ranking) -> dict[str, Place]:
    """Rank units by value, greatest first, all compared as rounded figures.

    The best place of a unit is with its own upper end against everyone's lower end, the worst the other way round.
    Figures without a value are left out. One sort an end, so that thousands of units cost little.
    """
    ends = {
        unit: tuple(rounded(end, ranking.decimals) for end in (figure.value, figure.low, figure.high))
        for unit, figure in figures.items()
        if figure.value is not None and figure.low is not None and figure.high is not None
    }
    values, lows, highs = (sorted(triple[at] for triple in ends.values()) for at in range(3))
    places = {}
    for unit, (value, low, high) in ends.items():
        places[unit] = Place(
            rank=_place(values, value, value, ranking.ties),
            low=_place(lows, high, low, ranking.ties),
            high=_place(highs, low, high, ranking.ties),
            among=len(ends),
        )
    return places


def _place(others: list[float], mine: float, own: float, ties: str) -> int:
    """The rank of `mine` against `others`, in which the unit itself stands as `own` and must not count."""
    if ties == "max":
        return len(others) - bisect_left(others, mine) - (own >= mine) + 1
    return len(others) - bisect_right(others, mine) - (own > mine) + 1
