"""Countries and currencies by name and code, from the Unicode CLDR data that babel carries, and first-level
divisions of countries."""

import re
from functools import cache

from babel import Locale
from babel.core import get_global

from atalaya.catalogue.folding import fold
from atalaya.catalogue.vocabularies.tables import table
from atalaya.inspection.kinds import words
from atalaya.inspection.semantic.names import listed

LANGUAGES = ("es", "en", "pt", "fr")
"""Languages in which names are known."""

_CODE = re.compile(r"[A-Z]{2}\Z")
_OTHER_NAMES = """
    korea rep, korea republic of, republic of korea, south korea, korea dem rep, north korea, russia, russian
    federation, iran islamic rep, iran islamic republic of, venezuela rb, venezuela bolivarian republic of, bolivia
    plurinational state of, tanzania united republic of, united republic of tanzania, egypt arab rep, yemen rep,
    gambia the, bahamas the, the bahamas, the gambia, congo rep, congo dem rep, democratic republic of the congo,
    republic of the congo, dr congo, congo brazzaville, congo kinshasa, lao pdr, lao people s democratic republic,
    syrian arab republic, viet nam, micronesia fed sts, macedonia, the former yugoslav republic of macedonia, north
    macedonia, moldova republic of, republic of moldova, slovak republic, czech republic, kyrgyz republic, st lucia,
    st kitts and nevis, st vincent and the grenadines, saint lucia, cape verde, cabo verde, cote d ivoire, ivory
    coast, swaziland, eswatini, burma, myanmar, timor leste, east timor, brunei, brunei darussalam, palestine, state
    of palestine, palestinian territory, west bank and gaza, taiwan, taiwan china, chinese taipei, hong kong, hong
    kong sar china, macau, macao, macao sar china, great britain, uk, usa, united states of america, eeuu, ee uu,
    estados unidos de america, estados unidos, reino unido, holanda, holland, the netherlands, vatican, holy see,
    kosovo, republica dominicana, republica checa, turkiye, turkey, sao tome and principe, antigua and barbuda,
    england, scotland, wales, northern ireland, inglaterra, escocia, belice, afganistan, bosnia herzegovina, bosnia
    and herzegovina, trinidad and tobago, serbia and montenegro, yugoslavia, ussr, czechoslovakia, west germany,
    republic of korea south, federal republic of germany, corea del sur, corea del norte, iran, siria, vietnam,
    birmania, suazilandia
    """
"""Names that international statistics and newspapers use beside those of CLDR."""


@cache
def country_names() -> frozenset[str]:
    """Folded names of countries and territories in four languages."""
    found = {fold(each) for each in _OTHER_NAMES.split(",")}
    for language in LANGUAGES:
        found |= {fold(str(name)) for code, name in Locale(language).territories.items() if _CODE.match(str(code))}
    return frozenset(found - {""})


@cache
def country_codes() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """Codes of ISO 3166-1 in capitals: of two letters, of three letters, of three digits."""
    two = {str(code) for code in Locale("en").territories if _CODE.match(str(code))} - {
        "EU",
        "UN",
        "EZ",
        "ZZ",
        "QO",
        "XA",
        "XB",
    }
    aliases = get_global("territory_aliases")
    known = {alias for alias, codes in aliases.items() if len(alias) == 3 and len(codes) == 1 and codes[0] in two}
    letters = {alias for alias in known if alias.isalpha()}
    return frozenset(two | {"UK"}), frozenset(letters), frozenset(alias for alias in known if alias.isdigit())


@cache
def currency_codes() -> frozenset[str]:
    """Codes of ISO 4217."""
    return frozenset(str(code) for code in Locale("en").currencies)


_MONEY = frozenset(listed("currency").split(", "))


@cache
def currency_names() -> frozenset[str]:
    """Folded names of currencies in four languages, and the plain words for the commonest."""
    return _MONEY | {fold(str(name)) for language in LANGUAGES for name in Locale(language).currencies.values()}


@cache
def first_level_divisions() -> frozenset[str]:
    """Folded names of states, provinces, departments and regions of countries
    (data/vocabularies/first_level_divisions.yml)."""
    divisions = table("first_level_divisions.yml")
    return frozenset(fold(name) for names in divisions.values() for name in names)


@cache
def cities() -> frozenset[str]:
    """Folded names of some seven hundred cities of all countries in four languages: those by which the zones of time are
    named."""
    zones = (zone.rsplit("/", 1) for zone in get_global("zone_territories") if not zone.startswith("Etc/"))
    found = {fold(parts[-1].replace("_", " ")) for parts in zones if len(parts) > 1}
    for language in LANGUAGES:
        found |= {fold(str(zone["city"])) for zone in Locale(language).time_zones.values() if "city" in zone}
    return frozenset(found - country_names())


_STATES = words(
    "AL AK AZ AR CA CO CT DE DC FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR PA RI "
    "SC SD TN TX UT VT VA WA WV WI WY PR GU VI AS MP "
    "AB BC MB NB NL NS NT NU ON PE QC SK YT "
    "AC AL AP AM BA CE DF ES GO MA MT MS MG PA PB PR PE PI RJ RN RS RO RR SC SP SE TO "
    "NSW VIC QLD TAS ACT "
    "AGS BC BCS CAMP COAH COL CHIS CHIH CDMX DGO GTO GRO HGO JAL MEX MICH MOR NAY NL OAX PUE QRO SLP SIN SON TAB TAMPS "
    "TLAX VER YUC ZAC"
)
"""Letters by which posts and statistics offices shorten states: the United States (USPS), Canada (Canada Post), Brazil (IBGE),
Australia (Australia Post) and Mexico (ISO 3166-2 and common use)."""


def state_codes() -> frozenset[str]:
    """Codes of letters of states and provinces, in capitals."""
    return _STATES
