"""Sentences or descriptions in a natural language."""

import re

from atalaya.inspection.semantic.column import Seen
from atalaya.inspection.semantic.declaration import Example, Fit, SemanticType
from atalaya.inspection.semantic.knowledge import Knowledge
from atalaya.inspection.semantic.names import HEAD, phrases
from atalaya.inspection.semantic.nouns import KINDS
from atalaya.inspection.semantic.shapes import Form
from atalaya.inspection.semantic.types import title

NAMES = phrases(
    "observacao, descricao, anotacao, remarque, commentaire, descripcion, description, observaciones, observacion, "
    "notas, nota, notes, note, comentarios, comentario, comments, comment, details, detalle, purpose, purpose of "
    "trip, resumen, summary, abstract, objetivo, justificacion, motivo, definicion, definition, texto, text, review "
    "comments, remarks, field description, product description, theme description, expense description, explanation, "
    "question, pregunta, proposito, finalidad del viaje, distribution description, dataset description, resena, "
    "narrativa, job team function, descriptif, instrucciones, instructions, caveats, methodology, metodologia, "
    "limitations, recomendaciones, recommendations, hallazgos, findings, history, historia, biography, biografia, "
    "sintesis, synopsis, respuesta, answer, feedback, message, mensaje, body",
    plural=True,
)
LEAST_WORDS = 7.0
"""Mean number of words of the values, from which they are sentences."""
NAMED_WORDS = 3.0
SENTENCES = 0.3
REMARKS = 0.5
"""Share of answers, such as yes, no, partly or a number, with a remark behind them."""
_REMARK = re.compile(r"\S+ ?\(.{3,}\)\Z|\w+ ?[:;,–-] ?\w.*\s\w", re.DOTALL)
VARIED = 0.7
LOOSE = 0.5
"""Different texts for each cell, and the share of remarks, from which short texts under any name are no names."""
_SIGNS = re.compile(r"[;?!]|, [a-z]|\w[.,] \w|\(\w+ \w+ \w+|\d ?%")
SET_MOST, SET_REPEATS = 12, 10
"""Different texts of a list to choose from, and cells for each of them."""
_MOST_CHOSEN = 8.0
_LONG_TITLE = 25.0
_FEWEST = 2.0


def _is_sentence(text: str) -> bool:
    """A stop at the end, or small letters after one inside."""
    return text[-1:] in ".;!?" and text.count(" ") >= 3


def rule(column: Seen, _: Knowledge) -> Fit | None:
    """Texts of several words under a name that says description; long ones, or sentences, under any that does not say
    title; answers with remarks that hardly repeat."""
    words = column.words
    named = column.name.says(NAMES) >= HEAD
    if words < _FEWEST or (named and words < NAMED_WORDS and column.some(_is_stopped) < LOOSE):
        return None
    if (named and (_is_from_a_set(column) or _repeats_titles(column))) or not any(map(str.isalpha, column.signs)):
        return None
    worded = column.some(lambda text: " " in text)
    if named:
        return Fit(worded, "name")
    sentences = column.some(_is_sentence)
    least = _LONG_TITLE if column.name.says(title.NAMES) >= HEAD or column.name.says(KINDS) >= HEAD else LEAST_WORDS
    if words >= least and (sentences >= SENTENCES or words >= 2 * LEAST_WORDS):
        return Fit(max(worded, sentences))
    if column.variety >= REMARKS and column.answers and column.some(_REMARK.match) >= REMARKS:
        return Fit(worded)
    if least == LEAST_WORDS and words >= NAMED_WORDS and column.variety >= VARIED and column.some(_is_remark) >= LOOSE:
        return Fit(worded, "varied")
    return None


def _is_from_a_set(column: Seen) -> bool:
    """Few short texts without a stop that repeat over and over: a list to choose from, whatever it is called."""
    few = 1 < column.distinct <= SET_MOST and column.variety * SET_REPEATS <= 1
    return few and column.words <= _MOST_CHOSEN and column.some(_is_sentence) == 0


def _repeats_titles(column: Seen) -> bool:
    """Whether half of the values stand in another column of the table that a name says to be of titles."""
    if column.words > _MOST_CHOSEN:
        return False
    titles = (other for other in column.table if other is not column and other.name.says(title.NAMES) >= HEAD)
    return any(column.some(other.view.values.__contains__) >= LOOSE for other in titles)


def _is_stopped(text: str) -> bool:
    """Words with a full stop behind them."""
    return " " in text and text.endswith(".") and text[-2:-1].islower()


def _is_remark(text: str) -> bool:
    """Words that are no name: they begin in small letters, with a number or a bracket, or have signs between them."""
    return text.count(" ") >= 1 and (not text[:1].isupper() or _SIGNS.search(text) is not None)


TYPE = SemanticType(
    id="free_text",
    version=3,
    title="Free text",
    text="Sentences or descriptions in a natural language: {least} words on average and stops at the end of "
    "{sentences} %, twice as many words, {named} words under a name that says description, answers with remarks, "
    "or short remarks of which {loose} % are no names by their writing. Up to {few} short texts that repeat over "
    "and over are none. The language is told where its small words show it.",
    forms=frozenset({Form.TEXT, Form.WORDS, Form.MIXED, Form.WORD, Form.CODE, Form.OTHER, Form.MARKUP}),
    rule=rule,
    thresholds={
        "least": round(LEAST_WORDS),
        "named": round(NAMED_WORDS),
        "sentences": round(100 * SENTENCES),
        "loose": round(100 * LOOSE),
        "few": SET_MOST,
    },
    examples=(
        Example(
            "Observaciones",
            ("No se recibió el informe a tiempo", "Se entregó completo el día lunes"),
            True,
            "remarks under a name that tells",
        ),
        Example(
            "",
            ("The file holds all of the records of the year.", "It was made by the office that collects them."),
            True,
            "sentences",
        ),
        Example(
            "descripción",
            ("Inscritos de 5 a 6 años", "Proyección de la población de 5 a 6 años") * 12,
            False,
            "two texts that repeat over and over",
        ),
        Example("numerales", ("1 2 3 4 5 6 7 8 9 10 11 12", "2 4 6 8 10 12 14 16 18"), False, "numbers without a word"),
        Example("título", ("Ejecución presupuestaria 2019", "Gasto por estudiante"), False, "titles"),
    ),
)
