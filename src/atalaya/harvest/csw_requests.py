"""Requests to a CSW: what its capabilities offer, and the addresses of GetRecords in the order worth trying."""

from collections.abc import Iterable
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from atalaya.harvest import values
from atalaya.harvest.elements import local, namespace
from atalaya.harvest.ows import refusal_of
from atalaya.harvest.queries import asking, bare, parameters
from atalaya.harvest.visits import Refusal, Visit, landed
from atalaya.harvest.xml import parse_xml

PAGE_SIZE = 100
"""Records asked for at once; servers with a lower limit give fewer and say where to go on."""
ATTEMPTS = 3
"""Output schemas that are tried on one source before it counts as failed."""

CSW_2 = "http://www.opengis.net/cat/csw/2.0.2"
CSW_3 = "http://www.opengis.net/cat/csw/3.0"

SCHEMAS = (
    "http://www.isotc211.org/2005/gmd",
    "http://www.isotc211.org/2005/gmi",
    "http://standards.iso.org/iso/19115/-3/mdb/2.0",
    "http://standards.iso.org/iso/19115/-3/mdb/1.0",
    "http://www.w3.org/ns/dcat#",
    "http://www.w3.org/ns/dcat#core",
    "http://data.europa.eu/930/",
    "http://data.europa.eu/930/#semiceu",
    "http://data.europa.eu/r5r/",
    CSW_2,
    CSW_3,
)
"""Output schemas that are read, the ones that say most first: ISO 19139, ISO 19115-3, DCAT and GeoDCAT-AP, Dublin Core."""

_TYPES = ("csw:Record", "gmd:MD_Metadata", "csw30:Record")


@dataclass(frozen=True, slots=True)
class Offer:
    """What a server says of its GetRecords: address, version, output schemas and type names."""

    address: str
    version: str
    schemas: tuple[str, ...]
    types: tuple[str, ...]


def capabilities_address(url: str) -> str:
    """The address of GetCapabilities for an endpoint; an address that asks for them already stays as it is."""
    if parameters(url).get("request", "").lower() == "getcapabilities":
        return url
    return asking(url, {"service": "CSW", "request": "GetCapabilities"})


def asks_records(url: str) -> bool:
    """Whether an address is a GetRecords request already."""
    return parameters(url).get("request", "").lower() == "getrecords"


def is_capabilities(root: Element) -> bool:
    """Whether a document is the capabilities of a catalogue service, of any version."""
    return local(root) == "Capabilities" and namespace(root).startswith("http://www.opengis.net/cat/csw")


def read_offer(visit: Visit) -> Offer | Refusal:
    """What the capabilities of a server offer, or why they are none."""
    parsed = parse_xml(visit)
    if isinstance(parsed, Refusal):
        return parsed
    root = parsed[0]
    if not is_capabilities(root):
        return refusal_of(root, visit) or Refusal("no_datasets", f"{landed(visit)}: no capabilities of a CSW")
    operation = next(
        (item for item in root.iter() if local(item) == "Operation" and item.get("name") == "GetRecords"), None
    )
    is_third = namespace(root) == CSW_3 or (root.get("version") or "").startswith("3")
    return Offer(
        address=_address(visit, operation),
        version="3.0.0" if is_third else "2.0.2",
        schemas=_parameter(operation, "outputschema"),
        types=_parameter(operation, "typenames", "typename"),
    )


def _address(visit: Visit, operation: Element | None) -> str:
    """Where GetRecords is asked: where the server says, on the host that answered; the answering address otherwise.

    Servers behind a proxy often name a host of their own network (`localhost:8080`), which nobody can ask.
    """
    own = asking(visit.answer.final_url or visit.url, {})
    named = [
        value
        for item in (operation.iter() if operation is not None else ())
        if local(item) == "Get"
        for key, value in item.items()
        if key.rpartition("}")[2] == "href"
    ]
    for address in named:
        if values.is_web(address) and values.host(address) == values.host(own):
            root = values.root(own)
            return root + address.strip().split("/", 3)[3] if address.count("/") > 2 else root
    return own


def _parameter(operation: Element | None, *names: str) -> tuple[str, ...]:
    found: list[str] = []
    for item in operation.iter() if operation is not None else ():
        if local(item) in ("Parameter", "Constraint") and (item.get("name") or "").lower() in names:
            found += [(value.text or "").strip() for value in item.iter() if local(value) == "Value"]
    return tuple(dict.fromkeys(value for value in found if value))


def requests(offer: Offer, page_size: int | None) -> list[str]:
    """The addresses of the first page, one for each output schema worth trying; the best of those offered first.

    A server that names none is asked for ISO 19139 first, as profiles of ISO are what most of them speak.
    """
    usable = [schema for schema in SCHEMAS if schema in offer.schemas] or [SCHEMAS[0]]
    record = CSW_3 if offer.version == "3.0.0" else CSW_2
    chosen = list(dict.fromkeys([*usable[: ATTEMPTS - 1], record]))
    return [_request(offer, schema, page_size or PAGE_SIZE) for schema in chosen]


def _request(offer: Offer, schema: str, size: int) -> str:
    record = "csw30:Record" if offer.version == "3.0.0" else "csw:Record"
    wanted = {
        "service": "CSW",
        "version": offer.version,
        "request": "GetRecords",
        "typeNames": _type_name(offer.types, record),
        "elementSetName": "full",
        "resultType": "results",
        "outputSchema": schema,
        "startPosition": "1",
        "maxRecords": str(size),
    }
    if offer.version == "3.0.0":
        wanted.pop("resultType")
    return asking(_without_operation(offer.address), wanted)


def _type_name(offered: Iterable[str], record: str) -> str:
    """`csw:Record`, which servers of every make answer in any output schema, unless a server names others alone."""
    names = tuple(offered)
    if not names or record in names:
        return record
    return next((name for name in _TYPES if name in names), record)


def _without_operation(address: str) -> str:
    """The address without what asks for capabilities; parameters of a vendor stay."""
    query = address.partition("?")[2]
    own = ("service", "version", "request", "acceptversions", "sections", "updatesequence", "acceptformats")
    kept = [part for part in query.split("&") if part and part.partition("=")[0].lower() not in own]
    return f"{bare(address)}?{'&'.join(kept)}" if kept else bare(address)


def at_position(url: str, start: int) -> str:
    """The same request from another record on."""
    return asking(url, {"startPosition": str(start)})
