"""Delimited text cut into lines and rows, in a dialect that is known.

`csv.reader` reads what is written by its rules. Lines with escapes, or with quotes that its rules do not foresee, are first
written again by those rules, so that no character of a cell is dropped or moved.
"""

import csv
import io
import re
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from atalaya.inspection.findings import Dialect

_FIELD_LIMIT = 16 * 1024 * 1024
"""Characters of the longest cell: outlines of territories take megabytes, an unclosed quote takes the file."""
_IN_MEMORY = 1 << 20
"""Characters of a text that may be copied to be cut into lines fast."""
_MOST_LINES = 60
"""Lines in which an open cell is looked for its closing quote: addresses and remarks stay far below."""
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\n|\r|\Z)")

csv.field_size_limit(_FIELD_LIMIT)


def lines(text: str) -> Iterator[str]:
    """The lines of a text with their ends, at `\\n`, `\\r\\n` and lone `\\r`; never at other characters."""
    if len(text) <= _IN_MEMORY:
        return io.StringIO(text, newline="")
    return (match.group() for match in _LINE.finditer(text) if match.group())


def strict_rows(text: Iterable[str], dialect: Dialect) -> Iterator[list[str]]:
    """The rows as `csv.reader` gives them: fast, and wrong where quotes stand bare inside cells or other characters are
    escaped. Raises csv.Error for a cell above the limit."""
    return csv.reader(
        text,
        delimiter=dialect.delimiter,
        quotechar=dialect.quote,
        quoting=csv.QUOTE_NONE if dialect.quote is None else csv.QUOTE_MINIMAL,
        escapechar=dialect.escape,
        doublequote=dialect.escape is None,
        skipinitialspace=dialect.skip_initial_space,
    )


def is_unforeseen(text: str, dialect: Dialect) -> bool:
    """Whether a text holds quotes that the rules of `csv.reader` do not foresee."""
    return dialect.quote is not None and marks_of(dialect).unforeseen.search(text) is not None


def read_rows(text: Iterable[str], dialect: Dialect) -> Iterator[list[str]]:
    """The rows of lines of text in a dialect. Raises csv.Error for a cell above the limit."""
    if dialect.quote is None:
        escape = dialect.escape
        return strict_rows(text if escape is None else _with_escapes(text, escape, dialect.delimiter), dialect)
    return _quoted_rows(text, dialect)


@dataclass(frozen=True, slots=True)
class Record:
    """One row as it was read: its number and that of its first line, from 1, the lines as they are written, and its cells."""

    row: int
    line: int
    raw: str
    cells: Sequence[str]


def read_records(text: Iterable[str], dialect: Dialect) -> Iterator[Record]:
    """The rows of lines of text with their places. Raises csv.Error for a cell above the limit."""
    taken: list[str] = []
    if dialect.quote is None:
        rows = read_rows(_noted(text, taken), dialect)
    else:
        rows = _quoted_rows(text, dialect, taken)
    line = 1
    for number, row in enumerate(rows, 1):
        yield Record(number, line, "".join(taken), row)
        line += len(taken)
        taken.clear()


def _noted(text: Iterable[str], taken: list[str]) -> Iterator[str]:
    for line in text:
        taken.append(line)
        yield line


def _with_escapes(text: Iterable[str], escape: str, delimiter: str) -> Iterator[str]:
    """Lines in which an escape stands before delimiters and escapes only: before other characters it is one itself."""
    pattern = re.compile(rf"{re.escape(escape)}([{re.escape(escape)}{re.escape(delimiter)}]?)")
    for line in text:
        yield (
            pattern.sub(lambda found: found.group() if found.group(1) else escape * 2, line) if escape in line else line
        )


def _quoted_rows(text: Iterable[str], dialect: Dialect, taken: list[str] | None = None) -> Iterator[list[str]]:
    """Rows of a dialect with quotes, whose unforeseen lines are rewritten on their way to `csv.reader`; the lines of each row as
    they are written are put into `taken`."""
    state = [False]
    source = _foreseen(text, marks_of(dialect), state, taken)
    reader = csv.reader(
        source,
        delimiter=dialect.delimiter,
        quotechar=dialect.quote,
        skipinitialspace=dialect.skip_initial_space,
    )
    for row in reader:
        state[0] = False
        yield row


def _foreseen(text: Iterable[str], marks: "Marks", state: list[bool], taken: list[str] | None) -> Iterator[str]:
    """The lines as `csv.reader` expects them.

    `state` tells whether a cell is open: the reader asks for the next line before it has given a row only inside a cell.
    """
    quote, escape, unforeseen = marks.quote, marks.escape, marks.unforeseen
    waiting: deque[str] = deque()
    source = iter(text)
    while line := waiting.popleft() if waiting else next(source, ""):
        inside, state[0] = state[0], True
        if taken is not None:
            taken.append(line)
        quotes = line.count(quote)
        if (quotes and (quotes & 1 or unforeseen.search(line) is not None)) or (escape is not None and escape in line):
            body = line.rstrip("\r\n")
            pieces, is_open = pieces_of(body, marks, inside)
            if is_open and not inside and not _closes(waiting, source, marks):
                pieces, is_open = pieces_of(body, marks, inside, closed=False)
            yield _written(pieces, marks, inside, is_open) + line[len(body) :]
        else:
            yield line


@dataclass(frozen=True, slots=True)
class Piece:
    """What stands between two delimiters of a line: its text as read, and whether quotes held it."""

    text: str
    quoted: bool


@dataclass(frozen=True, slots=True)
class Marks:
    """The characters of a dialect with quotes, and the patterns that are made of them."""

    delimiter: str
    quote: str
    escape: str | None
    skips: bool
    unforeseen: re.Pattern[str]
    closing: re.Pattern[str]
    special: re.Pattern[str]
    bare: re.Pattern[str]


@lru_cache(maxsize=64)
def marks_of(dialect: Dialect) -> Marks:
    """The patterns of a dialect. `unforeseen` finds a quote inside a cell that is not doubled, or that opens a cell twice."""
    cut, quote = re.escape(dialect.delimiter), re.escape(str(dialect.quote))
    blanks = "" if dialect.delimiter in " \t" else r"[ \t]*"
    end = rf"{blanks}(?:{cut}|[\r\n]|\Z)"
    escape = None if dialect.escape is None else re.escape(dialect.escape)
    escaped = "" if escape is None else rf"{escape}[{quote}{escape}]|"
    return Marks(
        delimiter=dialect.delimiter,
        quote=str(dialect.quote),
        escape=dialect.escape,
        skips=dialect.skip_initial_space,
        unforeseen=re.compile(
            rf"{quote}(?:(?<![{cut}{quote}]{quote})(?<!\A{quote})(?<![\r\n]{quote})(?<!{cut} {quote})(?!{quote}|{end})"
            rf"|{quote}(?:(?<={cut}{quote}{quote})|(?<=\A{quote}{quote})|(?<=[\r\n]{quote}{quote}))(?!{quote}|{end}))"
        ),
        closing=re.compile(end),
        special=re.compile(rf"{escaped}{quote}{quote}|{quote}"),
        bare=re.compile(rf"[^{cut}]*" if escape is None else rf"(?:{escape}[{quote}{escape}{cut}]|[^{cut}])*"),
    )


def pieces_of(body: str, marks: Marks, inside: bool = False, closed: bool = True) -> tuple[list[Piece], bool]:
    """The pieces of a line without its end, and whether the last of them goes on in the next line.

    `inside` says that the first one began in a line before, `closed` whether a cell that is open at the end of the line closes in
    a later one. A quote closes its cell only where the cell ends. One that opens a cell is a character like others where no
    quote closes the cell, or where the next cell opens before.
    """
    pieces: list[Piece] = []
    at = 0
    while True:
        begin = at
        if marks.skips and not inside:
            begin += len(body[at:]) - len(body[at:].lstrip(" "))
        quoted = inside or body.startswith(marks.quote, begin)
        if quoted:
            held = _quoted_text(body, begin if inside else begin + 1, marks)
            text, end = held.text, held.end
            if end is None and (inside or (closed and not held.strays)):
                pieces.append(Piece(text, True))
                return pieces, True
            quoted = end is not None and (inside or not held.reopened or not _is_stray(body, begin, marks))
        if not quoted:
            found = marks.bare.match(body, begin)
            end = found.end() if found is not None else len(body)
            text = _unescaped(body[begin:end], marks)
        assert end is not None, "a piece ends"
        pieces.append(Piece(text, quoted))
        inside = False
        if end >= len(body):
            return pieces, False
        at = end + 1


def _is_stray(body: str, begin: int, marks: Marks) -> bool:
    """Whether the quote that opens a cell was not meant to: one too many up to the end of the line, or doubled before a text."""
    return bool(body.count(marks.quote, begin) & 1) or body.startswith(marks.quote * 2, begin)


@dataclass(frozen=True, slots=True)
class _Held:
    """The text behind an opening quote, where its cell ends (None: not in this line), how many quotes inside are bare, and
    whether one of those stands where a cell opens."""

    text: str
    end: int | None
    strays: int
    reopened: bool


def _quoted_text(body: str, start: int, marks: Marks) -> _Held:
    parts: list[str] = []
    at, strays, reopened = start, 0, False
    for found in marks.special.finditer(body, start):
        parts.append(body[at : found.start()])
        at = found.end()
        if len(found.group()) == 2:
            parts.append(found.group()[1])
            continue
        ended = marks.closing.match(body, at)
        if ended is not None:
            end = ended.end() - (1 if ended.group().endswith(marks.delimiter) else 0)
            return _Held("".join(parts), end, strays, reopened)
        strays += 1
        before = body[start : found.start()].rstrip(marks.quote)
        reopened = reopened or before.endswith(marks.delimiter) or not (before or start)
        parts.append(marks.quote)
    parts.append(body[at:])
    return _Held("".join(parts), None, strays, reopened)


def _closes(waiting: deque[str], source: Iterator[str], marks: Marks) -> bool:
    """Whether a cell that is open at the end of a line closes in a later one before another cell opens.

    Looks at `_MOST_LINES` lines, which it keeps waiting; a cell that is still open then is left to whoever sees how much it
    takes.
    """
    for place in range(_MOST_LINES):
        if place == len(waiting):
            line = next(source, "")
            if not line:
                return False
            waiting.append(line)
        held = _quoted_text(waiting[place].rstrip("\r\n"), 0, marks)
        if held.reopened:
            return False
        if held.end is not None:
            return True
    return True


def _unescaped(text: str, marks: Marks) -> str:
    if marks.escape is None or marks.escape not in text:
        return text
    escape = re.escape(marks.escape)
    return re.sub(rf"{escape}([{escape}{re.escape(marks.quote)}{re.escape(marks.delimiter)}])", r"\1", text)


def _written(pieces: Sequence[Piece], marks: Marks, inside: bool, is_open: bool) -> str:
    """The same cells by the rules of `csv.reader`."""
    quote, cells = marks.quote, []
    for place, piece in enumerate(pieces):
        text = piece.text
        opened = inside and place == 0
        if not piece.quoted and marks.delimiter not in text and not text.lstrip(" ").startswith(quote):
            cells.append(text)
            continue
        last = is_open and place == len(pieces) - 1
        cells.append(("" if opened else quote) + text.replace(quote, quote * 2) + ("" if last else quote))
    return marks.delimiter.join(cells)
