"""Ages in years, and age groups."""

import re

from atalaya.inspection.semantic.column import Seen
from atalaya.inspection.semantic.declaration import DIGITS, Example, Fit, SemanticType, enough
from atalaya.inspection.semantic.knowledge import Knowledge
from atalaya.inspection.semantic.names import HEAD, WHOLE, phrases
from atalaya.inspection.semantic.shapes import NUMERIC, Form

NAMES = phrases(
    "edad, age, edades, ages, idade, grupo de edad, grupo etario, grupo etareo, age group, grupo edad, "
    "rango de edad, rango edad, age range, tranche d age, edad victima, edad actual, age band, faixa "
    "etaria, grupos de edad, edad quinquenal"
)
MOST = 125
_GROUP = re.compile(
    r"(?:de )?\d{1,3}\s?(?:-|–|a|to|y)\s?\d{1,3}(?: (?:años|anos|years|a|meses|months)\b.*)?\Z|(?:<|>|≥|≤"
    r"|menor|mayor|menos|más|mas|under|over|mayores|menores)\D{0,12}\d{1,3}.*|\d{1,3}\s?(?:\+|y más|y mas"
    r"|o más|o mas|and over|and above|años|anos|years|meses|months).*",
    re.IGNORECASE,
)
_FLAGS = frozenset("01")
GROUPS_LEAST = 0.8
_LEAST_GROUPS = 3


def _is_age(text: str) -> bool:
    bare = text.removesuffix(".0")
    return (bare.isdigit() and int(bare) <= MOST) or _GROUP.match(text) is not None


def rule(column: Seen, _: Knowledge) -> Fit | None:
    """Small whole numbers or groups of ages under a name that says age; any numbers where it says nothing else."""
    said = column.name.says(NAMES)
    if said < HEAD or set(column.values) <= _FLAGS:
        return None
    fit = enough(column.fitting(_is_age), "name", TYPE.tolerance)
    if fit is None and said == WHOLE and column.numbers and min(column.numbers) >= 0:
        return enough(column.of_forms(NUMERIC), "name")
    return fit


TYPE = SemanticType(
    id="age",
    version=2,
    title="Age",
    text="Ages up to {most} years or groups of ages under a name that says age, or any numbers where it says nothing "
    "else; up to {tolerated} % may differ.",
    forms=frozenset({Form.INTEGER, Form.NUMBER, Form.CODE, Form.SPAN, Form.MIXED, Form.BOUND, Form.OTHER, Form.WORDS}),
    rule=rule,
    signs=DIGITS,
    tolerance=0.2,
    thresholds={"most": MOST},
    examples=(
        Example("Edad", ("34", "51", "7"), True, "ages"),
        Example("grupo de edad", ("15-19", "20-24", "65 y más"), True, "groups"),
        Example("15 - 19", ("1228", "1482"), False, "counts of an age group"),
    ),
)
