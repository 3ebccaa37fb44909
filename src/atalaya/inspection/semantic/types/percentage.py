"""Shares in percent or as a fraction of one."""

import re

from atalaya.inspection.semantic.column import Seen
from atalaya.inspection.semantic.declaration import DIGITS, Example, Fit, SemanticType, enough
from atalaya.inspection.semantic.knowledge import Knowledge
from atalaya.inspection.semantic.names import phrases
from atalaya.inspection.semantic.shapes import NUMERIC, Form

NAMES = phrases(
    "porcentaje, porcentajes, percentage, percent, pct, perc, proporcion, proportion, por ciento, "
    "pourcentage, percentagem, porcentual, participacion porcentual, isopen percent, tx, taux"
)
SHARES = phrases("share, participacion, cuota, cobertura")
RATES = phrases(
    "per 1 000, per 1000, per 10 000, per 10000, per 100 000, per 100000, por mil, por cada mil, por 1000, "
    "por 100 000, per thousand"
)
SIGN_LEAST = 0.6
PART_LEAST = 0.15
HUNDRED = 100.0
"""Share of numbers with the sign from which those without it, none above a hundred, are percentages too."""
MOST = 1000.0
"""Largest percentage that is believed under a name: growth may pass a hundred."""
_PERCENT = frozenset({Form.PERCENT})


def rule(column: Seen, _: Knowledge) -> Fit | None:
    """Numbers with a sign of percent; numbers under a name that says percent, or a share and none above 100."""
    signed = column.of_forms(_PERCENT)
    if signed >= SIGN_LEAST:
        return Fit(signed)
    if signed >= PART_LEAST and column.numbers and min(column.numbers) >= 0 and max(column.numbers) <= HUNDRED:
        return enough(column.of_forms(NUMERIC))
    if column.name.says(RATES) or not column.numbers:
        return None
    most = max(map(abs, column.numbers))
    if most <= 1 and _is_ratio(column):
        return enough(column.of_forms(NUMERIC), "name")
    told = "%" in column.name.raw or column.name.says(NAMES) > 0
    shared = column.name.says(SHARES) > 0 and not column.whole_numbers and most <= 100
    if (told and most <= MOST) or shared:
        return enough(column.of_forms(NUMERIC), "name")
    return None


def _is_ratio(column: Seen) -> bool:
    """Whether the name sets one thing against another with a stroke, over fractions of one with many decimals."""
    if _STROKE.match(column.name.raw.strip()) is None or len(column.values) < _LEAST_FRACTIONS:
        return False
    return min(column.numbers) >= 0 and column.lengths >= _LONG_FRACTION


_STROKE = re.compile(r"[^\W\d_]{2,}\s?/\s?[^\W\d_]{2,}\Z")
_LEAST_FRACTIONS, _LONG_FRACTION = 5, 5.0
"""Different fractions, and characters of them on average: three decimals."""


TYPE = SemanticType(
    id="percentage",
    version=3,
    title="Percentage",
    text="Shares in percent or as a fraction of one: {signs} % with a sign of percent, or {part} % where the rest are "
    "numbers up to 100, numbers under a name that says percent, proportion or share, or fractions under one that "
    "sets one thing against another with a stroke; rates per thousand are none.",
    forms=NUMERIC,
    rule=rule,
    signs=DIGITS,
    thresholds={"signs": round(100 * SIGN_LEAST), "part": round(100 * PART_LEAST)},
    examples=(
        Example("avance", ("45 %", "12,5 %", "98 %"), True, "numbers with a sign"),
        Example("proporción", ("0.45", "0.5"), True, "fractions under a name that tells"),
        Example(
            "GPE/GTG",
            ("0.14518", "0.26339", "0.33244", "0.41632", "0.22006"),
            True,
            "one thing set against another",
        ),
        Example("casos por 100 000", ("45.2", "12.1"), False, "rates"),
    ),
)
