"""Short names or headlines of things."""

import re

from atalaya.inspection.semantic.column import Seen
from atalaya.inspection.semantic.declaration import Example, Fit, SemanticType, enough
from atalaya.inspection.semantic.knowledge import Knowledge
from atalaya.inspection.semantic.names import HEAD, phrases
from atalaya.inspection.semantic.shapes import Form

NAMES = phrases(
    "titulo, title, nombre, name, nom, nome, titre, indicador, indicator, producto, product, "
    "proyecto, project, projet, species, especie, job title, official title, cargo, puesto, job, position, "
    "distribution title, dataset title, iname, ind name, tramite, conjunto, item, articulo, obra, programa, program, "
    "programme, headline, encabezado, asunto, subject, display name, label, variable, servicio, service name, "
    "medicamento, drug, commodity, bien, insumo, curso, course, evento, event, actividad, activity, pelicula, libro, book, "
    "model, modelo, publicacion, publication, measure name, series name, serie, theme label, codigo nombre",
    plural=True,
)
THINGS = phrases(
    "cultivo, crop, planta, plant, animal, enfermedad, disease, diagnostico, diagnosis, delito, crime, offence, offense, "
    "sustancia, substance, material, equipo, equipment, herramienta, tool, componente, component, concepto, concept, capitulo, "
    "chapter, tarea, task, alimento, food, ingrediente, ingredient, plato, dish, juego, game, cancion, song, serie, parametro, "
    "parameter, analito, compuesto, compound, mineral, monumento, monument, ruta, route, linea, meta, goal, objetivo, target, "
    "producto, produto, atividade, doenca, maladie, culture, activite, theme name",
    plural=True,
)
"""Things by single words, which are titles where they hardly repeat: where they do they are kinds."""
MOST_WORDS = 16.0
LEAST_WORDS, LEAST_VALUES, VARIED = 2.0, 10, 0.7
"""Mean number of words, different values, and different values for each cell, from which words under any name are titles:
single words and a few of them may be anything."""

LETTERS = 0.6
"""Share of letters and spaces in the characters of a title: patterns and formulas have fewer."""
_PREFIXED = re.compile(r"\w+:\S+\Z")
"""A name of a vocabulary, as `dc:identifier`."""


def _is_worded(text: str) -> bool:
    letters = sum(map(str.isalpha, text))
    return letters > 0 and letters + text.count(" ") >= LETTERS * len(text) and _PREFIXED.match(text) is None


def _has_letters(text: str) -> bool:
    return any(map(str.isalpha, text))


def rule(column: Seen, _: Knowledge) -> Fit | None:
    """Words that no narrower type claims."""
    if column.words > MOST_WORDS or column.says_its_name:
        return None
    if column.name.says(NAMES) >= HEAD:
        return enough(column.fitting(_has_letters), "name")
    name_of_things = column.name.says(THINGS)
    if column.variety < VARIED:
        return None
    if name_of_things < HEAD and (column.words < LEAST_WORDS or len(column.values) < LEAST_VALUES):
        return None
    return enough(column.fitting(_is_worded), "left", TYPE.tolerance)


TYPE = SemanticType(
    id="title",
    version=3,
    title="Title",
    text="Short names or headlines of things that are not persons, bodies or places: under a name that says title or "
    "name, or texts that hardly repeat and that no narrower type claims, under a name of things or at least "
    "{values} of several words; up to {tolerated} % may differ.",
    thresholds={"values": LEAST_VALUES},
    forms=frozenset({Form.WORD, Form.WORDS, Form.MIXED, Form.TEXT, Form.CODE, Form.SPAN}),
    rule=rule,
    tolerance=0.2,
    examples=(
        Example(
            "Indicadores",
            ("Gasto por estudiante", "Cobertura neta", "Tasa de repitencia"),
            True,
            "titles under a name that tells",
        ),
        Example("artículo", ("Lámpara de mesa", "Silla plegable", "Botas de niño"), True, "goods"),
        Example("casos", ("12", "15"), False, "numbers"),
        Example("cultivo", ("maíz", "frijol", "cardamomo", "banano"), True, "single words for things"),
        Example("valor", ("abeto", "nogal", "sauce", "cedro"), False, "a few single words that may be anything"),
    ),
)
