"""Currencies by name or code."""

from atalaya.inspection.semantic.column import Seen, folded
from atalaya.inspection.semantic.declaration import Example, Fit, SemanticType
from atalaya.inspection.semantic.knowledge import Knowledge
from atalaya.inspection.semantic.names import HEAD, phrases
from atalaya.inspection.semantic.shapes import Form
from atalaya.inspection.semantic.world import currency_codes, currency_names

NAMES = phrases("currency, moneda, divisa, monnaie, devise, moeda, currency code, codigo de moneda, tipo de moneda")
NAMED_LEAST = 0.6
LEAST = 0.95
_LEAST_CODES = 3
_MOST_DIFFERENT = 200


def _is_currency(text: str) -> bool:
    return text.upper() in currency_codes() or folded(text) in currency_names()


def _known() -> frozenset[str]:
    return currency_names() | {code.lower() for code in currency_codes()}


def rule(column: Seen, _: Knowledge) -> Fit | None:
    """Known currencies under a name that says so; codes in capitals, at least three, under any."""
    if column.distinct > _MOST_DIFFERENT:
        return None
    if column.name.says(NAMES) >= HEAD:
        share = column.fitting(_is_currency)
        return Fit(share, "name") if share >= NAMED_LEAST else None
    if len(column.values) < _LEAST_CODES or column.lengths != 3:
        return None
    share = column.fitting(lambda text: text in currency_codes())
    return Fit(share, "known") if share >= LEAST else None


TYPE = SemanticType(
    id="currency",
    version=1,
    title="Currency",
    text="Currencies by name or code: {named} % known ones under a name that says so, or at least three codes "
    "of ISO 4217 of which {least} % are known.",
    forms=frozenset({Form.WORD, Form.WORDS, Form.CODE}),
    rule=rule,
    words=lambda _: _known(),
    names=NAMES,
    thresholds={"least": round(100 * LEAST), "named": round(100 * NAMED_LEAST)},
    examples=(
        Example("moneda", ("GTQ", "USD"), True, "codes under a name that tells"),
        Example("divisa", ("Lempiras", "Dólares"), True, "names"),
        Example("monto", ("GTQ 5.00", "USD 7.00"), False, "amounts"),
    ),
)
