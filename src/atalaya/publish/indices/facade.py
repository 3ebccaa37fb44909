"""`atalaya.Index`: composite indices from Python, as they are computed on the command line.

>>> import atalaya
>>> index = atalaya.Index.read("five-stars/1")
>>> index.id, index.indicators
('five-stars/1', ('star_1', 'star_3'))
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from numbers import Real
from pathlib import Path
from typing import Protocol, TypeAlias

import pyarrow as pa

from atalaya.exceptions import MethodologyError
from atalaya.indices.analysis import Analysis, analyse
from atalaya.indices.comparing import Comparison, compare_editions
from atalaya.indices.diagnosing import Diagnosis, diagnose
from atalaya.indices.engine import Computed, compute
from atalaya.indices.explaining import Compared, Explained, Gain, explain, gains, plan, strengths
from atalaya.indices.groups import group_rows
from atalaya.indices.language.definition import Index as Definition
from atalaya.indices.language.reading import find_index, parse_index, shipped_indices
from atalaya.indices.rows import ranking_rows, score_rows
from atalaya.indices.table import UnitTable, read_table, table_of
from atalaya.publish.indices.files import write_files
from atalaya.publish.indices.page import index_page
from atalaya.translations import LANGUAGES

Row = Mapping[str, object]


class Frame(Protocol):
    """A table of another library that gives its columns as lists, as those of pandas do."""

    def to_dict(self, orient: str) -> Mapping[str, Sequence[object]]:
        """The columns by name."""
        ...


Table: TypeAlias = str | Path | UnitTable | pa.Table | Frame | Mapping[str, Sequence[object]] | Iterable[Row]
"""A CSV file, or figures at hand: rows by column name, columns by name, a table of Arrow, or a frame such as those of pandas."""


@dataclass(frozen=True, slots=True)
class Index:
    """One version of one index. `definition` is all that its file says."""

    definition: Definition

    @classmethod
    def read(cls, reference: str | Path) -> "Index":
        """Read a YAML file, or one that comes with Atalaya by its id, such as `odin/2022`.

        Raises MethodologyError naming file, line, column and what to do.
        """
        return cls(find_index(reference))

    @classmethod
    def parse(cls, text: str, name: str = "index") -> "Index":
        """Read a methodology from text; `name` is how errors call it. Raises MethodologyError as `read` does."""
        return cls(parse_index(text, name))

    @staticmethod
    def shipped() -> tuple[str, ...]:
        """The ids of the methodologies that come with Atalaya, sorted."""
        return shipped_indices()

    @property
    def id(self) -> str:
        """Index and version: `odin/2022`."""
        return self.definition.id

    @property
    def sha256(self) -> str:
        """The hash of the bytes of its file."""
        return self.definition.sha256

    @property
    def indicators(self) -> tuple[str, ...]:
        """The ids of the indicators that are collected, in the order of the file."""
        return tuple(leaf.id for leaf in self.definition.leaves)

    def compute(self, table: Table) -> "IndexResult":
        """Compute every figure of every unit. The table is laid out as the methodology says.

        A cell that is None, NaN or empty is unknown. Raises MethodologyError where a column is missing, or a cell is neither a
        number nor a word that the methodology knows.
        """
        return IndexResult(compute(self.definition, self._table(table), stages=True))

    def _table(self, table: Table) -> UnitTable:
        if isinstance(table, UnitTable):
            return table
        if isinstance(table, str | Path):
            return read_table(Path(table), self.definition)
        return table_of([_cells(row) for row in _rows(table)], self.definition)


@dataclass(frozen=True, slots=True)
class IndexResult:
    """A computed index. `computed` holds every figure as arrays, in the order of `units`."""

    computed: Computed

    @property
    def units(self) -> tuple[str, ...]:
        """The ids of the units, in the order of the table."""
        return self.computed.table.units

    @property
    def scores(self) -> dict[str, float | None]:
        """The score of every unit by its id, not rounded; None where there is none."""
        return {str(row["unit"]): _figure(row["value"]) for row in self.ranking}

    @property
    def ranking(self) -> list[dict[str, object]]:
        """One row for each unit, ranked ones first and best first: figure, ends, ranks, band, and its children's figures."""
        return ranking_rows(self.computed)

    @property
    def figures(self) -> list[dict[str, object]]:
        """One row for each node of each unit: figure, ends, state, coverage and ranks."""
        return list(score_rows(self.computed))

    @property
    def groups(self) -> list[dict[str, object]]:
        """The figures of groups of units, everyone first, under each rule of the methodology."""
        return group_rows(self.computed)

    def explain(self, unit: str, group: str | None = None) -> Explained:
        """Why a unit has its score: the tree down to the cells. `group` is a column: peers have the same word there.

        Raises MethodologyError for a unit that is not in the table.
        """
        return explain(self.computed, unit, group)

    def strengths(self, unit: str, group: str | None = None) -> tuple[Compared, ...]:
        """The indicators of a unit from the strongest to the weakest against its peers."""
        return strengths(self.computed, unit, group)

    def gains(self, unit: str) -> tuple[Gain, ...]:
        """What mending each indicator alone would bring a unit, greatest first."""
        return gains(self.computed, unit)

    def plan(self, unit: str, steps: int = 5) -> tuple[Gain, ...]:
        """The mending that pays most, one indicator after the other, each on top of those before it."""
        return plan(self.computed, unit, steps)

    def analyse(self, draws: int | None = None) -> Analysis:
        """Scores and ranks under everything that might have been decided otherwise, and what moves them.

        `draws` is how often it is computed again (as the methodology declares). Raises MethodologyError where the methodology
        declares no uncertainty, or no unit is ranked.
        """
        if not self.computed.ranked.any():
            raise MethodologyError(
                f"{self.computed.index.id}: no unit is ranked, so no rank can move; complete the table"
            )
        return analyse(self.computed, draws)

    def diagnose(self) -> Diagnosis:
        """What the index is worth: availability, correlations, reliability, and which indicators really count."""
        return diagnose(self.computed)

    def compare(self, later: "IndexResult") -> Comparison:
        """From this edition to a later one: what moved because the rule changed, and what because the units did."""
        return compare_editions(self.computed.index, self.computed.table, later.computed.index, later.computed.table)

    def write(self, folder: str | Path, analysis: Analysis | None = None) -> tuple[Path, ...]:
        """Write CSV, Parquet, JSON, a workbook with every step, and a page in each language into a folder, which is made.

        Gives the files. With an analysis there are also its tables, and the pages show intervals.
        """
        place = Path(folder)
        written = write_files(place, self.computed, analysis)
        pages = tuple(place / f"index.{language}.html" for language in LANGUAGES)
        for language, page in zip(LANGUAGES, pages, strict=True):
            page.write_text(index_page(self.computed, language, analysis), encoding="utf-8")
        return (*written, *pages)


def _rows(table: pa.Table | Frame | Mapping[str, Sequence[object]] | Iterable[Row]) -> list[Row]:
    """Rows by column name, of whatever kind of table."""
    if isinstance(table, pa.Table):
        return list(table.to_pylist())
    if isinstance(table, Mapping):
        return _turned(table)
    if hasattr(table, "to_dict"):
        return _turned(table.to_dict("list"))
    rows = list(table)
    for place, row in enumerate(rows):
        if not isinstance(row, Mapping):
            raise MethodologyError(f"row {place + 1} of the table is a {type(row).__name__}; give rows by column name")
    return rows


def _turned(columns: Mapping[str, Sequence[object]]) -> list[Row]:
    lengths = {name: len(cells) for name, cells in columns.items()}
    if len(set(lengths.values())) > 1:
        told = ", ".join(f"{name} {length}" for name, length in lengths.items())
        raise MethodologyError(f"the columns of the table are not of one length ({told}); give a cell for every unit")
    return [dict(zip(columns, cells, strict=True)) for cells in zip(*columns.values(), strict=True)]


def _cells(row: Row) -> Row:
    """A row as CSV would hold it: nothing where a cell is NaN or another library's word for nothing."""
    return {key: None if _is_nothing(cell) else cell for key, cell in row.items()}


def _is_nothing(cell: object) -> bool:
    if isinstance(cell, Real):  # only NaN differs from itself
        return bool(cell != cell)
    return type(cell).__name__ in ("NAType", "NaTType")


def _figure(value: object) -> float | None:
    return value if isinstance(value, float) else None
