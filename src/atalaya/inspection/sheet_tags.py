"""The cells of a stretch of sheet XML, found with arrays instead of an XML parser: where each value stands, and in which cell.

Programs write sheets in one way: rows of cells, each with its address, its style and type, and its value (ECMA-376 part 1,
§18.3.1). Only that way is understood here, and all of it is checked: each tag must be one that is known, at its place among the
others, with nothing between them, and each address must be that of its row. All else is `Irregular`, for a parser to read.
"""

import re
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Places = npt.NDArray[np.int64]
Words = npt.NDArray[np.uint64]
Marks = npt.NDArray[np.bool_]
MARK = b"\x01"
"""What stands before a value that is written in its cell as text, and not as `<v>`: a sign that XML does not know."""
_PADDING = b"\0" * 40
"""Bytes behind the text, so that words may be read at its end."""
_LONGEST_TAIL = 24
"""Bytes of the attributes behind an address."""
_MOST_TAILS = 64
"""Different ones in one stretch."""
_MOST_DIGITS = 7
_ROW_TAIL = re.compile(rb'(?: (?!r=)[A-Za-z_][\w.:]*="[^"<>&]*")* ?/?\Z')
_FORMULA = re.compile(rb'(?<=">)<f(?: [^<>]*)?(?:/>|>[^<>]*</f>)(?=<v>|</c>|<v/>)')
_BEFORE = np.array([(1 << 8 * size) - 1 for size in range(8)] + [(1 << 64) - 1], np.uint64)
"""Masks of the first bytes of a word, by their number."""


class Irregular(Exception):
    """Raised where a sheet is not written as nearly all are; nothing is wrong with it."""


@dataclass(frozen=True, slots=True)
class Cells:
    """The cells of some rows that have a value, in order: rows from 1, columns from 0, where their values begin and end in
    `data`, and which of `tails`, the attributes behind the address, each has."""

    data: npt.NDArray[np.uint8]
    words: Words
    last_row: int
    rows: Places
    columns: Places
    starts: Places
    ends: Places
    tail: npt.NDArray[np.int16]
    tails: tuple[bytes, ...]


def find_cells(text: bytes, row_above: int) -> Cells:
    """The cells of a text of whole rows, which follow the row of this number. Raises `Irregular`."""
    if MARK in text:
        raise Irregular("it holds characters that XML does not know")
    page = _Page(text)
    if not page.kinds.are_all():
        page = _Page(_plain(text))
    text, data, words, tags, kinds = page.text, page.data, page.words, page.tags, page.kinds
    rows, cells = np.flatnonzero(kinds.row), np.flatnonzero(kinds.cell)
    valued = _check_order(data, tags, kinds, rows, cells, len(text))
    numbers, digits, written = _row_numbers(text, words, tags, rows, row_above)
    counts = np.diff(np.append(np.searchsorted(cells, rows), len(cells)))
    addresses = tags[cells] + 6
    columns, letters = _columns(words[addresses])
    digit = np.repeat(digits, counts)
    masks = _BEFORE[digit + 1]
    if ((words[addresses + letters] ^ np.repeat(written, counts)) & masks).any():
        raise Irregular("the address of a cell is not in its row")
    begin = addresses + letters + digit + 1
    tail, tails = _tails(text, words, begin, tags[cells + 1] - 1 - begin)
    return Cells(
        data=data,
        words=words,
        last_row=int(numbers[-1]) if len(numbers) else row_above,
        rows=np.repeat(numbers, counts)[valued],
        columns=columns[valued],
        starts=tags[cells[valued] + 1] + 3,
        ends=tags[cells[valued] + 2],
        tail=tail[valued],
        tails=tails,
    )


class _Page:
    """A text with its bytes, the words that begin with each, and where its tags are, four more at its end."""

    def __init__(self, text: bytes) -> None:
        self.text = text
        self.data = np.frombuffer(text + _PADDING, np.uint8)
        self.words: Words = np.ndarray((len(self.data) - 7,), "<u8", buffer=self.data, strides=(1,))
        tags = np.flatnonzero(self.data[: len(text)] == ord("<"))
        self.tags: Places = np.concatenate((tags, np.full(4, len(text))))
        self.kinds = _Kinds(self.words[self.tags])


def _plain(text: bytes) -> bytes:
    """Without formulas, and with texts in cells marked and written like all values."""
    text = _FORMULA.sub(b"", text)
    for opening, marks in ((b"<is><t>", MARK), (b'<is><t xml:space="preserve">', MARK * 2)):
        text = text.replace(opening, b"<v>" + marks)
    return text.replace(b"</t></is>", b"</v>").replace(b"<v/>", b"<v></v>")


class _Kinds:
    """Which tags are of which kind, by their first eight bytes."""

    def __init__(self, heads: Words) -> None:
        def begin(tag: bytes) -> Marks:
            word = np.uint64(int.from_bytes(tag, "little"))
            found: Marks = heads == word if len(tag) == 8 else (heads & _BEFORE[len(tag)]) == word
            return found

        self.cell = begin(b'<c r="')
        self.value = begin(b"<v>")
        self.value_end = begin(b"</v>")
        self.cell_end = begin(b"</c>")
        self.row = begin(b'<row r="')
        self.row_end = begin(b"</row>")

    def are_all(self) -> bool:
        """Whether each tag is of one of the kinds."""
        known = self.cell | self.value | self.value_end | self.cell_end | self.row | self.row_end
        return bool(known[:-4].all())


def _check_order(
    data: npt.NDArray[np.uint8], tags: Places, kinds: _Kinds, rows: Places, cells: Places, size: int
) -> Marks:
    """Which cells have a value, once every tag was found at its place and nothing between them.

    A tag tells what may follow it: as each is followed by what it allows, there are no others.
    """
    ended = tags == size
    is_next = kinds.cell | kinds.row_end
    valued, following = kinds.value[cells + 1], kinds.cell_end[cells + 1]
    closes = data[tags[cells + 1] - 2] == ord("/")
    full, bare, closed = cells[valued], cells[following], cells[~valued & ~following]
    row_closes = data[tags[rows + 1] - 2] == ord("/")
    open_rows, empty_rows = rows[~row_closes], rows[row_closes]
    ends = np.flatnonzero(kinds.row_end)
    is_row = kinds.row | ended
    true = (
        (kinds.row[:1].all() and size and not ended[0])
        and kinds.value_end[full + 2].all() and kinds.cell_end[full + 3].all() and is_next[full + 4].all()
        and (tags[full + 3] == tags[full + 2] + 4).all() and (tags[full + 4] == tags[full + 3] + 4).all()
        and is_next[bare + 2].all() and (tags[bare + 2] == tags[bare + 1] + 4).all()
        and is_next[closed + 1].all() and (closes == (~valued & ~following)).all()
        and (data[tags[cells + 1] - 1] == ord(">")).all() and (data[tags[rows + 1] - 1] == ord(">")).all()
        and is_next[open_rows + 1].all() and is_row[empty_rows + 1].all()
        and is_row[ends + 1].all() and (tags[ends + 1] == tags[ends] + 6).all()
        and np.count_nonzero(data == ord(">")) == len(tags) - 4
    )  # fmt: skip
    if not true:
        raise Irregular("its tags are not those of plain cells")
    return valued


def _row_numbers(text: bytes, words: Words, tags: Places, rows: Places, above: int) -> tuple[Places, Places, Words]:
    """The number of each row, how many digits it has, and the word that begins with them. Numbers must grow."""
    begin = tags[rows] + 8
    written = words[begin]
    digits = np.zeros(len(rows), np.int64)
    numbers = np.zeros(len(rows), np.int64)
    going = np.ones(len(rows), np.bool_)
    for place in range(_MOST_DIGITS):
        sign = (written >> np.uint64(8 * place)).astype(np.uint8)
        going &= (sign >= ord("0")) & (sign <= ord("9"))
        numbers = np.where(going, numbers * 10 + sign - ord("0"), numbers)
        digits += going
    behind = begin + digits
    closing = words[behind].astype(np.uint8) == ord('"')
    grows = np.diff(numbers, prepend=above) > 0
    if not (closing.all() and grows.all() and (digits > 0).all()):
        raise Irregular("the numbers of its rows do not grow")
    tails = {text[start:end] for start, end in zip((behind + 1).tolist(), (tags[rows + 1] - 1).tolist(), strict=True)}
    if not all(map(_ROW_TAIL.match, tails)):
        raise Irregular("a row has other attributes than rows have")
    return numbers, digits, written


def _columns(written: Words) -> tuple[Places, Places]:
    """The column of each address and how many letters it has, from the word that begins with it."""
    signs = [(written >> np.uint64(8 * place)).astype(np.uint8) for place in range(3)]
    first, second, third = ((sign >= ord("A")) & (sign <= ord("Z")) for sign in signs)
    second &= first
    third &= second
    if not first.all():
        raise Irregular("a cell has no address")
    columns = signs[0].astype(np.int64) - ord("A")
    for more, sign in ((second, signs[1]), (third, signs[2])):
        if more.any():
            columns = np.where(more, (columns + 1) * 26 + sign - ord("A"), columns)
    return columns, 1 + second.astype(np.int64) + third


def _tails(text: bytes, words: Words, begin: Places, sizes: Places) -> tuple[npt.NDArray[np.int16], tuple[bytes, ...]]:
    """The different attributes behind addresses, and which of them each cell has."""
    found = np.full(len(begin), -1, np.int16)
    if not len(begin):
        return found, ()
    if sizes.min() < 0 or sizes.max() > _LONGEST_TAIL:
        raise Irregular("a cell has other attributes than cells have")
    parts = [words[begin + offset] & _BEFORE[np.clip(sizes - offset, 0, 8)] for offset in range(0, int(sizes.max()), 8)]
    tails: list[bytes] = []
    open_cells = np.arange(len(begin))
    while len(open_cells):
        if len(tails) == _MOST_TAILS:
            raise Irregular("its cells have too many different attributes")
        one = int(open_cells[0])
        same = sizes[open_cells] == sizes[one]
        for part in parts:
            same &= part[open_cells] == part[one]
        found[open_cells[same]] = len(tails)
        tails.append(text[int(begin[one]) : int(begin[one] + sizes[one])])
        open_cells = open_cells[~same]
    return found, tuple(tails)
