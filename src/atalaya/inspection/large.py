"""Delimited texts that are too large to be held: the same findings as `delimited` gives, from the file itself.

Written regularly, they are read by DuckDB (`bulk_table`); how they begin and end is told from their first and last rows as for
small ones. What is written otherwise (rows of several widths, blank rows, stray quotes, lone carriage returns, a header that
stands again) is left to the reader of small files: None is returned.
"""

import csv
import itertools
from array import array
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from atalaya.inspection.body import is_note
from atalaya.inspection.bulk_table import BulkTable, Sums, quote_of
from atalaya.inspection.canonical import is_volatile
from atalaya.inspection.dialect import Guess
from atalaya.inspection.findings import Dialect
from atalaya.inspection.frame import BYTES_OF_A_TEXT, Frame, Values
from atalaya.inspection.headers import HEAD, Layout, find_layout
from atalaya.inspection.limits import Limits
from atalaya.inspection.material import Findings, Hint, Sniffed
from atalaya.inspection.overflow import WIDEST
from atalaya.inspection.records import is_unforeseen, strict_rows
from atalaya.inspection.sniff import sniff
from atalaya.inspection.survey import Survey
from atalaya.inspection.tables import Below, gather, profile_below, titles_of

_HEAD_BYTES = 1024 * 1024
_END_BYTES = 64 * 1024
_FRAME_BYTES = 32 * 1024 * 1024
"""What the cells of the first rows may take where they are not asked for."""
_SAMPLED = 400_000
"""Bytes at the head by which a dialect is judged, at least."""
_FEW = 4
"""Quotes for each one behind a backslash from which backslashes do not escape."""
_JUDGED = 20_000
"""First rows whose cells are looked at for defects where they are not asked for."""
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


def sniff_large(path: Path, hint: Hint, limits: Limits) -> Sniffed | None:
    """What the head of a file shows, where it shows a delimited text in UTF-8 that may be read by `read_large`."""
    with path.open("rb") as stream:
        head = stream.read(_HEAD_BYTES)
    # Whether a text is JSON or markup is judged from all of it.
    if head.removeprefix(_BYTE_ORDER_MARK).lstrip()[:1] in (b"{", b"[", b"<"):
        return None
    if len(head) == _HEAD_BYTES:
        head = head[: head.rfind(b"\n") + 1]
    sniffed = sniff(head, hint, limits)
    decoded, guess = sniffed.decoded, sniffed.value
    if sniffed.format not in ("csv", "tsv") or decoded is None or not isinstance(guess, Guess):
        return None
    plain = decoded.encoding in ("utf-8", "utf-8-sig") and not decoded.defects and not sniffed.defects
    return sniffed if plain and _is_regular(guess) else None


def survey_of(sniffed: Sniffed) -> Survey:
    """The survey that `read_large` needs of the whole file."""
    return Survey(quote_of(_guess(sniffed).dialect).encode())


def read_large(path: Path, sniffed: Sniffed, surveyed: Callable[[], Survey], limits: Limits) -> Findings | None:
    """The table of a delimited text, or None where it is to be read row by row. `surveyed` gives the survey when it is
    needed."""
    start = _start(path, sniffed, limits)
    if start is None:
        return None
    try:
        with (
            TemporaryDirectory(prefix="atalaya-") as folder,
            BulkTable(start.layout.width, Path(folder), path) as table,
        ):
            read = _read(path, table, start, surveyed, limits)
    except (duckdb.OutOfMemoryException, duckdb.IOException):
        return None
    if read is None:
        return None
    below, dialect = read
    profile = profile_below(below, "", start.layout, limits, 1)
    decoded = sniffed.decoded
    assert decoded is not None, "delimited text is sniffed from text"
    return replace(gather([profile]), encoding=decoded.encoding, dialect=dialect)


def _read(
    path: Path, table: BulkTable, start: "_Start", surveyed: Callable[[], Survey], limits: Limits
) -> tuple[Below, Dialect] | None:
    """What stands below the header, and the dialect with the quote that stands behind the head only; None where it is not written
    regularly."""
    try:
        table.read(path, start.skip, start.dialect)
    except duckdb.Error:
        return None
    sums, survey = table.sums(), surveyed()
    if (
        survey.escaped
        or not _accounted(path, table, start, survey, sums)
        or table.repeats(start.head[start.first], start.first + 1 - start.skip)
    ):
        return None
    # Where backslashes stand before some quotes, it takes all of them to tell whether they escape.
    if _FEW * survey.escapes > sums.quotes:
        return None
    end = _end(table, start)
    if end is None:
        return None
    if end.rows < table.rows():
        table.cut(end.rows)
    quoted = survey.quotes - start.quotes > sums.quotes
    dialect = replace(start.dialect, quote=quote_of(start.dialect)) if quoted else start.dialect
    return _below(table, start, end, limits), dialect


def _is_regular(guess: Guess) -> bool:
    """Whether the head tells all of a dialect, by which DuckDB and `csv.reader` mean the same."""
    dialect = guess.dialect
    plain = dialect.escape is None and not dialect.skip_initial_space and dialect.line_end != "\r"
    return plain and guess.score > 0 and not guess.separator_line


def _guess(sniffed: Sniffed) -> Guess:
    assert isinstance(sniffed.value, Guess), "delimited text is sniffed with its dialect"
    return sniffed.value


@dataclass(frozen=True, slots=True, kw_only=True)
class _Start:
    """How a table begins: its first rows, the layout that they show, and where the first row of data stands.

    `skip` rows and `offset` bytes stand before it, which hold so many line feeds, carriage returns, pairs of both and quotes.
    """

    dialect: Dialect
    layout: Layout
    head: Sequence[Sequence[str]]
    skip: int
    offset: int
    newlines: int
    returns: int
    pairs: int
    quotes: int

    @property
    def first(self) -> int:
        """The place of the first row of the table, by which the next table is told."""
        width = self.layout.width
        filled = (sum(map(bool, map(str.strip, row))) if len(row) == width else 0 for row in self.head)
        return next((place for place, count in enumerate(filled) if count >= min(2, width)), self.skip)

    @property
    def first_number(self) -> int:
        """The number of the first row of data as a person sees it."""
        return self.skip + 1


class _Lines:
    """Passes the lines of a stream on and counts their bytes."""

    def __init__(self, stream: Iterator[str], size: int) -> None:
        self.size = size
        self._stream = stream

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = next(self._stream)
        self.size += len(line.encode())
        return line


def _start(path: Path, sniffed: Sniffed, limits: Limits) -> _Start | None:
    guess = _guess(sniffed)
    reading = replace(guess.dialect, quote=quote_of(guess.dialect))
    with path.open("rb") as stream:
        mark = len(_BYTE_ORDER_MARK) if stream.read(3) == _BYTE_ORDER_MARK else 0
    with path.open(encoding="utf-8-sig", newline="") as text:
        lines = _Lines(text, mark)
        head: list[list[str]] = []
        offsets = [lines.size]
        try:
            for row in itertools.islice(strict_rows(lines, reading), HEAD):
                head.append(row)
                offsets.append(lines.size)
        except (csv.Error, UnicodeDecodeError):
            return None
    layout = find_layout(head)
    first, width = layout.first_data, layout.width
    if first is None or not 1 <= width <= min(WIDEST, limits.columns) or guess.width != width:
        return None
    with path.open("rb") as stream:
        sampled = stream.read(max(_SAMPLED, offsets[-1]))
    if guess.dialect.quote is None and quote_of(guess.dialect).encode() in sampled:
        return None  # what was seen there is no quote: it cannot be told from one that quotes behind it
    if is_unforeseen(sampled[: offsets[-1]].decode("utf-8", "replace"), guess.dialect):
        return None
    before = sampled[: offsets[first]]
    return _Start(
        dialect=guess.dialect,
        layout=replace(layout, names=(*layout.names, *[""] * width)[:width]),
        head=head,
        skip=first,
        offset=len(before),
        newlines=before.count(b"\n"),
        returns=before.count(b"\r"),
        pairs=before.count(b"\r\n"),
        quotes=before.count(quote_of(guess.dialect).encode()),
    )


def _accounted(path: Path, table: BulkTable, start: _Start, survey: Survey, sums: Sums) -> bool:
    """Whether the cells that were read, with what stands between them, are all that the file holds behind its header."""
    size = path.stat().st_size
    with path.open("rb") as stream:
        stream.seek(max(start.offset, size - _END_BYTES))
        end = stream.read()
    ends = end[len(end.rstrip(b"\r\n")) :]
    rows = table.rows()
    newlines = survey.newlines - start.newlines - ends.count(b"\n")
    returns = survey.returns - start.returns - ends.count(b"\r") - sums.returns
    quotes = survey.quotes - start.quotes - sums.quotes
    delimiters = rows * (table.width - 1) * len(start.dialect.delimiter.encode())
    between = delimiters + (rows - 1) + returns + quotes
    pairs = survey.pairs - start.pairs - ends.count(b"\r\n")
    if returns > max(rows - 1, 0) or (sums.returns == 0 and returns != pairs):
        return False  # a carriage return by itself ends a line for some readers and not for others
    return rows > 0 and newlines == rows - 1 + sums.newlines and size - start.offset - len(ends) == sums.size + between


@dataclass(frozen=True, slots=True)
class _End:
    """How many rows of data there are, and the notes below them by number."""

    rows: int
    notes: tuple[tuple[int, tuple[str, ...]], ...]


def _end(table: BulkTable, start: _Start) -> _End | None:
    """Where the data end, as `Body` tells it; None where a blank row stands among them."""
    rows, tail = table.rows(), [[cell.strip() for cell in row] for row in table.tail()]
    before = rows - len(tail)
    region = len(tail)
    while region and not any(tail[region - 1][1 if table.width > 2 else 0 :]):
        region -= 1
    blank = table.blank_rows()
    if region == 0 or any(row < before + region for row in blank):
        return None
    kept = region
    notes: list[tuple[int, tuple[str, ...]]] = []
    for place in range(region, len(tail)):
        texts = tail[place]
        if not any(texts):
            continue
        if is_note(texts, after_note=bool(notes)):
            notes.append((start.first_number + before + place, tuple(filter(None, texts))))
        elif kept < place:
            return None
        else:
            kept = place + 1
    return _End(before + kept, tuple(notes))


def _below(table: BulkTable, start: _Start, end: _End, limits: Limits) -> Below:
    names = start.layout.names
    rows = table.rows()
    tallies = table.tallies()
    most = limits.frame_bytes if limits.cells_kept else min(limits.frame_bytes, _FRAME_BYTES)
    shown = table.first_rows(most, BYTES_OF_A_TEXT)
    if not limits.cells_kept:
        shown = min(shown, _JUDGED)
    columns = tuple(table.columns(shown)) if shown else tuple(Values([], array("I")) for _ in names)
    frame = Frame(
        name="",
        names=names,
        header_rows=tuple(place + 1 for place in start.layout.header),
        numbers=array("I", range(start.first_number, start.first_number + shown)),
        columns=columns,
        titles=titles_of(start.layout, start.head, 1),
        notes=end.notes,
        cut=shown < rows,
    )
    volatile = [place for place, name in enumerate(names) if is_volatile(name)]
    return Below(
        rows=rows,
        first=start.first_number if rows else None,
        last=start.first_number + rows - 1 if rows else None,
        frame=frame,
        tallies=tallies,
        hashed=table.hashed(volatile),
        cells=table.width,
    )
