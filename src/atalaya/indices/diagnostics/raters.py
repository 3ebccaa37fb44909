"""Whether people who rate the same items agree, beyond what chance would give.

Every coefficient is 1 - observed disagreement / expected disagreement: 1 is agreement, 0 what chance gives, below 0 worse.
Sources: J. Cohen 1960 and 1968 (two raters, plain and weighted); J. Fleiss 1971 (a fixed number of raters an item, not always the
same); K. Krippendorff, "Computing Krippendorff's Alpha-Reliability", 2011 (any number of raters, ratings may be missing).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from atalaya.exceptions import ArraysUnusable

Floats = NDArray[np.float64]
Weights = Literal["none", "linear", "quadratic"]
Metric = Literal["nominal", "ordinal", "interval"]

NO_ITEMS = "no item was rated twice"
NO_VARIETY = "all ratings are the same category, so that chance alone would agree"


@dataclass(frozen=True, slots=True)
class Agreement:
    """`value` of the coefficient, NaN with a `reason` where it has none; `observed` and `expected` agreement, or disagreement for
    weighted kappa and alpha; `items` that counted.
    """

    value: float
    observed: float
    expected: float
    items: int
    reason: str = ""


def percent_agreement(ratings: Floats) -> Agreement:
    """Share of pairs of ratings of one item that are the same, 0 to 1, over all pairs of `ratings` (items, raters), NaN missing.

    Not corrected for chance: `expected` is NaN. Raises `ArraysUnusable` for another shape.
    """
    counts = category_counts(ratings)
    each = counts.sum(axis=1)
    pairs = (each * (each - 1)).sum()
    if not pairs:
        return Agreement(np.nan, np.nan, np.nan, 0, NO_ITEMS)
    share = float((counts * (counts - 1)).sum() / pairs)
    return Agreement(share, share, np.nan, int((each > 1).sum()))


def category_counts(ratings: Floats, categories: Sequence[float] | None = None) -> NDArray[np.int64]:
    """(items, categories): how many raters put each item of `ratings` (items, raters) in each category; NaN is no rating.

    Categories are those found, ascending, unless given. Raises `ArraysUnusable` for another shape or a rating outside them.
    """
    table = np.asarray(ratings, dtype=np.float64)
    if table.ndim != 2 or 0 in table.shape:
        raise ArraysUnusable(f"ratings of shape {table.shape}: (items, raters) is needed, at least one of each")
    given = np.unique(table[~np.isnan(table)]) if categories is None else np.asarray(categories, dtype=np.float64)
    strange = set(table[~np.isnan(table)].tolist()) - set(given.tolist())
    if strange:
        raise ArraysUnusable(f"ratings {sorted(strange)} are none of the categories {given.tolist()}")
    counts: NDArray[np.int64] = (table[:, :, None] == given).sum(axis=1)
    return counts


def cohen_kappa(
    first: Floats, second: Floats, *, weights: Weights | Floats = "none", categories: Sequence[float] | None = None
) -> Agreement:
    """Kappa of two raters, (items,) each, over the items that both rated.

    `weights` says how bad each disagreement is: all alike, the steps between categories, their square, or a table (categories,
    categories) of disagreements with zeros on the diagonal. Steps count categories in ascending order: give `categories` where
    the scale has levels that nobody used. Raises `ArraysUnusable` for other shapes or a rating outside the categories.
    """
    if first.shape != second.shape or first.ndim != 1:
        raise ArraysUnusable(f"ratings of shapes {first.shape} and {second.shape}: one list a rater of the same items")
    both = ~(np.isnan(first) | np.isnan(second))
    found = (
        np.unique(np.concatenate([first[both], second[both]]))
        if categories is None
        else np.sort(np.asarray(categories, float))
    )
    if not both.any():
        return Agreement(np.nan, np.nan, np.nan, 0, NO_ITEMS)
    mine = category_counts(first[both][:, None], found.tolist())
    theirs = category_counts(second[both][:, None], found.tolist())
    return kappa_of_table(mine.T @ theirs, weights=weights)


def kappa_of_table(table: NDArray[np.number], *, weights: Weights | Floats = "none") -> Agreement:
    """Kappa of a table (categories, categories) that counts items by the category of the first rater (row) and of the second.

    `weights` as in `cohen_kappa`. Raises `ArraysUnusable` for a table that is not square, negative counts or unfit weights.
    """
    counts = np.asarray(table, dtype=np.float64)
    if counts.ndim != 2 or counts.shape[0] != counts.shape[1] or not (counts >= 0).all():
        raise ArraysUnusable(f"table of shape {counts.shape}: a square table of counts from 0 up is needed")
    total = counts.sum()
    if not total > 0:
        return Agreement(np.nan, np.nan, np.nan, 0, NO_ITEMS)
    apart = _disagreements(weights, len(counts))
    chance = np.outer(counts.sum(axis=1), counts.sum(axis=0)) / total**2
    observed, expected = float((apart * counts).sum() / total), float((apart * chance).sum())
    value = 1 - observed / expected if expected > 0 else np.nan
    reason = "" if expected > 0 else NO_VARIETY
    if isinstance(weights, str) and weights == "none":
        observed, expected = 1 - observed, 1 - expected
    return Agreement(value, observed, expected, round(total), reason)


def _disagreements(weights: Weights | Floats, size: int) -> Floats:
    if isinstance(weights, str):
        if weights not in get_args(Weights):
            raise ArraysUnusable(f"weights {weights!r}: give {', '.join(get_args(Weights))} or a table")
        steps = np.abs(np.subtract.outer(np.arange(size), np.arange(size))).astype(np.float64)
        return {"none": (steps > 0).astype(np.float64), "linear": steps, "quadratic": steps**2}[weights]
    given = np.asarray(weights, dtype=np.float64)
    if given.shape != (size, size) or (given < 0).any() or np.diag(given).any():
        raise ArraysUnusable(
            f"weights of shape {given.shape} for {size} categories: disagreements from 0 up, 0 on the diagonal"
        )
    return given


def fleiss_kappa(counts: NDArray[np.integer]) -> Agreement:
    """Kappa of `counts` (items, categories), how many of equally many raters put each item in each category.

    Raises `ArraysUnusable` where items have different numbers of ratings, or fewer than two: use `krippendorff_alpha` there.
    """
    table = np.asarray(counts, dtype=np.float64)
    if table.ndim != 2 or 0 in table.shape or not (table >= 0).all():
        raise ArraysUnusable(f"counts of shape {table.shape}: (items, categories) from 0 up is needed")
    each = table.sum(axis=1)
    if each.min() != each.max() or each[0] < 2:
        raise ArraysUnusable(
            f"items have {each.min():g} to {each.max():g} ratings: equally many, two at least, are needed"
        )
    raters = each[0]
    observed = float(((table**2).sum(axis=1) - raters).mean() / (raters * (raters - 1)))
    expected = float(((table.sum(axis=0) / table.sum()) ** 2).sum())
    if expected >= 1:
        return Agreement(np.nan, observed, expected, len(table), NO_VARIETY)
    return Agreement((observed - expected) / (1 - expected), observed, expected, len(table))


def krippendorff_alpha(
    ratings: Floats, *, metric: Metric = "nominal", categories: Sequence[float] | None = None
) -> Agreement:
    """Alpha of `ratings` (items, raters), NaN missing; items with fewer than two ratings do not count.

    `metric` says how far apart two categories are: nominal, all alike; ordinal, the ratings that lie between them; interval, the
    square of their difference. Raises `ArraysUnusable` for another shape, an unknown metric or a rating outside the categories.
    """
    if metric not in get_args(Metric):
        raise ArraysUnusable(f"metric {metric!r}: the metrics are {', '.join(get_args(Metric))}")
    table = np.asarray(ratings, dtype=np.float64)
    found = (
        np.unique(table[~np.isnan(table)]) if categories is None else np.sort(np.asarray(categories, dtype=np.float64))
    )
    counts = category_counts(table, found.tolist()).astype(np.float64)
    counts = counts[counts.sum(axis=1) > 1]
    if not len(counts):
        return Agreement(np.nan, np.nan, np.nan, 0, NO_ITEMS)
    each = counts.sum(axis=1)
    # Coincidences: pairs of ratings of one item, each item weighing as its ratings.
    weighed = counts / (each - 1)[:, None]
    coincidences = weighed.T @ counts - np.diag(weighed.sum(axis=0))
    totals = counts.sum(axis=0)
    apart = _distances(metric, found, totals)
    observed = float((coincidences * apart).sum() / totals.sum())
    expected = float((np.outer(totals, totals) * apart).sum() / (totals.sum() * (totals.sum() - 1)))
    if not expected > 0:
        return Agreement(np.nan, observed, expected, len(counts), NO_VARIETY)
    return Agreement(1 - observed / expected, observed, expected, len(counts))


def _distances(metric: Metric, categories: Floats, totals: Floats) -> Floats:
    """Squared differences (categories, categories) by the metric."""
    if metric == "nominal":
        return 1 - np.eye(len(categories))
    scale = categories if metric == "interval" else np.cumsum(totals) - totals / 2
    return np.subtract.outer(scale, scale) ** 2
