"""What of a page tells whether it is the resource: its title, headings, visible text and markup, each within bounds."""

import html
import re
from dataclasses import dataclass

from atalaya.catalogue.folding import fold

_HEAD = 65_536
"""Characters of markup that are looked at: pages that stand in for files are small or show themselves at once."""
_TEXT = 4_000
"""Characters of visible text that are looked at."""
_MOST_HEADINGS = 6
_TITLE = re.compile(r"<title[^>]{0,200}>([^<]{0,400})", re.IGNORECASE)
_HEADING = re.compile(r"<h([12])(?=[\s>])[^>]{0,300}>(.{0,600}?)</h\1", re.IGNORECASE | re.DOTALL)
_PARTS = re.compile(r"\s+[-–—:]+\s+|\s*[|·•»«›>]+\s*|:\s+|\s*[.!?…]+(?:\s+|$)")
_TAGS = re.compile(r"<[^<>]{0,3000}>")
_SCRIPT = re.compile(r"<script[\s>]")
_PASSWORD = re.compile(r"""<input\b[^<>]{0,600}\btype\s*=\s*["']?password\b""")


@dataclass(frozen=True, slots=True, kw_only=True)
class PageFacts:
    """A page as the kinds see it. `title` and `headings` are folded, whole and in parts; `text` is the folded visible text;
    `markup` the first part of the page in lower case; `length` counts the visible characters of the whole page,
    `rows` the rows of
    data in its tables, `links` and `controls` those outside tables."""

    title: frozenset[str]
    headings: frozenset[str]
    text: str
    markup: str
    length: int
    rows: int = 0
    links: int = 0
    controls: int = 0

    @property
    def password(self) -> bool:
        """Whether it asks for a password."""
        return _PASSWORD.search(self.markup) is not None

    @property
    def scripts(self) -> int:
        """How many scripts it starts."""
        return len(_SCRIPT.findall(self.markup))


def page_facts(raw: str, plain: str, length: int, *, rows: int = 0, links: int = 0, controls: int = 0) -> PageFacts:
    """The facts of a page; `plain` is its markup without scripts, styles and comments."""
    head = plain[:_HEAD]
    found = _TITLE.search(head)
    headings = [_visible(match.group(2)) for match in list(_HEADING.finditer(head))[:_MOST_HEADINGS]]
    body = head.lower().find("<body")
    return PageFacts(
        title=_parts([html.unescape(found.group(1))] if found else []),
        headings=_parts(headings),
        text=fold(_visible(head[max(body, 0) :])[: 2 * _TEXT])[:_TEXT],
        markup=raw[:_HEAD].lower(),
        length=length,
        rows=rows,
        links=links,
        controls=controls,
    )


def _visible(marked: str) -> str:
    return " ".join(html.unescape(_TAGS.sub(" ", marked)).split())


def _parts(texts: list[str]) -> frozenset[str]:
    """Each text whole and cut at its separators, folded."""
    pieces = {fold(part) for each in texts for part in (each, *_PARTS.split(each))}
    return frozenset(pieces - {""})
