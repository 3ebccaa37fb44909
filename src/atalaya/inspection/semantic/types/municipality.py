"""Administrative units of the second level and below, by name."""

from atalaya.inspection.semantic.bodies import names_a_body
from atalaya.inspection.semantic.column import Seen, folded
from atalaya.inspection.semantic.declaration import Example, Fit, SemanticType
from atalaya.inspection.semantic.knowledge import Knowledge
from atalaya.inspection.semantic.names import HEAD, phrases
from atalaya.inspection.semantic.shapes import Form

NAMES = phrases(
    "municipio, municipios, municipality, municipalities, ciudad, city, town, localidad, locality, comuna, "
    "commune, county, counties, district, distrito, borough, canton, parroquia, barrio, barrios, "
    "neighbourhood, neighborhood, ville, cidade, la name, local authority, libcom, nomcom, nom com, nom "
    "commune, nombre municipio, nombre del municipio, city name, town name, county name, aldea, village, "
    "ward, council area, destination, cabecera municipal, bairro, municipio nombre, alcaldia, area name, "
    "lugar poblado, comunidad, place name"
)
KNOWN_LEAST = 0.8
LEAST = 0.75
_FULL = 3
_OTHERS = phrases("codigo, cod, code, total, numero, id, tipo, type")


def _is_place(text: str) -> bool:
    name = folded(text)
    return not names_a_body(name) and any(map(str.isalpha, name))


def rule(column: Seen, knowledge: Knowledge) -> Fit | None:
    """Known municipalities under any name; words under a name that says so."""
    if column.name.says(_OTHERS) >= HEAD:
        return None
    if knowledge.names:
        smaller = frozenset().union(*(names for level, names in knowledge.names.items() if level > 1))
        share = column.fitting(lambda text: folded(text) in smaller)
        if share >= KNOWN_LEAST and len(column.values) >= _FULL:
            return Fit(share, "known")
    if column.name.says(NAMES) < HEAD or column.words > 4:
        return None
    share = column.fitting(_is_place)
    return Fit(share, "name") if share >= LEAST else None


TYPE = SemanticType(
    id="municipality",
    version=1,
    title="Municipality or smaller place",
    text="Municipalities, counties, cities, districts and smaller units by name: {known} % that the country's "
    "list holds, or words that name no body in {least} % of the cells under a name that says so.",
    forms=frozenset({Form.WORD, Form.WORDS, Form.MIXED, Form.CODE}),
    rule=rule,
    thresholds={"known": round(100 * KNOWN_LEAST), "least": round(100 * LEAST)},
    examples=(
        Example("Municipio", ("Zacapa", "Gualán", "Teculután"), True, "places under a name that tells"),
        Example("Borough", ("Camden", "Brent", "Ealing"), True, "boroughs"),
        Example("Código de municipio", ("0101", "0901"), False, "codes"),
    ),
)
