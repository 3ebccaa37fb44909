"""One indicator over all units: values, the interval of each, and its state."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


class State(IntEnum):
    """What a cell is: a value; not applicable to the unit; unknown; or of a unit that screening removed."""

    VALUE = 0
    NOT_APPLICABLE = 1
    UNKNOWN = 2
    SCREENED = 3


STATES = {
    State.VALUE: "value",
    State.NOT_APPLICABLE: "not_applicable",
    State.UNKNOWN: "unknown",
    State.SCREENED: "screened",
}
"""States as tables and people name them."""


def plain_figure(value: float) -> float | None:
    """A figure as tables take it: None where there is none, or where nothing bounds it."""
    return float(value) if np.isfinite(value) else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """One column. All arrays have shape (units,).

    `values` are NaN where there is none. `low` and `high` are the ends of each value: equal to it where it is sure, infinite
    where nothing bounds what is unknown, NaN where nothing applies. A cell that does not apply but may come to keeps the ends
    between which it would then lie. `coverage` is the measured share of each cell, 0 to 1, NaN where nothing applies. `imputed`
    marks values that a rule put in the place of an unknown; their interval stays. `assumed` marks ends that nothing bounds and
    that were taken from the sample; None where there are none.
    """

    values: Floats
    low: Floats
    high: Floats
    state: NDArray[np.uint8]
    coverage: Floats
    imputed: Flags
    assumed: Flags | None = None

    @property
    def known(self) -> Flags:
        """Where there is a value."""
        found: Flags = self.state == State.VALUE
        return found

    @property
    def applies(self) -> Flags:
        """Where there is a value or might be one."""
        found: Flags = (self.state == State.VALUE) | (self.state == State.UNKNOWN)
        return found

    @property
    def ended(self) -> Flags:
        """Where there are ends: of a value, of what is unknown, and of what does not apply but may come to."""
        return ~np.isnan(self.low)

    def bounded(self) -> "Series":
        """The same with the infinite ends replaced by the least and the greatest known value of the column."""
        known = self.values[self.known]
        if not known.size:
            return self
        ends = (
            np.where(np.isneginf(self.low), known.min(), self.low),
            np.where(np.isposinf(self.high), known.max(), self.high),
        )
        assumed = np.isinf(self.low) | np.isinf(self.high)
        if self.assumed is not None:
            assumed |= self.assumed
        return replace(self, low=np.minimum(*ends), high=np.maximum(*ends), assumed=assumed if assumed.any() else None)

    def without(self, units: Flags) -> "Series":
        """The same with some units set aside by screening."""
        gone = (
            np.where(units, np.nan, self.values),
            np.where(units, np.nan, self.low),
            np.where(units, np.nan, self.high),
        )
        return replace(
            self,
            values=gone[0],
            low=gone[1],
            high=gone[2],
            state=np.where(units, State.SCREENED, self.state).astype(np.uint8),
            coverage=np.where(units, np.nan, self.coverage),
        )

    def mapped(self, function: "Function", *, decreasing: bool = False) -> "Series":
        """Every value and both ends taken through a monotone function; a decreasing one turns the ends round.

        What the function makes no number of (the logarithm of a negative value) becomes unknown between its own ends.
        """
        with np.errstate(all="ignore"):
            values = np.where(self.known, function(self.values), np.nan)
            ends = function(self.low), function(self.high)
        low, high = ends[::-1] if decreasing else ends
        lost, ended = self.known & np.isnan(values), self.applies | self.ended
        low = np.where(lost | (ended & np.isnan(low)), -np.inf, low)
        high = np.where(lost | (ended & np.isnan(high)), np.inf, high)
        return replace(
            self,
            values=values,
            low=np.where(ended, low, np.nan),
            high=np.where(ended, high, np.nan),
            state=np.where(lost, State.UNKNOWN, self.state).astype(np.uint8),
            coverage=np.where(lost, 0.0, self.coverage),
        )


Function = Callable[[Floats], Floats]
"""A function of arrays, element by element."""


def series_of(values: Floats, not_applicable: Flags, lowest: float = -np.inf, highest: float = np.inf) -> Series:
    """A column of plain numbers; NaN is unknown, or not applicable where marked. `lowest` and `highest` bound what is unknown."""
    values = np.where(not_applicable, np.nan, values)
    unknown = np.isnan(values) & ~not_applicable
    state = np.where(not_applicable, State.NOT_APPLICABLE, np.where(unknown, State.UNKNOWN, State.VALUE)).astype(
        np.uint8
    )
    return Series(
        values=values,
        low=np.where(unknown, lowest, values),
        high=np.where(unknown, highest, values),
        state=state,
        coverage=np.where(not_applicable, np.nan, np.where(unknown, 0.0, 1.0)),
        imputed=np.zeros(len(values), dtype=np.bool_),
    )
