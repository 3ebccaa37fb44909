"""ArcGIS Hub and ArcGIS Open Data: the DCAT-US 1.1 feed of a site, at its present and at its former address.

The feed is a `data.json` of a form of its own: identifiers are items and layers of ArcGIS, fields come from templates that a
site may leave unfilled, licences may be written as HTML, and a feed that is being made or whose site is gone answers JSON
with HTTP 200. The DCAT-AP and DCAT-US 3.0 feeds of the same sites are JSON-LD and belong to `dcat_rdf`.

Addresses and feeds: https://doc.arcgis.com/en/hub/content/federate-data-with-external-catalogs.htm; field list:
https://resources.data.gov/resources/dcat-us/ (version 1.1).
"""

from collections.abc import Mapping
from urllib.parse import urlsplit

from atalaya.catalogue.records import Reading
from atalaya.countries.pack import Source
from atalaya.harvest import values
from atalaya.harvest.arcgis_hub_records import is_hub_dataset, read_hub_dataset
from atalaya.harvest.bodies import parse_json
from atalaya.harvest.datajson_records import IGNORED_FIELDS
from atalaya.harvest.fields import Entry, Ledger
from atalaya.harvest.protocol import Harvest, Place, Protocol
from atalaya.harvest.readings import harvest_first
from atalaya.harvest.visits import Getter, Refusal, Visit, landed

FEED = "api/feed/dcat-us/1.1.json"
"""Where sites answer the feed since 2021 (https://github.com/TerriaJS/nationalmap/issues/1102)."""
FORMER_FEED = "data.json"

SAMPLE = 50
"""Datasets that are looked at to tell whose feed it is."""
ACCEPTED = 202
"""HTTP 202: the request was taken up and its answer is not there yet (RFC 9110, section 15.3.3)."""

_UNFINISHED = frozenset({"processing", "pending", "queued", "started", "generating", "in progress", "inprogress"})


async def harvest(source: Source, get: Getter) -> Harvest:
    """Harvest the feed of a hub. Where the declared address is gone, the other addresses of the feed on its host are asked."""
    return await harvest_first(PROTOCOL.id, source, get, addresses(source.url), read_visit)


def addresses(url: str) -> tuple[str, ...]:
    """Where the feed of a declared address may be: there, if it names a feed, then at the usual places of its host."""
    root = values.root(url)
    if not root:
        return (url,)
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return (url,)
    names_feed = parts.path.endswith(".json") or "/api/feed/" in parts.path or bool(parts.query)
    usual = (root + FEED, root + FORMER_FEED)
    return tuple(dict.fromkeys((url, *usual) if names_feed else usual))


def claims(visit: Visit) -> Refusal | None:
    """Why an answer is no feed of a hub; None where it is one."""
    parsed = parse_json(visit)
    if isinstance(parsed, Refusal):
        return parsed
    value = parsed[0]
    listed = value.get("dataset") if isinstance(value, dict) else None
    if not isinstance(value, dict) or not isinstance(listed, list):
        return _no_feed(value, visit)
    if not listed:
        refusal = _no_feed(value, visit) if "error" in value else None
        return refusal or (
            None if _is_hub_address(visit) else Refusal("no_datasets", f"{landed(visit)}: an empty list")
        )
    items = [item for item in listed[:SAMPLE] if isinstance(item, dict)]
    if sum(is_hub_dataset(item) for item in items) * 2 > len(items):
        return None
    return Refusal("no_datasets", f"{landed(visit)}: most of its datasets are no items of ArcGIS")


def places(first: Visit) -> tuple[Place, ...]:
    """The present address of the feed; the former one is asked as `data.json`."""
    return (Place(values.root(first.url) + FEED),)


def read_visit(visit: Visit) -> Reading | Refusal:
    """The reading of a feed. Every item of its list becomes a dataset or a problem; an empty list is read and said."""
    parsed = parse_json(visit)
    if isinstance(parsed, Refusal):
        return _pending(visit) if visit.answer.status == ACCEPTED else parsed
    value, note = parsed
    listed = value.get("dataset") if isinstance(value, dict) else None
    if not isinstance(value, dict) or not isinstance(listed, list) or ("error" in value and not listed):
        return _no_feed(value, visit)
    ledger = Ledger(IGNORED_FIELDS)
    if note is not None:
        ledger.problem(visit.url, note)
    catalogue = Entry(value, "", ledger)
    catalogue.take("dataset")
    catalogue.close()
    datasets = []
    for place, item in enumerate(listed):
        if isinstance(item, dict):
            datasets.append(read_hub_dataset(item, f"dataset[{place}]", ledger))
        else:
            ledger.problem(f"dataset[{place}]", f"{type(item).__name__} instead of an object, so no dataset")
    if listed and not datasets:
        return Refusal("no_datasets", f"{landed(visit)}: its dataset holds no objects")
    if not listed:
        ledger.problem(visit.url, "the feed lists no dataset; hubs answer so while their index is made or missing")
    return Reading(datasets=tuple(datasets), fields=ledger.fields, problems=ledger.problems)


def _no_feed(value: object, visit: Visit) -> Refusal:
    """Why a JSON value without a list of datasets is no feed: it is still being made, it is an error, or something else."""
    if not isinstance(value, dict):
        kind = "a list" if isinstance(value, list) else f"one {type(value).__name__}"
        return Refusal("no_datasets", f"{landed(visit)} holds {kind}, not the feed of a hub")
    status = (values.word(value.get("status")) or "").lower().replace("_", " ")
    if visit.answer.status == ACCEPTED or status in _UNFINISHED:
        return _pending(visit, status)
    error = value.get("error")
    if error or value.get("errors") or value.get("success") is False or "message" in value:
        said = _message(error) or _message(value.get("errors")) or _message(value) or "an error without a message"
        return Refusal("error_object", f"{landed(visit)}: {' '.join(said.split())[:200]}")
    names = ", ".join(values.clean(str(key))[:40] for key in list(value)[:5])
    return Refusal(
        "no_datasets", f"{landed(visit)}: an object without a list of datasets (its fields: {names or 'none'})"
    )


def _message(error: object) -> str | None:
    """What an error says: a text, or the message of an object or of the first of a list."""
    if isinstance(error, list):
        error = error[0] if error else None
    if isinstance(error, Mapping):
        return values.word(error.get("message")) or values.word(error.get("title")) or values.word(error.get("detail"))
    return values.word(error)


def _pending(visit: Visit, status: str = "") -> Refusal:
    said = f" (status {status})" if status else ""
    return Refusal("pending", f"{landed(visit)} is still being made{said}", visit.answer.status)


def _is_hub_address(visit: Visit) -> bool:
    """Whether an address is one of a hub whatever it answers: a host of arcgis.com, or the place of the feed."""
    for url in (visit.url, visit.answer.final_url):
        if values.host(url).endswith(".arcgis.com") or "/api/feed/dcat-us/" in url:
            return True
    return False


PROTOCOL = Protocol(
    id="arcgis_hub",
    title={"en": "ArcGIS Hub", "es": "ArcGIS Hub"},
    description={
        "en": "The DCAT-US feed of an ArcGIS Hub or ArcGIS Open Data site: items and layers with their services and downloads.",
        "es": "El feed DCAT-US de un sitio ArcGIS Hub o ArcGIS Open Data: elementos y capas con sus servicios y descargas.",
    },
    documentation="https://doc.arcgis.com/en/hub/content/federate-data-with-external-catalogs.htm",
    harvest=harvest,
    claims=claims,
    places=places,
)
