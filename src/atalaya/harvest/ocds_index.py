"""Indexes of bulk files: JSON that lists packages by month or year, or publications with their files.

An entry with a month, a year or just an address is a part of a publication, which its publisher and system tell; an entry
with a title of its own is a publication. No standard describes these lists: what is read are the shapes of real ones (the
national indexes of Central America, Peru and Zambia and the OCP Data Registry), by the meaning of their fields, not by host.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from atalaya.catalogue.records import Agent, Dataset, Period, Text
from atalaya.harvest import values
from atalaya.harvest.fields import MAPPED, Entry, Ledger
from atalaya.harvest.ocds_documents import is_contract
from atalaya.harvest.ocds_files import (
    CONTAINERS,
    ENDS,
    LINKS,
    MODIFIED,
    STARTS,
    Frame,
    has_format_fields,
    names_files,
    read_address,
    read_files,
    read_own_file,
    stated_span,
)
from atalaya.harvest.ocds_packages import is_package, read_publisher
from atalaya.harvest.ocds_periods import newest, span_in
from atalaya.harvest.ocds_publications import File, Part, temporal, title_after
from atalaya.harvest.ocds_registry import is_registry_entry, registry_files
from atalaya.harvest.visits import Visit

LISTS = (
    "result", "results", "publications", "files", "packages", "packagesPerMonth", "data", "items", "descargas", "downloads",
)  # fmt: skip
"""Fields that hold the entries, likeliest first; any other list of entries serves as well."""
SAMPLE = 50
"""Entries of a list that are looked at to tell what it lists."""

_NO_LISTS = frozenset({"links", "extensions"})
_IDS = ("id", "identifier", "uid")
_TITLES = ("title", "titulo", "name", "nombre")
_DESCRIPTIONS = ("description", "descripcion")
_PUBLISHERS = ("publicador", "publicante", "organization", "institution", "institucion", "entidad", "agency")
_SYSTEMS = ("source", "sistema", "system", "fuente")
_PAGES = ("source_url", "landing_page", "landingPage", "homepage", "publicationPolicy")
_FREQUENCIES = ("update_frequency", "updateFrequency", "frequency", "accrualPeriodicity", "frecuencia")
_LICENCES = ("license", "licence", "licencia", "license_url")

_WORDED = "says in words what another field says, or that the file is finished"
_STORE = "a checksum that does not say of which file"
_LINKED = "a checksum behind an address: asking for it would cost one request a file"
_REGISTRY = "how the registry names and keeps its own copy"
_PAGING = "counts and places of the list, read for paging"


def _ignored() -> dict[str, str]:
    """Fields with no use here, below every list that entries may stand in."""
    of_entries = {
        **dict.fromkeys(("monthName", "finalizo"), _WORDED),
        **dict.fromkeys(("md5_hash", "sha", "sha256", "hash", "checksum", "md5"), _STORE),
        **dict.fromkeys((f"{box}.{name}" for box in CONTAINERS for name in ("sha", "md5", "sha256", "sha1")), _LINKED),
        **dict.fromkeys(("source_id", "retrieval_frequency", "frozen", "region", "coverage"), _REGISTRY),
    }
    found = dict.fromkeys(
        ("id", "count", "total", "page", "next", "previous", "links", "pagination", "success"), _PAGING
    )
    for root in ("[]", *(f"{name}[]" for name in LISTS)):
        found.update({f"{root}.{path}": reason for path, reason in of_entries.items()})
    return found | {path: reason for path, reason in of_entries.items() if path not in found}


IGNORED_FIELDS: Mapping[str, str] = _ignored()
"""Fields with no use here, with the reason."""


@dataclass(frozen=True, slots=True)
class Listing:
    """The entries of an index, the path where they stand, and the object around them (None where there is none)."""

    items: list[object]
    path: str
    head: Mapping[str, object] | None


@dataclass(frozen=True, slots=True)
class Head:
    """What an index says of all its entries, and where it stands: `address` as asked, `base` as answered."""

    address: str
    base: str
    native_id: str | None = None
    title: Text | None = None
    description: Text | None = None
    publisher: Agent | None = None
    licence: str | None = None
    landing_page: str | None = None
    frequency: str | None = None


def is_entry(item: object) -> bool:
    """Whether an item of a list can be read: it names files, or is a publication, a package or a contract."""
    return names_files(item) or is_registry_entry(item) or is_contract(item) or is_package(item)


def listing_of(value: object) -> Listing | None:
    """The list of entries in an object; an empty one counts where its name is one of `LISTS`. None without any.

    An object that itself names its files by format, or that is one publication of the registry, is its only entry.
    """
    if not isinstance(value, dict):
        return None
    boxes = [value[key] for key in CONTAINERS if isinstance(value.get(key), dict)]
    if is_registry_entry(value) or any(isinstance(inner, str) for box in boxes for inner in box.values()):
        return Listing([value], "", None)
    found = list(_lists(value))
    for path, items in found:
        if any(is_entry(item) for item in items[:SAMPLE]):
            return Listing(items, f"{path}[]", value)
    if has_format_fields(value):
        return Listing([value], "", None)
    return next((Listing(items, f"{path}[]", value) for path, items in found if not items and path in LISTS), None)


def _lists(value: Mapping[str, object]) -> Iterator[tuple[str, list[object]]]:
    """The lists of an object, those of well-known names first, then those of the objects in it."""
    names = [*(name for name in LISTS if name in value), *(name for name in value if name not in LISTS)]
    for name in names:
        found = value[name]
        if isinstance(found, list) and name not in _NO_LISTS:
            yield name, found
    for name in names:
        found = value[name]
        if isinstance(found, dict) and name not in _NO_LISTS:
            yield from ((f"{name}.{key}", inner) for key, inner in found.items() if isinstance(inner, list))


def read_head(entry: Entry | None, visit: Visit) -> Head:
    """The head of an index; without an object around the list it is the address alone."""
    base = visit.answer.final_url or visit.url
    if entry is None:
        return Head(visit.url, base)
    title = entry.text(*_TITLES)
    return Head(
        address=visit.url,
        base=base,
        native_id=entry.word(*_IDS) if title else None,  # an id without a title is seen to name the newest month
        title=title,
        description=entry.text(*_DESCRIPTIONS),
        publisher=read_publisher(entry) or _named_publisher(entry),
        licence=entry.word(*_LICENCES),
        landing_page=entry.url(*_PAGES),
        frequency=entry.word(*_FREQUENCIES),
    )


def _named_publisher(entry: Entry) -> Agent | None:
    name = entry.word(*_PUBLISHERS)
    return None if name is None or values.is_mail(name) else Agent(name=name)


def read_entry(item: object, path: str, head: Head, place: str, ledger: Ledger) -> Part | None:
    """One entry as a part or a whole publication; None, with a problem, where it names no file."""
    if isinstance(item, str) and values.is_web(item):
        ledger.use(path, MAPPED)
        file = read_address(item, Frame(head.base, span=span_in(item)))
        return _part(head, (file,), None, None, None)
    if not isinstance(item, dict):
        ledger.problem(place, f"{type(item).__name__} instead of an entry")
        return None
    entry = Entry(item, path, ledger)
    part = _publication(entry, head) if _is_publication(item) else _read_part(entry, head)
    entry.close()
    if not part.files and part.publication is not None:
        ledger.problem(f"{place} {part.identity or ''}".strip(), "names no file")
        return None
    return part


def _is_publication(item: Mapping[str, object]) -> bool:
    """Whether an entry is a publication and no part of one: it has a title, no month or year, and files or pages of its own."""
    quiet = Entry(item, "", Ledger({}))
    titled = any(not values.is_blank(item.get(name)) for name in _TITLES)
    if not titled or quiet.word("year", "month", "mes", "anio", "period", "periodo") is not None:
        return False
    boxed = any(isinstance(item.get(key), dict | list) for key in CONTAINERS)
    return boxed or is_registry_entry(item) or any(isinstance(item.get(name), str) for name in _PAGES)


def _read_part(entry: Entry, head: Head) -> Part:
    """A month, a year or a file of a publication."""
    native_id, modified = entry.word(*_IDS), entry.word(*MODIFIED)
    frame = Frame(head.base, native_id, stated_span(entry) or span_in(native_id), modified)
    files = read_files(entry, frame) or read_own_file(entry, frame)
    if frame.span is None:
        files = [_dated(file) for file in files]
    publisher = read_publisher(entry) or _named_publisher(entry)
    title = entry.text(*_TITLES)
    files = [_titled(file, title) for file in files]
    system = entry.word(*_SYSTEMS)
    system = None if system is None or values.is_web(system) else system
    return _part(head, tuple(files), publisher, system, native_id, entry.word(*_LICENCES))


def _dated(file: File) -> File:
    """A file whose entry tells no months: its address may."""
    return file if file.span is not None else File(file.distribution, span_in(file.distribution.url))


def _titled(file: File, title: Text) -> File:
    return File(replace(file.distribution, title=title), file.span) if title else file


def _part(
    head: Head,
    files: tuple[File, ...],
    publisher: Agent | None,
    system: str | None,
    native_id: str | None,
    licence: str | None = None,
) -> Part:
    """A part with what its index says of the publication; publisher and system are its name where they are told."""
    name = publisher.name if publisher else None
    label = f"{name} ({system})" if name and system else name or system
    agent = publisher or head.publisher or (Agent(name=system) if system else None)
    said_title = head.title if head.title and label is None else None
    dataset = Dataset(
        native_id=label or head.native_id or head.address,
        title=said_title or title_after(label or (agent.name if agent else None)),
        description=head.description or {},
        publisher=agent,
        licence=licence or head.licence,
        landing_page=head.landing_page,
        frequency=head.frequency,
        modified=newest(file.distribution.modified for file in files),
    )
    first = next((file.distribution.url for file in files if file.distribution.url), native_id)
    identity = first if len(files) < 2 else f"{first} and {len(files) - 1} more"
    return Part(identity=identity, publication=(label or "").casefold(), dataset=dataset, files=files)


def _publication(entry: Entry, head: Head) -> Part:
    """An entry that is a publication with all its files."""
    native_id = entry.word(*_IDS)
    start, end = entry.word(*STARTS), entry.word(*ENDS)
    files = registry_files(entry.value, head.base) if is_registry_entry(entry.value) else []
    if files:
        entry.take("files")
    else:
        files = read_files(entry, Frame(head.base))
    landing_page = entry.url(*_PAGES) or (entry.url(*LINKS) if files else None)
    own = [] if files else read_own_file(entry, Frame(head.base))
    dataset = Dataset(
        native_id=native_id,
        title=entry.text(*_TITLES),
        description=entry.text(*_DESCRIPTIONS),
        publisher=read_publisher(entry) or _named_publisher(entry) or head.publisher,
        licence=entry.word(*_LICENCES) or head.licence,
        modified=entry.word(*MODIFIED, "last_retrieved"),
        issued=entry.word("issued", "created", "created_at"),
        frequency=entry.word(*_FREQUENCIES) or head.frequency,
        spatial=entry.words("country", "spatial", "pais"),
        temporal=(Period(start=start, end=end),) if start or end else temporal(file.span for file in files),
        languages=entry.words("language", "languages", "idioma"),
        landing_page=landing_page,
    )
    return Part(identity=native_id, publication=None, dataset=dataset, files=(*files, *own))
