"""Bytes of RDF/XML, Turtle, N-Triples or JSON-LD as a graph in memory, or the reason why they are none.

A document with a syntax error is refused whole: a dataset that was cut in the middle would be judged for what is missing.
How much was read before the error is told.
"""

import json
import re
from dataclasses import dataclass, field

import pyoxigraph as ox

from atalaya.harvest import xml
from atalaya.harvest.bodies import decode, is_html, parse_json
from atalaya.harvest.rdf import contexts
from atalaya.harvest.rdf.terms import DCAT, RDF_TYPE, normal
from atalaya.harvest.visits import Refusal, Visit, landed

Node = ox.NamedNode | ox.BlankNode | ox.Literal
Subject = ox.NamedNode | ox.BlankNode

_MEDIA_TYPES = {
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/x-turtle": ox.RdfFormat.TURTLE,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "application/ld+json": ox.RdfFormat.JSON_LD,
    "text/n3": ox.RdfFormat.TURTLE,
}
_TURTLE = re.compile(
    rb"^\s*(?:#[^\n]*\n\s*)*(?:@?prefix\b|@?base\b|<[^<>\s]*>\s+(?:a\b|<|[\w.-]*:)|_:|\[)", re.IGNORECASE
)
_XML = re.compile(rb"^\s*(?:<\?xml|<!DOCTYPE\s+rdf|<!--|<[A-Za-z_][\w.-]*:RDF\b|<RDF\b)", re.IGNORECASE)


_CHECKED = 64
"""Objects of one predicate up to which a repeated triple is looked for; readers of longer lists take each object once."""


@dataclass
class Graph:
    """Triples of one document: subject → predicate → objects in document order, with what was noted while reading."""

    triples: dict[Subject, dict[str, list[Node]]] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    def add(self, subject: Subject, predicate: str, value: Node) -> None:
        """Add one triple; the same one twice counts once."""
        objects = self.triples.setdefault(subject, {}).setdefault(predicate, [])
        if len(objects) > _CHECKED or value not in objects:
            objects.append(value)

    def objects(self, subject: Subject, predicate: str) -> list[Node]:
        """The objects of a predicate."""
        return self.triples.get(subject, {}).get(predicate, [])

    def types(self, subject: Subject) -> set[str]:
        """The classes of a subject."""
        return {item.value for item in self.objects(subject, RDF_TYPE) if isinstance(item, ox.NamedNode)}


def read_graph(visit: Visit) -> Graph | Refusal:
    """The graph of one page. IRIs are resolved against the address that answered."""
    syntax = sniff(visit)
    if isinstance(syntax, Refusal):
        return syntax
    body = _prepared(visit, syntax)
    if isinstance(body, Refusal):
        return Refusal(body.reason, f"{landed(visit)}: {body.detail}")
    base = visit.answer.final_url or visit.url
    # The JSON-LD reader drops faulty addresses without a word where it is strict, so it never is.
    strict = syntax != ox.RdfFormat.JSON_LD
    graph = _parse(body.content, syntax, base, lenient=not strict)
    if isinstance(graph, Refusal) and strict:
        second = _parse(body.content, syntax, base, lenient=True)
        if isinstance(second, Graph):
            second.notes.append(f"read leniently: {graph.detail}")
            graph = second
    if isinstance(graph, Refusal):
        return Refusal(graph.reason, f"{landed(visit)}: {graph.detail}")
    graph.notes.extend(body.notes)
    return graph


def sniff(visit: Visit) -> ox.RdfFormat | Refusal:
    """The syntax by the bytes, and by the content type where the bytes leave it open."""
    body = visit.body.removeprefix(b"\xef\xbb\xbf")
    head = body[:65536]
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        head = decode(body[:65536])[0].encode()
    if is_html(head):
        return Refusal("html", landed(visit))
    start = head.lstrip()[:1]
    if _XML.match(head):
        return ox.RdfFormat.RDF_XML
    declared = _MEDIA_TYPES.get(visit.answer.headers.get("content-type", "").partition(";")[0].strip().lower())
    if start == b"{" or (start == b"[" and declared != ox.RdfFormat.TURTLE):
        return ox.RdfFormat.JSON_LD
    if declared in (ox.RdfFormat.TURTLE, ox.RdfFormat.N_TRIPLES) or _TURTLE.match(head):
        return ox.RdfFormat.TURTLE  # N-Triples are Turtle
    if start == b"<":
        return ox.RdfFormat.RDF_XML
    return Refusal("malformed", f"{landed(visit)}: its bytes are neither RDF/XML nor Turtle nor JSON-LD")


@dataclass(frozen=True)
class _Body:
    content: bytes
    notes: tuple[str, ...] = ()


def _prepared(visit: Visit, syntax: ox.RdfFormat) -> _Body | Refusal:
    """The bytes as the parser wants them: UTF-8, XML looked at before, contexts of JSON-LD put in."""
    if syntax == ox.RdfFormat.RDF_XML:
        content = xml.as_utf8(visit.body)
        if isinstance(content, Refusal):
            return content
        refusal = xml.inspect(content)
        return _Body(content) if refusal is None else refusal
    if syntax == ox.RdfFormat.JSON_LD:
        parsed = parse_json(visit)
        if isinstance(parsed, Refusal):
            return Refusal(parsed.reason, parsed.detail.partition(": ")[2] or parsed.detail)
        value, note = parsed
        placed = contexts.place(value)
        if isinstance(placed, Refusal):
            return placed
        return _Body(json.dumps(placed.value).encode(), (*((note,) if note else ()), *placed.notes))
    text, note = decode(visit.body)
    return _Body(text.lstrip("\ufeff").encode("utf-8", errors="replace"), (note,) if note else ())


def _parse(body: bytes, syntax: ox.RdfFormat, base: str, *, lenient: bool) -> Graph | Refusal:
    graph = Graph()
    count = 0
    odd: set[str] = set()
    try:
        parser = ox.parse(body, format=syntax, base_iri=_base(base), lenient=lenient)
        for quad in parser:
            count += 1
            if isinstance(quad.subject, ox.Triple) or isinstance(quad.object, ox.Triple):
                continue
            _keep(graph, quad.subject, quad.predicate.value, quad.object, odd)
    except (SyntaxError, ValueError) as error:
        return Refusal("malformed", _told(error, count, graph))
    graph.notes.extend(f"the namespace of {iri} is misspelt; read as {normal(iri)}" for iri in sorted(odd))
    return graph


def _keep(graph: Graph, subject: Subject, predicate: str, value: Node, odd: set[str]) -> None:
    known = normal(predicate)
    if known != predicate:
        odd.add(predicate)
    if known == RDF_TYPE and isinstance(value, ox.NamedNode) and normal(value.value) != value.value:
        odd.add(value.value)
        value = ox.NamedNode(normal(value.value))
    graph.add(subject, known, value)


def _base(url: str) -> str | None:
    return url if re.match(r"^[A-Za-z][A-Za-z0-9+.-]*:", url) else None


def _told(error: SyntaxError | ValueError, count: int, graph: Graph) -> str:
    """An error in one sentence, with the line and what came before it."""
    line = getattr(error, "lineno", None)
    text = " ".join(str(error).split())[:300]
    datasets = sum(f"{DCAT}Dataset" in graph.types(subject) for subject in graph.triples)
    before = f"{count} triples with {datasets} datasets came before it and are not kept"
    place = f"line {line}: " if line and f"line {line}" not in text else ""
    return f"{place}{text}; {before}"
