"""An edition on disk: a folder of files, `edition.json` that names them by hash, and one line in the lock of all editions."""

import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from atalaya.exceptions import IntegrityError, StoreError
from atalaya.indices.locks import locked
from atalaya.store.parts import sync_folder

FORMAT = 1
NAME = "edition.json"
METHODOLOGY = "methodology.yml"
CHANGES = "changes.csv"
EDITION = "edition"
ERRATUM = "erratum"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """An upheld dispute: the finding, the verdict that stands instead, and who ruled it when and why. `who` is a post."""

    finding: str
    check: str
    subject: str
    was: str
    verdict: str
    who: str
    moment: str
    why: str
    decision: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """One published edition. `kind` is `edition` or `erratum`; an erratum names its parent with the hash of its `edition.json`.

    `rulings` are all that hold in it, those of its parents first. `files` are names with their sha256. `draws` are the reruns of
    its uncertainty analysis, None where it has none.
    """

    format: int
    id: str
    kind: str
    country: str
    methodology: str
    methodology_sha256: str
    observation: str
    manifest_sha256: str
    as_of: str
    published: str
    release: str
    draws: int | None
    parent: str | None
    parent_sha256: str | None
    reason: str
    rulings: tuple[Ruling, ...]
    changed: int
    files: Mapping[str, str]

    def text(self) -> str:
        """What `edition.json` holds."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=1) + "\n"


def editions_folder(home: Path) -> Path:
    """The folder of all editions of a home."""
    return home / "editions"


def lock_of(home: Path) -> Path:
    """The lock of all editions: sha256 of each `edition.json`, two spaces, its path below the folder of editions."""
    return editions_folder(home) / "published.lock"


def published(home: Path) -> tuple[str, ...]:
    """The ids of all published editions, in the order in which they were published."""
    return tuple(name.partition("/")[0] for name in locked(lock_of(home)))


def read_edition(home: Path, id_: str) -> Edition:
    """Read a published edition, held to the lock.

    Raises StoreError where it was not published, IntegrityError where its bytes changed.
    """
    locks = locked(lock_of(home))
    name = f"{id_}/{NAME}"
    if name not in locks:
        known = ", ".join(published(home)) or "none"
        raise StoreError(f"{editions_folder(home)} has no published edition {id_!r}; there: {known}")
    path = editions_folder(home) / name
    data = path.read_bytes() if path.is_file() else b""
    if hashlib.sha256(data).hexdigest() != locks[name]:
        raise IntegrityError(f"{path} is not what was published; restore it from a copy, and write an erratum instead")
    return edition_of(json.loads(data))


def edition_of(value: Mapping[str, Any]) -> Edition:
    """An edition from what `edition.json` says."""
    return Edition(**{**value, "rulings": tuple(Ruling(**each) for each in value["rulings"])})


def digest_of(path: Path) -> str:
    """The sha256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def lock_in(home: Path, edition: Edition) -> None:
    """Write the line of an edition into the lock: from then on it is published. On disk when this returns."""
    lock = lock_of(home)
    digest = digest_of(editions_folder(home) / edition.id / NAME)
    with lock.open("ab") as stream:
        stream.write(f"{digest}  {edition.id}/{NAME}\n".encode())
        stream.flush()
        os.fsync(stream.fileno())
    sync_folder(lock.parent)


def hold_newest(home: Path, edition: Edition) -> None:
    """Refuse an edition that an erratum corrected already. Raises StoreError naming the last one."""
    last = newest_of(home, edition)
    if last != edition.id:
        raise StoreError(f"{edition.id} was corrected by {last}; write the erratum of that one")


def newest_of(home: Path, edition: Edition) -> str:
    """The id of the last erratum that follows an edition; its own where none does."""
    last = edition.id
    followers = {each.parent: each.id for each in (read_edition(home, id_) for id_ in published(home)) if each.parent}
    while last in followers:
        last = followers[last]
    return last
