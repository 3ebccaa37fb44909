"""Building a graph: terms that are always well formed, whatever a source wrote."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache

import pyoxigraph as ox

PREFIXES: Mapping[str, str] = {
    "adms": "http://www.w3.org/ns/adms#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "hydra": "http://www.w3.org/ns/hydra/core#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}

Subject = ox.NamedNode | ox.BlankNode
Node = ox.NamedNode | ox.BlankNode | ox.Literal

_DAY = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])")
_MOMENT = re.compile(
    _DAY.pattern + r"T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,9})?(?:Z|[+-](?:0\d|1[0-3]):[0-5]\d)?"
)


@cache
def term(name: str) -> ox.NamedNode:
    """A term by its short name: `dct:title`."""
    prefix, _, rest = name.partition(":")
    return ox.NamedNode(PREFIXES[prefix] + rest)


def address(text: str | None) -> ox.NamedNode | None:
    """An address of the web as a node; None where it is none, or not well formed.

    >>> address("https://example.org/a b"), address("mailto:x")
    (None, None)
    """
    if not text or not re.match(r"https?://[^/\s]", text, re.IGNORECASE):
        return None
    try:
        return ox.NamedNode(text.strip())
    except ValueError:
        return None


def said(text: str, language: str = "") -> ox.Literal:
    """A text with its language, without it where the tag is none."""
    try:
        return ox.Literal(text, language=language) if language else ox.Literal(text)
    except ValueError:
        return ox.Literal(text)


def dated(text: str | None) -> ox.Literal | None:
    """A day or a moment with its type; None where the text is neither."""
    written = (text or "").strip()
    if not _is_day(written[:10]):
        return None
    for form, name in ((_DAY, "xsd:date"), (_MOMENT, "xsd:dateTime")):
        if form.fullmatch(written):
            return ox.Literal(written, datatype=term(name))
    return None


def _is_day(text: str) -> bool:
    try:
        return bool(date.fromisoformat(text))
    except ValueError:
        return False


@dataclass
class Graph:
    """Triples, each once, by their subjects in the order in which these were first spoken of."""

    _triples: dict[Subject, dict[ox.Triple, None]] = field(default_factory=dict)

    def __iter__(self) -> Iterator[ox.Triple]:
        for triples in self._triples.values():
            yield from triples

    def add(self, subject: Subject, **values: Node | list[Node] | None) -> None:
        """Say something of a subject: `dct_title=…`. Nothing is said where the value is None or an empty list."""
        for name, value in values.items():
            predicate = term(name.replace("_", ":", 1))
            for each in value if isinstance(value, list) else [value]:
                if each is not None:
                    self._triples.setdefault(subject, {})[ox.Triple(subject, predicate, each)] = None

    def kind(self, subject: Subject, name: str) -> None:
        """Say what a subject is: `dcat:Dataset`."""
        self._triples.setdefault(subject, {})[ox.Triple(subject, term("rdf:type"), term(name))] = None

    def written(self, form: ox.RdfFormat) -> bytes:
        """The graph in a syntax."""
        prefixes = dict(PREFIXES) if form != ox.RdfFormat.N_TRIPLES else None
        return ox.serialize(self, format=form, prefixes=prefixes) or b""
