"""What a part of `make bench` tells: lines, each a measured thing beside its yardstick, and what was asked of their ratio."""

import math
import time
from collections.abc import Callable
from dataclasses import dataclass

REPEATS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One measured thing beside its yardstick, which was measured in the same run (or is a declared limit).

    `ratio` is value over yardstick. `least` or `most` is the bar that it must reach or stay under; without one it is only told.
    Numbers in seconds, requests a second or megabytes are told, never judged.
    """

    what: str
    value: float
    yardstick: str
    yardstick_value: float
    unit: str = "s"
    least: float | None = None
    most: float | None = None

    @property
    def ratio(self) -> float:
        """How many times the yardstick."""
        return self.value / self.yardstick_value

    @property
    def bar(self) -> str:
        """What was asked of the ratio, in words; empty where nothing was."""
        if self.least is not None:
            return f"at least {self.least:g}"
        return "" if self.most is None else f"at most {self.most:g}"

    @property
    def met(self) -> bool | None:
        """Whether the ratio keeps to its bar; None without one, or where a tool was not at hand (its value is no number)."""
        if math.isnan(self.ratio):
            return None
        if self.least is not None:
            return self.ratio >= self.least
        return None if self.most is None else self.ratio <= self.most


def best(work: Callable[[], object], repeats: int = REPEATS) -> float:
    """Seconds of the fastest of a few runs."""
    times = []
    for _ in range(repeats):
        started = time.perf_counter()
        work()
        times.append(time.perf_counter() - started)
    return min(times)
