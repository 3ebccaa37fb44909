"""Shapes on the map: well-known text, GeoJSON, Esri or KML geometries, encoded ones, boxes of four numbers."""

import re

from atalaya.inspection.semantic.column import Seen
from atalaya.inspection.semantic.declaration import DIGITS, Example, Fit, SemanticType, enough
from atalaya.inspection.semantic.knowledge import Knowledge
from atalaya.inspection.semantic.names import phrases
from atalaya.inspection.semantic.shapes import Form

NAMES = phrases(
    "geometry, the geom, geom, wkt, wkb, shape, bbox, bounding box, envelope, extent, arcs, geometria, "
    "geojson, geo shape, spatial, poligono, kml"
)
_NUMBER = r"-?\d{1,3}(?:\.\d+)?"
_WRITTEN = re.compile(
    r"(?:SRID=\d+;)?\s*(?:MULTI)?(?:POINT|LINESTRING|POLYGON|GEOMETRYCOLLECTION|CURVE|SURFACE"
    r"|ENVELOPE)\s*(?:Z|M|ZM)?\s*(?:\(|EMPTY)"
    r"|\{.*\"(?:coordinates|rings|paths|geometries|arcs)\"|<(?:\w+:)?(?:Point|Polygon|LineString"
    r"|MultiGeometry|Envelope)\b|01(?:0[1-7]|[EB][9A-F])(?:0000[02468ACE]0|0[37]0000)[0-9A-F]{32,}\Z",
    re.DOTALL | re.IGNORECASE,
)
_BOX = re.compile(rf"\[?\s*({_NUMBER})\s*[,;\s]\s*({_NUMBER})\s*[,;\s]\s*({_NUMBER})\s*[,;\s]\s*({_NUMBER})\s*\]?\Z")
_NESTED = re.compile(r"\[+\s*-?\d")


def is_geometry(text: str) -> bool:
    """Whether a text is a geometry or a box in degrees."""
    if text[:1] in "{<0sSpPmMlLgGcCeE" and _WRITTEN.match(text):
        return True
    box = _BOX.match(text)
    return box is not None and "." in text and all(abs(float(part)) <= 180 for part in box.groups())


def rule(column: Seen, _: Knowledge) -> Fit | None:
    """Written geometries whatever the name; nested lists of numbers where the name says so."""
    named = column.name.says(NAMES)
    if named and (fit := enough(column.fitting(lambda text: is_geometry(text) or _NESTED.match(text)), "name")):
        return fit
    return enough(column.fitting(is_geometry))


TYPE = SemanticType(
    id="geometry",
    version=1,
    title="Geometry",
    text="Shapes on the map as well-known text, GeoJSON, KML or encoded, or boxes of four numbers in degrees; "
    "up to {tolerated} % may differ.",
    forms=frozenset({Form.STRUCTURE, Form.MIXED, Form.TEXT, Form.OTHER, Form.CODE, Form.MARKUP, Form.WORDS}),
    rule=rule,
    signs=DIGITS,
    examples=(
        Example("the_geom", ("POINT (30 10)", "POINT (31 11)", "POINT (32 12)"), True, "points as well-known text"),
        Example("spatial", ("-134.7,23.5,-55.6,50.1", "-93.7,44.6,-93.3,44.8"), True, "boxes"),
        Example("location", ("14.63, -90.51", "14.70, -90.60"), False, "pairs of coordinates"),
    ),
)
