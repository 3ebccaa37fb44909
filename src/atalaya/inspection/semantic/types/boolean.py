"""Two truth values."""

import re

from atalaya.inspection.kinds import words
from atalaya.inspection.semantic.column import Seen
from atalaya.inspection.semantic.declaration import Example, Fit, SemanticType, enough
from atalaya.inspection.semantic.knowledge import Knowledge
from atalaya.inspection.semantic.names import WHOLE, phrases
from atalaya.inspection.semantic.shapes import Form

SURE = words("true false verdadero falso verdadeiro si yes sim oui vrai faux")
BARE = words("no nao non t f y n s v 1 0 x o")
NAMES = phrases(
    "activo, active, enabled, habilitado, vigente, valido, valid, virtual, private, isopen, required, "
    "boolean, bool, booleano, suppressed, incluido, included, machine readable, public, open, gratuito, "
    "confirmado"
)
"""Names under which 1 and 0, or a single mark, are truth values."""
STATES = phrases(
    "female, male, married, deceased, died, dead, alive, treated, employed, unemployed, foreign, survived, approved, passed, "
    "deleted, verified, archived, featured, hidden, locked, published, cancelled, canceled, completed, paid, mandatory, "
    "nullable, fallecido, casado, aprobado, publicado, anulado, eliminado, verificado, obligatorio, pagada, smoker, "
    "hospitalized, vaccinated, vacunado, disabled, retired, jubilado, default, current, licensed, exempt, exento, "
    "extranjero, indigena, discapacidad, embarazada, nuevo, repitente"
)
"""States of one thing, which are names of truth values where they are the whole name."""
UNSURE = frozenset(
    {
        "na",
        "n a",
        "nd",
        "none",
        "unknown",
        "unsure",
        "not sure",
        "not applicable",
        "not stated",
        "not known",
        "not available",
    }
    | {
        "no aplica",
        "desconocido",
        "se desconoce",
        "ignorado",
        "ns",
        "nr",
        "ns nr",
        "no sabe",
        "no responde",
        "don t know",
    }
    | {"no reportado", "no especificado", "no especifica", "no consta", "no information available", "no information"}
    | {"sin informacion", "nao informado", "nao se aplica", "ne sait pas", "pending", "pendiente"}
)
"""What stands where nobody knows which of the two."""
UNKNOWN = UNSURE - {"pending", "pendiente", "unsure", "not sure"} | {
    "no recepcionado",
    "no recibido",
    "not received",
    "sin respuesta",
    "no response",
    "not reported",
    "nao recebido",
    "sem resposta",
    "non renseigne",
}
"""What says that nothing is known, whatever was asked."""
_ANSWERS = SURE | {"no", "nao", "non"}
_REMARKED = re.compile(r"(?:s[ií]|no|yes|n[aã]o|sim|oui|non|true|false)\s*[(,:;–-]", re.IGNORECASE)
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
    """Words for yes and no, alone, with remarks, or beside a word for unknown; letters in pairs; 1 and 0 under a name
    that asks; a single mark in a column that is otherwise blank."""
    if column.distinct > _MOST_DIFFERENT:
        return None
    found = set(column.folded)
    if (found & SURE and found <= SURE | BARE | UNSURE) or found in _PAIRS:
        return Fit(1.0, "known")
    if "no" in found and found - {"no"} and found <= {"no"} | UNSURE:
        return Fit(1.0, "known")
    asked = column.name.is_question() or column.name.says(NAMES) > 0 or column.name.says(STATES) == WHOLE
    if asked and (found == {"no"} or found <= {"1", "0", "1 0", "0 0"}):
        return Fit(1.0, "name")
    if found == {"x"} and column.view.distinct == 1:
        return Fit(1.0, "known")
    if all(
        text in _ANSWERS or _REMARKED.match(value) for value, text in zip(column.values, column.folded, strict=True)
    ):
        return Fit(1.0, "known") if found - _ANSWERS else None
    return enough(column.among(SURE), "known") if len(found & SURE) > 1 else None


TYPE = SemanticType(
    id="boolean",
    version=2,
    title="Truth value",
    text="Two truth values: words for yes and no, also with remarks or beside a word for unknown, pairs of letters, a "
    "single mark, or 1 and 0 under a name that asks a question.",
    forms=frozenset({Form.WORD, Form.INTEGER, Form.WORDS, Form.NUMBER, Form.MIXED, Form.CODE}),
    rule=rule,
    examples=(
        Example("aprobado", ("sí", "no", "sí"), True, "yes and no"),
        Example("is_generic", ("0", "1"), True, "1 and 0 under a question"),
        Example("casos", ("0", "1"), False, "counts"),
        Example("estado", ("activo", "inactivo"), False, "states"),
    ),
)
