"""Many pages of one source as one harvest: follows `next`, stops at loops and repeated pages, and adds up the readings."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from atalaya.catalogue.identity import native_key
from atalaya.catalogue.records import Dataset, FieldUse, Problem, Reading
from atalaya.countries.pack import Source
from atalaya.harvest.protocol import COMPLETE, FAILED, PARTIAL, Harvest
from atalaya.harvest.visits import Getter, Page, Refusal, Trail, Visit

PAGES_LIMIT = 20_000
"""Pages of one catalogue, against a server that never ends."""
EMPTY_LIMIT = 20
"""Pages in a row with nothing at all on them, each naming a next one, after which a source is going nowhere."""
STALE_LIMIT = 3
"""Pages in a row without a new dataset after which a source is going round; one alone is a first page under two addresses."""

ABSENT = frozenset({404, 410})
"""HTTP statuses that say that nothing lives at an address."""

ReadVisit = Callable[[Visit], Reading | Refusal]


def merge_fields(readings: Iterable[Reading]) -> tuple[FieldUse, ...]:
    """Field uses of several readings, counted together, by path."""
    counts: Counter[tuple[str, str]] = Counter()
    for reading in readings:
        for use in reading.fields:
            counts[(use.path, use.reading)] += use.count
    return tuple(FieldUse(path=path, reading=name, count=count) for (path, name), count in sorted(counts.items()))


async def harvest_pages(
    protocol: str,
    source: Source,
    get: Getter,
    read: ReadVisit,
    *,
    trail: Trail | None = None,
    first: Visit | None = None,
    start: str | None = None,
    reads_errors: bool = False,
) -> Harvest:
    """Read a source page by page. The first page decides between `failed` and the rest; a later one makes it `partial`.

    The first page is `first`, which was asked already on `trail`, else `start`, by default the address of the source. A
    `trail` holds what was asked before. Where the documents of a protocol say their errors under an HTTP error status,
    `reads_errors` shows them to `read` as well.
    """
    trail = Trail(get) if trail is None else trail
    readings: list[Reading] = []
    trouble: Refusal | None = None
    url: str | None = (source.url if start is None else start) if first is None else first.url
    asked: set[str] = set()
    seen: set[str] = set()
    stale = empty = 0
    while url is not None and trouble is None:
        visit = first if first is not None and not asked else await trail.ask(url)
        asked.add(url)
        told = reads_errors and visit.refusal is not None and visit.refusal.reason == "http" and visit.body != b""
        reading = read(visit) if told else visit.refusal or read(visit)
        if isinstance(reading, Refusal):
            known = not readings or reading.reason in ("pages_repeat", "spent")
            trouble = reading if known else Refusal("page_failed", reading.detail)
            break
        keys = {native_key(dataset) for dataset in reading.datasets}
        stale = stale + 1 if keys and keys <= seen else 0
        empty = 0 if keys or reading.others or reading.problems else empty + 1
        if stale >= STALE_LIMIT:
            trouble = Refusal("pages_repeat", f"{url} gave only datasets of earlier pages, as the pages before it")
            break
        seen |= keys
        readings.append(reading)
        url = reading.next_url
        if url is not None and url in asked:
            trouble = Refusal("pages_repeat", f"{visit.url} names {url} as the next page, which was read before")
        elif url is not None and empty >= EMPTY_LIMIT:
            trouble = Refusal("pages_repeat", f"{visit.url} is the last of {empty} pages in a row with nothing on them")
        elif url is not None and len(asked) >= PAGES_LIMIT:
            trouble = Refusal("spent", f"more than {PAGES_LIMIT} pages")
    return gathered(protocol, source, trail, readings, trouble)


async def harvest_first(
    protocol: str, source: Source, get: Getter, addresses: Sequence[str], read: ReadVisit
) -> Harvest:
    """Harvest the first of several addresses at which something of the protocol lives; the declared one comes first.

    Only an answer that says that nothing of the kind is there (not found, a web page, no catalogue) leads on to the next
    address. Where none has it, the first failure stands; where another has it, that is said in a problem.
    """
    failed: Harvest | None = None
    pages: tuple[Page, ...] = ()
    for url in addresses:
        harvested = await harvest_pages(protocol, replace(source, url=url), get, read)
        pages = (*pages, *harvested.pages)
        if harvested.state != FAILED or not _is_elsewhere(harvested):
            if failed is None or harvested.state == FAILED:
                return replace(failed or harvested, pages=pages)
            moved = Problem(place=failed.pages[0].url, reason=f"{failed.detail}; read from {url} instead")
            return replace(harvested, pages=pages, problems=(moved, *harvested.problems))
        failed = failed or harvested
    assert failed is not None, "no addresses"
    return replace(failed, pages=pages)


def _is_elsewhere(failed: Harvest) -> bool:
    """Whether a failure says that nothing of the protocol lives at its address."""
    if failed.reason == "http":
        return failed.pages[-1].status in ABSENT
    return failed.reason in ("html", "no_datasets")


def gathered(protocol: str, source: Source, trail: Trail, readings: list[Reading], trouble: Refusal | None) -> Harvest:
    """The readings of one source as one harvest; `trouble` is what ended it early, and so decides between the states."""
    datasets, repeated = _once(readings)
    problems = (*(problem for reading in readings for problem in reading.problems), *repeated)
    totals = [reading.declared_total for reading in readings if reading.declared_total is not None]
    total = totals[-1] if totals else None
    read = len(datasets) + sum(reading.others for reading in readings)
    if trouble is None and total is not None and read < total:
        trouble = Refusal("incomplete", f"{read} of {total} declared {_items(readings)} were given")
    state = COMPLETE if trouble is None else PARTIAL if datasets else FAILED
    return Harvest(
        source_id=source.id,
        protocol=protocol,
        state=state,
        reason=None if trouble is None else trouble.reason,
        detail=None if trouble is None else trouble.detail,
        datasets=datasets,
        fields=merge_fields(readings),
        problems=problems,
        declared_total=total,
        pages=tuple(trail.pages),
    )


def _items(readings: list[Reading]) -> str:
    return "records" if any(reading.others for reading in readings) else "datasets"


def _once(readings: list[Reading]) -> tuple[tuple[Dataset, ...], list[Problem]]:
    """The datasets of all pages. One page may repeat an identifier; the same dataset on a later page is listed, not kept."""
    kept: list[Dataset] = []
    problems: list[Problem] = []
    seen: set[str] = set()
    for number, reading in enumerate(readings, start=1):
        fresh: set[str] = set()
        for dataset in reading.datasets:
            key = native_key(dataset)
            if key in seen:
                problems.append(Problem(place=f"page {number} {key}", reason="given on an earlier page; read once"))
            else:
                fresh.add(key)
                kept.append(dataset)
        seen |= fresh
    return tuple(kept), problems
