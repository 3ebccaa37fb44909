"""Degrees of latitude and longitude: what a column of either must hold."""

import re

from atalaya.inspection.semantic.column import Seen
from atalaya.inspection.semantic.declaration import Fit
from atalaya.inspection.semantic.names import WHOLE, Phrases

_SEXAGESIMAL = re.compile(r"\D{0,2}\d{1,3}\s?[°º]")
LEAST = 0.9


def _within(column: Seen, most: float, *, decimals: bool) -> float:
    """The share of the values that are numbers of degrees up to `most`; `decimals` asks that most of them have
    decimals."""
    numbers = column.numbers
    if not numbers or (decimals and sum(not number.is_integer() for number in numbers) < len(numbers) / 2):
        return 0.0
    return sum(abs(number) <= most for number in numbers) / len(column.values)


def _on_the_globe(column: Seen, axis: Phrases, other: Phrases) -> bool:
    """Whether the name is that of an axis and nothing else, with the other axis beside it, over numbers that lie close
    together far from 0, as places do and measures do not."""
    name = column.name
    if name.says(axis) < WHOLE or any(map(str.isdigit, name.words)) or not column.beside(other, WHOLE):
        return False
    numbers = column.numbers
    if not numbers or min(numbers) < 0 < max(numbers):
        return False
    return min(map(abs, numbers)) >= max(numbers) - min(numbers)


def _in_degrees(unit: str) -> bool:
    """Whether what stands in the brackets of a name leaves it open that the numbers are degrees."""
    return not unit or unit[:1] in "d°ºgnsewo" or "wgs" in unit


def fit_degrees(column: Seen, most: float, axis: Phrases, other: Phrases, *, named: bool) -> Fit | None:
    """How a column fits degrees up to `most`: by a name that says so (`named`), over decimal degrees or degrees with signs, or
    under the name of an `axis` where the `other` one stands beside it."""
    if not _in_degrees(column.name.unit) or not (named or _on_the_globe(column, axis, other)):
        return None
    share = _within(column, most, decimals=not named) or (column.fitting(_SEXAGESIMAL.match) if named else 0.0)
    return Fit(share, "name") if share >= LEAST else None
