"""Marked-up text."""

import re

from atalaya.inspection.semantic.column import Seen
from atalaya.inspection.semantic.declaration import Example, Fit, SemanticType
from atalaya.inspection.semantic.knowledge import Knowledge
from atalaya.inspection.semantic.shapes import Form

LEAST = 0.4
"""Share of the different values with an element in them: editors write plain text between them."""
CELLS_LEAST = 1 / 3
"""Share of the cells with one: a column of plain text in which one editor marked up a few descriptions is free text."""
_TAG = re.compile(
    r"<(?:/?(?:p|div|br|a|ul|ol|li|span|strong|b|i|em|u|h[1-6]|table|tr|td|img|font|blockquote|iframe)(?=[\s>/]))",
    re.IGNORECASE,
)


def rule(column: Seen, _: Knowledge) -> Fit | None:
    """Cells with elements of HTML."""
    share = column.some(_TAG.search)
    return Fit(share) if share >= LEAST and column.held(_TAG.search) >= CELLS_LEAST else None


TYPE = SemanticType(
    id="html",
    version=3,
    title="Marked-up text",
    text="Texts with elements of HTML, in at least {least} % of the different values and a third of the cells.",
    forms=frozenset({Form.MARKUP, Form.TEXT, Form.CODE, Form.MIXED}),
    rule=rule,
    signs=frozenset("<"),
    thresholds={"least": round(100 * LEAST)},
    examples=(
        Example("description", ("<p>Uno</p>", "<div>Dos</div>", "Tres"), True, "elements in most cells"),
        Example(
            "description",
            ("See the <a href='/wells'>list of wells</a>.", "Ponds", "Maps of <a href='/roads'>roads</a>, by year."),
            True,
            "links inside sentences",
        ),
        Example("rango", ("<5", "<10", "12"), False, "signs for less than"),
    ),
)
