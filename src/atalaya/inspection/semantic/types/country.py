"""Countries by name or code of ISO 3166-1."""

import re

from atalaya.inspection.semantic.column import Seen, folded
from atalaya.inspection.semantic.declaration import Example, Fit, SemanticType
from atalaya.inspection.semantic.knowledge import Knowledge
from atalaya.inspection.semantic.names import HEAD, phrases
from atalaya.inspection.semantic.nouns import PLACE_NAMES, PLACES
from atalaya.inspection.semantic.shapes import Form
from atalaya.inspection.semantic.world import country_codes, country_names

_NAMED = (
    "country, pais, paises, nacion, nation, pays, country code, country name, codigo pais, codigo de pais, "
    "cod pais, nombre pais, iso, iso2, iso3, iso 2, iso 3, iso a2, iso a3, country of origin, origen, pais "
    "de origen, nacionalidad, place, economy, jurisdiction, jurisdiction code, jurisdiccion, iso code, iso3166, uname, ucode"
)
NAMES = phrases(_NAMED)
NAMED_LEAST = 0.5
LEAST = 0.8
CODES_LEAST = 0.95
"""Share of codes without a name that tells: of random pairs of letters a third are codes of countries."""
_MANY_PAIRS, _MANY_TRIPLES = 8, 5
"""Codes of two and of three letters that can be no chance: eight random pairs are all countries once in three thousand
columns."""
_NAMES_AND_PLACES = phrases(_NAMED, PLACE_NAMES)
_REGIONS = phrases("continent, continente, region")
_LIST = re.compile(r"\s*[,;|/]\s*")


def _is_name(text: str) -> bool:
    return folded(text) in country_names()


def _are_names(text: str) -> bool:
    return _is_name(text) or _is_code(text) or all(map(_is_name, _LIST.split(text)))


def _is_code(text: str) -> bool:
    two, three, digits = country_codes()
    return text.upper() in two or text.upper() in three or text in digits


def _known() -> frozenset[str]:
    return country_names() | {code.lower() for codes in country_codes() for code in codes}


def rule(column: Seen, _: Knowledge) -> Fit | None:
    """Names whatever the column is called; codes where it says country, or where so many of them can be no chance."""
    if column.name.says(PLACES) >= HEAD and column.held(_are_names) >= NAMED_LEAST:
        return Fit(column.held(_are_names), "name")
    named = column.name.says(NAMES) > 0 and not column.name.says(_REGIONS)
    share = max(column.among(country_names()), column.fitting(_is_code) if named else 0.0)
    if share >= (NAMED_LEAST if named else LEAST) and (named or len(column.values) > 2):
        return Fit(share, "name" if named else "known")
    if column.lengths not in (2.0, 3.0) or len(column.values) < (_MANY_PAIRS if column.lengths == 2 else _MANY_TRIPLES):
        return None
    two, three, _digits = country_codes()
    known = two if column.lengths == 2 else three
    share = column.fitting(lambda text: text.upper() in known)
    least = CODES_LEAST if len(column.values) > 2 * _MANY_PAIRS else 1.0
    return Fit(share, "known") if share >= least else None


TYPE = SemanticType(
    id="country",
    version=3,
    title="Country",
    text="Countries by name in Spanish, English, Portuguese or French, or by code: {named} % known ones under a "
    "name that says country, {least} % of at least three names elsewhere, and {codes} % where there are "
    "codes alone.",
    forms=frozenset({Form.WORD, Form.WORDS, Form.CODE, Form.INTEGER}),
    rule=rule,
    words=lambda _: _known(),
    names=_NAMES_AND_PLACES,
    thresholds={"least": round(100 * LEAST), "named": round(100 * NAMED_LEAST), "codes": round(100 * CODES_LEAST)},
    examples=(
        Example("", ("Honduras", "México", "Perú"), True, "names"),
        Example("country code", ("GB", "FR"), True, "codes under a name that tells"),
        Example("jurisdiction_code", ("NZ", "NZ"), True, "a country of law"),
        Example("origen", ("mexicana", "chilena"), False, "nationalities"),
    ),
)
