"""Telephone and fax numbers."""

import re

from atalaya.inspection.semantic.column import Seen
from atalaya.inspection.semantic.declaration import DIGITS, Example, Fit, SemanticType
from atalaya.inspection.semantic.knowledge import Knowledge
from atalaya.inspection.semantic.names import phrases
from atalaya.inspection.semantic.shapes import Form

NAMES = phrases(
    "telefono, telefonos, tel, telephone, phone, fax, celular, movil, mobile, telefone, whatsapp, phone "
    "number, contact phone, numero de telefono, pbx, cell"
)
COUNTS = phrases("uso, usa, con, total, hogares, internet, radio, lineas, tiene, numero de lineas, televisor")
NAMED_LEAST = 0.7
LEAST = 0.9
_NUMBER = re.compile(r"(?:\D{0,12})\+?\(?\d[\d\s().+/\-–,;]{4,40}(?:(?:ext|x|anexo|int)\.?\s?\d+)?\Z", re.IGNORECASE)
_SURE = re.compile(
    r"(?:\+\d{1,3}[\s.-]?[\d\s().-]{6,16}|\(\d{1,4}\)\s?\d{2,4}[\s.-]?\d{2,4}(?:[\s.-]?\d{2,4})?"
    r"|0\d{2,4}\s\d{3,4}\s\d{3,4}(?:\s\d{2,4})*|\d{3}[-.]\d{3}[-.]\d{4})\Z"
)
_SIGNS = frozenset("+(-. \u00a0\u202f")
"""Signs of which every such number has one."""
LEAST_DIGITS, MOST_DIGITS = 6, 40


def _is_number(text: str) -> bool:
    return LEAST_DIGITS <= sum(map(str.isdigit, text)) <= MOST_DIGITS and _NUMBER.match(text) is not None


def rule(column: Seen, _: Knowledge) -> Fit | None:
    """Numbers of at least six digits under a name that says so; numbers with the signs of telephones under any."""
    if column.leading is Form.NUMBER and not column.whole_numbers:
        return None
    if column.name.says(NAMES) and not column.name.says(COUNTS):
        share = column.fitting(_is_number)
        return Fit(share, "name") if share >= NAMED_LEAST else None
    if column.signs.isdisjoint(_SIGNS):
        return None
    share = column.fitting(_SURE.match)
    return Fit(share) if share >= LEAST and len(column.values) > 1 else None


TYPE = SemanticType(
    id="telephone",
    version=2,
    title="Telephone number",
    text="Numbers of at least {digits} digits under a name that says telephone or fax, in {named} % of the "
    "cells, or numbers with the signs of telephones under any name.",
    forms=frozenset({Form.INTEGER, Form.CODE, Form.OTHER, Form.MIXED, Form.SPAN, Form.NUMBER, Form.TEXT, Form.AMOUNT}),
    rule=rule,
    signs=DIGITS,
    thresholds={"digits": LEAST_DIGITS, "named": round(100 * NAMED_LEAST)},
    examples=(
        Example("teléfono", ("2424-1234", "2424-5678"), True, "numbers under a name that tells"),
        Example("contacto", ("+502 2424-1234", "+502 2424-5678"), True, "numbers with the code of a country"),
        Example("hogares con teléfono", ("153412", "98012"), False, "counts"),
    ),
)
