"""What of a page tells whether it is the resource: its title, headings, visible text and markup, each within bounds."""

import html
import re
from dataclasses import dataclass

from atalaya.catalogue.folding import fold
from atalaya.inspection.soft_failures.substance import cells_under_headings, core, visible, words_of

_HEAD = 65_536
"""Characters of markup that are looked at: pages that stand in for files are small or show themselves at once."""
_TEXT = 4_000
"""Characters of visible text that are looked at."""
_MOST_HEADINGS = 6
_TITLE = re.compile(r"<title[^>]{0,200}>([^<]{0,400})", re.IGNORECASE)
_HEADING = re.compile(r"<h([12])(?=[\s>])[^>]{0,300}>(.{0,600}?)</h\1", re.IGNORECASE | re.DOTALL)
_PARTS = re.compile(r"\s+[-–—:]+\s+|\s*[|·•»«›>]+\s*|:\s+|\s*[.!?…]+(?:\s+|$)")
_SECTION = re.compile(r"<h[23][\s>]", re.IGNORECASE)
_FILE = re.compile(
    r"<a\b[^<>]{0,200}href\s*=\s*[\"']?[^\"'<>\s]{1,300}\.(?:csv|tsv|xlsx?|ods|zip|geojson|json|shp|kml|parquet)\b"
)
"""A link to a file of data: pages of failures hand over none."""
_FOREIGN, _FOREIGN_IN_SECTIONS, _SECTIONS, _CELLS = 12, 6, 2, 4
"""Words of its own matter from which a page has one, in all and where it has so many sections; cells of a
table that holds data."""
_FOREIGN_OF_FEW, _SHARE = 5, 0.5
"""Such words, and their share in all, from which even a short page has one. Messages of failures stay below half."""
_BARE_MESSAGE = 60
"""Visible characters up to which what a page quotes of a program is all that it says."""
_SCRIPT = re.compile(r"<script[\s>]")
_PASSWORD = re.compile(r"""<input\b[^<>]{0,600}\btype\s*=\s*["']?password\b""")


@dataclass(frozen=True, slots=True, kw_only=True)
class PageFacts:
    """A page as the kinds see it. `title` and `headings` are folded, whole and in parts; `text` is the folded text of its
    own message, `message` the markup of it and `quoted` what it quotes of programs, both in lower case (`substance.core`);
    `markup` the first part of the page in lower case; `length` counts the visible characters of the whole page, `said` those
    of its message, `words` and `foreign` its different words and those that no message about failures uses, `cells` those of
    tables under headings, `rows` the rows of data in its tables, `links` and `controls` those outside tables."""

    title: frozenset[str]
    headings: frozenset[str]
    text: str
    markup: str
    length: int
    said: int
    message: str
    quoted: str
    cells: int
    words: int
    foreign: int
    rows: int = 0
    links: int = 0
    controls: int = 0

    @property
    def password(self) -> bool:
        """Whether it asks for a password."""
        return _PASSWORD.search(self.markup) is not None

    @property
    def foreign_share(self) -> float:
        """The share of such words in all, 0 where there are few."""
        foreign = self.foreign
        return foreign / max(self.words, 1) if foreign >= _FOREIGN_OF_FEW else 0.0

    @property
    def substantial(self) -> bool:
        """Whether it has a matter of its own: prose about something, sections, or a table under headings."""
        if self.rows > 1 or self.cells >= _CELLS:
            return True
        foreign = self.foreign
        sections = len(_SECTION.findall(self.message))
        if _FILE.search(self.message) or self.foreign_share >= _SHARE:
            return True
        return foreign >= _FOREIGN or (sections >= _SECTIONS and foreign >= _FOREIGN_IN_SECTIONS)

    @property
    def scripts(self) -> int:
        """How many scripts it starts."""
        return len(_SCRIPT.findall(self.markup))


def page_facts(raw: str, plain: str, length: int, *, rows: int = 0, links: int = 0, controls: int = 0) -> PageFacts:
    """The facts of a page; `plain` is its markup without scripts, styles and comments."""
    head = plain[:_HEAD]
    found = _TITLE.search(head)
    headings = [visible(match.group(2)) for match in list(_HEADING.finditer(head))[:_MOST_HEADINGS]]
    body = head.lower().find("<body")
    message, quoted = core(head[max(body, 0) :])
    shown = visible(message)
    if len(shown) <= _BARE_MESSAGE:
        message, shown = f"{message} {quoted}", f"{shown} {visible(quoted)}"
    words, foreign = words_of(message)
    return PageFacts(
        title=_parts([html.unescape(found.group(1))] if found else []),
        headings=_parts(headings),
        text=fold(shown[: 2 * _TEXT])[:_TEXT],
        markup=raw[:_HEAD].lower(),
        length=length,
        said=len(shown),
        message=message.lower(),
        quoted=quoted.lower(),
        words=words,
        foreign=foreign,
        cells=cells_under_headings(head),
        rows=rows,
        links=links,
        controls=controls,
    )


def _parts(texts: list[str]) -> frozenset[str]:
    """Each text whole and cut at its separators, folded."""
    pieces = {fold(part) for each in texts for part in (each, *_PARTS.split(each))}
    return frozenset(pieces - {""})
