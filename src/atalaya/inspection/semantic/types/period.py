"""Spans and points of time other than dates and years: months of a year, quarters, ranges."""

import re

from atalaya.inspection.semantic.column import Seen, folded
from atalaya.inspection.semantic.declaration import Example, Fit, SemanticType, enough
from atalaya.inspection.semantic.knowledge import Knowledge
from atalaya.inspection.semantic.names import HEAD, phrases
from atalaya.inspection.semantic.shapes import Form
from atalaya.inspection.values import MONTHS, parse_date

NAMES = phrases(
    "periodo, period, temporal, temporal coverage, cobertura temporal, trimestre, quarter, semestre, "
    "bimestre, reporting period, rango, vigencia, dates, fechas, year month, anio mes, mes ano, month, "
    "mes, date, fecha, dcat temporal, periode, cuatrimestre, temporada, season"
)
NAMED_LEAST = 0.6
_QUARTER = re.compile(
    r"(?:Q|T|S|C|trim\w*\.?|sem\w*\.?|quarter|cuatrimestre|bimestre)\s?-?\s?[1-6IV]{1,3}\b.*|(?:[1-6]"
    r"|I{1,3}|IV|primer|segundo|tercer|cuarto|1st|2nd|3rd|4th|1er|2do|3er|4to)\.?[º°]?\s*(?:T|Q|trim\w*"
    r"|sem\w*|quarter|cuatrimestre|bimestre)\b.*|\d{4}\s?[-/ ]?\s?(?:Q|T|S|trim|sem)\w*\s?[1-4IV]{1,3}",
    re.IGNORECASE,
)
_MONTH_OF_YEAR = re.compile(r"(?:(\d{4})[-/. ]?(0?[1-9]|1[0-2])|(0?[1-9]|1[0-2])[-/.](\d{4}))\Z")
_WORD_OF_YEAR = re.compile(
    r"(?:([^\W\d_]{3,10})\.?[-/., ]*(?:de |del )?'?(\d{4}|\d{2})|(\d{4})[-/., ]*([^\W\d_]{3,10})\.?)\Z"
)
_YEARS = re.compile(r"(\d{4})\s?(?:[-–/]|--|a|al|to|hasta|y|and|through)\s?(\d{4}|\d{2})\Z", re.IGNORECASE)
_RANGE = re.compile(r"\s*(?:--?|–|/|\ba\b|\bal\b|\bto\b|\bhasta\b|\bthrough\b)\s*", re.IGNORECASE)
_FROM_TO = re.compile(r"(.{6,30}?)\s*(?:/|\s-{1,2}\s|–|\s(?:a|al|to|hasta|through)\s)\s*(.{4,30})\Z", re.IGNORECASE)


def _is_month_of_year(text: str) -> bool:
    found = _MONTH_OF_YEAR.match(text)
    if found is not None:
        return 1900 <= int(found[1] or found[4]) <= 2100
    found = _WORD_OF_YEAR.match(text)
    return found is not None and folded(found[1] or found[4]) in MONTHS


def _is_span(text: str) -> bool:
    years = _YEARS.match(text)
    if years is not None:
        return 1500 <= int(years[1]) <= 2100
    ends = _FROM_TO.match(text)
    return ends is not None and _is_end(ends[1]) and _is_end(ends[2])


def _is_end(text: str) -> bool:
    bare = text.strip()
    return parse_date(bare) is not None or _is_month_of_year(bare) or bare.isdigit()


def is_period(text: str) -> bool:
    """Whether a text is a month of a year, a quarter or a half, or a range of dates or years."""
    return len(text) <= 70 and (_is_month_of_year(text) or _is_span(text) or _QUARTER.match(text) is not None)


def _is_any(text: str) -> bool:
    return is_period(text) or parse_date(text) is not None or (text.isdigit() and len(text) == 4)


def rule(column: Seen, _: Knowledge) -> Fit | None:
    """Periods in nearly all cells; among dates and years where the name says period."""
    share = column.fitting(is_period)
    if column.name.says(NAMES) >= HEAD and share >= 0.3 and (all_of := column.fitting(_is_any)) >= NAMED_LEAST:
        return Fit(all_of, "name")
    numbers = frozenset({Form.INTEGER})
    if column.of_forms(numbers) >= 0.5 and not column.name.says(NAMES):
        return None
    return enough(share)


TYPE = SemanticType(
    id="period",
    version=1,
    title="Period",
    text="Months of a year, quarters, halves, and ranges of dates or years; up to {tolerated} % may differ, or "
    "more where the name says period and the rest are dates and years.",
    forms=frozenset(
        {Form.SPAN, Form.MOMENT, Form.DAY, Form.MIXED, Form.CODE, Form.INTEGER, Form.TEXT, Form.WORDS, Form.OTHER}
    ),
    rule=rule,
    examples=(
        Example("mes", ("ene-2019", "feb-2019"), True, "months of a year"),
        Example("trimestre", ("Q1 2015", "Q2 2015"), True, "quarters"),
        Example("periodo", ("2010-2014", "2014-2018"), True, "ranges of years"),
        Example("temporal", ("1888-01-01/2009-01-01", "1979-01-01/2018-08-01"), True, "ISO 8601 intervals"),
        Example("ciclo", ("2018/19", "2019/20"), False, "school years"),
    ),
)
