"""The bytes of files, by their SHA-256, in a folder of their own. Django-free.

A file is written beside its place, forced to disk and renamed: whoever ends the process leaves no half of it. Bytes that no row
knows are removed after a day; a lock keeps that apart from bytes that are just being kept again.
"""

import contextlib
import fcntl
import hashlib
import os
import re
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

FOLDER = "uploads"
ORPHANED = 86_400
"""Seconds after which bytes without a row go: longer than any request that still makes one."""
PIECE = 1 << 18
_SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Incoming:
    """Bytes that arrived and are not kept yet."""

    path: Path
    sha256: str
    size: int


def folder_of(home: Path) -> Path:
    """Where the bytes of a home folder are."""
    return home / FOLDER


def path_of(home: Path, sha256: str) -> Path:
    """Where bytes are, whether or not they are there. Raises ValueError where the text is no hash."""
    if not _SHA256.fullmatch(sha256):
        raise ValueError(f"{sha256!r} is no SHA-256; it has 64 digits of 0-9 and a-f")
    return folder_of(home) / sha256[:2] / sha256


@contextlib.contextmanager
def incoming(home: Path, pieces: Iterable[bytes]) -> Iterator[Incoming]:
    """Bytes in a file that goes when the context ends, unless `keep` has moved it."""
    folder = folder_of(home) / "incoming"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    number, name = tempfile.mkstemp(dir=folder)
    path, digest, size = Path(name), hashlib.sha256(), 0
    try:
        with os.fdopen(number, "wb") as file:
            for piece in pieces:
                file.write(piece)
                digest.update(piece)
                size += len(piece)
            file.flush()
            os.fsync(file.fileno())
        yield Incoming(path, digest.hexdigest(), size)
    finally:
        path.unlink(missing_ok=True)


def keep(home: Path, found: Incoming) -> Path:
    """Put bytes in their place for good; once, however often they come."""
    place = path_of(home, found.sha256)
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with _locked(home, fcntl.LOCK_SH):
        if place.is_file() and place.stat().st_size == found.size:
            os.utime(place)  # so that nothing takes them for orphans before their new row is there
        else:
            found.path.replace(place)
            _forced(place.parent)
    return place


def sweep(home: Path, known: Callable[[str], bool], now: float | None = None) -> int:
    """Remove what no row knows and is older than a day, unfinished arrivals too; gives how many."""
    folder, moment, removed = folder_of(home), time.time() if now is None else now, 0
    if not folder.is_dir():
        return 0
    for path in sorted(folder.glob("*/*")):
        with _locked(home, fcntl.LOCK_EX), contextlib.suppress(FileNotFoundError):
            if moment - path.stat().st_mtime < ORPHANED:
                continue
            if path.parent.name == "incoming" or not known(path.name):
                path.unlink()
                removed += 1
    return removed


def pieces_of(path: Path) -> Iterator[bytes]:
    """The bytes of a file, some at a time."""
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            yield piece


@contextlib.contextmanager
def _locked(home: Path, how: int) -> Iterator[None]:
    with (folder_of(home) / "lock").open("ab") as lock:
        fcntl.flock(lock, how)
        yield


def _forced(folder: Path) -> None:
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)
