"""Transformations of each value by itself: ratios, logarithms, powers, limits, rounding, points for thresholds."""

import math
from dataclasses import replace

import numpy as np

from atalaya.exceptions import MethodologyError
from atalaya.indices.series import Floats, Series
from atalaya.indices.steps.context import Context, Note, Parameters, number


def denominate(series: Series, parameters: Parameters, context: Context) -> tuple[Series, Note]:
    """Divide by the indicator's denominator, a column of the table, times `factor`; indicators without one are left.

    A denominator that is missing or zero leaves the value unknown.
    """
    name = context.settings.get("denominator")
    if name is None:
        return series, {}
    below = context.column(str(name)) / number(parameters, "factor", 1.0)
    below = np.where(below == 0.0, np.nan, below)
    if np.nanmin(below, initial=np.inf) < 0.0:
        raise MethodologyError(f"{context.item}: the denominator {name} has negative values; correct the column")
    return series.mapped(lambda values: values / below), {"denominator": name}


def scale(series: Series, parameters: Parameters, context: Context) -> tuple[Series, Note]:
    """Multiply, then add."""
    by, add = number(parameters, "multiply", 1.0), number(parameters, "add", 0.0)
    return series.mapped(lambda values: values * by + add, decreasing=by < 0), {}


def log(series: Series, parameters: Parameters, context: Context) -> tuple[Series, Note]:
    """The logarithm to `base` (e by default) after `add` was added."""
    base, add = number(parameters, "base", math.e), number(parameters, "add", 0.0)
    if base <= 0 or base == 1:
        raise MethodologyError(f"{context.item}: there is no logarithm to the base {base}; choose another")
    return series.mapped(lambda values: np.log(values + add) / math.log(base), decreasing=base < 1), {}


def power(series: Series, parameters: Parameters, context: Context) -> tuple[Series, Note]:
    """Raise to `exponent`; a root where it is below 1, kept signed where that is an odd root or whole."""
    exponent = number(parameters, "exponent", 1.0)
    inverse = 1.0 / exponent if exponent else 0.0
    odd = round(inverse) % 2 == 1 and abs(inverse - round(inverse)) < 1e-9

    def raised(values: Floats) -> Floats:
        return np.sign(values) * np.abs(values) ** exponent if odd else values**exponent

    return series.mapped(raised, decreasing=exponent < 0), {}


def box_cox(series: Series, parameters: Parameters, context: Context) -> tuple[Series, Note]:
    """Box and Cox' transformation (1964) with a given `lambda`: (x**lambda - 1) / lambda, the logarithm at 0."""
    exponent = number(parameters, "lambda", 0.0)
    if exponent == 0.0:
        return series.mapped(np.log), {"lambda": 0.0}
    return series.mapped(lambda values: (np.where(values > 0, values, np.nan) ** exponent - 1.0) / exponent), {
        "lambda": exponent
    }


def clip(series: Series, parameters: Parameters, context: Context) -> tuple[Series, Note]:
    """Hold values between `low` and `high`."""
    low, high = number(parameters, "low", -np.inf), number(parameters, "high", np.inf)
    held = int(((series.values < low) | (series.values > high)).sum())
    return series.mapped(lambda values: np.clip(values, low, high)), {"held": held} if held else {}


def reverse(series: Series, parameters: Parameters, context: Context) -> tuple[Series, Note]:
    """`from` minus the value, so that less becomes more; `inverse` divides by the value instead."""
    start = number(parameters, "from", 0.0)
    if parameters.get("inverse"):
        return series.mapped(lambda values: start / np.where(values == 0, np.nan, values), decreasing=True), {}
    return series.mapped(lambda values: start - values, decreasing=True), {}


def round_(series: Series, parameters: Parameters, context: Context) -> tuple[Series, Note]:
    """Round to `decimals`; halves go away from zero, or to even where `halves` says so."""
    decimals, even = int(number(parameters, "decimals", 0)), parameters.get("halves") == "even"
    return series.mapped(lambda values: rounded_array(values, decimals, even=even)), {}


def rounded_array(values: Floats, decimals: int, *, even: bool = False) -> Floats:
    """Rounded values, halves away from zero; what binary arithmetic leaves in the tenth further digit is noise.

    >>> rounded_array(np.array([0.5, 1.5, -2.5, 2.675]), 0), rounded_array(np.array([2.675]), 2)
    (array([ 1.,  2., -3.,  3.]), array([2.68]))
    """
    if even:
        return np.round(values, decimals)
    shift = 10.0**decimals
    with np.errstate(over="ignore"):
        moved: Floats = np.sign(values) * np.floor(np.round(np.abs(values) * shift, 9) + 0.5) / shift
    return np.where(np.isinf(moved), values, moved)  # a figure too great for its decimals has none to round


def thresholds(series: Series, parameters: Parameters, context: Context) -> tuple[Series, Note]:
    """Points for reaching thresholds: `points` lists pairs of a threshold and what it brings, `below` what less brings.

    `interpolate` draws straight lines between the pairs instead of steps.
    """
    listed = parameters["points"]
    assert isinstance(listed, list), "held by the schema"
    at = np.array([float(place) for place, _ in listed])
    brings = np.array([float(points) for _, points in listed])
    if not (np.diff(at) > 0).all():
        raise MethodologyError(f"{context.item}: the thresholds do not rise; list them from the least up, each once")
    below = number(parameters, "below", float(brings[0]) if parameters.get("interpolate") else 0.0)
    every = np.concatenate([[below], brings])

    def points(values: Floats) -> Floats:
        if parameters.get("interpolate"):
            found = np.interp(values, at, brings)
            return np.where(np.isnan(values), np.nan, np.where(values < at[0], below, found))
        return np.where(np.isnan(values), np.nan, every[np.searchsorted(at, values, side="right")])

    if (np.diff(every) >= 0).all() or (np.diff(every) <= 0).all():
        return series.mapped(points, decreasing=bool(every[-1] < every[0])), {}
    return _any_between(series.mapped(points), float(every.min()), float(every.max())), {}


def _any_between(series: Series, least: float, most: float) -> Series:
    """What may be anything between two ends where it is not sure, since the points neither rise nor fall throughout."""
    sure = series.known & (series.low == series.high)
    low = np.where(sure | ~series.ended, series.low, least)
    high = np.where(sure | ~series.ended, series.high, most)
    return replace(series, low=low, high=high)
