"""One page that may hold datasets of schema.org: a web page or a document of JSON-LD, as a reading."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import urldefrag

from atalaya.catalogue.identity import native_key
from atalaya.catalogue.records import Dataset, Reading
from atalaya.harvest import values
from atalaya.harvest.bodies import decode, join
from atalaya.harvest.fields import Entry, Ledger
from atalaya.harvest.schema_org_fields import IGNORED_FIELDS, ROOT
from atalaya.harvest.schema_org_markup import read_markup
from atalaya.harvest.schema_org_mending import TOO_DEEP, parse_lenient
from atalaya.harvest.schema_org_nodes import Found, Node, address_of, find, resolved
from atalaya.harvest.schema_org_records import REFERRED, has_distribution, read_dataset
from atalaya.harvest.visits import Refusal, Visit, landed


@dataclass(frozen=True, slots=True)
class PageReading:
    """What one page gave: its datasets, and those that it lists without downloads, by the address of their own page.

    Of a dataset that is only named nothing is known: it stands there as None.
    """

    reading: Reading
    listed: Mapping[str, Dataset | None]


def read_page(visit: Visit) -> PageReading | Refusal:
    """The reading of one page, or why it holds no dataset: a page without one, or markup that cannot be read."""
    text, note = decode(visit.body)
    page = _Page(visit)
    faults = page.read(text)
    if note is not None:
        page.ledger.problem(visit.url, note)
    for place, fault in faults:
        page.ledger.problem(place, fault)
    if page.held:
        return page.made()
    if faults:
        return Refusal("nesting" if faults[0][1] == TOO_DEEP else "malformed", f"{landed(visit)}: {faults[0][1]}")
    return Refusal("no_datasets", f"{landed(visit)}: nothing in it is a Dataset of schema.org")


class _Page:
    """One page under reading."""

    def __init__(self, visit: Visit) -> None:
        self.visit = visit
        self.base = visit.answer.final_url or visit.url
        self.ledger = Ledger(IGNORED_FIELDS)
        self.held = False
        self._is_web_page = False
        self._datasets: list[Dataset] = []
        self._listed: dict[str, Dataset | None] = {}

    def read(self, text: str) -> list[tuple[str, str]]:
        """Read all markup of the page; gives the places of scripts that cannot be read, with their fault."""
        start = text.lstrip("\x00 \t\r\n\ufeff")[:1]
        if start in ("{", "["):
            return self._script(text, self.visit.url, lenient=False)
        faults: list[tuple[str, str]] = []
        folded = text.lower()
        if start != "<" or ("ld+json" not in folded and "schema.org" not in folded):
            return faults
        self._is_web_page = True
        markup = read_markup(text)
        for number, script in enumerate(markup.scripts, start=1):
            faults.extend(self._script(script, f"{self.visit.url} JSON-LD {number}"))
        for item in markup.items:
            self._add(find(item), again=True)
        return faults

    def made(self) -> PageReading:
        """The reading of what was found. A web page with one dataset is that dataset's landing page where it states none."""
        if self._is_web_page and len(self._datasets) == 1 and self._datasets[0].landing_page is None:
            self._datasets = [replace(self._datasets[0], landing_page=urldefrag(self.base)[0])]
        reading = Reading(datasets=tuple(self._datasets), fields=self.ledger.fields, problems=self.ledger.problems)
        return PageReading(reading, self._listed)

    def _script(self, text: str, place: str, *, lenient: bool = True) -> list[tuple[str, str]]:
        """Read one script. Inside a page it is mended and that is told; a document of its own is held to its syntax."""
        if not text.strip():
            return []
        parsed = parse_lenient(text)
        if isinstance(parsed, str):
            return [(place, parsed)]
        value, mended = parsed
        if mended and not lenient:
            return [(place, f"not JSON: it holds {', '.join(mended)}")]
        found = find(value)
        if mended and found.any:
            self.ledger.problem(place, f"JSON-LD that breaks the syntax of JSON, read without {', '.join(mended)}")
        self._add(found, again=False)
        return []

    def _add(self, found: Found, *, again: bool) -> None:
        """Keep what was found. `again`: leave out what another syntax of the same page has said."""
        self.held = self.held or found.any
        known = {native_key(item) for item in self._datasets}
        titles = {tuple(sorted(item.title.items())) for item in self._datasets if item.title}
        for node, in_list in found.datasets:
            page = self._own_page(node) if in_list and not has_distribution(node) else None
            dataset = read_dataset(Entry(resolved(node, found.by_id, REFERRED), ROOT, self.ledger), self.base)
            if again and (native_key(dataset) in known or tuple(sorted(dataset.title.items())) in titles):
                continue
            other = None if page is None else self._listed.get(page)
            if page is None or (other is not None and other.title != dataset.title):
                self._datasets.append(dataset)
            else:
                self._listed[page] = dataset
        for reason in found.odd:
            self.ledger.problem("DataCatalog.dataset", reason)
        for name in found.named:
            page = _absolute(self.base, name) if values.is_web(name) or name.startswith(("/", "./", "?")) else None
            if page is None:
                self.ledger.problem("DataCatalog.dataset", "a name without an address of the web, so no dataset")
            elif not self._is_here(page):
                self._listed.setdefault(page, None)

    def _own_page(self, node: Node) -> str | None:
        """The page of a dataset where it is another one of the same site."""
        address = address_of(node)
        page = None if address is None else _absolute(self.base, address)
        return page if page is not None and same_site(page, self.base) and not self._is_here(page) else None

    def _is_here(self, page: str) -> bool:
        return page.rstrip("/") in (
            urldefrag(self.base)[0].rstrip("/"),
            urldefrag(self.visit.url)[0].rstrip("/"),
        )


def _absolute(base: str, address: str) -> str | None:
    """An address of the web without its fragment; None for names that are none, such as blank nodes."""
    if address.startswith(("_:", "#")):
        return None
    whole = join(base, address)
    return urldefrag(whole)[0] if whole is not None and values.is_web(whole) else None


def same_site(one: str, other: str) -> bool:
    """Whether two addresses are of one host, with or without `www`.

    >>> same_site("https://www.datos.example/a", "http://datos.example/"), same_site("https://a.example", "https://b.example")
    (True, False)
    """
    return values.host(one).removeprefix("www.") == values.host(other).removeprefix("www.")
