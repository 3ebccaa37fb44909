"""Structures written into cells: objects and lists of JSON, or of a programming language."""

from atalaya.inspection.semantic.column import Seen
from atalaya.inspection.semantic.declaration import Example, Fit, SemanticType, enough
from atalaya.inspection.semantic.knowledge import Knowledge
from atalaya.inspection.semantic.shapes import Form

_STRUCTURES = frozenset({Form.STRUCTURE})


def rule(column: Seen, _: Knowledge) -> Fit | None:
    """Cells that begin as an object or a list does."""
    return enough(column.of_forms(_STRUCTURES))


TYPE = SemanticType(
    id="json",
    version=1,
    title="Structure in a cell",
    text="Objects and lists of JSON written into cells, that are neither tags nor geometries; up to {tolerated} "
    "% may differ.",
    forms=_STRUCTURES,
    rule=rule,
    examples=(
        Example("contactPoint", ('{"fn": "x"}', '{"fn": "y", "hasEmail": "z"}'), True, "objects"),
        Example("resources", ('[{"id": 1}]', "[]"), True, "lists of objects"),
        Example("author", ("[Gary_Adams]", "[John_Ellson]"), False, "names in brackets"),
    ),
)
