"""One page of a site: its links with the headings above them, its headings, and what of its text tells it from others.

Read in one pass over tags and texts, in time that grows with its length, whatever it holds. Headings are those of HTML and what
sites use in their place: legends, summaries, captions, the buttons of accordions and tabs, lines that are all bold, and the
item of a list under which another list hangs. What stands in the same line or row before a link is its `lead`.
"""

import re
from collections.abc import Callable, Mapping
from html import unescape
from typing import Final

from atalaya.harvest.html_tokens import END, START, attributes, pieces
from atalaya.harvest.site.elements import ALONE, BOLD_LEVEL, CHROME, LEVELS, LINES, LIST, LOWEST, MUTE, TOGGLE
from atalaya.harvest.site.page_parts import PageHeading, PageLink, PageReading
from atalaya.harvest.site.page_rows import TableRows
from atalaya.harvest.site.page_scripts import ADDRESS_IN_SCRIPT, QUOTED, REFRESH
from atalaya.harvest.site.page_words import PageWords

LONGEST_TEXT: Final = 300
"""Characters kept of the text of a link or a heading: paragraphs that are one link are told by their beginning."""
MOST_LINKS: Final = 5_000
MOST_HEADINGS: Final = 1_000
_LEAD = 160
_BELOW = 40
"""Pieces of text under a heading that are listened to."""
_BOLD = 120
"""Characters up to which text before a link is its lead, and a line that is all bold a heading."""

_DEEPEST = 12
"""Headings under each other that are told; those below them hang under the last."""
_TABLE = frozenset({"table", "tr", "td", "th"})
_STRONG = frozenset({"b", "strong"})
_TOGGLED = re.compile(r"data-(?:bs-)?toggle|aria-(?:expanded|controls)|role\s*=\s*[\"']?(?:tab|heading)", re.IGNORECASE)
_WORDS = re.compile(r"\w+")


def read_page(text: str) -> PageReading:
    """Read a page.

    >>> page = read_page("<h2>Budget</h2><ul><li>2024 <a href='a.pdf'>January</a></ul>")
    >>> page.links[0].reference, page.links[0].text, page.links[0].headings, page.links[0].lead
    ('a.pdf', 'January', ('Budget',), '2024')
    """
    reader = _Reader()
    for kind, name, content in pieces(text):
        if kind == START:
            reader.started(name, content)
        elif kind == END:
            reader.ended(name)
        else:
            reader.written(name, content)
    return reader.finished()


def squeezed(text: str, longest: int = LONGEST_TEXT) -> str:
    """Text with its blanks made one, cut to a length."""
    return " ".join(text.split())[:longest].rstrip()


class _Reader:
    """The state while tags and texts come in."""

    def __init__(self) -> None:
        self.page = PageReading()
        self._words = PageWords()
        self._mute = 0
        self._chrome = 0
        self._above: list[tuple[float, str]] = []
        self._link: PageLink | None = None
        self._link_text: list[str] = []
        self._spare = ""
        self._heading: tuple[int, str, list[str]] | None = None
        self._line: list[str] = []
        self._strong = 0
        self._bold: list[str] = []
        self._plain = False
        self._label = ""
        self._rows = TableRows()
        self._lists = 0
        self._items: list[list[tuple[float, str]]] = []
        self._option: tuple[str, list[str]] | None = None
        self._script: list[str] = []
        self._below: list[str] | None = None

    # -- tags

    def started(self, name: str, written: str) -> None:
        if name in _TABLE:
            self._end_row(name)
            self._rows.started(name)
        if name in LINES:
            label = squeezed(" ".join(self._line) or self._label) if name in ("ul", "ol") else ""
            self._end_line()
            if name in ("ul", "ol"):
                self._open_list(label)
            elif name == "li" and self._items:
                self._above = list(self._items[-1])  # what an item is headed by is not above the next
        if name in MUTE:
            self._muted(name, written)
        elif name in CHROME:
            self._chrome += 1
        elif name == "a" or name == "area":
            self._anchor(name, attributes(written))
        elif name in LEVELS:
            self._heading = (LEVELS[name], name, [])
        elif name in _STRONG:
            self._strong += 1
        elif name in _OTHERS:
            _OTHERS[name](self, attributes(written))
        elif _TOGGLED.search(written):
            self._toggled(name)
        if "onclick" in written or "data-href" in written or "ondblclick" in written:
            self._scripted(attributes(written))

    def _open_list(self, label: str) -> None:
        """A list begins; where it hangs under an item of another, that item is the heading of its own."""
        self._lists += 1
        if self._lists > 1 and label and len(label) <= _BOLD:
            self._headed(LIST + self._lists, label)
        self._items = [*self._items[: _DEEPEST - 1], [*self._above]]

    def _muted(self, name: str, written: str) -> None:
        if name == "script":
            self.page.scripts += "json" not in written
        elif name != "textarea":
            self._mute += not written.endswith("/")

    def _anchor(self, name: str, said: dict[str, str]) -> None:
        self._close_link()
        reference = said.get("href", "").strip()
        spare = said.get("title") or said.get("aria-label") or said.get("alt") or ""
        toggles = any(key in said for key in ("data-toggle", "data-bs-toggle", "aria-expanded", "aria-controls"))
        nowhere = reference in ("", "#") or reference[:18].lower() == "javascript:void(0)"
        if name == "a" and "name" not in said and (nowhere or (toggles and reference[0] == "#")):
            self._heading = self._heading or (TOGGLE if toggles else ALONE, "a", [])
            return
        relation = name if name == "area" else "anchor"
        if reference[:11].lower() == "javascript:":
            found = ADDRESS_IN_SCRIPT.search(reference) or QUOTED.search(reference)
            reference, relation = (found[1], "script") if found else (reference[:LONGEST_TEXT], "postback")
            if relation == "postback" and not re.search(r"\w+\s*\(", reference.replace("void(", "")):
                return
        elif (
            not reference
            or (reference[:1] == "#" and reference[1:2] not in ("/", "!"))
            or reference[:7].lower() in ("mailto:", "tel:", "data:")
        ):
            return
        link = PageLink(reference, "", relation, chrome=self._chrome > 0)
        if name == "area":
            link.text = squeezed(spare)
            self._add(link)
        else:
            self._link, self._link_text, self._spare = link, [], spare

    def _toggled(self, name: str) -> None:
        if self._heading is None and self._link is None and name in ("button", "div", "span", "td", "li", "p"):
            self._heading = (TOGGLE, name, [])

    def _scripted(self, said: dict[str, str]) -> None:
        for key in ("onclick", "ondblclick", "data-href"):
            script = said.get(key, "")
            found = ADDRESS_IN_SCRIPT.search(script) if key != "data-href" else None
            reference = found[1] if found else script if key == "data-href" else ""
            if reference and not reference.startswith("#"):
                text = squeezed(said.get("title") or said.get("value") or said.get("alt") or "")
                link = PageLink(reference, text, "script", chrome=self._chrome > 0)
                if self._link is None and not text:
                    self._link, self._link_text, self._spare = link, [], ""
                else:
                    self._add(link)

    def _image(self, said: dict[str, str]) -> None:
        alt = said.get("alt") or said.get("title") or ""
        if self._link is not None:
            self._spare = self._spare or alt
        elif said.get("src") and not self._chrome and not said["src"].startswith("data:"):
            self._add(PageLink(said["src"], squeezed(alt), "image"))

    def _frame(self, said: dict[str, str]) -> None:
        reference = said.get("src") or said.get("data-src") or ""
        self._end_line()
        if reference and not reference.lower().startswith(("about:", "javascript:", "data:")):
            self.page.frames += 1
            text = squeezed(said.get("title") or said.get("name") or "")
            self._add(PageLink(reference, text, "frame", chrome=self._chrome > 0))

    def _object(self, said: dict[str, str]) -> None:
        reference = said.get("data") or said.get("src") or ""
        if reference and not reference.startswith("data:"):
            self._add(PageLink(reference, squeezed(said.get("title", "")), "object", chrome=self._chrome > 0))

    def _form(self, said: dict[str, str]) -> None:
        text = said.get("title") or said.get("name") or said.get("id") or ""
        if not re.search(
            r"search|buscar|busca|recherche", f"{text} {said.get('action', '')} {said.get('role', '')}", re.IGNORECASE
        ):
            self._add(PageLink(said.get("action", ""), squeezed(text), "form", chrome=self._chrome > 0))

    def _choice(self, said: dict[str, str]) -> None:
        self._close_option()
        value = said.get("value", "").strip()
        if re.match(r"(?:https?:/|\.{0,2}/|[\w-]+(?:/[\w%.-]+)*\.\w{2,5}(?:\?|$))", value):
            self._option = (value, [])

    def _meta(self, said: dict[str, str]) -> None:
        content = said.get("content", "")
        if said.get("http-equiv", "").lower() == "refresh":
            found = REFRESH.match(content)
            if found and ("url" in content.lower() or "/" in found[1]):
                self._add(PageLink(found[1], "", "refresh"))
        elif said.get("name", "").lower() == "robots" and "nofollow" in content.lower():
            self.page.nofollow = True

    def _relation(self, said: dict[str, str]) -> None:
        relation = said.get("rel", "").lower().split()
        if "alternate" in relation and said.get("hreflang") and said.get("href"):
            self._add(PageLink(said["href"], said["hreflang"], "alternate", chrome=True))

    def _root(self, said: dict[str, str]) -> None:
        self.page.language = self.page.language or said.get("lang", "")[:20]

    def _base(self, said: dict[str, str]) -> None:
        self.page.base = self.page.base or said.get("href", "")

    def ended(self, name: str) -> None:
        if name in ("tr", "table"):
            self._end_row(name)
            for text, above in self._rows.table_ended() if name == "table" else ():
                self._told(PageHeading(text, above, self._chrome > 0))
        if name == "a" or (self._link is not None and name in LINES and self._link.relation == "script"):
            self._close_link()
        if self._heading is not None and name == self._heading[1]:
            self._close_heading()
        if name in CHROME:
            self._chrome = max(0, self._chrome - 1)
        elif name in MUTE:
            self._mute = max(0, self._mute - (name not in ("script", "textarea")))
        elif name in _STRONG:
            self._strong = max(0, self._strong - 1)
        elif name in ("option", "select"):
            self._close_option()
        if name in LINES:
            self._end_line()
            if name in ("ul", "ol"):
                before = self._items.pop() if self._items else self._above
                self._above = [each for each in before if each[0] < LIST + self._lists]
                self._lists = max(0, self._lists - 1)

    # -- texts

    def written(self, name: str, text: str) -> None:
        if name:
            if name == "title" and not self.page.title and not self._mute:
                self.page.title = squeezed(unescape(text))
            elif name == "script" and len(self._script) < 50:
                self._script.append(text[:2_000])
            return
        if self._mute or text.isspace():
            if self._link is not None or self._heading is not None:
                self._hear(" ")
            return
        if self._option is not None:
            self._option[1].append(text)
            return
        self._hear(text)
        self._words.take(text, opens=not self._chrome and self._link is None)
        if self._link is None and self._heading is None:
            if not self._chrome:
                self.page.own_words += len(text.split())
                if self._below is not None and len(self._below) < _BELOW:
                    self._below.append(text)
            if self._strong:
                self._bold.append(text)
            else:
                self._plain = True
            self._line.append(text)
            self._rows.written()

    def _hear(self, text: str) -> None:
        if self._link is not None and len(self._link_text) < 200:
            self._link_text.append(text)
        if self._heading is not None and len(self._heading[2]) < 200:
            self._heading[2].append(text)

    # -- what closes

    def _end_row(self, name: str) -> None:
        """A row ends with its end, with the next one, and with its table."""
        if name in ("tr", "table"):
            self._rows.row_ended(squeezed(" ".join(self._line)), tuple(text for _, text in self._above))

    def _told(self, heading: PageHeading) -> None:
        self._close_below()
        if len(self.page.headings) < MOST_HEADINGS:
            self.page.headings.append(heading)
            self._below = []

    def _close_link(self) -> None:
        link, self._link = self._link, None
        if link is not None:
            link.text = self._label = squeezed("".join(self._link_text)) or squeezed(self._spare)
            self._add(link)

    def _add(self, link: PageLink) -> None:
        self._close_below()
        if len(self.page.links) >= MOST_LINKS:
            return
        within = self._heading[0] if self._heading and self._heading[1] in LEVELS else float("inf")
        link.headings = tuple(
            text for level, text in self._above if level < within
        )  # its own heading ends those beside it
        link.lead = squeezed(" ".join(self._line), 2 * _LEAD)
        if len(link.lead) > _LEAD:
            link.lead = ""
        self.page.links.append(link)
        self._rows.linked()

    def _close_heading(self) -> None:
        assert self._heading is not None
        level, _, heard = self._heading
        self._heading = None
        self._label = squeezed("".join(heard))
        lead = squeezed(" ".join(self._line), 2 * _LEAD) if level == ALONE else ""
        self._rows.written()
        self._headed(level, f"{lead} {self._label}" if lead and len(lead) <= _LEAD else self._label)

    def _headed(self, level: float, text: str) -> None:
        """Put a heading in its place: it ends all of its level and below."""
        if not _WORDS.search(text):
            return
        if level == TOGGLE:
            level = self._toggle_level()
        self._above = [each for each in self._above if each[0] < level]
        self._told(PageHeading(text, tuple(said for _, said in self._above), self._chrome > 0))
        if len(self._above) < _DEEPEST and level != ALONE:
            self._above.append((level, text))

    def _toggle_level(self) -> float:
        """The level of what opens and closes: that of the one before it, else just below the heading of HTML that it stands
        under, so that the headings inside of it stand under it too."""
        before = next((level for level, _ in self._above if level % 1), None)
        if before is not None:
            return before
        return next((level for level, _ in reversed(self._above) if level < LOWEST), 0) + 0.5

    def _close_below(self) -> None:
        """What stood under the last heading ends here."""
        if self._below and self.page.headings:
            self.page.headings[-1].below = squeezed(" ".join(self._below))
        self._below = None

    def _close_option(self) -> None:
        option, self._option = self._option, None
        if option is not None:
            self._add(PageLink(option[0], squeezed("".join(option[1])), "option", chrome=self._chrome > 0))

    def _end_line(self) -> None:
        """A new line begins: one that was all bold, and stood outside of links, was a heading."""
        if self._bold and not self._plain and self._heading is None:
            line = squeezed(" ".join(self._bold), 2 * _BOLD)
            if len(line) <= _BOLD:
                self._headed(BOLD_LEVEL, line)
        self._line.clear()
        self._bold.clear()
        self._plain = False
        self._label = ""

    def finished(self) -> PageReading:
        self._close_link()
        self._close_option()
        if self._heading is not None:
            self._close_heading()
        self._end_line()
        self._close_below()
        page = self.page
        self._words.finish(page)
        if page.words < 25:
            for script in self._script:
                for found in ADDRESS_IN_SCRIPT.finditer(script):
                    page.links.append(PageLink(found[1], "", "refresh"))
        return page


_OTHERS: Mapping[str, Callable[[_Reader, dict[str, str]], None]] = {
    "img": _Reader._image,
    "iframe": _Reader._frame,
    "frame": _Reader._frame,
    "object": _Reader._object,
    "embed": _Reader._object,
    "form": _Reader._form,
    "option": _Reader._choice,
    "meta": _Reader._meta,
    "link": _Reader._relation,
    "html": _Reader._root,
    "base": _Reader._base,
}
