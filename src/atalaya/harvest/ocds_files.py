"""The bulk files that an entry of an index names, however it names them.

Publishers write `files` or `urls` by format (`{"json": …, "csv": …, "sha": …}`), lists of addresses or of objects, or the address
on the entry itself; the shapes are those of national indexes in Central America, Peru and Zambia and of the OCP Data Registry.
No file is asked for here. Checksums are read where they stand in the index; one that is a link would cost a request a file.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from atalaya.catalogue.records import Distribution
from atalaya.harvest import values
from atalaya.harvest.bodies import join
from atalaya.harvest.fields import IGNORED, MAPPED, Entry
from atalaya.harvest.ocds_periods import Span, between, span, span_in
from atalaya.harvest.ocds_publications import File

CONTAINERS = ("files", "urls", "downloads", "archivos", "descargas", "formats")
"""Fields that hold the files of an entry."""
LINKS = ("downloadURL", "downloadUrl", "download_url", "url", "href", "link", "enlace", "file", "archivo", "download")
"""Fields that hold one address."""
YEARS = ("year", "anio", "año", "ano", "Year", "Anio")
MONTHS = ("month", "mes", "Month", "Mes")
STARTS = ("date_from", "dateFrom", "from", "startDate", "start_date", "start", "desde")
ENDS = ("date_to", "dateTo", "to", "until", "endDate", "end_date", "end", "hasta")
MODIFIED = (
    "timestamp",
    "modified",
    "last_modified",
    "lastModified",
    "updated",
    "updated_at",
    "updatedAt",
    "publishedDate",
)
_TITLES = ("title", "name", "titulo", "nombre", "filename")
_PERIODS = ("period", "periodo", "date", "fecha")
_FORMATS = "jsonl|json|csv|xlsx|xls|ods|xml|zip"
_FORMAT_KEY = re.compile(rf"^(?:url|file|link|archivo)?_?({_FORMATS})_?(?:url|file|link)?$", re.IGNORECASE)
_SUM = r"md5|sha-?1|sha-?256|sha-?512|sha"
_SUM_KEY = re.compile(rf"^(?:{_SUM}|checksum|hash|digest)$", re.IGNORECASE)
_SUM_OF_FORMAT = re.compile(rf"^(?:({_SUM})_({_FORMATS})|({_FORMATS})_({_SUM}))$", re.IGNORECASE)
_DIGEST = re.compile(r"^[0-9a-fA-F]{32,128}$")
_SUM_BY_LENGTH = {32: "md5", 40: "sha1", 64: "sha256", 128: "sha512"}


@dataclass(frozen=True, slots=True)
class Frame:
    """What an entry says of all the files in it: where relative addresses start, their id, months and date."""

    base: str
    native_id: str | None = None
    span: Span | None = None
    modified: str | None = None
    checksums: Mapping[str, str] | None = None


def names_files(item: object) -> bool:
    """Whether an object may name files: it has a container that says something, a format as a field, or an address."""
    if not isinstance(item, dict):
        return isinstance(item, str) and values.is_web(item)
    return is_boxed(item) or has_format_fields(item) or any(values.word(item.get(key)) is not None for key in LINKS)


def is_boxed(item: Mapping[str, object]) -> bool:
    """Whether an object has a container of files that says something."""
    return any(isinstance(item.get(key), dict | list) and item[key] for key in CONTAINERS)


def has_format_fields(item: Mapping[str, object]) -> bool:
    """Whether an object holds addresses in fields that are named after formats."""
    return any(isinstance(item[key], str) and _FORMAT_KEY.match(key) for key in item)


def read_address(url: str, frame: Frame) -> File:
    """A file of which nothing but the address is said."""
    return _file(url, None, frame)


def stated_span(entry: Entry) -> Span | None:
    """The months that an entry tells: a year with or without a month, a period, or two dates."""
    year, month = entry.word(*YEARS), entry.word(*MONTHS)
    start, end = entry.word(*STARTS), entry.word(*ENDS)
    found = span(year, month) or between(start, end)
    return found or next((known for key in _PERIODS if (known := span_in(_told(entry, key))) is not None), None)


def _told(entry: Entry, key: str) -> str | None:
    return entry.word(key) if key in entry.value else None


def read_files(entry: Entry, frame: Frame) -> list[File]:
    """Every file that an entry names; addresses on the entry itself come after those in containers."""
    frame = replace(frame, checksums=_checksums(entry))
    found: list[File] = []
    for key in list(entry.value):
        format_key = _FORMAT_KEY.match(key)
        if key in CONTAINERS:
            found += _contained(entry, key, frame)
        elif format_key is not None:
            found += _one_format(entry.take(key), format_key[1].lower(), entry, entry.at(key), frame)
    return found


def read_own_file(entry: Entry, frame: Frame, format_name: str | None = None) -> list[File]:
    """The file that an object is itself: its address, format, size and checksum."""
    url = entry.url(*LINKS)
    if url is None:
        return []
    stated = entry.word("format", "formato", "type", "mediaType", "extension") or format_name
    said = entry.word("checksum", "hash", "sha256", "sha1", "md5", "sha")
    own = (_checksums(entry) or {}).get((stated or "").lower())
    title = entry.text(*_TITLES)
    frame = replace(
        frame,
        native_id=entry.word("id", "identifier") or frame.native_id,
        span=stated_span(entry) or frame.span,
        modified=entry.word(*MODIFIED) or frame.modified,
        checksums={(stated or ""): own or digest(said) or (frame.checksums or {}).get((stated or "").lower(), "")},
    )
    file = _file(url, stated, frame)
    size = entry.size("size", "byteSize", "bytes")
    return [
        replace(file, distribution=replace(file.distribution, title=title or file.distribution.title, byte_size=size))
    ]


def digest(text: str | None) -> str | None:
    """A checksum with the name of its algorithm, which its length tells; None for what is none, such as a link to one.

    >>> digest("D41D8CD98F00B204E9800998ECF8427E"), digest("https://a.example/x.md5")
    ('md5:d41d8cd98f00b204e9800998ecf8427e', None)
    """
    if text is None or not _DIGEST.match(text) or len(text) not in _SUM_BY_LENGTH:
        return None
    return f"{_SUM_BY_LENGTH[len(text)]}:{text.lower()}"


def _checksums(entry: Entry) -> dict[str, str]:
    """Checksums that an entry gives by format, such as `md5_json`."""
    found = {}
    for key in list(entry.value):
        match = _SUM_OF_FORMAT.match(key)
        known = digest(values.word(entry.value[key])) if match else None
        if match and known is not None:
            entry.take(key)
            found[(match[2] or match[3]).lower()] = known
    return found


def _contained(entry: Entry, key: str, frame: Frame) -> list[File]:
    container = entry.take(key)
    path = entry.at(key)
    if isinstance(container, list):
        return _one_format(container, None, entry, path, frame)
    if isinstance(container, str):
        return _one_format(container, None, entry, path, frame)
    if not isinstance(container, dict):
        return []
    inner = Entry(container, path, entry.ledger)
    found = []
    for name in list(container):
        if _SUM_KEY.match(name):
            inner.skip(name)
            entry.ledger.use(inner.at(name), IGNORED)
            continue
        known = _FORMAT_KEY.match(name)
        found += _one_format(inner.take(name), known[1].lower() if known else name, entry, inner.at(name), frame)
    return found


def _one_format(value: object, name: str | None, entry: Entry, path: str, frame: Frame) -> list[File]:
    """The files under a format's name, or in a list without formats: addresses, objects, or lists of both."""
    found = []
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, dict):
            inner = Entry(item, f"{path}[]" if isinstance(value, list) else path, entry.ledger)
            own = read_own_file(inner, frame, name) or read_files(inner, _inner_frame(inner, frame))
            inner.close()
            found += own
            if not own:
                entry.ledger.unreadable(path, "an object that names no file")
        elif (text := values.word(item)) is not None and not isinstance(item, bool | int | float):
            if isinstance(value, list):
                entry.ledger.use(f"{path}[]", MAPPED)
            found.append(_file(text, name, frame))
        elif not values.is_blank(item):
            entry.ledger.unreadable(path, "not an address")
    return found


def _inner_frame(inner: Entry, frame: Frame) -> Frame:
    return replace(frame, span=stated_span(inner) or frame.span, modified=inner.word(*MODIFIED) or frame.modified)


def _file(url: str, format_name: str | None, frame: Frame) -> File:
    """One file: its id is the entry's with the format, its title the months that it covers."""
    name = format_name or ""
    native_id = f"{frame.native_id}/{name}" if frame.native_id and name else frame.native_id
    checksum = (frame.checksums or {}).get(name) or (frame.checksums or {}).get(name.lower())
    distribution = Distribution(
        native_id=native_id,
        title={} if frame.span is None else {"": frame.span.start},
        download_url=join(frame.base, url) or url,
        format=format_name,
        modified=frame.modified,
        checksum=checksum or None,
    )
    return File(distribution, frame.span)
