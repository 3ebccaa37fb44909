"""The archived bytes that published observations cite, and the versions of each resource.

Bytes are `open` where a reading found tables with columns and none of them personal; `personal` where one was, in any
observation; `document` where nobody looked at their tables for personal data yet; `ends` where only their beginning and end
were kept; `unread` where no program can say (texts, pictures, pages, answers of catalogues): those are handed out only after a
person ruled so (`atalaya archive open`).
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from atalaya.catalogue.records import preferred
from atalaya.history.read import Sealed
from atalaya.publish.dumps.masking import masked
from atalaya.publish.read_model.values import TITLE, Values, texts
from atalaya.publish.words import clean

TEXTS = frozenset({"csv", "tsv", "txt", "json", "jsonl", "ndjson", "geojson", "xml"})
SHEETS = frozenset({"xls", "xlsx", "xlsb", "xlsm", "ods"})
COLUMNAR = frozenset({"parquet", "arrow", "feather", "avro", "dbf", "sav", "dta", "sas7bdat", "rds"})
TABULAR = TEXTS | SHEETS | COLUMNAR
"""Formats of which every cell stands in a table that an inspection reads."""


@dataclass(slots=True)
class Blob:
    """Bytes by what is known of them over all observations."""

    size: int
    kept: str
    kind: str
    title: str
    url: str | None
    subject: str | None
    media_type: str | None
    first: str
    last: str
    format: str | None = None
    content: str | None = None
    rows: int | None = None
    read: bool = False
    """Whether its tables were read with every column judged."""


@dataclass(slots=True)
class Version:
    """The same bytes of a resource, observation after observation."""

    sha256: str
    first: str
    last: str
    observations: int = 1


@dataclass
class Seen:
    """What observations saw, gathered one after the other, oldest first."""

    blobs: dict[str, Blob] = field(default_factory=dict)
    versions: dict[str, list[Version]] = field(default_factory=dict)
    """Resource id, as the newest observation that has it calls it → its versions, oldest first."""
    personal: set[str] = field(default_factory=set)


def seen_in(observations: Sequence[Sealed]) -> Seen:
    """Gather what the observations saw."""
    seen = Seen()
    for observation in observations:
        _move(seen, observation)
        _resources(seen, observation)
        _others(seen, observation)
        _inspections(seen, observation)
    return seen


def archived(seen: Seen) -> Iterator[Values]:
    """One row for all bytes that were seen."""
    for sha256, blob in sorted(seen.blobs.items()):
        yield (
            sha256,
            blob.size,
            blob.kept,
            blob.kind,
            blob.format,
            blob.media_type,
            state_of(sha256, blob, seen.personal),
            blob.title,
            blob.url,
            blob.subject,
            blob.first,
            blob.last,
        )


def versions(seen: Seen) -> Iterator[Values]:
    """One row for each version of each resource, oldest first; bytes that came back later are a version again."""
    for resource, found in sorted(seen.versions.items()):
        before: str | None = None
        for place, version in enumerate(found):
            blob = seen.blobs[version.sha256]
            same = before is not None and blob.content == before
            yield (
                resource,
                place,
                version.sha256,
                version.first,
                version.last,
                version.observations,
                blob.format,
                blob.size,
                blob.rows,
                same,
            )
            before = blob.content


COLUMNS = 200
"""Columns of a table that pages show; all of them are in the dumps."""


def columns(observation: Sealed) -> Iterator[Values]:
    """One row for each of the first columns of every table of every resource, without any value."""
    names = ("resource_id", "table", "column", "name", "kind", "filled", "missing", "distinct", "personal")
    for resource, table, place, name, *rest in observation.values("columns", names, f'"column" <= {COLUMNS}'):
        yield resource, table, place, clean(str(masked(str(name or ""))), TITLE), *rest


def state_of(sha256: str, blob: Blob, personal: set[str]) -> str:
    """Whether bytes may be handed out, as far as observations tell: see the module."""
    if sha256 in personal:
        return "personal"
    if blob.kept != "whole":
        return blob.kept
    if blob.read:
        return "open"
    return "document" if blob.kind in ("resource", "document") and blob.format in TABULAR else "unread"


def _move(seen: Seen, observation: Sealed) -> None:
    """Versions go with a resource that came back under another identifier."""
    for row in observation.values("migrations", ("subject_id", "former_id"), "level = 'resource'"):
        subject, former = str(row[0]), str(row[1])
        if former in seen.versions and former != subject:
            seen.versions[subject] = seen.versions.pop(former) + seen.versions.get(subject, [])


def _resources(seen: Seen, observation: Sealed) -> None:
    day = observation.manifest.as_of[:10]
    titles = {
        str(row[0]): clean(preferred(texts(_parsed(row[1]))) or "", TITLE)
        for row in observation.values("distributions", ("resource_id", "title"))
    }
    columns = ("resource_id", "url", "sha256", "size", "kept", "media_type", "status")
    for resource, url, sha256, size, kept, media_type, status in observation.values(
        "probes", columns, "sha256 IS NOT NULL"
    ):
        identifier, digest = str(resource), str(sha256)
        _note(
            seen,
            digest,
            Blob(int(str(size)), str(kept), "resource", titles.get(identifier, ""), _text(url), identifier,
                 _text(media_type), day, day),
        )  # fmt: skip
        if isinstance(status, int) and 200 <= status < 300:
            _version(seen.versions.setdefault(identifier, []), digest, day)


def _version(found: list[Version], sha256: str, day: str) -> None:
    if found and found[-1].sha256 == sha256:
        found[-1].observations += found[-1].last != day
        found[-1].last = day
    elif not (
        found and found[-1].last == day
    ):  # a second address of the same resource in one observation is no version
        found.append(Version(sha256, day, day))


def _others(seen: Seen, observation: Sealed) -> None:
    """Documents and pages of sites, and answers of catalogues."""
    day = observation.manifest.as_of[:10]
    columns = ("source_id", "url", "sha256", "media_type")
    for table, kind in (("site_documents", "document"), ("site_pages", "page"), ("pages", "answer")):
        for source, url, sha256, media_type in observation.values(table, columns, "sha256 IS NOT NULL"):
            blob = Blob(0, "whole", kind, "", _text(url), _text(source), _text(media_type), day, day)
            _note(seen, str(sha256), blob)
    for sha256, size, kept in observation.values("blobs", ("sha256", "size", "kept")):
        known = seen.blobs.get(str(sha256))
        if known is not None:
            known.size, known.kept = int(str(size)), str(kept)


def _note(seen: Seen, sha256: str, blob: Blob) -> None:
    known = seen.blobs.get(sha256)
    if known is None:
        seen.blobs[sha256] = blob
        return
    known.last = blob.last
    if blob.kind == "resource" and (known.kind != "resource" or known.last != blob.first):
        known.kind, known.subject, known.title, known.url = blob.kind, blob.subject, blob.title, blob.url


def _inspections(seen: Seen, observation: Sealed) -> None:
    """What bytes are, and which hold a column that seems to be personal."""
    columns = ("resource_id", "sha256", "format", "content_sha256", "tables", "members")
    hashes: dict[str, str] = {}
    for resource, sha256, form, content, tables, members in observation.values(
        "inspections", columns, "sha256 IS NOT NULL"
    ):
        hashes[str(resource)] = str(sha256)
        blob = seen.blobs.get(str(sha256))
        if blob is not None and blob.format is None and form:
            found = _parsed(tables)
            read = [table for table in found if isinstance(table, dict)] if isinstance(found, list) else []
            blob.format, blob.content = str(form), _text(content)
            blob.rows = sum(int(table.get("rows") or 0) for table in read) if read else None
            whole = all(table.get("content") != "page" for table in read)
            blob.read = (
                bool(read)
                and whole
                and (form in TABULAR or (form == "zip" and _is_tabular(_parsed(members), len(read))))
            )
    for row in observation.values("site_contents", ("sha256", "format", "rows", "content_sha256")):
        blob = seen.blobs.get(str(row[0]))
        if blob is not None and blob.format is None and row[1]:
            blob.format, blob.content = str(row[1]), _text(row[3])
    for (resource,) in observation.values("columns", ("resource_id",), "personal IS NOT NULL"):
        if str(resource) in hashes:
            seen.personal.add(hashes[str(resource)])


def _is_tabular(members: object, tables: int) -> bool:
    """Whether every file of a container was read: each is of such a format, and there are as many tables as files.

    Folders count for nothing. Of a container with very many files only the first are inspected: it has fewer tables then.
    """
    found = [each for each in members if isinstance(each, dict)] if isinstance(members, list) else []
    files = [each for each in found if not str(each.get("path", "")).endswith("/")]
    return 0 < len(files) <= tables and all(each.get("format") in TABULAR for each in files)


def _parsed(value: object) -> object:
    return json.loads(value) if isinstance(value, str) else value


def _text(value: object) -> str | None:
    return str(value) if value else None
