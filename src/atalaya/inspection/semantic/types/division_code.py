"""Official codes of divisions of any level."""

import re

from atalaya.inspection.kinds import words
from atalaya.inspection.semantic.column import Seen
from atalaya.inspection.semantic.declaration import Example, Fit, SemanticType, enough
from atalaya.inspection.semantic.knowledge import Knowledge
from atalaya.inspection.semantic.names import HEAD, WHOLE, phrases
from atalaya.inspection.semantic.neighbours import codes_places, named_beside
from atalaya.inspection.semantic.nouns import UNITS_OF_PLACES
from atalaya.inspection.semantic.shapes import Form
from atalaya.inspection.semantic.types.division import is_part_of_the_world, known_divisions
from atalaya.inspection.semantic.world import state_codes

_CODES = (
    "codigo, cod, code, id, clave, cve, codigo de, codigo del, codigo de la, id de, numero de, num, cod de, "
    "idd, code de, code du, code de la, nro, c"
)
_PLACES = (
    "departamento, depto, dep, dpto, municipio, municipal, muni, mun, mupio, provincia, prov, comuna, region, "
    "reg, canton, distrito, estado, localidad, ciudad, barrio, entidad federativa, parroquia, commune, "
    "departement, municipality, district, county, state, province, ward, local authority, la, divipola, "
    "geografico, ubigeo, insee, divisa, seccional, alcaldia, loc"
)
_CODED_PLACES = (
    "department code, county code, state code, region code, district code, municipality code, province code, "
    "area code, la code, ward code, local authority code, geo code, geocode, ons code, lsoa code, msoa code, "
    "oa code, gss code, city code, place code, borough code, council code"
)
_NAMES = (
    "fips, geoid, geoid10, ubigeo, divipola, insee, codgeo, depcom, iddepcom, numdep, numcom, codmun, coddep, "
    "coddepto, codmpio, codmpio, codprov, codreg, cut, ibge, codigo ibge, cod ibge, nuts, nuts3, nuts 3, lau, "
    "lsoa, msoa, oslaua, inegi, cve ent, cve mun, entidad mun, state fips, county fips, statefp, countyfp, "
    "code insee, code commune, id municipal, id municipio, id departamento, codcom, code dept, siren commune, "
    "codigo dane, cod dane, ags, epci, numepci, code epci, siren epci"
)
NAMES = phrases(
    _NAMES,
    _CODED_PLACES,
    ",".join(f"{code} {place}" for code in _CODES.split(", ") for place in _PLACES.split(", ")),
    ",".join(f"{place} {code}" for place in _PLACES.split(", ") for code in ("codigo", "cod", "code", "id")),
)
OTHERS = phrases("postal, telefono, phone, zip")
CODED = phrases("codigo, cod, code, clave, id, num, geo, departamento, depto, municipio, dep, mun")
_CODE = re.compile(r"[A-Za-z]{0,4}[-_. ]?\d[\w.-]{0,14}\Z|[A-Z]{2,5}(?:[-.][A-Z0-9]{1,4})?\Z|\d{1,3}[A-Z]{1,3}\Z")
KNOWN_LEAST = 0.95
BESIDE_TOLERANCE = 0.3
"""Share of titles and totals among codes that stand beside the names of the places."""
NAMED_LEAST = 0.8
_MANY = 10
_DIVISIONS = phrases(
    "departamento, depto, dpto, dep, municipio, muni, provincia, prov, region, comuna, canton, county, state, "
    "entidad federativa, province, departement, parroquia, corregimiento, region code"
)
"""Names of divisions under which whole numbers are their codes."""
_LETTERED = phrases(
    "state, uf, estado, province, provincia, state abbreviation, state abb, st, entidad, region, abbreviation"
)
BESIDE_KNOWN = 0.6
_WORDS = frozenset({Form.WORD, Form.WORDS})
_LONGEST_LETTERS = 4.0
_LETTERS = frozenset({Form.WORD, Form.CODE})
_NOUNS = words("codigo cod code clave cve id")
_BARE = phrases("cod, codigo, code, clave, cve, id")


def rule(column: Seen, knowledge: Knowledge) -> Fit | None:
    """Codes under a name that speaks of the code of a place, or of codes beside the places; codes of the pack under a name
    that speaks of codes or places."""
    if column.name.says(NAMES) and not column.name.says(OTHERS):
        if (named := named_beside(column, _NOUNS)) is not None and named.some(is_part_of_the_world) >= BESIDE_KNOWN:
            return None
        return enough(column.fitting(_CODE.match), "name", TYPE.tolerance)
    if column.name.says(_BARE) == WHOLE and (_repeats_places(column) or _is_by_places(column, knowledge)):
        return enough(column.fitting(_CODE.match), "table", BESIDE_TOLERANCE)
    if codes_places(column):
        return enough(column.fitting(_CODE.match), "table")
    if column.name.says(_DIVISIONS) == WHOLE and column.whole_numbers and min(column.numbers) >= 1:
        return enough(column.fitting(_CODE.match), "name", TYPE.tolerance)
    if column.leading in _LETTERS and column.lengths <= _LONGEST_LETTERS and (fit := _state_codes(column)):
        return fit
    if not column.name.says(CODED) or len(column.values) < 3 or (column.variety >= 1 and column.view.filled > 400):
        return None
    for level, codes in knowledge.codes.items():
        if level == 1 and not (column.name.says(UNITS_OF_PLACES) or column.next_to(UNITS_OF_PLACES, HEAD)):
            continue
        share = column.fitting(codes.__contains__)
        if share >= KNOWN_LEAST and len(column.values) >= min(len(codes), 40) / 4:
            return Fit(share, "known")
    return None


def _repeats_places(column: Seen) -> bool:
    return column.variety < 1 and column.next_to(UNITS_OF_PLACES, HEAD)


def _is_by_places(column: Seen, knowledge: Knowledge) -> bool:
    """Whether the column before or behind it holds divisions that are known."""
    near = [column.table[at] for at in (column.place - 1, column.place + 1) if 0 <= at < len(column.table)]
    return any(each.leading in _WORDS and each.among(known_divisions(knowledge)) >= BESIDE_KNOWN for each in near)


def _state_codes(column: Seen) -> Fit | None:
    """Codes of letters of the states of large federations, where the name says state, or ten are known."""
    share = column.fitting(state_codes().__contains__)
    named = column.name.says(_LETTERED) >= HEAD
    if share < (NAMED_LEAST if named else KNOWN_LEAST) or (not named and len(column.values) < _MANY):
        return None
    return Fit(share, "known")


TYPE = SemanticType(
    id="division_code",
    version=3,
    title="Code of a division",
    text="Official codes of departments, municipalities and the like under a name that says so, under the name that a "
    "column of places beside them has with a word for name, or codes that the country's list holds under a name "
    "that speaks of codes or places; parts of the world are none; up to {tolerated} % may differ.",
    forms=frozenset({Form.INTEGER, Form.CODE, Form.SPAN, Form.NUMBER, Form.WORD, Form.DAY}),
    rule=rule,
    examples=(
        Example("Código de municipio", ("0101", "0901", "1310"), True, "codes under a name that tells"),
        Example("COD_DEPTO", ("1", "2", "22"), True, "codes without zeros"),
        Example("Región", ("Norte", "Sur"), False, "names of divisions"),
    ),
)
