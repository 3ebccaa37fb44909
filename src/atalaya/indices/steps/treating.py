"""Treatment of outliers, by the rules of the handbooks: only where skewness and kurtosis are both out of bounds."""

import numpy as np

from atalaya.indices.moments import kurtosis, skewness
from atalaya.indices.series import Floats, Series
from atalaya.indices.steps.context import Context, Note, Parameters, number, pair, sample
from atalaya.indices.steps.transforming import log


def winsorise(series: Series, parameters: Parameters, context: Context) -> tuple[Series, Note]:
    """Bring the farthest values to the next ones, until `skewness` (2) or `kurtosis` (3.5) is within bounds.

    At most `points` (5) values a column are moved; where that is not enough the column is left as it was, unless `otherwise`
    says `log` (the logarithm of the untreated column, moved so that its least value is positive) or `keep` (what was moved
    stays). With `percentiles` everything outside them is brought to them, whatever the moments say.
    """
    values = sample(series)
    if "percentiles" in parameters:
        low, high = (
            (float(np.percentile(values, at)) for at in pair(parameters["percentiles"])) if values.size else (0.0, 0.0)
        )
        return _held(series, low, high, int(((values < low) | (values > high)).sum()))
    if not _is_out(values, parameters):
        return series, {}
    most = int(number(parameters, "points", 5))
    low, high, moved, treated = _brought_in(values, most, parameters)
    if not _is_out(treated, parameters) or parameters.get("otherwise") == "keep":
        return _held(series, low, high, moved)
    if parameters.get("otherwise") == "log":
        return _logged(series, values, context)
    return series, {"untreated": True, "skewness": skewness(values), "kurtosis": kurtosis(values)}


def _is_out(values: Floats, parameters: Parameters) -> bool:
    """Whether both moments are beyond their bounds; a column without moments is not."""
    skew, peak = skewness(values), kurtosis(values)
    return abs(skew) > number(parameters, "skewness", 2.0) and peak > number(parameters, "kurtosis", 3.5)


def _brought_in(values: Floats, most: int, parameters: Parameters) -> tuple[float, float, int, Floats]:
    """The limits that bring in at most so many of the farthest values, how many they move, and the values so treated."""
    treated = values.copy()
    low, high = float(values.min()), float(values.max())
    for _ in range(most):
        if not _is_out(treated, parameters):
            break
        inner = treated[(treated > low) & (treated < high)]
        if not inner.size:
            break
        if skewness(treated) > 0:
            high = float(treated[treated < high].max())
        else:
            low = float(treated[treated > low].min())
        treated = np.clip(values, low, high)
    return low, high, int(((values < low) | (values > high)).sum()), treated


def _held(series: Series, low: float, high: float, moved: int) -> tuple[Series, Note]:
    if not moved:
        return series, {}
    return series.mapped(lambda given: np.clip(given, low, high)), {"winsorised": moved, "low": low, "high": high}


def _logged(series: Series, values: Floats, context: Context) -> tuple[Series, Note]:
    """The logarithm of a column moved so that its least value is a hundredth of its range above zero."""
    least, most = float(values.min()), float(values.max())
    add = 0.01 * (most - least) - least
    return log(series.bounded(), {"add": add}, context)[0], {"logarithm": True, "add": add}
