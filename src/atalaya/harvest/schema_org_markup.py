"""What a web page says in JSON-LD, microdata and RDFa Lite, all in the shape of JSON-LD.

Specifications: https://html.spec.whatwg.org/multipage/microdata.html and https://www.w3.org/TR/rdfa-lite/.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from atalaya.harvest.html_tokens import END, START, tokens

TEXT_LIMIT = 20_000_000
"""Characters of a page that are looked at; a page of datasets has some tens of thousands."""
OPEN_LIMIT = 500
"""Elements open at once; browsers stop at 512."""
VALUES_LIMIT = 20
"""Values inside each other whose text is gathered; a keyword inside a description is the second."""
VALUE_LIMIT = 200_000
"""Characters of one value."""

_VOID = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr")
)
_APART = frozenset(
    ("address", "article", "blockquote", "br", "dd", "div", "dl", "dt", "h1", "h2", "h3", "h4", "h5", "h6", "hr")
) | frozenset(("li", "ol", "p", "pre", "section", "table", "td", "th", "tr", "ul"))
"""Elements that stand on lines of their own, so that words before and after them are two."""
_IMPLIED = {
    "li": ("li",),
    "dd": ("dd", "dt"),
    "dt": ("dd", "dt"),
    "td": ("td", "th"),
    "th": ("td", "th"),
    "tr": ("td", "th", "tr"),
    **dict.fromkeys(("div", "dl", "ol", "p", "section", "table", "ul"), ("p",)),
}
"""Elements whose start ends those that are open just before and whose end may be left out."""
_ADDRESS = {
    **dict.fromkeys(("a", "area", "link"), "href"),
    **dict.fromkeys(("audio", "embed", "iframe", "img", "source", "track", "video"), "src"),
    "object": "data",
}
_VALUE = {"data": "value", "meter": "value", "time": "datetime"}
_SCHEMA = "https://schema.org/"

Item = dict[str, object]


@dataclass
class Markup:
    """The texts of JSON-LD scripts in their order, the items of microdata and RDFa, and the JSON-LD that the page links to."""

    scripts: list[str] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    linked: list[str] = field(default_factory=list)


@dataclass
class _Open:
    """One open element: the item that it is in by each syntax, and the value that its text will be."""

    tag: str
    microdata: Item | None
    rdfa: Item | None
    vocabulary: str
    target: tuple[Item, tuple[str, ...]] | None = None
    text: list[str] = field(default_factory=list)
    size: int = 0


def read_markup(page: str) -> Markup:
    """The markup of a page. What the page leaves open is closed at its end."""
    reader = _Reader()
    for token in tokens(page[:TEXT_LIMIT]):
        if token.kind == START:
            reader.start(token.name, token.attributes)
        elif token.kind == END:
            reader.end(token.name)
        else:
            reader.text(token.name, token.text)
    reader.finish()
    return reader.markup


class _Reader:
    """One pass over a page."""

    def __init__(self) -> None:
        self.markup = Markup()
        self._open: list[_Open] = []
        self._tags: Counter[str] = Counter()
        self._values: list[_Open] = []
        self._is_linked_data = False

    def start(self, tag: str, said: Mapping[str, str]) -> None:
        """An element begins."""
        if tag in _APART:
            self._gather(" ")
        while self._open and self._open[-1].tag in _IMPLIED.get(tag, ()):
            self._close()
        if tag == "script":
            self._is_linked_data = _media_type(said) == "application/ld+json"
        if tag == "link" and _is_linked(said):
            self.markup.linked.append(said.get("href", ""))
        inside = self._open[-1] if self._open else None
        element = _Open(
            tag,
            inside.microdata if inside else None,
            inside.rdfa if inside else None,
            said.get("vocab", inside.vocabulary if inside else ""),
        )
        self._microdata(element, said)
        self._rdfa(element, said)
        if tag in _VOID:
            self._settle(element)
        elif len(self._open) < OPEN_LIMIT:
            self._open.append(element)
            self._tags[tag] += 1
            if element.target is not None and len(self._values) < VALUES_LIMIT:
                self._values.append(element)

    def _microdata(self, element: _Open, said: Mapping[str, str]) -> None:
        names = tuple(said.get("itemprop", "").split())
        holder = element.microdata
        if "itemscope" in said:
            item: Item = {"@type": said.get("itemtype", "").split()}
            if said.get("itemid"):
                item["@id"] = said["itemid"]
            _put(holder, names, item)
            if holder is None or not names:
                self.markup.items.append(item)
            element.microdata = item
        elif names and holder is not None:
            self._value(element, said, holder, names)

    def _rdfa(self, element: _Open, said: Mapping[str, str]) -> None:
        names = tuple(_term(name, element.vocabulary) for name in said.get("property", "").split())
        holder = element.rdfa
        if "typeof" in said:
            item: Item = {"@type": [_term(name, element.vocabulary) for name in said["typeof"].split()]}
            identity = said.get("resource") or said.get("about")
            if identity:
                item["@id"] = identity
            _put(holder, names, item)
            if holder is None or not names:
                self.markup.items.append(item)
            element.rdfa = item
        elif names and holder is not None:
            stated = said.get("content") or said.get("resource")
            self._value(element, {**said, "content": stated} if stated else said, holder, names)

    def _value(self, element: _Open, said: Mapping[str, str], holder: Item, names: tuple[str, ...]) -> None:
        """The value of an element: what an attribute says, else its text, which is known when it closes."""
        attribute = _ADDRESS.get(element.tag) or _VALUE.get(element.tag)
        stated = said.get("content") if "content" in said else said.get(attribute) if attribute else None
        if stated is not None:
            _put(holder, names, stated)
        elif element.tag != "meta":
            element.target = (holder, names)

    def text(self, inside: str, said: str) -> None:
        """Text, or the content of a script."""
        if inside == "script":
            if self._is_linked_data:
                self.markup.scripts.append(said)
        elif inside != "style":
            self._gather(said)

    def _gather(self, said: str) -> None:
        """Text for every open element whose value it is part of."""
        for element in self._values:
            if element.size < VALUE_LIMIT:
                element.text.append(said)
                element.size += len(said)

    def end(self, tag: str) -> None:
        """An element ends, and with it those inside that were left open."""
        if tag in _APART:
            self._gather(" ")
        if not self._tags[tag]:
            return
        while self._open:
            element = self._close()
            if element.tag == tag:
                return

    def finish(self) -> None:
        """Close what the page left open."""
        while self._open:
            self._close()

    def _close(self) -> _Open:
        element = self._open.pop()
        self._tags[element.tag] -= 1
        if self._values and self._values[-1] is element:
            self._values.pop()
        self._settle(element)
        return element

    def _settle(self, element: _Open) -> None:
        if element.target is not None:
            holder, names = element.target
            _put(holder, names, " ".join("".join(element.text).split()))


def _put(holder: Item | None, names: tuple[str, ...], value: object) -> None:
    if holder is None:
        return
    for name in names:
        present = holder.setdefault(name, [])
        if isinstance(present, list):
            present.append(value)


def _term(name: str, vocabulary: str) -> str:
    """A term of RDFa as an address where its vocabulary is stated; prefixes other than those of schema.org stay."""
    prefix, colon, rest = name.partition(":")
    if colon and prefix in ("schema", "sdo"):
        return _SCHEMA + rest
    if colon or not vocabulary.strip():
        return name
    return (_SCHEMA if "schema.org" in vocabulary else vocabulary.strip()) + name


def _media_type(said: Mapping[str, str]) -> str:
    return said.get("type", "").partition(";")[0].strip().lower()


def _is_linked(said: Mapping[str, str]) -> bool:
    """Whether a link leads to JSON-LD that is another form of the page."""
    kinds = set(said.get("rel", "").lower().split())
    return _media_type(said) == "application/ld+json" and bool({"alternate", "describedby"} & kinds)
