"""Measured or counted numbers of any other kind."""

import re

from atalaya.inspection.semantic.column import Seen
from atalaya.inspection.semantic.declaration import DIGITS, Example, Fit, SemanticType
from atalaya.inspection.semantic.knowledge import Knowledge
from atalaya.inspection.semantic.shapes import NUMERIC, Form
from atalaya.inspection.values import parse_number

PURE_LEAST, LOOSE_LEAST = 0.3, 0.9
"""Share of plain numbers, and of numbers with ranges, bounds and units among them."""
_LOOSE = re.compile(r"[<>~≤≥]?\s?\d+(?:[.,]\d+)?(?:\s?[-–]\s?\d+(?:[.,]\d+)?)?\s?%?(?:\s[^\W\d]+\.?){0,2}\Z")
LEAST = 0.75
"""Share of numbers: the rest are notes and disguises of missing values."""


def rule(column: Seen, _: Knowledge) -> Fit | None:
    """Numbers that no narrower type claims."""
    share = column.of_forms(NUMERIC)
    if share < LEAST:
        share = max(share, column.fitting(lambda text: parse_number(text, column.mark.mark) is not None))
    if share < LEAST and share >= PURE_LEAST and column.fitting(_LOOSE.match) >= LOOSE_LEAST:
        share = column.fitting(_LOOSE.match)
    return Fit(share, "left") if share >= LEAST else None


TYPE = SemanticType(
    id="quantity",
    version=2,
    title="Quantity",
    text="Measured or counted numbers that no narrower type claims, in {least} % of the cells: counts, areas, "
    "weights, rates, indices, scores.",
    forms=NUMERIC | {Form.OTHER, Form.CODE, Form.SPAN},
    rule=rule,
    signs=DIGITS,
    tolerance=1 - LEAST,
    thresholds={"least": round(100 * LEAST)},
    examples=(
        Example("casos", ("12", "1533", "7"), True, "counts"),
        Example("superficie", ("12.7", "1.533,2", "No Recepcionado", "9,5", "8,1"), True, "measures with a note"),
        Example("nombre", ("Ana", "Luis"), False, "words"),
    ),
)
