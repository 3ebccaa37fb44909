"""Restoring a backup into a new home folder: beside its place first, and renamed when everything is there and was hashed."""

import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from atalaya.exceptions import IntegrityError, StoreError
from atalaya.store.backup_manifest import Entry, Manifest, object_name
from atalaya.store.depots import PIECE, Depot, read
from atalaya.store.home import FORMAT
from atalaya.store.sealed_keys import unseal

UNFINISHED = ".restoring"
"""What the name of a home folder ends with until it is whole."""


def refuse_later_format(manifest: Manifest) -> None:
    """Raise StoreError where a later version of Atalaya wrote the home folder that the backup holds."""
    if manifest.home_format > FORMAT:
        raise StoreError(
            f"the backup {manifest.name} holds a home folder of format {manifest.home_format}, written by Atalaya "
            f"{manifest.version}; this version knows format {FORMAT}: restore it with {manifest.version} or later"
        )


@contextmanager
def new_home(home: Path) -> Iterator[Path]:
    """A folder beside `home` to restore into; it gets the name of `home` at the end, and is removed where that fails.

    Raises StoreError where `home` holds anything: nothing is overwritten. What a killed restore left is removed first.
    """
    if home.exists() and (not home.is_dir() or any(home.iterdir())):
        raise StoreError(f"{home} is not empty; restore into a new folder, nothing is overwritten")
    place = home.with_name(home.name + UNFINISHED)
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True)
    try:
        yield place
        if home.exists():
            home.rmdir()
        place.rename(home)
    except BaseException:
        shutil.rmtree(place, ignore_errors=True)
        raise


def restore_files(
    depot: Depot, manifest: Manifest, home: Path, told: Callable[[int, int], None] = lambda _done, _all: None
) -> None:
    """Write every file of a backup below a folder, hashed again as it is written. Raises IntegrityError where one differs."""
    for number, entry in enumerate(manifest.entries, start=1):
        target = _inside(home, entry.path)
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("xb") as stream:
            copy_out(depot, entry, stream)
        target.chmod(entry.mode)
        os.utime(target, ns=(entry.changed, entry.changed))
        told(number, len(manifest.entries))


def copy_out(depot: Depot, entry: Entry, target: BinaryIO) -> None:
    """Copy the bytes of an entry out of a depot. Raises IntegrityError where they are not those of its hash."""
    digest = hashlib.sha256()
    with depot.open(object_name(entry.sha256)) as source:
        while piece := source.read(PIECE):
            digest.update(piece)
            target.write(piece)
    if digest.hexdigest() != entry.sha256:
        raise IntegrityError(
            f"the bytes of {entry.path} in {depot.address} are not those of its hash; use another backup"
        )


def restore_keys(depot: Depot, manifest: Manifest, home: Path, passphrase: str) -> list[str]:
    """Write the keys of a backup below a folder, readable by their owner alone; gives their paths."""
    if manifest.keys is None:
        return []
    files = unseal(read(depot, object_name(manifest.keys.sha256)), passphrase)
    for path, body in files.items():
        target = _inside(home, path)
        target.parent.mkdir(parents=True, exist_ok=True)
        with open(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as stream:  # noqa: PTH123
            stream.write(body)
    return sorted(files)


def _inside(home: Path, path: str) -> Path:
    """The place of a path of a manifest. Raises IntegrityError where it leads out of the home folder."""
    parts = PurePosixPath(path)
    if parts.is_absolute() or ".." in parts.parts or not parts.parts:
        raise IntegrityError(f"the backup names the path {json.dumps(path)}, which leads out of the home folder")
    return home / parts
