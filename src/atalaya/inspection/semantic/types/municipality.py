"""Administrative units of the second level and below, by name."""

import re
from functools import lru_cache

from atalaya.inspection.semantic.bodies import names_a_body
from atalaya.inspection.semantic.column import Seen, folded
from atalaya.inspection.semantic.declaration import Example, Fit, SemanticType
from atalaya.inspection.semantic.knowledge import Knowledge
from atalaya.inspection.semantic.names import HEAD, WHOLE, Name, phrases
from atalaya.inspection.semantic.nouns import PLACES
from atalaya.inspection.semantic.shapes import Form
from atalaya.inspection.semantic.types import institution, person_name, title
from atalaya.inspection.semantic.world import cities, country_names, first_level_divisions

NAMES = phrases(
    "municipio, municipios, municipality, municipalities, ciudad, city, town, localidad, locality, comuna, "
    "commune, county, counties, district, distrito, borough, canton, parroquia, barrio, barrios, "
    "neighbourhood, neighborhood, ville, cidade, la name, local authority, libcom, nomcom, nom com, nom "
    "commune, nombre municipio, nombre del municipio, city name, town name, county name, aldea, village, "
    "ward, council area, destination, cabecera municipal, bairro, municipio nombre, alcaldia, area name, "
    "lugar poblado, comunidad, place name, constituency, circunscripcion, electorate, precinct, municipali, municipa, town city, "
    "parish, commune name, settlement, colonia, vereda, sector barrio",
    plural=True,
)
KNOWN_LEAST = 0.8
LEAST = 0.75
_FULL = 3
CITIES_LEAST = 0.3
"""Share of cities of the world by which words are told to be places under any name: of all places only some seven hundred
are known."""
_MANY = 8
PAIRED_LEAST = 0.6
"""Share of places with the division that they lie in behind a comma."""
_COMMAS = frozenset(",|")
_MOST_NAMED = 4.0
_MOST_WORDS = 15.0
_PART = re.compile(r"\s*[,|]\s*")
_OTHERS = phrases("codigo, cod, code, total, numero, id, tipo, type")


def _is_place(text: str) -> bool:
    name = folded(text)
    return not names_a_body(name) and any(map(str.isalpha, name))


def _is_paired(text: str) -> bool:
    """A place and, behind it, the division or country that it lies in: `Chicago, Illinois`."""
    parts = [folded(part) for part in _PART.split(text)]
    return (
        len(parts) > 1
        and not names_a_body(parts[0])
        and (parts[-1] in first_level_divisions() or parts[-1] in country_names())
    )


def rule(column: Seen, knowledge: Knowledge) -> Fit | None:
    """Known municipalities, and places with their division behind them, under any name; words under a name that says
    so."""
    name = column.name
    if name.says(_OTHERS) >= HEAD:
        return None
    if column.signs & _COMMAS and name.says(institution.NAMES) < HEAD and column.words < _MOST_WORDS:
        share = column.fitting(_is_paired)
        if share >= PAIRED_LEAST:
            return Fit(share, "known")
    if knowledge.names:
        smaller = _smaller(knowledge)
        share = column.among(smaller)
        if share >= KNOWN_LEAST and len(column.values) >= _FULL:
            return Fit(share, "known")
    if len(column.values) >= _MANY and not _is_told(name):
        share = column.among(cities())
        if share >= CITIES_LEAST and share * len(column.values) >= _MANY:
            return Fit(share, "known")
    if max(name.says(NAMES), name.says(PLACES)) < HEAD or column.words > _MOST_NAMED:
        return None
    share = column.some(_is_place)
    return Fit(share, "name") if share >= LEAST else None


def _is_told(name: Name) -> bool:
    """Whether the name of the column says something that may be called like a city: persons, bodies, things."""
    return (
        name.says(institution.NAMES) >= HEAD or name.says(person_name.NAMES) >= HEAD or name.says(title.NAMES) == WHOLE
    )


@lru_cache(maxsize=4)
def _smaller(knowledge: Knowledge) -> frozenset[str]:
    return frozenset().union(*(names for level, names in knowledge.names.items() if level > 1))


TYPE = SemanticType(
    id="municipality",
    version=3,
    title="Municipality or smaller place",
    text="Municipalities, counties, cities, districts and smaller units by name: {known} % that the country's list "
    "holds, places with their division behind a comma in {paired} %, {cities} % and at least {many} cities of the "
    "world that are known, or words that name no body in {least} % of the cells under a name that says so.",
    forms=frozenset({Form.WORD, Form.WORDS, Form.MIXED, Form.CODE, Form.TEXT}),
    rule=rule,
    thresholds={
        "known": round(100 * KNOWN_LEAST),
        "least": round(100 * LEAST),
        "paired": round(100 * PAIRED_LEAST),
        "cities": round(100 * CITIES_LEAST),
        "many": _MANY,
    },
    examples=(
        Example("Municipio", ("Zacapa", "Gualán", "Teculután"), True, "places under a name that tells"),
        Example("Borough", ("Camden", "Brent", "Ealing"), True, "boroughs"),
        Example(
            "Apr-16",
            ("Abidjan", "Accra", "Bordeaux", "Lagos", "Lima", "Madrid", "Nicosia", "Praga", "Tarragona", "Toronto"),
            True,
            "cities of the world",
        ),
        Example("Código de municipio", ("0101", "0901"), False, "codes"),
    ),
)
