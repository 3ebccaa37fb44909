"""The cells of a stretch of sheet XML as a block of texts by column, as the native reader gives them.

Numbers that are written as Python writes them are taken as they stand; all others, dates, truth values, errors and texts are
told once for each different one.
"""

import datetime as dt
import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from atalaya.inspection.arrow_texts import text_array
from atalaya.inspection.blocks import BOOLEAN, NUMBER, TEXT, Block, Strip
from atalaya.inspection.sheet_strings import told
from atalaya.inspection.sheet_tags import Cells, Irregular, Places, Words

_TAIL = re.compile(rb'(?: s="([0-9]{1,6})")?(?: t="([A-Za-z]{1,9})")?(?: s="([0-9]{1,6})")?(?: [cv]m="[0-9]+")* ?/?\Z')
_PLAIN = r"^(?:0|-?(?:[1-9][0-9]*(?:\.[0-9]*[1-9])?|0\.0{0,3}[1-9](?:[0-9]*[1-9])?))$"
"""Numbers of at most 15 digits as Python writes them, too: the shortest text that tells a double is such a one (IEEE 754)."""
_LONGEST_PLAIN = 15
_NUMBER = r"^[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?$"
_ERRORS = frozenset({"#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"})
_FIRST_DATE, _LAST_DATE = 61, 2_958_465
"""1 March 1900, before which the calendar of workbooks has a day that never was, and 31 December 9999."""
_EPOCH = dt.datetime(1899, 12, 30)  # noqa: DTZ001 - dates of workbooks have no zone
_DAY = 86_400_000
"""Milliseconds of a day, to which the native reader rounds."""
_MEMORY = pa.system_memory_pool()
"""Where columns are made: the pool of Arrow gives large blocks back at once, and each new one must be cleared."""
PLAIN_STYLE, DATE_STYLE = "number", "date"


@dataclass(frozen=True, slots=True)
class Strings:
    """What cells refer to: the shared strings, and what a number is in the cell of a style (by number, beginning with 0)."""

    shared: "pa.Array"
    styles: Sequence[str]


@dataclass(frozen=True, slots=True)
class Range:
    """The cells of a sheet from its first filled column to its last; the first row from which on it is read."""

    first_row: int
    first: int
    last: int


def filled_range(cells: Cells) -> Range | None:
    """What of some cells is filled; None where nothing is."""
    filled = _filled(cells)
    if not filled.any():
        return None
    columns = cells.columns[filled]
    return Range(int(cells.rows[filled][0]), int(columns.min()), int(columns.max()))


def block_of(cells: Cells, whole: Range, strings: Strings) -> Block | None:
    """The rows from the first of the range to the last filled one of some cells; None where none is filled.

    Raises `Irregular` for what cannot be told, such as a cell outside the range.
    """
    filled = _filled(cells)
    if not filled.any():
        return None
    rows, columns = cells.rows[filled] - whole.first_row, cells.columns[filled] - whole.first
    width = whole.last - whole.first + 1
    if columns.min() < 0 or columns.max() >= width:
        raise Irregular("a cell is outside the columns of the first rows")
    if (np.diff(rows * width + columns) <= 0).any():
        raise Irregular("its cells are not in order")
    order = np.argsort(columns.astype(np.int16), kind="stable")
    sheet = _Told(cells, strings)
    told_ways = sheet.tell(np.flatnonzero(filled)[order], columns[order], rows[order], width)
    return Block(tuple(_strip(place, int(rows[-1]) + 1, told_ways) for place in range(width)))


@dataclass(frozen=True, slots=True)
class _Way:
    """Cells that are told in one way, column after column: their texts, what they are, their rows, and where in them each column
    begins."""

    texts: "pa.Array"
    kind: int
    rows: Places
    bounds: list[int]


def _strip(place: int, height: int, ways: Sequence[_Way]) -> Strip:
    """The column at a place, of so many rows."""
    own = [(way, way.bounds[place], way.bounds[place + 1]) for way in ways]
    own = [each for each in own if each[2] > each[1]]
    if len(own) == 1 and own[0][2] - own[0][1] == height:
        way, start, end = own[0]
        return Strip(way.texts[start:end], way.kind)
    texts, kinds = [pa.array([""], pa.string())], np.full(height, TEXT, np.uint8)
    places, ahead = np.zeros(height, np.int64), 1
    for way, start, end in own:
        rows = way.rows[start:end]
        places[rows] = np.arange(ahead, ahead + end - start)
        kinds[rows] = way.kind
        texts.append(way.texts[start:end])
        ahead += end - start
    return Strip(pa.concat_arrays(texts).take(pa.array(places)), kinds)


def _filled(cells: Cells) -> npt.NDArray[np.bool_]:
    """Which cells hold something to the native reader: texts written in cells do so even where they are empty."""
    inside = np.array([_type(tail) in _INSIDE for tail in cells.tails], np.bool_)
    return (cells.ends > cells.starts) | inside[cells.tail] if len(cells.tail) else np.zeros(0, np.bool_)


_INSIDE = (b"str", b"inlineStr")


_TYPES = (b"b", b"e", b"inlineStr", b"s", b"str")


def _type(tail: bytes) -> bytes:
    return _read_tail(tail)[1]


def _read_tail(tail: bytes) -> tuple[int | None, bytes]:
    """Style and type of a cell by the attributes behind its address."""
    found = _TAIL.match(tail)
    if found is None or (found[1] and found[3]):
        raise Irregular("a cell has attributes that are not told")
    style = found[1] or found[3]
    return (int(style) if style else None), found[2] or b"n"


class _Told:
    """The cells of a stretch, told by column."""

    def __init__(self, cells: Cells, strings: Strings) -> None:
        self._cells = cells
        self._strings = strings
        ways = [self._way(tail) for tail in cells.tails]
        self._ways = sorted(set(ways))
        self._way_of_tail = np.array([self._ways.index(way) for way in ways], np.int16)

    def _way(self, tail: bytes) -> str:
        """How a cell is told, by the attributes behind its address."""
        style, kind = _read_tail(tail)
        if kind != b"n":
            return kind.decode() if kind in _TYPES else ""
        if style is None:
            return PLAIN_STYLE
        return self._strings.styles[style] if style < len(self._strings.styles) else ""

    def tell(self, some: Places, columns: Places, rows: Places, width: int) -> list[_Way]:
        """Some cells in the order of their columns, which are given, with their rows, by the ways in which they are told."""
        ways = self._way_of_tail[self._cells.tail[some]]
        found = []
        for number, way in enumerate(self._ways):
            chosen = np.flatnonzero(ways == number)
            if len(chosen):
                bounds = np.searchsorted(columns[chosen], np.arange(width + 1)).tolist()
                found.append(_Way(*self._tell(way, some[chosen]), rows[chosen], bounds))
        return found

    def _tell(self, way: str, some: Places) -> "tuple[pa.Array, int]":
        """The texts of cells that are told in one way, and what they are."""
        if way not in _WAYS:
            raise Irregular("a cell has a type or a style that is not told")
        if way == "s":
            return self._shared(some), TEXT
        raw = self._raw(some)
        if way == PLAIN_STYLE:
            return _numbers(raw), NUMBER
        tell, kind = _WAYS[way]
        return _each(raw, tell), kind

    def _shared(self, some: Places) -> "pa.Array":
        """The shared strings whose numbers are in some cells."""
        starts = self._cells.starts[some]
        sizes = self._cells.ends[some] - starts
        if sizes.max() > 8:
            raise Irregular("the number of a shared string is none")
        numbers = _whole_numbers(self._cells.words[starts], sizes)
        try:
            return pc.take(self._strings.shared, pa.array(numbers), memory_pool=_MEMORY)
        except (pa.ArrowInvalid, IndexError):
            raise Irregular("a shared string is not there") from None

    def _raw(self, some: Places) -> "pa.Array":
        """The bytes of the values as they are written, as texts."""
        starts = self._cells.starts[some]
        sizes = self._cells.ends[some] - starts
        offsets = np.zeros(len(some) + 1, np.int32)
        np.cumsum(sizes, out=offsets[1:])
        places = np.repeat(starts - offsets[:-1], sizes) + np.arange(offsets[-1])
        buffers = [None, pa.py_buffer(offsets), pa.py_buffer(self._cells.data[places])]
        found = pa.Array.from_buffers(pa.binary(), len(some), buffers)
        try:
            return pc.cast(found, pa.string(), memory_pool=_MEMORY)
        except pa.ArrowInvalid:
            raise Irregular("a value is not UTF-8") from None


def _whole_numbers(written: Words, sizes: Places) -> npt.NDArray[np.int32]:
    """The numbers of one to eight digits that words begin with: pairs of digits are added up at once, then pairs of pairs."""
    shift = (64 - 8 * sizes).astype(np.uint64)
    word = written << shift
    empty = _word(0x30) & ~(np.uint64(0xFFFFFFFFFFFFFFFF) << shift)
    digits = word | empty
    if ((digits & _word(0xF0)) != _word(0x30)).any() or (((digits + _word(0x06)) & _word(0xF0)) != _word(0x30)).any():
        raise Irregular("the number of a shared string is none")
    word &= _word(0x0F)
    for mask, factor, size in (
        (0x00FF00FF00FF00FF, 10 << 8 | 1, 8),
        (0x0000FFFF0000FFFF, 100 << 16 | 1, 16),
        (0x00000000FFFFFFFF, 10_000 << 32 | 1, 32),
    ):
        word = ((word * np.uint64(factor)) >> np.uint64(size)) & np.uint64(mask)
    return word.astype(np.int32)


def _word(byte: int) -> np.uint64:
    """A word that is eight times a byte."""
    return np.uint64(byte * 0x0101010101010101)


def _numbers(raw: "pa.Array") -> "pa.Array":
    """The texts of numbers; those that Python would write otherwise are read first."""
    plain = pc.and_(
        pc.match_substring_regex(raw, _PLAIN, memory_pool=_MEMORY), pc.less_equal(pc.binary_length(raw), _LONGEST_PLAIN)
    )
    if pc.all(plain).as_py():
        return raw
    others = raw.filter(pc.invert(plain))
    if not pc.all(pc.match_substring_regex(others, _NUMBER)).as_py():
        raise Irregular("a number is written strangely")
    read = list(map(float, others.to_pylist()))
    if not all(map(math.isfinite, read)):
        raise Irregular("a number is beyond all numbers")
    return pc.replace_with_mask(raw, pc.invert(plain), text_array(read))


def _each(raw: "pa.Array", tell: Callable[[str], str]) -> "pa.Array":
    """Texts that are told once for each different one."""
    encoded = pc.dictionary_encode(raw)
    return pa.array(list(map(tell, encoded.dictionary.to_pylist())), pa.string()).take(encoded.indices)


def _date(text: str) -> str:
    """A date or a time of day as Python writes what the native reader gives."""
    if re.match(_NUMBER, text) is None:
        raise Irregular("a date is written strangely")
    serial = float(text)
    moment = math.floor(serial * _DAY + 0.5)
    if 0 <= serial < 1 and moment < _DAY:
        return str((_EPOCH + dt.timedelta(milliseconds=moment)).time())
    if not _FIRST_DATE <= serial <= _LAST_DATE:
        raise Irregular("a date is outside the calendar")
    day = _EPOCH + dt.timedelta(milliseconds=moment)
    return str(day.date()) if serial.is_integer() else str(day)


def _truth(text: str) -> str:
    if text not in ("0", "1"):
        raise Irregular("a truth value is written strangely")
    return str(text == "1")


def _error(text: str) -> str:
    if text not in _ERRORS:
        raise Irregular("an error is not known")
    return ""


def _inside(text: str) -> str:
    """A text that is written in its cell: a mark before it, two where spaces at its ends count."""
    bare = text.lstrip("\x01")
    if not 0 < len(text) - len(bare) < 3:
        raise Irregular("a text is not where its cell says")
    return told(bare, kept=len(text) - len(bare) == 2)


def _result(text: str) -> str:
    """A text that is the result of a formula."""
    if text.startswith("\x01"):
        raise Irregular("a text is not where its cell says")
    return told(text, kept=True)


_WAYS: Mapping[str, tuple[Callable[[str], str], int]] = {
    "b": (_truth, BOOLEAN),
    "e": (_error, TEXT),
    "inlineStr": (_inside, TEXT),
    "s": (str, TEXT),
    "str": (_result, TEXT),
    DATE_STYLE: (_date, TEXT),
    PLAIN_STYLE: (str, NUMBER),
}
"""How the cells of each type and style are told."""
