"""A DCAT catalogue in Turtle (W3C, 2014), all in one file."""

import json

from atalaya.catalogue.records import Dataset
from atalaya.samples.catalogues.documents import PREFIXES, Document
from atalaya.samples.catalogues.triples import Literal, Node, Uri, catalogue_node, dataset_nodes


def catalogue(url: str, title: str, records: tuple[Dataset, ...]) -> tuple[Document, ...]:
    """The one file of the catalogue."""
    head = [f"@prefix {prefix}: <{space}> ." for prefix, space in PREFIXES.items()]
    nodes = [catalogue_node(url, title, records), *(node for record in records for node in dataset_nodes(record))]
    body = "\n\n".join(["\n".join(head), *(f"<{node.uri}> {_properties(node)} ." for node in nodes)]) + "\n"
    return (Document(url, "text/turtle; charset=utf-8", body.encode()),)


def _properties(node: Node) -> str:
    return " ;\n    ".join([f"a {node.kind}", *(f"{name} {_value(value)}" for name, value in node.properties)])


def _value(value: Uri | Literal | Node) -> str:
    if isinstance(value, Uri):
        return f"<{value.value}>"
    if isinstance(value, Node):
        return f"[ {_properties(value)} ]"
    # JSON's escapes of quotes, backslashes and control characters are also Turtle's.
    text = json.dumps(value.value, ensure_ascii=False)
    if value.datatype:
        return f"{text}^^{value.datatype}"
    return f"{text}@{value.language}" if value.language else text
