"""OpenDataSoft (Huwise): the datasets of a portal, by its search API, versions 2.1, 2.0 and 1.0, or by its export.

A page holds 100 datasets; offset and page together end at 10,000, and a larger catalogue of version 2 is read whole from its
export as JSON. The export as CSV is read too. No version lists the exports of a dataset, which follow a rule of the portal:
these links are derived (see `opendatasoft_records`). A dataset federated from another portal keeps the page that it has there.

Specification: https://help.opendatasoft.com/apis/ods-explore-v2/, https://help.opendatasoft.com/apis/ods-search-v1/
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from atalaya.catalogue.records import Dataset, Problem, Reading
from atalaya.countries.pack import Source
from atalaya.harvest import values
from atalaya.harvest.bodies import parse_json
from atalaya.harvest.fields import Entry, Ledger
from atalaya.harvest.opendatasoft_api import WINDOW, api_of, begins, export, next_page, portal_of, probes, starts
from atalaya.harvest.opendatasoft_fields import IGNORED_FIELDS
from atalaya.harvest.opendatasoft_records import described, described_row, read_dataset
from atalaya.harvest.protocol import COMPLETE, FAILED, PARTIAL, Harvest, Place, Protocol
from atalaya.harvest.readings import harvest_pages
from atalaya.harvest.tabular import Grid, is_json, read_grid
from atalaya.harvest.visits import Getter, Page, Refusal, Visit, landed

_IDS = ("dataset_id", "datasetid")
_MARKS = ("metas", "has_records", "features", "data_visible")
_TOTALS = ("total_count", "nhits")


async def harvest(source: Source, get: Getter) -> Harvest:
    """Harvest a portal from the interface that its address names, else from the newest that answers."""
    spent: tuple[Page, ...] = ()
    first: Harvest | None = None
    for start in starts(source.url, source.page_size):
        found = await _from(start, source, get)
        spent = (*spent, *found.pages)
        if found.state != FAILED:
            return replace(found, pages=spent)
        first = first or found
        if found.reason in ("unreachable", "robots", "cut"):
            break
    assert first is not None, "a source has at least its own address"
    return replace(first, pages=spent)


async def _from(start: str, source: Source, get: Getter) -> Harvest:
    """The harvest from one address; of a list that is longer than the API goes, the export."""
    reader = _Reader()
    found = await harvest_pages(PROTOCOL.id, replace(source, url=start), get, reader.read)
    if reader.cut is not None and found.state == COMPLETE:
        return replace(found, state=PARTIAL, reason=reader.cut.reason, detail=reader.cut.detail)
    if reader.large is None:
        return _with_surplus(found)
    whole = await harvest_pages(PROTOCOL.id, replace(source, url=export(start)), get, _Reader().read)
    pages = (*found.pages, *whole.pages)
    if whole.state == FAILED:
        window = await harvest_pages(PROTOCOL.id, replace(source, url=start), get, _Reader(to_the_window=True).read)
        return replace(window, pages=(*pages, *window.pages))
    whole = replace(whole, declared_total=reader.large, pages=pages)
    if whole.state == COMPLETE and len(whole.datasets) < reader.large:
        detail = f"{len(whole.datasets)} of {reader.large} declared datasets were given"
        return replace(whole, state=PARTIAL, reason="incomplete", detail=detail)
    return whole


def _with_surplus(found: Harvest) -> Harvest:
    """The harvest with a problem where a portal declares fewer datasets than it gives."""
    if found.declared_total is None or found.declared_total >= len(found.datasets):
        return found
    surplus = Problem(place="declared total", reason=f"{found.declared_total}, though {len(found.datasets)} were given")
    return replace(found, problems=(*found.problems, surplus))


def claims(visit: Visit) -> Refusal | None:
    """Why an answer is no list of datasets of OpenDataSoft; None where it is one."""
    if not is_json(visit.body):
        grid = read_grid(visit)
        return grid if isinstance(grid, Refusal) else _no_catalogue(grid, visit)
    parsed = parse_json(visit)
    listing = parsed if isinstance(parsed, Refusal) else _listing(parsed[0], visit)
    if isinstance(listing, Refusal):
        return listing
    if any(_is_dataset(item) for item in listing.items[:50]) or (not listing.items and listing.own):
        return None
    return Refusal("no_datasets", f"{landed(visit)}: a list of other objects than datasets of OpenDataSoft")


def places(first: Visit) -> tuple[Place, ...]:
    """The list of each version at the root of the host."""
    return tuple(Place(asked, declared) for asked, declared in probes(first.url))


@dataclass(frozen=True, slots=True)
class _Listing:
    """The datasets in an answer and where they stand. `own`: whether it is one of this API even when it is empty."""

    items: list[object]
    path: str
    total: int | None = None
    own: bool = False


class _Reader:
    """Reads the answers of one list. `large` is its declared total where that is more than the API pages through."""

    def __init__(self, to_the_window: bool = False) -> None:
        self.large: int | None = None
        self.cut: Refusal | None = None
        self._to_the_window = to_the_window

    def read(self, visit: Visit) -> Reading | Refusal:
        """The reading of one answer: a page, an export or one dataset."""
        if not is_json(visit.body):
            return self._table(visit)
        parsed = parse_json(visit)
        if isinstance(parsed, Refusal):
            return parsed
        listing = _listing(parsed[0], visit)
        if isinstance(listing, Refusal):
            return listing
        if listing.items and not any(_may_be_dataset(item) for item in listing.items):
            return Refusal("no_datasets", f"{landed(visit)}: a list of other objects than datasets of OpenDataSoft")
        ledger = Ledger(IGNORED_FIELDS)
        if parsed[1] is not None:
            ledger.problem(visit.url, parsed[1])
        _count_envelope(parsed[0], listing, ledger)
        datasets = _read_items(listing, visit, ledger)
        following = next_page(visit.url, len(listing.items), listing.total)
        if listing.total is not None and listing.total > WINDOW and begins(visit.url) and not self._to_the_window:
            self.large, following = listing.total, None
        return Reading(
            datasets=tuple(datasets),
            fields=ledger.fields,
            problems=ledger.problems,
            declared_total=listing.total,
            next_url=following,
        )

    def _table(self, visit: Visit) -> Reading | Refusal:
        """The export as a table."""
        grid = read_grid(visit)
        if isinstance(grid, Refusal):
            return grid
        refusal = _no_catalogue(grid, visit)
        if refusal is not None:
            return refusal
        ledger = Ledger(IGNORED_FIELDS)
        if grid.note is not None:
            ledger.problem(visit.url, grid.note)
        api = portal_of(visit.answer.final_url or visit.url)
        rows = grid.rows(ledger)
        datasets = tuple(read_dataset(described_row(row, ledger), api, place) for place, row in rows)
        if grid.cut:
            self.cut = Refusal("incomplete", f"{landed(visit)}: the last row ends before its last column")
        return Reading(datasets=datasets, fields=ledger.fields, problems=ledger.problems)


def _no_catalogue(grid: Grid, visit: Visit) -> Refusal | None:
    """Why a table is no export of a catalogue: it has no column of identifiers, or none of titles."""
    names = set(grid.header)
    if names & {*_IDS, "default.dataset_id"} and names & {"title", "default.title"}:
        return None
    said = ", ".join(grid.header[:5])[:120]
    return Refusal("no_datasets", f"{landed(visit)}: a table without datasetid and title (its columns: {said})")


def _listing(value: object, visit: Visit) -> _Listing | Refusal:
    if isinstance(value, list):
        return _Listing(value, "[]") if value else Refusal("no_datasets", f"{landed(visit)}: an empty list")
    if not isinstance(value, dict):
        return Refusal("no_datasets", f"{landed(visit)} holds one {type(value).__name__}, not a catalogue")
    counts = [value[name] for name in _TOTALS if isinstance(value.get(name), int) and not isinstance(value[name], bool)]
    total = next((count for count in counts if count >= 0), None)
    for key in ("results", "datasets"):
        items = value.get(key)
        if isinstance(items, list) and (items or total is not None):
            own = "nhits" in value or (total is not None and api_of(visit.url) is not None)
            return _Listing(items, f"{key}[]", total, own)
    wrapped = value.get("dataset")
    if _is_dataset(value):
        return _Listing([value], "" if wrapped is None else "dataset")
    return _error(value, visit)


def _error(value: Mapping[str, object], visit: Visit) -> Refusal:
    """The portal's own error (`error_code` and `message`), else what the object is made of."""
    said = next((text for name in ("message", "error", "errors") if (text := values.word(value.get(name)))), None)
    if said is not None or "error_code" in value or "errorcode" in value:
        return Refusal("error_object", f"{landed(visit)}: {' '.join((said or 'no message').split())[:200]}")
    names = ", ".join(values.clean(str(key))[:40] for key in list(value)[:5])
    return Refusal("no_datasets", f"{landed(visit)}: an object without datasets (its fields: {names or 'none'})")


def _is_dataset(item: object) -> bool:
    """Whether an object is a dataset of this API beyond doubt: it has its identifier and metadata."""
    found = _unwrapped(item)
    return any(name in found for name in _IDS) and any(name in found for name in _MARKS)


def _may_be_dataset(item: object) -> bool:
    """Whether an object of a declared source can be read as a dataset: one of its marks is enough."""
    return any(name in _unwrapped(item) for name in (*_IDS, *_MARKS))


def _unwrapped(item: object) -> Mapping[str, object]:
    """The dataset in an item of a list, which version 2.0 puts beside its links; empty where there is none."""
    inner = item.get("dataset", item) if isinstance(item, dict) else None
    return inner if isinstance(inner, dict) else {}


def _count_envelope(value: object, listing: _Listing, ledger: Ledger) -> None:
    """Count the fields around a list of datasets."""
    if isinstance(value, dict) and listing.path.endswith("[]"):
        around = Entry(value, "", ledger)
        around.take(*(name for name in (*_TOTALS, listing.path[:-2]) if name in value))
        around.close()


def _read_items(listing: _Listing, visit: Visit, ledger: Ledger) -> list[Dataset]:
    """Every item of a list as a dataset or a problem."""
    api = portal_of(visit.answer.final_url or visit.url)
    datasets = []
    for number, item in enumerate(listing.items):
        place = f"datasets[{number}]"
        inner = item.get("dataset") if isinstance(item, dict) else None
        if not isinstance(item, dict) or (inner is not None and not isinstance(inner, dict)):
            ledger.problem(place, f"{type(item).__name__} instead of an object, so no dataset")
            continue
        path = listing.path if listing.path.endswith("[]") else ""
        entry = Entry(item, path, ledger)
        if isinstance(inner, dict):
            entry.take("dataset")
            entry.close()
            entry = Entry(inner, entry.at("dataset"), ledger)
        named = values.word(next((entry.value[name] for name in _IDS if name in entry.value), None))
        datasets.append(read_dataset(described(entry), api, f"{place} {named}" if named else place))
    return datasets


PROTOCOL = Protocol(
    id="opendatasoft",
    title={"en": "OpenDataSoft (Huwise)", "es": "OpenDataSoft (Huwise)"},
    description={
        "en": "Datasets of an OpenDataSoft portal, by its search API, versions 2.1, 2.0 and 1.0, or its catalogue export.",
        "es": "Conjuntos de un portal OpenDataSoft, por su API de búsqueda, versiones 2.1, 2.0 y 1.0, o por su exportación.",
    },
    documentation="https://help.opendatasoft.com/apis/ods-explore-v2/",
    harvest=harvest,
    claims=claims,
    places=places,
)
