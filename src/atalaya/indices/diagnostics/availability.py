"""How much of an index was measured: shares of cells in each state, by unit and by indicator."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from atalaya.exceptions import ArraysUnusable
from atalaya.indices.series import Flags, Floats, State


@dataclass(frozen=True, slots=True, eq=False)
class Availability:
    """Shares of weight in each state, columns in the order of `State`: `by_unit` (units, 4), `by_indicator` (indicators, 4).

    `measured` and `imputed` (units,): the shares with a value of its own and with one that a rule put in, among what applies,
    known or unknown; `indicator_measured` and `indicator_imputed` (indicators,) likewise, each unit counting alike. NaN where
    nothing applies.
    """

    by_unit: Floats
    by_indicator: Floats
    measured: Floats
    imputed: Floats
    indicator_measured: Floats
    indicator_imputed: Floats


def availability(
    states: NDArray[np.integer], imputed: Flags | None = None, weights: NDArray[np.floating] | None = None
) -> Availability:
    """Shares of `states` (units, indicators), codes of `State`, of which `imputed` says where a value was put in by a rule.

    `weights` (indicators,) count in the shares by unit, else all 1. Raises `ArraysUnusable` for other shapes, a code that is no
    state, or weights that are negative or sum to nothing.
    """
    if states.ndim != 2 or 0 in states.shape:
        raise ArraysUnusable(f"states of shape {states.shape}: (units, indicators) is needed, at least one of each")
    if not np.isin(states, list(State)).all():
        strange = sorted(set(np.unique(states).tolist()) - set(State))
        raise ArraysUnusable(f"states hold {strange}: the codes are {list(map(int, State))}")
    filled = np.zeros(states.shape, dtype=bool) if imputed is None else imputed & (states == State.VALUE)
    each = np.ones(states.shape[1]) if weights is None else np.asarray(weights, dtype=np.float64)
    if each.shape != states.shape[1:] or not (each >= 0).all() or not each.sum() > 0:
        raise ArraysUnusable(
            f"weights {each}: one for each of {states.shape[1]} indicators, none negative, not all zero"
        )
    within = states[:, :, None] == np.array(list(State))
    of_unit, of_indicator = np.einsum("uis,i->us", within, each), within.sum(axis=0, dtype=np.float64)
    measured, put_in = _among_applicable(of_unit, filled @ each)
    indicator_measured, indicator_put_in = _among_applicable(of_indicator, filled.sum(axis=0, dtype=np.float64))
    return Availability(
        by_unit=of_unit / each.sum(),
        by_indicator=of_indicator / len(states),
        measured=measured,
        imputed=put_in,
        indicator_measured=indicator_measured,
        indicator_imputed=indicator_put_in,
    )


def _among_applicable(weight: Floats, filled: Floats) -> tuple[Floats, Floats]:
    applies = weight[:, State.VALUE] + weight[:, State.UNKNOWN]
    with np.errstate(invalid="ignore", divide="ignore"):
        return (weight[:, State.VALUE] - filled) / applies, filled / applies
