"""OGC Catalogue Service for the Web (CSW 2.0.2 and 3.0): all records by GetRecords, page by page.

The capabilities say which output schemas a server has; ISO 19139 is asked for first, then ISO 19115-3, DCAT or GeoDCAT-AP,
then Dublin Core. What counts as a dataset is decided record by record (`iso/records.py`): records of services and the like are
listed as problems, count towards the total of the source, and are no datasets.

Requests are those of OGC 07-006r1 (2.0.2) and OGC 12-176r7 (3.0), as GET with key-value pairs.
"""

from atalaya.catalogue.records import Reading
from atalaya.countries.pack import Source
from atalaya.harvest import values
from atalaya.harvest.csw_requests import (
    asks_records,
    capabilities_address,
    is_capabilities,
    read_offer,
    requests,
)
from atalaya.harvest.csw_responses import read_page
from atalaya.harvest.elements import local
from atalaya.harvest.ows import refusal_of
from atalaya.harvest.protocol import FAILED, Harvest, Place, Protocol
from atalaya.harvest.readings import harvest_pages
from atalaya.harvest.visits import Getter, Refusal, Trail, Visit, landed
from atalaya.harvest.xml import parse_xml

_USUAL = ("geonetwork/srv/spa/csw", "csw", "pycsw/csw.py", "csw.py")
"""Where catalogues usually answer below the root of a host: GeoNetwork in Spanish, others, and pycsw as a script."""


async def harvest(source: Source, get: Getter) -> Harvest:
    """Harvest all records of a catalogue service. Nothing is raised for what the source does."""
    trail = Trail(get)
    if asks_records(source.url):
        return await _pages(source, get, trail, await trail.ask(source.url))
    visit = await trail.ask(capabilities_address(source.url))
    offer = visit.refusal or read_offer(visit)
    if isinstance(offer, Refusal):
        return _failed(source, trail, offer)
    tried = []
    for url in requests(offer, source.page_size):
        visit = await trail.ask(url)
        tried.append(visit)
        if _is_usable(visit.refusal or read_page(visit)):
            return await _pages(source, get, trail, visit)
        if visit.refusal is not None and visit.refusal.reason in ("unreachable", "robots"):
            break
    return await _pages(source, get, trail, tried[0])


async def _pages(source: Source, get: Getter, trail: Trail, first: Visit) -> Harvest:
    return await harvest_pages(PROTOCOL.id, source, get, read_page, trail=trail, first=first)


def _is_usable(reading: Reading | Refusal) -> bool:
    """Whether a first page gives records, or says that there are none."""
    return isinstance(reading, Reading) and bool(reading.datasets or reading.others or reading.declared_total == 0)


def _failed(source: Source, trail: Trail, refusal: Refusal) -> Harvest:
    return Harvest(
        source_id=source.id,
        protocol=PROTOCOL.id,
        state=FAILED,
        reason=refusal.reason,
        detail=refusal.detail,
        pages=tuple(trail.pages),
    )


def claims(visit: Visit) -> Refusal | None:
    """Why an answer is neither the capabilities nor records of a CSW; None where it is."""
    parsed = parse_xml(visit)
    if isinstance(parsed, Refusal):
        return parsed
    root = parsed[0]
    if local(root) == "GetRecordsResponse" or is_capabilities(root):
        return None
    return refusal_of(root, visit) or Refusal("no_datasets", f"{landed(visit)}: {local(root)[:60]}, no CSW")


def places(first: Visit) -> tuple[Place, ...]:
    """The address as an endpoint, and the usual ones at the root of its host; each asked for its capabilities."""
    root = values.root(first.url)
    endpoints = dict.fromkeys([first.url, *(root + path for path in _USUAL if root)])
    return tuple(Place(capabilities_address(url), url) for url in endpoints)


PROTOCOL = Protocol(
    id="csw",
    title={"en": "OGC CSW", "es": "CSW de la OGC"},
    description={
        "en": "A catalogue service (CSW 2.0.2 or 3.0), read as ISO 19139, ISO 19115-3, DCAT or Dublin Core.",
        "es": "Un servicio de catálogo (CSW 2.0.2 o 3.0), leído como ISO 19139, ISO 19115-3, DCAT o Dublin Core.",
    },
    documentation="https://www.ogc.org/standards/cat/",
    harvest=harvest,
    claims=claims,
    places=places,
)
