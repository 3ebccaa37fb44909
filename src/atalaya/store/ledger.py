"""The ledger of a round: which units are done, and their rows. A part that exists is done; order never matters."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from atalaya.store.diaries import Diary
from atalaya.store.outcome_blocks import OutcomeBlock
from atalaya.store.parts import (
    SUFFIX,
    TEMPORARY,
    Entry,
    diary_path,
    notes_path,
    part_path,
    read_blocks,
    read_lines,
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

    def write(self, stage: str, unit_id: str, entries: Iterable[Entry]) -> None:
        """Write the part of a unit, whole or not at all."""
        write_part(self.folder, stage, unit_id, entries)

    def forget(self, stage: str, unit_id: str) -> None:
        """Remove the part of a unit, its notes and its diary, so that it is done again."""
        for path_of in (part_path, notes_path, diary_path):
            path_of(self.folder, stage, unit_id).unlink(missing_ok=True)

    def diary(self, stage: str, unit_id: str) -> Diary:
        """What a unit did that has no part yet."""
        return Diary(diary_path(self.folder, stage, unit_id))

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

    def unit_lines(self, stage: str, unit_id: str, *tables: str) -> Iterator[tuple[str, bytes]]:
        """The rows of these tables of one unit as their lines, with the table of each."""
        return read_lines(part_path(self.folder, stage, unit_id), tables)

    def rows(self, stage: str, *tables: str) -> Iterator[tuple[str, Row]]:
        """The rows of these tables over all parts of a stage, in part order."""
        for path in self.parts(stage):
            yield from read_part(path, tables)

    def lines(self, stage: str, *tables: str) -> Iterator[tuple[str, bytes]]:
        """The same as lines."""
        for path in self.parts(stage):
            yield from read_lines(path, tables)

    def blocks(self, stage: str) -> Iterator[list[OutcomeBlock]]:
        """The blocks of outcomes of each part of a stage."""
        for path in self.parts(stage):
            yield list(read_blocks(path))

    def sweep(self) -> None:
        """Remove what an interrupted run left unfinished."""
        for path in self.folder.rglob(f"*{TEMPORARY}"):
            path.unlink(missing_ok=True)
