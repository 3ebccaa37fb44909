"""What files of statistical programs have in common: variables with labels, dates counted from a day, what codes mean."""

from __future__ import annotations

import codecs
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from atalaya.inspection.natives.messages import Message, chunks, table

_FIRST_DAY, _LAST_DAY = -719162, 2932896
"""Days of the years 1 and 9999, counted from 1970."""


@dataclass(frozen=True)
class Variable:
    """A column: its name, the sentence that says what it is, and what its values mean."""

    name: str
    label: str = ""
    labels: tuple[tuple[object, str], ...] = ()


def codec_named(name: str) -> str:
    """Python's codec for the name of an encoding, empty for unknown names."""
    try:
        return codecs.lookup(name.strip("\0 ")).name
    except (LookupError, ValueError):
        return ""


def text_of(raw: bytes, encoding: str) -> str:
    """A text in the encoding that the file states; where it states none, UTF-8 or else what Western Windows writes."""
    if encoding:
        return raw.decode(encoding, "replace")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace")


def tables_of(
    variables: Sequence[Variable], rows: Iterable[Message], encoding: str, name: str = ""
) -> Iterator[Message]:
    """The data, then the variables with their labels, then the values with theirs, as tables of their own where there are any."""
    if encoding:
        yield ("fact", "encoding", encoding)
    coded = sum(bool(each.labels) for each in variables)
    facts = {"note": f"{coded} of its columns hold codes whose meaning the file states"} if coded else {}
    yield table(name, [each.name for each in variables], facts)
    yield from rows
    if any(each.label for each in variables):
        yield table(f"{name} variables".strip(), ["variable", "label"], {"content": "fields"})
        yield from chunks([each.name, each.label] for each in variables)
    if coded:
        yield table(f"{name} values".strip(), ["variable", "value", "label"], {"content": "fields"})
        yield from chunks([each.name, _plain(value), label] for each in variables for value, label in each.labels)


def _plain(value: object) -> object:
    return int(value) if isinstance(value, float) and value.is_integer() and abs(value) < 1e15 else value


def days_text(days: float, start: int) -> object:
    """A date as ISO text from days since a start, itself in days of 1970; a number that is no date stays."""
    number = int(days // 1) + start
    if not _FIRST_DAY <= number <= _LAST_DAY:
        return days
    year, month, day = _calendar(number)
    return f"{year:04}-{month:02}-{day:02}"


def seconds_text(seconds: float, start: float) -> object:
    """A moment as ISO text from seconds since a start, itself in seconds of 1970."""
    total = int(seconds + start // 1)
    day, second = divmod(total, 86400)
    date = days_text(day, 0)
    if not isinstance(date, str):
        return seconds
    return f"{date}T{second // 3600:02}:{second // 60 % 60:02}:{second % 60:02}"


_SAS_DAY = -3653
"""1 January 1960, from which SAS counts, in days of 1970."""
_SAS_DATES = (
    "DATE", "DDMMYY", "MMDDYY", "YYMMDD", "YYMM", "MONYY", "YYQ", "WORDDATE", "WEEKDATE", "E8601DA", "B8601DA", "IS8601DA",
    "YEAR", "MMYY", "JULIAN", "EURDFDE", "EURDFDD", "DOWNAME", "MONNAME", "MONTH", "DAY", "NLDATE",
)  # fmt: skip
_SAS_MOMENTS = (
    "DATETIME",
    "DTDATE",
    "DTMONYY",
    "DTYEAR",
    "E8601DT",
    "B8601DT",
    "IS8601DT",
    "DATEAMPM",
    "EURDFDT",
    "NLDATM",
)


def when(number: float, shown: str) -> object:
    """A number of SAS as its format shows it: a date, a moment, or the number itself."""
    name = shown.upper().rstrip(".0123456789")
    if name.startswith(_SAS_MOMENTS):
        return seconds_text(number, _SAS_DAY * 86400.0)
    return days_text(number, _SAS_DAY) if name.startswith(_SAS_DATES) else number


def _calendar(days: int) -> tuple[int, int, int]:
    """Year, month and day of a day counted from 1970 (Hinnant, chrono-compatible date algorithms)."""
    shifted = days + 719468
    era, day_of_era = divmod(shifted, 146097)
    year_of_era = (day_of_era - day_of_era // 1460 + day_of_era // 36524 - day_of_era // 146096) // 365
    day_of_year = day_of_era - (365 * year_of_era + year_of_era // 4 - year_of_era // 100)
    month = (5 * day_of_year + 2) // 153
    day = day_of_year - (153 * month + 2) // 5 + 1
    month = month + 3 if month < 10 else month - 9
    return year_of_era + era * 400 + (month <= 2), month, day
