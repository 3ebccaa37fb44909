"""PDF: how many pages, which of them are text and which only pictures, and the tables that lines draw on them."""

from __future__ import annotations

import io
import logging
import struct
import time
import zlib
from dataclasses import dataclass, field

import pdfplumber
from pdfminer.layout import LTAnno, LTChar, LTContainer
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfminer.pdfpage import PDFPage
from pdfminer.psexceptions import PSException
from pdfplumber.page import Page
from pdfplumber.utils.exceptions import PdfminerException

from atalaya.inspection.natives.messages import chunks, fault, table

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Any

    from atalaya.inspection.natives.messages import Budget, Message

_FAULTS = (
    PSException, PdfminerException, ValueError, ArithmeticError, LookupError, EOFError, OSError, RecursionError, struct.error,
    zlib.error, NotImplementedError, AttributeError, TypeError, AssertionError,
)  # fmt: skip
"""What pages that are not what they claim raise inside the library."""
_SECONDS = 40.0
"""Processor time after which the rest of the pages is only counted."""
_MOST_PAGES = 2_000
_FEWEST_CHARACTERS = 20
"""Characters from which a page is text: a page number on a picture is none."""
_PICTURE = 0.5
"""Share of a page that a picture must cover for a page without text to be a scan."""
_OPENING = 600
"""Characters of the beginning of the text that are told."""
_MOST_EDGES = 20_000
"""Lines from which a page is a drawing: looking for tables in it would take minutes."""
_LEAST_ROWS = 2
_FILLED = 0.5
"""Share of the rows in which at least two columns of a table hold text: frames around text and charts do not."""
_NEAR = 3.0
"""Points by which the sides of a table may differ from page to page."""


@dataclass
class _Counts:
    """Pages: all, those looked at, those of text, those scanned, those that cannot be read."""

    pages: int = 0
    looked: int = 0
    text: int = 0
    scanned: int = 0
    characters: int = 0
    opening: str = ""
    broken: list[int] = field(default_factory=list)


@dataclass
class _Letter:
    """A letter and where it stands, in points; `top` grows downwards from anywhere."""

    text: str
    top: float
    height: float
    left: float
    right: float

    @classmethod
    def of(cls, said: dict[str, Any]) -> _Letter:
        """A letter as the library records it."""
        return cls(said["text"], said["top"], said["height"], said["x0"], said["x1"])


@dataclass
class _Drawn:
    """A table on one page or on several that follow each other; `sides` are its left and right in points."""

    page: int
    sides: tuple[float, float]
    rows: list[list[str]]
    last: int = 0

    @property
    def where(self) -> str:
        """The pages on which it stands."""
        return f"page {self.page}" if self.last == self.page else f"pages {self.page} to {self.last}"


def read(data: bytes, _budget: Budget) -> Iterator[Message]:
    """Facts of the whole, then the tables."""
    logging.disable(logging.CRITICAL)
    try:
        yield from _read(pdfplumber.open(io.BytesIO(data)))  # closing it would read all its pages again
    except PdfminerException as error:
        if any(isinstance(each, PDFPasswordIncorrect) for each in error.args):
            yield fault("password_protected", "file", "the PDF is encrypted")
        else:
            yield fault("unreadable", "file", f"its pages cannot be read: {type(error.args[0]).__name__}")
    except _FAULTS as error:
        yield fault("unreadable", "file", f"its pages cannot be read: {type(error).__name__}")


def _read(document: Any) -> Iterator[Message]:
    counts = _Counts()
    found: list[_Drawn] = []
    for number, raw in enumerate(_pages(document, counts), 1):
        if number > _MOST_PAGES or time.process_time() > _SECONDS:
            continue
        counts.looked = number
        try:
            page = Page(document, raw, page_number=number, initial_doctop=0)
            _look(number, page, counts, found)
            page.close()
        except _FAULTS:
            counts.broken.append(number)
    found = [each for each in found if each.last == each.page or len(set(map(tuple, each.rows))) > 2]  # page headers
    yield ("fact", "document", (counts.pages, counts.text, counts.scanned, counts.characters, len(found)))
    yield ("fact", "opening", (_title(document), counts.opening))
    yield from _complaints(counts)
    for each in found:
        yield table(each.where, None, {"note": f"drawn with lines on {each.where}", "content": "page"})
        yield from chunks(_filled(each.rows))


def _pages(document: Any, counts: _Counts) -> Iterator[Any]:
    """The pages one by one, up to one that ends the list: the library's own list of them fails as a whole."""
    try:
        for raw in PDFPage.create_pages(document.doc):
            counts.pages += 1
            yield raw
    except _FAULTS:
        counts.pages += 1
        counts.looked += counts.looked == counts.pages - 1
        counts.broken.append(counts.pages)


def _look(number: int, page: Any, counts: _Counts, found: list[_Drawn]) -> None:
    bare = _bare_letters(page)
    letters = [_Letter.of(each) for each in page.chars] if bare is None else bare
    count = sum(not each.text.startswith("(cid:") and not each.text.isspace() for each in letters)
    counts.characters += count
    if count < _FEWEST_CHARACTERS:
        counts.scanned += bare is None and _is_picture(page)
        return
    counts.text += 1
    if len(counts.opening) < _OPENING:
        counts.opening = f"{counts.opening} {_beginning(letters)}".strip()
    if bare is None and len(page.edges) <= _MOST_EDGES:
        _take(number, _tables(page), found)


def _bare_letters(page: Any) -> list[_Letter] | None:
    """The letters of a page that holds nothing else; None of one with pictures or lines.

    The library makes a record of forty values of every letter, which takes twice as long as reading the page: of a page without
    lines nobody asks for them.
    """
    letters: list[_Letter] = []
    waiting = list(reversed(page.layout._objs))
    while waiting:
        each = waiting.pop()
        if isinstance(each, LTChar):
            letters.append(_Letter(each.get_text(), -each.y1, each.height, each.x0, each.x1))
        elif isinstance(each, LTContainer):
            waiting.extend(reversed(each._objs))
        elif not isinstance(each, LTAnno):
            return None
    return letters


def _complaints(counts: _Counts) -> Iterator[Message]:
    if not counts.pages:
        yield fault("unreadable", "file", "it has no page that can be found")
    if counts.broken:
        detail = f"{len(counts.broken)} of {counts.pages} pages cannot be read"
        yield fault("unreadable", f"page {counts.broken[0]}", detail)
    if counts.looked < counts.pages:
        yield fault("too_large", f"page {counts.looked + 1}", f"{counts.looked} of {counts.pages} pages were looked at")


def _beginning(letters: Sequence[_Letter]) -> str:
    """The first lines of a page in the order in which its letters are drawn, a blank where one line or word ends."""
    found: list[str] = []
    before: _Letter | None = None
    for each in letters[: 2 * _OPENING]:
        if before is not None and not each.text.isspace():
            apart = abs(each.top - before.top) > before.height / 2
            if apart or each.left - before.right > before.height / 5:
                found.append(" ")
        found.append(each.text)
        before = each
    return " ".join("".join(found).split())[:_OPENING]


def _title(document: Any) -> str:
    said = document.metadata.get("Title") if isinstance(document.metadata, dict) else None
    return " ".join(said.split())[:_OPENING] if isinstance(said, str) else ""


def _is_picture(page: Any) -> bool:
    area = float(page.width) * float(page.height)
    for image in page.images:
        width = min(float(image["x1"]), float(page.width)) - max(float(image["x0"]), 0.0)
        height = min(float(image["bottom"]), float(page.height)) - max(float(image["top"]), 0.0)
        if area > 0 and width > 0 and height > 0 and width * height >= _PICTURE * area:
            return True
    return False


def _tables(page: Any) -> list[tuple[tuple[float, float], list[list[str]]]]:
    """The sides and rows of each table, from top to bottom; columns that are empty on this page may not be on the next."""
    found = []
    for drawn in sorted(page.find_tables(), key=lambda each: each.bbox[1]):
        rows = [[_text(cell) for cell in row] for row in drawn.extract()]
        if _is_table(_filled(rows)):
            found.append(((float(drawn.bbox[0]), float(drawn.bbox[2])), rows))
    return found


def _text(cell: str | None) -> str:
    return " ".join((cell or "").split())


def _filled(rows: list[list[str]]) -> list[list[str]]:
    """Rows and columns that hold something."""
    rows = [row for row in rows if any(row)]
    kept = [at for at in range(len(rows[0]) if rows else 0) if any(row[at] for row in rows if at < len(row))]
    return [[row[at] if at < len(row) else "" for at in kept] for row in rows]


def _is_table(rows: Sequence[Sequence[str]]) -> bool:
    if len(rows) < _LEAST_ROWS or len(rows[0]) < 2:
        return False
    shares = sorted((sum(map(bool, column)) / len(rows) for column in zip(*rows, strict=True)), reverse=True)
    return shares[1] >= _FILLED


def _take(number: int, drawn: list[tuple[tuple[float, float], list[list[str]]]], found: list[_Drawn]) -> None:
    """Add the tables of a page; the first goes on with the last one of the page before where both have the same columns."""
    for place, (sides, rows) in enumerate(drawn):
        before = found[-1] if found and not place and found[-1].last == number - 1 else None
        if before is not None and len(before.rows[0]) == len(rows[0]) and _alike(before.sides, sides):
            before.rows.extend(rows[1:] if rows[0] == before.rows[0] else rows)
            before.last = number
        else:
            found.append(_Drawn(number, sides, rows, number))


def _alike(left: tuple[float, float], right: tuple[float, float]) -> bool:
    return all(abs(one - other) <= _NEAR for one, other in zip(left, right, strict=True))
