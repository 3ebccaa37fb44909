"""Whole numbers that are no amounts, told by how they are written: padded with zeros, or long ones that begin alike."""

from atalaya.inspection.semantic.column import Seen
from atalaya.inspection.semantic.names import phrases
from atalaya.inspection.semantic.nouns import COUNTS, MEASURES
from atalaya.inspection.semantic.shapes import Form

LONG = 9
"""Digits from which numbers of one length that begin alike are composed of parts: a larger unit, and a number in it."""
ALIKE = 3
"""Digits that those numbers begin with: of numbers that are drawn without order, one set of five in a hundred million does."""
LEAST = 5
"""Different numbers of which that is said."""
_TIMES = phrases(
    "time, timestamp, fecha, date, hora, created, modified, updated, epoch, unix time, tiempo, data, datetime"
)
"""Names of moments, which computers count in thousandths of a second since 1970."""


def are_padded(column: Seen) -> bool:
    """Whether the values are whole numbers of one length, of two digits and more, some of which begin with a zero."""
    values = column.values
    if column.leading is not Form.INTEGER or len(column.by_form) > 1 or len(values[0]) < 2:
        return False
    return ("\n0" in column.text or values[0][0] == "0") and len(set(map(len, values))) == 1


def are_composed(column: Seen) -> bool:
    """Whether the values are long whole numbers of one length that begin alike, under no name of a measure, a count or a
    moment."""
    values = column.values
    if column.leading is not Form.INTEGER or len(column.by_form) > 1 or len(values) < LEAST or len(values[0]) < LONG:
        return False
    first, last = min(values), max(values)
    name = column.name
    alike = len(set(map(len, values))) == 1 and first[:ALIKE] == last[:ALIKE]
    return alike and not (name.says(MEASURES) or name.says(COUNTS) or name.says(_TIMES))
