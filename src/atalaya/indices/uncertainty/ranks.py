"""Ranks of many draws at once, and what they say: places kept, places lost, who stands above whom.

Ranks are float32 with NaN for units without a score: whole and half places up to 8,388,608 are exact in it, and 10,000 draws of
1,300 units take 52 MB.
"""

from collections.abc import Iterator
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from atalaya.exceptions import ArraysUnusable
from atalaya.indices.steps.transforming import rounded_array

Floats = NDArray[np.float64]
Ranks = NDArray[np.float32]

Ties = Literal["min", "max", "average", "dense", "ordinal"]
"""Of scores 9, 7, 7, 5: min 1 2 2 4, max 1 3 3 4, average 1 2.5 2.5 4, dense 1 2 2 3, ordinal 1 2 3 4 (as listed)."""

AT_ONCE = 1 << 20
"""Numbers handled in one block, 8 MB of each temporary array."""


def ranks(
    scores: NDArray[np.floating], *, ties: Ties = "min", decimals: int | None = None, descending: bool = True
) -> Ranks:
    """Ranks from 1 along the last axis of `scores`, (units,) or (draws, units); shaped alike, NaN where the score is NaN.

    The greatest score is first, the least where not `descending`. With `decimals`, scores are compared as published figures:
    halves away from zero, after the noise of binary arithmetic is rounded off; without, as they are.
    Raises `ArraysUnusable` for an array without units or an unknown rule of ties.
    """
    table = np.asarray(scores)
    if ties not in get_args(Ties):
        raise ArraysUnusable(f"ties {ties!r}: the rules are {', '.join(get_args(Ties))}")
    if table.ndim not in (1, 2) or table.shape[-1] == 0:
        raise ArraysUnusable(f"scores of shape {table.shape}: (units,) or (draws, units) is needed")
    rows = table.reshape(-1, table.shape[-1])
    found = np.empty(rows.shape, dtype=np.float32)
    for part in _parts(*rows.shape):
        found[part] = _ranked(_compared(rows[part], decimals, descending), ties)
    return found.reshape(table.shape)


def _parts(rows: int, width: int) -> Iterator[slice]:
    step = max(1, AT_ONCE // width)
    for start in range(0, rows, step):
        yield slice(start, start + step)


def _compared(scores: NDArray[np.floating], decimals: int | None, descending: bool) -> Floats:
    """Numbers whose ascending order is the ranking."""
    keys: Floats = scores.astype(np.float64)
    if decimals is not None:
        keys = rounded_array(keys, decimals)
    return -keys if descending else keys


def _ranked(keys: Floats, ties: Ties) -> Floats:
    """Ranks of each row, least first; numpy sorts NaN last, whatever its sign."""
    order = np.argsort(keys, axis=1, kind="stable" if ties == "ordinal" else None)
    in_order = np.take_along_axis(keys, order, axis=1)
    places = np.broadcast_to(np.arange(1.0, keys.shape[1] + 1), keys.shape)
    if ties != "ordinal":
        places = _shared(places, in_order[:, 1:] != in_order[:, :-1], ties)
    found = np.empty_like(keys)
    np.put_along_axis(found, order, np.where(np.isnan(in_order), np.nan, places), axis=1)
    return found


def _shared(places: Floats, differs: NDArray[np.bool_], ties: Ties) -> Floats:
    """The places of sorted rows after equal neighbours share theirs; `differs` says where a score is not its predecessor's."""
    edge = np.ones((len(places), 1), dtype=bool)
    starts = np.hstack([edge, differs])
    if ties == "dense":
        return np.cumsum(starts, axis=1, dtype=np.float64)
    first = np.maximum.accumulate(np.where(starts, places, 0.0), axis=1)
    if ties == "min":
        return first
    ends = np.hstack([differs, edge])
    last = np.minimum.accumulate(np.where(ends, places, np.inf)[:, ::-1], axis=1)[:, ::-1]
    return last if ties == "max" else (first + last) / 2


def mean_rank_change(found: NDArray[np.floating], nominal: NDArray[np.floating]) -> Floats:
    """(draws,): by how many places a unit moves against its nominal rank, on average over the units ranked in both.

    The target of COINr's sensitivity analysis. `found` is (draws, units), `nominal` (units,). NaN where no unit is ranked in
    both. Raises `ArraysUnusable` where the shapes differ.
    """
    _of_draws(found)
    if nominal.shape != found.shape[1:]:
        raise ArraysUnusable(
            f"nominal ranks of shape {nominal.shape} for ranks of shape {found.shape}: one a unit is needed"
        )
    change = np.empty(len(found))
    for part in _parts(*found.shape):
        moved = np.abs(found[part].astype(np.float64) - nominal.astype(np.float64))
        ranked = ~np.isnan(moved)
        with np.errstate(invalid="ignore"):
            change[part] = np.where(ranked, moved, 0.0).sum(axis=1) / ranked.sum(axis=1)
    return change


def first_probability(found: NDArray[np.floating], most: int) -> Floats:
    """(units,): in what share of the draws that rank a unit its rank is at most `most`; NaN for a unit never ranked.

    With ties `min` more than `most` units may be among the first of one draw. Raises `ArraysUnusable` for `most` below 1.
    """
    _of_draws(found)
    if most < 1:
        raise ArraysUnusable(f"the first {most}: ask for at least the first 1")
    ranked = np.count_nonzero(~np.isnan(found), axis=0)
    with np.errstate(invalid="ignore"):
        share: Floats = np.count_nonzero(found <= most, axis=0) / ranked
    return share


def _of_draws(found: NDArray[np.floating]) -> None:
    if found.ndim != 2 or 0 in found.shape:
        raise ArraysUnusable(f"ranks of shape {found.shape}: (draws, units) is needed, at least one of each")
