"""The manifest of a backup: every file of the home folder with its hash, the dump of the database, and what became of the keys.

It is written last, under a name of its own: a backup without manifest is none. It carries the hash of itself.
"""

import hashlib
import json
import re
from dataclasses import asdict, dataclass
from typing import Final

from atalaya.exceptions import IntegrityError, StoreError
from atalaya.store.depots import Depot, put, read
from atalaya.store.parts import canonical_json

FORMAT: Final = 1
FOLDER: Final = "backups"
OBJECTS: Final = "objects"
_NAME = re.compile(r"\d{8}T\d{6}Z")


@dataclass(frozen=True, slots=True)
class Entry:
    """A file of the home folder: its path there, bytes, hash, mode bits and moment of last change in nanoseconds."""

    path: str
    size: int
    sha256: str
    mode: int
    changed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What a backup holds. `database` and `keys` are entries without a place in the home folder; None where there is none.

    `keys_kept` is `encrypted`, `left_out`, or `none` where the home folder has no keys. `home_format` is the version of the
    formats of the home folder; `left_out` are its folders that are made anew at need.
    """

    format: int
    name: str
    made: str
    version: str
    home_format: int
    database: Entry | None
    keys: Entry | None
    keys_kept: str
    left_out: tuple[str, ...]
    entries: tuple[Entry, ...]

    @property
    def size(self) -> int:
        """Bytes of all files."""
        return sum(entry.size for entry in self.all_entries())

    def all_entries(self) -> tuple[Entry, ...]:
        """Every entry, those of database and keys too."""
        return (*self.entries, *(entry for entry in (self.database, self.keys) if entry is not None))


def object_name(sha256: str) -> str:
    """Where the bytes of a hash stand in the depot of backups."""
    return f"{OBJECTS}/{sha256[:2]}/{sha256}"


def manifest_name(name: str) -> str:
    """Where the manifest of a backup stands."""
    return f"{FOLDER}/{name}.json"


def write_manifest(depot: Depot, manifest: Manifest) -> None:
    """Write a manifest, which makes a backup of what was copied. Raises StoreError where one of its name stands already."""
    place = manifest_name(manifest.name)
    if depot.size(place) is not None:
        raise StoreError(f"{depot.address} holds a backup {manifest.name} already; nothing is overwritten")
    body = asdict(manifest)
    text = json.dumps({"sha256": _digest(body), **body}, indent=1, ensure_ascii=False) + "\n"
    put(depot, place, text.encode())


def read_manifest(depot: Depot, name: str) -> Manifest:
    """The manifest of a backup. Raises StoreError where there is none, IntegrityError where it is not as it was written."""
    data = read(depot, manifest_name(name))
    try:
        body = json.loads(data)
        stated = body.pop("sha256")
        if stated != _digest(body):
            raise IntegrityError(f"the manifest of {name} in {depot.address} was changed; take another backup")
        if body["format"] > FORMAT:
            raise StoreError(
                f"the backup {name} was written by Atalaya {body['version']} in a later format ({body['format']}, this "
                f"version reads {FORMAT}); restore it with that version"
            )
        return Manifest(
            **{
                **body,
                "database": body["database"] and Entry(**body["database"]),
                "keys": body["keys"] and Entry(**body["keys"]),
                "left_out": tuple(body["left_out"]),
                "entries": tuple(Entry(**entry) for entry in body["entries"]),
            }
        )
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise IntegrityError(
            f"the manifest of {name} in {depot.address} is damaged ({error}); take another backup"
        ) from error


def backup_names(depot: Depot) -> tuple[str, ...]:
    """The backups in a depot, oldest first."""
    found = (place.rpartition("/")[2].removesuffix(".json") for place in depot.names(FOLDER))
    return tuple(sorted(name for name in found if _NAME.fullmatch(name)))


def chosen_name(depot: Depot, name: str | None) -> str:
    """The backup of a name, the newest where none is given. Raises StoreError naming those that are there."""
    known = backup_names(depot)
    if not known:
        raise StoreError(f"{depot.address} holds no whole backup; check the address")
    if name is None:
        return known[-1]
    if name not in known:
        raise StoreError(f"{depot.address} holds no backup {name}; there: {', '.join(known)}")
    return name


def _digest(body: dict[str, object]) -> str:
    return hashlib.sha256(canonical_json(body).encode()).hexdigest()
