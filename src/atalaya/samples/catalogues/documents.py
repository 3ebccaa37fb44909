"""What every writer of a catalogue hands over, and the vocabulary that the RDF writers share."""

from dataclasses import dataclass

from atalaya.catalogue.records import Dataset


@dataclass(frozen=True, slots=True)
class Document:
    """One answer of a catalogue: its address, media type and body."""

    url: str
    media_type: str
    body: bytes


LANGUAGE = "http://publications.europa.eu/resource/authority/language/SPA"
PREFIXES = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "hydra": "http://www.w3.org/ns/hydra/core#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "spdx": "http://spdx.org/rdf/terms#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
"""Prefix → namespace, in order of prefix."""


def contact_address(record: Dataset) -> str | None:
    """The address of the post that answers for the data; None where the record has no contact."""
    return None if record.contact is None else f"datos@{record.contact.email_domain}"


def named(record: Dataset) -> str:
    """The URI of a dataset."""
    assert record.native_id is not None
    return record.native_id


def is_uri(text: str) -> bool:
    """Whether an RDF writer may name a thing by this text."""
    return text.startswith(("http://", "https://")) and " " not in text
