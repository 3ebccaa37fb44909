"""The period that a published thing is about, a year, half-year, quarter, month, week or day, and how it is read from texts."""

import calendar
import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from atalaya.duties.wording import Wording


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A stretch of days, both ends included; `str` gives `2024`, `2024-S1`, `2024-Q1`, `2024-01`, `2024-01-15` or `2022/2024`."""

    first: date
    last: date

    def is_of_one_year(self) -> bool:
        """Whether it begins and ends in one year."""
        return self.first.year == self.last.year

    def __str__(self) -> str:
        first, last = self.first, self.last
        if first == last:
            return first.isoformat()
        if first.year != last.year or first.day != 1 or not _is_month_end(last):
            return f"{first.year}/{last.year}" if _whole_years(first, last) else f"{first}/{last}"
        months = last.month - first.month + 1
        names = {
            (12, 1): f"{first.year}",
            (6, 1): f"{first.year}-S1",
            (6, 7): f"{first.year}-S2",
            (1, first.month): f"{first.year}-{first.month:02d}",
        }
        if months == 3 and first.month % 3 == 1:
            return f"{first.year}-Q{first.month // 3 + 1}"
        return names.get((months, first.month), f"{first}/{last}")


def _is_month_end(day: date) -> bool:
    return date.fromordinal(day.toordinal() + 1).day == 1


def _whole_years(first: date, last: date) -> bool:
    return (first.month, first.day, last.month, last.day) == (1, 1, 12, 31)


FIRST_YEAR, LAST_YEAR = 1980, 2049
"""Years outside are read as other numbers: sites of institutions hold nothing older, and codes look like years too easily."""
FIRST_SHORT, LAST_SHORT = 5, 49
"""Years of two digits, of this century, read only where they are joined to a month: `ene-24`, `15/01/24`."""
LONGEST_ABBREVIATION = 4
"""Letters of the name of a month that, without a year, is read only where it is the whole text: they make other words too."""


@dataclass(frozen=True, slots=True)
class Told:
    """A period as it is told: with its `year`, or of any year where that is None; months are counted from 1 (`first`, `last`)."""

    first: int
    last: int
    year: int | None = None
    whole: Period | None = None
    """What is told with all its years, of which months alone would lose something."""

    def within(self, year: int) -> Period | None:
        """The period in this year, where none is told."""
        return self.whole or _months(self.year or year, self.first, self.last)


def periods_in(text: str, words: Wording) -> tuple[Period, ...]:
    """The periods that a text tells with their years, in their order, each once.

    >>> from atalaya.duties.wording import load_wording
    >>> [str(period) for period in periods_in("I trimestre 2024, 01-2025, 2020-2023", load_wording(("es",)))]
    ['2024-Q1', '2025-01', '2020/2023']
    """
    told = (each.whole for each in told_in(text, words))
    return tuple(dict.fromkeys(period for period in told if period is not None))


def periods_around(texts: Iterable[str], words: Wording) -> tuple[Period, ...]:
    """The periods that the nearest of the texts tells that tells any; months without a year take that of a farther one.

    >>> from atalaya.duties.wording import load_wording
    >>> [str(period) for period in periods_around(("PDF", "Enero", "Año 2024"), load_wording(("es",)))]
    ['2024-01']
    """
    waiting: tuple[Told, ...] = ()
    for text in texts:
        told = told_in(text, words)
        if waiting:
            years = {each.whole.first.year for each in told if each.whole is not None and each.whole.is_of_one_year()}
            if len(years) == 1:
                year = years.pop()
                return tuple(dict.fromkeys(period for each in waiting if (period := each.within(year)) is not None))
        elif told:
            if all(each.whole is not None for each in told):
                return tuple(dict.fromkeys(each.whole for each in told if each.whole is not None))
            waiting = told
    return tuple(dict.fromkeys(each.whole for each in waiting if each.whole is not None))


@lru_cache(maxsize=50_000)
def told_in(text: str, words: Wording) -> tuple[Told, ...]:
    """What a text tells of periods, with and without years, in the order of the text."""
    plain = _plain(text)
    patterns = _patterns(words)
    if not patterns.any.search(plain):
        return ()
    found: list[tuple[int, Told]] = []
    for pattern, reader in patterns.ordered:
        for match in list(pattern.finditer(plain)):
            told = reader(match, words)
            if told and not _is_number(plain, match, patterns):
                found += [(match.start(), each) for each in told]
                plain = plain[: match.start()] + "\x00" * len(match[0]) + plain[match.end() :]
    return tuple(dict.fromkeys(told for _, told in sorted(found, key=lambda each: each[0])))


@dataclass(frozen=True, slots=True)
class _Patterns:
    any: re.Pattern[str]
    not_year: re.Pattern[str]
    ordered: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], Wording], list[Told]]], ...]


def _plain(text: str) -> str:
    """Lower case without accents; `%20` is a space, dashes and underscores are hyphens."""
    if not text.isascii():
        text = "".join(sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign))
    return text.lower().replace("_", "-").replace("%20", " ").replace("–", "-").replace("—", "-")


def _is_number(text: str, match: re.Match[str], patterns: _Patterns) -> bool:
    """Whether digits alone are the number of something, by the word before them or by the sign after them."""
    if re.search(r"[a-z]", match[0]):
        return False
    before, after = text[: match.start()], text[match.end() :]
    return patterns.not_year.search(before) is not None or re.match(r"[.,]\d|\s?%", after) is not None


_FULL = r"(?:19|20)\d\d"
_DATE = (
    rf"(?<!\d)(?<!\d[/.-])(?:\d{{1,2}}[/.-]\d{{1,2}}[/.-]{_FULL}|{_FULL}[/.-]\d{{1,2}}[/.-]\d{{1,2}}"
    r"|\d{1,2}[/.-]\d{1,2}[/.-]\d\d)(?!\d|[/.-]\d)"
)
"""A day in digits, however its parts are parted."""


@lru_cache(maxsize=16)
def _patterns(words: Wording) -> _Patterns:
    month = rf"(?<![a-z])(?:{_any(words.months)})(?![a-z])\.?"
    year = r"(?<!\d)(?<!\d[.,])(?:19|20)\d\d(?!\d)"
    part = rf"(?:{_any(words.parts)})(?![a-z])\.?"
    ordinal = rf"(?:{_any((*words.ordinals, 'vi', 'iv', 'v', 'iii', 'ii', 'i', '[1-6]'))})"
    fillers = rf"(?:{_any((*words.fillers, *words.year_words))})(?![a-z])"
    of = rf"[\s,.-]*(?:{fillers}[\s,.-]*){{0,4}}"
    of_day = rf"[\s.-]*(?:{fillers}[\s.-]*){{0,4}}"  # a comma parts a number from the month that follows it: *numeral 10, marzo*
    until = rf"(?:\s*(?:-|/|(?<![a-z])(?:{_any(words.until)})(?![a-z]))\s*)"
    day = r"(?<!\d)(?:0?[1-9]|[12]\d|3[01])(?!\d)"
    joined = rf"(?:\s*[,/]\s*|\s+(?:{_any(words.joints)})\s+)"
    day_last = rf"(?P<d2>{day}){of}(?P<m2>{month}){of}(?P<y2>{year})"
    ordered: list[tuple[str, Callable[[re.Match[str], Wording], list[Told]]]] = [
        (rf"(?P<a>{_DATE}){until}(?:{_any(words.fillers)})?\s*(?P<b>{_DATE})", _dates),
        (rf"(?<![a-z])(?:{_any(words.accumulated)})\s+(?P<a>{_DATE})", _accumulated_date),
        (rf"(?P<a>{_DATE})", _dates),
        (
            rf"(?P<d1>{day}){of}(?P<m1>{month}){of}(?:(?P<y1>{year}))?{until}(?:{_any(words.fillers)}\s+)?{day_last}",
            _days,
        ),
        (rf"(?P<d1>{day}){until}(?P<d2>{day}){of}(?P<m2>{month}){of}(?P<y2>{year})", _days),
        (
            rf"(?P<n>{ordinal})[.°]?[\s-]*(?:{_any(words.fortnights)})(?![a-z]){of}(?P<m>{month}){of}(?P<y>{year})",
            _fortnight,
        ),
        (
            rf"(?<![a-z])(?:{_any(words.accumulated)})\s+(?P<d2>{day}){of_day}(?P<m2>{month}){of}(?P<y2>{year})",
            _accumulated,
        ),
        (rf"(?P<d2>{day})(?:{of_day}|-)(?P<m2>{month})(?:{of}|-)(?P<y2>{year})", _days),
        (
            rf"(?P<m1>{month})[\s/-]*(?:{of})(?P<y1>{year}){until}(?P<m2>{month})[\s/-]*(?:{of})(?P<y2>{year})",
            _month_range,
        ),
        (rf"(?P<m1>{month}){until}(?P<m2>{month})(?:[\s/-]*{of}(?P<y2>{year}))?", _month_range),
        (rf"(?<![a-z])(?:{_any(words.accumulated)})\s+(?P<m2>{month}){of}(?P<y2>{year})", _accumulated),
        (rf"(?P<list>{month}(?:{joined}{month})+)(?:[\s/-]*{of}(?P<y>{year}))?", _month_list),
        (rf"(?P<y>{year})[\s/-]*{of}(?<![a-z0-9])(?P<n>{ordinal})[.°]?[\s-]*(?P<part>{part})", _part),
        (rf"(?<![a-z0-9])(?P<n>{ordinal})[.°]?[\s-]*(?P<part>{part})(?:[\s/-]*{of}(?P<y>{year}))?", _part),
        (rf"(?<![a-z])(?P<part>{part})\s*(?P<n>{ordinal})(?![a-z0-9])(?:[\s/-]*{of}(?P<y>{year}))?", _part),
        (rf"(?P<y>{year})[\s/-]*(?<![a-z])(?P<part>{part})\s*(?P<n>{ordinal})(?![a-z0-9])", _part),
        (rf"(?P<m>{month})[\s/-]*{of}(?P<y>{year})", _month),
        (rf"(?P<y>{year})[\s/-]*(?P<m>{month})", _month),
        (rf"(?P<m>{month})(?:\s*[-/'’]\s*|)(?P<short>\d\d)(?![\d/-])", _month),
        (r"(?<!\d)(?<!\d[/.-])(?P<mm>0?[1-9]|1[0-2])\s?[-/.]\s?(?P<y>(?:19|20)\d\d)(?![\d/-]|\.\d)", _month),
        (r"(?<!\d)(?<!\d[/.-])(?P<y>(?:19|20)\d\d)\s?[-/.]\s?(?P<mm>0[1-9]|1[0-2])(?!\d|[/.-]\d)", _month),
        (r"(?<!\d)(?P<y>20\d\d)(?P<mm>0[1-9]|1[0-2])(?!\d)", _month),
        (r"(?<!\d)(?P<mm>0[1-9]|1[0-2])(?P<y>20\d\d)(?!\d)", _month),
        (rf"(?<!\d)(?<!\d-)(?P<y1>(?:19|20)\d\d){until}(?P<y2>(?:19|20)\d\d)(?![\d-])", _years),
        (r"(?<!\d)(?<!\d[/.,-])(?P<y>(?:19|20)\d\d)(?!\d|-\d|/\d|[.,]\d)", _years),
        (rf"(?P<m>{month})", _month),
    ]
    not_years = rf"(?<![a-z])(?:{_any(words.not_years)})(?:[\s.°#:]+[a-z]+)?[\s.°#:]*(?:\d+[-/])?$"
    return _Patterns(
        any=re.compile(rf"(?:19|20)\d\d|{month}|{part}|\d[/.-]\d"),
        not_year=re.compile(not_years if words.not_years else r"(?!)"),
        ordered=tuple((re.compile(pattern), reader) for pattern, reader in ordered),
    )


def _any(words: Iterable[str]) -> str:
    return "|".join(sorted(set(words), key=lambda word: (-len(word), word))) or r"(?!)"


def _told(first: date | None, last: date | None) -> list[Told]:
    if first is None or last is None or last < first:
        return []
    return [Told(first.month, last.month, first.year, Period(first, last))]


def _day(year: int, month: int, day: int) -> date | None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _months(year: int, first: int, last: int) -> Period | None:
    start = _day(year, first, 1)
    if start is None or not first <= last <= 12:
        return None
    return Period(start, date(year, last, calendar.monthrange(year, last)[1]))


def _of_months(year: str | None, first: int, last: int) -> list[Told]:
    if not 1 <= first <= last <= 12:
        return []
    if year is None:
        return [Told(first, last)]
    whole = _months(int(year), first, last)
    return [] if whole is None else [Told(first, last, int(year), whole)]


def _date(text: str) -> date | None:
    """A day in digits: year first, or day before month where both orders are possible."""
    one, two, three = (int(part) for part in re.split(r"[/.-]", text))
    if one > 31:
        return _day(one, two, three)
    if three < 100:
        if not FIRST_SHORT <= three <= LAST_SHORT:
            return None
        three += 2000
    return _day(three, two, one) or _day(three, one, two)


def _dates(match: re.Match[str], _: Wording) -> list[Told]:
    first = _date(match["a"])
    return _told(first, _date(match["b"]) if "b" in match.re.groupindex else first)


def _days(match: re.Match[str], words: Wording) -> list[Told]:
    found = match.groupdict()
    year, month = int(match["y2"]), _month_number(match["m2"], words)
    last = _day(year, month, int(match["d2"]))
    first_month = month if found.get("m1") is None else _month_number(found["m1"], words)
    first = _day(int(found.get("y1") or year), first_month, int(found.get("d1") or match["d2"]))
    return _told(first, last)


def _accumulated(match: re.Match[str], words: Wording) -> list[Told]:
    """What is told up to the end of a month counts from the beginning of its year; up to another day it is that day."""
    year, month = int(match["y2"]), _month_number(match["m2"], words)
    whole = _months(year, 1, month)
    if whole is None:
        return []
    day = int(match.groupdict().get("d2") or whole.last.day)
    return _up_to(_day(year, month, day))


def _accumulated_date(match: re.Match[str], _: Wording) -> list[Told]:
    """The same of a day in digits."""
    return _up_to(_date(match["a"]))


def _up_to(last: date | None) -> list[Told]:
    whole = None if last is None else _months(last.year, 1, last.month)
    return _told(whole.first if whole is not None and whole.last == last else last, last)


def _fortnight(match: re.Match[str], words: Wording) -> list[Told]:
    half = _ROMAN.get(match["n"]) or words.ordinals.get(match["n"]) or int(match["n"])
    whole = _months(int(match["y"]), _month_number(match["m"], words), _month_number(match["m"], words))
    if whole is None or half not in (1, 2):
        return []
    middle = whole.first.replace(day=15)
    return _told(whole.first, middle) if half == 1 else _told(middle.replace(day=16), whole.last)


def _month_number(text: str, words: Wording) -> int:
    return words.months[text.rstrip(".")]


def _month_range(match: re.Match[str], words: Wording) -> list[Told]:
    first, last = _month_number(match["m1"], words), _month_number(match["m2"], words)
    found = match.groupdict()
    if found.get("y1") is None:
        return _of_months(found["y2"], first, last)
    start, end = _months(int(found["y1"]), first, first), _months(int(found["y2"]), last, last)
    return [] if start is None or end is None else _told(start.first, end.last)


def _month_list(match: re.Match[str], words: Wording) -> list[Told]:
    months = [words.months[word] for word in re.findall(r"[a-z]+", match["list"]) if word in words.months]
    return [told for month in months for told in _of_months(match["y"], month, month)]


def _part(match: re.Match[str], words: Wording) -> list[Told]:
    name = match["part"].rstrip(".")
    if match["y"] is None and len(name) == 1:
        return []
    months = words.parts[name]
    text = match["n"]
    number = _ROMAN.get(text) or words.ordinals.get(text) or int(text)
    return _of_months(match["y"], (number - 1) * months + 1, number * months)


_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6}


def _month(match: re.Match[str], words: Wording) -> list[Told]:
    found = match.groupdict()
    year = found.get("y")
    if (short := found.get("short")) is not None:
        if not FIRST_SHORT <= int(short) <= LAST_SHORT:
            return []
        year = str(2000 + int(short))
    if found.get("mm") is not None:
        number = int(found["mm"])
    else:
        number = _month_number(found["m"], words)
        if (
            year is None
            and len(found["m"].rstrip(".")) <= LONGEST_ABBREVIATION
            and match[0].strip() != match.string.strip()
        ):
            return []
    return _of_months(year, number, number)


def _years(match: re.Match[str], _: Wording) -> list[Told]:
    found = match.groupdict()
    first, last = int(found.get("y1") or match["y"]), int(found.get("y2") or match["y"])
    return _told(_day(first, 1, 1), _day(last, 12, 31))
