"""Large sheets of XLSX workbooks read with arrays, many times faster than cell by cell, where they are written as nearly all are.

The workbook is opened by the native reader all the same, in its own process, but without its large sheets: in the place of each
stands a small one that asks what a number is in each style. The large ones are unpacked and read here. Whatever is not told to be
exactly what the native reader would give raises `IrregularPart`, and the sheet is then read by that one.
"""

import io
import re
import secrets
import xml.parsers.expat
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from itertools import chain, islice
from typing import TypeVar

import pyarrow as pa

from atalaya.inspection.blocks import Block, Stream
from atalaya.inspection.kinds import Cell
from atalaya.inspection.limits import Limits
from atalaya.inspection.sheet_strings import is_declaration, shared_strings
from atalaya.inspection.sheet_tags import Cells, Irregular, find_cells
from atalaya.inspection.sheet_texts import DATE_STYLE, PLAIN_STYLE, Range, Strings, block_of, filled_range
from atalaya.inspection.workbook_process import MERGED

_LEAST = 2 * 1024 * 1024
"""Bytes of a sheet from which it is read with arrays: smaller ones take the native reader hardly longer than its start."""
_MOST = 256 * 1024 * 1024
"""Bytes that the large sheets and the shared strings may unpack to; beyond, the native reader has its own limits."""
_MOST_OTHERS = 64 * 1024 * 1024
"""Bytes of all other parts."""
_MOST_AROUND = 4 * 1024 * 1024
"""Bytes of a sheet before and behind its cells."""
_PIECE = 2 * 1024 * 1024
"""Bytes of a sheet that are read together."""
_MOST_STYLES = 5_000
_THREADS = 3
"""For finding cells, for telling them, and for the texts that they refer to; who takes the rows works beside them."""
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml\Z")
_KEPT = re.compile(r".*\.(?:xml|rels)\Z", re.IGNORECASE)
_SHARED, _STYLES = "xl/sharedStrings.xml", "xl/styles.xml"
_CELL_FORMATS = re.compile(rb"<cellXfs[ >].*?</cellXfs>", re.DOTALL)
_FORMAT = re.compile(rb"<xf[ />]")
_MERGED = re.compile(rb'<mergeCell ref="([A-Z]{1,3})([1-9][0-9]{0,6}):([A-Z]{1,3})([1-9][0-9]{0,6})" ?/>')
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_PROBE = "43831.5"
"""Noon of 1 January 2020 as a number of a workbook."""
_ANSWERS = {43831.5: PLAIN_STYLE, "2020-01-01 12:00:00": DATE_STYLE}
"""What the native reader makes of it by the style of its cell; a workbook that counts from 1904 gives another date."""
_UNREADABLE = (
    zipfile.BadZipFile,
    OSError,
    ValueError,
    NotImplementedError,
    KeyError,
    RuntimeError,
    EOFError,
    zlib.error,
)
_UNTOLD = (Irregular, pa.ArrowException, ArithmeticError, LookupError, MemoryError, *_UNREADABLE)
"""What reading a sheet with arrays may raise."""

Box = tuple[int, int, int, int]
_Probe = Callable[[str, int], str]
T = TypeVar("T")


class IrregularPart(Exception):
    """Raised where a sheet must be read by the native reader, or again with all its columns known, if it is only `wider`."""

    def __init__(self, name: str, *, wider: bool = False) -> None:
        super().__init__(name)
        self.name = name
        self.wider = wider


@dataclass(frozen=True, slots=True)
class RegularSheet:
    """A sheet read with arrays: number of its first row and column, merged cells counted from there, from 0, and its rows."""

    first_row: int
    first_column: int
    merged: Sequence[Box]
    rows: Stream


class RegularBook:
    """The large sheets of a workbook. A context manager; `reduced` are the bytes of the workbook for the native reader.

    `wide` are sheets whose columns must be looked for in all rows before the first is read.
    """

    def __init__(self, archive: zipfile.ZipFile, names: Sequence[str], limits: Limits, wide: Iterable[str]) -> None:
        self._archive = archive
        self._names = names
        self._limits = limits
        self._wide = frozenset(wide)
        self._sign = secrets.token_hex(16)
        self._threads = ThreadPoolExecutor(_THREADS)
        self._texts: dict[str, Future[bytearray]] = {}
        self._strings: Future[pa.Array] | None = None
        self.reduced = _reduced(archive, names, self._probe)

    def __enter__(self) -> "RegularBook":
        self._strings = self._threads.submit(self._read_strings)
        self._texts = {name: self._threads.submit(_unpacked, self._archive, name) for name in self._names[:1]}
        return self

    def __exit__(self, *_: object) -> None:
        self._threads.shutdown(cancel_futures=True)

    def _probe(self, name: str, styles: int) -> str:
        """The sheet that stands for a large one: whom it stands for, then the same number in every style."""
        rows = (f'<row r="{row + 2}"><c r="A{row + 2}" s="{row}"><v>{_PROBE}</v></c></row>' for row in range(styles))
        sign = f"{self._sign} {self._names.index(name)}"
        first = f'<row r="1"><c r="A1" t="inlineStr"><is><t>{sign}</t></is></c></row>'
        return f'<worksheet xmlns="{_MAIN}"><sheetData>{first}{"".join(rows)}</sheetData></worksheet>'

    def _read_strings(self) -> "pa.Array":
        if _SHARED not in self._archive.namelist():
            return pa.array([], pa.string())
        return shared_strings(self._archive.read(_SHARED))

    def recognise(self, rows: Iterator[Sequence[Cell]]) -> tuple[str | None, Sequence[str], Iterator[Sequence[Cell]]]:
        """The name of the part for which a sheet stands, and what numbers are in its styles; or None, and its rows."""
        first = list(islice(rows, 1))
        told = str(first[0][0]) if first and first[0] else ""
        if not told.startswith(self._sign):
            return None, (), chain(first, rows)
        answers = [_ANSWERS.get(row[0], "") if isinstance(row[0], float | str) else "" for row in rows]
        return self._names[int(told.split()[1])], answers, iter(())

    def sheet(self, name: str, styles: Sequence[str]) -> RegularSheet | None:
        """A large sheet; None where it holds no value. Raises `IrregularPart`, and so do its rows."""
        try:
            text = self._texts[name].result() if name in self._texts else _unpacked(self._archive, name)
            start, end = _cells_between(text)
            assert self._strings is not None, "a book is entered before it is read"
            strings = Strings(self._strings.result(), styles)
            whole = self._range(text, start, end, every=name in self._wide)
            if whole is None:
                return None
            merged = _merged(text[end:], whole)
        except _UNTOLD:
            raise IrregularPart(name) from None
        cells = _ahead(self._threads, self._cells(name, text, (start, end), whole))
        blocks = _ahead(self._threads, self._blocks(name, cells, whole, strings))
        return RegularSheet(whole.first_row, whole.first + 1, merged, Stream(blocks))

    @staticmethod
    def _range(text: bytearray, start: int, end: int, *, every: bool) -> Range | None:
        """What of a sheet is filled, by its first rows that have a value or by every one."""
        found: Range | None = None
        above = 0
        for piece in _pieces(text, start, end):
            cells = find_cells(piece, above)
            above, some = cells.last_row, filled_range(cells)
            if found is None or some is None:
                found = found or some
            else:
                found = replace(found, first=min(found.first, some.first), last=max(found.last, some.last))
            if found is not None and not every:
                break
        return found

    def _cells(self, name: str, text: bytearray, place: tuple[int, int], whole: Range) -> Iterator[Cells]:
        """The cells of a sheet, some rows at a time."""
        above, width = 0, whole.last - whole.first + 1
        try:
            for piece in _pieces(text, *place):
                cells = find_cells(piece, above)
                above, some = cells.last_row, filled_range(cells)
                if some is not None and (some.first < whole.first or some.last > whole.last):
                    raise IrregularPart(name, wider=True)
                if (above - whole.first_row + 1) * width > self._limits.cells:
                    raise Irregular("it spans more cells than are read")
                yield cells
        except _UNTOLD:
            raise IrregularPart(name) from None

    @staticmethod
    def _blocks(name: str, found: Iterator[Cells], whole: Range, strings: Strings) -> Iterator[Block]:
        """The same as blocks, from the first filled row on."""
        first = whole.first_row
        try:
            for cells in found:
                block = block_of(cells, replace(whole, first_row=first), strings)
                if block is not None:
                    first += len(block)
                    yield block
        except _UNTOLD:
            raise IrregularPart(name) from None


def regular_book(
    data: bytes, limits: Limits, refused: Iterable[str] = (), wide: Iterable[str] = ()
) -> RegularBook | None:
    """The large sheets of a workbook, without those that are refused; None where it has none, or is no such workbook."""
    if not data.startswith(b"PK\x03\x04") or len(data) < _LEAST // limits.ratio:
        return None
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        large = [info for info in archive.infolist() if _SHEET.match(info.filename) and info.file_size >= _LEAST]
        names = [info.filename for info in large if info.filename not in set(refused)]
        if not names or not _is_usual(archive, [*names, _SHARED]):
            return None
        return RegularBook(archive, names, limits, wide)
    except _UNREADABLE:
        return None


def _is_usual(archive: zipfile.ZipFile, large: Sequence[str]) -> bool:
    """Whether an archive is one that any reader of ZIP files reads alike, within limits."""
    infos = archive.infolist()
    read = [info for info in infos if _KEPT.match(info.filename)]
    own = sum(info.file_size for info in read if info.filename in large)
    others = sum(info.file_size for info in read if info.filename not in large)
    folded = {info.filename.lower() for info in infos}
    return (
        len(folded) == len(infos)
        and own <= _MOST
        and others <= _MOST_OTHERS
        and all(not info.flag_bits & 1 for info in infos)
        and all(info.compress_type in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for info in infos)
    )


def _reduced(archive: zipfile.ZipFile, names: Sequence[str], probe: _Probe) -> bytes:
    """A workbook with another sheet in the place of each large one; without its shared strings where no sheet is left."""
    kept = [name for name in archive.namelist() if _KEPT.match(name)]
    styles = _count_styles(archive.read(_STYLES)) if _STYLES in kept else 0
    alone = all(name in names for name in kept if name.startswith("xl/worksheets/") and name.endswith(".xml"))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as reduced:
        for name in kept:
            if name in names:
                reduced.writestr(name, probe(name, styles))
            elif name != _SHARED or not alone:
                reduced.writestr(name, archive.read(name))
    return out.getvalue()


def _count_styles(part: bytes) -> int:
    found = _CELL_FORMATS.search(part)
    count = len(_FORMAT.findall(found[0])) if found is not None else 0
    if count > _MOST_STYLES:
        raise ValueError("more styles than are asked for")
    return count


def _unpacked(archive: zipfile.ZipFile, name: str) -> bytearray:
    """A part of a workbook, written once into memory of its size."""
    text = bytearray(archive.getinfo(name).file_size)
    at = 0
    with archive.open(name) as stream:
        while piece := stream.read(_PIECE):
            text[at : at + len(piece)] = piece
            at += len(piece)
    if at != len(text):
        raise EOFError("a part is not as long as it is said to be")
    return text


def _cells_between(text: bytearray) -> tuple[int, int]:
    """Where the rows of a sheet begin and end; what stands around them must be XML."""
    opening, closing = b"<sheetData>", b"</sheetData>"
    start, end = text.find(opening), text.rfind(closing)
    root = text.find(b"<worksheet")
    if not 0 <= root < start < end or not is_declaration(bytes(text[:root])):
        raise Irregular("it is not written as sheets are")
    around = text[: start + len(opening)], text[end:]
    joined = b"".join(around)
    if len(joined) > _MOST_AROUND or b"<!" in joined or joined.count(b"<sheetData") != 1:
        raise Irregular("there is too much around its cells")
    parser = xml.parsers.expat.ParserCreate()
    try:
        parser.Parse(joined, True)
    except xml.parsers.expat.ExpatError:
        raise Irregular("what stands around its cells is no XML") from None
    return start + len(opening), end


def _merged(tail: bytearray, whole: Range) -> list[Box]:
    """The merged cells, counted from the first filled row and column, from 0."""
    found = _MERGED.findall(tail)
    if len(found) != tail.count(b"<mergeCell ") + tail.count(b"<mergeCell/"):
        raise Irregular("its merged cells are written strangely")
    top, left = whole.first_row - 1, whole.first
    return [
        (int(first) - 1 - top, _column(left_of) - left, int(last) - 1 - top, _column(right_of) - left)
        for left_of, first, right_of, last in found[:MERGED]
    ]


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number - 1


def _pieces(text: bytearray, start: int, end: int) -> Iterator[bytes]:
    """The rows of a sheet, some at a time."""
    closing = b"</row>"
    while start < end:
        cut = text.rfind(closing, start, min(start + _PIECE, end))
        if cut < 0:
            cut = text.find(closing, start, end)
        stop = end if cut < 0 or start + _PIECE >= end else cut + len(closing)
        yield bytes(memoryview(text)[start:stop])
        start = stop


def _ahead(threads: ThreadPoolExecutor, items: Iterator[T]) -> Iterator[T]:
    """Items, of which the next is made in a thread while one is looked at."""
    waiting = threads.submit(next, items, None)
    while (item := waiting.result()) is not None:
        waiting = threads.submit(next, items, None)
        yield item
