"""Values of a `data.json` that DCAT-US 3 writes as objects: places, concepts, licences, standards, and lists of bodies.

An object is read field by field, so that what nobody reads of it is counted. Version 1.1 writes texts, which stay as they are.

Classes and properties: https://doi-do.github.io/dcat-us/ (Location, Concept, LicenseDocument, Standard, Organization, Kind).
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeGuard

from atalaya.catalogue.records import Agent
from atalaya.harvest import values
from atalaya.harvest.fields import Entry

_LABELS = ("prefLabel", "name", "title", "label")
_ADDRESSES = ("@id", "uri", "url", "id", "identifier", "notation")
_SHAPES = ("bbox", "geometry", "centroid")
_WORDS = ("@value", "value", "text", "display_name")
_NAMED = frozenset({*_LABELS, *_ADDRESSES, *_SHAPES, "@type", "type"})
_WRAPPING = frozenset({*_WORDS, "@language", "@type"})


@dataclass(frozen=True, slots=True)
class Term:
    """One value of a list: its address or code, and what it is called; a text stands as its label."""

    address: str | None = None
    label: str | None = None
    shape: str | None = None

    @property
    def said(self) -> str | None:
        """The address before the label before the shape."""
        return self.address or self.label or self.shape


def terms(entry: Entry, *keys: str) -> tuple[Term, ...]:
    """The values of the first of these fields that says something: texts, and objects with a label, an address or a shape."""
    found = entry.take(*keys)
    if found is None:
        return ()
    listed = values.unwrap(found) if isinstance(found, str) else found
    items = listed if isinstance(listed, list) else [listed]
    if not any(_is_object(item) for item in items):
        texts = entry.words(*keys)
        return tuple(Term(label=text) for text in texts)
    key = next(name for name in entry.present(*keys) if not values.is_blank(entry.value[name]))
    path = f"{entry.at(key)}[]" if isinstance(listed, list) else entry.at(key)
    read = [_term(Entry(item, path, entry.ledger)) if _is_object(item) else _text(item) for item in items]
    if any(term.said is None for term, item in zip(read, items, strict=True) if not values.is_blank(item)):
        entry.ledger.unreadable(path, "neither a text nor an object with a label, an address or a shape")
    return tuple(dict.fromkeys(term for term in read if term.said is not None))


def _is_object(item: object) -> TypeGuard[Mapping[str, object]]:
    """Whether a value is an object with fields of its own, not a text by language or a wrapped text."""
    if not isinstance(item, dict):
        return False
    wrapped = item.keys() <= _WRAPPING and not item.keys().isdisjoint(_WORDS)
    return not _NAMED.isdisjoint(item) and not wrapped


def _text(item: object) -> Term:
    return Term(label=next(iter(values.words([item])), None))


def _term(entry: Entry) -> Term:
    if "coordinates" in entry.value:
        entry.skip(*entry.value)  # GeoJSON, kept whole
        return Term(shape=_drawn(entry.value))
    term = Term(
        address=entry.word(*_ADDRESSES),
        label=entry.word(*_LABELS, *_WORDS),
        shape=_drawn(entry.take(*_SHAPES)),
    )
    entry.close()
    return term


def _drawn(shape: object) -> str | None:
    """A box or geometry as text: WKT as it is, GeoJSON as JSON, a list of numbers with commas."""
    shape = values.unwrap(shape)
    if isinstance(shape, Mapping):
        literal = shape.get("@value")
        return values.word(literal) or json.dumps(shape, sort_keys=True, separators=(",", ":"))
    if isinstance(shape, list) and shape and all(isinstance(side, int | float | str) for side in shape):
        return ",".join(values.word(side) or "" for side in shape)
    return values.word(shape)


def places(entry: Entry) -> tuple[str, ...]:
    """`spatial`: the address and the name of each place; its box or geometry where it has neither."""
    found: list[str] = []
    for term in terms(entry, "spatial"):
        named = [said for said in (term.address, term.label) if said is not None]
        found += named or [said for said in (term.shape,) if said is not None]
    return tuple(dict.fromkeys(found))


def concepts(entry: Entry, *keys: str) -> tuple[str, ...]:
    """Concepts and standards: addresses before labels, as of a vocabulary in RDF."""
    return tuple(dict.fromkeys(said for term in terms(entry, *keys) if (said := term.said) is not None))


def licence(entry: Entry) -> tuple[str | None, str | None]:
    """The licence, its address first, and what it is called where that is said beside it. Of several, the first is read."""
    found = terms(entry, "license", "licence")
    if len(found) > 1:
        entry.ledger.unreadable(entry.at(entry.present("license", "licence")[0]), "several licences; the first is read")
    if not found:
        return None, None
    first = found[0]
    return first.said, first.label if first.address is not None else None


def publisher(entry: Entry) -> Agent | None:
    """The first publisher, an object or a text; a person is not named."""
    found = entry.value.get("publisher")
    if isinstance(found, list) and sum(not values.is_blank(item) for item in found) > 1:
        entry.ledger.unreadable(entry.at("publisher"), "several publishers; the first is read")
    listed = entry.entries("publisher")
    if not listed:
        name = entry.word("publisher")
        return None if name is None else Agent(name=name)
    agents = [_agent(item) for item in listed]
    return None if agents[0] == Agent() else agents[0]


def _agent(entry: Entry) -> Agent:
    person = "person" in (values.word(entry.value.get("@type")) or "").lower()
    said = entry.word("name", "prefLabel", "legalName", "title", "fn", "source", "label", "altLabel")
    agent = Agent(
        name=None if person else said,
        uri=entry.url("@id", "uri", "homepage", "url"),
        native_id=entry.word("identifier", "id", "notation"),
    )
    entry.close()
    return agent
