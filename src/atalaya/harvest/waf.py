"""Web-accessible folders: metadata records as files that a web server lists, or one record at an address.

Folders are followed downwards on the same host; every `.xml` file is asked for and read as ISO 19139, ISO 19115-3 or FGDC
CSDGM. A record that cannot be read, or a folder whose page lists nothing, is a problem and leaves the harvest partial; a file
that is no metadata record, or the record of a service, is a problem alone.

Listings are no standard; what a folder of records is: https://resources.data.gov/resources/data-gov-harvesting/ .
"""

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from atalaya.catalogue.records import Dataset, Problem, Reading
from atalaya.countries.pack import Source
from atalaya.harvest import values
from atalaya.harvest.bodies import is_html
from atalaya.harvest.elements import local
from atalaya.harvest.fields import IGNORED, MAPPED, Ledger
from atalaya.harvest.iso.records import read_record, records
from atalaya.harvest.ows import refusal_of
from atalaya.harvest.protocol import COMPLETE, FAILED, PARTIAL, Harvest, Place, Protocol
from atalaya.harvest.readings import merge_fields
from atalaya.harvest.visits import Getter, Refusal, Trail, Visit, landed
from atalaya.harvest.waf_listings import is_listing, read_listing
from atalaya.harvest.xml import parse_xml

DEPTH_LIMIT = 5
"""Folders below the source that are followed: the deepest of the folders known (NOAA's) keep their records two below."""
FOLDERS_LIMIT = 500
RECORDS_LIMIT = 50_000
"""Bounds of one source: the largest folder known held about 30,000 records (GSA/data.gov issue 5022)."""

SILENCES_LIMIT = 10
"""Answers in a row that did not come after which the rest of a folder is left alone."""

_USUAL = ("waf/", "metadata/")
"""Where folders of records usually lie below the root of a host."""


@dataclass
class _Walk:
    """What is still to be asked, and what came so far."""

    source: Source
    trail: Trail
    waiting: deque[tuple[str, int]] = field(default_factory=deque)
    known: set[str] = field(default_factory=set)
    readings: list[Reading] = field(default_factory=list)
    failed: list[Refusal] = field(default_factory=list)
    trouble: Refusal | None = None
    records: int = 0
    folders: int = 0
    silences: int = 0

    def problem(self, place: str, reason: str) -> None:
        """List one thing that was wrong."""
        self.readings.append(Reading(problems=(Problem(place=place, reason=reason[:300]),)))


async def harvest(source: Source, get: Getter) -> Harvest:
    """Harvest a folder of records, or one record. Nothing is raised for what the source does."""
    walk = _Walk(source, Trail(get))
    visit = await walk.trail.ask(source.url)
    if visit.refusal is not None:
        return _ended(walk, visit.refusal)
    if not is_html(visit.body):
        reading = read_file(visit)
        if isinstance(reading, Refusal):
            return _ended(walk, reading)
        walk.readings.append(reading)
        return _ended(walk, None)
    _list(walk, visit, 0)
    if not walk.waiting:
        nothing = Refusal("no_datasets", f"{landed(visit)}: a listing without records")
        return _ended(walk, nothing if is_listing(visit) else Refusal("html", landed(visit)))
    while walk.waiting and walk.silences < SILENCES_LIMIT:
        url, depth = walk.waiting.popleft()
        await _ask(walk, url, depth)
    return _ended(walk, _whole(walk))


def _list(walk: _Walk, visit: Visit, depth: int) -> None:
    """Take in the links of one folder: its records, then the folders below it."""
    listing = read_listing(visit)
    ledger = Ledger({})
    for name, reading, count in (
        ("record", MAPPED, len(listing.records)),
        ("folder", MAPPED, len(listing.folders)),
        ("other", IGNORED, listing.others),
    ):
        if count:
            ledger.use(f"listing.link[{name}]", reading, count)
    walk.readings.append(Reading(fields=ledger.fields))
    if not listing.ends:
        walk.trouble = walk.trouble or Refusal("incomplete", f"{landed(visit)}: the listing breaks off")
    fresh = [url for url in (*listing.records, *listing.folders) if url not in walk.known]
    walk.known.update(fresh)
    for url in fresh:
        _queue(walk, url, depth)


def _queue(walk: _Walk, url: str, depth: int) -> None:
    """Put one address on the list, within the bounds."""
    if url.partition("?")[0].endswith("/"):
        if depth >= DEPTH_LIMIT or walk.folders >= FOLDERS_LIMIT:
            limit = f"deeper than {DEPTH_LIMIT}" if depth >= DEPTH_LIMIT else f"more than {FOLDERS_LIMIT}"
            walk.trouble = walk.trouble or Refusal("incomplete", f"folders {limit} were not followed, first {url}")
            return
        walk.folders += 1
        walk.waiting.append((url, depth + 1))
    elif walk.records >= RECORDS_LIMIT:
        walk.trouble = walk.trouble or Refusal("incomplete", f"more than {RECORDS_LIMIT} records")
    else:
        walk.records += 1
        walk.waiting.append((url, depth))


async def _ask(walk: _Walk, url: str, depth: int) -> None:
    """Ask one address of the list: a folder or a record."""
    visit = await walk.trail.ask(url)
    silent = visit.refusal is not None and visit.refusal.reason == "unreachable"
    walk.silences = walk.silences + 1 if silent else 0
    is_folder = url.partition("?")[0].endswith("/")
    outcome: Reading | Refusal | None = visit.refusal
    if outcome is None and is_folder and is_html(visit.body):
        if _lists(visit):
            _list(walk, visit, depth)
            return
        outcome = Refusal("html", f"{landed(visit)}: a folder that lists no files")
    outcome = outcome or read_file(visit)
    if isinstance(outcome, Reading):
        walk.readings.append(outcome)
        return
    walk.problem(url, f"{outcome.reason}: {outcome.detail}")
    if is_folder or outcome.reason != "no_datasets":
        walk.failed.append(outcome)


def _lists(visit: Visit) -> bool:
    """Whether a page lists a folder: it says so, be it empty, or it links to records or folders below, whatever wrote it."""
    if is_listing(visit):
        return True
    listing = read_listing(visit)
    return bool(listing.records or listing.folders)


def read_file(visit: Visit) -> Reading | Refusal:
    """The reading of one file of a folder, or why it holds no record that can be read."""
    parsed = parse_xml(visit)
    if isinstance(parsed, Refusal):
        return parsed
    root, note = parsed
    ledger = Ledger({})
    if note is not None:
        ledger.problem(visit.url, note)
    found = records(root)
    if not found:
        odd = f" ({note})" if note else ""
        none = Refusal("no_datasets", f"{landed(visit)}: {local(root)[:60]}, no metadata record{odd}")
        return refusal_of(root, visit) or none
    datasets = [read_record(record, ledger, visit.url) for record in found]
    return Reading(
        datasets=tuple(_named(item, visit.url) for item in datasets if item is not None),
        fields=ledger.fields,
        problems=ledger.problems,
        others=sum(item is None for item in datasets),
    )


def _named(dataset: Dataset, url: str) -> Dataset:
    """A record without an identifier is identified by its address; FGDC has none."""
    return dataset if dataset.native_id is not None else replace(dataset, native_id=url)


def _whole(walk: _Walk) -> Refusal | None:
    """What is missing of a folder that was walked through."""
    if walk.failed:
        missing = len(walk.failed) + len(walk.waiting)
        told = walk.failed[0].detail
        return Refusal("page_failed", f"{missing} of {len(walk.known)} files could not be read, first {told}")
    if not _datasets(walk.readings) and not any(reading.others for reading in walk.readings):
        return Refusal("no_datasets", f"none of {len(walk.known)} files is a metadata record")
    return walk.trouble


def _datasets(readings: Iterable[Reading]) -> tuple[Dataset, ...]:
    return tuple(dataset for reading in readings for dataset in reading.datasets)


def _ended(walk: _Walk, trouble: Refusal | None) -> Harvest:
    datasets = _datasets(walk.readings)
    return Harvest(
        source_id=walk.source.id,
        protocol=PROTOCOL.id,
        state=COMPLETE if trouble is None else PARTIAL if datasets else FAILED,
        reason=None if trouble is None else trouble.reason,
        detail=None if trouble is None else trouble.detail,
        datasets=datasets,
        fields=merge_fields(walk.readings),
        problems=tuple(problem for reading in walk.readings for problem in reading.problems),
        pages=tuple(walk.trail.pages),
    )


def claims(visit: Visit) -> Refusal | None:
    """Why an answer is neither a listing with records nor a metadata record; None where it is."""
    if not is_html(visit.body):
        reading = read_file(visit)
        return reading if isinstance(reading, Refusal) else None
    if not is_listing(visit):
        return Refusal("html", landed(visit))
    if read_listing(visit).records:
        return None
    return Refusal("no_datasets", f"{landed(visit)}: a listing without records")


def places(first: Visit) -> tuple[Place, ...]:
    """The usual folders at the root of the host."""
    root = values.root(first.url)
    return tuple(Place(root + path) for path in _USUAL if root)


PROTOCOL = Protocol(
    id="waf",
    title={"en": "Web-accessible folder", "es": "Carpeta accesible por web"},
    description={
        "en": "A folder listing of metadata records in ISO 19139, ISO 19115-3 or FGDC CSDGM, or one such record.",
        "es": "Una carpeta listada con registros de metadatos ISO 19139, ISO 19115-3 o FGDC CSDGM, o uno de ellos.",
    },
    documentation="https://resources.data.gov/resources/data-gov-harvesting/",
    harvest=harvest,
    claims=claims,
    places=places,
    generic=True,
)
