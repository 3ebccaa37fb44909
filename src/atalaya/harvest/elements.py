"""Strict reading for XML: what is taken of a tree of elements counts as mapped, the rest as ignored or unread.

`Node` is one element under reading. Elements are found by local name, so that a publisher's namespace of another edition is
no reason to read nothing. Paths are local names joined by dots, from below the record: `idinfo.citation.citeinfo.title`.
"""

import re
from collections.abc import Iterator, Mapping
from xml.etree.ElementTree import Element

from atalaya.harvest import values
from atalaya.harvest.fields import IGNORED, MAPPED, NAME_LIMIT, UNREAD, Ledger

_SPACE = re.compile(r"[ \t\r\f\v]*\n[ \t\r\f\v]*")

_SYNTAX = """
    schemaLocation noNamespaceSchemaLocation nil nilReason type actuate show arcrole role isoType codeList codeSpace
    id uuid uuidref version updateSequence srsName srsDimension frame base space
"""
SYNTAX_ATTRIBUTES = frozenset(_SYNTAX.split())
"""Attributes by local name that hold syntax, internal names or versions; they say nothing of a dataset and are not counted."""


def local(element: Element) -> str:
    """The name of an element without its namespace."""
    return element.tag.rpartition("}")[2]


def namespace(element: Element) -> str:
    """The namespace of an element; empty where it has none."""
    return element.tag[1:].partition("}")[0] if element.tag.startswith("{") else ""


def plain(text: str | None) -> str | None:
    """A text of an element without control characters and the indentation of the document; None where it is blank."""
    if text is None:
        return None
    return _SPACE.sub("\n", values.clean(text).replace("\r\n", "\n")).strip() or None


class Tree:
    """What was taken of one record, and the ledger that it is counted in.

    `ignored` lists ends of paths with the reason why whatever lies at or below them has no use here, and attributes (`@name`).
    `striped`: names that start with a capital are classes between properties, as in ISO 19139, and stay out of paths.
    `nested` names elements that lie in each other (layers in layers), which paths show once.
    """

    def __init__(
        self, ledger: Ledger, ignored: Mapping[str, str], *, striped: bool = False, nested: tuple[str, ...] = ()
    ) -> None:
        self.ledger = ledger
        self._ignored = {f".{path}" for path in ignored}
        self._striped = striped
        self._nested = nested
        self.taken: set[Element] = set()
        self.passed: set[Element] = set()
        self.attributes: set[tuple[Element, str]] = set()

    def node(self, element: Element) -> "Node":
        """The element under reading."""
        return Node(element, self)

    def close(self, root: Element, base: str = "") -> None:
        """Count every element and attribute below `root` that says something; paths start with `base`."""
        pending = [(root, base, False)]
        while pending:
            element, path, passed = pending.pop()
            for child in element:
                below = self._below(path, local(child)[:NAME_LIMIT])
                hidden = passed or child in self.passed or self._is_ignored(below)
                self._count(child, below, hidden)
                pending.append((child, below, hidden))

    def _below(self, path: str, name: str) -> str:
        again = name in self._nested and path.rpartition(".")[2] == name
        return path if again or (self._striped and name[:1].isupper()) else f"{path}.{name}".lstrip(".")

    def _is_ignored(self, path: str) -> bool:
        parts = f".{path}"
        place = len(parts)
        while (place := parts.rfind(".", 0, place)) >= 0:
            if parts[place:] in self._ignored:
                return True
        return False

    def _count(self, element: Element, path: str, hidden: bool) -> None:
        """One element: its text, or that it is there where its presence says something; and each attribute."""
        flag = not self._striped and len(element) == 0 and not self._attributes(element)
        if flag or plain(element.text) is not None:
            self.ledger.use(path, self._reading(element in self.taken, hidden))
        for name in self._attributes(element):
            passed = hidden or f".@{name}" in self._ignored
            self.ledger.use(f"{path}@{name}", self._reading((element, name) in self.attributes, passed))

    @staticmethod
    def _attributes(element: Element) -> list[str]:
        names = (name.rpartition("}")[2] for name in element.attrib)
        return [name for name in names if name not in SYNTAX_ATTRIBUTES]

    @staticmethod
    def _reading(taken: bool, hidden: bool) -> str:
        return MAPPED if taken else IGNORED if hidden else UNREAD


class Node:
    """One element under reading."""

    def __init__(self, element: Element, tree: Tree) -> None:
        self.element = element
        self.tree = tree

    @property
    def name(self) -> str:
        """The local name."""
        return local(self.element)

    def children(self) -> "list[Node]":
        """The elements directly inside."""
        return [Node(child, self.tree) for child in self.element]

    def nodes(self, *path: str) -> "list[Node]":
        """The elements at the end of a path of local names; `a|b` is either name, `*` any."""
        found = [self.element]
        for step in path:
            names = None if step == "*" else step.split("|")
            found = [child for parent in found for child in parent if names is None or local(child) in names]
        return [Node(element, self.tree) for element in found]

    def node(self, *path: str) -> "Node | None":
        """The first element at the end of a path; None where there is none."""
        return next(iter(self.nodes(*path)), None)

    def below(self, *names: str) -> "Iterator[Node]":
        """Elements of these names at any depth, in document order, without those inside of each other."""
        for child in self.element:
            if local(child) in names:
                yield Node(child, self.tree)
            else:
                yield from Node(child, self.tree).below(*names)

    def said(self) -> str | None:
        """The text of this element, taken; None where it is blank."""
        self.tree.taken.add(self.element)
        return plain(self.element.text)

    def word(self, *path: str) -> str | None:
        """The first text at the end of a path that says something; all of them are taken."""
        return next(iter(self.words(*path)), None)

    def words(self, *path: str) -> list[str]:
        """The texts at the end of a path, in order."""
        return [text for node in self.nodes(*path) if (text := node.said()) is not None]

    def attribute(self, *names: str) -> str | None:
        """The first of these attributes (by local name) that says something; all that are present are taken."""
        found: str | None = None
        for key, value in self.element.items():
            name = key.rpartition("}")[2]
            if name in names:
                self.tree.attributes.add((self.element, name))
                self.tree.taken.add(self.element)
                found = found or plain(value)
        return found

    def take(self) -> None:
        """Count everything in this element as mapped: it was looked at as a whole."""
        for element in self.element.iter():
            self.tree.taken.add(element)
            self.tree.attributes.update((element, name.rpartition("}")[2]) for name in element.attrib)

    def skip(self, *names: str) -> None:
        """Count elements of these names directly inside as ignored: here they describe something else than a dataset."""
        self.tree.passed.update(child for child in self.element if local(child) in names)


def children(element: Element, name: str) -> Iterator[Element]:
    """The children of this name, in any namespace."""
    return (child for child in element if local(child) == name)


def text_of(element: Element) -> str:
    """All text inside an element, line breaks of markup inside it as spaces."""
    return " ".join(part for part in element.itertext() if part) if len(element) else element.text or ""
