"""Inspect a file: judge its format by its bytes, read it with the reader of its family, and say what is wrong with it.

Hostile bytes end as defects. Only faults of our own raise.
"""

import csv
import hashlib
import os
import re
import struct
import tempfile
import urllib.parse
import zipfile
import zlib
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from atalaya.catalogue.vocabularies.formats import find_format, format_of_extension, read_format
from atalaya.inspection.description import describe
from atalaya.inspection.findings import Defect, Inspection
from atalaya.inspection.large import read_large, sniff_large, survey_of
from atalaya.inspection.limits import DEFAULT, Limits
from atalaya.inspection.material import Findings, Hint, Inside, Material, Sniffed, Spending
from atalaya.inspection.registry import reader_of
from atalaya.inspection.sniff import sniff
from atalaya.inspection.survey import Digests, Survey, digests

HOSTILE: tuple[type[BaseException], ...] = (
    ValueError, ArithmeticError, LookupError, EOFError, OSError, RecursionError, MemoryError, struct.error, csv.Error, zlib.error,
    zipfile.BadZipFile, NotImplementedError, AttributeError, TypeError,
)  # fmt: skip
"""What reading bytes made to break readers may raise inside them and inside the libraries that they call."""


def inspect_file(
    path: Path, *, url: str | None = None, media_type: str | None = None, limits: Limits = DEFAULT
) -> Inspection:
    """What a file is. `url` is where it was published, `media_type` what the server called it; both only break ties.

    Raises OSError when the file cannot be opened: that is our side, not the publisher's.
    """
    hint = _hint(url or path.name, media_type)
    with path.open("rb", buffering=0) as file:
        data = file.readall() if os.fstat(file.fileno()).st_size <= limits.held else None
    return _inspect_large(path, hint, limits) if data is None else _inspect_held(data, hint, limits)


def inspect_bytes(
    data: bytes, *, url: str | None = None, media_type: str | None = None, limits: Limits = DEFAULT
) -> Inspection:
    """What bytes are; never raises for any bytes."""
    hint = _hint(url, media_type)
    if len(data) <= limits.held:
        return _inspect_held(data, hint, limits)
    with _spooled(data) as path:
        return _inspect_large(path, hint, limits)


def unread(path: Path) -> Inspection:
    """What is said of a file whose reading ended the process in which it was read. Raises OSError when it cannot be opened."""
    broken = Defect(code="unreadable", place="file", detail="the reader of this format broke off")
    sniffed = Sniffed(format=None, reason="the bytes could not be judged", defects=(broken,))
    return _inspection(sniffed, Findings(), path.stat().st_size, digests(path))


def _inspect_held(data: bytes, hint: Hint, limits: Limits) -> Inspection:
    sniffed, findings = _inspect(data, hint, limits, 0, Spending())
    md5, sha1 = hashlib.md5(data, usedforsecurity=False), hashlib.sha1(data, usedforsecurity=False)
    found = Digests(hashlib.sha256(data).hexdigest(), md5.hexdigest(), sha1.hexdigest())
    return _inspection(sniffed, _described(findings, limits), len(data), found)


def _described(findings: Findings, limits: Limits) -> Findings:
    """The findings with what the columns mean, where that was asked for; cells go unless they were asked for too."""
    if not limits.described:
        return findings
    tables = [describe(table, limits.knowledge) for table in findings.tables]
    if not limits.cells_kept:
        tables = [replace(table, tallies=None) for table in tables]
    return replace(findings, tables=tuple(tables))


def _inspect_large(path: Path, hint: Hint, limits: Limits) -> Inspection:
    """What a file is that is held as a whole only where it must be; its digests are computed meanwhile."""
    size = path.stat().st_size
    with ThreadPoolExecutor(1) as thread:
        sniffed, findings, found = _read_large(path, hint, limits, thread)
        if findings is None and size > limits.whole:
            return _inspect_head(path, size, hint, found.result())
        if sniffed is None or findings is None:
            sniffed, findings = _inspect(path.read_bytes(), hint, replace(limits, held=size), 0, Spending())
        return _inspection(sniffed, _described(findings, limits), size, found.result())


def _read_large(
    path: Path, hint: Hint, limits: Limits, thread: ThreadPoolExecutor
) -> tuple[Sniffed | None, Findings | None, "Future[Digests]"]:
    """The findings of a delimited text that is read from its file, None where it is none or cannot be; and the file's digests."""
    sniffed: Sniffed | None = None
    findings: Findings | None = None
    with _outcomes([]):
        sniffed = sniff_large(path, hint, limits)
    if sniffed is None:
        return None, None, thread.submit(digests, path)
    survey = survey_of(sniffed)
    found = thread.submit(digests, path, survey.feed)
    with _outcomes([]):
        findings = read_large(path, sniffed, lambda: _surveyed(survey, found), limits)
    return sniffed, findings, found


def _surveyed(survey: Survey, found: "Future[Digests]") -> Survey:
    """A survey once all bytes were seen."""
    found.result()
    return survey


@contextmanager
def _spooled(data: bytes) -> Iterator[Path]:
    """A file that holds some bytes for a while."""
    with tempfile.TemporaryDirectory(prefix="atalaya-") as folder:
        path = Path(folder) / "bytes"
        path.write_bytes(data)
        yield path


def _inspection(sniffed: Sniffed, findings: Findings, size: int, found: Digests) -> Inspection:
    known = find_format(sniffed.format)
    return Inspection(
        format=sniffed.format,
        media_type=known.media_types[0] if known is not None and known.media_types else None,
        size=size,
        sha256=found.sha256,
        encoding=findings.encoding,
        dialect=findings.dialect,
        members=findings.members,
        tables=findings.tables,
        defects=tuple(dict.fromkeys((*sniffed.defects, *findings.defects))),
        content_sha256=findings.content_sha256 or found.sha256,
        service=findings.service,
        md5=found.md5,
        sha1=found.sha1,
        document=findings.document,
        reason=sniffed.reason,
    )


def _inspect(data: bytes, hint: Hint, limits: Limits, depth: int, spending: Spending) -> tuple[Sniffed, Findings]:
    if len(data) > limits.held:
        with _spooled(data) as path, ThreadPoolExecutor(1) as thread:
            large, read, _ = _read_large(path, hint, limits, thread)
        if large is not None and read is not None:
            return large, read
    sniffed = Sniffed(format=None, reason="the bytes could not be judged")
    found: list[Defect] = []
    with _outcomes(found):
        sniffed = sniff(data, hint, limits)
    findings = Findings()
    material = Material(
        data=data,
        sniffed=sniffed,
        limits=limits,
        hint=hint,
        depth=depth,
        look_inside=_look_inside(limits, spending),
        spending=spending,
    )
    if sniffed.format is not None and not found:
        with _outcomes(found):
            findings = reader_of(sniffed.format, sniffed.decoded is not None)(material)
    if found:
        findings = Findings(encoding=findings.encoding, defects=(*findings.defects, *found))
    return sniffed, findings


@contextmanager
def _outcomes(found: list[Defect]) -> Iterator[None]:
    """Turn what hostile bytes raise inside readers into a defect. A panic of a Rust reader derives from BaseException."""
    try:
        yield
    except HOSTILE as error:
        found.append(Defect(code="unreadable", place="file", detail=f"reading it failed: {type(error).__name__}"))
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        found.append(Defect(code="unreadable", place="file", detail="the reader of this format broke off"))


def _look_inside(limits: Limits, spending: Spending) -> Callable[[bytes, str, int], Inside]:
    def look(data: bytes, name: str, depth: int) -> Inside:
        sniffed, findings = _inspect(data, _hint(name, None), limits, depth, spending)
        content = findings.content_sha256 or hashlib.sha256(data).hexdigest()
        whole = Findings(
            encoding=findings.encoding,
            dialect=findings.dialect,
            members=findings.members,
            tables=findings.tables,
            defects=(*sniffed.defects, *findings.defects),
            content_sha256=content,
            document=findings.document,
        )
        return Inside(format=sniffed.format, findings=whole)

    return look


def _hint(url: str | None, media_type: str | None) -> Hint:
    """What the name and the media type claim. A compressed file's name tells of what is inside: `a.csv.gz` names gzip only."""
    path = urllib.parse.unquote(urllib.parse.urlsplit(url or "").path) if "://" in (url or "") else (url or "")
    name = path.rsplit("/", 1)[-1]
    match = re.search(r"\.([A-Za-z0-9]{1,12})$", name)
    extension = format_of_extension(match.group(1)) if match else None
    claimed = _claimed(media_type)
    return Hint(formats=tuple(dict.fromkeys(filter(None, (extension, *claimed)))), name=name)


@lru_cache(maxsize=1_000)
def _claimed(media_type: str | None) -> tuple[str, ...]:
    """The formats that a media type names."""
    return read_format(None, media_type).ids


def _inspect_head(path: Path, size: int, hint: Hint, found: Digests) -> Inspection:
    """Of a file too large to be held: its format by its head."""
    with path.open("rb") as stream:
        head = stream.read(DEFAULT.ratio_from)
    sniffed, _ = _inspect(head, hint, replace(DEFAULT, held=len(head)), DEFAULT.nesting, Spending())
    large = Defect(
        code="too_large", place="file", detail=f"{size} bytes are more than are read whole; only the head was judged"
    )
    shown = Sniffed(format=sniffed.format, reason=sniffed.reason, defects=(large,))
    return _inspection(shown, Findings(), size, found)
