"""HTML as tags and words, in one pass over it, whatever it is: what is broken is read as far as it goes, and nothing fails.

Nothing hangs on reading it as a browser would: what comes of it has no place for anything unsafe (`news.body`).
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html import unescape

_NAME = re.compile(r"/?([A-Za-z][^\s/>]*)")
_ATTRIBUTE = re.compile(r"([^\s=/>\"'<]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+)))?")
_STOP = re.compile("[>\"']")


@dataclass(frozen=True, slots=True)
class Words:
    """Text between tags, its references resolved."""

    text: str


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag that opens, or closes where `closing`; names are in small letters."""

    name: str
    closing: bool = False
    attributes: Mapping[str, str] = field(default_factory=dict)


def tokens(html: str) -> Iterator[Words | Tag]:
    """The tags and words of a document in their order; comments, declarations and instructions are left out."""
    place = 0
    while place < len(html):
        start = html.find("<", place)
        if start < 0:
            yield Words(unescape(html[place:]))
            return
        if start > place:
            yield Words(unescape(html[place:start]))
        place = _after_unseen(html, start)
        if place > start:
            continue
        name = _NAME.match(html, start + 1)
        if name is None:
            yield Words("<")
            place = start + 1
            continue
        end = _end_of(html, name.end())
        said = html[name.end() : end]
        yield Tag(name[1].lower(), html[start + 1] == "/", _attributes(said))
        place = end + 1


def _after_unseen(html: str, start: int) -> int:
    """Where it goes on after a comment, a declaration or an instruction that begins here; `start` where none does."""
    for opening, closing in (("<!--", "-->"), ("<![CDATA[", "]]>"), ("<!", ">"), ("<?", ">")):
        if html.startswith(opening, start):
            end = html.find(closing, start + len(opening))
            return len(html) if end < 0 else end + len(closing)
    return start


def _end_of(html: str, place: int) -> int:
    """Where the tag ends: at the next `>` that stands in no value. A quote that is never closed is none."""
    while stop := _STOP.search(html, place):
        if stop[0] == ">":
            return stop.start()
        close = html.find(stop[0], stop.end())
        place = stop.end() if close < 0 else close + 1
    return len(html)


def _attributes(said: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for match in _ATTRIBUTE.finditer(said):
        found.setdefault(match[1].lower(), unescape(match[2] or match[3] or match[4] or ""))
    return found
