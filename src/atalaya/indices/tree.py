"""Up the tree: figures of children into the figure of their parent, for all units at once, and for many reruns at once."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import numpy as np

from atalaya.indices.aggregation import AGGREGATIONS, CONTESTED, contested
from atalaya.indices.language.definition import AggregationCall, Item
from atalaya.indices.series import Flags, Floats, Series, State

After = Callable[[Item, Series, Mapping[str, Series]], Series]
"""What follows aggregation at a branch: from its figure and the figures found so far to its figure."""

_NEEDS_ALL = frozenset({"sum", "product"})
"""Aggregations whose figure has no value while a part is unknown: there is nothing to give its weight to."""


def aggregate(
    item: Item,
    parts: Sequence[Series],
    weights: Sequence[float],
    applies: Flags | None = None,
    call: AggregationCall | None = None,
) -> Series:
    """The figure of a branch over all units.

    Where nothing below applies, or `applies` (units,) says so, nothing applies. Unknown parts open the interval: each end takes
    all of them at their own ends. Parts that do not apply but may come to open it alone: each end is the farthest that some of
    them could move it to. The value is that of what is known, moved into the interval; where ends of parts were only taken from
    the sample the interval is widened to hold the value instead. A value is withheld (unknown) where fewer parts than
    `least_children`, or less of their weight than `least`, have one.
    """
    stacked = [np.stack([getattr(part, name) for part in parts], axis=-1) for name in STACKED]
    nothing = np.zeros(len(parts[0].state), dtype=np.bool_)
    marked = np.stack([nothing if part.assumed is None else part.assumed for part in parts], axis=-1)
    return combined(item, stacked, np.array(weights, dtype=np.float64), applies, call, marked if marked.any() else None)


STACKED = ("values", "low", "high", "coverage", "state")
"""What `combined` takes of each part, in this order."""


def combined(
    item: Item,
    stacked: Sequence[np.ndarray],
    shares: Floats,
    applies: Flags | None = None,
    call: AggregationCall | None = None,
    marked: Flags | None = None,
) -> Series:
    """As `aggregate`, of parts that are stacked already: each of STACKED (units, parts), shares (parts,) or (units, parts).

    `marked` (units, parts) are parts whose ends were only taken from the sample.
    """
    call = call or item.aggregation
    values, low, high, coverage, state = stacked
    values, low, high, state = by_policy(item, values, low, high, state)
    counted = (state == State.VALUE) | (state == State.UNKNOWN)
    possible = (state == State.NOT_APPLICABLE) & ~np.isnan(low) & (shares != 0.0)
    turned = shares < 0
    if turned.any():
        low, high = np.where(turned, high, low), np.where(turned, low, high)
    made = AGGREGATIONS[call.method]
    found = made(values, shares, call.options)
    if call.method in CONTESTED:
        ends = _contested_ends(low, high, counted, possible, shares)
    else:
        ends = [
            _farthest(call, np.where(counted, end, np.nan), np.where(possible, end, np.nan), shares, upwards=upwards)
            for end, upwards in ((low, False), (high, True))
        ]
    least, most = np.fmin(*ends), np.fmax(*ends)
    found = _withheld(item, call, found, state, shares)
    assumed = (
        np.zeros(len(found), dtype=np.bool_) if marked is None else (marked & counted & (shares != 0.0)).any(axis=-1)
    )
    with np.errstate(invalid="ignore"):
        lacking = np.isnan(found) | np.isnan(least)
        inside = np.where(lacking | assumed, found, np.minimum(np.maximum(found, least), most))
        least = np.where(assumed & ~lacking, np.fmin(least, found), least)
        most = np.where(assumed & ~lacking, np.fmax(most, found), most)
    weighing = (counted & (shares != 0.0)).any(axis=-1)
    idle = ~weighing if applies is None else ~weighing | ~applies
    open_: Flags = np.asarray(possible.any(axis=-1)) if applies is None else possible.any(axis=-1) & applies
    made_of = _finished(inside, least, most, coverage, shares, state, idle, open_)
    return replace(made_of, assumed=assumed) if assumed.any() else made_of


def _contested_ends(low: Floats, high: Floats, counted: Flags, possible: Flags, shares: Floats) -> list[Floats]:
    """The ends where units meet: each with its low ends against the high ends of the others, and the other way round.

    Where parts may come to apply, once without them and once with them.
    """
    ends = []
    for there in (counted, counted | possible) if possible.any() else (counted,):
        held = [np.where(there, end, np.nan) for end in (low, high)]
        ends += [contested(own, others, shares) for own, others in (held, held[::-1])]
    return [np.fmin.reduce(ends), np.fmax.reduce(ends)]


def _farthest(call: AggregationCall, fixed: Floats, offered: Floats, shares: Floats, *, upwards: bool) -> Floats:
    """The lowest or highest figure of the fixed ends (units, parts) with any of those offered, each NaN where there is none.

    Those farthest out join while they move it, which is the farthest of all choices for every aggregation that rises with its
    parts.
    """
    made = AGGREGATIONS[call.method]
    reached = made(fixed, shares, call.options)
    rows = np.flatnonzero(~np.isnan(offered).all(axis=-1))
    if not rows.size:
        return reached
    kept, open_, best, all_ = fixed[rows], offered[rows], reached[rows], np.arange(rows.size)
    weights = np.broadcast_to(shares, fixed.shape)[rows]
    kept, best = _begun(call, kept, open_, best, weights, upwards=upwards)
    order = np.argsort(open_ * np.sign(weights) * (-1.0 if upwards else 1.0), axis=-1)
    for column in order.T[: int((~np.isnan(open_)).sum(axis=-1).max())]:
        tried = kept.copy()
        tried[all_, column] = np.where(np.isnan(open_[all_, column]), kept[all_, column], open_[all_, column])
        found = made(tried, weights, call.options)
        with np.errstate(invalid="ignore"):
            joins = np.isnan(best) | (found >= best if upwards else found <= best)
        kept, best = np.where(joins[:, None], tried, kept), np.where(joins, found, best)
    reached[rows] = best
    return reached


def _begun(
    call: AggregationCall, kept: Floats, open_: Floats, best: Floats, weights: Floats, *, upwards: bool
) -> tuple[Floats, Floats]:
    """The same with the part that alone reaches farthest, where no part is fixed: a sum weighs what a mean does not."""
    empty = np.flatnonzero(np.isnan(best))
    if not empty.size:
        return kept, best
    kept, best = kept.copy(), best.copy()
    alone = np.full((empty.size, open_.shape[-1]), np.nan)
    for column in range(open_.shape[-1]):
        tried = np.full((empty.size, open_.shape[-1]), np.nan)
        tried[:, column] = open_[empty, column]
        alone[:, column] = AGGREGATIONS[call.method](tried, weights[empty], call.options)
    some = ~np.isnan(alone).all(axis=-1)
    chosen = np.argmax(np.where(np.isnan(alone), -np.inf, alone if upwards else -alone), axis=-1)
    places = np.arange(empty.size)
    kept[empty[some], chosen[some]] = open_[empty[some], chosen[some]]
    best[empty[some]] = alone[places, chosen][some]
    return kept, best


def by_policy(
    item: Item, values: Floats, low: Floats, high: Floats, state: np.ndarray
) -> tuple[Floats, Floats, Floats, np.ndarray]:
    """The stacked parts after what the methodology says of missing ones: zero, dropped, or left as they are."""
    if item.missing.not_applicable == "zero":
        idle = state == State.NOT_APPLICABLE
        values = np.where(idle, 0.0, values)
        low, high = np.where(idle, np.fmin(low, 0.0), low), np.where(idle, np.fmax(high, 0.0), high)
        state = np.where(idle, State.VALUE, state)
    unknown = state == State.UNKNOWN
    if item.missing.unknown == "zero":
        values = np.where(unknown, 0.0, values)
        low, high = np.where(unknown, np.fmin(low, 0.0), low), np.where(unknown, np.fmax(high, 0.0), high)
        state = np.where(unknown, State.VALUE, state)
    elif item.missing.unknown == "drop":
        low, high = np.where(unknown, np.nan, low), np.where(unknown, np.nan, high)
        state = np.where(unknown, State.NOT_APPLICABLE, state)
    return values, low, high, state


def _withheld(item: Item, call: AggregationCall, found: Floats, state: np.ndarray, shares: Floats) -> Floats:
    """The figures without those for which too little is known."""
    known = state == State.VALUE
    enough = known.sum(axis=-1) >= item.least_children
    if item.least > 0:
        weight = np.abs(shares)
        counted = known | (state == State.UNKNOWN) | (state == State.NOT_APPLICABLE)
        whole = (counted * weight).sum(axis=-1)
        with np.errstate(all="ignore"):
            enough &= (known * weight).sum(axis=-1) / whole >= item.least - 1e-12
    if call.method in _NEEDS_ALL:
        enough &= ~(state == State.UNKNOWN).any(axis=-1)
    return np.where(enough, found, np.nan)


def _finished(
    values: Floats,
    low: Floats,
    high: Floats,
    coverage: Floats,
    shares: Floats,
    state: np.ndarray,
    idle: Flags,
    open_: Flags,
) -> Series:
    """The series of a branch; `open_` are the units of which some part may come to apply, and which keep their ends."""
    screened = (state == State.SCREENED).all(axis=-1)
    counted = (state == State.VALUE) | (state == State.UNKNOWN)
    weight = np.where(counted & ~np.isnan(coverage), np.abs(shares), 0.0)
    with np.errstate(all="ignore"):
        covered = (np.where(weight > 0, coverage, 0.0) * weight).sum(axis=-1) / weight.sum(axis=-1)
    covered = np.where(np.isnan(covered), 1.0, covered)
    kind = np.where(np.isnan(values), State.UNKNOWN, State.VALUE)
    kind = np.where(screened, State.SCREENED, np.where(idle, State.NOT_APPLICABLE, kind)).astype(np.uint8)
    gone = screened | idle
    return Series(
        values=np.where(gone, np.nan, values),
        low=np.where(gone & ~open_, np.nan, low),
        high=np.where(gone & ~open_, np.nan, high),
        state=kind,
        coverage=np.where(gone, np.nan, covered),
        imputed=np.zeros(len(values), dtype=np.bool_),
    )


def up_the_tree(
    root: Item, leaves: Mapping[str, Series], applies: Mapping[str, Flags], after: After
) -> dict[str, Series]:
    """The figures of every node by id. `applies` (units,) of nodes with a condition; `after` ends each branch."""
    found: dict[str, Series] = {}
    _climb(root, leaves, applies, after, found)
    return found


def _climb(
    item: Item, leaves: Mapping[str, Series], applies: Mapping[str, Flags], after: After, found: dict[str, Series]
) -> Series:
    if item.is_leaf:
        found[item.id] = set_aside(leaves[item.id].bounded(), applies.get(item.id))
        return found[item.id]
    for child in item.present:
        _climb(child, leaves, applies, after, found)
    parts = [found[part.id] for part in item.parts]
    found[item.id] = after(item, aggregate(item, parts, item.part_weights, applies.get(item.id)), found)
    return found[item.id]


def set_aside(series: Series, applies: Flags | None) -> Series:
    """The column with the units for which a condition says that nothing applies."""
    if applies is None or applies.all():
        return series
    gone = ~applies & (series.state != State.SCREENED)
    return replace(
        series,
        values=np.where(gone, np.nan, series.values),
        low=np.where(gone, np.nan, series.low),
        high=np.where(gone, np.nan, series.high),
        state=np.where(gone, State.NOT_APPLICABLE, series.state).astype(np.uint8),
        coverage=np.where(gone, np.nan, series.coverage),
        imputed=series.imputed & ~gone,
    )
