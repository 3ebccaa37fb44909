"""Sensitivity indices of a Saltelli design: how much of the variance of a result each uncertain input answers for.

With y_A, y_B and y_ABi the results of the blocks of N rows, and V the sample variance of y_A and y_B together,
S_i = mean(y_B (y_ABi - y_A)) / V, the first-order index: the share that vanishes were input i known;
ST_i = sum((y_A - y_ABi)^2) / (2 N V), the total index: the share that remains were all but input i known.
Sources: S_i A. Saltelli et al. 2010 (Table 2 b), ST_i M. Jansen 1999; both as COINr 1.1.14 computes them, whose published indices
they give to the last digit. Estimates may lie a little outside 0 to 1; they are not cut.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from atalaya.exceptions import ArraysUnusable
from atalaya.indices.uncertainty.designs import LEAST_DRAWS
from atalaya.indices.uncertainty.intervals import HIGH, LOW, quantile_of_sorted

Floats = NDArray[np.float64]

AT_ONCE = 1 << 21
"""Numbers of one temporary array, 16 MB: resamples and results are taken in blocks below it."""
CONSTANT = 1e-20
"""A variance below this share of the mean square is the noise of arithmetic: the result does not vary."""


@dataclass(frozen=True, slots=True, eq=False)
class Sensitivity:
    """Indices of d inputs for K results: `first`, `total` and the ends of their intervals are (d, K) shares of the variance.

    `variance` (K,) in the squared units of the result; `used` (K,) the rows of N without a missing value. The ends are NaN
    where no resamples were asked for. `reasons` has one entry a result: empty, or why its indices are NaN.
    """

    variance: Floats
    first: Floats
    total: Floats
    first_low: Floats
    first_high: Floats
    total_low: Floats
    total_high: Floats
    used: NDArray[np.int64]
    reasons: tuple[str, ...]


def sensitivity(
    values: NDArray[np.floating],
    inputs: int,
    *,
    resamples: int = 0,
    seed: int = 0,
    ends: tuple[float, float] = (LOW, HIGH),
) -> Sensitivity:
    """First-order and total indices of `values`, (N (d + 2),) or (N (d + 2), K), rows in the order of `SaltelliDesign.blocks`.

    A row of N with a NaN in any block is left out of that result. With `resamples`, the N rows are drawn again with replacement,
    all blocks and the variance with them, and the ends are quantiles over these resamples; the same `seed` gives the same ends.
    Time grows with resamples x N x d x K; memory stays under 200 MB beside `values`. Raises `ArraysUnusable` where the rows are
    not N (d + 2) with N of at least 2.
    """
    table = np.asarray(values, dtype=np.float64)
    table = table[:, None] if table.ndim == 1 else table
    draws = table.shape[0] // (inputs + 2) if inputs > 0 and table.ndim == 2 else 0
    if draws < LEAST_DRAWS or draws * (inputs + 2) != table.shape[0] or not table.shape[1]:
        raise ArraysUnusable(
            f"values of shape {np.shape(values)} for {inputs} inputs: N ({inputs} + 2) rows are needed, N at least {LEAST_DRAWS}"
        )
    blocks = table.reshape(inputs + 2, draws, -1)
    parts = _parts(max((inputs + 2) * draws, 2 * inputs * resamples), blocks.shape[2])
    results = [_of_some(blocks[:, :, part], resamples, seed, ends) for part in parts]
    variance, used, *indices = (np.concatenate(arrays, axis=-1) for arrays in zip(*results, strict=True))
    first, total, first_low, first_high, total_low, total_high = indices
    return Sensitivity(
        variance=variance,
        first=first,
        total=total,
        first_low=first_low,
        first_high=first_high,
        total_low=total_low,
        total_high=total_high,
        used=used.astype(np.int64),
        reasons=tuple(map(_reason, used.tolist(), variance.tolist())),
    )


def _reason(used: float, variance: float) -> str:
    if used < LEAST_DRAWS:
        return "fewer than two rows have a value in every block"
    return "" if variance > 0 else "the result does not vary over the draws"


def _parts(each: int, results: int) -> Iterator[slice]:
    """Slices of the results, of which each takes `each` numbers of a temporary array."""
    step = max(1, AT_ONCE // each)
    for start in range(0, results, step):
        yield slice(start, start + step)


def _of_some(blocks: Floats, resamples: int, seed: int, ends: tuple[float, float]) -> list[Floats]:
    """Variance (K,), used (K,), first and total (d, K), then the four ends (d, K) for a few results: blocks is (d + 2, N, K)."""
    whole: NDArray[np.bool_] = np.logical_not(np.isnan(blocks).any(axis=0))
    filled = np.where(whole, blocks, 0.0)
    one = np.ones((1, blocks.shape[1]))
    used, variance, first, total = _estimates(filled, whole, one)
    inputs = len(blocks) - 2
    intervals = [np.full((inputs, blocks.shape[2]), np.nan) for _ in range(4)]
    if resamples:
        drawn = np.concatenate(
            [np.stack(_estimates(filled, whole, counts)[2:]) for counts in _recounts(blocks.shape[1], resamples, seed)],
            axis=2,
        )
        intervals = [_quantile(estimates, end) for estimates in drawn for end in ends]
    return [variance[0], used[0], first[:, 0], total[:, 0], *intervals]


def _quantile(estimates: Floats, share: float) -> Floats:
    """The quantile (d, K) of estimates (d, R, K), leaving out resamples in which the result does not vary."""
    rows = np.sort(np.moveaxis(estimates, 1, 2).reshape(-1, estimates.shape[1]), axis=1)
    found = quantile_of_sorted(rows, np.count_nonzero(~np.isnan(rows), axis=1), share)
    return found.reshape(estimates.shape[0], estimates.shape[2])


def _recounts(draws: int, resamples: int, seed: int) -> Iterator[Floats]:
    """How often each row stands in each resample, (some, N) at a time; the same for every result."""
    generator = np.random.default_rng(seed)
    step = max(1, AT_ONCE // draws)
    for start in range(0, resamples, step):
        some = min(step, resamples - start)
        picks = generator.integers(0, draws, size=(some, draws))
        picks += draws * np.arange(some)[:, None]
        yield np.bincount(picks.ravel(), minlength=some * draws).reshape(some, draws).astype(np.float64)


def _estimates(blocks: Floats, whole: NDArray[np.bool_], counts: Floats) -> tuple[Floats, ...]:
    """Used and variance (R, K), first and total (d, R, K), where `counts` (R, N) says how often each row counts."""
    a, b = blocks[0], blocks[1]
    used = counts @ whole
    with np.errstate(divide="ignore", invalid="ignore"):
        # Centred before squaring, lest a large mean swallow the variance.
        middle = (a + b).sum(axis=0) / (2 * whole.sum(axis=0))
        nought = np.where(np.isnan(middle), 0.0, middle)
        low, high = np.where(whole, a - nought, 0.0), np.where(whole, b - nought, 0.0)
        sums = counts @ (low + high)
        squares = counts @ (low**2 + high**2)
        variance = (squares - sums**2 / (2 * used)) / (2 * used - 1)
        variance = np.where(variance > CONSTANT * nought**2, variance, 0.0)
        variance = np.where(used >= LEAST_DRAWS, variance, np.nan)
        first = np.empty((len(blocks) - 2, *variance.shape))
        total = np.empty_like(first)
        for place, mixed in enumerate(blocks[2:]):
            change = mixed - a
            first[place] = counts @ (b * change) / used / variance
            total[place] = counts @ change**2 / (2 * used * variance)
    nothing = ~(variance > 0)
    first[:, nothing] = np.nan
    total[:, nothing] = np.nan
    return used, variance, first, total
