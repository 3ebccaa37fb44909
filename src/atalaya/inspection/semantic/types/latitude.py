"""Latitudes in degrees."""

import re

from atalaya.inspection.semantic.column import Seen
from atalaya.inspection.semantic.declaration import DIGITS, Example, Fit, SemanticType
from atalaya.inspection.semantic.knowledge import Knowledge
from atalaya.inspection.semantic.names import HEAD, WHOLE, Phrases, phrases
from atalaya.inspection.semantic.shapes import NUMERIC, Form

NAMES = phrases("latitude, latitud, latitudine, latitudes, latitudine, ylat, coordlat")
SHORT = phrases("lat, lat dd, coord lat, y lat, lat y, geo lat, lat wgs84, lat wgs")
"""Names that may also be short for something else, as the lateral of an acceleration."""
AXIS = phrases("y, coord y, y coord, coordenada y, coordy, punto y, coordenadas y, y coordinate, point y, pos y")
"""Names of a coordinate that may also be of a plane."""
_OTHER_AXIS = phrases(
    "lon, long, lng, longitude, longitud, x, coord x, x coord, coordenada x, coordx, x coordinate, point x"
)
SEXAGESIMAL = re.compile(r"\D{0,2}\d{1,3}\s?[°º]")
LEAST = 0.9
MOST = 90.0


def within(column: Seen, most: float, *, decimals: bool) -> float:
    """The share of the values that are numbers of degrees up to `most`; `decimals` asks that most of them have
    decimals."""
    numbers = column.numbers
    if not numbers or (decimals and sum(not number.is_integer() for number in numbers) < len(numbers) / 2):
        return 0.0
    return sum(abs(number) <= most for number in numbers) / len(column.values)


def on_the_globe(column: Seen, axis: Phrases, other: Phrases) -> bool:
    """Whether the name is that of an axis and nothing else, with the other axis beside it, over numbers that lie close
    together far from 0, as places do and measures do not."""
    name = column.name
    if name.says(axis) < WHOLE or any(map(str.isdigit, name.words)) or not column.beside(other, WHOLE):
        return False
    numbers = column.numbers
    if not numbers or min(numbers) < 0 < max(numbers):
        return False
    return min(map(abs, numbers)) >= max(numbers) - min(numbers)


def in_degrees(unit: str) -> bool:
    """Whether what stands in the brackets of a name leaves it open that the numbers are degrees."""
    return not unit or unit[:1] in "d°ºgnsewo" or "wgs" in unit


def rule(column: Seen, _: Knowledge) -> Fit | None:
    """Numbers within 90 degrees, or degrees with signs, under a name that says latitude; under Y where an X stands
    beside it and nothing else is said."""
    name = column.name
    if not in_degrees(name.unit):
        return None
    sure = name.says(NAMES) > 0 or (name.says(SHORT) >= HEAD and column.beside(_OTHER_AXIS, HEAD))
    if not sure and not on_the_globe(column, AXIS, _OTHER_AXIS):
        return None
    share = within(column, MOST, decimals=not sure) or (column.fitting(SEXAGESIMAL.match) if sure else 0.0)
    return Fit(share, "name") if share >= LEAST else None


TYPE = SemanticType(
    id="latitude",
    version=2,
    title="Latitude",
    text="Degrees up to {most}, decimal or sexagesimal, under a name that says latitude; up to {tolerated} % "
    "may differ.",
    forms=NUMERIC | {Form.MIXED, Form.CODE, Form.OTHER},
    rule=rule,
    signs=DIGITS,
    thresholds={"most": round(MOST)},
    examples=(
        Example("Lat", ("14.63", "14.70"), True, "decimal degrees", beside=("Long",)),
        Example("acc_lat [m/s2]", ("0.63", "0.70"), False, "a measure with another unit", beside=("acc_lon [m/s2]",)),
        Example("latitud", ("14°38′N", "15°02′N"), True, "degrees and minutes"),
        Example("Y", ("1623456.5", "1623789.1"), False, "a coordinate of a plane"),
    ),
)
