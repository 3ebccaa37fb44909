"""OGC services as sources: WMS, WFS, WMTS and WCS by their capabilities, OGC API by its collections.

Every named layer, feature type, coverage or collection is one dataset whose distribution is the service itself. A group layer
without a name is none. Of an endpoint with several services the first that answers is read; declare it with `service=WFS` to
choose. Services that are asked by POST alone are not read.

Specifications: https://www.ogc.org/standards/ (the numbers stand in the modules of the services).
"""

import re
from dataclasses import replace

from atalaya.catalogue.records import Reading
from atalaya.countries.pack import Source
from atalaya.harvest import values
from atalaya.harvest.bodies import is_html, parse_json
from atalaya.harvest.elements import Tree, local
from atalaya.harvest.fields import Ledger
from atalaya.harvest.ogc_services_collections import (
    Home,
    is_collections,
    is_landing,
    read_collections,
    read_home,
    refusal_of_json,
)
from atalaya.harvest.ogc_services_layers import IGNORED_CAPABILITIES, NESTED, reader_of
from atalaya.harvest.ogc_services_records import read_items
from atalaya.harvest.ogc_services_service import dataset_of
from atalaya.harvest.ows import refusal_of
from atalaya.harvest.protocol import COMPLETE, FAILED, PARTIAL, Harvest, Place, Protocol
from atalaya.harvest.queries import asking, bare, parameters
from atalaya.harvest.readings import harvest_pages, merge_fields
from atalaya.harvest.visits import Getter, Refusal, Trail, Visit, landed
from atalaya.harvest.xml import parse_xml

KINDS = ("WMS", "WFS", "WMTS", "WCS")
_GEOSERVER = re.compile(r"(https?://[^/]+(?:/[^/]+)*?/geoserver)(?:/|/web(?:/.*)?)?$", re.IGNORECASE)
"""The front page of a GeoServer and its pages for people, which all live below `web`."""
_ENDPOINTS = (("ows", "WMS"), ("wms", "WMS"), ("wfs", "WFS"))
"""Where a GeoServer answers, with what is asked there: `ows` answers for every kind, the others where it is closed."""
CATALOGUES_LIMIT = 50
"""Collections of records that are read as catalogues of one API; the largest known API has one."""


async def harvest(source: Source, get: Getter) -> Harvest:
    """Harvest a service. Nothing is raised for what the source does."""
    trail = Trail(get)
    visit = await trail.ask(_first_address(source.url))
    refused = visit.refusal or claims(visit)
    for url in _further_addresses(source.url, visit) if refused is not None else ():
        second = await trail.ask(url)
        again = second.refusal or claims(second)
        if again is None:
            visit, refused = second, None
            break
    if refused is not None:
        return Harvest(
            source_id=source.id,
            protocol=PROTOCOL.id,
            state=FAILED,
            reason=refused.reason,
            detail=refused.detail,
            pages=tuple(trail.pages),
        )
    if _is_json(visit):
        return await _harvest_api(source, get, trail, visit)
    return await harvest_pages(PROTOCOL.id, source, get, read_capabilities, trail=trail, first=visit)


def _first_address(url: str) -> str:
    """The address as it is, or asked for capabilities where it names a service and does not ask for them yet."""
    said = parameters(url)
    if said.get("service", "").upper() in KINDS and said.get("request", "").lower() != "getcapabilities":
        return asking(url, {"request": "GetCapabilities"})
    return url


def _capabilities(url: str, kind: str) -> str:
    return asking(url, {"service": kind, "request": "GetCapabilities"})


def _kinds(url: str) -> list[str]:
    """The kinds of services, first the one that the path names, then one that stands elsewhere in the address.

    >>> _kinds("https://wms.example/geoserver/wfs")
    ['WFS', 'WMS', 'WMTS', 'WCS']
    """
    path, whole = bare(url).removeprefix(values.root(url)).lower(), url.lower()
    return sorted(KINDS, key=lambda kind: (kind.lower() not in path, kind.lower() not in whole))


def _further_addresses(url: str, first: Visit) -> list[str]:
    """What else an endpoint may want to be asked: each service, the one that its address names first; JSON of a web page."""
    if first.refusal is not None and first.refusal.reason in ("unreachable", "robots", "cut"):
        return []
    said = parameters(url)
    if said.get("service", "").upper() in KINDS or not values.is_web(url):
        return []
    asked = [_capabilities(url, kind) for kind in _kinds(url)]
    is_page = first.refusal is None and is_html(first.body) and "f" not in said
    return [asking(url, {"f": "json"}), *asked] if is_page else asked


async def _harvest_api(source: Source, get: Getter, trail: Trail, visit: Visit) -> Harvest:
    """The collections of an API, then the records of those that are catalogues."""
    catalogues: list[str] = []
    home: Home | None = None
    parsed = parse_json(visit)
    if not isinstance(parsed, Refusal) and not is_collections(parsed[0]):
        home = read_home(parsed[0], visit)
        visit = await trail.ask(home.collections)

    def read(page: Visit) -> Reading | Refusal:
        outcome = read_collections(page, home)
        if isinstance(outcome, Refusal):
            return outcome
        catalogues.extend(url for url in outcome[1] if url not in catalogues)
        return outcome[0]

    harvested = await harvest_pages(PROTOCOL.id, source, get, read, trail=trail, first=visit)
    for url in catalogues[:CATALOGUES_LIMIT]:
        first = await trail.ask(url)
        part = await harvest_pages(PROTOCOL.id, source, get, read_items, trail=trail, first=first)
        harvested = _joined(harvested, part)
    if len(catalogues) > CATALOGUES_LIMIT:
        more = Refusal("incomplete", f"more than {CATALOGUES_LIMIT} catalogues")
        harvested = replace(harvested, state=PARTIAL, reason=more.reason, detail=more.detail)
    return replace(harvested, pages=tuple(trail.pages))


def _joined(whole: Harvest, part: Harvest) -> Harvest:
    """Two harvests of one source as one; what is wrong with either is wrong with both."""
    datasets = (*whole.datasets, *part.datasets)
    if part.state == FAILED and datasets:
        part = replace(part, reason="page_failed")
    faulty = whole if whole.state != COMPLETE else part
    readings = [Reading(fields=whole.fields), Reading(fields=part.fields)]
    total = [count for count in (whole.declared_total, part.declared_total) if count is not None]
    return replace(
        whole,
        state=COMPLETE if faulty.state == COMPLETE else PARTIAL if datasets else FAILED,
        reason=faulty.reason,
        detail=faulty.detail,
        datasets=datasets,
        fields=merge_fields(readings),
        problems=(*whole.problems, *part.problems),
        declared_total=sum(total) if total else None,
    )


def read_capabilities(visit: Visit) -> Reading | Refusal:
    """The layers of one capabilities document. Every one with a name becomes a dataset."""
    parsed = parse_xml(visit)
    if isinstance(parsed, Refusal):
        return parsed
    root, note = parsed
    reader = reader_of(root)
    if reader is None:
        return refusal_of(root, visit) or Refusal("no_datasets", f"{landed(visit)}: {local(root)[:60]}, no service")
    ledger = Ledger({})
    if note is not None:
        ledger.problem(visit.url, note)
    tree = Tree(ledger, IGNORED_CAPABILITIES, nested=NESTED)
    service, layers = reader(tree.node(root), visit.answer.final_url or visit.url)
    tree.close(root)
    return Reading(
        datasets=tuple(dataset_of(layer, service) for layer in layers),
        fields=ledger.fields,
        problems=ledger.problems,
    )


def _is_json(visit: Visit) -> bool:
    return visit.body.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"[")


def claims(visit: Visit) -> Refusal | None:
    """Why an answer is neither the capabilities of a service nor an OGC API; None where it is."""
    if _is_json(visit):
        parsed = parse_json(visit)
        if isinstance(parsed, Refusal):
            return parsed
        value = parsed[0]
        return None if is_landing(value) or is_collections(value) else refusal_of_json(value, visit)
    found = parse_xml(visit)
    if isinstance(found, Refusal):
        return found
    root = found[0]
    if reader_of(root) is not None:
        return None
    return refusal_of(root, visit) or Refusal("no_datasets", f"{landed(visit)}: {local(root)[:60]}, no service")


def places(first: Visit) -> tuple[Place, ...]:
    """The endpoints of the GeoServer whose pages the address is of; the address asked as two kinds of services, first the one
    that its path names, else as a WMS and as a WFS; and the collections below it.
    """
    named = _GEOSERVER.match(bare(first.url))
    of_server = [_capabilities(f"{named[1]}/{path}", kind) for path, kind in _ENDPOINTS] if named is not None else []
    capabilities = [_capabilities(first.url, kind) for kind in _kinds(first.url)[:2]]
    return tuple(Place(url) for url in (*of_server, *capabilities, values.below(first.url, "collections?f=json")))


PROTOCOL = Protocol(
    id="ogc_services",
    title={"en": "OGC services", "es": "Servicios de la OGC"},
    description={
        "en": "Layers of a WMS, WFS, WMTS or WCS and collections of an OGC API, each as a dataset served by the service.",
        "es": "Capas de un WMS, WFS, WMTS o WCS y colecciones de una OGC API, cada una como conjunto de datos del servicio.",
    },
    documentation="https://www.ogc.org/standards/",
    harvest=harvest,
    claims=claims,
    places=places,
)
