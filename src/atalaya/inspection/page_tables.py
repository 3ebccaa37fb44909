"""The tables of a web page as rows, with what stands around them, cut from the markup in one pass.

Tags are cut by their angle brackets and not by the parser of the standard library, whose time grows with the square of crafted
markup (60 KB of opened tags took it 20 seconds). Merged cells keep their value in the first of their places, as programs that
open such pages as spreadsheets show them.
"""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

_DEEPEST = 40
"""Tables inside tables that are read apart; deeper ones are text of the cell around them."""
_WIDEST_SPAN = 1_000
_TALLEST_SPAN = 65_534
"""Limits of `colspan` and `rowspan` in the HTML standard (§4.9.11)."""
_MOST_PARTS = 10_000
"""Pieces of text of one cell that are kept."""
_MUTE = frozenset({"title", "select", "textarea", "button", "xml", "svg", "object", "template", "option"})
"""Elements whose text is not read in the page."""
_UNMUTING = frozenset({"body", "table", "tr"})
"""Elements that cannot stand inside a muted one: what was muted before them was never closed."""
_BLOCKS = frozenset({"br", "p", "div", "li", "ul", "ol", "hr", "h1", "h2", "h3", "h4", "h5", "h6"})
_TAG = re.compile(r"/?([A-Za-z][A-Za-z0-9:_-]{0,40})")
_ATTRIBUTE = r"""\b{}\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))"""
_SPANS = {name: re.compile(_ATTRIBUTE.format(name), re.IGNORECASE) for name in ("colspan", "rowspan")}
_HREF = re.compile(_ATTRIBUTE.format("href"), re.IGNORECASE)
_HIDDEN = re.compile(r"""\btype\s*=\s*["']?hidden\b""", re.IGNORECASE)
_NAVIGATION = re.compile(r"""\brole\s*=\s*["']?navigation\b""", re.IGNORECASE)
_ABSOLUTE = re.compile(r"(?:https?|ftp):", re.IGNORECASE)
_NO_ADDRESS = re.compile(r"#|(?:javascript|mailto|tel|data):", re.IGNORECASE)


@dataclass(slots=True)
class Grid:
    """One table: its rows as texts, merged cells spread out, and what else its cells hold.

    `text` counts characters; `site_links` are links that only work on the site itself, `outer_links` whole addresses; `nested`
    counts tables inside its cells, `heads` its header cells.
    """

    caption: str = ""
    rows: list[list[str]] = field(default_factory=list)
    text: int = 0
    site_links: int = 0
    outer_links: int = 0
    controls: int = 0
    nested: int = 0
    heads: int = 0


@dataclass(slots=True)
class Page:
    """What a page holds: its tables in the order in which they begin, and what stands outside of every table.

    `text` counts the characters of the whole page. `navigation` tells of menus, `full` that there were more cells than are read.
    """

    grids: list[Grid] = field(default_factory=list)
    text: int = 0
    loose_links: int = 0
    loose_controls: int = 0
    navigation: bool = False
    full: bool = False


@dataclass(slots=True)
class _Open:
    """A table that is being read: the row and the cell that are open in it, and the places that cells of rows above take."""

    grid: Grid
    row: list[str] | None = None
    cell: list[str] | None = None
    span: tuple[int, int] = (1, 1)
    taken: dict[int, int] = field(default_factory=dict)
    caption: list[str] | None = None


def read_page(text: str, cells: int) -> Page:
    """The tables of a page without scripts and comments; at most `cells` places are laid out."""
    reader = _Reader(cells)
    for tag, written, attributes in _pieces(text):
        if tag and attributes is None:
            reader.ended(tag)
        elif tag:
            reader.started(tag, attributes or "")
        if written:
            reader.written(written)
    return reader.finished()


def _pieces(text: str) -> Iterator[tuple[str, str, str | None]]:
    """The page cut at its tags: (tag in lower case or empty, text after it, attributes or None for a tag that closes)."""
    first, *rest = text.split("<")
    yield "", first, None
    for piece in rest:
        match = _TAG.match(piece)
        if match is None:
            known = piece[:1] in ("!", "?", "/")
            yield "", piece.partition(">")[2] if known else f"<{piece}", None
            continue
        end = _tag_end(piece, match.end())
        yield match.group(1).lower(), piece[end + 1 :], None if piece[0] == "/" else piece[match.end() : end]


def _tag_end(piece: str, start: int) -> int:
    """Where a tag closes; an angle bracket inside quotes does not close it."""
    end = piece.find(">", start)
    if end < 0:
        return len(piece)
    for quote in ('"', "'"):
        if piece.count(quote, start, end) % 2 and (closing := piece.find(quote, end)) >= 0:
            later = piece.find(">", closing)
            return later if later >= 0 else end
    return end


class _Reader:
    """Lays out the tables while tags and texts come in."""

    def __init__(self, cells: int) -> None:
        self._page = Page()
        self._open: list[_Open] = []
        self._too_deep = 0
        self._muted: str | None = None
        self._left = cells

    def started(self, tag: str, attributes: str) -> None:
        """An element begins."""
        if self._muted is not None:
            if tag not in _UNMUTING:
                return
            self._muted = None
        if tag in ("table", "tr", "td", "th", "caption"):
            self._table_element(tag, attributes)
        elif tag == "a":
            self._link(attributes)
        elif tag in ("input", "select", "textarea", "button"):
            self._control(attributes)
        elif tag in _BLOCKS:
            self.written(" ")
        if tag == "nav" or _NAVIGATION.search(attributes):
            self._page.navigation = True
        if tag in _MUTE and not attributes.endswith("/"):
            self._muted = tag

    def ended(self, tag: str) -> None:
        """An element ends."""
        if self._muted is not None:
            self._muted = None if tag == self._muted else self._muted
        elif tag == "table":
            if self._too_deep:
                self._too_deep -= 1
            elif self._open:
                self._close_row(self._open[-1])
                self._open.pop()
        elif self._open and not self._too_deep:
            self._end_inside(tag, self._open[-1])

    def written(self, characters: str) -> None:
        """Text, entities included."""
        if self._muted is not None:
            return
        text = _unescaped(characters)
        count = sum(map(len, text.split()))
        self._page.text += count
        if not self._open:
            return
        top = self._open[-1]
        parts = top.caption if top.caption is not None else top.cell
        if parts is not None:
            top.grid.text += count
            if len(parts) < _MOST_PARTS:
                parts.append(text if count else " ")

    def finished(self) -> Page:
        """What was read, with everything closed that was left open."""
        while self._open:
            self._close_row(self._open.pop())
        return self._page

    def _table_element(self, tag: str, attributes: str) -> None:
        if tag == "table":
            self._open_table()
            return
        if self._too_deep:
            return
        if not self._open:
            self._open_table()
        top = self._open[-1]
        if tag == "tr":
            self._close_row(top)
            top.row = []
        elif tag == "caption":
            top.caption = []
        else:
            self._open_cell(top, tag, attributes)

    def _open_table(self) -> None:
        if len(self._open) >= _DEEPEST:
            self._too_deep += 1
            return
        if self._open and self._open[-1].cell is not None:
            self._open[-1].grid.nested += 1
        grid = Grid()
        self._page.grids.append(grid)
        self._open.append(_Open(grid))

    def _open_cell(self, top: _Open, tag: str, attributes: str) -> None:
        self._close_cell(top)
        top.caption = None
        if top.row is None:
            top.row = []
        number = len(top.grid.rows)
        while top.taken.get(len(top.row), 0) > number and self._spend(1):
            top.row.append("")
        top.cell = []
        top.span = (_span("colspan", attributes, _WIDEST_SPAN), _span("rowspan", attributes, _TALLEST_SPAN))
        top.grid.heads += tag == "th"

    def _close_cell(self, top: _Open) -> None:
        if top.cell is None or top.row is None:
            return
        wide, tall = top.span
        if self._spend(wide):
            start = len(top.row)
            top.row.append(" ".join("".join(top.cell).split()))
            top.row.extend([""] * (wide - 1))
            if tall > 1:
                top.taken.update(dict.fromkeys(range(start, start + wide), len(top.grid.rows) + tall))
        top.cell = None

    def _close_row(self, top: _Open) -> None:
        self._close_cell(top)
        if top.row is not None and self._spend(1):
            top.grid.rows.append(top.row)
        top.row = None

    def _end_inside(self, tag: str, top: _Open) -> None:
        if tag in ("td", "th"):
            self._close_cell(top)
        elif tag == "tr":
            self._close_row(top)
        elif tag == "caption" and top.caption is not None:
            top.grid.caption = " ".join("".join(top.caption).split())[:200]
            top.caption = None
        elif tag in _BLOCKS:
            self.written(" ")

    def _link(self, attributes: str) -> None:
        match = _HREF.search(attributes)
        target = next(filter(None, match.groups()), "").strip() if match else ""
        if not target or _NO_ADDRESS.match(target):
            return
        if not self._open:
            self._page.loose_links += 1
        elif _ABSOLUTE.match(target):
            self._open[-1].grid.outer_links += 1
        else:
            self._open[-1].grid.site_links += 1

    def _control(self, attributes: str) -> None:
        if _HIDDEN.search(attributes):
            return
        if self._open:
            self._open[-1].grid.controls += 1
        else:
            self._page.loose_controls += 1

    def _spend(self, places: int) -> bool:
        self._left -= places
        self._page.full = self._page.full or self._left < 0
        return self._left >= 0


def _span(name: str, attributes: str, most: int) -> int:
    match = _SPANS[name].search(attributes) if name in attributes.lower() else None
    digits = next(filter(None, match.groups()), "").strip() if match else ""
    return max(1, min(int(digits[:9]), most)) if digits.isascii() and digits.isdigit() else 1


def _unescaped(text: str) -> str:
    if "&" not in text:
        return text
    try:
        return html.unescape(text)
    except ValueError:
        return text
