"""The ledger of a round: which units are done, and their rows. A part that exists is done; order never matters."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from atalaya.store.parts import (
    SUFFIX,
    TEMPORARY,
    notes_path,
    part_path,
    read_notes,
    read_part,
    unit_of,
    write_notes,
    write_part,
)
from atalaya.store.tables import Row


@dataclass(frozen=True, slots=True)
class Ledger:
    """The parts of one open observation, in `folder/parts/<stage>/`."""

    folder: Path

    def done(self, stage: str, unit_id: str) -> bool:
        """Whether the unit has written its part."""
        return part_path(self.folder, stage, unit_id).exists()

    def write(self, stage: str, unit_id: str, rows: Iterable[tuple[str, Row]]) -> None:
        """Write the part of a unit, whole or not at all."""
        write_part(self.folder, stage, unit_id, rows)

    def forget(self, stage: str, unit_id: str) -> None:
        """Remove the part of a unit and its notes, so that it is done again."""
        part_path(self.folder, stage, unit_id).unlink(missing_ok=True)
        notes_path(self.folder, stage, unit_id).unlink(missing_ok=True)

    def note(self, stage: str, unit_id: str, notes: Iterable[object]) -> None:
        """Write what a later stage need not find out again about a unit; write it before the part."""
        write_notes(self.folder, stage, unit_id, notes)

    def notes(self, stage: str, unit_id: str) -> list[Any] | None:
        """What was noted of a unit; None where nothing is."""
        return read_notes(self.folder, stage, unit_id)

    def units(self, stage: str) -> tuple[str, ...]:
        """The units of a stage that are done, sorted."""
        return tuple(unit_of(path) for path in self.parts(stage))

    def parts(self, stage: str) -> tuple[Path, ...]:
        """The part files of a stage, sorted by name."""
        folder = self.folder / "parts" / stage
        return tuple(sorted(folder.glob(f"*{SUFFIX}"))) if folder.is_dir() else ()

    def unit_rows(self, stage: str, unit_id: str, *tables: str) -> Iterator[tuple[str, Row]]:
        """The rows of one unit that is done, of these tables or of all, with the table of each."""
        return read_part(part_path(self.folder, stage, unit_id), tables or None)

    def rows(self, stage: str, *tables: str) -> Iterator[tuple[str, Row]]:
        """The rows of these tables over all parts of a stage, in part order."""
        for path in self.parts(stage):
            yield from read_part(path, tables)

    def sweep(self) -> None:
        """Remove what an interrupted run left unfinished."""
        for path in self.folder.rglob(f"*{TEMPORARY}"):
            path.unlink(missing_ok=True)
