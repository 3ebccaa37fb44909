"""Normalisation: figures of different units onto one scale, where more is always better afterwards."""

from dataclasses import replace

import numpy as np

from atalaya.exceptions import MethodologyError
from atalaya.indices.series import Floats, Series
from atalaya.indices.steps.context import Context, Note, Parameters, number, pair, sample


def minmax(series: Series, parameters: Parameters, context: Context) -> tuple[Series, Note]:
    """Between `to` ([0, 1] by default) from the worst to the best of the sample, of `percentiles` of it, or of goalposts.

    `over` is `sample`, `goalposts` (the indicator's own, from the worst to the best, so that [50, 0] says that less is better;
    the least and the greatest where `direction` says so) or `percentiles`. What lies outside is held to the ends unless `clip`
    is false. Where the ends are the same every value becomes `constant`, the middle by default.
    """
    start, end = pair(parameters.get("to", [0.0, 1.0]))
    low, high = _ends(series, parameters, context)
    if low == high:
        middle = number(parameters, "constant", (start + end) / 2)
        return series.mapped(lambda values: np.where(np.isnan(values), np.nan, middle)), {"constant": True}
    if context.decreasing and low < high:
        low, high = high, low
    held = parameters.get("clip", True)

    def placed(values: Floats) -> Floats:
        moved = start + (end - start) * ((values - low) / (high - low))
        return np.clip(moved, min(start, end), max(start, end)) if held else moved

    falling = (high < low) != (end < start)
    return _onto(series.mapped(placed, decreasing=falling), start, end), {"from": low, "to": high}


def _ends(series: Series, parameters: Parameters, context: Context) -> tuple[float, float]:
    over = parameters.get("over", "sample")
    if over == "goalposts":
        return pair(context.setting("goalposts", "minmax"))
    values = sample(series)
    if not values.size:
        return 0.0, 0.0
    if over == "percentiles":
        first, second = pair(parameters.get("percentiles", [5.0, 95.0]))
        return float(np.percentile(values, first)), float(np.percentile(values, second))
    return float(values.min()), float(values.max())


def _onto(series: Series, start: float, end: float) -> Series:
    """The ends of what nothing bounds are those of the scale."""
    low = np.where(np.isneginf(series.low), min(start, end), series.low)
    high = np.where(np.isposinf(series.high), max(start, end), series.high)
    return replace(series, low=low, high=high)


def zscore(series: Series, parameters: Parameters, context: Context) -> tuple[Series, Note]:
    """Standard scores moved to `mean` (0) with `deviation` (1); turned round where less is better.

    `over` is `sample` (its mean and deviation, divided by one less than the count unless `population`) or `fixed` (the
    indicator's own `centre` and `spread`, so that editions compare).
    """
    if parameters.get("over") == "fixed":
        centre, spread = (float(str(context.setting(name, "zscore"))) for name in ("centre", "spread"))
    else:
        values = sample(series)
        freedom = 0 if parameters.get("population") else 1
        centre = float(values.mean()) if values.size else 0.0
        spread = float(values.std(ddof=freedom)) if values.size > freedom else 0.0
    to, deviation = number(parameters, "mean", 0.0), number(parameters, "deviation", 1.0)
    if spread == 0.0:
        return series.mapped(lambda values: np.where(np.isnan(values), np.nan, to)), {"constant": True}
    turn = -1.0 if context.decreasing else 1.0
    moved = series.bounded().mapped(
        lambda values: to + deviation * turn * (values - centre) / spread, decreasing=turn * deviation < 0
    )
    return moved, {"mean": centre, "deviation": spread}


def rank(series: Series, parameters: Parameters, context: Context) -> tuple[Series, Note]:
    """The place in the sample, the greater the better: 1 for the worst, or `share` of those with a value (0 to 1), or `borda`.

    Ties get the least (`min`), the greatest (`max`) or the mean (`average`, the default) of their places.
    """
    values = np.sort(sample(series))
    if not values.size:
        return series, {}
    ties, as_ = parameters.get("ties", "average"), parameters.get("as", "place")

    def place(given: Floats) -> Floats:
        below, upto = np.searchsorted(values, given, "left"), np.searchsorted(values, given, "right")
        first = below + 1.0
        last = np.maximum(upto, first)
        if context.decreasing:
            first, last = len(values) + 1.0 - last, len(values) + 1.0 - first
        found = {"min": first, "max": last}.get(str(ties), (first + last) / 2)
        if as_ == "share":
            found = (found - 1.0) / max(len(values) - 1.0, 1.0)
        elif as_ == "borda":
            found = found - 1.0
        return np.where(np.isnan(given), np.nan, found)

    return series.bounded().mapped(place, decreasing=context.decreasing), {"among": len(values)}


def distance(series: Series, parameters: Parameters, context: Context) -> tuple[Series, Note]:
    """How near to the `best` of the sample, to the indicator's `target`, or to the value of a `reference` unit.

    1 there and 0 at the worst of the sample, times the width of `to`; `ratio` gives the value divided by it instead.
    Held at the upper end with `cap`.
    """
    values = sample(series)
    if not values.size:
        return series, {}
    goal = _goal(series, parameters, context)
    worst = float(values.max() if context.decreasing else values.min())
    start, end = pair(parameters.get("to", [0.0, 1.0]))
    if parameters.get("ratio"):
        if goal == 0.0:
            raise MethodologyError(f"{context.item}: a ratio to zero has no value; choose another normalisation")
        return series.bounded().mapped(lambda given: start + (end - start) * given / goal, decreasing=goal < 0), {
            "goal": goal
        }
    if goal == worst:
        return series.mapped(lambda given: np.where(np.isnan(given), np.nan, end)), {"constant": True}

    def near(given: Floats) -> Floats:
        found = start + (end - start) * (1.0 - (goal - given) / (goal - worst))
        return np.minimum(found, end) if parameters.get("cap") else found

    return series.bounded().mapped(near, decreasing=goal < worst), {"goal": goal, "worst": worst}


def _goal(series: Series, parameters: Parameters, context: Context) -> float:
    to = parameters.get("from", "best")
    if to == "target":
        return float(str(context.setting("target", "distance")))
    if to == "reference":
        unit = str(parameters.get("unit"))
        if unit not in context.units or np.isnan(series.values[context.units.index(unit)]):
            raise MethodologyError(
                f"{context.item}: the reference {unit!r} has no value here; choose a unit that has one"
            )
        return float(series.values[context.units.index(unit)])
    values = sample(series)
    return float(values.min() if context.decreasing else values.max())
