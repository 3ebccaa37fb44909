"""Latitudes in degrees."""

from atalaya.inspection.semantic.column import Seen
from atalaya.inspection.semantic.declaration import DIGITS, Example, Fit, SemanticType
from atalaya.inspection.semantic.degrees import fit_degrees
from atalaya.inspection.semantic.knowledge import Knowledge
from atalaya.inspection.semantic.names import HEAD, phrases
from atalaya.inspection.semantic.shapes import NUMERIC, Form

NAMES = phrases("latitude, latitud, latitudine, latitudes, latitudine, ylat, coordlat")
SHORT = phrases("lat, lat dd, coord lat, y lat, lat y, geo lat, lat wgs84, lat wgs")
"""Names that may also be short for something else, as the lateral of an acceleration."""
AXIS = phrases("y, coord y, y coord, coordenada y, coordy, punto y, coordenadas y, y coordinate, point y, pos y")
"""Names of a coordinate that may also be of a plane."""
_OTHER_AXIS = phrases(
    "lon, long, lng, longitude, longitud, x, coord x, x coord, coordenada x, coordx, x coordinate, point x"
)
MOST = 90.0


def rule(column: Seen, _: Knowledge) -> Fit | None:
    """Numbers within 90 degrees, or degrees with signs, under a name that says latitude; under Y where an X stands
    beside it and nothing else is said."""
    name = column.name
    named = name.says(NAMES) > 0 or (name.says(SHORT) >= HEAD and column.beside(_OTHER_AXIS, HEAD))
    return fit_degrees(column, MOST, AXIS, _OTHER_AXIS, named=named)


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
