"""Numbers and dates as people write them: what a text means once its whole column has said which mark and which
order it uses."""

import datetime as dt
import re
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache

from atalaya.catalogue.folding import fold

MONTHS: dict[str, int] = {
    word: number
    for number, words in enumerate(
        (
            "ene enero jan january janeiro janv janvier",
            "feb febrero february fev fevereiro fevrier fevr",
            "mar marzo march marco mars",
            "abr abril apr april avr avril",
            "may mayo mai maio",
            "jun junio june junho juin",
            "jul julio july julho juil juillet",
            "ago agosto aug august aout",
            "sep sept septiembre setiembre set september setembro septembre",
            "oct octubre october out outubro octobre",
            "nov noviembre november novembro novembre",
            "dic diciembre dec december dez dezembro decembre",
        ),
        1,
    )
    for word in words.split()
}
"""Folded names of months in Spanish, English, Portuguese and French, whole and shortened → their number."""

CURRENCY_SIGNS = (
    r"(?:US\$|R\$|C\$|S/\.?|B/\.?|Bs\.?|RD\$|[$€£¢₡¥₲₱₹₽₩]|(?:Q|L)\.?|GTQ|USD|EUR|GBP|MXN|COP|BRL|ARS|CLP"
    r"|PEN|HNL|CRC|NIO)"
)
"""Signs and codes of currencies as they stand before or after an amount."""

_PIVOT = 69
"""Years of two digits below it are of this century, as POSIX reads them (strptime, %y)."""
_LEAST_GROUPED = 3
"""Values with one mark and three digits behind it from which those without a mark may tell what the mark means."""

_DRESSED = re.compile(
    rf"(?P<open>\()?\s*(?P<sign>[-+−])?\s*(?P<before>{CURRENCY_SIGNS})?\s*(?P<inner>[-+−])?"
    r"(?P<digits>[\d.,' \u00a0\u202f]*\d[.,]?)"
    rf"(?P<power>[eE][-+]?\d{{1,3}})?\s*(?P<after>%|{CURRENCY_SIGNS})?\s*(?P<close>\))?(?P<behind>[-−])?\Z"
)
_PLAIN_LINES = re.compile(r"(?:[-+]?[0-9]+(?:\.[0-9]+)?(?:\n(?!\Z)|\Z))*+")
"""Numbers as programs write them, one a line."""
_DECIMALS = re.compile(r"\.(?:[0-9]{1,2}|[0-9]{4,})(?:\n|\Z)")
"""A point with other than three digits behind it: it can only be a decimal mark."""
_SPACES = str.maketrans("", "", "' \u00a0\u202f")
_GROUPED = {
    ".": re.compile(r"\d{1,3}(?:,\d{3})*(?:\.\d*)?|\d{1,2}(?:,\d{2})+,\d{3}(?:\.\d*)?|\d+(?:\.\d*)?|\.\d+"),
    ",": re.compile(r"\d{1,3}(?:\.\d{3})*(?:,\d*)?|\d+(?:,\d*)?|,\d+"),
}
"""Digits with groups of three (or, with commas, of two as in India) by decimal mark."""


@dataclass(frozen=True, slots=True)
class DecimalMark:
    """The decimal mark of a column. `reason` is `both`, `repeated`, `decimals`, `grouped`, `none` or `undecided`;
    `ambiguous` tells that the values contradict each other or that all of them can be read either way."""

    mark: str
    reason: str
    ambiguous: bool = False


@dataclass(frozen=True, slots=True)
class DateOrder:
    """Whether the day comes before the month. `reason` is `day_first`, `month_first`, `mixed`, `undecided` or
    `written`; `ambiguous` where the values contradict each other or leave it open."""

    day_first: bool
    reason: str
    ambiguous: bool = False


def parse_number(text: str, mark: str = ".") -> float | None:
    """The number that a text stands for, with this decimal mark; None where it is none.

    Signs of currencies and of percent, spaces between groups, brackets and a minus behind are read; a percentage
    keeps its size.

    >>> parse_number("Q 1,234.50"), parse_number("1.234,5", ","), parse_number("(12)"), parse_number("1.234", ",")
    (1234.5, 1234.5, -12.0, 1234.0)
    """
    bare = text.strip()
    try:
        return float(bare) if mark == "." and "_" not in bare and bare[-1:].isdigit() else _dressed(bare, mark)
    except ValueError:
        return _dressed(bare, mark)


def plain_numbers(values: Iterable[str]) -> list[float] | None:
    """The numbers that texts stand for where all are written as programs write them, with a point before decimals; else None."""
    texts = list(values)
    return list(map(float, texts)) if _PLAIN_LINES.fullmatch("\n".join(texts)) is not None else None


def _dressed(text: str, mark: str) -> float | None:
    found = plain_number(text, mark)
    return None if found is None else float(found[0])


def plain_number(text: str, mark: str) -> tuple[str, str] | None:
    """The number without marks between groups and with a point before its decimals, and the sign that stood with it.

    None where it is no number with this decimal mark. Its digits are kept as they are written: no value passes through a binary
    fraction.

    >>> plain_number("Q 1.234,50", ","), plain_number("(12)", "."), plain_number("45 %", "."), plain_number("12,34", ".")
    (('1234.50', 'Q'), ('-12', ''), ('45', '%'), None)
    """
    found = _DRESSED.match(text)
    if found is None or (found["open"] is None) != (found["close"] is None):
        return None
    digits = found["digits"].translate(_SPACES)
    if _GROUPED[mark].fullmatch(digits) is None:
        return None
    whole, _, decimals = digits.replace("," if mark == "." else ".", "").partition(mark)
    plain = (whole.lstrip("0") or "0") + (f".{decimals}" if decimals else "") + (found["power"] or "")
    minus = found["open"] is not None or any(found[name] in ("-", "−") for name in ("sign", "inner", "behind"))
    return ("-" if minus and (whole + decimals).strip("0") else "") + plain, found["before"] or found["after"] or ""


def decimal_mark(values: Iterable[str]) -> DecimalMark:
    """Which mark the numbers of a column put before their decimals, from all of them together.

    >>> decimal_mark(["1.234,5", "12"]), decimal_mark(["0.123", "1.5"]).mark, decimal_mark(["1.234", "5.678", "9.012", "12"]).mark
    (DecimalMark(mark=',', reason='both', ambiguous=False), '.', ',')
    """
    values = list(values)
    joined = "\n".join(values)
    if "." not in joined and "," not in joined:
        return DecimalMark(".", "none")
    if _DECIMALS.search(joined) is not None and _PLAIN_LINES.fullmatch(joined) is not None:
        return DecimalMark(".", "decimals")
    votes = {".": 0, ",": 0}
    reasons: set[str] = set()
    open_marks = {".": 0, ",": 0}
    unmarked: list[int] = []
    for value in values:
        found = _DRESSED.match(value.strip())
        if found is None:
            continue
        mark, reason = _marked(found["digits"].translate(_SPACES))
        if reason == "open":
            open_marks[mark] += 1
        elif reason == "unmarked":
            unmarked.append(len(found["digits"].translate(_SPACES)))
        else:
            votes[mark] += 1
            reasons.add(reason)
    if votes["."] or votes[","]:
        best = "." if votes["."] >= votes[","] else ","
        reason = next(each for each in ("both", "repeated", "decimals") if each in reasons)
        return DecimalMark(best, reason, bool(votes["."] and votes[","]))
    return _undecided(open_marks, unmarked)


def _marked(digits: str) -> tuple[str, str]:
    """The decimal mark that one number shows and how: `open` where one mark with three digits behind it may be
    either."""
    dots, commas = digits.count("."), digits.count(",")
    if dots and commas:
        return ("." if digits.rindex(".") > digits.rindex(",") else ","), "both"
    if not dots and not commas:
        return ".", "unmarked"
    own, other = (".", ",") if dots else (",", ".")
    if max(dots, commas) > 1:
        return other, "repeated"
    before, _, behind = digits.partition(own)
    if len(behind) != 3 or not 1 <= len(before) <= 3 or before.startswith("0"):
        return own, "decimals"
    return own, "open"


def _undecided(open_marks: dict[str, int], unmarked: list[int]) -> DecimalMark:
    """Every marked number has three digits behind its mark: groups where no number of four digits goes without a
    mark."""
    if not open_marks["."] and not open_marks[","]:
        return DecimalMark(".", "none")
    if open_marks["."] and open_marks[","]:
        return DecimalMark(".", "undecided", True)
    own = "." if open_marks["."] else ","
    other = "," if own == "." else "."
    if open_marks[own] >= _LEAST_GROUPED and all(length <= 3 for length in unmarked):
        return DecimalMark(other, "grouped", not unmarked)
    return DecimalMark("." if own == "," else own, "undecided", True)


_TIME = (
    r"(?:(?:[T ]|,|\s)+(?:a las )?(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,]\d+)?)?"
    r"\s*(?P<half>[ap]\.?\s?m\.?)?"
    r"\s*(?P<zone>Z|UTC|GMT|[-+]\d{2}:?\d{2}(?::\d{2})?|[-+]\d{1,2}|[A-Z]{3,4})?)?\Z"
)
_WEEKDAY = r"(?:[^\W\d]{2,10}\.?,?\s+)?"
_FORMS = tuple(
    re.compile(form + _TIME, re.IGNORECASE)
    for form in (
        r"(?P<year>\d{4})(?P<mark>[-/.])(?P<month>\d{1,2})(?P=mark)(?P<day>\d{1,2})",
        _WEEKDAY
        + r"(?P<first>\d{1,2})\s?(?P<mark>[-/.])\s?(?P<second_part>\d{1,2})\s?(?P=mark)\s?(?P<year>\d{4}|\d{2})",
        _WEEKDAY + r"(?P<day>\d{1,2})(?:º|°|o|st|nd|rd|th|er)?[-/. ,]*(?:de "
        r"|of )?(?P<word>[^\W\d_]{3,10})\.?[-/., ]*(?:de |del )?'?"
        r"(?P<year>\d{4}|\d{2})",
        _WEEKDAY + r"(?P<word>[^\W\d_]{3,10})\.?[-/. ]*(?P<day>\d{1,2})(?:st|nd|rd|th)?[-/., ]+(?P<year>\d{4})",
        r"(?P<year>\d{4})[-/ .](?P<word>[^\W\d_]{3,10})\.?[-/ .](?P<day>\d{1,2})",
        r"(?P<year>(?:18|19|20|21)\d{2})(?P<month>0[1-9]|1[0-2])(?P<day>0[1-9]|[12]\d|3[01])",
    )
)
_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")
_STAMP = re.compile(
    r"[^\W\d_]{3} (?P<word>[^\W\d_]{3}) +(?P<day>\d{1,2}) "
    r"(?P<hour>\d{2}):(?P<minute>\d{2}):(?P<second>\d{2}) (?:[A-Z]{3,4} )?(?P<year>\d{4})\Z"
)
"""How the C library and the shell write a moment: `Tue May 29 12:59:11 PDT 2018`."""


@lru_cache(maxsize=16_384)
def parse_date(text: str, day_first: bool = True) -> dt.datetime | None:
    """The moment that a text stands for, at midnight where it tells no time; None where it is no date. Zones are
    left out.

    >>> parse_date("3 de marzo de 2019"), parse_date("01/02/2019", False), parse_date("31/02/2019")
    (datetime.datetime(2019, 3, 3, 0, 0), datetime.datetime(2019, 1, 2, 0, 0), None)
    """
    bare = text.strip()
    if _ISO.match(bare) is not None:
        with suppress(ValueError):
            return dt.datetime.fromisoformat(bare)
    if len(bare) > 60 or not any(map(str.isdigit, bare)):
        return None
    for form in (*_FORMS, _STAMP):
        found = form.match(bare)
        if found is not None and (moment := _moment(found.groupdict(), day_first)) is not None:
            return moment
    return None


def tells_time(text: str) -> bool:
    """Whether a date is written with a time of day."""
    return ":" in text


def date_order(values: Iterable[str]) -> DateOrder:
    """Whether the dates of a column put the day before the month: a number above twelve shows it.

    >>> date_order(["1/2/2019", "31/1/2019"]).day_first, date_order(["1/2/2019", "1/31/2019"]).day_first
    (True, False)
    """
    written = list(values)
    if all(map(_ISO.match, written)):
        return DateOrder(True, "written")
    seen = [found for value in written if (found := _FORMS[1].match(value.strip())) is not None]
    if not seen:
        return DateOrder(True, "written")
    days = sum(int(found["first"]) > 12 for found in seen)
    months = sum(int(found["second_part"]) > 12 for found in seen)
    if days and months:
        return DateOrder(days >= months, "mixed", True)
    if not days and not months:
        return DateOrder(True, "undecided", True)
    return DateOrder(bool(days), "day_first" if days else "month_first")


def _moment(parts: dict[str, str | None], day_first: bool) -> dt.datetime | None:
    year = int(parts["year"] or 0)
    if len(parts["year"] or "") == 2:
        year += 2000 if year < _PIVOT else 1900
    if parts.get("first"):
        pair = int(parts["first"] or 0), int(parts["second_part"] or 0)
        day, month = pair if day_first else pair[::-1]
        if month > 12 >= day:
            day, month = month, day
    else:
        day = int(parts["day"] or 0)
        word = parts.get("word")
        month = MONTHS.get(fold(word), 0) if word else int(parts.get("month") or 0)
    hour = int(parts.get("hour") or 0)
    half = (parts.get("half") or "").lower()[:1]
    if half and hour <= 12:
        hour = hour % 12 + (12 if half == "p" else 0)
    try:
        return dt.datetime(year, month, day, hour, int(parts.get("minute") or 0), int(parts.get("second") or 0))  # noqa: DTZ001
    except ValueError:
        return None
