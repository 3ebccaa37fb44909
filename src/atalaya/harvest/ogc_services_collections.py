"""Collections of an OGC API (Features, Coverages, Maps, Tiles, Records): landing page and `/collections`, as datasets.

OGC 17-069r4 (Features, part 1), OGC 20-024 (Common, part 2) and OGC 20-004r1 (Records, part 1). A collection of records
(`itemType: record`) is a catalogue, not a dataset: its records are read by `ogc_services_records.py`.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from atalaya.catalogue.records import Agent, Dataset, Distribution, Period, Reading
from atalaya.harvest import values
from atalaya.harvest.bodies import join, parse_json
from atalaya.harvest.fields import Entry, Ledger
from atalaya.harvest.ogc_services_defaults import REASON, is_factory
from atalaya.harvest.visits import Refusal, Visit, landed

_RELATION = "http://www.opengis.net/def/rel/ogc/1.0/"
DATA_RELATIONS: Mapping[str, tuple[str, str | None]] = {
    "items": ("OGC API Features", "http://www.opengis.net/spec/ogcapi-features-1/1.0"),
    f"{_RELATION}items": ("OGC API Features", "http://www.opengis.net/spec/ogcapi-features-1/1.0"),
    f"{_RELATION}coverage": ("OGC API Coverages", None),
    f"{_RELATION}map": ("OGC API Maps", None),
    f"{_RELATION}tilesets-map": ("OGC API Tiles", None),
    f"{_RELATION}tilesets-vector": ("OGC API Tiles", None),
    f"{_RELATION}tilesets-coverage": ("OGC API Tiles", None),
    f"{_RELATION}dggrs-list": ("OGC API DGGS", None),
}
"""Relations of links that lead to the data of a collection → what answers there, and its specification."""

_LANDING = ("data", "conformance", f"{_RELATION}data", f"{_RELATION}conformance")
_SYNTAX = "links and values of the document, not of a dataset"
_DRAWING = "coordinates and tiles; boxes are read"
_OTHER = "read by nobody yet"

IGNORED_COLLECTIONS: Mapping[str, str] = {
    path: reason
    for reason, paths in {
        _SYNTAX: """
            links links[].href links[].rel links[].type links[].title links[].hreflang links[].length links[].templated
            timeStamp numberReturned title description crs collections[].links[].hreflang collections[].links[].length
            collections[].links[].templated collections[].links[].rel collections[].links[].variables
            attribution collections[].itemType collections[].dataType collections[].links[].varBase
        """,
        _DRAWING: """
            collections[].crs collections[].storageCrsCoordinateEpoch collections[].extent.spatial.crs
            collections[].extent.temporal.trs collections[].minScaleDenominator collections[].maxScaleDenominator
            collections[].minCellSize collections[].maxCellSize collections[].geometryDimension
            collections[].extent.spatial.storageCrsBbox collections[].extent.spatial.grid collections[].extent.temporal.grid
        """,
        _OTHER: "collections[].defaultStyle collections[].styles collections[].type",
    }.items()
    for path in paths.split()
}
"""Fields with no use here, with the reason."""


@dataclass(frozen=True, slots=True)
class Home:
    """What the landing page of an API says: who offers it, and where its collections are. `factory`: its title is GeoServer's."""

    publisher: Agent | None
    collections: str
    factory: bool = False


def links_of(value: object) -> list[Mapping[str, object]]:
    """The link objects of a JSON value."""
    listed = value.get("links") if isinstance(value, dict) else None
    return [link for link in listed if isinstance(link, dict)] if isinstance(listed, list) else []


def link_to(value: object, base: str, *relations: str) -> str | None:
    """The address of the first link of these relations, one that is not a web page before others."""
    found = [
        (values.word(link.get("type")) or "", target)
        for relation in relations
        for link in links_of(value)
        if values.word(link.get("rel")) == relation
        and (href := values.word(link.get("href"))) is not None
        and (target := join(base, href)) is not None
    ]
    return next((target for kind, target in found if "html" not in kind), found[0][1] if found else None)


def is_landing(value: object) -> bool:
    """Whether a JSON value is the landing page of an OGC API."""
    return isinstance(value, dict) and any(values.word(link.get("rel")) in _LANDING for link in links_of(value))


def is_collections(value: object) -> bool:
    """Whether a JSON value lists collections, or is one."""
    if not isinstance(value, dict):
        return False
    listed = value.get("collections")
    if isinstance(listed, list):
        linked = any(_is_collection(item) for item in listed)
        return linked or (bool(links_of(value)) and all(isinstance(item, dict) and "id" in item for item in listed))
    kind = (values.word(value.get("type")) or "").lower()
    return _is_collection(value) and (kind in ("", "collection") or _is_catalogue(value))


def _is_collection(item: object) -> bool:
    return isinstance(item, dict) and ("id" in item or "name" in item) and isinstance(item.get("links"), list)


def read_home(value: object, visit: Visit) -> Home:
    """What a landing page says. Its title stands for the publisher, whom the specification has no field for."""
    base = visit.answer.final_url or visit.url
    title = values.word(value.get("title")) if isinstance(value, dict) else None
    named = link_to(value, base, "data", f"{_RELATION}data")
    collections = named or values.below(base, "collections")
    if title is None or is_factory(title):
        return Home(None, collections, factory=title is not None)
    return Home(Agent(name=title), collections)


def read_collections(visit: Visit, home: Home | None) -> tuple[Reading, list[str]] | Refusal:
    """The collections of one page as datasets, and where the records of those that are catalogues can be had."""
    parsed = parse_json(visit)
    if isinstance(parsed, Refusal):
        return parsed
    value, note = parsed
    listed = value.get("collections") if isinstance(value, dict) else None
    if not isinstance(value, dict) or not (isinstance(listed, list) or is_collections(value)):
        return refusal_of_json(value, visit)
    ledger = Ledger(IGNORED_COLLECTIONS)
    if note is not None:
        ledger.problem(visit.url, note)
    if home is not None and home.factory:
        ledger.unreadable("title", REASON)
    base = visit.answer.final_url or visit.url
    document = Entry(value, "", ledger) if isinstance(listed, list) else Entry({"collections": [value]}, "", ledger)
    items = listed if isinstance(listed, list) else [value]
    document.skip("collections")
    total = document.size("numberMatched")
    document.close()
    datasets, catalogues = [], []
    for place, item in enumerate(items):
        if not isinstance(item, dict):
            ledger.problem(f"collections[{place}]", f"{type(item).__name__} instead of an object, so no collection")
            continue
        records = link_to(item, base, "items", f"{_RELATION}items")
        if _is_catalogue(item) and records is not None:
            catalogues.append(records)
        else:
            datasets.append(_dataset(Entry(item, "collections[]", ledger), base, home))
    reading = Reading(
        datasets=tuple(datasets),
        fields=ledger.fields,
        problems=ledger.problems,
        declared_total=total,
        next_url=link_to(value, base, "next"),
        others=len(catalogues),
    )
    return reading, catalogues


def refusal_of_json(value: object, visit: Visit) -> Refusal:
    """Why a JSON value lists no collections: an error in its own words, or that it is something else."""
    if isinstance(value, dict):
        for key in ("description", "detail", "message", "error", "title", "code"):
            said = values.word(value.get(key))
            if said is not None and ({"code", "error", "detail", "status", "exceptions"} & set(value)):
                return Refusal("error_object", f"{landed(visit)}: {' '.join(said.split())[:200]}")
    return Refusal("no_datasets", f"{landed(visit)}: JSON without collections")


def _is_catalogue(item: Mapping[str, object]) -> bool:
    return (values.word(item.get("itemType")) or "").lower() == "record"


def _dataset(entry: Entry, base: str, home: Home | None) -> Dataset:
    files, page, licence = _links(entry, base)
    stated = entry.word("license", "licence")
    spatial, temporal = _extent(entry)
    publisher = _provider(entry) or (None if home is None else home.publisher)
    identifier = entry.word("id", "name")
    title = entry.text("title")
    dataset = Dataset(
        native_id=identifier,
        title=title or ({} if identifier is None else {"": identifier}),
        description=entry.text("description"),
        keywords=entry.words("keywords"),
        publisher=publisher,
        licence=licence or stated,
        licence_title=stated if licence else None,
        rights=entry.word("attribution", "rights"),
        issued=entry.word("created", "published"),
        modified=entry.word("updated", "modified"),
        spatial=spatial,
        temporal=temporal,
        languages=entry.words("language", "languages"),
        landing_page=page,
        conforms_to=entry.words("storageCrs"),
        distributions=files,
    )
    entry.close()
    return dataset


def _provider(entry: Entry) -> Agent | None:
    """The first of the providers of a collection (STAC has them), who are organisations by that specification."""
    found = None
    for provider in entry.entries("providers"):
        name, url = provider.word("name"), provider.url("url")
        provider.skip("roles", "description")
        provider.close()
        found = found or (None if name is None else Agent(name=name, uri=url))
    return found


def _extent(entry: Entry) -> tuple[tuple[str, ...], tuple[Period, ...]]:
    extent = entry.entry("extent")
    if extent is None:
        return (), ()
    boxes, spans = [], []
    spatial, temporal = extent.entry("spatial"), extent.entry("temporal")
    if spatial is not None:
        boxes = _boxes(spatial.take("bbox"))
        spatial.close()
    if temporal is not None:
        spans = _spans(temporal.take("interval"))
        temporal.close()
    extent.close()
    return tuple(dict.fromkeys(boxes)), tuple(dict.fromkeys(spans))


def _boxes(listed: object) -> list[str]:
    """Boxes of four numbers, or of six with heights, as `west,south,east,north`."""
    found = []
    items = listed if isinstance(listed, list) else []
    for box in [items] if items and not isinstance(items[0], list) else items:
        sides = [values.word(side) for side in box] if isinstance(box, list) else []
        flat = sides if len(sides) == 4 else [*sides[:2], *sides[3:5]] if len(sides) == 6 else []
        found.extend([",".join(side for side in flat if side)] if flat and all(flat) else [])
    return found


def _spans(listed: object) -> list[Period]:
    """Intervals of two moments, either of which may be open (null or `..`)."""
    found = []
    for pair in listed if isinstance(listed, list) else []:
        if isinstance(pair, list) and len(pair) == 2:
            start, end = (None if word == ".." else word for word in map(values.word, pair))
            found.append(Period(start=start, end=end))
    return [item for item in found if item != Period()]


def _links(entry: Entry, base: str) -> tuple[tuple[Distribution, ...], str | None, str | None]:
    """The data of a collection, the page about it and its licence. Data as a web page count where there is nothing else."""
    data: list[tuple[str, Distribution]] = []
    page: str | None = None
    licence: str | None = None
    for link in entry.entries("links"):
        relation, kind = link.word("rel") or "", (link.word("type") or "").lower()
        href, title = link.word("href"), link.text("title")
        link.close()
        target = None if href is None or values.is_mail(href) else join(base, href)
        if target is None:
            continue
        if relation in DATA_RELATIONS or relation == "enclosure":
            data.append((kind, _file(relation, target, kind, title)))
        elif relation == "license":
            licence = licence or target
        elif page is None and "html" in kind and relation in ("alternate", "canonical", "self", "about"):
            page = target
    wanted = [item for kind, item in data if "html" not in kind] or [item for _, item in data]
    return tuple(wanted), page, licence


def _file(relation: str, target: str, kind: str, title: Mapping[str, str]) -> Distribution:
    name, specification = DATA_RELATIONS.get(relation, (None, None))
    return Distribution(
        title=title,
        access_url=None if relation == "enclosure" else target,
        download_url=target if relation == "enclosure" else None,
        format=name,
        media_type=kind or None,
        conforms_to=() if specification is None else (specification,),
    )
