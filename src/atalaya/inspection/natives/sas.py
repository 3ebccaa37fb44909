"""SAS datasets (`.sas7bdat`): the layout that Matthew Shotwell described, and the pages, subheaders and two ways of packing
that the readers of ReadStat and pandas agree on.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass, field

from atalaya.inspection.natives.messages import chunks, fault
from atalaya.inspection.natives.sas_packing import unpack_rdc, unpack_rle
from atalaya.inspection.natives.variables import Variable, codec_named, tables_of, when

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from atalaya.inspection.natives.messages import Budget, Message

_ENCODINGS = {
    20: "utf-8", 28: "ascii", 29: "iso8859-1", 30: "iso8859-2", 31: "iso8859-3", 32: "iso8859-4", 33: "iso8859-5",
    34: "iso8859-6", 35: "iso8859-7",
    36: "iso8859-8", 37: "iso8859-9", 39: "iso8859-11", 40: "iso8859-15", 41: "cp437", 42: "cp850", 43: "cp852",
    44: "cp857", 45: "cp858", 46: "cp862", 47: "cp864", 48: "cp865", 49: "cp866", 50: "cp869", 51: "cp874", 55: "cp720",
    56: "cp737", 57: "cp775", 58: "cp860", 59: "cp863", 60: "cp1250", 61: "cp1251", 62: "cp1252", 63: "cp1253", 64: "cp1254",
    65: "cp1255", 66: "cp1256", 67: "cp1257", 68: "cp1258", 118: "cp950", 119: "euc_tw", 123: "big5", 125: "gb2312", 126: "gbk",
    134: "euc_jp", 136: "cp949", 138: "shift_jis", 140: "euc_kr", 142: "iso2022_jp", 205: "gb18030",
}  # fmt: skip
_ROW_SIZE, _COLUMN_SIZE, _COLUMN_TEXT = 0xF7F7F7F7, 0xF6F6F6F6, 0xFFFFFFFD
_COLUMN_NAME, _COLUMN_ATTRIBUTES, _FORMAT_AND_LABEL = 0xFFFFFFFF, 0xFFFFFFFC, 0xFFFFFBFE
_KNOWN = frozenset({
    _ROW_SIZE, _COLUMN_SIZE, _COLUMN_TEXT, _COLUMN_NAME, _COLUMN_ATTRIBUTES, _FORMAT_AND_LABEL, 0xFFFFFC00, 0xFFFFFFFE,
})  # fmt: skip
_MOST_COLUMNS = 100_000
_LARGEST_PAGE = 64 << 20


@dataclass
class _Column:
    name: str = ""
    label: str = ""
    shown: str = ""
    start: int = 0
    width: int = 0
    is_text: bool = False


@dataclass
class _Layout:
    """Sizes that the header states, and what the subheaders of all pages add to them."""

    order: str
    wide: bool
    header: int
    page: int
    pages: int
    encoding: str
    rows: int = -1
    length: int = 0
    mixed: int = 0
    packing: bytes = b""
    texts: list[bytes] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    attributes: list[tuple[int, int, bool]] = field(default_factory=list)
    said: list[tuple[str, str]] = field(default_factory=list)

    @property
    def word(self) -> int:
        """Bytes of a number that depends on the system."""
        return 8 if self.wide else 4

    def number(self, data: bytes, at: int) -> int:
        """Such a number."""
        return int(struct.unpack_from(self.order + ("q" if self.wide else "i"), data, at)[0])

    def short(self, data: bytes, at: int) -> int:
        """A number of two bytes."""
        return int(struct.unpack_from(self.order + "H", data, at)[0])


def read(data: bytes, _budget: Budget) -> Iterator[Message]:
    """The rows, then what the variables mean."""
    try:
        layout = _header(data)
        for page in _pages(data, layout):
            for kind, body, _ in _subheaders(page, layout):
                if kind is not None:
                    _take(kind, body, layout)
        columns = _columns(layout)
    except (struct.error, ValueError, IndexError) as error:
        cut = isinstance(error, struct.error | IndexError)
        yield fault("truncated" if cut else "unreadable", "file", f"its header cannot be read: {type(error).__name__}")
        return
    variables = [Variable(each.name, each.label) for each in columns]
    rows = _Rows(data, layout, columns)
    yield from tables_of(variables, chunks(iter(rows)), layout.encoding)
    if rows.broken or rows.read < layout.rows:
        yield fault("truncated", "file", f"{rows.read} of {layout.rows} stated rows are there")


def _header(data: bytes) -> _Layout:
    wide = data[32] == 0x33
    shift = 4 if data[35] == 0x33 else 0
    order = "<" if data[37] == 1 else ">"
    encoding = _ENCODINGS.get(data[70], "cp1252")
    header, page = struct.unpack_from(order + "2i", data, 196 + shift)
    pages = struct.unpack_from(order + ("q" if wide else "i"), data, 204 + shift)[0]
    if not 256 <= header <= 1 << 20 or not 256 <= page <= _LARGEST_PAGE or pages < 0:
        raise ValueError("sizes that cannot be")
    return _Layout(order, wide, header, page, pages, codec_named(encoding) or "cp1252")


def _pages(data: bytes, layout: _Layout) -> Iterator[bytes]:
    for number in range(layout.pages):
        page = data[layout.header + number * layout.page : layout.header + (number + 1) * layout.page]
        if len(page) < layout.page:
            return
        yield page


def _subheaders(page: bytes, layout: _Layout) -> Iterator[tuple[int | None, bytes, bool]]:
    """The parts of a page: the kind, its bytes, and whether they are packed; None for a packed or plain row."""
    bits = 16 + 16 * layout.wide  # page type, and the counts behind it
    kind, _, number = struct.unpack_from(layout.order + "3H", page, bits)
    if kind & 0x0F00 not in (0x0000, 0x0200, 0x0400):
        return
    size = 24 if layout.wide else 12
    for at in range(bits + 8, bits + 8 + number * size, size):
        start, length = layout.number(page, at), layout.number(page, at + layout.word)
        compression, what = page[at + 2 * layout.word], page[at + 2 * layout.word + 1]
        if not length or compression == 1 or start < 0 or length < 0 or start + length > len(page):
            continue
        body = page[start : start + length]
        signature = struct.unpack_from(layout.order + "I", body, 0)[0] if length >= 4 else 0
        if layout.wide and layout.order == ">" and length >= 8 and signature in (0xFFFFFFFF, 0):
            signature = struct.unpack_from(">I", body, 4)[0]
        if compression == 4 or (what == 1 and signature not in _KNOWN):
            yield None, body, compression == 4
        elif signature in _KNOWN:
            yield signature, body, False


def _take(kind: int, body: bytes, layout: _Layout) -> None:
    word = layout.word
    if kind == _ROW_SIZE:
        layout.length, layout.rows = layout.number(body, 5 * word), layout.number(body, 6 * word)
        layout.mixed = layout.number(body, 15 * word)
        if layout.length <= 0 or layout.rows < 0:
            raise ValueError("sizes of rows that cannot be")
    elif kind == _COLUMN_TEXT:
        text = body[word:]
        layout.texts.append(text)
        if len(layout.texts) == 1:
            layout.packing = next((name for name in (b"SASYZCRL", b"SASYZCR2") if name in text[:200]), b"")
    elif kind == _COLUMN_NAME:
        for at in range(word + 8, len(body) - word - 4, 8):
            layout.names.append(_text(layout, body, at))
    elif kind == _COLUMN_ATTRIBUTES:
        for at in range(word + 8, len(body) - word - 4, word + 8):
            start, width = layout.number(body, at), struct.unpack_from(layout.order + "I", body, at + word)[0]
            layout.attributes.append((start, width, body[at + word + 6] == 2))
    elif kind == _FORMAT_AND_LABEL:
        at = 3 * word + 22
        layout.said.append((_text(layout, body, at), _text(layout, body, at + 6)))
    if len(layout.names) > _MOST_COLUMNS:
        raise ValueError("more columns than are read")


def _text(layout: _Layout, body: bytes, at: int) -> str:
    """A text by its place among the texts: which block, where in it, how long."""
    block, start, size = (layout.short(body, at + step) for step in (0, 2, 4))
    held = layout.texts[block] if block < len(layout.texts) else b""
    return held[start : start + size].decode(layout.encoding, "replace").strip(" \0")


def _columns(layout: _Layout) -> list[_Column]:
    if not layout.length or not layout.names:
        raise IndexError("the columns are not there")
    found = []
    for place, (name, (start, width, is_text)) in enumerate(zip(layout.names, layout.attributes, strict=False)):
        shown, label = layout.said[place] if place < len(layout.said) else ("", "")
        if start < 0 or start + width > layout.length or (not is_text and not 0 < width <= 8):
            raise ValueError("a column outside of its row")
        found.append(_Column(name, label, shown, start, width, is_text))
    return found


class _Rows:
    """The rows of all pages, one by one."""

    def __init__(self, data: bytes, layout: _Layout, columns: list[_Column]) -> None:
        self.read = 0
        self.broken = False
        self._data, self._layout, self._columns = data, layout, columns
        self._double = struct.Struct(layout.order + "d").unpack
        self._unpack = unpack_rdc if layout.packing == b"SASYZCR2" else unpack_rle

    def __iter__(self) -> Iterator[list[object]]:
        for page in _pages(self._data, self._layout):
            try:
                for row in self._raw(page):
                    if self.read >= self._layout.rows:
                        return
                    self.read += 1
                    yield [self._cell(row, column) for column in self._columns]
            except (struct.error, ValueError, IndexError):
                self.broken = True
                return

    def _raw(self, page: bytes) -> Iterator[bytes]:
        """The rows of one page: packed ones stand among its parts, plain ones behind them."""
        layout, length = self._layout, self._layout.length
        bits = 16 + 16 * layout.wide
        kind, blocks, parts = struct.unpack_from(layout.order + "3H", page, bits)
        for found, body, packed in _subheaders(page, layout):
            if found is None:
                yield self._unpack(body, length) if packed else body[:length].ljust(length, b"\0")
        family = kind & 0x0F00
        if family == 0x0100:
            start, number = bits + 8, blocks
        elif family == 0x0200:
            start = bits + 8 + parts * (24 if layout.wide else 12)
            start += start % 8 and 4
            number = min(layout.rows, layout.mixed)
        else:
            return
        for at in range(start, start + number * length, length):
            row = page[at : at + length]
            if len(row) < length:
                return
            yield row

    def _cell(self, row: bytes, column: _Column) -> object:
        raw = row[column.start : column.start + column.width]
        if column.is_text:
            return raw.decode(self._layout.encoding, "replace").rstrip(" \0")
        # Shorter numbers lack their last bytes, which are zeros.
        whole = raw.rjust(8, b"\0") if self._layout.order == "<" else raw.ljust(8, b"\0")
        number = self._double(whole)[0]
        return None if number != number else when(number, column.shown)
