"""Latitudes in degrees."""

import re

from atalaya.inspection.semantic.column import Seen
from atalaya.inspection.semantic.declaration import Example, Fit, SemanticType
from atalaya.inspection.semantic.knowledge import Knowledge
from atalaya.inspection.semantic.names import phrases
from atalaya.inspection.semantic.shapes import NUMERIC, Form

NAMES = phrases(
    "lat, latitude, latitud, latitudine, lat dd, coord lat, latitud y, y lat, latitud decimal, decimal "
    "latitude, geo lat, lat wgs84"
)
AXIS = phrases("y, coord y, y coord, coordenada y, coordy, punto y")
"""Names of a coordinate that may also be of a plane."""
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


def rule(column: Seen, _: Knowledge) -> Fit | None:
    """Numbers within 90 degrees, or degrees with signs, under a name that says latitude."""
    sure = column.name.says(NAMES) > 0
    if not sure and not column.name.says(AXIS):
        return None
    share = within(column, MOST, decimals=not sure) or (column.fitting(SEXAGESIMAL.match) if sure else 0.0)
    return Fit(share, "name") if share >= LEAST else None


TYPE = SemanticType(
    id="latitude",
    version=1,
    title="Latitude",
    text="Degrees up to {most}, decimal or sexagesimal, under a name that says latitude; up to {tolerated} % "
    "may differ.",
    forms=NUMERIC | {Form.MIXED, Form.CODE, Form.OTHER},
    rule=rule,
    thresholds={"most": round(MOST)},
    examples=(
        Example("Lat", ("14.63", "14.70"), True, "decimal degrees"),
        Example("latitud", ("14°38′N", "15°02′N"), True, "degrees and minutes"),
        Example("Y", ("1623456.5", "1623789.1"), False, "a coordinate of a plane"),
    ),
)
