"""What a column of numbers is for, by its name and its values: to measure, or to name (codes, years, coordinates,
numbers of rows)."""

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from atalaya.catalogue.folding import fold
from atalaya.inspection.defects.words import column_words

if TYPE_CHECKING:
    from atalaya.inspection.defects.view import ColumnView

_FIRST_YEAR, _LAST_YEAR = 1800, 2100
_SURE_YEARS = (1950, 2035)
_MOST_YEARS = 250
_TRIED = 8
_SHARE = 0.9
"""Share of different values that must be years: a few corrupt ones make no other column of it."""


@lru_cache(maxsize=4_096)
def folded(name: str) -> str:
    """A name of a column in lower case without accents and signs; words written together are told apart by their capitals."""
    return fold(_CAPITAL.sub(r"\1 \2", name))


_CAPITAL = re.compile(r"([a-záéíóúñ])([A-ZÁÉÍÓÚÑ])")


def names_code(column: "ColumnView") -> bool:
    """Whether the name is that of a code or a number that identifies."""
    return _names_code(column.folded)


@lru_cache(maxsize=4_096)
def _names_code(folded: str) -> bool:
    return column_words().code.search(folded) is not None


def is_coordinate(column: "ColumnView") -> bool:
    """Whether the name is that of a coordinate."""
    return column_words().coordinate.search(column.folded) is not None


def is_row_number(column: "ColumnView") -> bool:
    """Whether the column numbers the rows: each value one more than that before."""
    if column.kind != "integer" or (column.folded and column.folded not in column_words().row_numbers):
        return False
    numbers = column.numbers
    if column.distinct < len(column.codes) or len(numbers) < 2:
        return False
    first = numbers[0]
    return bool(numbers[-1] - first == len(numbers) - 1 and numbers[len(numbers) // 2] - first == len(numbers) // 2)


def is_year(column: "ColumnView") -> bool:
    """Whether the column holds years: by its name and most of its values, or where hardly anything else is as likely."""
    if column.kind != "integer" or not 0 < len(column.texts) <= _MOST_YEARS:
        return False
    named = column_words().year.search(column.folded) is not None
    if names_code(column) and not named:
        return False
    first, last = (_FIRST_YEAR, _LAST_YEAR) if named else _SURE_YEARS
    if not named and any(not first <= value <= last for value in column.numbers[:_TRIED] if value == value):
        return False
    numbers = [value for value in column.numbers if value == value]
    inside = sum(first <= value <= last for value in numbers)
    return inside >= _SHARE * len(numbers) if named else inside == len(numbers) and len(numbers) >= 3


def names_year(column: "ColumnView") -> bool:
    """Whether the name is that of a column of years."""
    return column_words().year.search(column.folded) is not None


def is_label(column: "ColumnView") -> bool:
    """Whether a column of numbers names instead of measuring."""
    return names_code(column) or is_coordinate(column) or is_year(column) or is_row_number(column)
