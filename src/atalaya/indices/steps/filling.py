"""Imputation: values that a declared rule puts in the place of unknown ones. Their interval stays, and they are marked."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from atalaya.exceptions import MethodologyError
from atalaya.indices.series import Floats, Series, State
from atalaya.indices.steps.context import Context, Note, Parameters, members, number

_CENTRES: dict[str, Callable[[Floats], float]] = {
    "mean": lambda values: float(values.mean()),
    "median": lambda values: float(np.median(values)),
    "lowest": lambda values: float(values.min()),
    "highest": lambda values: float(values.max()),
}


def impute(series: Series, parameters: Parameters, context: Context) -> tuple[Series, Note]:
    """Put the `mean`, `median`, `lowest`, `highest` or a `constant` (with `value`) in the place of unknown values.

    With `group` the known values of the unit's own group are used; a group without any uses the whole sample where `otherwise`
    is `sample`, and leaves it unknown where it is not given. Raises MethodologyError for a method it does not know.
    """
    unknown = series.state == State.UNKNOWN
    if not unknown.any():
        return series, {}
    filled = series.values.copy()
    method = str(parameters.get("method", "mean"))
    if method == "constant":
        filled[unknown] = number(parameters, "value", 0.0)
    elif method not in _CENTRES:
        raise MethodologyError(
            f"{context.item}: there is no imputation {method!r}; use constant or one of {', '.join(_CENTRES)}"
        )
    else:
        _fill(series, filled, parameters, context, _CENTRES[method])
    put = unknown & ~np.isnan(filled)
    state = np.where(put, State.VALUE, series.state).astype(np.uint8)
    low = np.where(put, np.minimum(series.low, filled), series.low)
    high = np.where(put, np.maximum(series.high, filled), series.high)
    imputed = series.imputed | put
    return replace(series, values=filled, state=state, low=low, high=high, imputed=imputed), {"imputed": int(put.sum())}


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
