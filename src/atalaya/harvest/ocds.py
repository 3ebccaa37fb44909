"""Bulk releases of the Open Contracting Data Standard: indexes of files, packages, and paged lists of releases or records.

A publication is one dataset (`ocds_publications` says why); the files of its months and formats are its distributions. Files
are never downloaded here: they are resources, and the fetch stage asks for them. A package that is itself the source is read
for its head; its releases are data and are only counted. A package larger than the limit of its source comes cut and is not
read. An index that answers 400 for a moment, as at least one national index does, has failed for this round with the reason
`http` and is asked again in the next: nothing in the answer tells that 400 from a lasting one.

Packages: https://standard.open-contracting.org/1.1/en/. Indexes are described in `ocds_index`.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from atalaya.catalogue.identity import native_key
from atalaya.catalogue.records import Dataset, Reading
from atalaya.countries.pack import Source
from atalaya.harvest import values
from atalaya.harvest.fields import Entry, Ledger
from atalaya.harvest.ocds_documents import Contents, Document, is_contract, read_document
from atalaya.harvest.ocds_files import has_format_fields, is_boxed
from atalaya.harvest.ocds_index import (
    IGNORED_FIELDS,
    SAMPLE,
    Listing,
    is_entry,
    listing_of,
    read_entry,
    read_head,
)
from atalaya.harvest.ocds_packages import IGNORED_FIELDS as IGNORED_IN_PACKAGES
from atalaya.harvest.ocds_packages import is_package, read_contracts, read_package
from atalaya.harvest.ocds_paging import PAGING, declared_total, next_page
from atalaya.harvest.ocds_publications import Part, assemble
from atalaya.harvest.ocds_registry import is_registry_entry
from atalaya.harvest.protocol import COMPLETE, PARTIAL, Harvest, Place, Protocol
from atalaya.harvest.readings import harvest_pages
from atalaya.harvest.visits import Getter, Refusal, Visit, landed

QUIET_PAGES = 2
"""Pages in a row of a list of releases that tell of no new publication: what follows them is data, and is not read."""
MARK_LIMIT = 20_000
"""Characters of a document in which a mark of the standard is looked for."""

_MARK = re.compile(
    rb"ocds|open[-_ ]?contracting|contrata\w{3,6}[-_ ]?abiertas|contratos[-_ ]?abiertos|opentender|re(?:lease|cord)[-_]?package",
    re.IGNORECASE,
)


async def harvest(source: Source, get: Getter) -> Harvest:
    """Harvest an index, a package or a list, page by page. Nothing is raised for what the source does."""
    state = _State()
    harvested = await harvest_pages(PROTOCOL.id, source, get, state.read)
    whole = harvested.state == COMPLETE
    datasets, gaps = assemble(harvested.datasets, state.parts, whole=whole)
    if state.unread:
        datasets = tuple(replace(item, temporal=()) for item in datasets)  # only the first pages were seen
    found = replace(harvested, datasets=datasets, problems=(*harvested.problems, *gaps))
    if whole and state.declared is not None and state.listed < state.declared:
        detail = f"{state.listed} of {state.declared} declared entries were given"
        return replace(found, state=PARTIAL, reason="incomplete", detail=detail)
    return found


def claims(visit: Visit) -> Refusal | None:
    """Why an answer is no OCDS; None where it is a package, a list of contracts, or an index that says it is of OCDS."""
    document = read_document(visit)
    if isinstance(document, Refusal):
        return document
    if any(is_package(value) or is_contract(value) for value in document.values[:SAMPLE]):
        return None
    listing = _listing(document, visit)
    if isinstance(listing, Refusal):
        return listing
    if not any(_is_telling(item) for item in listing.items[:SAMPLE]):
        return Refusal("no_datasets", f"{landed(visit)}: a list, but not of packages or their files")
    if not _is_marked(visit):
        return Refusal("no_datasets", f"{landed(visit)}: a list of files, but nothing in it speaks of open contracting")
    return None


def places(first: Visit) -> tuple[Place, ...]:
    """The indexes of the two platforms that serve one, and the list of releases, where the site speaks of open contracting."""
    if not _is_marked(first):
        return ()
    root = values.root(first.url)
    found = (f"{root}files", f"{root}api/v1/files", values.below(first.url, "releases.json"))
    return tuple(Place(url) for url in dict.fromkeys(found) if url != first.url)


def _is_marked(visit: Visit) -> bool:
    """Whether the address or the beginning of the answer speaks of open contracting."""
    address = f"{visit.url} {visit.answer.final_url}".encode(errors="replace")
    return _MARK.search(address) is not None or _MARK.search(visit.body[:MARK_LIMIT]) is not None


def _is_telling(item: object) -> bool:
    """Whether an entry has a shape that other catalogues do not have: files by format, or an address with its year."""
    if isinstance(item, str) or is_registry_entry(item) or is_package(item) or is_contract(item):
        return is_entry(item)
    dated = isinstance(item, dict) and ("year" in item or "month" in item or "anio" in item)
    return isinstance(item, dict) and (is_boxed(item) or has_format_fields(item) or (dated and is_entry(item)))


def _listing(document: Document, visit: Visit) -> Listing | Refusal:
    """The items of a document that is no package, with the object around them; or why it lists nothing."""
    if document.listed:
        items = list(document.values)
        if any(is_entry(item) for item in items[:SAMPLE]):
            return Listing(items, "[]", None)
        return Refusal("no_datasets", f"{landed(visit)}: a list of {len(items)} items, none a package or a file")
    value = document.values[0] if document.values else None
    listing = listing_of(value)
    return _refuse(value, visit) if listing is None else listing


def _refuse(value: object, visit: Visit) -> Refusal:
    """An error object says so in its own words; anything else lists nothing."""
    if not isinstance(value, dict):
        return Refusal("no_datasets", f"{landed(visit)} holds one {type(value).__name__}, not an index or a package")
    said = next(
        (text for key in ("message", "detail", "error", "errors") if (text := values.word(value.get(key)))), None
    )
    if said is not None or value.get("success") is False or value.get("error") is True:
        status = values.word(value.get("status"))
        detail = " ".join((said or "an error without a message").split())[:200]
        return Refusal("error_object", f"{landed(visit)}: {detail}" + (f" (status {status})" if status else ""))
    names = ", ".join(values.clean(str(key))[:40] for key in list(value)[:5])
    what = "an object without releases, records or files"
    return Refusal("no_datasets", f"{landed(visit)}: {what} (its fields: {names or 'none'})")


@dataclass(slots=True)
class _State:
    """What the pages of one source told so far."""

    parts: dict[str, Part] = field(default_factory=dict)
    publications: set[str] = field(default_factory=set)
    contracts: set[str] = field(default_factory=set)
    quiet: int = 0
    unread: bool = False
    listed: int = 0
    declared: int | None = None

    def read(self, visit: Visit) -> Reading | Refusal:
        """The reading of one page: each part of a publication as a provisional dataset."""
        document = read_document(visit)
        if isinstance(document, Refusal):
            return document
        ledger = Ledger({**IGNORED_FIELDS, **IGNORED_IN_PACKAGES})
        if document.note is not None:
            ledger.problem(visit.url, document.note)
        value = None if document.listed or not document.values else document.values[0]
        following = next_page(value, visit)
        if is_package(value) or is_contract(value):
            return self._contract_page([value], "", visit, ledger, following, alone=True)
        listing = _listing(document, visit)
        if isinstance(listing, Refusal):
            return listing
        around = None if listing.head is None else _around(listing, listing.head, ledger)
        if any(is_contract(item) or is_package(item) for item in listing.items[:SAMPLE]):
            if around is not None:
                around.close()
            return self._contract_page(listing.items, listing.path, visit, ledger, following, alone=False)
        return self._index_page(listing, around, visit, ledger, following)

    def _contract_page(
        self, items: list[object], path: str, visit: Visit, ledger: Ledger, following: str | None, *, alone: bool
    ) -> Reading | Refusal:
        """A page of packages, or of bare releases or records."""
        read: list[tuple[Part, Contents]] = []
        if any(is_contract(item) for item in items[:SAMPLE]):
            read.append(read_contracts(items, visit, ledger, path or "{}"))
        else:
            for place, item in enumerate(items):
                if isinstance(item, dict) and is_package(item):
                    part, contents = read_package(Entry(item, path, ledger), visit, alone=alone)
                    read.append((replace(part, identity=f"{part.identity} {place}"), contents))
                else:
                    ledger.problem(f"{path}{place}", f"{type(item).__name__} that is no package")
        keys = frozenset().union(*(contents.keys for _, contents in read))
        if keys and keys <= self.contracts:
            return Refusal("pages_repeat", f"{visit.url} gave only releases or records of earlier pages")
        self.contracts |= keys
        parts = [self._known(part) for part, _ in read]
        fresh = {part.publication or "" for part in parts} - self.publications
        self.quiet = 0 if fresh else self.quiet + 1
        if following is not None and self.quiet >= QUIET_PAGES:
            ledger.problem(
                following, "the list goes on here; its further pages are data of the same publication, not read"
            )
            following, self.unread = None, True
        return self._reading(parts, ledger, following)

    def _known(self, part: Part) -> Part:
        """A part without its document where an earlier page of the same list was that document."""
        return replace(part, files=part.files[1:]) if part.publication in self.publications else part

    def _index_page(
        self, listing: Listing, around: Entry | None, visit: Visit, ledger: Ledger, following: str | None
    ) -> Reading | Refusal:
        """A page of an index: every item is a part, a publication or a problem."""
        head = read_head(around, visit)
        if around is not None:
            around.close()
            self.declared = declared_total(around.value, self.declared)
        self.listed += len(listing.items)
        parts: list[Part] = []
        for place, item in enumerate(listing.items):
            part = read_entry(item, listing.path, head, f"{listing.path}{place}", ledger)
            if part is not None:
                parts.append(part)
        if not parts and following is None and not self.parts and not self.publications:
            return Refusal("no_datasets", f"{landed(visit)}: its list of {len(listing.items)} entries names no file")
        return self._reading(parts, ledger, following)

    def _reading(self, parts: list[Part], ledger: Ledger, following: str | None) -> Reading:
        """The parts as provisional datasets; one that the page lists twice is listed as a problem."""
        datasets: list[Dataset] = []
        here: set[str] = set()
        for part in parts:
            dataset = part.provisional
            key = native_key(dataset)
            if part.publication is not None and key in here:
                ledger.problem(key, "listed twice on one page; read once")
                continue
            here.add(key)
            datasets.append(dataset)
            if part.publication is not None:
                self.parts.setdefault(key, part)
            self.publications.add(part.publication or key)
        return Reading(datasets=tuple(datasets), fields=ledger.fields, problems=ledger.problems, next_url=following)


def _around(listing: Listing, head: Mapping[str, object], ledger: Ledger) -> Entry:
    """The object around a list, with the fields that lead to the list counted; the caller closes it."""
    outer, _, inner = listing.path.removesuffix("[]").partition(".")
    around = Entry(head, "", ledger)
    around.take(outer)
    box = around.entry(outer) if inner else None
    if box is not None:
        box.take(inner)
        box.skip(*PAGING)
        box.close()
    return around


PROTOCOL = Protocol(
    id="ocds",
    title={"en": "Open Contracting Data Standard", "es": "Estándar de Datos de Contrataciones Abiertas"},
    description={
        "en": "Bulk files of releases or records by month or year, from an index, a package or a paged list.",
        "es": "Archivos masivos de entregas o registros por mes o año, desde un índice, un paquete o una lista paginada.",
    },
    documentation="https://standard.open-contracting.org/1.1/en/",
    harvest=harvest,
    claims=claims,
    places=places,
)
