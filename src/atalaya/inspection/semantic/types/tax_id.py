"""Tax or registration numbers of taxpayers and companies."""

from atalaya.inspection.semantic.column import Seen
from atalaya.inspection.semantic.declaration import DIGITS, Example, Fit, SemanticType
from atalaya.inspection.semantic.knowledge import Knowledge
from atalaya.inspection.semantic.names import HEAD, listed, phrases
from atalaya.inspection.semantic.shapes import NUMERIC, Form

NAMES = phrases(listed("tax_id"))
LEAST = 0.8
LEAST_VALUES = 10
"""Values from which check digits tell without a name: one in eleven of any numbers fits by chance."""
LEAST_LENGTH = 5
_LONGEST = 24


def _is_number(text: str) -> bool:
    return LEAST_LENGTH <= sum(map(str.isalnum, text)) <= 20 and any(map(str.isdigit, text)) and " " not in text.strip()


def rule(column: Seen, knowledge: Knowledge) -> Fit | None:
    """Numbers that a rule of the pack accepts, or numbers under a name that says so."""
    named = column.name.says(NAMES) >= HEAD
    if not named and (len(column.values) < LEAST_VALUES or not LEAST_LENGTH <= column.lengths <= _LONGEST):
        return None
    for known in knowledge.taxpayers:
        share = column.fitting(lambda text, known=known: len(text) >= LEAST_LENGTH and known.verdict(text).valid)  # type: ignore[misc]
        if share >= LEAST:
            return Fit(share, "check_digit")
    share = column.fitting(_is_number) if named else 0.0
    return Fit(share, "name") if share >= LEAST else None


TYPE = SemanticType(
    id="tax_id",
    version=1,
    title="Tax number",
    text="Numbers of taxpayers and companies: at least {least} % with the form and check digit that the country "
    "knows, or numbers under a name that says so.",
    forms=NUMERIC | {Form.CODE, Form.OTHER, Form.MIXED, Form.SPAN, Form.WORD},
    rule=rule,
    signs=DIGITS,
    tolerance=1 - LEAST,
    thresholds={"least": round(100 * LEAST)},
    examples=(
        Example("CUIT", ("30-12345678-9", "20-87654321-0"), True, "numbers under a name that tells"),
        Example("RUT", ("76936973-K", "1234567-4"), True, "numbers with a check symbol"),
        Example("RUC", ("pendiente", "en trámite"), False, "words"),
    ),
)
