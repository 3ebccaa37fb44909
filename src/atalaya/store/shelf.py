"""The folder of the archive: where files stand, how they get their names, and what a dead process left.

Every file appears by temporary file, fsync and rename, so that a process killed at any moment leaves none half-written.
"""

import fcntl
import json
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cached_property
from pathlib import Path
from typing import BinaryIO, Final

from atalaya.exceptions import IntegrityError, StoreError
from atalaya.store.blobfile import CLOSING, Closing, parse_closing, read_closing
from atalaya.store.depots import Depot, copy, depot_at
from atalaya.store.parts import sync_folder, write_atomic

CLASSES: Final = ("public", "restricted", "withdrawn", "pruned")

GONE: Final = frozenset({"withdrawn", "pruned"})
"""Classes of tombstones. Withdrawn bytes are never kept again; pruned ones, which made room, are when they come again."""

FILES: Final = ".files"
"""What the folder of temporary files is named after its lock."""


STORAGE: Final = "storage"
"""File of an archive that names the depot where blobs lie that are not in its folder: workers put them there."""


def blob_name(sha256: str) -> str:
    """Where the bytes of a blob stand, in the folder of an archive and in a depot alike."""
    return f"blobs/{sha256[:2]}/{sha256}.zst"


class Shelf:
    """The files of an archive, shared by any number of processes and threads."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._swept = False

    def stands_whole(self, sha256: str) -> bool:
        """Whether a whole blob stands in the folder; a file that has lost its closing frame is none."""
        try:
            return read_closing(self.path(sha256)).kept == "whole"
        except (FileNotFoundError, IntegrityError):
            return False

    def path(self, sha256: str) -> Path:
        """Where the bytes of a blob stand."""
        return Path(f"{self.folder}/blobs/{sha256[:2]}/{sha256}.zst")

    def class_path(self, sha256: str) -> Path:
        """Where the class of a blob stands."""
        return Path(f"{self.folder}/classes/{sha256[:2]}/{sha256}.json")

    def stands(self, sha256: str) -> bool:
        """Whether a file has the name of a blob. Asked for every resource of a round, hence without an exception inside.

        One that lies in the depot alone is brought into the folder first.
        """
        here = os.access(f"{self.folder}/blobs/{sha256[:2]}/{sha256}.zst", os.F_OK)
        return here or (self.depot is not None and self._bring(self.depot, sha256))

    @cached_property
    def depot(self) -> Depot | None:
        """Where blobs lie that are not in the folder; None where all are."""
        try:
            return depot_at((self.folder / STORAGE).read_text(encoding="utf-8").strip())
        except FileNotFoundError:
            return None

    def name_depot(self, address: str) -> None:
        """Note where blobs lie that are not in the folder."""
        with our_fault(self.folder):
            write_atomic(self.folder / STORAGE, [address.encode() + b"\n"])
        self.__dict__.pop("depot", None)

    def back(self, sha256: str) -> None:
        """Bytes that were pruned are here again: their tombstone goes. Call it under the lock."""
        if self.class_of(sha256) == "pruned":
            self.class_path(sha256).unlink(missing_ok=True)

    def far_closing(self, sha256: str) -> Closing | None:
        """The closing frame of a blob that lies in the depot, without its bytes; None where it does not."""
        frame = None if self.depot is None else self.depot.tail(blob_name(sha256), CLOSING)
        return None if frame is None else parse_closing(frame, blob_name(sha256))

    def _bring(self, depot: Depot, sha256: str) -> bool:
        """Bring a blob from the depot into the folder; False where it is not there, or was withdrawn here."""
        if self.class_of(sha256) in GONE or depot.size(blob_name(sha256)) is None:
            return False
        with our_fault(self.folder):
            stream, path = self.temporary()
            with stream:
                with depot.open(blob_name(sha256)) as source:
                    copy(source, stream)
                stream.flush()
                os.fsync(stream.fileno())
                rename(path, self.path(sha256))
        return True

    def class_record(self, sha256: str) -> dict[str, object]:
        """What was recorded of the class of a blob; empty where nobody classified it. Raises IntegrityError."""
        if not os.access(f"{self.folder}/classes/{sha256[:2]}/{sha256}.json", os.F_OK):
            return {}
        path = self.class_path(sha256)
        try:
            record = json.loads(path.read_bytes())
        except ValueError as error:
            raise IntegrityError(f"{path} is not JSON; restore it from a copy") from error
        if not isinstance(record, dict) or record.get("class") not in CLASSES:
            raise IntegrityError(f"{path} names no class; restore it from a copy")
        return record

    def class_of(self, sha256: str) -> str:
        """`public`, `restricted` or `withdrawn`."""
        return str(self.class_record(sha256).get("class", "public"))

    @contextmanager
    def locked(self) -> Iterator[None]:
        """One process at a time names or withdraws blobs; held for as long as renames take."""
        with our_fault(self.folder), (self.folder / "lock").open("ab") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def temporary(self) -> tuple[BinaryIO, Path]:
        """A new locked file. The lock tells a sweeping process that its writer lives."""
        folder = self.folder / "tmp"
        folder.mkdir(parents=True, exist_ok=True)
        while True:
            path = folder / secrets.token_hex(12)
            stream = path.open("xb")
            fcntl.flock(stream, fcntl.LOCK_EX)
            if path.exists():
                return stream, path
            stream.close()

    @contextmanager
    def temporary_folder(self) -> Iterator[Path]:
        """A new folder for many files; it is removed at the end, with what is still in it."""
        stream, lock = self.temporary()
        folder = lock.with_name(lock.name + FILES)
        try:
            folder.mkdir()
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)
            lock.unlink(missing_ok=True)
            stream.close()

    def sweep(self) -> None:
        """Once for each object, remove what killed processes left: files that nobody holds a lock on, and their folders.

        Raises StoreError where the folder cannot be used.
        """
        if self._swept:
            return
        self._swept = True
        with our_fault(self.folder):
            self.folder.mkdir(parents=True, exist_ok=True)
            for path in sorted(self.folder.glob("tmp/*")):
                if path.name.endswith(FILES):
                    continue
                with suppress(FileNotFoundError, BlockingIOError), path.open("rb") as stream:
                    fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    shutil.rmtree(path.with_name(path.name + FILES), ignore_errors=True)
                    path.unlink()


def rename(temporary: Path, target: Path) -> None:
    """Name a finished file and make the name survive a power cut."""
    move(temporary, target)
    sync_folder(target.parent)


def move(temporary: Path, target: Path) -> None:
    """Name a finished file; the name is durable once its folder is synced."""
    try:
        temporary.replace(target)
    except FileNotFoundError:
        target.parent.mkdir(parents=True, exist_ok=True)
        sync_folder(target.parent.parent)
        temporary.replace(target)


@contextmanager
def our_fault(path: Path) -> Iterator[None]:
    """Disk errors are our own fault and must not be taken for a publisher's."""
    try:
        yield
    except OSError as error:
        raise StoreError(f"{path} cannot be used: {error.strerror or error}; check space and permissions") from error
