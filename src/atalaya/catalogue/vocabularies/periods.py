"""The stretch of time that a record says its data cover: two dates, or one text that holds both ("2017 to present")."""

import re
from dataclasses import dataclass
from functools import lru_cache

from atalaya.catalogue.folding import fold
from atalaya.catalogue.vocabularies.dates import DateReading, read_date

REMEMBERED = 4096
"""Periods kept with their reading: the datasets of a series often share one."""

_OPEN = """
    present|presente|the present|actual|actualidad|la actualidad|a la actualidad|a la fecha|la fecha|hoy|now|today|current|ongoing
    en curso|continua|vigente|nuestros dias|aujourd hui|atual|atualmente|to date|date|onwards|en adelante
"""
OPEN_ENDS = frozenset(phrase.strip() for line in _OPEN.splitlines() for phrase in line.split("|"))
"""Folded words at the end of a period that goes on."""

_BETWEEN = re.compile(
    r"\s*(?:/|–|—|;|\bto\b|\bthrough\b|\bthru\b|\buntil\b|\bhasta\b|\bal?\b|\bà\b|\baté\b|\bau\b|\s-\s?|\s-$)\s*", re.I
)
_YEARS = re.compile(r"((?:1[5-9]|20)\d\d)\s*[-_]\s*((?:1[5-9]|20)\d\d|present|presente|current|actual\w*|)", re.I)
_PREFIX = re.compile(
    r"^(?:fiscal years?|fy|años?|ano|year|years|desde|from|del?|since|entre|between|period[eo]?s?|início|inicio)\s*:?\s*",
    re.I,
)
_BOUNDS = 2


@dataclass(frozen=True, slots=True)
class PeriodReading:
    """The bounds that could be read. `goes_on` tells that it has no end yet, `unread` is a bound that nothing explains."""

    start: DateReading | None = None
    end: DateReading | None = None
    goes_on: bool = False
    unread: str | None = None


@lru_cache(maxsize=REMEMBERED)
def read_period(start: str | None, end: str | None) -> PeriodReading:
    """What the two written bounds of a period mean; one of them may hold both.

    >>> read_period("2017 to present", None).goes_on, read_period("2009-2012", None).end.latest.year
    (True, 2012)
    """
    first, last = (start or "").strip(), (end or "").strip()
    if first and (not last or last == first) and read_date(first) is None:
        first, last = _apart(first)
    elif last and not first and read_date(last) is None:
        first, last = _apart(last)
    begins, ends = _read(first), _read(last)
    goes_on = fold(last) in OPEN_ENDS or not last
    lost = first if first and begins is None else last if last and ends is None and not goes_on else None
    return PeriodReading(begins, ends, goes_on and begins is not None, lost)


def _apart(text: str) -> tuple[str, str]:
    """The two bounds that one text holds; the text and nothing where it holds one."""
    years = _YEARS.fullmatch(text)
    if years is not None:
        return years[1], years[2]
    parts = [part for part in _BETWEEN.split(_PREFIX.sub("", text)) if part is not None]
    filled = [part for part in parts if part.strip(" .,-")]
    if len(filled) == 1 and len(parts) > 1:
        return filled[0], ""
    return (filled[0], filled[1]) if len(filled) == _BOUNDS else (text, "")


def _read(text: str) -> DateReading | None:
    return read_date(text) or read_date(_PREFIX.sub("", text).strip(" .,")) if text else None
