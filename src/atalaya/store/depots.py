"""Depots: a place of named bytes, which is a folder of this machine or storage that fsspec knows (`s3://bucket/place`).

A thing in a depot is there whole or not at all: in a folder by temporary file, fsync and rename; object storage shows an object
once it is complete; any other file system gets a temporary name first. Names are relative paths of letters, digits and `-_./`.
"""

import os
import secrets
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, BinaryIO, Final, Protocol
from urllib.parse import unquote, urlsplit

import fsspec

from atalaya.exceptions import StoreError
from atalaya.store.parts import TEMPORARY, sync_folder

PIECE: Final = 1 << 20
"""Bytes that are copied at a time."""

ATOMIC: Final = frozenset({"s3", "s3a", "gs", "gcs", "abfs", "abfss", "az", "oci", "oss"})
"""Protocols whose objects appear when they are complete, so that no temporary name is needed."""


class Depot(Protocol):
    """A place of named bytes. Every method raises StoreError where the place cannot be used."""

    address: str

    def write(self, name: str, fill: Callable[[BinaryIO], object]) -> None:
        """Let `fill` write a thing under a name, whole or not at all; what stood there is replaced."""

    def open(self, name: str) -> BinaryIO:
        """The bytes under a name. Raises StoreError where there are none."""

    def tail(self, name: str, size: int) -> bytes | None:
        """The last so many bytes under a name, without reading the others; None where nothing stands there."""

    def size(self, name: str) -> int | None:
        """The bytes that stand under a name; None where nothing does."""

    def names(self, folder: str) -> Iterator[str]:
        """Every name below a folder, sorted; what is unfinished is not among them."""

    def remove(self, name: str) -> None:
        """Remove a thing; nothing happens where there is none."""


def depot_at(address: str) -> Depot:
    """The depot at an address: a path, `file://…`, or whatever fsspec opens. Raises StoreError saying what is missing."""
    if "://" not in address and "::" not in address:
        return Folder(Path(address).expanduser())
    if address.startswith("file://"):
        return Folder(Path(unquote(urlsplit(address).path)))
    try:
        system, root = fsspec.core.url_to_fs(address)
    except ImportError as error:
        raise StoreError(f"{address.partition('://')[0]}:// needs one more package: {error}") from error
    except Exception as error:  # every storage has errors of its own
        raise StoreError(f"{address} is no storage that can be opened: {error}") from error
    return Objects(address, system, str(root).rstrip("/"))


class Folder:
    """A depot in a folder of this machine, or of a file system that several machines have mounted."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.address = folder, str(folder)

    def write(self, name: str, fill: Callable[[BinaryIO], object]) -> None:
        path = self.folder / name
        temporary = path.with_name(f"{path.name}.{secrets.token_hex(6)}{TEMPORARY}")
        with _told(self.address):
            path.parent.mkdir(parents=True, exist_ok=True)
            try:
                with temporary.open("wb") as stream:
                    fill(stream)
                    stream.flush()
                    os.fsync(stream.fileno())
                temporary.replace(path)
            finally:
                temporary.unlink(missing_ok=True)
            sync_folder(path.parent)

    def open(self, name: str) -> BinaryIO:
        with _told(self.address), _there(self.address, name):
            return (self.folder / name).open("rb")

    def tail(self, name: str, size: int) -> bytes | None:
        with _told(self.address), suppress(FileNotFoundError), (self.folder / name).open("rb") as stream:
            stream.seek(max(0, os.fstat(stream.fileno()).st_size - size))
            return stream.read()
        return None

    def size(self, name: str) -> int | None:
        with _told(self.address), suppress(FileNotFoundError, NotADirectoryError):
            return (self.folder / name).stat().st_size
        return None

    def names(self, folder: str) -> Iterator[str]:
        with _told(self.address):
            found = [path for path in (self.folder / folder).rglob("*") if path.is_file()]
        for path in sorted(found):
            if not path.name.endswith(TEMPORARY):
                yield path.relative_to(self.folder).as_posix()

    def remove(self, name: str) -> None:
        with _told(self.address):
            (self.folder / name).unlink(missing_ok=True)


class Objects:
    """A depot in storage that fsspec speaks to. `system` is its file system."""

    def __init__(self, address: str, system: Any, root: str) -> None:
        self.address, self._system, self._root = address, system, root
        names = system.protocol if isinstance(system.protocol, tuple | list) else (system.protocol,)
        self._atomic = not ATOMIC.isdisjoint(names)

    def _path(self, name: str) -> str:
        return f"{self._root}/{name}"

    def write(self, name: str, fill: Callable[[BinaryIO], object]) -> None:
        path = self._path(name)
        place = path if self._atomic else f"{path}.{secrets.token_hex(6)}{TEMPORARY}"
        with _told(self.address):
            self._system.makedirs(path.rpartition("/")[0], exist_ok=True)
            try:
                with self._system.open(place, "wb") as stream:
                    (_all_or_nothing if self._atomic else _fill)(stream, fill)
            except BaseException:
                if not self._atomic:
                    with suppress(Exception):
                        self._system.rm_file(place)
                raise
            if not self._atomic:
                self._system.mv(place, path)

    def open(self, name: str) -> BinaryIO:
        with _told(self.address), _there(self.address, name):
            stream: BinaryIO = self._system.open(self._path(name), "rb")
            return stream

    def tail(self, name: str, size: int) -> bytes | None:
        with _told(self.address), suppress(FileNotFoundError):
            return bytes(self._system.cat_file(self._path(name), start=-size))
        return None

    def size(self, name: str) -> int | None:
        with _told(self.address), suppress(FileNotFoundError):
            self._system.invalidate_cache()
            return int(self._system.info(self._path(name))["size"])
        return None

    def names(self, folder: str) -> Iterator[str]:
        with _told(self.address):
            self._system.invalidate_cache()
            found = self._system.find(self._path(folder))
        for path in sorted(found):
            if not path.endswith(TEMPORARY):
                yield path[len(self._root) + 1 :] if path.startswith(f"{self._root}/") else path.lstrip("/")

    def remove(self, name: str) -> None:
        with _told(self.address), suppress(FileNotFoundError):
            self._system.rm_file(self._path(name))


def _fill(stream: Any, fill: Callable[[BinaryIO], object]) -> None:
    fill(stream)


def _all_or_nothing(stream: Any, fill: Callable[[BinaryIO], object]) -> None:
    """Fill a stream of object storage; where that fails its end is never written, so that no object appears."""
    try:
        fill(stream)
    except BaseException:
        with suppress(Exception):
            stream.discard()
        stream.closed = True
        raise


def read(depot: Depot, name: str) -> bytes:
    """All bytes under a name. Raises StoreError where there are none."""
    with depot.open(name) as stream:
        return stream.read()


def put(depot: Depot, name: str, body: bytes) -> None:
    """Write bytes under a name, whole or not at all."""
    depot.write(name, lambda stream: stream.write(body))


def copy(source: BinaryIO, target: BinaryIO) -> None:
    """Copy a stream to its end."""
    shutil.copyfileobj(source, target, PIECE)


@contextmanager
def _there(address: str, name: str) -> Iterator[None]:
    """Name what is not there."""
    try:
        yield
    except FileNotFoundError as error:
        raise StoreError(f"{address} holds nothing under {name}; check the address") from error


@contextmanager
def _told(address: str) -> Iterator[None]:
    """What a storage raises, as our error with the place; each has classes of its own. An error of ours passes."""
    try:
        yield
    except (StoreError, FileNotFoundError):
        raise
    except Exception as error:
        raise StoreError(
            f"{address} cannot be used: {type(error).__name__}: {error}; check its address, its key and its space"
        ) from error
