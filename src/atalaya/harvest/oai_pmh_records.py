"""Records of a repository as datasets: deleted ones and those of another kind are counted, the others read by their format.

Formats read: DCAT in RDF/XML, DataCite (kernels 3 and 4, and OpenAIRE's profile of it) and Dublin Core.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from xml.etree.ElementTree import Element, tostring

from atalaya.catalogue.records import Dataset, FieldUse, Problem, Reading
from atalaya.harvest import oai_pmh_dublin_core as dublin_core
from atalaya.harvest import values
from atalaya.harvest.datacite import is_dataset_type
from atalaya.harvest.datacite_records import ignored_fields, stated_type
from atalaya.harvest.datacite_records import read_dataset as read_datacite
from atalaya.harvest.elements import children, local, namespace, text_of
from atalaya.harvest.fields import IGNORED, MAPPED, UNREAD, Entry, Ledger
from atalaya.harvest.oai_pmh_answers import Format
from atalaya.harvest.oai_pmh_datacite import datacite_object, find_resource
from atalaya.harvest.oai_pmh_types import other_type, unknown_types
from atalaya.harvest.rdf.graph import read_graph
from atalaya.harvest.rdf.records import DATASET_CLASSES, read_records
from atalaya.harvest.rdf.terms import DCT
from atalaya.harvest.readings import merge_fields
from atalaya.harvest.visits import Refusal, Visit

FALLBACK = "oai_dc"
"""The one format that every repository must give (OAI-PMH 2.0, section 2.4)."""

_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_RESOURCE = "record.metadata.resource"
_HEADER = {"identifier": MAPPED, "datestamp": MAPPED, "setSpec": IGNORED}
"""Sets are how a repository groups its records, in names of its own."""


def ranked(formats: Iterable[Format]) -> tuple[str, ...]:
    """Prefixes of the formats that are read, the one that says most first, one of each kind, Dublin Core always the last.

    >>> ranked([Format("oai_dc", "", ""), Format("oai_datacite", "http://datacite.org/schema/kernel-4", "")])
    ('oai_datacite', 'oai_dc')
    """
    best: dict[int, str] = {}
    for item in formats:
        rank = _rank(item)
        if rank is not None:
            best.setdefault(rank, item.prefix)
    return tuple(dict.fromkeys([*(best[rank] for rank in sorted(best)), FALLBACK]))


def _rank(item: Format) -> int | None:
    """How much a format says: DCAT, then OpenAIRE's profile with its files, DataCite by kernel, Dublin Core."""
    prefix, namespace = item.prefix.lower(), item.namespace.lower()
    if prefix.replace("-", "_").startswith("dcat") or "/ns/dcat" in namespace:
        return 0
    if prefix == "oai_openaire" or "namespace.openaire.eu/schema/oaire" in namespace:
        return 1
    if "datacite.org/schema/kernel-4" in namespace or (prefix.endswith("datacite4") and "kernel" not in namespace):
        return 2
    if "datacite.org" in namespace or prefix in ("datacite", "oai_datacite", "datacite3", "oai_datacite3"):
        return 3
    return 4 if prefix == FALLBACK else None


@dataclass
class Gathered:
    """What the records of one page gave: `left_out` counts those that are no datasets, `unknown` those of no format read."""

    ledger: Ledger
    datasets: list[Dataset] = field(default_factory=list)
    fields: list[tuple[FieldUse, ...]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    left_out: int = 0
    unknown: int = 0
    identifiers: set[str] = field(default_factory=set)

    def reading(self, total: int | None, next_url: str | None) -> Reading:
        """The reading of the page."""
        parts = [Reading(fields=uses) for uses in (self.ledger.fields, *self.fields)]
        return Reading(
            datasets=tuple(self.datasets),
            fields=merge_fields(parts),
            problems=(*self.ledger.problems, *self.problems),
            declared_total=total,
            next_url=next_url,
        )


@dataclass(frozen=True)
class _Header:
    identifier: str | None
    datestamp: str | None
    deleted: bool


def gather(records: Iterable[Element], visit: Visit, *, named: bool) -> Gathered:
    """Read the records of one page. `named`: the source names this record itself, so that it is kept whatever its type."""
    ledger = Ledger({**dublin_core.IGNORED_FIELDS, **ignored_fields(_RESOURCE)})
    gathered = Gathered(ledger)
    for place, record in enumerate(records):
        header = _read_header(record, ledger)
        if header.identifier is not None:
            gathered.identifiers.add(header.identifier)
        where = f"record[{place}] {header.identifier or 'without an identifier'}"
        if header.deleted:
            ledger.use("record.header@status=deleted", IGNORED)
            gathered.left_out += 1
            continue
        metadata = next((inner for child in children(record, "metadata") for inner in child), None)
        if metadata is None:
            ledger.problem(where, "a record without metadata that is not marked as deleted, so no dataset")
            continue
        _read_metadata(metadata, header, visit, gathered, where, named=named)
    return gathered


def _read_header(record: Element, ledger: Ledger) -> _Header:
    header = next(children(record, "header"), None)
    for child in record:
        name = local(child)
        if name not in ("header", "metadata"):
            ledger.use(f"record.{name}", IGNORED if name == "about" else UNREAD)
    if header is None:
        return _Header(None, None, deleted=False)
    said: dict[str, str] = {}
    for child in header:
        name = local(child)
        ledger.use(f"record.header.{name}", _HEADER.get(name, UNREAD))
        said.setdefault(name, values.clean(text_of(child)).strip())
    deleted = (header.get("status") or "").strip().lower() == "deleted"
    return _Header(said.get("identifier") or None, said.get("datestamp") or None, deleted)


def _read_metadata(
    metadata: Element, header: _Header, visit: Visit, gathered: Gathered, where: str, *, named: bool
) -> None:
    """One record by the elements that it has, whatever format was asked for."""
    resource = find_resource(metadata)
    if local(metadata) == "RDF" and namespace(metadata) == _RDF:
        _read_dcat(metadata, header, visit, gathered, where, named=named)
    elif resource is not None:
        value = datacite_object(resource)
        _read_object(value, _RESOURCE, _datacite_types(value), read_datacite, header, gathered, named=named)
    elif dublin_core.is_dublin_core(metadata) or local(metadata) == "dc":
        value = dublin_core.dublin_core_object(metadata)
        types = dublin_core.types_of(value)
        _read_object(value, dublin_core.PATH, types, dublin_core.read_dataset, header, gathered, named=named)
    else:
        gathered.unknown += 1
        gathered.ledger.unreadable(f"record.metadata.{local(metadata)[:60]}", "metadata of a format that is not read")


def _datacite_types(value: Mapping[str, object]) -> tuple[str, ...]:
    """The types of a DataCite resource. Its general type decides, except where it is a word for whatever is left."""
    general, free = stated_type(value)
    types = value.get("types")
    uri = values.word(types.get("uri")) if isinstance(types, dict) else None
    if general is not None and is_dataset_type(general, free):
        return ("dataset",)
    vague = general is None or general.strip().lower() in ("other", "other research product")
    said = (free, uri) if vague else (uri, general)
    return tuple(item for item in said if item)


def _read_object(
    value: Mapping[str, object],
    path: str,
    types: tuple[str, ...],
    read: Callable[[Entry], Dataset],
    header: _Header,
    gathered: Gathered,
    *,
    named: bool,
) -> None:
    other = None if named else other_type(types)
    if other is not None:
        _leave_out(other, gathered)
        return
    for said in () if named else unknown_types(types):
        gathered.ledger.unreadable(
            f"type {values.clean(said)[:60]}", "no type that the reader knows; kept as a dataset"
        )
    dataset = read(Entry(value, path, gathered.ledger))
    gathered.datasets.append(_headed(dataset, header))


def _leave_out(said: str, gathered: Gathered) -> None:
    gathered.left_out += 1
    gathered.ledger.unreadable(f"record of the type {values.clean(said)[:60]}", "no dataset, so left out")


def _headed(dataset: Dataset, header: _Header) -> Dataset:
    """The dataset under the identifier of its record, which no change of format moves, and with its date where it has none."""
    return replace(
        dataset, native_id=header.identifier or dataset.native_id, modified=dataset.modified or header.datestamp
    )


def _read_dcat(
    metadata: Element, header: _Header, visit: Visit, gathered: Gathered, where: str, *, named: bool
) -> None:
    """A record that is RDF: its datasets, unless it says that it is of another type."""
    answer = replace(visit.answer, headers={"content-type": "application/rdf+xml"})
    graph = read_graph(Visit(visit.url, answer, tostring(metadata), None))
    if isinstance(graph, Refusal):
        gathered.ledger.problem(where, f"its RDF cannot be read: {graph.reason}")
        return
    subjects = [subject for subject in graph.triples if graph.types(subject) & set(DATASET_CLASSES)]
    types = [node.value for subject in subjects for node in graph.objects(subject, f"{DCT}type")]
    other = None if named else other_type(types)
    if other is not None:
        _leave_out(other, gathered)
        return
    reading = read_records(graph)
    gathered.fields.append(reading.fields)
    gathered.problems.extend(replace(item, place=f"{where} {item.place}") for item in reading.problems)
    if not reading.datasets:
        gathered.ledger.problem(where, "its RDF names no dataset")
    headed = len(reading.datasets) == 1
    gathered.datasets.extend(_headed(item, header) if headed else item for item in reading.datasets)
