"""Days on which something falls due as an iCalendar file (RFC 5545), which calendar programs subscribe to.

Of the standard this writes events of whole days, and events with an hour as the clocks of the place show it (3.3.5, form 1):
folded at 75 octets, CRLF, texts escaped (3.1, 3.3.11 and 3.6.1).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

PRODUCT = "-//Atalaya//Calendar//ES"
OCTETS = 75
"""Octets of a line without its end (section 3.1)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """A whole day, or a part of it from `starts` on. `uid` is the same in every later file, so that programs renew the event
    instead of adding another; `sequence` grows with every change of it, and `status` is CONFIRMED or CANCELLED where it is
    told."""

    uid: str
    day: date
    summary: str
    description: str = ""
    url: str = ""
    categories: tuple[str, ...] = ()
    starts: time | None = None
    ends: time | None = None
    location: str = ""
    sequence: int | None = None
    status: str = ""


def icalendar(name: str, events: Iterable[Event], stamp: datetime) -> bytes:
    """The file. `stamp` is when what it tells was observed, an aware moment."""
    moment = stamp.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{PRODUCT}", "CALSCALE:GREGORIAN", "METHOD:PUBLISH"]
    lines += [f"X-WR-CALNAME:{escaped(name)}", "REFRESH-INTERVAL;VALUE=DURATION:P1D", "X-PUBLISHED-TTL:P1D"]
    for event in events:
        lines += _event(event, moment)
    lines.append("END:VCALENDAR")
    return b"".join(piece for line in lines for piece in _folded(line))


def _event(event: Event, moment: str) -> list[str]:
    lines = ["BEGIN:VEVENT", f"UID:{escaped(event.uid)}", f"DTSTAMP:{moment}"]
    lines += _when(event)
    if event.sequence is not None:
        lines.append(f"SEQUENCE:{event.sequence}")
    if event.status:
        lines.append(f"STATUS:{event.status}")
    lines.append(f"SUMMARY:{escaped(event.summary)}")
    if event.location:
        lines.append(f"LOCATION:{escaped(event.location)}")
    if event.description:
        lines.append(f"DESCRIPTION:{escaped(event.description)}")
    if event.url:
        lines.append(f"URL:{_one_line(event.url)}")
    if event.categories:
        lines.append("CATEGORIES:" + ",".join(escaped(each) for each in event.categories))
    return [*lines, f"TRANSP:{'TRANSPARENT' if event.starts is None else 'OPAQUE'}", "END:VEVENT"]


def _when(event: Event) -> list[str]:
    if event.starts is not None:
        ends = [f"DTEND:{event.day:%Y%m%d}T{event.ends:%H%M%S}"] if event.ends is not None else []
        return [f"DTSTART:{event.day:%Y%m%d}T{event.starts:%H%M%S}", *ends]
    whole = [f"DTSTART;VALUE=DATE:{event.day:%Y%m%d}"]
    return whole if event.day == date.max else [*whole, f"DTEND;VALUE=DATE:{event.day + timedelta(days=1):%Y%m%d}"]


def escaped(text: str) -> str:
    """A text as a value: backslash, comma, semicolon and line ends escaped, other control characters left out.

    >>> escaped("a, b; c\\n d")
    'a\\\\, b\\\\; c\\\\n d'
    """
    written = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    written = written.replace("\r\n", "\\n").replace("\n", "\\n").replace("\r", "\\n")
    return _one_line(written)


def _one_line(text: str) -> str:
    return "".join(char for char in text if char == "\t" or (ord(char) >= 32 and ord(char) != 127))


def _folded(line: str) -> Iterator[bytes]:
    """A line in pieces of at most 75 octets, never cut inside a character; every further piece begins with a blank."""
    rest, room = line.encode("utf-8", "replace"), OCTETS
    while len(rest) > room:
        cut = room
        while rest[cut] & 0xC0 == 0x80:
            cut -= 1
        yield rest[:cut] + b"\r\n "
        rest, room = rest[cut:], OCTETS - 1
    yield rest + b"\r\n"
