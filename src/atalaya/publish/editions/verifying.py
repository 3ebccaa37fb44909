"""Verifying editions: the lock, every file, the chain of errata, and every figure computed again from the sealed observation."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from atalaya.exceptions import AtalayaError, StoreError
from atalaya.history.amending import amended_table
from atalaya.history.read import open_sealed
from atalaya.indices.engine import compute
from atalaya.indices.language.reading import read_index
from atalaya.indices.locks import broken_locks
from atalaya.publish.editions.edition import (
    METHODOLOGY,
    NAME,
    Edition,
    digest_of,
    editions_folder,
    lock_of,
    published,
    read_edition,
)
from atalaya.publish.editions.publishing import changes_between, scores_text, verdicts_of
from atalaya.store.manifest import manifest_sha256
from atalaya.store.observations import find


@dataclass(frozen=True, slots=True)
class Verified:
    """One thing verified of one edition, and what differs where it does not hold."""

    edition: str
    what: str
    detail: str = ""

    @property
    def holds(self) -> bool:
        """Whether it holds."""
        return not self.detail


def verify_editions(home: Path, only: str | None = None, *, figures: bool = True) -> tuple[Verified, ...]:
    """Verify all editions of a home, or one: what does not hold is told. Without `figures` nothing is computed again.

    Raises StoreError for an edition that is not there.
    """
    found = [Verified("", "lock", told) for told in broken_locks(lock_of(home))]
    ids = published(home)
    if only is not None and only not in ids:
        read_edition(home, only)
    for id_ in ids if only is None else (only,):
        try:
            edition = read_edition(home, id_)
        except (StoreError, ValueError, KeyError, TypeError) as error:
            found.append(Verified(id_, "lock", str(error)))
            continue
        found += [Verified(id_, "lock"), *_files(home, edition), *_parent(home, edition)]
        found += _figures(home, edition) if figures else ()
    folder = editions_folder(home)
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        if path.is_dir() and path.name not in ids and not path.name.startswith("."):
            found.append(Verified(path.name, "lock", f"{path} has no line in {lock_of(home)}; it was never published"))
    return tuple(found)


def _files(home: Path, edition: Edition) -> Iterator[Verified]:
    folder = editions_folder(home) / edition.id
    there = {path.name for path in folder.iterdir()} - {NAME}
    wrong = [name for name, digest in edition.files.items() if name not in there or digest_of(folder / name) != digest]
    told = [f"{name} is not what was published" for name in wrong]
    told += [f"{name} was added afterwards" for name in sorted(there - set(edition.files))]
    yield Verified(edition.id, "files", "; ".join(told))


def _parent(home: Path, edition: Edition) -> Iterator[Verified]:
    """An erratum follows the edition that it names, holds all its rulings, and tells each figure that changed."""
    if edition.parent is None:
        return
    path = editions_folder(home) / edition.parent / NAME
    if not path.is_file() or digest_of(path) != edition.parent_sha256:
        yield Verified(edition.id, "parent", f"{edition.parent} is not the edition that it corrects")
        return
    parent = read_edition(home, edition.parent)
    kept = edition.rulings[: len(parent.rulings)] == parent.rulings
    yield Verified(edition.id, "parent", "" if kept else f"it does not hold the rulings of {edition.parent}")


def _figures(home: Path, edition: Edition) -> Iterator[Verified]:
    """Every figure computed again from the sealed observation and the rulings, with the methodology that lies beside it."""
    folder = editions_folder(home) / edition.id
    try:
        sealed = open_sealed(find(home, edition.observation))
        index = read_index(folder / METHODOLOGY)
        if index.sha256 != edition.methodology_sha256 or manifest_sha256(sealed.folder) != edition.manifest_sha256:
            yield Verified(edition.id, "figures", "methodology or observation are not those that it was computed from")
            return
        computed = compute(index, amended_table(sealed, verdicts_of(edition.rulings)))
        stored = (folder / "scores.csv").read_text(encoding="utf-8")
    except (AtalayaError, OSError) as error:
        yield Verified(edition.id, "figures", str(error))
        return
    if stored == scores_text(computed):
        yield Verified(edition.id, "figures")
        return
    first = next(changes_between(folder / "scores.csv", computed), None)
    told = "rows were added or left out" if first is None else f"{first['unit']} {first['node']} {first['figure']}"
    yield Verified(
        edition.id, "figures", f"{told}: published {first and first['before']}, computed {first and first['after']}"
    )
