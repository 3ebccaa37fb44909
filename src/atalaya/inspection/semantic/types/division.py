"""First-level administrative divisions by name."""

from functools import lru_cache

from atalaya.inspection.kinds import words
from atalaya.inspection.semantic.bodies import names_a_body
from atalaya.inspection.semantic.column import Seen, folded
from atalaya.inspection.semantic.declaration import Example, Fit, SemanticType
from atalaya.inspection.semantic.knowledge import Knowledge
from atalaya.inspection.semantic.names import HEAD, phrases
from atalaya.inspection.semantic.shapes import Form
from atalaya.inspection.semantic.world import country_names, first_level_divisions

NAMES = phrases(
    "departamento, departamentos, depto, dpto, provincia, provincias, province, entidad federativa, "
    "comunidad autonoma, region, regiones, regions, nomdep, nom dep, departement, estado procedencia, "
    "estado residencia, state, uf, nombre departamento, nombre del departamento, department name, "
    "departamento nombre, nombre provincia, nom region, departamental, state name, region name, lugar "
    "hecho, nombre region, nom departement, departamen, provinc, prefecture, oblast, bundesland, voivodeship, governorate"
)
UNSURE = phrases("estado, state, department, region, departamental, regions, departamento, uf")
"""Names that also mean a condition, an office or a part of the world."""
KNOWN_LEAST = 0.8
LEAST = 0.75
MANY_LEAST = 0.6
"""Share where ten and more are known: titles and totals of a sheet may stand among them."""
_MANY = 10
_FULL = 3
_OTHERS = phrases("codigo, cod, code, total, numero, id")
_CONTINENTS = words(
    "africa asia europe europa america americas oceania caribbean caribe pacific pacifico mediterranean world mundo"
)
"""Words of parts of the world, which are larger than a country."""
_STATES = words(
    "activo activa inactivo inactiva active inactive abierto abierta cerrado cerrada completo pendiente ok vigente "
    "aprobado soltero casado bueno malo regular open closed completed pending"
)


@lru_cache(maxsize=4)
def known_divisions(knowledge: Knowledge) -> frozenset[str]:
    """The names of first-level divisions, folded: those of the world and those of the country."""
    return first_level_divisions() | knowledge.names.get(1, frozenset())


def is_part_of_the_world(text: str) -> bool:
    """Whether a text names a continent, an ocean or a part of them."""
    return not _CONTINENTS.isdisjoint(folded(text).split())


def _is_place(text: str) -> bool:
    name = folded(text)
    return name not in _STATES and not any(map(str.isdigit, name)) and not names_a_body(name)


def rule(column: Seen, knowledge: Knowledge) -> Fit | None:
    """Known divisions under any name but that of a smaller place; words under a name that can only be of divisions."""
    if column.name.says(_OTHERS) >= HEAD:
        return None
    named = column.name.says(NAMES)
    share = column.among(known_divisions(knowledge))
    if named and share >= 0.5:
        return Fit(share, "name")
    if share >= MANY_LEAST and share * len(column.values) >= _MANY and not column.name.says(_SMALLER):
        return Fit(share, "known")
    if (
        share >= KNOWN_LEAST
        and len(column.values) >= _FULL
        and not column.name.says(_SMALLER)
        and column.distinct <= 60
    ):
        return Fit(share, "known")
    if named < HEAD or column.words > 4:
        return None
    places = column.some(_is_place)
    if column.name.says(UNSURE) and ((share < 0.3 and column.variety > 0.5) or column.among(country_names()) > 0.5):
        return None
    if column.some(is_part_of_the_world) >= LEAST:
        return None
    if column.name.says(_CONDITIONS) and share < 0.3:
        return None
    return Fit(places, "name") if places >= LEAST else None


_SMALLER = phrases(
    "municipio, municipality, ciudad, city, localidad, comuna, commune, town, district, distrito, county, "
    "canton, borough, cabecera"
)
_CONDITIONS = phrases("estado, state")

TYPE = SemanticType(
    id="division",
    version=2,
    title="Division of the first level",
    text="Departments, states, provinces and regions by name: {known} % known ones, or words that name no body "
    "in {least} % of the cells under a name that says so.",
    forms=frozenset({Form.WORD, Form.WORDS, Form.CODE}),
    rule=rule,
    words=known_divisions,
    names=NAMES,
    thresholds={"known": round(100 * KNOWN_LEAST), "least": round(100 * LEAST)},
    examples=(
        Example("Departamento", ("Antioquia", "Cauca", "Nariño", "Cauca"), True, "divisions under a name that tells"),
        Example("lugar", ("Chaco", "Mendoza", "Jujuy"), True, "known divisions"),
        Example("Estado", ("Activo", "Cerrado", "Activo"), False, "conditions"),
        Example("Department", ("Ministry of Justice", "Home Office"), False, "offices"),
    ),
)
