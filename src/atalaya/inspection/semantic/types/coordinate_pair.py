"""Latitude and longitude in one cell."""

import re

from atalaya.inspection.semantic.column import Seen
from atalaya.inspection.semantic.declaration import Example, Fit, SemanticType, enough
from atalaya.inspection.semantic.knowledge import Knowledge
from atalaya.inspection.semantic.shapes import Form

_PAIR = re.compile(r"[(\[]?\s*(-?\d{1,3}\.\d+)\s*(?:[,;/]\s*|\s+)(-?\d{1,3}\.\d+)\s*[)\]]?\Z")
_SEXAGESIMAL = re.compile(r"\D{0,3}\d{1,2}\s?[°º].*?[NSns].*?\d{1,3}\s?[°º].*?[EWOewo]\w*\s*\Z")


def _is_pair(text: str) -> bool:
    pair = _PAIR.match(text)
    if pair is None:
        return _SEXAGESIMAL.match(text) is not None
    first, second = abs(float(pair[1])), abs(float(pair[2]))
    return max(first, second) <= 180 and min(first, second) <= 90


def rule(column: Seen, _: Knowledge) -> Fit | None:
    """Two decimals that can be degrees, in either order."""
    return enough(column.fitting(_is_pair))


TYPE = SemanticType(
    id="coordinate_pair",
    version=1,
    title="Pair of coordinates",
    text="Latitude and longitude in one cell, decimal or sexagesimal, in either order; up to {tolerated} % may differ.",
    forms=frozenset({Form.OTHER, Form.CODE, Form.STRUCTURE, Form.MIXED}),
    rule=rule,
    signs=frozenset(".°º"),
    examples=(
        Example("ubicacion", ("14.63, -90.51", "14.70, -90.60"), True, "decimal degrees"),
        Example("posición", ("146.653, 3489.007", "148.202, 3492.788"), False, "numbers that are no degrees"),
    ),
)
