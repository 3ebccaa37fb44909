"""Published editions are locked: their bytes may not change, and a change is a new version."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

from atalaya.exceptions import MethodologyError
from atalaya.indices.marks import Document


def hold_to_lock(document: Document, path: Path, digest: str, lock: Path) -> None:
    """Refuse a published edition whose bytes changed."""
    reference = f"{path.parent.name}/{path.name}"
    for _, locked_as, name in _lines(lock):
        if name == reference and locked_as != digest:
            problem = f"this edition was published as {locked_as[:12]}… and its bytes are now {digest[:12]}…"
            raise document.fault((), problem, "restore the file and write the change as a new version beside it")


def locked(lock: Path) -> dict[str, str]:
    """The hash of each path that a lock lists, in its order. Raises MethodologyError for a line that is neither."""
    return {name: digest for _, digest, name in _lines(lock)}


def broken_locks(lock: Path) -> tuple[str, ...]:
    """What stands otherwise than a lock says, as sentences: a file that is gone or whose bytes changed, a path twice."""
    told, seen = [], set[str]()
    for number, digest, name in _lines(lock):
        path = lock.parent / name
        if name in seen:
            told.append(f"{lock}, line {number}: {name} stands twice; keep the line that was written first")
        elif not path.is_file():
            told.append(f"{lock}, line {number}: {name} was published and is gone; restore it")
        elif (found := hashlib.sha256(path.read_bytes()).hexdigest()) != digest:
            told.append(
                f"{lock}, line {number}: {name} was published as {digest[:12]}… and is now {found[:12]}…; restore the file"
            )
        seen.add(name)
    return tuple(told)


def _lines(lock: Path) -> Iterator[tuple[int, str, str]]:
    """Line number, hash and path of each line."""
    for number, line in enumerate(lock.read_text(encoding="utf-8").splitlines() if lock.is_file() else (), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        digest, _, name = line.partition("  ")
        if len(digest) != 64 or not name:
            raise MethodologyError(f"{lock}, line {number}: {line!r} is not a hash and a path; restore the line")
        yield number, digest, name
