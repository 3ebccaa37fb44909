"""Marked-up text."""

import re

from atalaya.inspection.semantic.column import Seen
from atalaya.inspection.semantic.declaration import Example, Fit, SemanticType
from atalaya.inspection.semantic.knowledge import Knowledge
from atalaya.inspection.semantic.shapes import Form

LEAST = 0.4
"""Share of the cells that begin with an element: editors write plain text between them, and a link inside a sentence
leaves it free text."""
_TAG = re.compile(
    r"<(?:/?(?:p|div|br|a|ul|ol|li|span|strong|b|i|em|u|h[1-6]|table|tr|td|img|font|blockquote|iframe)(?=[\s>/]))",
    re.IGNORECASE,
)


def rule(column: Seen, _: Knowledge) -> Fit | None:
    """Cells with elements of HTML."""
    share = column.some(_TAG.match)
    return Fit(share) if share >= LEAST else None


TYPE = SemanticType(
    id="html",
    version=2,
    title="Marked-up text",
    text="Texts that begin with an element of HTML, in at least {least} % of the cells.",
    forms=frozenset({Form.MARKUP, Form.TEXT, Form.CODE, Form.MIXED}),
    rule=rule,
    signs=frozenset("<"),
    thresholds={"least": round(100 * LEAST)},
    examples=(
        Example("description", ("<p>Uno</p>", "<div>Dos</div>", "Tres"), True, "elements in most cells"),
        Example("rango", ("<5", "<10", "12"), False, "signs for less than"),
    ),
)
