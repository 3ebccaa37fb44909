"""Words from a small set that repeat."""

import re

from atalaya.inspection.semantic.column import Seen
from atalaya.inspection.semantic.declaration import Example, Fit, SemanticType
from atalaya.inspection.semantic.knowledge import Knowledge
from atalaya.inspection.semantic.names import HEAD, phrases
from atalaya.inspection.semantic.nouns import KINDS
from atalaya.inspection.semantic.shapes import Form
from atalaya.inspection.semantic.types import title

NAMES = phrases(
    "nivel, level, area, plan, access level, rights, seccion, fuente, grade, unidad, continent, continente, zona, "
    "ciclo, mode of transport, class of travel, etiqueta de fila, row label, rotulo de fila, occupational group, "
    "professional occupational group, data category, format type, unidad de analisis, forma, fase, role, rol, "
    "denominator, agrupacion, division, aggregation, scale, escala, method, metodo, purpose, uso, use, datatype, data type",
    plural=True,
)
"""Names of sets of few words beside those of `nouns.KINDS`."""
REPEATS = 2.0
"""Filled cells for each different value, at least."""
NAMED_REPEATS = 1.2
KINDS_MOST = 60
"""Different values under a name of kinds that need not repeat."""
LABEL_REPEATS = 4
"""Cells for each different label, from which labels are those of kinds and not of the rows."""
_LABELS = phrases("label, etiqueta, rotulo")
_CODED = re.compile(r"\{\w+\}|\$\{|\A\^|\w\$\Z|\w[:=][^\s;]+;\w")
"""What patterns, templates and lists of settings hold, and words do not."""
_CODING = frozenset("{}$^;")
MOST_WORDS = 6.0
_MOST_DIFFERENT = 400
_LONGEST = 70.0


def rule(column: Seen, _: Knowledge) -> Fit | None:
    """Short words that repeat: twice on average, or hardly where the name speaks of a set; whether or not they repeat where
    it speaks of kinds. Not what is called a title, nor a column that holds its own name only."""
    name = column.name
    kinds = name.says(KINDS) >= HEAD
    named = kinds or name.says(NAMES) >= HEAD
    labels = column.variety * LABEL_REPEATS <= 1 and name.says(_LABELS) >= HEAD
    if (
        (name.says(title.NAMES) >= HEAD and not kinds and not labels)
        or column.says_its_name
        or column.distinct > _MOST_DIFFERENT
    ):
        return None
    if column.words > MOST_WORDS * (2 if named else 1) or column.lengths > _LONGEST:
        return None
    of_few = kinds and column.distinct <= KINDS_MOST and name.says(title.NAMES) < HEAD
    if not of_few and column.variety * (NAMED_REPEATS if named else REPEATS) > 1:
        return None
    if not _CODING.isdisjoint(column.signs) and column.some(_CODED.search) > 0.5:
        return None
    short = sum(len(text) <= 2 * _LONGEST for text in column.values) / len(column.values)
    return Fit(short, "name" if named else "repeated")


TYPE = SemanticType(
    id="category",
    version=3,
    title="Category",
    text="Short words from a small set that repeat {repeats} times on average: kinds, states, levels, sectors; under a "
    "name that speaks of kinds up to {kinds} of them need not repeat. Templates and patterns are none.",
    forms=frozenset({Form.WORD, Form.WORDS, Form.MIXED, Form.CODE, Form.SPAN, Form.BOUND, Form.TEXT, Form.OTHER}),
    rule=rule,
    thresholds={"repeats": REPEATS, "kinds": KINDS_MOST},
    examples=(
        Example("Acceso", ("Público", "Privado", "Público", "Privado", "Público"), True, "words that repeat"),
        Example("label", ("alto", "bajo") * 6, True, "labels that repeat over and over"),
        Example("ingreso", ("$500 a $999", "$1000 y más", "$0 a $499") * 3, True, "brackets of amounts"),
        Example("aboutUrl", ("#event-{_row}", "#place-{_row}") * 3, False, "templates"),
        Example("producto", ("Lámpara de mesa", "Silla plegable", "Botas de niño"), False, "names that never repeat"),
    ),
)
