"""A DCAT catalogue in RDF/XML (W3C, 2014), all in one file."""

from collections.abc import Iterable
from xml.sax.saxutils import escape, quoteattr

from atalaya.catalogue.records import Dataset
from atalaya.samples.catalogues.documents import PREFIXES, Document
from atalaya.samples.catalogues.triples import Literal, Node, Uri, catalogue_node, dataset_nodes


def catalogue(url: str, title: str, records: tuple[Dataset, ...]) -> tuple[Document, ...]:
    """The one file of the catalogue."""
    nodes: Iterable[Node] = (catalogue_node(url, title, records), *(n for r in records for n in dataset_nodes(r)))
    spaces = " ".join(f"xmlns:{prefix}={quoteattr(space)}" for prefix, space in PREFIXES.items())
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', f"<rdf:RDF {spaces}>"]
    lines += [_node(node, "  ") for node in nodes]
    body = "\n".join([*lines, "</rdf:RDF>"]) + "\n"
    return (Document(url, "application/rdf+xml", body.encode()),)


def _node(node: Node, indent: str) -> str:
    about = "" if node.uri is None else f" rdf:about={quoteattr(node.uri)}"
    inner = "\n".join(_property(name, value, indent + "  ") for name, value in node.properties)
    return f"{indent}<{node.kind}{about}>\n{inner}\n{indent}</{node.kind}>"


def _property(name: str, value: Uri | Literal | Node, indent: str) -> str:
    if isinstance(value, Uri):
        return f"{indent}<{name} rdf:resource={quoteattr(value.value)}/>"
    if isinstance(value, Node):
        return f"{indent}<{name}>\n{_node(value, indent + '  ')}\n{indent}</{name}>"
    mark = f" xml:lang={quoteattr(value.language)}" if value.language else ""
    if value.datatype:
        prefix, local = value.datatype.split(":")
        mark = f" rdf:datatype={quoteattr(PREFIXES[prefix] + local)}"
    return f"{indent}<{name}{mark}>{escape(value.value)}</{name}>"
