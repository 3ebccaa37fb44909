"""Post codes."""

import re

from atalaya.inspection.semantic.column import Seen
from atalaya.inspection.semantic.declaration import DIGITS, Example, Fit, SemanticType
from atalaya.inspection.semantic.knowledge import Knowledge
from atalaya.inspection.semantic.names import HEAD, phrases
from atalaya.inspection.semantic.shapes import Form

NAMES = phrases(
    "postcode, post code, postal code, postalcode, codigo postal, cod postal, codpostal, cp, c p, zip, zip "
    "code, zipcode, cep, code postal, supplier post code"
)
NAMED_LEAST = 0.7
LEAST = 0.9
_BRITISH = re.compile(r"[A-Z]{1,2}\d[A-Z\d]?\s?\d[A-Z]{2}\Z", re.IGNORECASE)
_ANY = re.compile(
    r"(?:[A-Z]{1,2}-?)?\d{3,6}(?:[- ]\d{3,4})?\Z|[A-Z]\d[A-Z]\s?\d[A-Z]\d\Z"
    r"|[A-Z]{1,2}\d[A-Z\d]?\s?\d[A-Z]{2}\Z|[A-Z]\d{4}[A-Z]{3}\Z",
    re.IGNORECASE,
)


def rule(column: Seen, _: Knowledge) -> Fit | None:
    """Codes of the forms of the world under a name that says so; British ones under any name."""
    if column.name.says(NAMES) >= HEAD:
        share = column.fitting(_ANY.match)
        return Fit(share, "name") if share >= NAMED_LEAST else None
    share = column.fitting(_BRITISH.match)
    return Fit(share) if share >= LEAST and len(column.values) > 1 else None


TYPE = SemanticType(
    id="postal_code",
    version=1,
    title="Post code",
    text="Post codes of the forms that countries use, in {named} % of the cells of a column that is called so; "
    "British ones under any name.",
    forms=frozenset({Form.INTEGER, Form.CODE, Form.MIXED, Form.SPAN, Form.NUMBER}),
    rule=rule,
    signs=DIGITS,
    thresholds={"named": round(100 * NAMED_LEAST)},
    examples=(
        Example("código postal", ("01001", "01010"), True, "digits under a name that tells"),
        Example("Supplier", ("SW1A 2AA", "AL1 4JB"), True, "British codes"),
        Example("código", ("01001", "01010"), False, "digits under another name"),
    ),
)
