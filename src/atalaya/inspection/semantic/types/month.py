"""Months of a year, by name or by number."""

import re

from atalaya.inspection.semantic.column import Seen, folded
from atalaya.inspection.semantic.declaration import Example, Fit, SemanticType, enough
from atalaya.inspection.semantic.knowledge import Knowledge
from atalaya.inspection.semantic.names import HEAD, phrases
from atalaya.inspection.semantic.shapes import Form
from atalaya.inspection.values import MONTHS

NAMES = phrases("mes, month, mois, meses, mes numero, month number, nro mes, numero de mes, mm, mon")
_NAMES = frozenset(MONTHS)
_MOST_DIFFERENT = 60
_LEXICAL = re.compile(r"--(?:0[1-9]|1[0-2])(?:Z|[-+]\d{2}:\d{2})?\Z")
"""A month as XML Schema writes it (gMonth)."""
_NUMBERS = frozenset(str(number) for number in range(1, 13)) | frozenset(f"{number:02}" for number in range(1, 13))


def _is_month(text: str) -> bool:
    return folded(text) in MONTHS


def rule(column: Seen, _: Knowledge) -> Fit | None:
    """Names of months whatever the column is called; numbers from 1 to 12 where it says month."""
    if column.distinct > _MOST_DIFFERENT:
        return None
    if column.leading is Form.SPAN:
        return enough(column.fitting(_LEXICAL.match))
    if column.name.says(NAMES) >= HEAD:
        fit = enough(
            column.fitting(
                lambda text: (
                    text in _NUMBERS or (text.lstrip("0123456789.-_ ") and _is_month(text.lstrip("0123456789.-_ ")))
                )
            ),
            "name",
        )
        if fit is not None:
            return fit
    return enough(column.among(_NAMES), "known")


TYPE = SemanticType(
    id="month",
    version=2,
    title="Month",
    text="Months by name in Spanish, English, Portuguese or French, whole or shortened, or numbers from 1 to 12 "
    "under a name that says month; up to {tolerated} % may differ.",
    forms=frozenset({Form.WORD, Form.INTEGER, Form.MIXED, Form.CODE, Form.SPAN}),
    rule=rule,
    examples=(
        Example("periodo", ("enero", "febrero", "marzo"), True, "names in Spanish"),
        Example("mes", ("1", "2", "12"), True, "numbers under a name that tells"),
        Example("casos", ("1", "2", "12"), False, "numbers under another name"),
    ),
)
