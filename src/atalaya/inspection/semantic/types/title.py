"""Short names or headlines of things."""

from atalaya.inspection.semantic.column import Seen
from atalaya.inspection.semantic.declaration import Example, Fit, SemanticType, enough
from atalaya.inspection.semantic.knowledge import Knowledge
from atalaya.inspection.semantic.names import HEAD, phrases
from atalaya.inspection.semantic.shapes import Form

NAMES = phrases(
    "titulo, title, nombre, name, nom, nome, titre, indicador, indicadores, indicator, producto, product, "
    "proyecto, project, projet, species, especie, job title, official title, cargo, puesto, label, "
    "etiqueta, name en, distribution title, dataset title, product type, iname, ind name, tramite, conjunto"
)
MOST_WORDS = 16.0


def rule(column: Seen, _: Knowledge) -> Fit | None:
    """Words that no narrower type claims."""
    if column.words > MOST_WORDS:
        return None
    named = column.name.says(NAMES) >= HEAD
    return enough(column.fitting(lambda text: any(map(str.isalpha, text))), "name" if named else "left")


TYPE = SemanticType(
    id="title",
    version=1,
    title="Title",
    text="Short names or headlines of things that are not persons, bodies or places: words that no narrower "
    "type claims; up to {tolerated} % may differ.",
    forms=frozenset({Form.WORD, Form.WORDS, Form.MIXED, Form.TEXT, Form.CODE}),
    rule=rule,
    examples=(
        Example(
            "Indicadores",
            ("Gasto por estudiante", "Cobertura neta", "Tasa de repitencia"),
            True,
            "titles under a name that tells",
        ),
        Example("artículo", ("Lámpara de mesa", "Silla plegable", "Botas de niño"), True, "goods"),
        Example("casos", ("12", "15"), False, "numbers"),
    ),
)
