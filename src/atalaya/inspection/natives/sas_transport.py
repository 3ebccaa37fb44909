"""SAS transport files of versions 5 and 8 (`.xpt`), by SAS's own description (TS-140 and its supplement)."""

from __future__ import annotations

import struct
from dataclasses import dataclass

from atalaya.inspection.natives.messages import chunks, fault
from atalaya.inspection.natives.variables import Variable, tables_of, text_of, when

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from atalaya.inspection.natives.messages import Budget, Message

_CARD = 80
_HEADER = b"HEADER RECORD*******"
_MOST_VARIABLES = 100_000
_MOST_MEMBERS = 200
_EXPONENT = [16.0 ** (exponent - 64 - 14) for exponent in range(128)]
"""Numbers of IBM mainframes: 16 to the exponent, for a fraction taken as a whole number of 14 hexadecimal digits."""


@dataclass(frozen=True)
class _Field:
    name: str
    label: str
    is_text: bool
    width: int
    start: int
    shown: str


def read(data: bytes, _budget: Budget) -> Iterator[Message]:
    """Every dataset of the file as a table."""
    at, number = 0, 0
    try:
        while (start := data.find(_HEADER + b"MEMB", at)) >= 0 and number < _MOST_MEMBERS:
            number += 1
            name, fields, at = _member(data, start)
            following = data.find(_HEADER + b"MEMB", at)
            end = following if following >= 0 else len(data)
            variables = [Variable(each.name, each.label) for each in fields]
            rows = chunks(_rows(data[at:end], fields))
            yield from tables_of(variables, rows, "", "" if following < 0 and number == 1 else name)
            if following < 0 and (len(data) % _CARD or _stated(data, at) > (end - at) // max(_length(fields), 1)):
                yield fault("truncated", "file", "its last dataset ends too early")
    except (struct.error, ValueError, IndexError) as error:
        cut = isinstance(error, struct.error | IndexError)
        yield fault("truncated" if cut else "unreadable", "file", f"a header cannot be read: {type(error).__name__}")
        return
    if not number:
        yield fault("truncated", "file", "the file ends before its first dataset")


def _member(data: bytes, at: int) -> tuple[str, list[_Field], int]:
    """Name and variables of a dataset, and where its cases begin."""
    size = int(data[at + 74 : at + 78] or b"140")
    if size not in (136, 140):
        raise ValueError("descriptions of an unknown size")
    at = data.index(_HEADER + b"DSC", at) + _CARD
    name = data[at + 8 : at + 40].split(b"SASDATA")[0].decode("latin-1").strip()
    at = data.index(_HEADER + b"NAM", at)
    number = int(data[at + 54 : at + 58])
    if not 0 < number <= _MOST_VARIABLES:
        raise ValueError("a number of variables that cannot be")
    at += _CARD
    fields = [_field(data, at + size * each) for each in range(number)]
    at += (number * size + _CARD - 1) // _CARD * _CARD
    labels = data.find(_HEADER + b"LABEL", at, at + _CARD)
    start = data.index(_HEADER + b"OBS", at if labels < 0 else labels)
    return name, fields, start + _CARD


def _field(data: bytes, at: int) -> _Field:
    kind, _, width, _ = struct.unpack_from(">4h", data, at)
    name, label, shown = data[at + 8 : at + 16], data[at + 16 : at + 56], data[at + 56 : at + 64]
    start = struct.unpack_from(">i", data, at + 84)[0]
    long_name = data[at + 88 : at + 120].strip(b"\0 ")
    if kind not in (1, 2) or width < 0 or start < 0 or (kind == 1 and width > 8):
        raise ValueError("a variable that cannot be")
    texts = [text_of(each, "").strip(" \0") for each in (long_name or name, label, shown)]
    return _Field(texts[0], texts[1], kind == 2, width, start, texts[2])


def _rows(body: bytes, fields: list[_Field]) -> Iterator[list[object]]:
    """The cases; the last card is filled up with blanks, which may look like cases of texts only."""
    length = _length(fields)
    if not length:
        return
    number = len(body) // length
    while number and len(body) - (number - 1) * length < _CARD + length:
        if body[(number - 1) * length : number * length].strip(b" "):
            break
        number -= 1
    for at in range(0, number * length, length):
        yield [_cell(body[at + field.start : at + field.start + field.width], field) for field in fields]


def _length(fields: list[_Field]) -> int:
    return max((field.start + field.width for field in fields), default=0)


def _stated(data: bytes, at: int) -> int:
    """The number of cases that version 8 states before them; version 5 states none."""
    card = data[at - _CARD : at]
    stated = card[48:63].strip()
    return int(stated) if card[20:25] == b"OBSV8" and stated.isdigit() else 0


def _cell(raw: bytes, field: _Field) -> object:
    if field.is_text:
        return text_of(raw, "").rstrip(" \0")
    number = number_of(raw)
    return None if number is None else when(number, field.shown)


def number_of(raw: bytes) -> float | None:
    """A number of an IBM mainframe in up to eight bytes; None for the missing values, a sign and zeros."""
    padded = raw.ljust(8, b"\0")
    whole = int.from_bytes(padded, "big")
    fraction = whole & 0x00FF_FFFF_FFFF_FFFF
    if not fraction:
        return 0.0 if not whole else None
    size = fraction * _EXPONENT[padded[0] & 0x7F]
    return -size if padded[0] & 0x80 else size
