"""Two truth values."""

from atalaya.inspection.kinds import words
from atalaya.inspection.semantic.column import Seen, folded
from atalaya.inspection.semantic.declaration import Example, Fit, SemanticType, enough
from atalaya.inspection.semantic.knowledge import Knowledge
from atalaya.inspection.semantic.names import phrases
from atalaya.inspection.semantic.shapes import Form

SURE = words("true false verdadero falso verdadeiro si yes sim oui vrai faux")
BARE = words("no nao non t f y n s v 1 0 x o")
NAMES = phrases(
    "activo, active, enabled, habilitado, vigente, valido, valid, virtual, private, isopen, required, "
    "boolean, bool, booleano, suppressed, incluido, included, machine readable, public, open, gratuito, "
    "confirmado"
)
"""Names under which 1 and 0, or a single mark, are truth values."""
UNSURE = words("na not applicable no aplica none unknown nd x")
_MOST_DIFFERENT = 5
_PAIRS = (
    frozenset({"t", "f"}),
    frozenset({"y", "n"}),
    frozenset({"s", "n"}),
    frozenset({"v", "f"}),
    frozenset({"n", "yes"}),
    frozenset({"no", "y"}),
)


def rule(column: Seen, _: Knowledge) -> Fit | None:
    """Words for yes and no; letters in pairs; 1 and 0 under a name that asks; a single mark in a column that is
    otherwise blank."""
    if column.distinct > _MOST_DIFFERENT:
        return None
    found = set(column.folded)
    if found & SURE and found <= SURE | BARE:
        return Fit(1.0, "known")
    if found in _PAIRS or (found == {"no"} and column.name.is_question()):
        return Fit(1.0, "known")
    asked = column.name.is_question() or column.name.says(NAMES) > 0
    if found <= {"1", "0", "1 0", "0 0"} and asked:
        return Fit(1.0, "name")
    if found == {"x"} and column.view.distinct == 1:
        return Fit(1.0, "known")
    return (
        enough(column.fitting(lambda text: folded(text) in SURE), "known")
        if len(found) > 2 and len(found & SURE) > 1
        else None
    )


TYPE = SemanticType(
    id="boolean",
    version=1,
    title="Truth value",
    text="Two truth values: words for yes and no, pairs of letters, a single mark, or 1 and 0 under a name that "
    "asks a question.",
    forms=frozenset({Form.WORD, Form.INTEGER, Form.WORDS, Form.NUMBER}),
    rule=rule,
    examples=(
        Example("aprobado", ("sí", "no", "sí"), True, "yes and no"),
        Example("is_generic", ("0", "1"), True, "1 and 0 under a question"),
        Example("casos", ("0", "1"), False, "counts"),
        Example("estado", ("activo", "inactivo"), False, "states"),
    ),
)
