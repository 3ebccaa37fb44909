"""Longitudes in degrees."""

from atalaya.inspection.semantic.column import Seen
from atalaya.inspection.semantic.declaration import DIGITS, Example, Fit, SemanticType
from atalaya.inspection.semantic.degrees import fit_degrees
from atalaya.inspection.semantic.knowledge import Knowledge
from atalaya.inspection.semantic.names import HEAD, phrases
from atalaya.inspection.semantic.shapes import NUMERIC, Form

NAMES = phrases("longitude, longitud, longitudes, xlon, coordlon")
LENGTHS = phrases(
    "longitud de, longitud del, longitud total, tramo, longitud km, longitud m, longitud metros, via, red, rio"
)
"""Where *longitud* is a length."""
SHORT = phrases("lon, long, lng, coord lon, x lon, lon x, geo lon, geo long, long dd, lon wgs84, lon wgs")
"""Names that may also be short for something else."""
AXIS = phrases("x, coord x, x coord, coordenada x, coordx, punto x, coordenadas x, x coordinate, point x, pos x")
_OTHER_AXIS = phrases("lat, latitude, latitud, y, coord y, y coord, coordenada y, coordy, y coordinate, point y")
MOST = 180.0


def rule(column: Seen, _: Knowledge) -> Fit | None:
    """Numbers within 180 degrees, or degrees with signs, under a name that says longitude, beside one that says latitude
    where it may be short for something else; under X where a Y stands beside it and nothing else is said."""
    name = column.name
    named = (name.says(NAMES) > 0 and name.says(LENGTHS) == 0) or (
        name.says(SHORT) >= HEAD and column.beside(_OTHER_AXIS, HEAD)
    )
    return fit_degrees(column, MOST, AXIS, _OTHER_AXIS, named=named)


TYPE = SemanticType(
    id="longitude",
    version=2,
    title="Longitude",
    text="Degrees up to {most}, decimal or sexagesimal, under a name that says longitude; up to {tolerated} % "
    "may differ.",
    forms=NUMERIC | {Form.MIXED, Form.CODE, Form.OTHER},
    rule=rule,
    signs=DIGITS,
    thresholds={"most": round(MOST)},
    examples=(
        Example("Long", ("-90.51", "-90.60"), True, "decimal degrees", beside=("Lat",)),
        Example("longitud", ("90°31′O", "91°02′O"), True, "degrees and minutes"),
        Example("longitud del tramo", ("1200.5", "340.1"), False, "lengths in metres"),
    ),
)
