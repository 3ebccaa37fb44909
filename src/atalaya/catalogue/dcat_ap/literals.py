"""Whether a text is well written for its datatype, read leniently.

A text counts where XML Schema 1.1 allows it, and also where a usual reader makes a value of it, such as a day alone where a
moment was declared: rdflib, on which the referee of the tests stands, takes such texts. Years that Python cannot hold and
24:00 as the end of a day are allowed by XML Schema, so they count although rdflib refuses them.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal, DecimalException

XSD = "http://www.w3.org/2001/XMLSchema#"

_YEAR = re.compile(r"(-?[0-9]{4}|-?[1-9][0-9]{4,8})(-[0-9]{2}-[0-9]{2}.*)", re.DOTALL)
_MIDNIGHT = re.compile(r"T24:00:00(?:\.0+)?(?=$|[Z+-])")
_CALENDAR_CYCLE = 400
"""Years after which the Gregorian calendar repeats: 2000 to 2399 have the leap years of all others."""
_AMOUNT = r"[0-9]+(?:[,.][0-9]+)?"
_DURATION = re.compile(
    rf"[+-]?P(?=\w)(?:{_AMOUNT}Y)?(?:{_AMOUNT}M)?(?:{_AMOUNT}W)?(?:{_AMOUNT}D)?"
    rf"(?:T(?:{_AMOUNT}H)?(?:{_AMOUNT}M)?(?:{_AMOUNT}S)?)?\n?"
)
_OCTETS = re.compile(r"(?:[0-9A-Fa-f]{2})*")


def well_written(text: str, datatype: str) -> bool:
    """Whether a text can be a value of a datatype, given as an IRI. One without a reader here takes any text.

    >>> well_written("2018-08-05", f"{XSD}date"), well_written("last Wednesday", f"{XSD}date")
    (True, False)
    """
    reader = _READERS.get(datatype)
    return reader is None or reader(text)


def _is_moment(text: str) -> bool:
    return _reads(datetime.fromisoformat, text) or _reads(datetime.fromisoformat, _holdable(text))


def _is_date(text: str) -> bool:
    """A day. What is written behind it, a zone or a time, is read over."""
    day = text[:-1] if text.endswith(("Z", "z")) else text
    sign = "-" if day.startswith("-") else ""
    day = day.removeprefix("-")
    if "T" in day:
        day = day.partition("T")[0]
    elif "+" in day[1:]:
        day = day[: day.rindex("+")]
    elif ":" in day.rpartition("-")[2]:
        day = day.rpartition("-")[0]
    if "-" not in day:
        return False
    return _reads(date.fromisoformat, sign + day) or _reads(date.fromisoformat, _holdable(sign + day))


def _holdable(text: str) -> str:
    """The same moment in a year that Python can hold, and 24:00 as 00:00: only whether it exists matters."""
    found = _YEAR.fullmatch(text)
    if found is None:
        return text
    year = int(found[1])
    held = found[1] if 1 <= year <= 9999 else str(2000 + year % _CALENDAR_CYCLE)
    return held + _MIDNIGHT.sub("T00:00:00", found[2])


def _reads(reader: Callable[[str], object], text: str) -> bool:
    try:
        reader(text)
    except ValueError:
        return False
    return True


def _is_decimal(text: str) -> bool:
    try:
        Decimal(text)
    except DecimalException:
        return False
    return True


def _is_duration(text: str) -> bool:
    """A duration of XML Schema or ISO 8601, also one written as a moment behind a `P`."""
    return _DURATION.fullmatch(text) is not None or (text.startswith("P") and _reads(datetime.fromisoformat, text[1:]))


def _is_hexadecimal(text: str) -> bool:
    return _OCTETS.fullmatch(text) is not None


_READERS: Mapping[str, Callable[[str], bool]] = {
    f"{XSD}date": _is_date,
    f"{XSD}dateTime": _is_moment,
    f"{XSD}decimal": _is_decimal,
    f"{XSD}duration": _is_duration,
    f"{XSD}hexBinary": _is_hexadecimal,
}
