"""A version that was cut off: far fewer rows, and the same from the top on, or as many as some program writes at most."""

from collections.abc import Sequence
from dataclasses import dataclass

from atalaya.inspection.versions.cells import Pair, rows_as_numbers

FAR_FEWER = 0.9
"""Share of the old rows below which a version has far fewer."""
SAME_TOP = 0.98
"""Share of the rows that must be equal to those at the same place of the old version."""
LEAST_ROWS = 5
"""Rows of the new version from which a common beginning says anything."""
LIMITS = frozenset({16_383, 16_384, 32_000, 32_767, 32_768, 65_535, 65_536, 1_000_000, 1_048_575, 1_048_576})
"""Rows that programs and interfaces write at most, with and without a header: sheets of Excel 95, 97 and 2007 (its
specifications), 16-bit counters, a million."""
_ROUND_FROM = 50


@dataclass(frozen=True, slots=True)
class Truncation:
    """How it shows: `lost` rows that the old version had more, `top` where what is left equals its beginning, `at_limit` where
    the number of rows is one at which programs stop."""

    lost: int
    top: bool
    at_limit: bool


def truncation(pairs: Sequence[Pair], rows: tuple[int, int]) -> Truncation | None:
    """How a version was cut off; None where nothing says so."""
    old, new = rows
    if new >= FAR_FEWER * old or not new:
        return None
    found = Truncation(old - new, _same_top(pairs, rows), is_limit(new))
    return found if found.top or found.at_limit else None


def is_limit(rows: int) -> bool:
    """Whether programs stop at so many rows: known limits, and one or two digits before zeros; with a header or without."""
    return any(number in LIMITS or (number >= _ROUND_FROM and _is_round(number)) for number in (rows, rows + 1))


def _is_round(number: int) -> bool:
    digits = str(number).rstrip("0")
    zeros = len(str(number)) - len(digits)
    return zeros >= 2 and len(digits) <= 2


def _same_top(pairs: Sequence[Pair], rows: tuple[int, int]) -> bool:
    if rows[1] < LEAST_ROWS or not pairs:
        return False
    before = rows_as_numbers(pairs, rows[0], after=False)[: rows[1]]
    after = rows_as_numbers(pairs, rows[1], after=True)
    same = sum(one == other for one, other in zip(before, after, strict=True))
    return same >= SAME_TOP * rows[1]
