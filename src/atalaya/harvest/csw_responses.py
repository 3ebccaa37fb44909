"""One answer of GetRecords as a reading: records in ISO 19139, ISO 19115-3, FGDC, RDF or Dublin Core, whichever came.

The number of records that a server says it returned is compared with what the page carries; the page counts.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from xml.etree.ElementTree import Element, tostring

from atalaya.catalogue.records import Dataset, FieldUse, Problem, Reading
from atalaya.harvest.csw_dublin_core import RECORDS, read_dublin_core
from atalaya.harvest.csw_requests import at_position
from atalaya.harvest.elements import local, namespace
from atalaya.harvest.fields import IGNORED, MAPPED, UNREAD, Ledger
from atalaya.harvest.iso.records import is_record, read_record
from atalaya.harvest.ows import refusal_of
from atalaya.harvest.queries import parameters
from atalaya.harvest.rdf.graph import read_graph
from atalaya.harvest.rdf.records import read_records
from atalaya.harvest.rdf.terms import DCAT
from atalaya.harvest.readings import merge_fields
from atalaya.harvest.visits import Refusal, Visit, landed
from atalaya.harvest.xml import parse_xml

_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"

IGNORED_RESULTS: Mapping[str, str] = {
    "elementSet": "repeats what was asked for",
    "recordSchema": "repeats what was asked for",
    "resultSetId": "names the result for a later request",
    "expires": "says how long the result stays with the server",
    "elapsedTime": "says how long the server took",
    "status": "says that the result is whole or not, as the numbers do",
    "version": "syntax",
}
"""Attributes of the search results with no use here, with the reason."""


@dataclass
class _Page:
    """What one page gave so far."""

    datasets: list[Dataset]
    fields: list[FieldUse]
    problems: list[Problem]
    others: int = 0
    records: int = 0


def read_page(visit: Visit) -> Reading | Refusal:
    """The reading of one page. Every record becomes a dataset or a problem."""
    parsed = parse_xml(visit)
    if isinstance(parsed, Refusal):
        return parsed
    root, note = parsed
    results = _results(root)
    if results is None:
        return refusal_of(root, visit) or Refusal("no_datasets", f"{landed(visit)}: {local(root)[:60]}, no CSW records")
    ledger = Ledger({})
    if note is not None:
        ledger.problem(visit.url, note)
    page = _Page([], [], [])
    for place, record in enumerate(results, start=1):
        _read(record, f"record {place}", page, ledger, visit)
    matched, following = _paging(results, page.records, ledger, visit)
    return Reading(
        datasets=tuple(page.datasets),
        fields=merge_fields([Reading(fields=ledger.fields), Reading(fields=tuple(page.fields))]),
        problems=(*ledger.problems, *page.problems),
        declared_total=matched,
        next_url=following,
        others=page.others,
    )


def _results(root: Element) -> Element | None:
    if local(root) == "GetRecordsResponse":
        return next((child for child in root if local(child) == "SearchResults"), None)
    return root if local(root) == "GetRecordByIdResponse" else None


def _read(record: Element, place: str, page: _Page, ledger: Ledger, visit: Visit) -> None:
    """One record of a page, in whichever schema it is."""
    page.records += 1
    before = len(page.datasets)
    if namespace(record) in (_RDF, DCAT):
        if not _read_rdf(record, place, page, visit):
            return
    elif is_record(record):
        page.datasets.extend([found] if (found := read_record(record, ledger, place)) is not None else [])
    elif local(record) in RECORDS:
        page.datasets.extend([found] if (found := read_dublin_core(record, ledger, place)) is not None else [])
    else:
        page.problems.append(Problem(place=place, reason=f"a {local(record)[:60]}, which no reader knows"))
        return
    page.others += len(page.datasets) == before


def _read_rdf(record: Element, place: str, page: _Page, visit: Visit) -> bool:
    """A record in RDF: a document of its own, read as any other. False where it cannot be read."""
    document = record
    if local(record) != "RDF":
        document = Element(f"{{{_RDF}}}RDF")
        document.append(record)
    mended = _mend(document)
    if mended:
        reason = f"{mended} texts beside rdf:resource, which RDF/XML forbids; the addresses are read"
        page.problems.append(Problem(place=place, reason=reason, read=True))
    graph = read_graph(Visit(visit.url, replace(visit.answer, headers={}), tostring(document), None))
    if isinstance(graph, Refusal):
        page.problems.append(Problem(place=place, reason=f"{graph.reason}: {graph.detail}"[:300]))
        return False
    reading = read_records(graph)
    page.datasets.extend(reading.datasets)
    page.fields.extend(reading.fields)
    page.problems.extend(reading.problems)
    if not reading.datasets:
        page.problems.append(Problem(place=place, reason="describes something else than a dataset"))
    return True


def _mend(document: Element) -> int:
    """Take out texts of properties that point at an address, as GeoNetwork writes them for anchors; how many there were."""
    found = [item for item in document.iter() if f"{{{_RDF}}}resource" in item.attrib and (item.text or "").strip()]
    for item in found:
        item.text = None
    return len(found)


def _paging(results: Element, carried: int, ledger: Ledger, visit: Visit) -> tuple[int | None, str | None]:
    """How many records match, and the address of the next page.

    `nextRecord` is 0 at the end, and above the number of matches with some servers. Where it is left out (the schema of
    version 2.0.2 allows that) the next record follows what the page carries.
    """
    said = {name.rpartition("}")[2]: value for name, value in results.items()}
    for name in said:
        known = name in ("numberOfRecordsMatched", "numberOfRecordsReturned", "nextRecord")
        ledger.use(f"SearchResults@{name}", MAPPED if known else IGNORED if name in IGNORED_RESULTS else UNREAD)
    matched, returned = _count(said.get("numberOfRecordsMatched")), _count(said.get("numberOfRecordsReturned"))
    if returned is not None and returned != carried:
        ledger.problem(visit.url, f"says that it returns {returned} records and carries {carried}")
    start = _count(parameters(visit.url).get("startposition")) or 1
    following = _count(said.get("nextRecord"))
    if following is None and matched is not None and carried:
        following = start + carried
    if not following or (matched is not None and following > matched):
        return matched, None
    return matched, at_position(visit.url, following)


def _count(text: str | None) -> int | None:
    return int(text) if text is not None and text.strip().isdigit() and len(text) < 15 else None
