"""Compares the tables of two files: those of the same name, then those whose columns are called alike."""

from collections.abc import Sequence
from dataclasses import dataclass

from atalaya.inspection.defects.roles import folded
from atalaya.inspection.findings import Table
from atalaya.inspection.frame import Frame
from atalaya.inspection.versions.comparison import Comparison, compare

LEAST_COMMON = 0.3
"""Share of the names of columns, of the table with fewer, that tables of different names must share to be one table."""


@dataclass(frozen=True, slots=True)
class FileComparison:
    """What became of each table that both files have, and the names of the tables that only the new or only the old one has."""

    tables: tuple[Comparison, ...]
    added: tuple[str, ...]
    removed: tuple[str, ...]

    @property
    def is_same(self) -> bool:
        """Whether the files hold the same tables, which say the same."""
        return not self.added and not self.removed and all(each.is_same for each in self.tables)


def compare_files(old: Sequence[Table], new: Sequence[Table]) -> FileComparison:
    """The tables of two files side by side; they must have been read with their cells (`Limits.cells_kept`)."""
    waiting = [table.frame for table in old if table.frame is not None]
    rest = [table.frame for table in new if table.frame is not None]
    found: list[tuple[Frame, Frame]] = []
    for close in (_same_name, _like_columns, _the_only_ones):
        for frame in tuple(rest):
            measured = [(close(other, frame, len(waiting), len(rest)), -place) for place, other in enumerate(waiting)]
            most, place = max(measured, default=(0.0, 0))
            if most > 0:
                found.append((waiting.pop(-place), frame))
                rest = [each for each in rest if each is not frame]
    order = {id(table.frame): place for place, table in enumerate(new)}
    found.sort(key=lambda pair: order[id(pair[1])])
    return FileComparison(
        tables=tuple(compare(*pair) for pair in found),
        added=tuple(frame.name for frame in rest),
        removed=tuple(frame.name for frame in waiting),
    )


def _same_name(old: Frame, new: Frame, _olds: int, _news: int) -> float:
    return float(bool(new.name) and folded(old.name) == folded(new.name))


def _like_columns(old: Frame, new: Frame, _olds: int, _news: int) -> float:
    """The share of names of columns in common, where it is enough."""
    before, after = ({folded(name) for name in frame.names if name} for frame in (old, new))
    share = len(before & after) / max(min(len(before), len(after)), 1)
    return share if share >= LEAST_COMMON else 0.0


def _the_only_ones(_old: Frame, _new: Frame, olds: int, news: int) -> float:
    return float(olds == news == 1)
