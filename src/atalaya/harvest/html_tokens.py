"""A web page as tags and text, in time that grows with its length whatever it holds.

The parser of the standard library needs time that grows with the square of the page where comments or tags never end, which a
hostile page of 800 kB makes five minutes. What is open at the end of a page is dropped, as browsers do.

Syntax: https://html.spec.whatwg.org/multipage/parsing.html, sections 13.2.5.6 (tags), 13.2.5.2 and 13.2.5.4 (text of scripts).
"""

import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

RAW = ("script", "style", "textarea", "title")
"""Elements whose content has no tags."""

_TAG = re.compile(r"""<(/?)([A-Za-z][^\s/>]*+)((?:[^>=]++|=\s*+(?:"[^"]*+"|'[^']*+')|=)*+)>""")
_ATTRIBUTE = re.compile(r"""([^\s=/>"']++)(?:\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s"'>][^\s>]*+)))?""")
_ENDS = {name: re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE) for name in RAW}


@dataclass(frozen=True, slots=True)
class Token:
    """A start tag (`name` and attributes), an end tag, or text (`name` is the element where its content is raw)."""

    kind: str
    name: str
    text: str = ""
    attributes: Mapping[str, str] = field(default_factory=dict)


START = "start"
END = "end"
TEXT = "text"


Piece = tuple[str, str, str]
"""A start tag with its attributes as they are written, an end tag, or text: kind, name, content (as in `Token`)."""


def tokens(page: str) -> Iterator[Token]:
    """The tags and texts of a page in order; comments and declarations are left out.

    >>> [(token.kind, token.name, token.text) for token in tokens("<p class=a>1 &lt; 2</p>")]
    [('start', 'p', ''), ('text', '', '1 < 2'), ('end', 'p', '')]
    """
    for kind, name, content in pieces(page):
        yield Token(kind, name, "", attributes(content)) if kind == START else Token(kind, name, content)


def pieces(page: str) -> Iterator[Piece]:
    """The same as plain tuples, whose attributes are read by `attributes` where they are wanted: most of them never are."""
    position = 0
    while position < len(page):
        place = page.find("<", position)
        if place != position:
            yield TEXT, "", html.unescape(page[position:] if place < 0 else page[position:place])
        if place < 0:
            return
        following = page[place + 1 : place + 2]
        if following in ("!", "?") or (page[place : place + 2] == "</" and not page[place + 2 : place + 3].isalpha()):
            position = _after_declaration(page, place)
        elif following == "/" or (following.isascii() and following.isalpha()):
            found = _TAG.match(page, place)
            if found is None:
                return
            position = found.end()
            name = found[2].lower()
            yield (END, name, "") if found[1] else (START, name, found[3])
            if not found[1] and name in RAW:
                end = _ENDS[name].search(page, position)
                stop = len(page) if end is None else end.start()
                yield TEXT, name, page[position:stop]
                position = stop
        else:
            yield TEXT, "", "<"
            position = place + 1


def _after_declaration(page: str, place: int) -> int:
    """Where the page goes on after a comment or a declaration; its end where that never closes."""
    mark = "-->" if page.startswith("<!--", place) else ">"
    end = page.find(mark, place + 2)
    return len(page) if end < 0 else end + len(mark)


def attributes(written: str) -> dict[str, str]:
    """The attributes of a start tag, names in lower case; of one that is written twice the first holds.

    >>> attributes(' HREF="a.pdf" download')
    {'href': 'a.pdf', 'download': ''}
    """
    said: dict[str, str] = {}
    for part in _ATTRIBUTE.finditer(written):
        value = next((group for group in part.groups()[1:] if group is not None), "")
        said.setdefault(part[1].lower(), html.unescape(value))
    return said
