"""Compares two versions of a table: its columns, its rows by a key that is inferred, and the figures that were rewritten."""

from dataclasses import dataclass
from itertools import islice

from atalaya.inspection.frame import Frame
from atalaya.inspection.versions.cells import sides_of
from atalaya.inspection.versions.columns import ColumnChange, column_changes, pair_columns
from atalaya.inspection.versions.keys import Key, infer_key
from atalaya.inspection.versions.past import Rewritten, rewritten
from atalaya.inspection.versions.rows import (
    CellChange,
    cell_changes,
    match_equal_rows,
    match_rows,
    respelled,
)
from atalaya.inspection.versions.truncation import Truncation, truncation

MOST_CHANGES = 100_000
"""Changed cells that are told one by one; all are counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What became of a table. Rows are numbered as a person sees them, `added` in the new version and `removed` in the old one.

    Without a `key` rows are compared as wholes: each that is not there as it was is removed, each that was not there is added,
    and none changed. `changed` counts the rows of the new version that hold a changed cell, `cells` those cells, of which
    `changes` are the first ones. `respelled` are columns of the new version (positions) with how many cells say the same in
    other signs. `whole` is false where a version had more rows than could be kept.
    """

    old_name: str
    new_name: str
    old_rows: int
    new_rows: int
    columns: tuple[ColumnChange, ...]
    key: Key | None
    added: tuple[int, ...]
    removed: tuple[int, ...]
    changed: int
    cells: int
    changes: tuple[CellChange, ...]
    respelled: tuple[tuple[int, int], ...]
    rewritten: Rewritten | None
    truncation: Truncation | None
    whole: bool

    @property
    def is_same(self) -> bool:
        """Whether both versions say the same in the same columns, in whatever order of rows and in whatever signs."""
        return not (self.columns or self.added or self.removed or self.cells)


def compare(old: Frame, new: Frame) -> Comparison:
    """Two versions of a table side by side."""
    sides = sides_of(old), sides_of(new)
    rows = len(old), len(new)
    pairs = pair_columns(*sides, rows)
    key = infer_key(pairs, rows)
    matching = match_equal_rows(pairs, rows) if key is None else match_rows(pairs, key, rows)
    changes = () if key is None else tuple(cell_changes(old, new, pairs, matching))
    return Comparison(
        old_name=old.name,
        new_name=new.name,
        old_rows=rows[0],
        new_rows=rows[1],
        columns=column_changes(*sides, pairs),
        key=key,
        added=tuple(new.numbers[row] for row in matching.added),
        removed=tuple(old.numbers[row] for row in matching.removed),
        changed=len({change.new_row for change in changes}),
        cells=len(changes),
        changes=tuple(islice(changes, MOST_CHANGES)),
        respelled=respelled(pairs, matching),
        rewritten=rewritten(pairs, changes, new.numbers),
        truncation=truncation(pairs, rows),
        whole=not (old.cut or new.cut),
    )
