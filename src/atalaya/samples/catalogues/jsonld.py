"""A DCAT catalogue in JSON-LD 1.1 over several pages, linked with Hydra's paged collection as CKAN's DCAT feed does it."""

import json
from collections.abc import Mapping

from atalaya.catalogue.records import Dataset
from atalaya.samples.catalogues.documents import PREFIXES, Document
from atalaya.samples.catalogues.triples import Literal, Node, Uri, catalogue_node, dataset_nodes

PAGE_SIZE = 6
"""Datasets a page: small, so that a sample has several pages."""


def catalogue(url: str, title: str, records: tuple[Dataset, ...]) -> tuple[Document, ...]:
    """The pages; the first is at the declared address, the others carry their number."""
    starts = range(0, max(1, len(records)), PAGE_SIZE)
    pages = [records[start : start + PAGE_SIZE] for start in starts]
    return tuple(_page(url, title, number, pages) for number in range(1, len(pages) + 1))


def _address(url: str, number: int) -> str:
    return url if number == 1 else f"{url}?page={number}"


def _page(url: str, title: str, number: int, pages: list[tuple[Dataset, ...]]) -> Document:
    records = pages[number - 1]
    nodes = [catalogue_node(f"{url}#catalogo", title, records), *(node for r in records for node in dataset_nodes(r))]
    collection: dict[str, object] = {
        "@id": _address(url, number),
        "@type": "hydra:PagedCollection",
        "hydra:totalItems": sum(len(page) for page in pages),
        "hydra:itemsPerPage": PAGE_SIZE,
        "hydra:firstPage": _address(url, 1),
        "hydra:lastPage": _address(url, len(pages)),
    }
    if number < len(pages):
        collection["hydra:nextPage"] = _address(url, number + 1)
    if number > 1:
        collection["hydra:previousPage"] = _address(url, number - 1)
    graph = [collection, *(_object(node) for node in nodes)]
    body = json.dumps({"@context": dict(PREFIXES), "@graph": graph}, ensure_ascii=False, indent=1) + "\n"
    return Document(_address(url, number), "application/ld+json", body.encode())


def _object(node: Node) -> Mapping[str, object]:
    fields: dict[str, object] = {"@type": node.kind}
    if node.uri is not None:
        fields["@id"] = node.uri
    for name, value in node.properties:
        before = fields.get(name)
        shown = _value(value)
        if before is None:
            fields[name] = shown
        else:
            fields[name] = [*before, shown] if isinstance(before, list) else [before, shown]
    return fields


def _value(value: Uri | Literal | Node) -> Mapping[str, object]:
    if isinstance(value, Uri):
        return {"@id": value.value}
    if isinstance(value, Node):
        return _object(value)
    if value.datatype:
        return {"@value": value.value, "@type": value.datatype}
    return {"@value": value.value, "@language": value.language} if value.language else {"@value": value.value}
