"""Aggregation: many figures into one. Arrays of any shape, the items along the last axis; every function is vectorised.

Each takes `values` (..., items), `weights` (items or any shape that broadcasts) and gives (...). A NaN value has no part: its
weight goes to the others. Where no item has a value the result is NaN. Those in `CONTESTED` take (..., units, items).
"""

from collections.abc import Callable, Mapping

import numpy as np

from atalaya.indices.series import Flags, Floats

Options = Mapping[str, object]
Aggregation = Callable[[Floats, Floats, Options], Floats]


def _parts(values: Floats, weights: Floats) -> tuple[Floats, Floats, Flags]:
    """Values with zero where there is none, weights with zero there, and where any item counts."""
    given = ~np.isnan(values)
    shares = np.where(given, np.broadcast_to(weights, np.broadcast_shapes(values.shape, weights.shape)), 0.0)
    some: Flags = np.asarray(given.any(axis=-1))
    return np.where(given, values, 0.0), shares, some


def _mean(values: Floats, weights: Floats) -> Floats:
    filled, shares, some = _parts(values, weights)
    total = shares.sum(axis=-1)
    with np.errstate(all="ignore"):
        found = (filled * shares).sum(axis=-1) / total
    return np.where(some & (total != 0.0), found, np.nan)


def arithmetic(values: Floats, weights: Floats, options: Options) -> Floats:
    """The weighted mean."""
    return _mean(values, weights)


def geometric(values: Floats, weights: Floats, options: Options) -> Floats:
    """The weighted geometric mean; zero where a value is zero, NaN where one is negative. `least` raises lower values to it."""
    held = _held(values, options)
    with np.errstate(all="ignore"):
        found = np.exp(_mean(np.log(np.where(held > 0, held, np.nan)), weights))
    return _with_zeros(held, weights, found)


def harmonic(values: Floats, weights: Floats, options: Options) -> Floats:
    """The weighted harmonic mean; zero where a value is zero, NaN where one is negative. `least` raises lower values to it."""
    held = _held(values, options)
    with np.errstate(all="ignore"):
        found = 1.0 / _mean(1.0 / np.where(held > 0, held, np.nan), weights)
    return _with_zeros(held, weights, found)


def generalised(values: Floats, weights: Floats, options: Options) -> Floats:
    """The weighted power mean with the exponent `power`; 0 is the geometric mean."""
    exponent = float(str(options.get("power", 1.0)))
    if exponent == 0.0:
        return geometric(values, weights, options)
    held = _held(values, options)
    with np.errstate(all="ignore"):
        raised = np.where(held >= 0, held, np.nan) ** exponent
        found = _mean(np.where(np.isinf(raised), np.nan, raised), weights) ** (1.0 / exponent)
    return _with_zeros(held, weights, found) if exponent < 0 else np.where((held < 0).any(axis=-1), np.nan, found)


def _held(values: Floats, options: Options) -> Floats:
    least = options.get("least")
    return values if least is None else np.where(np.isnan(values), np.nan, np.maximum(values, float(str(least))))


def _with_zeros(values: Floats, weights: Floats, found: Floats) -> Floats:
    """Zero where an item that counts is zero, NaN where one is negative."""
    counts = np.broadcast_to(weights, np.broadcast_shapes(values.shape, weights.shape)) != 0
    zero = ((values == 0) & counts).any(axis=-1)
    negative = ((values < 0) & counts).any(axis=-1)
    return np.where(negative, np.nan, np.where(zero, 0.0, found))


def sum_(values: Floats, weights: Floats, options: Options) -> Floats:
    """Each value times its weight, added up; held between `floor` and `cap` where they are given."""
    filled, shares, some = _parts(values, weights)
    found = (filled * shares).sum(axis=-1)
    low, high = (float(str(options.get(name, end))) for name, end in (("floor", -np.inf), ("cap", np.inf)))
    return np.where(some, np.clip(found, low, high), np.nan)


def product(values: Floats, weights: Floats, options: Options) -> Floats:
    """The product of the factors; weights are exponents."""
    filled, shares, some = _parts(values, weights)
    with np.errstate(all="ignore"):
        found = np.prod(np.where(shares == 0, 1.0, filled**shares), axis=-1)
    return np.where(some, found, np.nan)


def minimum(values: Floats, weights: Floats, options: Options) -> Floats:
    """The least value of the items whose weight is not zero."""
    return _extreme(values, weights, np.inf, np.min)


def maximum(values: Floats, weights: Floats, options: Options) -> Floats:
    """The greatest value of the items whose weight is not zero."""
    return _extreme(values, weights, -np.inf, np.max)


def _extreme(values: Floats, weights: Floats, start: float, choose: Callable[..., Floats]) -> Floats:
    _, shares, _ = _parts(values, weights)
    found = choose(np.where(shares == 0, start, np.where(np.isnan(values), start, values)), axis=-1)
    return np.where(np.isinf(found), np.nan, found)


def median(values: Floats, weights: Floats, options: Options) -> Floats:
    """The middle of the values, whatever their weights."""
    some: Flags = np.asarray(~np.isnan(values).all(axis=-1))
    with np.errstate(all="ignore"):
        filled = np.where(some[..., None], values, 0.0)
        return np.where(some, np.nanmedian(filled, axis=-1), np.nan)


def penalised(values: Floats, weights: Floats, options: Options) -> Floats:
    """The mean less (or, with `penalty: add`, plus) deviation times coefficient of variation: Mazziotta and Pareto (2016)."""
    middle = _mean(values, weights)
    variance = _mean((values - middle[..., None]) ** 2, weights)
    sign = 1.0 if options.get("penalty") == "add" else -1.0
    with np.errstate(all="ignore"):
        return middle + sign * np.where(variance == 0, 0.0, variance / middle)


def copeland(values: Floats, weights: Floats, options: Options) -> Floats:
    """Copeland's score (1951): how many units a unit outranks, less how many outrank it, units along the axis before the last.

    A unit outranks another where items with more than half of the weight that both have a value of speak for it; equal values
    speak half for each, and where no item has both nobody outranks. NaN where a unit has no value, or stands alone without
    others to be compared with (an array of items only).
    """
    return contested(values, values, weights)


def contested(own: Floats, others: Floats, weights: Floats) -> Floats:
    """Copeland's score of each unit with its `own` values against the values of all `others`, both (..., units, items)."""
    if own.ndim < 2:
        return np.full(own.shape[:-1], np.nan)
    if own.ndim > 2:
        runs = np.broadcast_to(weights, (*own.shape[:-2], *weights.shape[-2:])) if weights.ndim > 2 else None
        several = [contested(own[run], others[run], weights if runs is None else runs[run]) for run in range(len(own))]
        return np.stack(several) if several else np.empty(own.shape[:-1])
    shares = np.broadcast_to(weights, own.shape)
    units = len(own)
    margin, common = np.zeros((units, units)), np.zeros((units, units))
    for item in range(own.shape[1]):
        mine, theirs, weight = own[:, item][:, None], others[:, item][None, :], np.abs(shares[:, item])[:, None]
        both = ~np.isnan(mine) & ~np.isnan(theirs)
        margin += np.where(both, np.sign(np.where(both, mine, 0.0) - np.where(both, theirs, 0.0)) * weight, 0.0)
        common += np.where(both, weight, 0.0)
    np.fill_diagonal(margin, 0.0)
    with np.errstate(all="ignore"):
        outranks = np.where(np.abs(margin) <= _EVEN * common, 0.0, np.sign(margin))
    return np.where((~np.isnan(own)).any(axis=-1), outranks.sum(axis=-1), np.nan)


_EVEN = 1e-12
"""A margin of less than this share of the weight is none."""

CONTESTED = frozenset({"copeland"})
"""Aggregations in which units meet each other: the low end of one is against the high ends of the others."""

AGGREGATIONS: dict[str, Aggregation] = {
    "arithmetic": arithmetic,
    "copeland": copeland,
    "generalised": generalised,
    "geometric": geometric,
    "harmonic": harmonic,
    "maximum": maximum,
    "median": median,
    "minimum": minimum,
    "penalised": penalised,
    "product": product,
    "sum": sum_,
}
"""The ways to make one figure of many, by the name that methodologies use."""

RISING = frozenset(set(AGGREGATIONS) - {"penalised"})
"""Those in which no unit falls when an item of its own rises (weights not negative; products of factors not negative)."""
