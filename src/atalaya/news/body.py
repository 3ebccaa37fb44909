"""The shape of a text: paragraphs, headings, lists, quotes and tables of plain spans. It has no place for anything else.

A page writes it element by element and escapes every span, so whatever was pasted, nothing of it can run or load.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from atalaya.news.links import safe_link

DEEPEST = 3
"""Levels of a list below the first; what lies deeper is shown at the last."""

LARGE, SMALL = 2, 3
"""Levels of headings: the title of the page is the first."""


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of text of one look. `href` is a safe address, empty where it leads nowhere."""

    text: str
    strong: bool = False
    emphasis: bool = False
    href: str = ""


Spans = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph."""

    spans: Spans


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level `LARGE` or `SMALL`."""

    level: int
    spans: Spans


@dataclass(frozen=True, slots=True)
class Item:
    """An item of a list: how deep it lies, from 0, whether it is numbered, and its text."""

    depth: int
    ordered: bool
    spans: Spans


@dataclass(frozen=True, slots=True)
class Listing:
    """A list: its items in reading order."""

    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of somebody else, one paragraph."""

    spans: Spans


@dataclass(frozen=True, slots=True)
class Table:
    """A table of equally long rows; `headed`: the first one names the columns."""

    rows: tuple[tuple[Spans, ...], ...]
    headed: bool = False


Block = Paragraph | Heading | Listing | Quote | Table
Body = tuple[Block, ...]

_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]")
"""Soft hyphens, marks without width and those that reorder what stands around them."""
_BLANKS = re.compile(r"\s+")
_BARE = re.compile(r"https?://[^\s<>\"'|\\\[\]()]+")
_AFTER = ".,;:!?…»”’"
"""Signs that end a sentence and not an address."""


def visible(text: str) -> str:
    """A text without what is not seen: controls, marks without width, halves of characters; every blank is a space."""
    plain = _UNSEEN.sub("", text.encode("utf-8", "replace").decode("utf-8"))
    seen = "".join(" " if unicodedata.category(c) in ("Cc", "Zl", "Zp", "Zs") else c for c in plain)
    return "".join(c for c in seen if unicodedata.category(c) not in ("Co", "Cn"))


def tidy(spans: Iterable[Span]) -> Spans:
    """Spans as a text keeps them: blanks joined and none at the ends, neighbours of one look joined, bare addresses linked."""
    found: list[Span] = []
    blank = True
    for span in spans:
        text = _BLANKS.sub(" ", visible(span.text))
        if blank:
            text = text.lstrip(" ")
        if not text:
            continue
        blank = text.endswith(" ")
        if text == " ":
            span = Span(" ")
        if found and replace(found[-1], text="") == replace(span, text=""):
            found[-1] = replace(span, text=found[-1].text + text)
        else:
            found.append(replace(span, text=text))
    while found and not (last := found[-1].text.rstrip(" ")):
        found.pop()
    if found:
        found[-1] = replace(found[-1], text=last)
    return tuple(_joined(piece for span in _outward(found) for piece in _linked(span)))


def _outward(spans: Sequence[Span]) -> Iterable[Span]:
    """Blanks at the ends of what is marked stand beside it: marks close around words."""
    for span in spans:
        inner = span.text.strip(" ")
        if inner == span.text or replace(span, text="") == Span(""):
            yield span
            continue
        if span.text.startswith(" "):
            yield Span(" ")
        if inner:
            yield replace(span, text=inner)
        if inner and span.text.endswith(" "):
            yield Span(" ")


def _linked(span: Span) -> Iterable[Span]:
    if span.href:
        yield span
        return
    start = 0
    for match in _BARE.finditer(span.text):
        address = match[0].rstrip(_AFTER)
        if safe_link(address) != address:
            continue
        if match.start() > start:
            yield replace(span, text=span.text[start : match.start()])
        yield replace(span, text=address, href=address)
        start = match.start() + len(address)
    if start < len(span.text):
        yield replace(span, text=span.text[start:])


def _joined(spans: Iterable[Span]) -> Iterable[Span]:
    held: Span | None = None
    for span in spans:
        if held is not None and replace(held, text="") == replace(span, text=""):
            held = replace(held, text=held.text + span.text)
            continue
        if held is not None:
            yield held
        held = span
    if held is not None:
        yield held


def paragraph(spans: Iterable[Span]) -> list[Block]:
    """A paragraph, or nothing where nothing is said."""
    told = tidy(spans)
    return [Paragraph(told)] if told else []


def table(rows: Iterable[Sequence[Iterable[Span]]], headed: bool = False) -> list[Block]:
    """A table; rows without any text are left out, and shorter ones filled. One column alone is paragraphs."""
    told = [tuple(tidy(cell) for cell in row) for row in rows]
    filled = [row for row in told if any(row)]
    if not filled:
        return []
    width = max(max(n for n, cell in enumerate(row, start=1) if cell) for row in filled)
    if width == 1:
        return [Paragraph(row[0]) for row in filled]
    whole = tuple((*row[:width], *(() for _ in range(width - len(row)))) for row in filled)
    return [Table(whole, headed and len(whole) > 1)]


def listing(items: Iterable[Item]) -> list[Block]:
    """A list whose levels follow each other: no item lies more than one below the one before it."""
    found: list[Item] = []
    for item in items:
        spans = tidy(item.spans)
        if spans:
            above = found[-1].depth + 1 if found else 0
            found.append(Item(max(0, min(item.depth, above, DEEPEST)), item.ordered, spans))
    return [Listing(tuple(found))] if found else []


def gathered(blocks: Iterable[Block]) -> Body:
    """Blocks as a text: lists that follow each other are one, and their levels follow each other."""
    found: list[Block] = []
    for kind, members in groupby(blocks, key=lambda block: isinstance(block, Listing)):
        some = list(members)
        found += listing(item for block in some for item in _items(block)) if kind else some
    return tuple(found)


def _items(block: Block) -> tuple[Item, ...]:
    return block.items if isinstance(block, Listing) else ()


def said(spans: Iterable[Span]) -> str:
    """The words of spans."""
    return "".join(span.text for span in spans)


def words_of(body: Body) -> str:
    """The words of a text, one block a line, cells apart by tabs."""
    return "\n".join(line for block in body for line in _lines(block))


def _lines(block: Block) -> list[str]:
    if isinstance(block, Listing):
        return [said(item.spans) for item in block.items]
    if isinstance(block, Table):
        return ["\t".join(said(cell) for cell in row) for row in block.rows]
    return [said(block.spans)]
