"""Missing values in disguise: what stands in a cell where nothing is known, as a sign, a word or a number far
outside the rest."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from atalaya.inspection.kinds import MISSING
from atalaya.inspection.values import decimal_mark, parse_number

SENTINELS = frozenset(
    sign * number
    for number in (
        99.0,
        999.0,
        9999.0,
        99999.0,
        999999.0,
        9999999.0,
        99999999.0,
        999999999.0,
        88.0,
        888.0,
        8888.0,
        99.9,
        99.99,
        999.9,
        999.99,
        9999.9,
        9999.99,
    )
    for sign in (1, -1)
) | {-1.0, -32768.0, -2147483648.0}
"""Numbers that programs and surveys write for *missing*, *refused* or *not applicable*: repeated nines and eights,
minus one, and the smallest whole numbers of two and four bytes (ISO/IEC 9899, 5.2.4.2.1)."""

_MAY_BE = re.compile(
    r"\s*[-+−]?\s*(?:9[9.,]+|8[8.,]+|1(?:[.,]0*)?|32[.,]?768(?:[.,]0*)?|2[.,]?147[.,]?483[.,]?648(?:[.,]0*)?)\s*"
)
"""How the sentinels are written; most columns hold none."""
LEAST_REPEATED = 2
LEAST_OTHERS = 5
"""Other different numbers of the column, at least, so that it is known where the rest lies."""
FAR = 2.0
"""How many times the largest of the rest a sentinel must be: 99 among ages up to 90 may be an age, 999 is none."""


@dataclass(frozen=True, slots=True)
class Disguises:
    """Cells that say that nothing is known: by sign or word, and by number, each with how many cells hold it."""

    signs: Mapping[str, int]
    numbers: Mapping[str, int]

    @property
    def cells(self) -> int:
        """How many cells are missing in disguise."""
        return sum(self.signs.values()) + sum(self.numbers.values())


def find_disguises(values: Mapping[str, int]) -> Disguises:
    """The disguises in a column, from its different texts with how often each stands there; blank cells are no
    disguise.

    >>> find_disguises({"12": 4, "15": 3, "9": 2, "7": 1, "20": 1, "9999": 6, "N/D": 2, "": 3})
    Disguises(signs={'N/D': 2}, numbers={'9999': 6})
    """
    if MISSING.isdisjoint(map(str.lower, map(str.strip, values))):
        return Disguises({}, _sentinels(values))
    signs = {value: count for value, count in values.items() if value.strip() and value.strip().lower() in MISSING}
    rest = {value: count for value, count in values.items() if value.strip() and value not in signs}
    return Disguises(signs, _sentinels(rest))


def _sentinels(values: Mapping[str, int]) -> dict[str, int]:
    """Sentinel numbers that repeat and lie far outside the other numbers."""
    if not any(count >= LEAST_REPEATED and _MAY_BE.fullmatch(value) for value, count in values.items()):
        return {}
    suspects = {value for value in values if value.strip(" +-−.,0123456789") == "" and value}
    mark = decimal_mark(suspects).mark
    read = {value: number for value in suspects if (number := parse_number(value, mark)) is not None}
    marked = {value for value, number in read.items() if number in SENTINELS and values[value] >= LEAST_REPEATED}
    others = [number for value, number in read.items() if number not in SENTINELS]
    if not marked or len(others) < LEAST_OTHERS:
        return {}
    least, most = min(others), max(others)
    return {value: values[value] for value in sorted(marked) if _stands_out(read[value], least, most)}


def _stands_out(number: float, least: float, most: float) -> bool:
    """Below numbers none of which is negative, or far beyond the largest or the smallest."""
    if number < 0:
        return least >= 0 or number < FAR * least
    return number > FAR * max(most, -least)
