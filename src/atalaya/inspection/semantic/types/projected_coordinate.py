"""Eastings, northings and other coordinates of a plane."""

from atalaya.inspection.semantic.column import Seen
from atalaya.inspection.semantic.declaration import DIGITS, Example, Fit, SemanticType, enough
from atalaya.inspection.semantic.knowledge import Knowledge
from atalaya.inspection.semantic.names import HEAD, WHOLE, phrases
from atalaya.inspection.semantic.shapes import NUMERIC, Form

NAMES = phrases(
    "easting, northing, eastings, northings, utm x, utm y, x utm, y utm, coord x, coord y, x coord, y "
    "coord, coordenada x, coordenada y, coordx, coordy, gtm x, gtm y, este, norte, pos x, pos y, x "
    "coordinate, y coordinate, os x, os y, lambert x, lambert y, osgb"
)
AXIS = phrases("x, y")
_AXES = frozenset("xy")
_LENGTHS = frozenset({"m", "km", "ft", "feet", "metres", "meters", "metros"})
LEAST = 1000.0
"""Size from which a number under X or Y is no degree and no measure."""


def rule(column: Seen, _: Knowledge) -> Fit | None:
    """Large numbers under a name of an axis or of a projection; numbers of any size where the name gives the axis and a
    unit of length."""
    name = column.name
    if Form.AMOUNT in column.by_form:
        return None
    axis = name.says(AXIS)
    if name.unit in _LENGTHS and name.bare and name.bare[-1][-1:] in _AXES:
        return enough(column.of_forms(NUMERIC), "name")
    if axis < WHOLE and name.says(NAMES) < HEAD:
        return None
    share = sum(abs(number) >= LEAST for number in column.numbers) / max(1, len(column.values))
    return Fit(share, "name") if share >= 1 - TYPE.tolerance else None


TYPE = SemanticType(
    id="projected_coordinate",
    version=2,
    title="Coordinate of a plane",
    text="Numbers from {least} up under X, Y, easting, northing or the like, or of any size where the name gives an axis and "
    "a unit of length; up to {tolerated} % may differ.",
    forms=NUMERIC,
    rule=rule,
    signs=DIGITS,
    thresholds={"least": round(LEAST)},
    examples=(
        Example("Easting", ("453012.5", "453987.1"), True, "eastings"),
        Example("Y", ("1623456.5", "1623789.1"), True, "large numbers under an axis"),
        Example("x", ("1", "2", "3"), False, "small numbers under an axis"),
    ),
)
