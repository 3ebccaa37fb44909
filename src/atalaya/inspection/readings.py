"""Every way in which the pieces of one line can be the cells of a row: delimiters that are one too many or missing, values that
hold the delimiter, other delimiters, quotes and escapes. Whoever asks takes a reading only where it is the only one."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from atalaya.inspection.dialect import DELIMITERS
from atalaya.inspection.findings import Dialect
from atalaya.inspection.fits import ColumnFit
from atalaya.inspection.records import Piece, marks_of, pieces_of

_MOST_STEPS = 20_000
"""Steps of a search after which a row counts as one that can be read in several ways."""
_MOST_EXTRA = 40
"""Pieces more than columns that are still put together: words of a text that spaces cut."""

_MOST_STRANGE = 1
"""Cells of a row that may have a shape which their column has not shown."""
_MOST_PLACES = 24
"""Quotes and empty cells of one line that are tried."""

_MOST_COLUMNS = 150
"""Columns up to which the places of pieces are searched."""

Cells = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """The cells of a row in one reading, and the sentence that says what was wrong with how it is written."""

    cells: Cells
    reason: str


class TooManyError(Exception):
    """Raised by a search that takes too many steps, caught by `readings`."""


def readings(raw: str, dialect: Dialect, columns: Sequence[ColumnFit]) -> list[Reading] | None:
    """The readings of a line whose cells fit its columns best, at most two different ones; None for too many to tell.

    All cells are what their columns hold by kind. The best readings have the fewest cells of a shape that their column has not
    shown, and at most one.
    """
    body = raw.rstrip("\r\n")
    found: dict[Cells, Reading] = {}
    fewest = _MOST_STRANGE
    if len(columns) > _MOST_COLUMNS:
        return None
    try:
        for pieces, joiner, reason in _spellings(body, dialect, len(columns)):
            unbalanced = sum(_is_unbalanced(piece, dialect.quote) for piece in pieces)
            if unbalanced > fewest:
                continue
            for cells, how, strange in _Search(pieces, joiner, columns, fewest - unbalanced).results():
                if strange + unbalanced < fewest:
                    found.clear()
                    fewest = strange + unbalanced
                if strange + unbalanced <= fewest:
                    found.setdefault(cells, Reading(cells, reason or how))
                if len(found) > 1 and not fewest:
                    return list(found.values())
    except TooManyError:
        return None
    return list(found.values())[:2]


def _is_unbalanced(piece: Piece, quote: str | None) -> bool:
    """Whether a bare piece holds a double quote without its fellow; apostrophes have none."""
    return quote == '"' and not piece.quoted and bool(piece.text.count(quote) & 1)


def _spellings(body: str, dialect: Dialect, width: int) -> Iterator[tuple[list[Piece], str, str]]:
    """The pieces of a line in its own dialect, then in dialects that differ in one thing, with what joins them and the reason."""
    own = cut(body, dialect)
    yield own, dialect.delimiter, ""
    if len(own) == width:
        yield from _moved(own, dialect)
    for parted in parted_at_quotes(body, dialect):
        if len(parted) == width:
            yield parted, dialect.delimiter, "a delimiter beside a quote is missing"
    quote = "'" if dialect.quote == '"' else '"'
    if body.count(quote) > 1:
        other = cut(body, replace(dialect, quote=quote))
        if any(piece.quoted for piece in other):
            yield other, dialect.delimiter, f"its cells are quoted with {quote}"
    if dialect.quote is not None and f"\\{dialect.quote}" in body and dialect.escape is None:
        yield cut(body, replace(dialect, escape="\\")), dialect.delimiter, "its quotes are escaped with a backslash"
    if dialect.escape is not None and str(dialect.quote) * 2 in body:
        yield cut(body, replace(dialect, escape=None)), dialect.delimiter, "its quotes are doubled"
    if len(own) > width:
        return
    for delimiter in DELIMITERS:
        if delimiter != dialect.delimiter and body.count(delimiter) >= width - 1:
            shown = {"\t": "tabs", " ": "spaces"}.get(delimiter, delimiter)
            changed = replace(dialect, delimiter=delimiter, skip_initial_space=False, quote=dialect.quote or '"')
            yield cut(body, changed), delimiter, f"its cells are parted by {shown}"


def _moved(own: list[Piece], dialect: Dialect) -> Iterator[tuple[list[Piece], str, str]]:
    """As many pieces as columns, one of them empty and too many, so that another must be missing."""
    empty = [at for at, piece in enumerate(own) if not piece.quoted and not piece.text.strip()]
    for at in empty[:_MOST_PLACES]:
        yield own[:at] + own[at + 1 :], dialect.delimiter, "one delimiter is too many and one is missing"


def parted_at_quotes(body: str, dialect: Dialect) -> Iterator[list[Piece]]:
    """The pieces with one delimiter more, before or behind a quote inside a cell."""
    quote, delimiter = dialect.quote, dialect.delimiter
    if quote is None:
        return
    edges = (delimiter, "")
    inside = [
        at
        for at in range(1, len(body))
        if body[at] == quote
        and body[at - 1] not in edges
        and body[at + 1 : at + 2] not in edges
        and not (quote == "'" and body[at - 1].isalpha() and body[at + 1].isalpha())
    ]
    for at in inside[:_MOST_PLACES]:
        yield cut(body[:at] + delimiter + body[at:], dialect)
        yield cut(body[: at + 1] + delimiter + body[at + 1 :], dialect)


def cut(body: str, dialect: Dialect) -> list[Piece]:
    """The pieces of one line, which stands for itself."""
    if dialect.quote is None:
        return [Piece(text, False) for text in body.split(dialect.delimiter)]
    return pieces_of(body, marks_of(dialect), closed=False)[0]


class _Search:
    """Lays pieces over columns from left to right, each piece or group of pieces on the next column, with a limit of cells that
    are strange to their columns."""

    def __init__(self, pieces: Sequence[Piece], joiner: str, columns: Sequence[ColumnFit], strange: int) -> None:
        self._pieces = pieces
        self._joiner = joiner
        self._columns = columns
        self._strange = strange
        self._steps = 0
        self._dead: set[tuple[int, int, int, bool]] = set()

    def results(self) -> Iterator[tuple[Cells, str, int]]:
        """The cells of each way to lay all pieces over all columns, what was done to do so, and how many are strange."""
        if len(self._pieces) - len(self._columns) <= _MOST_EXTRA:
            yield from self._from(_At(0, 0, (), 0, "", False))

    def _from(self, at: "_At") -> Iterator[tuple[Cells, str, int]]:
        self._steps += 1
        if self._steps > _MOST_STEPS:
            raise TooManyError
        left, free = len(self._pieces) - at.piece, len(self._columns) - at.place
        if not left and not free:
            yield at.cells, at.how, at.strange
            return
        key = (at.piece, at.place, at.strange, at.is_short)
        if key in self._dead:
            return
        found = False
        for result in self._next(at, left, free):
            found = True
            yield result
        if not found:
            self._dead.add(key)

    def _next(self, at: "_At", left: int, free: int) -> Iterator[tuple[Cells, str, int]]:
        here = self._pieces[at.piece] if left else None
        if here is not None and free:
            yield from self._lay(at, (here.text,), 1, at.how)
        if here is not None and left > free:
            yield from self._with_less(at, here, left - free if free else 0)
        if left < free:
            yield from self._with_more(at, here)

    def _lay(self, at: "_At", cells: Cells, pieces: int, how: str) -> Iterator[tuple[Cells, str, int]]:
        """Go on with some cells on the next columns, where they fit."""
        strange = at.strange
        for place, cell in enumerate(cells, at.place):
            if not self._columns[place].fits(cell):
                return
            strange += not self._columns[place].fits(cell, strict=True)
        if strange <= self._strange:
            after = (*at.cells, *cells)
            yield from self._from(_At(at.piece + pieces, at.place + len(cells), after, strange, how, at.is_short))

    def _with_less(self, at: "_At", here: Piece, extra: int) -> Iterator[tuple[Cells, str, int]]:
        """Readings in which a delimiter is one too many, or belongs to a value."""
        if not here.text.strip() and not here.quoted:
            yield from self._lay(at, (), 1, "a delimiter stands once too often")
        if here.quoted or not here.text.strip():
            return
        text = here.text
        for more in range(1, extra + 1):
            following = self._pieces[at.piece + more]
            if following.quoted:
                return
            text += self._joiner + following.text
            if following.text.strip():
                yield from self._lay(at, (text,), more + 1, "a value holds the delimiter")

    def _with_more(self, at: "_At", here: Piece | None) -> Iterator[tuple[Cells, str, int]]:
        """Readings in which one delimiter is missing: beside an empty cell, or between two values. At the end of a row a value
        may be missing as well, unless the last column never holds one."""
        if at.is_short:
            return
        at = replace(at, is_short=True)
        is_last = at.place == len(self._columns) - 1
        if self._columns[at.place].is_empty or not is_last:
            yield from self._lay(at, ("",), 0, "a delimiter beside an empty cell is missing")
        if here is not None and not is_last:
            for halves in _halves(here):
                yield from self._lay(at, halves, 1, "a delimiter is missing")


@dataclass(frozen=True, slots=True)
class _At:
    """Where a search stands: the next piece, the next column, the cells so far, how many of them are strange, what was done, and
    whether a missing delimiter was already supposed."""

    piece: int
    place: int
    cells: Cells
    strange: int
    how: str
    is_short: bool


def _halves(piece: Piece) -> Iterator[tuple[str, str]]:
    """The ways to part a bare piece in two values."""
    text = piece.text
    places = [at for at, character in enumerate(text) if character.isalnum()]
    if not piece.quoted and places:
        for at in range(places[0] + 1, places[-1] + 1):
            if text[at - 1] != " " or text[at] != " ":
                yield text[:at], text[at:]
