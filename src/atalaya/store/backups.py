"""Backups of the home folder in a depot: every file once by its hash, and a manifest of each backup, written last.

    objects/ab/<sha256>            bytes of files, dumps and encrypted keys
    backups/<moment>.json          one manifest a backup
    running/<moment>.json          a backup that is being made, or died
    atalaya-backups.json           says that the place is one of backups

What was copied is read back and hashed before the manifest is written. A file that stands unchanged since the backup before
(same size, same moment of change) is not read again, unless everything is to be hashed anew.
"""

import hashlib
import json
import os
import stat
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import BinaryIO, Final

from atalaya.clock import stamp
from atalaya.exceptions import IntegrityError, StoreError
from atalaya.store.backup_manifest import (
    OBJECTS,
    Entry,
    Manifest,
    backup_names,
    manifest_name,
    object_name,
    read_manifest,
)
from atalaya.store.depots import PIECE, Depot, copy, put, read
from atalaya.store.home import DATABASE, KEYS, MADE_ANEW
from atalaya.store.parts import TEMPORARY

RUNNING: Final = "running"
MARK: Final = "atalaya-backups.json"
"""Says that a depot holds backups and nothing else."""

DEAD_AFTER: Final = timedelta(days=2)
"""After this a backup that never ended is taken for dead, so that its objects may be removed."""

PASSING: Final = frozenset({"lock", "tmp", "lookups", "identifying"})
"""Names of files and folders that only a running process has a use for."""


@dataclass(frozen=True, slots=True)
class Copied:
    """What making a backup took: files in all, and files and bytes that had to be copied."""

    files: int
    copied: int
    copied_bytes: int


class Copier:
    """Copies files into a depot, each content once. `known` are the entries of the backup before, by path.

    With `thorough` nothing is taken as known: every file is hashed, and what the depot holds already is read back too.
    """

    def __init__(self, depot: Depot, known: dict[str, Entry], *, thorough: bool = False) -> None:
        self._depot, self._known, self._thorough = depot, {} if thorough else known, thorough
        self._there = {place.rpartition("/")[2] for place in depot.names(OBJECTS)}
        self._checked: set[str] = set()
        self.copied = self.copied_bytes = 0

    def add_file(self, home: Path, path: Path) -> Entry | None:
        """The entry of a file, copied where its content is new; None where it is gone meanwhile."""
        name = path.relative_to(home).as_posix()
        try:
            with path.open("rb") as stream:
                found = os.fstat(stream.fileno())
                before = self._known.get(name)
                if before is not None and before.sha256 in self._there and _unchanged(before, found):
                    return before
                sha256, size = digest_of(stream)
                stream.seek(0)
                if not self._keep(stream, sha256, size):
                    # It grew meanwhile: what was read at one moment is kept.
                    with _snapshot(path, home) as (frozen, sha256, size):
                        self._keep(frozen, sha256, size)
        except FileNotFoundError:
            return None
        except OSError as error:
            raise StoreError(f"{path} cannot be read: {error.strerror}; the backup would lack it") from error
        return Entry(name, size, sha256, stat.S_IMODE(found.st_mode), found.st_mtime_ns)

    def add_stream(self, name: str, stream: BinaryIO) -> Entry:
        """The entry of something that is no file of the home folder, copied where its content is new. It must be able to seek."""
        stream.seek(0)
        sha256, size = digest_of(stream)
        stream.seek(0)
        if not self._keep(stream, sha256, size):
            raise IntegrityError(f"{name} changed while it was copied; nothing else may write to it")
        return Entry(name, size, sha256, 0o600, 0)

    def _keep(self, stream: BinaryIO, sha256: str, size: int) -> bool:
        """Copy a content unless it is there; False where the stream gave another one than was hashed before."""
        if sha256 in self._there:
            if self._thorough and sha256 not in self._checked:
                check_object(self._depot, sha256, size)
                self._checked.add(sha256)
            return True
        try:
            self._depot.write(object_name(sha256), lambda target: _copy_hashed(stream, target, sha256))
        except _Changed:
            return False
        check_object(self._depot, sha256, size)
        self._there.add(sha256)
        self._checked.add(sha256)
        self.copied += 1
        self.copied_bytes += size
        return True


def _unchanged(before: Entry, found: os.stat_result) -> bool:
    return (before.size, before.changed) == (found.st_size, found.st_mtime_ns)


class _Changed(StoreError):
    """A file changed between being hashed and being copied."""


def _copy_hashed(source: BinaryIO, target: BinaryIO, sha256: str) -> None:
    digest = hashlib.sha256()
    while piece := source.read(PIECE):
        digest.update(piece)
        target.write(piece)
    if digest.hexdigest() != sha256:
        raise _Changed(f"{sha256} changed while it was copied")


class _snapshot:  # noqa: N801 - used as a context
    """What a file held at one moment, in a file without name beside it: (stream, sha256, size)."""

    def __init__(self, path: Path, home: Path) -> None:
        self._path = path
        self._copy: BinaryIO = tempfile.TemporaryFile(dir=home)  # noqa: SIM115 - closed at the end of the context

    def __enter__(self) -> tuple[BinaryIO, str, int]:
        with self._path.open("rb") as source:
            copy(source, self._copy)
        self._copy.seek(0)
        sha256, size = digest_of(self._copy)
        self._copy.seek(0)
        return self._copy, sha256, size

    def __exit__(self, *_error: object) -> None:
        self._copy.close()


def digest_of(stream: BinaryIO) -> tuple[str, int]:
    """The sha256 of a stream up to its end, and its bytes."""
    digest, size = hashlib.sha256(), 0
    while piece := stream.read(PIECE):
        digest.update(piece)
        size += len(piece)
    return digest.hexdigest(), size


def check_object(depot: Depot, sha256: str, size: int) -> None:
    """Read an object back. Raises IntegrityError where its bytes are not those of its name."""
    with depot.open(object_name(sha256)) as stream:
        found = digest_of(stream)
    if found != (sha256, size):
        raise IntegrityError(
            f"{object_name(sha256)} in {depot.address} holds {found[1]} bytes of hash {found[0]} in place of {size}; "
            "the storage is at fault: remove this object and make the backup again"
        )


def kept_files(home: Path) -> Iterator[Path]:
    """The files of a home folder that a backup holds, in the order in which they are copied.

    What refers to others comes before what it refers to, so that nothing is referred to that is not there: observations before
    the archive, bytes of the archive before their classes. The database must have been dumped before all of them.
    """
    last = {"archive": 2, "observations": 1}
    tops = sorted(home.iterdir(), key=lambda path: (last.get(path.name, 0), path.name))
    for top in tops:
        if top.name in (DATABASE, *MADE_ANEW, *KEYS):
            continue
        yield from _files(top)


def key_files(home: Path) -> list[Path]:
    """The files of a home folder that are secret."""
    return [path for name in KEYS if (home / name).exists() for path in _files(home / name)]


def _files(path: Path) -> Iterator[Path]:
    """The files at and below a path, in order of their names; links are neither followed nor kept."""
    if path.name in PASSING or path.name.endswith(TEMPORARY) or path.is_symlink():
        return
    if path.is_file():
        yield path
    elif path.is_dir():
        try:
            below = sorted(path.iterdir())
        except FileNotFoundError:
            return
        for each in below:
            yield from _files(each)


def without_withdrawn(entries: Iterable[Entry], home: Path) -> tuple[Entry, ...]:
    """Entries without the bytes of blobs that were withdrawn while the backup was made: only their tombstones are kept."""
    entries = tuple(entries)
    gone = set()
    for entry in entries:
        if entry.path.startswith("archive/classes/"):
            try:
                if json.loads((home / entry.path).read_bytes()).get("class") == "withdrawn":
                    gone.add(Path(entry.path).stem)
            except (OSError, ValueError, AttributeError):
                continue
    return tuple(entry for entry in entries if not (_is_blob(entry.path) and Path(entry.path).stem in gone))


def _is_blob(path: str) -> bool:
    return path.startswith("archive/blobs/")


def claim_place(depot: Depot) -> None:
    """Make a depot one of backups. Raises StoreError where it holds other things: they may be somebody's."""
    if depot.size(MARK) is not None:
        return
    other = next(iter(depot.names("")), None)
    if other is not None:
        raise StoreError(f"{depot.address} holds {other} and no backups; give an empty place or one of backups")
    put(depot, MARK, b'{"holds": "backups of Atalaya", "format": 1}\n')


def begin(depot: Depot, name: str, moment: datetime) -> None:
    """Note that a backup is being made. Raises StoreError where one of its name stands already."""
    if depot.size(manifest_name(name)) is not None:
        raise StoreError(f"{depot.address} holds a backup {name} already; nothing is overwritten")
    said = json.dumps({"began": stamp(moment)}).encode()
    put(depot, f"{RUNNING}/{name}.json", said)


def end(depot: Depot, name: str) -> None:
    """Note that a backup is done, or given up."""
    depot.remove(f"{RUNNING}/{name}.json")


def verify(depot: Depot, manifest: Manifest, told: Callable[[int, int], None] = lambda _done, _all: None) -> None:
    """Hash every object of a backup. Raises IntegrityError naming the first that is missing or differs."""
    entries = {entry.sha256: entry for entry in manifest.all_entries()}
    for number, (sha256, entry) in enumerate(sorted(entries.items()), start=1):
        if depot.size(object_name(sha256)) is None:
            raise IntegrityError(
                f"the backup {manifest.name} in {depot.address} lacks the bytes of {entry.path}; take another backup"
            )
        check_object(depot, sha256, entry.size)
        told(number, len(entries))


def keep_newest(depot: Depot, number: int, now: datetime) -> tuple[tuple[str, ...], int]:
    """Remove all backups but the newest ones, and the objects that none needs; gives their names and the objects removed.

    Raises StoreError while a backup is being made, or where a manifest that stays cannot be read.
    """
    names = backup_names(depot)
    gone, stay = names[: max(0, len(names) - number)], names[max(0, len(names) - number) :]
    needed = {entry.sha256 for name in stay for entry in read_manifest(depot, name).all_entries()}
    for place in list(depot.names(RUNNING)):
        if not _is_dead(depot, place, now):
            raise StoreError(f"{depot.address} is being written to ({place}); try again when that backup is done")
        depot.remove(place)
    for name in gone:
        depot.remove(manifest_name(name))
    removed = 0
    for place in list(depot.names(OBJECTS)):
        if place.rpartition("/")[2] not in needed:
            depot.remove(place)
            removed += 1
    return gone, removed


def _is_dead(depot: Depot, place: str, now: datetime) -> bool:
    data = read(depot, place)
    try:
        return datetime.fromisoformat(json.loads(data)["began"]) < now - DEAD_AFTER
    except (ValueError, KeyError, TypeError):
        return True
