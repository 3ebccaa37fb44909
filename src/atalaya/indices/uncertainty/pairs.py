"""How probable it is that one unit stands above another: a matrix of all pairs."""

import numpy as np
from numpy.typing import NDArray

from atalaya.exceptions import ArraysUnusable

Probabilities = NDArray[np.float32]
Counts = NDArray[np.int32]

DRAWS_AT_ONCE = 1 << 10
"""Draws compared in one go, a multiple of 64: the block of ranks then stays near the processor."""
LARGEST = np.iinfo(np.int16).max
BITS = 64


def pairwise_probability(ranks: NDArray[np.floating]) -> Probabilities:
    """(units, units): at [a, b] the share of draws in which a stands above b, a tie counting one half to each.

    `ranks` is (draws, units), of any rule of ties but `ordinal`, which breaks them. Draws in which one of both is not ranked are
    left out; NaN on the diagonal and where no draw is left. Pairs whose ranks never overlap are not counted draw by draw.
    Memory beside `ranks`: some 60 MB for 10,000 draws of 1,300 units. Raises `ArraysUnusable` for an array of another shape.
    """
    if ranks.ndim != 2 or 0 in ranks.shape:
        raise ArraysUnusable(f"ranks of shape {ranks.shape}: (draws, units) is needed, at least one of each")
    order, reach = _reaches(ranks)
    units = ranks.shape[1]
    lead = np.zeros((units, units), dtype=np.int32)
    compared = np.zeros((units, units), dtype=np.int32)
    for start in range(0, len(ranks), DRAWS_AT_ONCE):
        part = ranks[start : start + DRAWS_AT_ONCE, order]
        ranked = (~np.isnan(part)).astype(np.float32)
        compared += (ranked.T @ ranked).astype(np.int32)
        _add_lead(part, reach, lead)
    beyond = np.arange(units) >= reach[:, None]
    lead = np.where(beyond, compared, lead)
    return _shares(lead - lead.T, compared, order)


def _reaches(ranks: NDArray[np.floating]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Units by the best rank they ever have, and for each the first of the later ones that never comes up to its worst."""
    best, worst = np.fmin.reduce(ranks, axis=0), np.fmax.reduce(ranks, axis=0)
    order = np.argsort(best)
    return order, np.searchsorted(best[order], worst[order], side="right")


def _shares(lead: Counts, compared: Counts, order: NDArray[np.intp]) -> Probabilities:
    """Of n draws, with w won, l lost and the others tied, (w + (n - w - l) / 2) / n, put back into the order of the units."""
    np.fill_diagonal(compared, 0)
    with np.errstate(invalid="ignore", divide="ignore"):
        sorted_shares = ((compared + lead) / (2 * compared)).astype(np.float32)
    shares = np.empty_like(sorted_shares)
    shares[np.ix_(order, order)] = sorted_shares
    return shares


def _add_lead(part: NDArray[np.floating], reach: NDArray[np.intp], lead: Counts) -> None:
    """Add, at [a, b] with b within the reach of a, one for each draw in which a is above and take one where it is below."""
    doubled = _whole(part)
    missing = np.isnan(part.T)
    # Padded with missing draws to whole words of bits; a missing rank is above nobody, and nobody is above it.
    last = int(np.iinfo(doubled.dtype).max)
    around = ((0, 0), (0, -len(part) % BITS))
    mine = np.ascontiguousarray(np.pad(np.where(missing, last, doubled), around, constant_values=last))
    theirs = np.ascontiguousarray(np.pad(np.where(missing, -1, doubled), around, constant_values=-1))
    for unit, end in enumerate(reach.tolist()):
        near = slice(unit + 1, end)
        if unit + 1 < end:
            lead[unit, near] += _ones(mine[unit] < theirs[near]) - _ones(mine[near] < theirs[unit])


def _whole(part: NDArray[np.floating]) -> NDArray[np.signedinteger]:
    """(units, draws): twice the ranks, whole even where ties share the average, in the least kind of number that holds them."""
    kind = np.int16 if 2 * part.shape[1] < LARGEST else np.int32
    whole: NDArray[np.signedinteger] = np.nan_to_num(2 * part.T, nan=0.0).astype(kind)
    return whole


def _ones(truths: NDArray[np.bool_]) -> Counts:
    """How many of each row are true, by counting bits."""
    words = np.packbits(truths, axis=1).view(np.uint64)
    ones: Counts = np.bitwise_count(words).sum(axis=1, dtype=np.int32)
    return ones
