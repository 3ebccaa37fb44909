"""The archive: the bytes seen, by sha256, compressed, each once.

A blob is one file `blobs/ab/<sha256>.zst`: ordinary zstandard frames, readable by any tool, and a closing *skippable frame*
(RFC 8878 §3.1.2) of fixed length that says what is kept and lets `verify` judge a blob of which only head and tail stayed.
Beside it may stand `classes/ab/<sha256>.json`, which says that a blob is restricted, or withdrawn: a tombstone.
Every file appears by temporary file, fsync and rename, so that a process killed at any moment leaves none half-written. Small
bodies may wait to be flushed together (`writer(later=True)`, `settle`): until then they are in memory alone.
"""

import hashlib
import io
import json
import os
import shutil
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Final, Self

import zstandard

from atalaya.clock import stamp
from atalaya.exceptions import StoreError
from atalaya.store.blobfile import PIECE, Closing, KeptStream, Small, compressor, read_closing
from atalaya.store.settling import Waiting, write_together
from atalaya.store.shelf import GONE, Shelf, blob_name, our_fault, rename

END: Final = 1 << 20
"""Bytes of head and of tail that stay of an oversized body: enough for every signature and for a ZIP directory."""


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
    """Takes a body in pieces of any size; `commit()` keeps it. Memory stays below 3 MiB however long the body is.

    A body that is shorter than a piece touches no disk before it is committed, and with `later` not before `Archive.settle`.
    """

    def __init__(self, archive: "Archive", limit: int, *, later: bool) -> None:
        self._archive, self._limit, self._later = archive, limit, later
        self._end = min(END, limit // 2)
        self._hash = hashlib.sha256()
        self._pending = bytearray()
        self._head = bytearray()
        self._tail = bytearray()
        self._file: tuple[BinaryIO, Path, zstandard.ZstdCompressionObj] | None = None
        self._long = self._over = False
        self.size = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def write(self, chunk: bytes) -> None:
        """Add the next bytes of the body. Raises StoreError when the disk refuses them."""
        self.size += len(chunk)
        self._hash.update(chunk)
        if self._long:
            self._remember(chunk)
        if self._over:
            return
        self._pending += chunk
        if not self._long and (self.size > self._limit or self.size >= PIECE):
            self._long = True
            self._remember(self._pending)
        if self.size > self._limit:
            self._over = True
            self._pending.clear()
        elif len(self._pending) >= PIECE:
            self._compress()

    def _remember(self, chunk: bytes | bytearray) -> None:
        """Hold the ends, for a body that becomes too long to be kept whole."""
        if len(self._head) < self._end:
            self._head += chunk[: self._end - len(self._head)]
        self._tail += chunk[-self._end :] if self._end else b""
        del self._tail[: max(0, len(self._tail) - self._end)]

    def commit(self) -> Blob:
        """Keep the body and tell its blob; nothing is written twice. Raises StoreError when the disk refuses it."""
        sha256 = self._hash.hexdigest()
        if self._file is None and not self._over:
            return self._archive.keep_small(Small(sha256, bytes(self._pending)), later=self._later)
        stream, path, packer = self._opened()
        with our_fault(path):
            if self._over:
                closing = self._finish_ends(sha256, stream)
            else:
                stream.write(packer.compress(bytes(self._pending)) + packer.flush())
                closing = Closing(sha256, self.size, "whole", self.size, 0, sha256)
            stream.write(closing.frame())
            stream.flush()
            os.fsync(stream.fileno())
            return self._archive.adopt(path, closing)

    def close(self) -> None:
        """Remove what was not committed."""
        if self._file is not None:
            stream, path, _ = self._file
            path.unlink(missing_ok=True)
            stream.close()

    def _opened(self) -> "tuple[BinaryIO, Path, zstandard.ZstdCompressionObj]":
        if self._file is None:
            self._file = (*self._archive.shelf.temporary(), compressor())
        return self._file

    def _compress(self) -> None:
        """Pass on whole pieces."""
        stream, path, packer = self._opened()
        with our_fault(path):
            while len(self._pending) >= PIECE:
                stream.write(packer.compress(bytes(self._pending[:PIECE])))
                del self._pending[:PIECE]

    def _finish_ends(self, sha256: str, stream: BinaryIO) -> Closing:
        stream.seek(0)
        stream.truncate()
        ends = bytes(self._head + self._tail)
        packer = compressor()
        stream.write(packer.compress(ends) + packer.flush())
        stored = hashlib.sha256(ends).hexdigest()
        return Closing(sha256, self.size, "ends", len(self._head), len(self._tail), stored)


class Archive:
    """The archive in a folder, shared by any number of processes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.shelf = Shelf(folder)
        self._waiting = Waiting(self.shelf)

    def writer(self, limit: int, *, later: bool = False) -> Writer:
        """A context for one body; up to `limit` bytes are kept whole, above it head and tail. Without commit nothing stays.

        `later`: a small body is told at once and is on the disk only after `settle`, together with others. This object reads
        it before that; other processes, and this one after its death, do not.
        """
        self.shelf.sweep()
        return Writer(self, limit, later=later)

    def settle(self) -> None:
        """Bring every small body that was committed before this call to the disk: its bytes, then its name.

        Call it before writing what refers to them. Raises StoreError when the disk refuses one; they stay waiting then.
        """
        self._waiting.settle()

    def waiting(self, sha256: str) -> bytes | None:
        """A body that waits for `settle`; None where none does."""
        small = self._waiting.get(sha256)
        return None if small is None else small.body

    def keep_small(self, small: Small, *, later: bool) -> Blob:
        """Keep a body that is in memory, now or when `settle` is called."""
        if self.class_of(small.sha256) == "withdrawn":
            return Blob(small.sha256, len(small.body), "withdrawn")
        if not (later and self._waiting.add(small)):
            write_together(self.shelf, [small])
        return Blob(small.sha256, len(small.body))

    def keep(self, body: bytes, limit: int | None = None) -> Blob:
        """Keep a body that is in memory; whole unless a limit is given."""
        with self.writer(len(body) if limit is None else limit) as writer:
            writer.write(body)
            return writer.commit()

    def has(self, sha256: str) -> bool:
        """Whether the bytes, or their ends, are at hand: False for tombstones."""
        there = self._waiting.get(sha256) is not None or self.shelf.stands(sha256)
        return there and self.class_of(sha256) not in GONE

    def blob(self, sha256: str) -> Blob:
        """What is kept under this hash. Raises StoreError when nothing was ever kept."""
        tombstone = self.shelf.class_record(sha256)
        if tombstone.get("class") in GONE:
            return Blob(sha256, int(str(tombstone["size"])), str(tombstone["class"]))
        closing = self._closing(sha256)
        return Blob(sha256, closing.size, closing.kept)

    def open(self, sha256: str) -> BinaryIO:
        """The kept bytes as a stream that cannot seek; of an oversized body its head and then its tail, see `ends`.

        Raises StoreError when they are absent or withdrawn; reading raises IntegrityError when the file is damaged.
        """
        if not self.has(sha256):
            raise StoreError(f"{sha256} is {self._absence(sha256)} in the archive {self.folder}")
        small = self._waiting.get(sha256)
        if small is not None:
            return io.BytesIO(small.body)
        with our_fault(self.folder):
            return io.BufferedReader(KeptStream(self.shelf.path(sha256)), PIECE)

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
        with self.open(sha256) as source, our_fault(path), path.open("wb") as target:
            shutil.copyfileobj(source, target, PIECE)

    def class_of(self, sha256: str) -> str:
        """`public`, `restricted` or `withdrawn`; a blob that nobody classified is public."""
        return str(self.shelf.class_record(sha256).get("class", "public"))

    def classify(self, sha256: str, kind: str, reason: str, moment: datetime) -> None:
        """Mark a blob as `restricted` (kept and verified, never published) or `public`. A tombstone stays a tombstone."""
        assert kind in ("public", "restricted"), "withdraw() is the only way to a tombstone"
        with self.shelf.locked():
            if self.class_of(sha256) != "withdrawn":
                self._classify(kind, self.blob(sha256), reason, moment)

    def withdraw(self, sha256: str, reason: str, moment: datetime) -> None:
        """Delete the bytes and leave a tombstone; the same bytes are not kept again. Doing it twice changes nothing.

        Raises StoreError when nothing was ever kept under this hash.
        """
        blob = self.blob(sha256)
        with self.shelf.locked(), our_fault(self.folder):
            if blob.kept != "withdrawn":
                self._classify("withdrawn", blob, reason, moment)
            self.shelf.path(sha256).unlink(missing_ok=True)

    def prune(self, sha256: str, reason: str, moment: datetime) -> bool:
        """Delete public bytes to make room, and leave a tombstone that says so; False where they are not public or not here.

        The same bytes are kept again when they come again.
        """
        with self.shelf.locked(), our_fault(self.folder):
            if self.shelf.class_record(sha256) or not self.shelf.stands(sha256):
                return False
            self._classify("pruned", self.blob(sha256), reason, moment)
            self.shelf.path(sha256).unlink(missing_ok=True)
        if self.shelf.depot is not None:
            self.shelf.depot.remove(blob_name(sha256))
        return True

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
            if self.class_of(sha256) in GONE:
                withdrawn += 1
                if self.shelf.path(sha256).exists():
                    faults.append(Fault(sha256, "withdrawal_unfinished", "the bytes still stand beside the tombstone"))
            elif fault := self.fault(sha256):
                faults.append(fault)
        return Verification(len(hashes) - withdrawn, withdrawn, tuple(faults))

    def fault(self, sha256: str) -> Fault | None:
        """What is wrong with one blob that should be there; None when its bytes hash to their name."""
        if not self.shelf.stands(sha256):
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

    def adopt(self, temporary: Path, closing: Closing) -> Blob:
        """Give a finished file its name, unless the archive has as much already or the bytes were withdrawn."""
        target = self.shelf.path(closing.sha256)
        with self.shelf.locked():
            if self.class_of(closing.sha256) == "withdrawn":
                return Blob(closing.sha256, closing.size, "withdrawn")
            if target.exists() and (closing.kept == "ends" or self._closing(closing.sha256).kept == "whole"):
                return self.blob(closing.sha256)
            rename(temporary, target)
            self.shelf.back(closing.sha256)
        return Blob(closing.sha256, closing.size, closing.kept)

    def _classify(self, kind: str, blob: Blob, reason: str, moment: datetime) -> None:
        record = {"class": kind, **asdict(blob), "reason": reason, "moment": stamp(moment)}
        with our_fault(self.folder):
            stream, path = self.shelf.temporary()
            with stream:
                stream.write(json.dumps(record, ensure_ascii=False, sort_keys=True).encode() + b"\n")
                stream.flush()
                os.fsync(stream.fileno())
                rename(path, self.shelf.class_path(blob.sha256))

    def _closing(self, sha256: str) -> Closing:
        small = self._waiting.get(sha256)
        if small is not None:
            return small.closing()
        try:
            return read_closing(self.shelf.path(sha256))
        except FileNotFoundError as error:
            if (closing := self.shelf.far_closing(sha256)) is not None:
                return closing
            raise StoreError(f"{sha256} is {self._absence(sha256)} in the archive {self.folder}") from error

    def _absence(self, sha256: str) -> str:
        kind = self.class_of(sha256)
        return kind if kind in GONE else "not"
