"""Dates as publishers write them, read into the days they may mean.

A reading is an interval: "2024-03" means some day of March. Who asks "how old at least" uses the latest day, who asks
"is it in the future" the earliest, so that a doubt always speaks for the publisher. Day before month is assumed where both
orders are possible, as in Latin America and Europe; where only one order gives a date, that one is read.
"""

import calendar
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

from atalaya.catalogue.folding import fold

MONTHS: dict[str, int] = {
    name: number
    for number, names in enumerate(
        (
            "enero ene january jan janeiro janvier januar jänner gennaio gen januari gener",
            "febrero feb february fevereiro fev fevrier februar febbraio februari febrer",
            "marzo mar march marco mars marz märz marzo maart març",
            "abril abr april apr avril aprile april abril",
            "mayo may maio mai maggio mag mei maig",
            "junio jun june junho juin juni giugno giu juny",
            "julio jul july julho juillet juli luglio lug juliol",
            "agosto ago august aug aout agost augustus",
            "septiembre setiembre sep sept set september setembro septembre settembre setembre",
            "octubre oct october outubro out octobre oktober okt ottobre ott octubre",
            "noviembre nov november novembro novembre",
            "diciembre dic december dec dezembro dez decembre dezember dicembre desembre",
        ),
        start=1,
    )
    for name in map(fold, names.split())
}
"""Folded names of months in Spanish, English, Portuguese, French, German, Italian, Dutch and Catalan → number of the month."""

FIRST_YEAR, LAST_YEAR = 1500, 2999
"""Years outside are read as no date: numbers such as 1015 are codes of places far more often than years of datasets."""

REMEMBERED = 4096
"""Dates kept with their reading: several checks ask for those of one record, and its resources often share one."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_CLOCK = r"(?:[T\s,]+(?:-\s*)?\d{1,2}:\d{2}.*)?"
_YEAR_FIRST = re.compile(
    rf"(\d{{4}})[-/.](\d{{1,2}})[-/.](\d{{1,2}})(?:T\d{{2}}.*)?{_CLOCK}(?:Z|[+-]\d{{2}}:?\d{{2}})?", re.S
)
_YEAR_LAST = re.compile(rf"(?:[A-Za-zÀ-ÿ]+,\s*)?(\d{{1,2}})[-/.](\d{{1,2}})[-/.](\d{{4}}){_CLOCK}", re.S)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T?\d{4,6}.*)?")
_MONTH = re.compile(r"(\d{4})[-/.](\d{1,2})|(\d{1,2})[-/.](\d{4})")
_YEAR = re.compile(r"(\d{4})")
_EPOCH_SECONDS = re.compile(r"-?\d{9,10}(?:\.\d+)?")
_EPOCH_MILLISECONDS = re.compile(r"-?\d{12,13}(?:\.0)?")
# Words that stand between the parts of a written date: "15 de marzo del año 2024", "March the 15th of 2024".
_WORDS_BETWEEN = {"de", "del", "of", "the", "do", "da", "le", "el", "ano", "dia", "year"}
_JAPANESE = re.compile(r"(?:(令和|平成|昭和)\s*(元|\d{1,2})|(\d{4}))\s*年(?:\s*(\d{1,2})\s*月(?:\s*(\d{1,2})\s*日)?)?")
_ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925}
"""Eras of the Japanese calendar → the year before their first."""
_ORDINAL = re.compile(r"(\d{1,2})(?:st|nd|rd|th|ro|er|o|a)?")


@dataclass(frozen=True, slots=True)
class DateReading:
    """The first and the last day that a written date may mean; `precision` is day, month or year."""

    earliest: date
    latest: date
    precision: str


@lru_cache(maxsize=REMEMBERED)
def read_date(text: str | None) -> DateReading | None:
    """What a written date means; None where nothing is written or it is no date that we can read.

    >>> read_date("15 de marzo de 2024").earliest.isoformat()
    '2024-03-15'
    """
    written = (text or "").strip().strip("\"'")
    if not written:
        return None
    readers: tuple[Callable[[str], DateReading | None], ...] = (
        _read_epoch,
        _read_year_first,
        _read_year_last,
        _read_compact,
        _read_month,
        _read_year,
        _read_words,
        _read_japanese,
    )
    return next((reading for reader in readers if (reading := reader(written)) is not None), None)


def _day(year: int, month: int, day: int) -> DateReading | None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    try:
        found = date(year, month, day)
    except ValueError:
        return None
    return DateReading(found, found, "day")


def _month(year: int, month: int) -> DateReading | None:
    first = _day(year, month, 1)
    if first is None:
        return None
    return DateReading(first.earliest, date(year, month, calendar.monthrange(year, month)[1]), "month")


def _year(year: int) -> DateReading | None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    return DateReading(date(year, 1, 1), date(year, 12, 31), "year")


def _read_epoch(written: str) -> DateReading | None:
    """Seconds or milliseconds since 1970: ArcGIS writes milliseconds, Socrata seconds."""
    if _EPOCH_MILLISECONDS.fullmatch(written):
        seconds = float(written) / 1000
    elif _EPOCH_SECONDS.fullmatch(written):
        seconds = float(written)
    else:
        return None
    found = (_EPOCH + timedelta(seconds=seconds)).date()
    return _day(found.year, found.month, found.day)


def _read_year_first(written: str) -> DateReading | None:
    match = _YEAR_FIRST.fullmatch(written)
    return _day(int(match[1]), int(match[2]), int(match[3])) if match else None


def _read_year_last(written: str) -> DateReading | None:
    match = _YEAR_LAST.fullmatch(written)
    if match is None:
        return None
    first, second, year = int(match[1]), int(match[2]), int(match[3])
    return _day(year, second, first) or _day(year, first, second)


def _read_compact(written: str) -> DateReading | None:
    match = _COMPACT.fullmatch(written)
    return _day(int(match[1]), int(match[2]), int(match[3])) if match else None


def _read_month(written: str) -> DateReading | None:
    match = _MONTH.fullmatch(written)
    if match is None:
        return None
    return _month(int(match[1] or match[4]), int(match[2] or match[3]))


def _read_year(written: str) -> DateReading | None:
    match = _YEAR.fullmatch(written)
    return _year(int(match[1])) if match else None


def _read_japanese(written: str) -> DateReading | None:
    """ "2021年10月31日", "令和3年10月", "平成30年": the year of the era counts from its first."""
    match = _JAPANESE.fullmatch(unicodedata.normalize("NFKC", written)) if "年" in written else None
    if match is None:
        return None
    year = int(match[3]) if match[3] else _ERAS[match[1]] + (1 if match[2] == "元" else int(match[2]))
    if match[5]:
        return _day(year, int(match[4]), int(match[5]))
    return _month(year, int(match[4])) if match[4] else _year(year)


def _read_words(written: str) -> DateReading | None:
    """Dates with the month as a word: "15 de marzo de 2024", "Wed, 21 Oct 2015 07:28:00 GMT", "Mar-2024"."""
    words = [word for word in fold(re.split(r"\d{1,2}:\d{2}", written)[0]).split() if word not in _WORDS_BETWEEN]
    months = [MONTHS[word] for word in words if word in MONTHS]
    years = [int(word) for word in words if _YEAR.fullmatch(word)]
    days = [int(match[1]) for word in words if len(word) <= 4 and (match := _ORDINAL.fullmatch(word))]
    if len(months) != 1 or len(years) != 1 or len(days) > 1:
        return None
    # A weekday's name is the only other word that may stand in a date; more words make it a sentence.
    others = len(words) - len(months) - len(years) - len(days)
    if others > 1:
        return None
    return _day(years[0], months[0], days[0]) if days else _month(years[0], months[0])
