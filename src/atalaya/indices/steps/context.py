"""What a step may know besides the column it works on, and what it says it did."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np

from atalaya.exceptions import MethodologyError
from atalaya.indices.series import Flags, Floats, Series

Parameters = Mapping[str, object]
"""The parameters of a step by name, as the methodology writes them; the schema has held them to their types."""

Note = dict[str, object]
"""What a step did, in names and numbers, for the log; empty where it did nothing worth telling."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """The item that a step works on and the table that it comes from.

    `item` names it in errors. `decreasing` tells that less is better. `settings` are what the indicator says of itself
    (goalposts, target, centre, spread, denominator). `numbers` and `words` give a column of the table by name, `past` the
    earlier figures of each unit, latest first: how long before, and the figure.
    """

    item: str
    units: tuple[str, ...]
    decreasing: bool = False
    settings: Mapping[str, object] = field(default_factory=dict)
    numbers: Callable[[str], Floats] | None = None
    words: Callable[[str], tuple[str, ...]] | None = None
    past: Callable[[], list[list[tuple[float, float]]]] | None = None

    def setting(self, name: str, step: str) -> object:
        """What the indicator says of itself. Raises MethodologyError where it does not."""
        if name not in self.settings:
            raise MethodologyError(f"{self.item}: the step {step} needs its {name}; write {name} at the indicator")
        return self.settings[name]

    def column(self, name: str) -> Floats:
        """A column of numbers. Raises MethodologyError where the step stands at a node, which has no table."""
        if self.numbers is None:
            raise MethodologyError(
                f"{self.item}: a step after aggregation cannot read the column {name}; move it to the indicators"
            )
        return self.numbers(name)

    def groups(self, name: str) -> tuple[str, ...]:
        """A column of words, one a unit."""
        if self.words is None:
            raise MethodologyError(
                f"{self.item}: a step after aggregation cannot read the column {name}; move it to the indicators"
            )
        return self.words(name)


Step = Callable[[Series, Parameters, Context], tuple[Series, Note]]
"""A step: the column before, what the methodology says, and what is around → the column after, and what was done."""


def number(parameters: Parameters, name: str, default: float) -> float:
    """A numeric parameter, or its default."""
    value = parameters.get(name, default)
    return float(value) if isinstance(value, int | float) else default


def pair(value: object) -> tuple[float, float]:
    """Two numbers from a list."""
    first, second = value if isinstance(value, list | tuple) else (0.0, 1.0)
    return float(first), float(second)


def sample(series: Series) -> Floats:
    """The known values, from which a step takes what it needs of the sample; shape (known units,)."""
    found: Floats = series.values[series.known]
    return found


def members(words: tuple[str, ...]) -> dict[str, Flags]:
    """Which units are of each group; units of no group are in none."""
    array = np.array(words, dtype=object)
    return {word: array == word for word in sorted(set(words)) if word}
