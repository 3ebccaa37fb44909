"""National identity numbers of persons."""

from atalaya.inspection.identity_numbers import identity_numbers
from atalaya.inspection.semantic.column import Seen
from atalaya.inspection.semantic.declaration import DIGITS, Example, Fit, SemanticType
from atalaya.inspection.semantic.knowledge import Knowledge
from atalaya.inspection.semantic.names import HEAD, listed, phrases
from atalaya.inspection.semantic.shapes import Form

NAMES = phrases(listed("personal_id"))
LEAST = 0.8
LEAST_VALUES = 3
LEAST_DIGITS = 7
VARIED = 0.3


def _digits(text: str) -> bool:
    return sum(map(str.isdigit, text)) >= LEAST_DIGITS and len(text) <= 24


def rule(column: Seen, knowledge: Knowledge) -> Fit | None:
    """Numbers that a rule of the pack or of the world accepts, or numbers of their length under a name that says so."""
    if len(column.values) < LEAST_VALUES:
        return None
    for known in knowledge.personal:
        if (share := column.fitting(lambda text, known=known: known.verdict(text).valid)) >= LEAST:  # type: ignore[misc]
            return Fit(share, "check_digit")
    if column.name.says(NAMES) < HEAD:
        return None
    name = " ".join(column.name.words)
    for kind in identity_numbers():
        if kind.names.search(name) and (share := column.fitting(kind.holds)) >= LEAST:
            return Fit(share, "check_digit")
    share = column.fitting(_digits) if column.variety >= VARIED else 0.0
    return Fit(share, "name") if share >= LEAST else None


TYPE = SemanticType(
    id="personal_id",
    version=1,
    title="Identity number of a person",
    text="National numbers of persons: at least {least} % with the form and check digit that the country or the "
    "world knows, or of their length under a name that says so.",
    forms=frozenset({Form.INTEGER, Form.CODE, Form.OTHER, Form.NUMBER, Form.MIXED, Form.SPAN, Form.AMOUNT}),
    rule=rule,
    signs=DIGITS,
    tolerance=1 - LEAST,
    thresholds={"least": round(100 * LEAST)},
    examples=(
        Example("cpf", ("111.444.777-35", "123.456.789-09", "987.654.321-00"), True, "numbers with check digits"),
        Example("documento", ("12", "34", "56"), False, "numbers too short to identify anybody"),
    ),
)
