"""iCalendar files as RFC 5545 asks: folded by octets, escaped, and the same event under the same mark."""

import re
from datetime import UTC, date, datetime

import pytest

from atalaya.publish.icalendar import Event, escaped, icalendar

STAMP = datetime(2026, 1, 7, 12, tzinfo=UTC)


def unfolded(made: bytes) -> list[str]:
    return re.sub(rb"\r\n[ \t]", b"", made).decode().split("\r\n")


def test_an_event_is_a_whole_day() -> None:
    made = icalendar(
        "Plazos", [Event(uid="a@x", day=date(2026, 2, 28), summary="Uno", url="https://x.example/a")], STAMP
    )
    lines = unfolded(made)
    assert lines[:4] == ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Atalaya//Calendar//ES", "CALSCALE:GREGORIAN"]
    assert lines[-2:] == ["END:VCALENDAR", ""]
    start = lines.index("BEGIN:VEVENT")
    assert lines[start + 1 : start + 7] == [
        "UID:a@x",
        "DTSTAMP:20260107T120000Z",
        "DTSTART;VALUE=DATE:20260228",
        "DTEND;VALUE=DATE:20260301",
        "SUMMARY:Uno",
        "URL:https://x.example/a",
    ]


@pytest.mark.parametrize("length", [1, 59, 66, 67, 68, 75, 200, 1000])
@pytest.mark.parametrize("letter", ["a", "ñ", "→", "𝔘"])
def test_lines_are_folded_between_characters(letter: str, length: int) -> None:
    made = icalendar("x", [Event(uid="a", day=date(2026, 1, 1), summary=letter * length)], STAMP)
    pieces = made.split(b"\r\n")
    assert max(len(piece) for piece in pieces) <= 75
    assert all(piece.decode() is not None for piece in pieces)  # none is cut inside a character
    assert f"SUMMARY:{letter * length}" in unfolded(made)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("a;b,c\\d", "a\\;b\\,c\\\\d"),
        ("uno\r\ndos\ntres\rcuatro", "uno\\ndos\\ntres\\ncuatro"),
        ("a\x00\x07\x7fb\tc", "ab\tc"),
        ("END:VEVENT\r\nBEGIN:VALARM", "END:VEVENT\\nBEGIN:VALARM"),
    ],
)
def test_texts_cannot_leave_their_line(text: str, written: str) -> None:
    assert escaped(text) == written
    made = icalendar(text, [Event(uid=text, day=date.max, summary=text, description=text, url=text)], STAMP)
    assert unfolded(made).count("BEGIN:VEVENT") == unfolded(made).count("END:VEVENT") == 1
    assert "BEGIN:VALARM" not in unfolded(made)
