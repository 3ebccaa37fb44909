"""Project Open Data `data.json`: one JSON document that lists datasets with their distributions.

Read: version 1.1 (an object with `dataset`), version 1.0 (an array, with the file described on the dataset itself) and
`@graph` lists, whatever types the publisher used. Fields of national profiles that mean the same in DCAT are read; those
of one profile alone are reported as unread, unless it has a protocol of its own (`datajson_ar`).

Field list: https://resources.data.gov/resources/dcat-us/ (version 1.1) and https://project-open-data.cio.gov/schema/ (1.0).
"""

from collections.abc import Callable, Mapping

from atalaya.catalogue.records import Dataset, Reading
from atalaya.countries.pack import Source
from atalaya.fetch.answers import Answer
from atalaya.harvest import values
from atalaya.harvest.bodies import join, next_link, parse_json
from atalaya.harvest.datajson_records import IGNORED_FIELDS, read_dataset
from atalaya.harvest.fields import MAPPED, Entry, Ledger
from atalaya.harvest.protocol import Harvest, Place, Protocol
from atalaya.harvest.readings import harvest_pages
from atalaya.harvest.schema_org_nodes import speaks_schema_org
from atalaya.harvest.visits import Getter, Refusal, Visit, landed

ReadItem = Callable[[Entry, str], Dataset]
"""Reads one dataset; the text names its place in problems."""

_LISTS = ("dataset", "datasets", "dcat:dataset")
_NEXT = ("next", "nextPage", "hydra:next", "hydra:nextPage", "next_page")


async def harvest(source: Source, get: Getter) -> Harvest:
    """Harvest a `data.json`, page by page where it names a next one. Nothing is raised for what the source does."""
    return await harvest_pages(PROTOCOL.id, source, get, read_visit)


def claims(visit: Visit) -> Refusal | None:
    """Why an answer is no `data.json`; None where it is one."""
    parsed = parse_json(visit)
    if isinstance(parsed, Refusal):
        return parsed
    if is_data_json(parsed[0]):
        return None
    reading = read_visit(visit)
    return reading if isinstance(reading, Refusal) else Refusal("no_datasets", f"{landed(visit)}: no list of datasets")


def places(first: Visit) -> tuple[Place, ...]:
    """`data.json` below the address and at the root of its host."""
    found = (values.below(first.url, "data.json"), values.root(first.url) + "data.json")
    return tuple(Place(url) for url in dict.fromkeys(found))


def is_data_json(value: object) -> bool:
    """Whether a JSON value is a catalogue of this kind: it lists objects with a title or an identifier.

    A document with a context of its own and prefixed names is JSON-LD and belongs to `dcat_rdf`, one whose context is that
    of schema.org to `schema_org`.
    """
    if isinstance(value, dict) and speaks_schema_org(value.get("@context")):
        return False
    if isinstance(value, dict):
        listed = next((value[key] for key in _LISTS[:2] if key in value), None)
        items = [listed] if isinstance(listed, dict) else listed
    else:
        items = value
    if not isinstance(items, list):
        return False
    if not items:
        return isinstance(value, dict) and ("conformsTo" in value or "title" in value or "@context" in value)
    return any(isinstance(item, dict) and ("title" in item or "identifier" in item) for item in items[:50])


def read_data_json(body: bytes, url: str = "") -> Reading | Refusal:
    """The reading of one document, or why it holds no catalogue."""
    return read_visit(Visit(url, Answer(requested_url=url, final_url=url, status=200), body, None))


def read_visit(visit: Visit) -> Reading | Refusal:
    """The reading of one page. Every item of its list becomes a dataset or a problem."""
    parsed = parse_json(visit)
    if isinstance(parsed, Refusal):
        return parsed
    value, note = parsed
    ledger = Ledger(IGNORED_FIELDS)
    if note is not None:
        ledger.problem(visit.url, note)
    return read_value(value, visit, ledger)


def read_value(value: object, visit: Visit, ledger: Ledger, read_item: ReadItem = read_dataset) -> Reading | Refusal:
    """The reading of the JSON value of a page, each dataset by `read_item`; fields and problems go through the ledger."""
    if isinstance(value, list):
        found: Refusal | tuple[list[object], str] = _from_array(value, visit)
    elif isinstance(value, dict):
        found = _from_object(value, visit, ledger)
    else:
        found = Refusal("no_datasets", f"{landed(visit)} holds one {type(value).__name__}, not a catalogue")
    if isinstance(found, Refusal):
        return found
    items, path = found
    datasets = _read_items(items, path, ledger, read_item)
    return Reading(
        datasets=tuple(datasets),
        fields=ledger.fields,
        problems=ledger.problems,
        next_url=_next_page(value, visit),
    )


def _from_array(value: list[object], visit: Visit) -> Refusal | tuple[list[object], str]:
    """Version 1.0: the document is the list of datasets; a list of one catalogue is that catalogue."""
    if value and not any(isinstance(item, dict) for item in value):
        return Refusal("no_datasets", f"{landed(visit)} holds a list without objects")
    if value and not is_data_json(value):
        return Refusal("no_datasets", f"{landed(visit)} holds a list of objects that are no datasets")
    return _from_graph(value) if any(_lists_datasets(item) for item in value) else value, "[]"


def _from_object(value: Mapping[str, object], visit: Visit, ledger: Ledger) -> Refusal | tuple[list[object], str]:
    catalogue = Entry(value, "", ledger)
    graph = value.get("@graph")
    if isinstance(graph, list) and not any(key in value for key in _LISTS):
        catalogue.take("@graph")
        catalogue.close()
        return _from_graph(graph), "@graph[]"
    if "title" in value and "dataset" not in value and ("distribution" in value or "accessURL" in value):
        return [value], ""
    key = next((name for name in _LISTS if name in value), None)
    if key is None:
        return _no_catalogue(value, visit)
    listed = catalogue.take(key)
    catalogue.skip(*_NEXT)
    for name in _NEXT:
        if name in value:
            ledger.use(name, MAPPED)
    catalogue.close()
    if isinstance(listed, dict):
        return [listed], f"{key}[]"
    if not isinstance(listed, list):
        return Refusal("no_datasets", f"{landed(visit)}: its {key} is {type(listed).__name__}, not a list")
    if listed and not any(isinstance(item, dict) for item in listed):
        return Refusal("no_datasets", f"{landed(visit)}: its {key} holds no objects")
    return listed, f"{key}[]"


def _no_catalogue(value: Mapping[str, object], visit: Visit) -> Refusal:
    """An error object says so in its own words; anything else is no catalogue."""
    error = value.get("error")
    if "error" in value or "errors" in value or value.get("success") is False or "message" in value:
        detail = values.word(value.get("message")) or values.word(error) or "an error without a message"
        status = values.word(value.get("status"))
        said = " ".join(detail.split())[:200]
        return Refusal("error_object", f"{landed(visit)}: {said}" + (f" (status {status})" if status else ""))
    names = ", ".join(values.clean(str(key))[:40] for key in list(value)[:5])
    return Refusal("no_datasets", f"{landed(visit)}: an object without datasets (its fields: {names or 'none'})")


def _from_graph(graph: list[object]) -> list[object]:
    """The datasets of a flat graph, with the distributions that they name by `@id` put back in their place."""
    nodes = [node for node in graph if isinstance(node, dict)]
    by_id = {node["@id"]: node for node in nodes if isinstance(node.get("@id"), str)}
    items: list[object] = []
    for node in graph:
        if not isinstance(node, dict):
            items.append(node)
        elif _lists_datasets(node):
            inner = next(node[key] for key in _LISTS if isinstance(node.get(key), list))
            items.extend(part for part in inner if not (isinstance(part, str) or _is_reference(part)))
        elif _kind(node) in ("dataset", "") and not _is_reference(node):
            items.append({**node, "distribution": _resolved(node.get("distribution"), by_id)})
    return items


def _lists_datasets(item: object) -> bool:
    return isinstance(item, dict) and any(isinstance(item.get(key), list) for key in _LISTS)


def _is_reference(node: object) -> bool:
    return isinstance(node, dict) and set(node) == {"@id"}


def _kind(node: Mapping[str, object]) -> str:
    stated = values.word(node.get("@type")) or ""
    return stated.rpartition(":")[2].rpartition("#")[2].lower()


def _resolved(value: object, by_id: Mapping[str, object]) -> object:
    items = value if isinstance(value, list) else [] if value is None else [value]
    names = [item.get("@id") if isinstance(item, dict) and _is_reference(item) else item for item in items]
    return [by_id.get(name, item) if isinstance(name, str) else item for name, item in zip(names, items, strict=True)]


def _read_items(items: list[object], path: str, ledger: Ledger, read_item: ReadItem) -> list[Dataset]:
    datasets = []
    for place, item in enumerate(items):
        if isinstance(item, dict):
            datasets.append(read_item(Entry(item, path, ledger), f"dataset[{place}]"))
        else:
            ledger.problem(f"dataset[{place}]", f"{type(item).__name__} instead of an object, so no dataset")
    return datasets


def _next_page(value: object, visit: Visit) -> str | None:
    if isinstance(value, dict):
        said = next((text for name in _NEXT if (text := values.word(value.get(name))) is not None), None)
        if said is not None:
            return join(visit.answer.final_url or visit.url, said)
    return next_link(visit)


PROTOCOL = Protocol(
    id="datajson",
    title={"en": "Project Open Data data.json", "es": "data.json de Project Open Data"},
    description={
        "en": "A catalogue as one JSON document, versions 1.0 and 1.1, with what national profiles share with DCAT.",
        "es": "Un catálogo como documento JSON, versiones 1.0 y 1.1, con lo que los perfiles nacionales comparten con DCAT.",
    },
    documentation="https://resources.data.gov/resources/dcat-us/",
    harvest=harvest,
    claims=claims,
    places=places,
    generic=True,
    yields_to=(
        "arcgis_hub",
        "datajson_ar",
        "datapackage",
        "ocds",
    ),
)
