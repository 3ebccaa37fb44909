"""Longitudes in degrees."""

from atalaya.inspection.semantic.column import Seen
from atalaya.inspection.semantic.declaration import Example, Fit, SemanticType
from atalaya.inspection.semantic.knowledge import Knowledge
from atalaya.inspection.semantic.names import phrases
from atalaya.inspection.semantic.shapes import NUMERIC, Form
from atalaya.inspection.semantic.types.latitude import LEAST, SEXAGESIMAL, within

NAMES = phrases(
    "lon, long, lng, longitude, longitud, coord lon, longitud x, x lon, longitud decimal, decimal "
    "longitude, geo lon, geo long, long dd, lon wgs84"
)
AXIS = phrases("x, coord x, x coord, coordenada x, coordx, punto x")
MOST = 180.0


def rule(column: Seen, _: Knowledge) -> Fit | None:
    """Numbers within 180 degrees, or degrees with signs, under a name that says longitude."""
    sure = column.name.says(NAMES) > 0
    if not sure and not column.name.says(AXIS):
        return None
    share = within(column, MOST, decimals=not sure) or (column.fitting(SEXAGESIMAL.match) if sure else 0.0)
    return Fit(share, "name") if share >= LEAST else None


TYPE = SemanticType(
    id="longitude",
    version=1,
    title="Longitude",
    text="Degrees up to {most}, decimal or sexagesimal, under a name that says longitude; up to {tolerated} % "
    "may differ.",
    forms=NUMERIC | {Form.MIXED, Form.CODE, Form.OTHER},
    rule=rule,
    thresholds={"most": round(MOST)},
    examples=(
        Example("Long", ("-90.51", "-90.60"), True, "decimal degrees"),
        Example("longitud", ("90°31′O", "91°02′O"), True, "degrees and minutes"),
        Example("longitud del tramo", ("1200.5", "340.1"), False, "lengths in metres"),
    ),
)
