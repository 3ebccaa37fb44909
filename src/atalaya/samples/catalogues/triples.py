"""A DCAT-AP catalogue as triples; the three RDF writers print them in their own syntax.

A node is a URI, a literal, or a nameless node with properties of its own. Properties come in a fixed order.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from atalaya.catalogue.records import Dataset, Distribution
from atalaya.samples.catalogues.documents import LANGUAGE, contact_address, is_uri, named


@dataclass(frozen=True, slots=True)
class Uri:
    """A thing named by a URI."""

    value: str


@dataclass(frozen=True, slots=True)
class Literal:
    """A text with a language or a datatype (prefixed name), or neither."""

    value: str
    language: str | None = None
    datatype: str | None = None


@dataclass(frozen=True, slots=True)
class Node:
    """A thing with a type and properties (prefixed names); `uri` None makes it nameless."""

    kind: str
    properties: tuple[tuple[str, "Uri | Literal | Node"], ...]
    uri: str | None = None


def catalogue_node(url: str, title: str, records: Iterable[Dataset]) -> Node:
    """The catalogue with links to its datasets, and to who publishes it, as DCAT-AP asks."""
    links = tuple(("dcat:dataset", Uri(named(record))) for record in records)
    about = (("dct:title", Literal(title, "es")), ("dct:description", Literal(f"{title}, solo para pruebas", "es")))
    publisher = ("dct:publisher", Uri(f"{url.partition('#')[0]}#publisher"))
    return Node("dcat:Catalog", (*about, publisher, *links), url)


def dataset_nodes(record: Dataset) -> tuple[Node, ...]:
    """The dataset and its distributions, each named by a URI."""
    dataset = Node("dcat:Dataset", tuple(_dataset(record)), named(record))
    return (dataset, *(_distribution(item) for item in record.distributions))


def _text(values: Iterable[tuple[str, str]], name: str) -> Iterator[tuple[str, Literal]]:
    for language, value in values:
        yield name, Literal(value, language or None)


def _dataset(record: Dataset) -> Iterator[tuple[str, Uri | Literal | Node]]:
    yield "dct:identifier", Literal(named(record))
    yield from _text(record.title.items(), "dct:title")
    yield from _text(record.description.items(), "dct:description")
    for word in record.keywords:
        yield "dcat:keyword", Literal(word, "es")
    for theme in record.themes:
        yield "dcat:theme", Uri(theme)
    if record.publisher is not None and record.publisher.name is not None:
        yield "dct:publisher", Node("foaf:Organization", (("foaf:name", Literal(record.publisher.name, "es")),))
    address = contact_address(record)
    if address is not None:
        card = (("vcard:fn", Literal("Unidad de datos (muestra)")), ("vcard:hasEmail", Uri(f"mailto:{address}")))
        yield "dcat:contactPoint", Node("vcard:Organization", card)
    yield from _rights(record.licence)
    if record.access_rights is not None:
        yield "dct:accessRights", Uri(record.access_rights)
    yield from _statements(record)
    yield from _moments(record)
    if record.frequency is not None:
        yield "dct:accrualPeriodicity", Uri(record.frequency)
    for place in record.spatial:
        yield "dct:spatial", Node("dct:Location", (("skos:prefLabel", Literal(place, "es")),))
    for period in record.temporal:
        bounds = (
            ("dcat:startDate", Literal(period.start or "", None, "xsd:date")),
            ("dcat:endDate", Literal(period.end or "", None, "xsd:date")),
        )
        yield "dct:temporal", Node("dct:PeriodOfTime", bounds)
    if record.languages:
        yield "dct:language", Uri(LANGUAGE)
    if record.landing_page is not None:
        yield "dcat:landingPage", Uri(record.landing_page)
    for item in record.distributions:
        yield "dcat:distribution", Uri(item.native_id or "")


def _statements(record: Dataset | Distribution) -> Iterator[tuple[str, Uri | Node]]:
    """Statements of rights, and the standards that the data conform to."""
    if record.rights is not None:
        yield "dct:rights", Node("dct:RightsStatement", (("dct:title", Literal(record.rights, "es")),))
    for standard in record.conforms_to:
        yield "dct:conformsTo", Uri(standard)


def _moments(record: Dataset | Distribution) -> Iterator[tuple[str, Literal]]:
    if record.issued is not None:
        yield "dct:issued", Literal(record.issued, None, "xsd:dateTime")
    if record.modified is not None:
        yield "dct:modified", Literal(record.modified, None, "xsd:dateTime")


def _rights(licence: str | None) -> Iterator[tuple[str, Uri | Node]]:
    """A licence by its URI, or a nameless licence document with the text that a publisher wrote instead."""
    if licence is None:
        return
    if is_uri(licence):
        yield "dct:license", Uri(licence)
    else:
        yield "dct:license", Node("dct:LicenseDocument", (("dct:title", Literal(licence, "es")),))


def _distribution(item: Distribution) -> Node:
    return Node("dcat:Distribution", tuple(_distribution_properties(item)), item.native_id)


def _distribution_properties(item: Distribution) -> Iterator[tuple[str, Uri | Literal | Node]]:
    yield from _text(item.title.items(), "dct:title")
    yield from _text(item.description.items(), "dct:description")
    if item.access_url is not None:
        yield "dcat:accessURL", Uri(item.access_url)
    if item.download_url is not None:
        yield "dcat:downloadURL", Uri(item.download_url)
    if item.format is not None:
        yield "dct:format", Literal(item.format)
    if item.media_type is not None:
        yield "dcat:mediaType", Uri(f"https://www.iana.org/assignments/media-types/{item.media_type}")
    if item.byte_size is not None:
        yield "dcat:byteSize", Literal(str(item.byte_size), None, "xsd:decimal")
    if item.checksum is not None:
        algorithm, _, digest = item.checksum.rpartition(":")
        value = Literal(digest, None, "xsd:hexBinary")
        named_algorithm = Uri(f"http://spdx.org/rdf/terms#checksumAlgorithm_{algorithm or 'sha256'}")
        yield (
            "spdx:checksum",
            Node("spdx:Checksum", (("spdx:algorithm", named_algorithm), ("spdx:checksumValue", value))),
        )
    yield from _rights(item.licence)
    yield from _statements(item)
    yield from _moments(item)
