"""SPSS system files (`.sav`, `.zsav`), by the description of the format that PSPP publishes."""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass, field

from atalaya.inspection.natives.messages import chunks, fault
from atalaya.inspection.natives.variables import Variable, codec_named, days_text, seconds_text, tables_of, text_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from atalaya.inspection.natives.messages import Budget, Message

_SYSTEM_MISSING = -1.7976931348623157e308
_BIAS = 100.0
_DATES = frozenset({20, 23, 24, 27, 28, 29, 30, 38, 39})
"""Print formats that are days: DATE, ADATE, JDATE, MOYR, QYR, WKYR, EDATE, SDATE and their kin."""
_MOMENTS = frozenset({22, 41})
_CALENDAR = -12219379200.0
"""The start of the Gregorian calendar, 14 October 1582, from which SPSS counts seconds, as seconds of 1970."""
_MOST_VARIABLES = 100_000
_CODE_PAGES = {
    2: "cp1252",
    3: "cp1252",
    1250: "cp1250",
    1251: "cp1251",
    1252: "cp1252",
    28591: "iso8859-1",
    65001: "utf-8",
}
_CHUNK = 252
"""Characters of a very long text that each of its parts counts for."""
_BLOCK = 1 << 20


@dataclass
class _Part:
    """A variable as it stands in a case: a number, or so many bytes of text, in units of eight bytes."""

    name: str
    width: int
    format: int
    label: bytes = b""
    units: int = 1


@dataclass
class _Dictionary:
    order: str
    compression: int
    cases: int
    bias: float
    parts: list[_Part] = field(default_factory=list)
    places: dict[int, int] = field(default_factory=dict)
    """Number of the unit → number of the part that starts there."""
    labels: list[tuple[list[tuple[bytes, bytes]], list[int]]] = field(default_factory=list)
    long_names: dict[str, bytes] = field(default_factory=dict)
    long_texts: dict[str, int] = field(default_factory=dict)
    encoding: str = ""


def read(data: bytes, _budget: Budget) -> Iterator[Message]:
    """The cases, then what the variables and their values mean."""
    try:
        dictionary, start = _read_dictionary(data)
        variables, shape = _variables(dictionary)
    except (struct.error, ValueError, IndexError) as error:
        cut = isinstance(error, struct.error | IndexError)
        yield fault(
            "truncated" if cut else "unreadable", "file", f"its dictionary cannot be read: {type(error).__name__}"
        )
        return
    units = _units(data, start, dictionary)
    rows = _Rows(units, shape, dictionary)
    yield from tables_of(variables, chunks(iter(rows)), dictionary.encoding)
    if rows.broken or 0 <= rows.read < dictionary.cases:
        stated = f" of {dictionary.cases} stated" if dictionary.cases >= 0 else ""
        yield fault("truncated", "file", f"{rows.read}{stated} cases are there")


def _read_dictionary(data: bytes) -> tuple[_Dictionary, int]:
    order = "<" if struct.unpack_from("<i", data, 64)[0] in (2, 3) else ">"
    _, _, compression, _, cases = struct.unpack_from(order + "5i", data, 64)
    bias = struct.unpack_from(order + "d", data, 84)[0]
    found = _Dictionary(order, compression, cases, bias)
    at, unit = 176, 0
    while True:
        kind = struct.unpack_from(order + "i", data, at)[0]
        at += 4
        if kind == 2:
            at, unit = _read_variable(data, at, unit, found)
        elif kind == 3:
            at = _read_labels(data, at, found)
        elif kind == 6:
            at += 4 + 80 * _count(struct.unpack_from(order + "i", data, at)[0])
        elif kind == 7:
            at = _read_extension(data, at, found)
        elif kind == 999:
            return found, at + 4
        else:
            raise ValueError("an unknown record")


def _count(number: int) -> int:
    if not 0 <= number <= 10_000_000:
        raise ValueError("a number of parts that cannot be")
    return number


def _read_variable(data: bytes, at: int, unit: int, found: _Dictionary) -> tuple[int, int]:
    width, labelled, missing, shown, _ = struct.unpack_from(found.order + "5i", data, at)
    name = data[at + 20 : at + 28]
    at += 28
    label = b""
    if labelled == 1:
        length = _count(struct.unpack_from(found.order + "i", data, at)[0])
        label = data[at + 4 : at + 4 + length]
        at += 4 + (length + 3) // 4 * 4
    at += 8 * abs(missing) if abs(missing) <= 3 else 0
    if width >= 0:
        if len(found.parts) >= _MOST_VARIABLES or width > 255:
            raise ValueError("more variables, or wider ones, than a file can have")
        found.places[unit] = len(found.parts)
        plain = name.decode("latin-1").rstrip()
        found.parts.append(_Part(plain, width, shown >> 16 & 0xFF, label, max((width + 7) // 8, 1)))
    return at, unit + 1


def _read_labels(data: bytes, at: int, found: _Dictionary) -> int:
    number = _count(struct.unpack_from(found.order + "i", data, at)[0])
    at += 4
    labels = []
    for _ in range(number):
        value, length = data[at : at + 8], data[at + 8]
        labels.append((value, data[at + 9 : at + 9 + length]))
        at += 8 + (length + 8) // 8 * 8
    kind, number = struct.unpack_from(found.order + "2i", data, at)
    at += 8
    if kind != 4:
        raise ValueError("labels of no variable")
    units = struct.unpack_from(f"{found.order}{_count(number)}i", data, at)
    found.labels.append((labels, [each - 1 for each in units]))
    return at + 4 * len(units)


def _read_extension(data: bytes, at: int, found: _Dictionary) -> int:
    kind, size, number = struct.unpack_from(found.order + "3i", data, at)
    at += 12
    length = _count(size) * _count(number)
    body = data[at : at + length]
    if kind == 3 and length >= 32 and not found.encoding:
        found.encoding = _CODE_PAGES.get(struct.unpack_from(found.order + "8i", body)[7], "")
    elif kind == 13:
        pairs = (pair.partition(b"=") for pair in body.split(b"\t"))
        found.long_names.update({short.decode("latin-1"): name for short, mark, name in pairs if mark})
    elif kind == 14:
        widths = (pair.strip(b"\0").partition(b"=") for pair in body.split(b"\t"))
        found.long_texts.update({name.decode("latin-1"): int(width) for name, _, width in widths if width.isdigit()})
    elif kind == 20:
        found.encoding = codec_named(body.decode("ascii", "replace")) or found.encoding
    return at + length


def _variables(found: _Dictionary) -> tuple[list[Variable], list[tuple[int, int, int]]]:
    """The variables as people see them, and of each its width in bytes (0 for a number), its parts and its format."""
    encoding = found.encoding
    labels: dict[int, list[tuple[object, str]]] = {}
    for pairs, units in found.labels:
        for unit in units:
            place = found.places.get(unit)
            if place is not None:
                part = found.parts[place]
                labels[place] = [(_label_value(value, part, found), text_of(text, encoding)) for value, text in pairs]
    variables, shape = [], []
    place = 0
    while place < len(found.parts):
        part = found.parts[place]
        width = found.long_texts.get(part.name, part.width) if part.width else 0
        parts = max((width + _CHUNK - 1) // _CHUNK, 1) if width > 255 else 1
        if place + parts > len(found.parts):
            raise ValueError("a long text without its parts")
        name = text_of(found.long_names.get(part.name, part.name.encode("latin-1")), encoding)
        label = text_of(part.label, encoding).strip()
        variables.append(Variable(name, label, tuple(labels.get(place, ()))))
        shape.append((width, parts, part.format))
        place += parts
    return variables, shape


def _label_value(value: bytes, part: _Part, found: _Dictionary) -> object:
    if part.width:
        return text_of(value, found.encoding).rstrip()
    return float(struct.unpack(found.order + "d", value)[0])


def _units(data: bytes, start: int, found: _Dictionary) -> Iterator[bytes | float | None]:
    """The units of eight bytes of all cases: bytes, numbers that were written as one byte, None for missing numbers."""
    if found.compression == 0:
        return (data[at : at + 8] for at in range(start, len(data) - 7, 8))
    if found.compression == 1:
        return _uncompressed(iter((data[start:],)), found.bias)
    return _uncompressed(_blocks(data, start, found.order), found.bias)


def _blocks(data: bytes, start: int, order: str) -> Iterator[bytes]:
    """The blocks of a compressed file, which stand between its header and a trailer that lists them."""
    try:
        _, trailer, length = struct.unpack_from(order + "3q", data, start)
        _, _, _, number = struct.unpack_from(order + "2q2i", data, trailer)
        if not 0 <= number <= (length - 24) // 24:
            return
        for at in range(trailer + 24, trailer + 24 + 24 * number, 24):
            _, place, _, size = struct.unpack_from(order + "2q2i", data, at)
            stream = zlib.decompressobj()
            packed = data[max(place, 0) : max(place + size, 0)]
            while packed:
                yield stream.decompress(packed, _BLOCK)
                packed = stream.unconsumed_tail
    except (struct.error, zlib.error):
        return


def _uncompressed(pieces: Iterator[bytes], bias: float) -> Iterator[bytes | float | None]:
    """Bytes that are codes, eight at a time: small numbers, the end, eight bytes that follow, blanks, a missing number."""
    held = next(pieces, b"")
    at = 0
    spaces = b"        "
    while True:
        while len(held) - at < 72:
            more = next(pieces, None)
            if more is None:
                break
            held, at = held[at:] + more, 0
        if len(held) - at < 8:
            return
        codes = held[at : at + 8]
        at += 8
        for code in codes:
            if 0 < code < 252:
                yield code - bias
            elif code == 253:
                if len(held) - at < 8:
                    return
                yield held[at : at + 8]
                at += 8
            elif code == 254:
                yield spaces
            elif code == 255:
                yield None
            elif code == 252:
                return


class _Rows:
    """The cases one by one; `broken` tells that the last one lacked some units."""

    def __init__(
        self, units: Iterator[bytes | float | None], shape: list[tuple[int, int, int]], found: _Dictionary
    ) -> None:
        self.read = 0
        self.broken = False
        self._units = units
        self._shape = shape
        self._unpack = struct.Struct(found.order + "d").unpack
        self._encoding = found.encoding
        self._most = found.cases if found.cases >= 0 else 1 << 62

    def __iter__(self) -> Iterator[list[object]]:
        while self.read < self._most:
            first = next(self._units, self)
            if first is self:
                return
            self._first: bytes | float | _Rows | None = first
            try:
                row = [self._cell(*each) for each in self._shape]
            except StopIteration:
                self.broken = True
                return
            self.read += 1
            yield row

    def _next(self) -> bytes | float | None:
        first = self._first
        if not isinstance(first, _Rows):
            self._first = self
            return first
        return next(self._units)

    def _cell(self, width: int, parts: int, shown: int) -> object:
        if width:
            return self._text(width, parts)
        unit = self._next()
        number = self._unpack(unit)[0] if isinstance(unit, bytes) else unit
        if number is None or number == _SYSTEM_MISSING:
            return None
        if shown in _DATES:
            return days_text(number / 86400, -141428)
        return seconds_text(number, _CALENDAR) if shown in _MOMENTS else number

    def _text(self, width: int, parts: int) -> str:
        """A text; of a very long one each part but the last has 255 bytes of it in 32 units."""
        raw = bytearray()
        for part in range(parts):
            units = 32 if part < parts - 1 else max((width - part * _CHUNK + 7) // 8, 1)
            piece = b"".join(unit if isinstance(unit := self._next(), bytes) else b" " * 8 for _ in range(units))
            raw += piece[:255] if parts > 1 else piece
        return text_of(bytes(raw[:width]), self._encoding).rstrip(" \0")
