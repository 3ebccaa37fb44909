"""Spans and points of time other than dates and years: months of a year, quarters, ranges."""

import re

from atalaya.inspection.kinds import words
from atalaya.inspection.semantic.column import Seen, folded
from atalaya.inspection.semantic.declaration import DIGITS, Example, Fit, SemanticType, enough
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
_LONGEST = 70
_NUMBERS = frozenset({Form.INTEGER})
_CLUES = words("trim trimestre trimestral sem semestre semestral semester quarter cuatrimestre bimestre")
"""Words of quarters and halves that stand without a number."""
_QUARTER = re.compile(
    r"(?:(?:Q|T|S|C)(?=.*\d{4})|Q|trim\w*\.?|sem\w*\.?|quarter|cuatrimestre|bimestre)\s?-?\s?[1-6IV]{1,3}\b.*|(?:[1-6]"
    r"|I{1,3}|IV|primer|segundo|tercer|cuarto|1st|2nd|3rd|4th|1er|2do|3er|4to)\.?[º°]?\s*(?:T|Q|trim\w*"
    r"|sem\w*|quarter|cuatrimestre|bimestre)\b.*|\d{4}\s?[-/ ]?\s?(?:Q|T|S|trim|sem)\w*\s?[1-4IV]{1,3}",
    re.IGNORECASE,
)
_MONTH_OF_YEAR = re.compile(r"(?:(\d{4})[-/. ]?(0?[1-9]|1[0-2])|(0?[1-9]|1[0-2])[-/.](\d{4}))\Z")
_SHORT_MONTH = re.compile(r"(?:(?:0?[1-9]|1[0-2])[-/.'](?:\d{2})|[TSC]\d)\Z")
"""What is a month of a year, a quarter or a half under a name that says so only."""
_WORD_OF_YEAR = re.compile(
    r"(?:([^\W\d_]{3,10})\.?[-/., ]*(?:de |del )?'?(\d{4}|\d{2})|(\d{4})[-/., ]*([^\W\d_]{3,10})\.?)\Z"
)
_LEXICAL = re.compile(r"(?:--\d{2}-\d{2}|---\d{2}|\d{4}-\d{2})(?:Z|[-+]\d{2}:\d{2})?\Z")
"""Days of a month, of any month, and months of a year as XML Schema writes them (gMonthDay, gDay, gYearMonth)."""
_DURATION = re.compile(r"-?P(?=\d|T\d)(?:\d+(?:[.,]\d+)?[YMWD])*(?:T(?:\d+(?:[.,]\d+)?[HMS])+)?\Z")
"""Durations as ISO 8601 writes them: years, months, weeks and days, and behind a T hours, minutes and seconds."""
_YEARS = re.compile(r"(\d{4})\s?(?:[-–/]|--|a|al|to|hasta|y|and|through)\s?(\d{4}|\d{2})\Z", re.IGNORECASE)
_RANGE = re.compile(r"\s*(?:--?|–|/|\ba\b|\bal\b|\bto\b|\bhasta\b|\bthrough\b)\s*", re.IGNORECASE)
_TOKEN = re.compile(r"[^\W\d_]+|\d+")
_FIRST, _LAST, _LARGEST_PART = 1500, 2100, 99
"""Years that are told, and the largest number beside them that is a day, a month or the end of a year."""
_PARTS = words(
    "q t fy trim trimestre trimestres sem semestre semestres semester quarter quarters bimestre cuatrimestre w week semana m"
)
_OPEN = words("desde since hasta until antes before after present presente actualidad onwards onward hoy today actual")
_WORDS = (
    _PARTS
    | _OPEN
    | frozenset(MONTHS)
    | words(
        "a al to y and e de del of the el la s st nd rd th er do from through i ii iii iv primer primero segundo tercer tercero"
    )
    | words(
        "cuarto first second third fourth ano anos year years anio entre between ciclo mes meses month months mid "
        "early late z c ca"
    )
)
"""Words that stand in periods and tell nothing but time."""
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
        first, second = int(years[1]), int(years[2])
        return 1500 <= first <= 2100 and (len(years[2]) == 2 or first <= second <= 2100)
    ends = _FROM_TO.match(text)
    return ends is not None and _is_end(ends[1]) and _is_end(ends[2])


def _is_end(text: str) -> bool:
    bare = text.strip()
    return parse_date(bare) is not None or _is_month_of_year(bare) or bare.isdigit()


def is_period(text: str) -> bool:
    """Whether a text is a month of a year, a quarter or a half, or a range of dates or years."""
    if len(text) > _LONGEST:
        return False
    if _is_month_of_year(text) or _is_span(text) or _QUARTER.match(text) is not None:
        return True
    if text.startswith(("P", "-P")) and _DURATION.match(text) is not None:
        return True
    if text.startswith(("--", "1", "2")) and not text.isdigit() and _LEXICAL.match(text) is not None:
        return True
    return _is_told(text)


def _is_told(text: str) -> bool:
    """Whether years, months and quarters are all that a text tells, at least two of them in their order, or one that is
    open towards one side."""
    told = _TOKEN.findall(folded(text))
    if not told or not _WORDS.issuperset(word for word in told if not word.isdigit()):
        return False
    numbers = [int(word) for word in told if word.isdigit()]
    years = [number for number in numbers if number >= _FIRST]
    if any(_LARGEST_PART < number < _FIRST or number > _LAST for number in numbers) or years != sorted(years):
        return False
    parts = len(years) + sum(word in MONTHS or word in _PARTS for word in told)
    is_open = bool(_OPEN.intersection(told)) or ".." in text or text.strip().endswith("-")
    return parts > 1 or (is_open and bool(years)) or (bool(years) and told[-1] == "s")


def _is_any(text: str) -> bool:
    return is_period(text) or parse_date(text) is not None or (text.isdigit() and len(text) == 4)


def rule(column: Seen, _: Knowledge) -> Fit | None:
    """Periods in nearly all cells; among dates and years where the name says period."""
    named = column.name.says(NAMES)
    if column.of_forms(_NUMBERS) >= 0.5 and not named:
        return None
    if column.signs.isdisjoint(DIGITS) and _CLUES.isdisjoint(column.tokens):
        return None
    share = column.fitting(is_period)
    if share < NAMED_LEAST and column.name.says(NAMES) >= HEAD and column.fitting(_SHORT_MONTH.match) >= 0.9:
        return Fit(column.fitting(_SHORT_MONTH.match), "name")
    if column.name.says(NAMES) >= HEAD and share >= 0.3 and (all_of := column.fitting(_is_any)) >= NAMED_LEAST:
        return Fit(all_of, "name")
    return enough(share)


TYPE = SemanticType(
    id="period",
    version=3,
    title="Period",
    text="Months of a year, quarters, halves, ranges of dates or years, and durations of ISO 8601; up to {tolerated} % "
    "may differ, or more where the name says period and the rest are dates and years.",
    forms=frozenset(
        {Form.SPAN, Form.MOMENT, Form.DAY, Form.MIXED, Form.CODE, Form.INTEGER, Form.TEXT, Form.WORDS, Form.OTHER}
    ),
    rule=rule,
    examples=(
        Example("mes", ("ene-2019", "feb-2019"), True, "months of a year"),
        Example("trimestre", ("Q1 2015", "Q2 2015"), True, "quarters"),
        Example("periodo", ("2010-2014", "2014-2018"), True, "ranges of years"),
        Example("temporal", ("1888-01-01/2009-01-01", "1979-01-01/2018-08-01"), True, "ISO 8601 intervals"),
        Example("plazo", ("P30D", "P1Y6M", "PT12H", "P2W"), True, "ISO 8601 durations"),
        Example("modelo", ("P30", "P12X", "PT4"), False, "tokens that begin like durations"),
        Example("ciclo", ("2018/19", "2019/20"), False, "school years"),
    ),
)
