"""Imputation: values that a declared rule puts in the place of unknown ones. Their interval stays, and they are marked."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from atalaya.exceptions import MethodologyError
from atalaya.indices.series import Flags, Floats, Series, State
from atalaya.indices.steps.context import Context, Note, Parameters, members, number

_CENTRES: dict[str, Callable[[Floats], float]] = {
    "mean": lambda values: float(values.mean()),
    "median": lambda values: float(np.median(values)),
    "lowest": lambda values: float(values.min()),
    "highest": lambda values: float(values.max()),
}


LATEST = "latest"
"""The imputation that takes what stood before."""

EM = "em"
"""The imputation that takes several indicators at once (`steps.together`)."""


def impute(series: Series, parameters: Parameters, context: Context) -> tuple[Series, Note]:
    """Put the `mean`, `median`, `lowest`, `highest` or a `constant` (with `value`) in the place of unknown values.

    With `group` the known values of the unit's own group are used; a group without any uses the whole sample where `otherwise`
    is `sample`, and leaves it unknown where it is not given. `latest` takes the last figure that stood before, no older than
    `most`. Raises MethodologyError for a method it does not know.
    """
    unknown = series.state == State.UNKNOWN
    if not unknown.any():
        return series, {}
    filled = series.values.copy()
    method = str(parameters.get("method", "mean"))
    if method == "constant":
        filled[unknown] = number(parameters, "value", 0.0)
    elif method == LATEST:
        _latest(filled, unknown, number(parameters, "most", np.inf), context)
    elif method == EM:
        raise MethodologyError(
            f"{context.item}: imputation by em looks at several indicators; write it among the steps of all indicators"
        )
    elif method not in _CENTRES:
        raise MethodologyError(
            f"{context.item}: there is no imputation {method!r}; use constant, em, latest or one of {', '.join(_CENTRES)}"
        )
    else:
        _fill(series, filled, parameters, context, _CENTRES[method])
    return put(series, filled)


def put(series: Series, filled: Floats) -> tuple[Series, Note]:
    """The column with what was `filled` in (units,) in the place of what is unknown: marked as imputed, its interval widened to
    hold the value.
    """
    given = (series.state == State.UNKNOWN) & ~np.isnan(filled)
    made = replace(
        series,
        values=np.where(given, filled, series.values),
        state=np.where(given, State.VALUE, series.state).astype(np.uint8),
        low=np.where(given, np.minimum(series.low, filled), series.low),
        high=np.where(given, np.maximum(series.high, filled), series.high),
        imputed=series.imputed | given,
    )
    return made, {"imputed": int(given.sum())} if given.any() else {}


def _latest(filled: Floats, unknown: Flags, most: float, context: Context) -> None:
    """Put the latest earlier figure of each unknown unit into `filled`."""
    if context.past is None:
        raise MethodologyError(
            f"{context.item}: a step after aggregation has no earlier figures; move it to the indicators"
        )
    for place, figures in enumerate(context.past()):
        if unknown[place] and figures and figures[0][0] <= most:
            filled[place] = figures[0][1]


def _fill(
    series: Series, filled: Floats, parameters: Parameters, context: Context, centre: Callable[[Floats], float]
) -> None:
    """Put the centre of each unknown unit's group, or of the sample, into `filled`."""
    unknown = series.state == State.UNKNOWN
    group = parameters.get("group")
    if group is not None:
        for of_group in members(context.groups(str(group))).values():
            known = series.values[of_group & series.known]
            if known.size:
                filled[of_group & unknown] = centre(known)
    if group is None or parameters.get("otherwise") == "sample":
        known = series.values[series.known]
        if known.size:
            filled[unknown & np.isnan(filled)] = centre(known)
