"""What was pasted, whether a page, the HTML of a word processor or plain lines, as a text of the safe shape.

Kept: paragraphs, headings, lists with their levels, tables, quotes, strong and emphasised words, links. Left out: formats, fonts,
smart tags, comments, what was hidden or struck out while changes were tracked, pictures, scripts, and marks by which readers are
followed. What was left out that somebody may miss is counted, so that it can be told.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from atalaya.exceptions import AtalayaError
from atalaya.news.body import (
    LARGE,
    SMALL,
    Block,
    Body,
    Heading,
    Item,
    Listing,
    Quote,
    Span,
    gathered,
    paragraph,
    said,
    table,
    tidy,
)
from atalaya.news.elements import (
    ALONE,
    BLOCKS,
    HEADINGS,
    LEVEL,
    NUMBER,
    QUIET,
    SWALLOWED,
    TITLED,
    UNSEEN,
)
from atalaya.news.links import followed, safe_link
from atalaya.news.markup import read_body
from atalaya.news.tokens import Tag, Words, tokens

LONGEST = 1_000_000
"""Characters of what may be pasted: a text of ten pages out of a word processor has some 200,000 with its formats."""
LONGEST_BODY = 60_000
"""Characters of a text as it is kept: some twenty pages."""
WIDEST = 50
"""Columns that one cell may span."""
NESTED = 4
"""Tables within each other that are told apart."""
DEEPEST = 60
"""Elements within each other that are told apart; what lies deeper is words of the last one."""

PICTURES, LINKS, TRACKING, HIDDEN, DELETED, ACTIVE = "pictures", "links", "tracking", "hidden", "deleted", "active"
"""What is counted of what was left out: pictures, links that lead nowhere safe, marks taken off addresses, hidden words, words
that were struck out, and whatever would run, load or ask."""

_LOOKS_LIKE_HTML = re.compile(
    r"<(?:!doctype|!--\[if|/?(?:html|head|body|meta|style|script|p|div|span|br|hr|h[1-6]|ul|ol|li|table|t[rdh]|tbody|thead|b|i|u|em|strong|a"
    r"|img|font|blockquote|iframe|svg|[owvm]:\w+|st1:\w+))(?=[\s/>])[^>]*>",
    re.IGNORECASE,
)


class TooLongError(AtalayaError):
    """More was pasted than is read. Raised by `cleaned`; the text says how much is."""


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A text of the safe shape, and how often something was left out of it, by `PICTURES` and the others."""

    body: Body
    left_out: Mapping[str, int]


def cleaned(text: str) -> Cleaned:
    """What was pasted or written, cleaned. Raises TooLongError where there are more than `LONGEST` characters."""
    if len(text) > LONGEST:
        raise TooLongError(f"the text has {len(text)} characters with its formats; paste {LONGEST} at most")
    if _LOOKS_LIKE_HTML.search(text) is None:
        return Cleaned(read_body(text), {})
    reading = _Reading()
    for token in tokens(text):
        reading.take(token)
    return Cleaned(reading.end(), dict(reading.left_out))


@dataclass(slots=True)
class _Look:
    """How words look inside an element, and what the element is to end."""

    name: str
    span: Span
    list_: tuple[int, bool] | None = None
    ignored: bool = False


@dataclass(slots=True)
class _Grid:
    """A table while it is read: its rows of cells, and whether its first one names columns."""

    rows: list[list[list[Span]]] = field(default_factory=list)
    cell: int | None = None
    """The cell of the last row that is open."""
    heads: int = 0


class _Reading:
    """Takes tokens, and holds what they have made so far: finished blocks, and the spans of the one that is open."""

    def __init__(self) -> None:
        self.left_out: Counter[str] = Counter()
        self._blocks: list[Block] = []
        self._open: list[_Look] = []
        self._spans: list[Span] = []
        self._swallowing: list[str] = []
        self._kind: tuple[str, int, bool] = ("paragraph", 0, False)
        self._grids: list[_Grid] = []
        self._marker = ""

    def take(self, token: Words | Tag) -> None:
        """Take the next token."""
        if self._swallowing:
            self._swallow(token)
        elif isinstance(token, Words):
            self._say(token.text)
        elif token.closing:
            self._close(token.name)
        else:
            self._begin(token)

    def end(self) -> Body:
        """The text, once everything was taken."""
        while self._grids:
            self._end_table()
        self._finish()
        return gathered(self._blocks)

    def _swallow(self, token: Words | Tag) -> None:
        if isinstance(token, Tag) and token.name == self._swallowing[-1]:
            if token.closing:
                self._swallowing.pop()
            elif token.name not in ("style", "script", "textarea"):
                self._swallowing.append(token.name)

    def _say(self, text: str) -> None:
        look = self._open[-1] if self._open else None
        if look is not None and look.ignored:
            self._marker += text
        else:
            self._spans.append(replace(look.span if look else Span(""), text=text))

    def _begin(self, tag: Tag) -> None:
        style = re.sub(r"\s*([:;])\s*", r"\1", tag.attributes.get("style", "")).lower()
        if self._is_left_out(tag, style):
            return
        if tag.name == "br":
            self._break()
        elif tag.name in ("tr", "td", "th", "table") and self._cell(tag):
            pass
        elif tag.name in BLOCKS:
            self._finish()
            self._kind = self._kind_of(tag, style)
        if tag.name not in ALONE and len(self._open) < DEEPEST:
            self._open.append(self._look(tag, style))

    def _is_left_out(self, tag: Tag, style: str) -> bool:
        """Whether an element is left out with what it holds, and counted where somebody may miss it."""
        classes = tag.attributes.get("class", "").lower()
        why = None
        if tag.name in ("img", "v:imagedata", "picture"):
            self.left_out[PICTURES] += 1
            return tag.name != "picture"
        if tag.name in ("del", "s", "strike") and ("msodel" in classes or tag.name == "del"):
            why = DELETED
        elif tag.name in SWALLOWED:
            why = "" if tag.name in QUIET else ACTIVE
        elif "msocomanchor" in classes or "msocomtxt" in classes or UNSEEN.search(style) or "hidden" in tag.attributes:
            why = HIDDEN
        if why is None:
            return False
        if why:
            self.left_out[why] += 1
        if tag.name not in ALONE:
            self._swallowing.append(tag.name)
        return True

    def _look(self, tag: Tag, style: str) -> _Look:
        above = self._open[-1] if self._open else _Look("", Span(""))
        span = above.span
        weight = re.search(r"(?:^|;)font-weight:(\w+)", style)
        if tag.name in ("b", "strong") or weight:
            span = replace(span, strong=weight[1] in ("bold", "bolder", "600", "700", "800", "900") if weight else True)
        slant = re.search(r"(?:^|;)font-style:(\w+)", style)
        if tag.name in ("i", "em", "cite") or slant:
            span = replace(span, emphasis=slant[1] in ("italic", "oblique") if slant else True)
        if tag.name == "a" and "href" in tag.attributes:
            span = replace(span, href=self._link(tag.attributes["href"]))
        depth = above.list_[0] + 1 if above.list_ else 0
        list_ = (depth, tag.name == "ol") if tag.name in ("ul", "ol") else above.list_
        return _Look(tag.name, span, list_, above.ignored or "mso-list:ignore" in style)

    def _link(self, address: str) -> str:
        if address.startswith("#") or not address.strip():
            return ""
        safe = safe_link(address)
        if not safe:
            self.left_out[LINKS] += 1
        elif followed(address):
            self.left_out[TRACKING] += 1
        return safe

    def _kind_of(self, tag: Tag, style: str) -> tuple[str, int, bool]:
        level = LEVEL.search(style)
        classes = tag.attributes.get("class", "")
        titled = TITLED.fullmatch(classes)
        if tag.name in HEADINGS:
            return ("heading", HEADINGS[tag.name], False)
        if level or "msolistparagraph" in classes.lower():
            return ("mso_item", int(level[1]) - 1 if level else 0, False)
        if tag.name == "li":
            above = next((each.list_ for each in reversed(self._open) if each.list_), (0, False))
            return ("item", *above)
        if titled:
            return ("heading", SMALL if (titled[2] or "1") > "2" or titled[1].lower() == "subtitle" else LARGE, False)
        if tag.name == "blockquote" or any(each.name == "blockquote" for each in self._open):
            return ("quote", 0, False)
        # A paragraph within an item of a list, as word processors write it, is the item.
        inside = next(
            (each.name for each in reversed(self._open) if each.name in ("li", "ul", "ol", "td", "table")), ""
        )
        return self._kind if inside == "li" and self._kind[0] == "item" and not self._spans else ("paragraph", 0, False)

    def _close(self, name: str) -> None:
        if name == "table" and self._grids:
            self._end_table()
        elif name == "p" and any(each.name in ("td", "th") for each in self._open):
            self._spans.append(Span(" "))
        elif name in BLOCKS:
            self._finish()
        place = next((n for n in range(len(self._open) - 1, -1, -1) if self._open[n].name == name), None)
        if place is not None:
            del self._open[place:]

    def _break(self) -> None:
        if self._grids or self._kind[0] != "paragraph":
            self._spans.append(Span(" "))
        else:
            self._finish()

    def _cell(self, tag: Tag) -> bool:
        """Take the beginning of a table, a row or a cell; whether it was one."""
        if tag.name == "table":
            if len(self._grids) == NESTED:
                return False
            if self._grids:
                self._spans.append(Span(" "))
            else:
                self._finish()
            self._grids.append(_Grid())
            return True
        if not self._grids:
            return False
        grid = self._grids[-1]
        self._end_cell()
        if tag.name == "tr":
            grid.rows.append([])
            return True
        if not grid.rows:
            grid.rows.append([])
        if tag.name == "th" and len(grid.rows) == 1:
            grid.heads += 1
        wide = tag.attributes.get("colspan", "1")
        grid.cell = len(grid.rows[-1])
        grid.rows[-1] += [[] for _ in range(min(int(wide), WIDEST) if wide.isdecimal() and wide != "0" else 1)]
        return True

    def _end_cell(self) -> None:
        """Put the words said so far in the cell that is open; what a table says outside of its cells stands before it."""
        grid, spans = self._grids[-1], self._spans
        if grid.cell is not None:
            grid.rows[-1][grid.cell] += spans
        elif len(self._grids) == 1:
            self._blocks += paragraph(spans)
        else:
            return
        self._spans, grid.cell = [], None

    def _end_table(self) -> None:
        self._end_cell()
        grid = self._grids.pop()
        if self._grids:
            # A table within a cell is words of the cell.
            self._spans += [span for row in grid.rows for cell in row for span in (*cell, Span(" "))]
            return
        bold = bool(grid.rows) and all(s.strong or not s.text.strip() for cell in grid.rows[0] for s in cell)
        self._blocks += table(grid.rows, grid.heads > 0 or bold)
        self._kind = ("paragraph", 0, False)

    def _finish(self) -> None:
        """End the block that is open, where it has words; inside of tables blocks are words of their cells."""
        if self._grids:
            self._spans.append(Span(" "))
            return
        kind, depth, ordered = self._kind
        spans, marker = tuple(self._spans), self._marker.strip()
        self._spans, self._marker = [], ""
        self._kind = ("paragraph", 0, False) if said(spans).strip() else self._kind
        self._blocks += _block(kind, depth, ordered, spans, marker)


def _block(kind: str, depth: int, ordered: bool, spans: tuple[Span, ...], marker: str) -> Iterator[Block]:
    if not said(tidy(spans)):
        return
    if kind == "heading":
        yield Heading(depth, tuple(replace(each, strong=False) for each in tidy(spans)))
    elif kind == "quote":
        yield Quote(tidy(spans))
    elif kind == "item" or (kind == "mso_item" and marker):
        yield Listing((Item(depth, ordered or bool(marker and NUMBER.fullmatch(marker)), spans),))
    else:
        yield from paragraph(spans)
