"""Forms of text that profiles of metadata ask for: addresses by RFC 3986, dates and moments by ISO 8601."""

import datetime as dt
import re

_TAIL = r"(?:[A-Za-z0-9._~!$&'()*+,;=:@/?-]|%[0-9A-Fa-f]{2})*"
_URI = re.compile(
    r"[A-Za-z][A-Za-z0-9+.-]*:"
    r"(?://(?:(?:[A-Za-z0-9._~!$&'()*+,;=:-]|%[0-9A-Fa-f]{2})*@)?"
    r"(?:\[[0-9A-Fa-f:.vV]+\]|(?:[A-Za-z0-9._~!$&'()*+,;=-]|%[0-9A-Fa-f]{2})*)(?::[0-9]*)?(?=[/?#]|\Z))?"
    rf"{_TAIL}(?:#{_TAIL})?"
)
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_ORDINAL = re.compile(r"([0-9]{4})-?([0-9]{3})(T.+)")


def is_uri(text: str) -> bool:
    """Whether a text is an absolute address as RFC 3986 writes them: with a scheme, without spaces or letters beyond ASCII.

    >>> is_uri("http://datos.gob.ar/a%20b?c=d#e"), is_uri("datos.gob.ar/a"), is_uri("http://datos.gob.ar/a b")
    (True, False, False)
    """
    return _URI.fullmatch(text) is not None


def is_moment(text: str) -> bool:
    """Whether a text is a date (2016-04-14) or a date with time of ISO 8601, with or without a time zone.

    >>> is_moment("2016-04-14"), is_moment("2016-04-14T19:48:05.433640-03:00"), is_moment("2016/04/14")
    (True, True, False)
    """
    if _DATE.fullmatch(text):
        return _is_read(text)
    return text.count("T") == 1 and _is_read(_ORDINAL.sub(_calendar, text))


def _is_read(text: str) -> bool:
    try:
        dt.datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


def _calendar(found: re.Match[str]) -> str:
    """An ordinal date (year and day of the year) as a calendar date; as it is where there is no such day."""
    try:
        day = dt.datetime.strptime(f"{found[1]}-{found[2]}", "%Y-%j")  # noqa: DTZ007 - a date, no moment
    except ValueError:
        return found[0]
    return f"{day:%Y-%m-%d}{found[3]}"
