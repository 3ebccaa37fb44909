"""Official codes of divisions of any level."""

import re

from atalaya.inspection.semantic.column import Seen
from atalaya.inspection.semantic.declaration import Example, Fit, SemanticType, enough
from atalaya.inspection.semantic.knowledge import Knowledge
from atalaya.inspection.semantic.names import phrases
from atalaya.inspection.semantic.shapes import Form

_CODES = (
    "codigo, cod, code, id, clave, cve, codigo de, codigo del, codigo de la, id de, numero de, num, cod de, "
    "idd, code de, code du, code de la, nro, c"
)
_PLACES = (
    "departamento, depto, dep, dpto, municipio, municipal, muni, mun, mupio, provincia, prov, comuna, region, "
    "reg, canton, distrito, estado, localidad, ciudad, barrio, entidad federativa, parroquia, commune, "
    "departement, municipality, district, county, state, province, ward, local authority, la, divipola, "
    "geografico, ubigeo, insee, divisa, seccional, alcaldia"
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
    "codigo dane, cod dane, ags"
)
NAMES = (
    phrases(_NAMES)
    | phrases(_CODED_PLACES)
    | frozenset(f"{code} {place}" for code in _CODES.split(", ") for place in _PLACES.split(", "))
    | frozenset(f"{place} {code}" for place in _PLACES.split(", ") for code in ("codigo", "cod", "code", "id"))
)
OTHERS = phrases("postal, telefono, phone, zip")
CODED = phrases("codigo, cod, code, clave, id, num, geo, departamento, depto, municipio, dep, mun")
_CODE = re.compile(r"[A-Za-z]{0,4}[-_. ]?\d[\w.-]{0,14}\Z|[A-Z]{2,5}(?:[-.][A-Z0-9]{1,4})?\Z|\d{1,3}[A-Z]{1,3}\Z")
KNOWN_LEAST = 0.95


def rule(column: Seen, knowledge: Knowledge) -> Fit | None:
    """Codes under a name that speaks of the code of a place; codes of the pack under a name that speaks of codes or places."""
    if column.name.says(NAMES) and not column.name.says(OTHERS):
        return enough(column.fitting(_CODE.match), "name", TYPE.tolerance)
    if not column.name.says(CODED) or len(column.values) < 3 or (column.variety >= 1 and column.view.filled > 400):
        return None
    for codes in knowledge.codes.values():
        share = column.fitting(codes.__contains__)
        if share >= KNOWN_LEAST and len(column.values) >= min(len(codes), 40) / 4:
            return Fit(share, "known")
    return None


TYPE = SemanticType(
    id="division_code",
    version=1,
    title="Code of a division",
    text="Official codes of departments, municipalities and the like under a name that says so, or codes that the country's "
    "list holds under a name that speaks of codes or places; up to {tolerated} % may differ.",
    forms=frozenset({Form.INTEGER, Form.CODE, Form.SPAN, Form.NUMBER, Form.WORD, Form.DAY}),
    rule=rule,
    examples=(
        Example("Código de municipio", ("0101", "0901", "1310"), True, "codes under a name that tells"),
        Example("COD_DEPTO", ("1", "2", "22"), True, "codes without zeros"),
        Example("Región", ("Norte", "Sur"), False, "names of divisions"),
    ),
)
