"""Stata data files (`.dta`) of formats 104 to 119, by StataCorp's own descriptions (`help dta`)."""

from __future__ import annotations

import struct
from dataclasses import dataclass

from atalaya.inspection.natives.messages import chunks, fault
from atalaya.inspection.natives.variables import Variable, days_text, seconds_text, tables_of, text_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Literal

    from atalaya.inspection.natives.messages import Budget, Message

_EPOCH = -3653
"""1 January 1960, from which Stata counts, in days of 1970."""
_MOST_VARIABLES = 120_000
_OLD_TYPES = {251: "b", 252: "h", 253: "i", 254: "f", 255: "d"}
_OLDEST_TYPES = {98: "b", 105: "h", 108: "i", 102: "f", 100: "d"}
_NEW_TYPES = {65530: "b", 65529: "h", 65528: "i", 65527: "f", 65526: "d", 32768: "L"}
_LARGEST = {"b": 100, "h": 32_740, "i": 2_147_483_620, "f": 1.70141173319e38, "d": 8.9884656743e307}
"""Above these, a number is one of the missing values."""


@dataclass
class _Shape:
    """What a header says: version, byte order, and where the cases lie. `types` are codes of `struct` or widths of texts."""

    version: int
    order: str
    cases: int
    types: list[str | int]
    names: list[str]
    formats: list[str]
    label_names: list[str]
    labels: list[str]
    start: int
    strings: int = 0
    value_labels: int = 0

    @property
    def encoding(self) -> str:
        """Texts are UTF-8 from format 118 on, before that what the system wrote: nothing is stated."""
        return "utf-8" if self.version >= 118 else ""


def read(data: bytes, _budget: Budget) -> Iterator[Message]:
    """The cases, then what the variables and their values mean."""
    try:
        shape = _new_shape(data) if data.startswith(b"<stata_dta>") else _old_shape(data)
    except (struct.error, ValueError, IndexError) as error:
        cut = isinstance(error, struct.error | IndexError)
        yield fault("truncated" if cut else "unreadable", "file", f"its header cannot be read: {type(error).__name__}")
        return
    record = struct.Struct(shape.order + "".join(_code(each, shape.version) for each in shape.types))
    there = max(len(data) - shape.start, 0) // record.size if record.size else 0
    cases = min(shape.cases, there)
    labels = _value_labels(data, shape, shape.start + cases * record.size)
    pairs = zip(shape.names, shape.labels, shape.label_names, strict=True)
    variables = [Variable(name, label, labels.get(of, ())) for name, label, of in pairs]
    rows = _rows(data, shape, record, cases)
    yield from tables_of(variables, chunks(rows), shape.encoding)
    if there < shape.cases:
        yield fault("truncated", "file", f"{there} of {shape.cases} stated cases are there")


def _code(kind: str | int, version: int) -> str:
    if kind == "L":
        return "8s" if version >= 117 else "4x"
    return f"{kind}s" if isinstance(kind, int) else kind


def _rows(data: bytes, shape: _Shape, record: struct.Struct, cases: int) -> Iterator[list[object]]:
    long_texts = _long_texts(data, shape) if "L" in shape.types else {}
    readers = [_reader(kind, shown, shape, long_texts) for kind, shown in zip(shape.types, shape.formats, strict=True)]
    for case in record.iter_unpack(memoryview(data)[shape.start : shape.start + cases * record.size]):
        yield [reader(value) for reader, value in zip(readers, case, strict=True)]


def _reader(
    kind: str | int, shown: str, shape: _Shape, long_texts: dict[tuple[int, int], str]
) -> Callable[[object], object]:
    if kind == "L":
        return lambda raw: long_texts.get(_place(raw, shape), "")
    if isinstance(kind, int):
        encoding = shape.encoding
        return lambda raw: text_of(raw.split(b"\0", 1)[0], encoding).rstrip()  # type: ignore[attr-defined]
    largest = _LARGEST[kind]
    bare = shown.lstrip("%-0123456789")
    if bare.startswith(("td", "d")):
        return lambda number: None if number > largest else days_text(number, _EPOCH)  # type: ignore[operator, arg-type]
    if bare.startswith(("tc", "tC")):
        start = _EPOCH * 86400.0
        return lambda number: None if number > largest else seconds_text(number / 1000, start)  # type: ignore[operator]
    return lambda number: None if number > largest else number  # type: ignore[operator]


def _place(raw: object, shape: _Shape) -> tuple[int, int]:
    """Variable and case under which a long text is kept."""
    assert isinstance(raw, bytes), "a place is kept as bytes"
    order = _endian(shape.order)
    first = {117: 4, 118: 2}.get(shape.version, 3)
    return int.from_bytes(raw[:first], order), int.from_bytes(raw[first:], order)


def _long_texts(data: bytes, shape: _Shape) -> dict[tuple[int, int], str]:
    found = {}
    at = shape.strings
    wide = "I" if shape.version == 117 else "Q"
    head = struct.Struct(f"{shape.order}3sI{wide}BI")
    while at and data[at : at + 3] == b"GSO" and at + head.size <= len(data):
        _, variable, case, _, length = head.unpack_from(data, at)
        at += head.size
        found[variable, case] = text_of(data[at : at + length].rstrip(b"\0"), shape.encoding)
        at += length
    return found


def _old_shape(data: bytes) -> _Shape:
    version, swapped = data[0], data[1]
    order = ">" if swapped == 1 else "<"
    number, cases = struct.unpack_from(order + "Hi", data, 4)
    _check(number, cases)
    at = 10 + (81 if version >= 108 else 32) + (18 if version >= 105 else 0)
    name, label = 33 if version >= 110 else 9, 81 if version >= 108 else 32
    shown = 49 if version >= 114 else 12 if version >= 105 else 7
    codes = data[at : at + number]
    at += number
    names, at = _texts(data, at, number, name)
    at += 2 * (number + 1)
    formats, at = _texts(data, at, number, shown)
    label_names, at = _texts(data, at, number, name)
    labels, at = _texts(data, at, number, label)
    length = struct.Struct(order + ("Bi" if version >= 110 else "Bh"))
    while version >= 105:
        kind, size = length.unpack_from(data, at)
        at += length.size
        if not kind and not size:
            break
        if size < 0:
            raise ValueError("a length that cannot be")
        at += size
    types = [_old_type(code, version) for code in codes]
    return _Shape(version, order, cases, types, names, formats, label_names, labels, at)


def _old_type(code: int, version: int) -> str | int:
    known = _OLD_TYPES if version >= 111 else _OLDEST_TYPES
    if code in known:
        return known[code]
    width = code if version >= 111 else code - 127
    if not 1 <= width <= 244:
        raise ValueError("an unknown type")
    return width


def _texts(data: bytes, at: int, number: int, width: int) -> tuple[list[str], int]:
    if at + number * width > len(data):
        raise IndexError("the header ends too early")
    fields = (data[at + width * each : at + width * (each + 1)] for each in range(number))
    return [text_of(field.split(b"\0", 1)[0], "") for field in fields], at + number * width


def _check(number: int, cases: int) -> None:
    if not 0 < number <= _MOST_VARIABLES or cases < 0:
        raise ValueError("a number of variables or cases that cannot be")


def _new_shape(data: bytes) -> _Shape:
    """Formats 117 to 119: parts between tags, and a map of where they begin."""
    version = int(_between(data, b"<release>", 3))
    order = "<" if _between(data, b"<byteorder>", 3) == b"LSF" else ">"
    wide = version >= 118
    number = int.from_bytes(_between(data, b"<K>", 4 if version == 119 else 2), _endian(order))
    cases = int.from_bytes(_between(data, b"<N>", 8 if wide else 4), _endian(order))
    _check(number, cases)
    places = struct.unpack(order + "14q", _between(data, b"<map>", 112))
    sizes = (129, 57, 321) if wide else (33, 49, 81)
    types = struct.unpack_from(f"{order}{number}H", data, _after(data, b"<variable_types>", places[2]))
    names, _ = _texts(data, _after(data, b"<varnames>", places[3]), number, sizes[0])
    formats, _ = _texts(data, _after(data, b"<formats>", places[5]), number, sizes[1])
    label_names, _ = _texts(data, _after(data, b"<value_label_names>", places[6]), number, sizes[0])
    labels, _ = _texts(data, _after(data, b"<variable_labels>", places[7]), number, sizes[2])
    return _Shape(
        version=version,
        order=order,
        cases=cases,
        types=[_new_type(code) for code in types],
        names=names,
        formats=formats,
        label_names=label_names,
        labels=labels,
        start=_after(data, b"<data>", places[9]),
        strings=max(places[10], 0) + len(b"<strls>") if places[10] < len(data) else 0,
        value_labels=places[11],
    )


def _endian(order: str) -> Literal["little", "big"]:
    return "little" if order == "<" else "big"


def _new_type(code: int) -> str | int:
    if code in _NEW_TYPES:
        return _NEW_TYPES[code]
    if not 1 <= code <= 2045:
        raise ValueError("an unknown type")
    return code


def _between(data: bytes, tag: bytes, size: int) -> bytes:
    """The bytes behind a tag of the header."""
    at = data.find(tag, 0, 4096)
    found = data[at + len(tag) : at + len(tag) + size]
    if at < 0 or len(found) < size:
        raise IndexError("the header ends too early")
    return found


def _after(data: bytes, tag: bytes, place: int) -> int:
    if data[place : place + len(tag)] != tag or place < 0:
        raise IndexError("a part is not where the map says")
    return place + len(tag)


def _value_labels(data: bytes, shape: _Shape, end: int) -> dict[str, tuple[tuple[object, str], ...]]:
    """The value labels by their names; what cannot be read of them is left out, since the cases are whole without."""
    found: dict[str, tuple[tuple[object, str], ...]] = {}
    at = shape.value_labels + len(b"<value_labels>") if shape.version >= 117 else end
    width = 129 if shape.version >= 118 else 33 if shape.version >= 110 else 9
    try:
        while shape.version >= 108 and at + 8 < len(data) and found is not None:
            if shape.version >= 117:
                if data[at : at + 5] != b"<lbl>":
                    break
                at += 5
            size = struct.unpack_from(shape.order + "i", data, at)[0]
            name = data[at + 4 : at + 4 + width].split(b"\0", 1)[0]
            at += 4 + width + 3
            number, _ = struct.unpack_from(shape.order + "2i", data, at)
            if not 0 <= number <= 1_000_000 or size < 0:
                break
            offsets = struct.unpack_from(f"{shape.order}{number}i", data, at + 8)
            values = struct.unpack_from(f"{shape.order}{number}i", data, at + 8 + 4 * number)
            texts = data[at + 8 + 8 * number : at + size]
            found[text_of(name, shape.encoding)] = tuple(
                (value, text_of(texts[offset:].split(b"\0", 1)[0], shape.encoding))
                for value, offset in zip(values, offsets, strict=True)
                if 0 <= offset < len(texts)
            )
            at += size + (len(b"</lbl>") if shape.version >= 117 else 0)
    except struct.error:
        return found
    return found
