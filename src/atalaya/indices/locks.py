"""Published editions are locked: their bytes may not change, and a change is a new version."""

from pathlib import Path

from atalaya.exceptions import MethodologyError
from atalaya.indices.marks import Document


def hold_to_lock(document: Document, path: Path, digest: str, lock: Path) -> None:
    """Refuse a published edition whose bytes changed."""
    reference = f"{path.parent.name}/{path.name}"
    for number, line in enumerate(lock.read_text(encoding="utf-8").splitlines() if lock.is_file() else (), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        locked, _, name = line.partition("  ")
        if len(locked) != 64 or not name:
            raise MethodologyError(f"{lock}, line {number}: {line!r} is not a hash and a path; restore the line")
        if name == reference and locked != digest:
            problem = f"this edition was published as {locked[:12]}… and its bytes are now {digest[:12]}…"
            raise document.fault((), problem, "restore the file and write the change as a new version beside it")
