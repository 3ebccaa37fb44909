"""Calendar, fiscal and school years."""

import re

from atalaya.inspection.semantic.column import Seen
from atalaya.inspection.semantic.declaration import DIGITS, Example, Fit, SemanticType, enough
from atalaya.inspection.semantic.knowledge import Knowledge
from atalaya.inspection.semantic.names import HEAD, phrases
from atalaya.inspection.semantic.shapes import Form

NAMES = phrases(
    "ano, anio, year, annee, ejercicio, ejercicio fiscal, fiscal year, ano fiscal, ciclo, ciclo escolar, "
    "ano lectivo, school year, yr, gestion, exercicio, anos, years, ano de, agno, period, periodo, "
    "vigencia, anyo, cohorte, promocion"
)
COUNTS = phrases(
    "total, cantidad, numero de, number of, count, casos, poblacion, population, personas, hombres, "
    "mujeres, precio, monto, valor, value, amount, score, id, codigo, code, altitud, elevation, distance"
)
"""Names of numbers that look like years by chance."""
DATES = phrases("fecha, date, fec, data, tiempo, time, time period, temporal, issued, modified, created, desde, hasta")
"""Names of dates, which may be told by their year."""
FIRST, LAST = 1900, 2100
NAMED_FIRST, NAMED_LAST, NAMED_SPAN = 1000, 9999, 400
"""Years under a name that says so, and how many may lie between the first and the last."""
_YEAR = re.compile(
    r"(?:FY|AF|CY|año|year)?\s?'?(\d{4})(?:\s?[-/–]\s?(\d{4}|\d{2}))?(?:\.0)?\s?(?:[*pPeE]|\([a-z]+\)|Z|[-+]\d{2}:\d{2})?\Z",
    re.IGNORECASE,
)
_MOST_DIFFERENT = 300


def _years(text: str) -> tuple[int, bool] | None:
    """The first year, and whether a second one follows at once."""
    found = _YEAR.match(text)
    if found is None:
        return None
    first = int(found[1])
    if found[2] is None:
        return first, False
    second = int(found[2]) if len(found[2]) == 4 else first // 100 * 100 + int(found[2])
    return (first, True) if (second - first) % 100 == 1 else None


def _is_year(text: str, first: int = FIRST, last: int = LAST) -> bool:
    read = _years(text)
    return read is not None and first <= read[0] <= last


def rule(column: Seen, _: Knowledge) -> Fit | None:
    """Years from 1900 to 2100 unless the name tells of counts; older ones where it says year."""
    if column.distinct > _MOST_DIFFERENT:
        return None
    named = column.name.says(NAMES)
    if named >= HEAD:
        read = [found[0] for value in column.values if (found := _years(value)) is not None]
        near = not read or max(read) - min(read) <= NAMED_SPAN or max(read) <= LAST
        return enough(column.fitting(lambda text: _is_year(text, NAMED_FIRST, NAMED_LAST)), "name") if near else None
    if column.name.says(COUNTS) and not named:
        return None
    dated = column.name.says(DATES) >= HEAD or not column.name.words
    if any(word.isdigit() for word in column.name.words) and len(column.values) > 8:
        return None
    fit = enough(column.fitting(_is_year), tolerance=0.02)
    return fit if fit and (len(column.values) >= 3 or named or (dated and column.variety < 1)) else None


TYPE = SemanticType(
    id="year",
    version=3,
    title="Year",
    text="Calendar years from {first} to {last}, fiscal and school years (2019/20), unless the name tells of "
    "counts; up to {tolerated} % may differ.",
    forms=frozenset({Form.INTEGER, Form.SPAN, Form.NUMBER, Form.MIXED}),
    rule=rule,
    signs=DIGITS,
    thresholds={"first": FIRST, "last": LAST},
    examples=(
        Example("año", ("2019",), True, "one year under a name that tells"),
        Example("", ("2017", "2018", "2019"), True, "years without a name"),
        Example("Time", ("2018.0", "2018.0", "2018.0"), True, "one year under a name of time"),
        Example("ciclo escolar", ("2018/19", "2019/20"), True, "school years"),
        Example("total de casos", ("1990", "1800", "2010"), False, "counts that look like years"),
        Example("periodo", ("2010-2014", "2014-2018"), False, "ranges of several years"),
    ),
)
