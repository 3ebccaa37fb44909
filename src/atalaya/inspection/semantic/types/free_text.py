"""Sentences or descriptions in a natural language."""

from atalaya.inspection.semantic.column import Seen
from atalaya.inspection.semantic.declaration import Example, Fit, SemanticType
from atalaya.inspection.semantic.knowledge import Knowledge
from atalaya.inspection.semantic.names import HEAD, phrases
from atalaya.inspection.semantic.shapes import Form

NAMES = phrases(
    "descripcion, description, observaciones, observacion, notas, nota, notes, note, comentarios, "
    "comentario, comments, comment, details, detalle, purpose, purpose of trip, "
    "resumen, summary, abstract, objetivo, justificacion, motivo, definicion, definition, texto, text, "
    "review comments, remarks, field description, product description, "
    "theme description, expense description, explanation, question, pregunta, proposito, finalidad del "
    "viaje, distribution description, dataset description, resena, narrativa, job team function, descriptif"
)
LEAST_WORDS = 7.0
"""Mean number of words of the values, from which they are sentences."""
NAMED_WORDS = 3.0
SENTENCES = 0.3


def _is_sentence(text: str) -> bool:
    """A stop at the end, or small letters after one inside."""
    return text[-1:] in ".;!?" and text.count(" ") >= 3


def rule(column: Seen, _: Knowledge) -> Fit | None:
    """Texts of several words under a name that says description; long ones, or sentences, under any."""
    words = column.words
    named = column.name.says(NAMES) >= HEAD
    worded = column.some(lambda text: " " in text)
    if named and words >= NAMED_WORDS:
        return Fit(worded, "name")
    sentences = column.some(_is_sentence)
    if words >= LEAST_WORDS and (sentences >= SENTENCES or words >= 2 * LEAST_WORDS):
        return Fit(max(worded, sentences))
    return None


TYPE = SemanticType(
    id="free_text",
    version=1,
    title="Free text",
    text="Sentences or descriptions in a natural language: {least} words on average and stops at the end of "
    "{sentences} %, twice as many words, or {named} words under a name that says description. The language "
    "is told where its small words show it.",
    forms=frozenset({Form.TEXT, Form.WORDS, Form.MIXED, Form.WORD, Form.CODE, Form.OTHER, Form.MARKUP}),
    rule=rule,
    thresholds={"least": round(LEAST_WORDS), "named": round(NAMED_WORDS), "sentences": round(100 * SENTENCES)},
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
        Example("título", ("Ejecución presupuestaria 2019", "Gasto por estudiante"), False, "titles"),
    ),
)
