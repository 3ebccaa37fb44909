"""Verifying a dump that somebody downloaded: its signatures, whose they are, and every byte of every file."""

import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from atalaya.exceptions import IntegrityError, StoreError
from atalaya.history.verify import UNKNOWN_KEY, Check
from atalaya.publish.dumps.description import NAME, Dump, check_signature, dump_of, read_dump
from atalaya.publish.dumps.making import archive_name
from atalaya.store.manifest import NAME as MANIFEST
from atalaya.store.manifest import Manifest, fingerprint, read_manifest, same_key
from atalaya.store.manifest import check_signature as check_manifest
from atalaya.store.seal import FOLDER, file_sha256

LONGEST = 64 << 20
"""Bytes of a `dump.json` that are read out of a ZIP: that of a national observation has some hundred kilobytes."""


def is_dump(path: Path) -> bool:
    """Whether a path is meant as a dump: a folder with its description, or any file, which should be its ZIP."""
    return (path / NAME).is_file() or path.is_file()


@contextmanager
def opened_dump(path: Path) -> Iterator[Path]:
    """The folder of a dump, unpacked for as long as the context where it is a ZIP.

    Of a ZIP only what its description lists is unpacked, and no more bytes than it says. Raises StoreError where it is no dump.
    """
    if path.is_dir():
        yield path
        return
    with tempfile.TemporaryDirectory(prefix="atalaya-dump-") as folder:
        _unpack(path, Path(folder))
        yield Path(folder)


def _unpack(path: Path, folder: Path) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            if NAME not in archive.namelist():
                raise StoreError(f"{path} holds no {NAME}: it is not a dump, or not all of it")
            with archive.open(NAME) as stream:
                text = stream.read(LONGEST + 1)
            (folder / NAME).write_bytes(text)
            there = set(archive.namelist())
            for file in dump_of(text).files:
                if file.path in there:
                    _extract(archive, file.path, file.bytes, _inside(folder, file.path))
    except (zipfile.BadZipFile, OSError, ValueError, TypeError, KeyError, EOFError, NotImplementedError) as error:
        raise StoreError(f"{path} cannot be unpacked ({error}); download it again") from error


def _extract(archive: zipfile.ZipFile, name: str, size: int, target: Path) -> None:
    """Write one entry, one byte more than it should have at most: the hash then tells that it is too long."""
    target.parent.mkdir(parents=True, exist_ok=True)
    left = size + 1
    try:
        with archive.open(name) as source, target.open("wb") as stream:
            while left > 0 and (piece := source.read(min(left, 1 << 20))):
                stream.write(piece)
                left -= len(piece)
    except zipfile.BadZipFile:
        return  # its checksum differs: what was written differs from its hash too, and is told by its name


def _inside(folder: Path, path: str) -> Path:
    """The place of a file inside a folder. Raises StoreError where it lies elsewhere."""
    parts = PurePosixPath(path)
    if parts.is_absolute() or ".." in parts.parts or "\\" in path or not parts.parts:
        raise StoreError(f"{NAME} names {path!r}, which lies outside the dump; do not use it")
    return folder / parts


def verify_dump(folder: Path, *, key: str | None = None) -> tuple[Check, ...]:
    """Verify an unpacked dump. Raises StoreError where its description is missing or cannot be read.

    `key` demands that it is signed with this public key, in hexadecimal or as its fingerprint.
    """
    dump = read_dump(folder)
    checks = [_signature(dump), _key(dump, key), *_manifest(folder, dump)]
    checks += [_file(folder, dump, file.path) for file in dump.files]
    checks.append(_added(folder, dump))
    return tuple(checks)


def hold_dump(folder: Path) -> None:
    """Raises IntegrityError naming the first thing of a dump that is not what was signed."""
    wrong = [check for check in verify_dump(folder) if not check.holds]
    if wrong:
        more = f", and {len(wrong) - 1} more" if len(wrong) > 1 else ""
        raise IntegrityError(
            f"{folder}: {wrong[0].what}: {wrong[0].detail}{more}; download it again, and compare the key with the published one"
        )


def _signature(dump: Dump) -> Check:
    try:
        check_signature(dump)
    except IntegrityError as error:
        return Check(f"signature of {NAME}", False, str(error))
    return Check(f"signature of {NAME}", True)


def _key(dump: Dump, wanted: str | None) -> Check:
    print_ = fingerprint(dump.public_key)
    if wanted is None:
        return Check("key", True, f"{print_}: compare it with what was published, then demand it", UNKNOWN_KEY)
    same = same_key(dump.public_key, wanted)
    return Check("key", same, print_ if same else f"{UNKNOWN_KEY} {print_}: not the one demanded")


def _manifest(folder: Path, dump: Dump) -> Iterator[Check]:
    """The manifest is the one that the dump was made of, its signature holds, and whole tables are those that it sealed."""
    try:
        manifest = read_manifest(folder)
        check_manifest(manifest)
    except StoreError as error:
        yield Check(f"signature of {MANIFEST}", False, str(error))
        return
    yield Check(f"signature of {MANIFEST}", True)
    if manifest.public_key != dump.public_key:
        told = (
            f"{fingerprint(manifest.public_key)} sealed the observation, {fingerprint(dump.public_key)} made the dump"
        )
        yield Check("keys", True, told, "two keys")
    same = manifest.observation == dump.observation and file_sha256(folder / MANIFEST) == dump.manifest_sha256
    yield Check("observation", same, "" if same else f"{MANIFEST} is not the one that the dump was made of")
    yield from _sealed(manifest, dump)


def _sealed(manifest: Manifest, dump: Dump) -> Iterator[Check]:
    entries = {entry.name: entry for entry in manifest.tables}
    for carried in dump.tables:
        if not carried.whole or carried.table not in entries:
            continue
        files = entries[carried.table].files
        wrong = [file["name"] for file in files if _hash(dump, file["name"]) != file["file_sha256"]]
        told = f"{wrong[0]} is not the sealed file" if wrong else ""
        yield Check(f"table {carried.table} as sealed", not wrong, told)


def _hash(dump: Dump, path: str) -> str | None:
    file = dump.file(path)
    return file.sha256 if file else None


def _file(folder: Path, dump: Dump, path: str) -> Check:
    place, file = _inside(folder, path), dump.file(path)
    if file is None or not place.is_file():
        return Check(path, False, f"{path} is missing")
    size = place.stat().st_size
    if size != file.bytes:
        return Check(path, False, f"{path} was altered: it has {size} bytes instead of {file.bytes}")
    told = file_sha256(place)
    return Check(path, told == file.sha256, "" if told == file.sha256 else f"{path} was altered: its SHA-256 is {told}")


def _added(folder: Path, dump: Dump) -> Check:
    """Files that the description does not list. Among the tables they would be read as if they were sealed."""
    archive = archive_name(dump.observation)
    known = {*(file.path for file in dump.files), NAME, archive, f"{archive}.sha256"}
    there = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    added = [path for path in there if path not in known]
    if any(path.startswith(f"{FOLDER}/") for path in added):
        return Check("files", False, f"{next(p for p in added if p.startswith(FOLDER))} is not of this dump; remove it")
    return (
        Check("files", True, f"not of this dump: {', '.join(added[:5])}", "other files")
        if added
        else Check("files", True)
    )
