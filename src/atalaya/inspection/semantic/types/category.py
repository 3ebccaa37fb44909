"""Words from a small set that repeat."""

from atalaya.inspection.semantic.column import Seen
from atalaya.inspection.semantic.declaration import Example, Fit, SemanticType
from atalaya.inspection.semantic.knowledge import Knowledge
from atalaya.inspection.semantic.names import HEAD, phrases
from atalaya.inspection.semantic.shapes import Form

NAMES = phrases(
    "tipo, type, categoria, category, clase, class, estado, status, nivel, level, sector, area, modalidad, "
    "jornada, plan, theme, themes, tema, tematica, grupo, group, "
    "kind, condicion, estado civil, escolaridad, etnia, modo, mode, mode of transport, class of travel, "
    "expense type, clasificacion, classification, subcategoria, genre, "
    "severity, prioridad, priority, frecuencia, frequency, accrual periodicity, access level, rights, "
    "finalidad, funcion, seccion, fuente, rubro, profesion, profession, grade, expense area, dimension, "
    "sub type, unidad, continent, continente, ocupacion, super theme, label, subtipo, marca, color, turno, "
    "zona, ciclo"
)
REPEATS = 2.0
"""Filled cells for each different value, at least."""
NAMED_REPEATS = 1.2
MOST_WORDS = 6.0
_MOST_DIFFERENT = 400
_LONGEST = 70.0


def rule(column: Seen, _: Knowledge) -> Fit | None:
    """Short words that repeat: twice on average, or hardly where the name speaks of kinds."""
    named = column.name.says(NAMES) >= HEAD
    if (
        column.distinct > _MOST_DIFFERENT
        or column.words > MOST_WORDS * (2 if named else 1)
        or column.lengths > _LONGEST
    ):
        return None
    if column.variety * (NAMED_REPEATS if named else REPEATS) > 1:
        return None
    short = column.fitting(lambda text: len(text) <= 2 * _LONGEST)
    return Fit(short, "name" if named else "repeated")


TYPE = SemanticType(
    id="category",
    version=1,
    title="Category",
    text="Short words from a small set that repeat {repeats} times on average: kinds, states, levels, sectors.",
    forms=frozenset({Form.WORD, Form.WORDS, Form.MIXED, Form.CODE, Form.SPAN, Form.BOUND, Form.TEXT, Form.OTHER}),
    rule=rule,
    thresholds={"repeats": REPEATS},
    examples=(
        Example("Acceso", ("Público", "Privado", "Público", "Privado", "Público"), True, "words that repeat"),
        Example("producto", ("Lámpara de mesa", "Silla plegable", "Botas de niño"), False, "names that never repeat"),
    ),
)
