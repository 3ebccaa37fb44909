"""A kind of defect as a declaration: the rule as a reader would say it, what to do about it, and examples both ways."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from atalaya.inspection.defects.cells import CellDefect
from atalaya.inspection.defects.view import TableView
from atalaya.inspection.semantic.knowledge import NOTHING_KNOWN, Knowledge


@dataclass(frozen=True, slots=True)
class ExampleTable:
    """A small table that shows a kind, or only looks like it: names of columns, rows, and what it shows.

    `faults` are the addresses that must be among the cells of the defect; none for a table without it. The header stands in row
    1, so that the first row of data is row 2. `knowledge` is what is known of the country.
    """

    note: str
    names: tuple[str, ...]
    rows: tuple[tuple[str | float, ...], ...]
    faults: tuple[str, ...] = ()
    knowledge: Knowledge = NOTHING_KNOWN


@dataclass(frozen=True, slots=True, kw_only=True)
class DefectKind:
    """One kind of defect. `text` and `remedy` are templates of `thresholds`; `version` goes up whenever the same table may get
    another answer. `detect` is pure."""

    id: str
    version: int
    title: str
    text: str
    remedy: str
    detect: Callable[[TableView], Iterable[CellDefect]]
    examples: tuple[ExampleTable, ...]
    thresholds: Mapping[str, int | float | str] = field(default_factory=dict)

    def told(self) -> str:
        """The rule with its thresholds."""
        return self.text.format(**self.thresholds)
