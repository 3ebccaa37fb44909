"""The archive: the bytes seen, by sha256, compressed, each once.

A blob is one file `blobs/ab/<sha256>.zst`: ordinary zstandard frames, readable by any tool, and a closing *skippable frame*
(RFC 8878 §3.1.2) of fixed length that says what is kept and lets `verify` judge a blob of which only head and tail stayed.
Beside it may stand `classes/ab/<sha256>.json`, which says that a blob is restricted, or withdrawn: a tombstone.
Every file appears by temporary file, fsync and rename, so that a process killed at any moment leaves none half-written.
"""

import fcntl
import hashlib
import io
import json
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, Final

from atalaya.clock import stamp
from atalaya.exceptions import IntegrityError, StoreError
from atalaya.store.blobfile import PIECE, Closing, KeptStream, compressor, read_closing

END: Final = 1 << 20
"""Bytes of head and of tail that stay of an oversized body: enough for every signature and for a ZIP directory."""

CLASSES: Final = ("public", "restricted", "withdrawn")


@dataclass(frozen=True, slots=True)
class Blob:
    """Bytes in the archive. `kept` is `whole`, or `ends` when only head and tail were kept of an oversized body.

    It is `withdrawn` when a tombstone stands in place of the bytes.
    """

    sha256: str
    size: int
    kept: str = "whole"


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that `verify` found wrong: the blob, a stable code and a sentence."""

    sha256: str
    code: str
    detail: str


@dataclass(frozen=True, slots=True)
class Verification:
    """What `verify` saw: blobs read, tombstones accepted, and every fault."""

    blobs: int
    withdrawn: int
    faults: tuple[Fault, ...]


class Writer:
    """Takes a body in pieces of any size; `commit()` keeps it. Memory stays below 3 MiB however long the body is."""

    def __init__(self, archive: "Archive", limit: int, stream: BinaryIO, path: Path) -> None:
        self._archive, self._limit, self._stream, self._path = archive, limit, stream, path
        self._end = min(END, limit // 2)
        self._hash = hashlib.sha256()
        self._packer = compressor()
        self._pending = bytearray()
        self._head = bytearray()
        self._tail = bytearray()
        self._over = False
        self.size = 0

    def write(self, chunk: bytes) -> None:
        """Add the next bytes of the body. Raises StoreError when the disk refuses them."""
        self.size += len(chunk)
        self._hash.update(chunk)
        if len(self._head) < self._end:
            self._head += chunk[: self._end - len(self._head)]
        self._tail += chunk[-self._end :] if self._end else b""
        del self._tail[: max(0, len(self._tail) - self._end)]
        if self._over:
            return
        if self.size > self._limit:
            self._over = True
            self._pending.clear()
            return
        self._pending += chunk
        with _our_fault(self._path):
            while len(self._pending) >= PIECE:
                self._stream.write(self._packer.compress(bytes(self._pending[:PIECE])))
                del self._pending[:PIECE]

    def commit(self) -> Blob:
        """Keep the body and tell its blob; nothing is written twice. Raises StoreError when the disk refuses it."""
        sha256 = self._hash.hexdigest()
        with _our_fault(self._path):
            closing = self._finish_ends(sha256) if self._over else self._finish_whole(sha256)
            self._stream.write(closing.frame())
            self._stream.flush()
            os.fsync(self._stream.fileno())
            return self._archive._adopt(self._path, closing)

    def _finish_whole(self, sha256: str) -> Closing:
        self._stream.write(self._packer.compress(bytes(self._pending)) + self._packer.flush())
        return Closing(sha256, self.size, "whole", self.size, 0, sha256)

    def _finish_ends(self, sha256: str) -> Closing:
        self._stream.seek(0)
        self._stream.truncate()
        ends = bytes(self._head + self._tail)
        packer = compressor()
        self._stream.write(packer.compress(ends) + packer.flush())
        stored = hashlib.sha256(ends).hexdigest()
        return Closing(sha256, self.size, "ends", len(self._head), len(self._tail), stored)


class Archive:
    """The archive in a folder, shared by any number of processes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._swept = False

    @contextmanager
    def writer(self, limit: int) -> Iterator[Writer]:
        """A writer for one body; up to `limit` bytes are kept whole, above it head and tail. Without commit nothing stays."""
        with _our_fault(self.folder):
            self._sweep()
            stream, path = self._temporary()
        try:
            yield Writer(self, limit, stream, path)
        finally:
            path.unlink(missing_ok=True)
            stream.close()

    def keep(self, body: bytes, limit: int | None = None) -> Blob:
        """Keep a body that is in memory; whole unless a limit is given."""
        with self.writer(len(body) if limit is None else limit) as writer:
            writer.write(body)
            return writer.commit()

    def has(self, sha256: str) -> bool:
        """Whether the bytes, or their ends, are at hand: False for tombstones."""
        return self._path(sha256).is_file() and self.class_of(sha256) != "withdrawn"

    def blob(self, sha256: str) -> Blob:
        """What is kept under this hash. Raises StoreError when nothing was ever kept."""
        tombstone = self._class_record(sha256)
        if tombstone.get("class") == "withdrawn":
            return Blob(sha256, int(str(tombstone["size"])), "withdrawn")
        closing = self._closing(sha256)
        return Blob(sha256, closing.size, closing.kept)

    def open(self, sha256: str) -> BinaryIO:
        """The kept bytes as a stream that cannot seek; of an oversized body its head and then its tail, see `ends`.

        Raises StoreError when they are absent or withdrawn; reading raises IntegrityError when the file is damaged.
        """
        if not self.has(sha256):
            raise StoreError(f"{sha256} is {self._absence(sha256)} in the archive {self.folder}")
        with _our_fault(self._path(sha256)):
            return io.BufferedReader(KeptStream(self._path(sha256)), PIECE)

    def read(self, sha256: str) -> bytes:
        """The kept bytes, as `open` gives them."""
        with self.open(sha256) as stream:
            return stream.read()

    def ends(self, sha256: str) -> tuple[bytes, bytes]:
        """Head and tail of a blob; the tail of a whole blob is empty."""
        closing = self._closing(sha256)
        kept = self.read(sha256)
        return kept[: closing.head], kept[closing.head :]

    def extract(self, sha256: str, path: Path) -> None:
        """Write the kept bytes to `path`, for readers that need a real file. Raises as `open` does."""
        with self.open(sha256) as source, _our_fault(path), path.open("wb") as target:
            shutil.copyfileobj(source, target, PIECE)

    def class_of(self, sha256: str) -> str:
        """`public`, `restricted` or `withdrawn`; a blob that nobody classified is public."""
        return str(self._class_record(sha256).get("class", "public"))

    def classify(self, sha256: str, kind: str, reason: str, moment: datetime) -> None:
        """Mark a blob as `restricted` (kept and verified, never published) or `public`. A tombstone stays a tombstone."""
        assert kind in ("public", "restricted"), "withdraw() is the only way to a tombstone"
        with self._locked():
            if self.class_of(sha256) != "withdrawn":
                self._classify(kind, self.blob(sha256), reason, moment)

    def withdraw(self, sha256: str, reason: str, moment: datetime) -> None:
        """Delete the bytes and leave a tombstone; the same bytes are not kept again. Doing it twice changes nothing.

        Raises StoreError when nothing was ever kept under this hash.
        """
        blob = self.blob(sha256)
        with self._locked(), _our_fault(self.folder):
            if blob.kept != "withdrawn":
                self._classify("withdrawn", blob, reason, moment)
            self._path(sha256).unlink(missing_ok=True)

    def hashes(self) -> tuple[str, ...]:
        """Every hash that the archive knows, tombstones included, sorted."""
        kept = {path.stem for path in self.folder.glob("blobs/??/*.zst")}
        return tuple(sorted(kept | {path.stem for path in self.folder.glob("classes/??/*.json")}))

    def verify(self) -> Verification:
        """Hash every blob again. A tombstone is accepted; what is wrong is reported, never raised."""
        faults: list[Fault] = []
        withdrawn = 0
        hashes = self.hashes()
        for sha256 in hashes:
            if self.class_of(sha256) == "withdrawn":
                withdrawn += 1
                if self._path(sha256).exists():
                    faults.append(Fault(sha256, "withdrawal_unfinished", "the bytes still stand beside the tombstone"))
            elif fault := self.fault(sha256):
                faults.append(fault)
        return Verification(len(hashes) - withdrawn, withdrawn, tuple(faults))

    def fault(self, sha256: str) -> Fault | None:
        """What is wrong with one blob that should be there; None when its bytes hash to their name."""
        if not self._path(sha256).exists():
            return Fault(sha256, "missing", "a class is recorded for bytes that are not in the archive")
        try:
            closing = self._closing(sha256)
            digest, size = hashlib.sha256(), 0
            with self.open(sha256) as stream:
                while piece := stream.read(PIECE):
                    digest.update(piece)
                    size += len(piece)
        except StoreError as error:
            return Fault(sha256, "unreadable", str(error))
        expected = sha256 if closing.kept == "whole" else closing.stored_sha256
        if closing.sha256 != sha256 or digest.hexdigest() != expected:
            return Fault(sha256, "hash_differs", f"the bytes hash to {digest.hexdigest()}")
        if size != closing.head + closing.tail or (closing.kept == "whole") != (size == closing.size):
            return Fault(sha256, "size_differs", f"{size} bytes stand where {closing.head + closing.tail} were kept")
        return None

    def _adopt(self, temporary: Path, closing: Closing) -> Blob:
        """Give a finished file its name, unless the archive has as much already or the bytes were withdrawn."""
        target = self._path(closing.sha256)
        with self._locked():
            if self.class_of(closing.sha256) == "withdrawn":
                return Blob(closing.sha256, closing.size, "withdrawn")
            if target.exists() and (closing.kept == "ends" or self._closing(closing.sha256).kept == "whole"):
                return self.blob(closing.sha256)
            _rename(temporary, target)
        return Blob(closing.sha256, closing.size, closing.kept)

    def _classify(self, kind: str, blob: Blob, reason: str, moment: datetime) -> None:
        record = {"class": kind, **asdict(blob), "reason": reason, "moment": stamp(moment)}
        with _our_fault(self.folder):
            stream, path = self._temporary()
            with stream:
                stream.write(json.dumps(record, ensure_ascii=False, sort_keys=True).encode() + b"\n")
                stream.flush()
                os.fsync(stream.fileno())
                _rename(path, self._class_path(blob.sha256))

    def _class_record(self, sha256: str) -> dict[str, object]:
        try:
            record = json.loads(self._class_path(sha256).read_bytes())
        except FileNotFoundError:
            return {}
        except ValueError as error:
            raise IntegrityError(f"{self._class_path(sha256)} is not JSON; restore it from a copy") from error
        if not isinstance(record, dict) or record.get("class") not in CLASSES:
            raise IntegrityError(f"{self._class_path(sha256)} names no class; restore it from a copy")
        return record

    def _closing(self, sha256: str) -> Closing:
        try:
            return read_closing(self._path(sha256))
        except FileNotFoundError as error:
            raise StoreError(f"{sha256} is {self._absence(sha256)} in the archive {self.folder}") from error

    def _absence(self, sha256: str) -> str:
        return "withdrawn" if self.class_of(sha256) == "withdrawn" else "not"

    def _path(self, sha256: str) -> Path:
        return self.folder / "blobs" / sha256[:2] / f"{sha256}.zst"

    def _class_path(self, sha256: str) -> Path:
        return self.folder / "classes" / sha256[:2] / f"{sha256}.json"

    @contextmanager
    def _locked(self) -> Iterator[None]:
        """One process at a time names or withdraws blobs; held for as long as a rename takes."""
        with _our_fault(self.folder), (self.folder / "lock").open("ab") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _temporary(self) -> tuple[BinaryIO, Path]:
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

    def _sweep(self) -> None:
        """Once for each archive object, remove what killed processes left: files that nobody holds a lock on."""
        if self._swept:
            return
        self._swept = True
        self.folder.mkdir(parents=True, exist_ok=True)
        for path in sorted(self.folder.glob("tmp/*")):
            with suppress(FileNotFoundError, BlockingIOError), path.open("rb") as stream:
                fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
                path.unlink()


def _rename(temporary: Path, target: Path) -> None:
    """Name a finished file and make the name survive a power cut."""
    target.parent.mkdir(parents=True, exist_ok=True)
    temporary.replace(target)
    folder = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


@contextmanager
def _our_fault(path: Path) -> Iterator[None]:
    """Disk errors are our own fault and must not be taken for a publisher's."""
    try:
        yield
    except OSError as error:
        raise StoreError(f"{path} cannot be used: {error.strerror or error}; check space and permissions") from error
