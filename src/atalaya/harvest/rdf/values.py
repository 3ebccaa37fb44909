"""Values of DCAT-AP properties: literals, addresses and small nodes with a label, whichever a publisher chose."""

from collections.abc import Iterable

import pyoxigraph as ox

from atalaya.catalogue.records import Agent, ContactPoint, Period, Text
from atalaya.harvest import values
from atalaya.harvest.rdf.graph import Node, Subject
from atalaya.harvest.rdf.ledger import Taker
from atalaya.harvest.rdf.terms import ADMS, DC, DCAT, DCT, FOAF, LOCN, RDF, RDFS, SCHEMA, SKOS, SPDX, TIME, VCARD

_LABELS = (f"{SKOS}prefLabel", f"{RDFS}label", f"{FOAF}name", f"{DCT}title", f"{RDF}value", f"{SKOS}notation")
_PERSONS = (f"{FOAF}Person", f"{VCARD}Individual", f"{SCHEMA}Person")
_BODIES = (
    f"{FOAF}Organization",
    "http://www.w3.org/ns/org#Organization",
    f"{VCARD}Organization",
    f"{SCHEMA}Organization",
)
_DURATIONS = (("years", "Y"), ("months", "M"), ("weeks", "W"), ("days", "D"))
_DIGEST_VALUES = (f"{SPDX}checksumValue",)


def said(item: Node) -> str | None:
    """The text of a literal or address; None for blank nodes and blank texts."""
    if isinstance(item, ox.BlankNode):
        return None
    return values.clean(item.value).strip() or None


def plain(items: Iterable[Node]) -> str | None:
    """One text: the first by order of code points, so that the order of triples does not matter."""
    return min((text for item in items if (text := said(item)) is not None), default=None)


def text(taker: Taker, subject: Subject, *predicates: str) -> Text:
    """Texts by language tag; of several in one language the first by order."""
    found: dict[str, str] = {}
    for item in taker.take(subject, *predicates):
        content = said(item)
        if content is None:
            continue
        tag = (item.language or "").lower() if isinstance(item, ox.Literal) else ""
        found[tag] = min(found[tag], content) if tag in found else content
    return dict(sorted(found.items()))


def label(taker: Taker, item: Node) -> str | None:
    """What a node is called; None for one without a label."""
    if isinstance(item, ox.Literal):
        return said(item)
    return plain(taker.take(item, *_LABELS))


def words(taker: Taker, items: Iterable[Node]) -> tuple[str, ...]:
    """Texts in order, each once: literals, addresses, and labels of nodes without an address."""
    found = {said(item) if isinstance(item, ox.NamedNode) else label(taker, item) for item in items}
    return tuple(sorted(word for word in found if word is not None))


def iri_or_label(taker: Taker, items: list[Node]) -> str | None:
    """One value of a vocabulary: an address before a text."""
    addresses = [item for item in items if isinstance(item, ox.NamedNode)]
    if addresses:
        return plain(addresses)
    return min((name for item in items if (name := label(taker, item)) is not None), default=None)


def label_of(taker: Taker, items: list[Node]) -> str | None:
    """The label of a value of a vocabulary, where the document gives one beside the address."""
    nodes = [item for item in items if not isinstance(item, ox.Literal)]
    texts = [item for item in items if isinstance(item, ox.Literal)]
    named = [name for item in nodes if (name := label(taker, item)) is not None]
    return min(named, default=None) or plain(texts)


def rights(taker: Taker, items: list[Node]) -> str | None:
    """A statement of rights: its text, or its address where it has no text."""
    named = [name for item in items if (name := label(taker, item)) is not None]
    return min(named, default=None) or plain(items)


def identifier(taker: Taker, subject: Subject) -> str | None:
    """What identifies a subject: its identifier, one that another agency gave, or its address."""
    stated = plain(
        taker.take(subject, f"{DCT}identifier", f"{DC}identifier", f"{DCAT}identifier", f"{SCHEMA}identifier")
    )
    if stated is not None:
        return stated
    if isinstance(subject, ox.NamedNode):
        return said(subject)
    return min(
        (name for item in taker.take(subject, f"{ADMS}identifier") if (name := label(taker, item)) is not None),
        default=None,
    )


def agent(taker: Taker, items: list[Node], *, bodies_only: bool = False) -> Agent | None:
    """A publisher or creator. The name of a person is left out; with `bodies_only` all names but those of organisations."""
    agents = [_agent(taker, item, bodies_only) for item in items]
    known = [item for item in agents if item != Agent()]
    return min(known, key=lambda item: (item.name is None, item.name or "", item.uri or ""), default=None)


def _agent(taker: Taker, item: Node, bodies_only: bool) -> Agent:
    if isinstance(item, ox.Literal):
        return Agent(name=None if bodies_only else said(item))
    types = taker.graph.types(item)
    name = plain(
        taker.take(
            item, f"{FOAF}name", f"{SCHEMA}name", f"{VCARD}fn", f"{SKOS}prefLabel", f"{RDFS}label", f"{DCT}title"
        )
    )
    native_id = plain(taker.take(item, f"{DCT}identifier", f"{SKOS}notation"))
    home = plain(taker.take(item, f"{FOAF}homepage", f"{SCHEMA}url"))
    is_person = bool(types & set(_PERSONS)) and not types & set(_BODIES)
    hidden = is_person or (bodies_only and not types & set(_BODIES))
    address = said(item) if isinstance(item, ox.NamedNode) else home
    if address is not None and values.is_mail(address):
        address = None
    return Agent(name=None if hidden else name, uri=address, native_id=native_id)


def contact(taker: Taker, items: list[Node]) -> ContactPoint | None:
    """That a contact exists; names and addresses are looked at and not kept."""
    names: list[str | None] = []
    mails: list[str | None] = []
    pages: list[str] = []
    for item in items:
        if isinstance(item, ox.Literal):
            (mails if values.is_mail(item.value) else names).append(said(item))
            continue
        names.append(plain(taker.take(item, f"{VCARD}fn", f"{FOAF}name", f"{VCARD}organization-name", f"{RDFS}label")))
        mails.extend(_mails(taker, item))
        pages.extend(
            url for page in taker.take(item, f"{VCARD}hasURL", f"{VCARD}hasUrl", f"{VCARD}url") if (url := said(page))
        )
        if isinstance(item, ox.NamedNode) and not taker.graph.triples.get(item):
            (mails if values.is_mail(item.value) else pages).append(item.value)
    return values.contact(names, sorted(mail for mail in mails if mail), min(pages, default=None))


def _mails(taker: Taker, item: Subject) -> list[str | None]:
    found: list[str | None] = []
    for mail in taker.take(item, f"{VCARD}hasEmail", f"{VCARD}email", f"{FOAF}mbox", f"{SCHEMA}email"):
        inner = [] if isinstance(mail, ox.Literal) else taker.take(mail, f"{VCARD}hasValue", f"{VCARD}value")
        found.append(plain(inner) or said(mail))
    return found


def frequency(taker: Taker, items: list[Node]) -> str | None:
    """How often: an address or text; a node that says a duration in OWL-Time gives it as ISO 8601 (`P1Y`)."""
    spans = [span for item in items if (span := _duration(taker, item, 0)) is not None]
    return min(spans, default=None) or iri_or_label(taker, items)


def _duration(taker: Taker, item: Node, depth: int) -> str | None:
    if isinstance(item, ox.Literal) or depth > 2:
        return None
    parts = []
    for name, letter in _DURATIONS:
        amount = values.byte_size(plain(taker.take(item, f"{TIME}{name}")))
        parts.append(f"{amount}{letter}" if amount else "")
    if any(parts):
        return "P" + "".join(parts)
    inner = (
        _duration(taker, value, depth + 1) for value in taker.take(item, f"{RDF}value", f"{TIME}hasDurationDescription")
    )
    return next((span for span in inner if span is not None), None)


def place_names(taker: Taker, items: list[Node]) -> tuple[str, ...]:
    """Places: addresses and texts; of nodes without an address the label, else the geometry as written."""
    found = set(words(taker, items))
    for item in items:
        if isinstance(item, ox.BlankNode) and label(taker, item) is None:
            name = plain(taker.take(item, f"{LOCN}geographicName", f"{DCT}identifier"))
            drawn = plain(taker.take(item, f"{LOCN}geometry", f"{DCAT}bbox", f"{DCAT}centroid", f"{SCHEMA}box"))
            found |= {part for part in (name or drawn,) if part is not None}
    return tuple(sorted(found))


def periods(taker: Taker, items: list[Node]) -> tuple[Period, ...]:
    """Stretches of time, from nodes in any of the three vocabularies in use, or from texts."""
    found = {_period(taker, item) for item in items} - {Period()}
    return tuple(sorted(found, key=lambda item: (item.start or "", item.end or "")))


def _period(taker: Taker, item: Node) -> Period:
    if isinstance(item, ox.Literal):
        content = said(item)
        return Period() if content is None else values.period(content)
    start = plain(taker.take(item, f"{DCAT}startDate", f"{SCHEMA}startDate"))
    end = plain(taker.take(item, f"{DCAT}endDate", f"{SCHEMA}endDate"))
    start = start or _instant(taker, item, f"{TIME}hasBeginning")
    end = end or _instant(taker, item, f"{TIME}hasEnd")
    if start or end:
        return Period(start=start, end=end)
    name = label(taker, item)
    return Period() if name is None else values.period(name)


def _instant(taker: Taker, item: Subject, predicate: str) -> str | None:
    names = ("inXSDDateTimeStamp", "inXSDDateTime", "inXSDDate", "inXSDgYearMonth", "inXSDgYear")
    for moment in taker.take(item, predicate):
        if isinstance(moment, ox.Literal):
            return said(moment)
        stated = plain(taker.take(moment, *(f"{TIME}{name}" for name in names)))
        if stated is not None:
            return stated
    return None


def media_and_format(taker: Taker, subject: Subject) -> tuple[str | None, str | None]:
    """The declared format and media type. A format node with a label and a media type beside it gives both."""
    stated = taker.take(subject, f"{DCT}format", f"{DC}format")
    media = iri_or_label(taker, taker.take(subject, f"{DCAT}mediaType"))
    inner: list[str] = []
    for item in stated:
        if not isinstance(item, ox.Literal):
            inner.extend(text for value in taker.take(item, f"{RDF}value") if (text := said(value)) is not None)
    nodes = [item for item in stated if not isinstance(item, ox.NamedNode) or taker.graph.objects(item, f"{RDFS}label")]
    labels = [name for item in nodes if (name := label(taker, item)) is not None]
    declared = min(labels, default=None) or iri_or_label(taker, stated)
    return declared, media or next((value for value in sorted(inner) if "/" in value), None)


def byte_size(taker: Taker, items: list[Node]) -> int | None:
    """A whole number, whatever datatype it was given."""
    numbers = [values.byte_size(said(item)) for item in items]
    if items and all(number is None for number in numbers):
        taker.ledger.unreadable("byteSize or totalItems", "not a whole number")
    return next((number for number in numbers if number is not None), None)


def checksum(taker: Taker, items: list[Node]) -> str | None:
    """A checksum as `algorithm:digest`, or the digest alone."""
    found = []
    for item in items:
        if isinstance(item, ox.Literal):
            found.append(said(item))
            continue
        digest = plain(taker.take(item, *_DIGEST_VALUES))
        named = plain(taker.take(item, f"{SPDX}algorithm")) or ""
        tail = named.partition("hashAlgorithms/")[2].replace("/", "") or named.rpartition("_")[2].rpartition("/")[2]
        found.append(f"{tail.lower()}:{digest}" if digest and tail else digest)
    return min((item for item in found if item), default=None)
