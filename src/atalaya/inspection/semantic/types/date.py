"""Calendar days in any spelling that people use."""

import re

from atalaya.inspection.semantic.column import Seen, folded
from atalaya.inspection.semantic.declaration import DIGITS, Example, Fit, SemanticType, enough
from atalaya.inspection.semantic.knowledge import Knowledge
from atalaya.inspection.semantic.names import HEAD, phrases
from atalaya.inspection.semantic.shapes import NUMERIC, Form
from atalaya.inspection.values import MONTHS, parse_date

NAMES = phrases(
    "fecha, date, data, dia, day, fec, fch, f, date of, datum, jour, nacimiento, birth, dob, inicio, fin, "
    "desde, hasta, vigencia, issued, modified, created, updated, deadline, start date, end date, dates"
)
SURE = phrases("fecha, date, fec")
"""Names under which even serial numbers are dates."""
NAMED_LEAST = 0.75
"""Share of dates where the name says that they are: people write ranges and remarks among them."""
SERIAL = (20_000, 60_000)
"""Days since 1900 as spreadsheets count them: from 1954 to 2064."""
_FORMS = frozenset({Form.DAY, Form.MOMENT})


_DAY_OF_MONTH = re.compile(
    r"\d{1,2}(?:\s?[-–\x96]\s?\d{1,2})?[-/. ]*(?:de |of )?([^\W\d_]{3,10})\.?(?:[-/. ]+(?:\d{4}|\d{2}))?\Z"
    r"|([^\W\d_]{3,10})\.? \d{1,2}\Z"
)
_DAYS = re.compile(r"\d{1,2}\s?[-–&]\s?\d{1,2}[-./]\d{1,2}[-./]\d{2,4}\Z")
_ZONED = re.compile(r"(\d{4}-\d{2}-\d{2})(?:Z|[-+]\d{2}:\d{2})\Z")
_ROUGH = re.compile(r"(?:\D{3,12} )?(?:1[5-9]|20|21)\d{2}\Z")
"""A year, or a month of one, where the day is not known."""
DAYS_LEAST = 0.4
"""Share of days among rougher dates under a name that says date."""


def _is_compact(text: str) -> bool:
    return len(text) == 8 and text.isdigit() and parse_date(text) is not None


def _is_short(text: str) -> bool:
    """Six digits: the last two of the year, month and day."""
    return len(text) == 6 and text.isdigit() and parse_date("20" + text) is not None


def _is_day(text: str) -> bool:
    if parse_date(text) is not None:
        return True
    zoned = _ZONED.match(text)
    return zoned is not None and parse_date(zoned[1]) is not None


def _is_loose(text: str) -> bool:
    """Dates, days without their year, and days of one month with a dash between them."""
    if parse_date(text) is not None:
        return True
    found = _DAY_OF_MONTH.match(text)
    return (found is not None and folded(found[1] or found[2]) in MONTHS) or _DAYS.match(text) is not None


def _is_serial(column: Seen) -> bool:
    return (
        bool(column.numbers)
        and all(SERIAL[0] <= number <= SERIAL[1] for number in column.numbers)
        and column.whole_numbers
    )


def rule(column: Seen, _: Knowledge) -> Fit | None:
    """Dates by their form; eight digits that are dates; serial numbers where the name says date."""
    if column.of_forms(NUMERIC) >= 0.5:
        fit = enough(column.fitting(_is_compact))
        if fit is None and column.name.says(SURE) >= HEAD and _is_serial(column):
            return Fit(1.0, "name")
        if fit is None and column.name.says(SURE) >= HEAD:
            return enough(column.fitting(_is_short), "name")
        return fit
    share = column.fitting(_is_day)
    if share < NAMED_LEAST and column.name.says(SURE) >= HEAD:
        days = column.some(_is_loose)
        share = max(share, column.fitting(lambda text: _is_loose(text) or (days >= DAYS_LEAST and _ROUGH.match(text))))
    if share >= NAMED_LEAST and column.name.says(NAMES):
        return Fit(share, "name")
    return enough(share)


TYPE = SemanticType(
    id="date",
    version=2,
    title="Date",
    text="Calendar days in any spelling, with or without the day of the week; up to {tolerated} % may differ, "
    "or a quarter where the name says date.",
    forms=frozenset({Form.DAY, Form.MOMENT, Form.INTEGER, Form.MIXED, Form.SPAN, Form.CODE, Form.OTHER}),
    signs=DIGITS,
    rule=rule,
    examples=(
        Example("", ("2019-03-01", "2019-03-02", "2019-04-15"), True, "ISO 8601"),
        Example("fecha", ("3 de marzo de 2019", "15 de abril de 2019"), True, "with words"),
        Example("DATES", ("11.04.12", "13.06.12", "16.04.12"), True, "years of two digits"),
        Example("emisión", ("20190301", "20190315"), True, "eight digits"),
        Example("valor", ("41000", "41001"), False, "numbers without a name that tells"),
    ),
)
