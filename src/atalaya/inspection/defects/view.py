"""What a kind of defect sees of a table: its cells by column, what each column is, its numbers, and what is known of the country.

Everything is found when it is first asked for, and once: on different texts, then on their codes.
"""

from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar

import pyarrow as pa
import pyarrow.compute as pc

from atalaya.inspection.defects import roles
from atalaya.inspection.defects.cells import MOST_CELLS, CellDefect, address, letters
from atalaya.inspection.defects.figures import SEPARATOR, decimals, parsed, plain
from atalaya.inspection.defects.lazily import lazily
from atalaya.inspection.findings import Column
from atalaya.inspection.frame import Frame, Values
from atalaya.inspection.kinds import MISSING
from atalaya.inspection.semantic.knowledge import NOTHING_KNOWN, Knowledge
from atalaya.inspection.values import decimal_mark

Found = TypeVar("Found")

_DISGUISES = frozenset(form for text in MISSING for form in (text, text.upper(), text.capitalize(), text.title()))
"""Disguises of a missing value as people write them."""
_FEW = 2_000
"""Rows that are added up sooner than Arrow is called."""
_MARKED = 1_000
"""Different texts by which the decimal mark of a column is judged."""
COMMON = 10
"""Cells in which a value must stand before findings may show it (architecture, rule 9)."""
_LONGEST_SHOWN = 40
"""Characters of a value that may be shown: longer ones are free text."""
_SAMPLE = 64
"""Values by which the decimals of a column are judged."""


class ColumnView:
    """One column: its different texts, the number of the text of each row, and what is found of them."""

    def __init__(self, column: Column, values: Values, table: "TableView") -> None:
        self.position = column.position
        self.name = column.name
        self.kind = column.kind
        self.texts: Sequence[str] = values.texts
        self.codes: array[int] = values.codes
        self.written = values.written
        self.personal = column.personal is not None
        self._column = column
        self._table = table

    @property
    def is_numeric(self) -> bool:
        """Whether it is a column of numbers."""
        return self.kind in ("integer", "number")

    @property
    def letters(self) -> str:
        """The letters that a sheet puts above it."""
        return letters(self._number)

    @property
    def _number(self) -> int:
        return self.position + self._table.frame.first_column - 1

    def address(self, row: int) -> str:
        """The address of its cell in the row of this number, as a person sees both."""
        return address(self._number, row)

    @lazily
    def folded(self) -> str:
        """Its name in lower case without accents and signs."""
        return roles.folded(self.name)

    @lazily
    def joined(self) -> str:
        """Its different texts as one."""
        return SEPARATOR.join(self.texts)

    @lazily
    def _plain(self) -> "array[float] | None":
        return plain(self.texts, self._blank) if self.is_numeric else None

    @lazily
    def _blank(self) -> int | None:
        """The number of the empty text."""
        try:
            return self.texts.index("")
        except ValueError:
            return None

    @property
    def is_plain(self) -> bool:
        """Whether all its texts are numbers as programs write them (or empty): no units, no signs between thousands."""
        return self._plain is not None

    @lazily
    def counts(self) -> "Counter[int]":
        """Rows by the number of their text."""
        return Counter(self.codes)

    @lazily
    def missing(self) -> frozenset[int]:
        """Numbers of the texts that stand for no value."""
        if self.is_plain:
            return frozenset() if self._blank is None else frozenset({self._blank})
        found = _DISGUISES.intersection(self.texts)
        return frozenset(number for number, text in enumerate(self.texts) if text in found) if found else frozenset()

    @lazily
    def filled(self) -> int:
        """Cells with a value, of the rows that are at hand."""
        if not self._table.frame.cut:
            return self._column.filled
        return len(self.codes) - sum(self.counts[number] for number in self.missing)

    @lazily
    def distinct(self) -> int:
        """Different values."""
        return len(self.texts) - len(self.missing)

    @lazily
    def own_mark(self) -> str | None:
        """What divides decimals here, None where its texts leave it open."""
        found = decimal_mark(self.texts[:_MARKED])
        return None if found.ambiguous or found.reason == "none" else found.mark

    @lazily
    def mark(self) -> str:
        """What divides decimals here; where its texts leave it open, what does so in the other columns."""
        return self.own_mark or self._table.mark

    @lazily
    def numbers(self) -> "array[float]":
        """The values of its texts by number, NaN for those that are no numbers; empty where it is no column of numbers."""
        if self._plain is not None:
            return self._plain
        return parsed(self.texts, self.mark) if self.is_numeric else array("d")

    @lazily
    def values(self) -> pa.DoubleArray:
        """Its numbers by row, NaN where there is none."""
        numbers = pa.Array.from_buffers(pa.float64(), len(self.numbers), [None, pa.py_buffer(self.numbers)])
        return numbers.take(self.row_codes)

    @lazily
    def sum(self) -> float:
        """The sum of its numbers over all rows."""
        if len(self.codes) <= _FEW:
            return sum((value for value in map(self.numbers.__getitem__, self.codes) if value == value), 0.0)
        values = (
            self.values if self.is_plain and not self.missing else pc.if_else(pc.is_nan(self.values), 0.0, self.values)
        )
        return float(pc.sum(values).as_py() or 0.0)

    @lazily
    def row_codes(self) -> pa.UInt32Array:
        """The numbers of texts by row."""
        return pa.Array.from_buffers(pa.uint32(), len(self.codes), [None, pa.py_buffer(self.codes)])

    @lazily
    def decimals(self) -> int:
        """Decimals of its numbers, judged by some of them."""
        if self.kind == "integer":
            return 0
        return decimals(self.texts[:: max(1, len(self.texts) // _SAMPLE)], "." if self.is_plain else self.mark)

    def rows_of(self, numbers: "frozenset[int] | set[int]") -> list[int]:
        """The rows (from 0) whose text has one of these numbers."""
        return [row for row, number in enumerate(self.codes) if number in numbers]

    def text(self, row: int) -> str:
        """The text of a row (from 0)."""
        return self.texts[self.codes[row]]

    def shown(self, row: int) -> str | None:
        """The text of a row (from 0) where everybody may see it: it stands in `COMMON` cells, is no free text and no address of a
        person, and its column holds no personal data and few different texts; None otherwise."""
        if self.personal or len(self.texts) * COMMON > len(self.codes):
            return None
        text, count = self.text(row), self.counts[self.codes[row]]
        common = count >= COMMON and len(text) <= _LONGEST_SHOWN
        return text if text and common and "@" not in text else None


class TableView:
    """A table as the kinds of defect see it."""

    def __init__(self, frame: Frame, columns: Sequence[Column], knowledge: Knowledge = NOTHING_KNOWN) -> None:
        self.frame = frame
        self.knowledge = knowledge
        self.rows = len(frame)
        self._once: dict[Callable[[TableView], Any], Any] = {}
        self.columns = tuple(
            ColumnView(column, values, self) for column, values in zip(columns, frame.columns, strict=False)
        )

    @lazily
    def mark(self) -> str:
        """What divides decimals in most columns of numbers that show it."""
        marks = [column.own_mark for column in self.numeric if not column.is_plain]
        return "," if marks.count(",") > marks.count(".") else "."

    @lazily
    def numeric(self) -> tuple[ColumnView, ...]:
        """Columns of numbers."""
        return tuple(column for column in self.columns if column.is_numeric)

    @lazily
    def measures(self) -> tuple[ColumnView, ...]:
        """Columns of numbers that count or measure something: no codes, years, coordinates or numbers of rows."""
        return tuple(column for column in self.numeric if not roles.is_label(column))

    @lazily
    def labels(self) -> tuple[ColumnView, ...]:
        """Columns of text."""
        return tuple(column for column in self.columns if column.kind == "text")

    def once(self, find: "Callable[[TableView], Found]") -> Found:
        """What a function finds in this table, asked once: several kinds may look at the same."""
        if find not in self._once:
            self._once[find] = find(self)
        found: Found = self._once[find]
        return found

    def found(
        self,
        kind: str,
        cells: Iterable[tuple[ColumnView, int]],
        detail: str,
        *,
        count: int,
        columns: Iterable[ColumnView] = (),
        example: Sequence[str] = (),
        doubtful: bool = False,
    ) -> CellDefect:
        """A defect at some cells, each a column and a row (from 0); `columns` are those that it concerns, those of the cells by
        default."""
        named: list[str] = []
        shown: str | None = None
        rows: dict[int, None] = {}
        positions = {column.position for column in columns}
        for column, row in cells:
            if len(named) == MOST_CELLS and len(rows) >= MOST_CELLS:
                break
            number = self.frame.numbers[row]
            if len(named) < MOST_CELLS:
                named.append(column.address(number))
                shown = column.shown(row) if shown is None else shown
            if len(rows) < MOST_CELLS:
                rows[number] = None
            positions.add(column.position)
        return CellDefect(
            id=kind,
            columns=tuple(sorted(positions)),
            count=count,
            cells=tuple(named),
            rows=tuple(rows),
            detail=detail,
            example=tuple(example),
            shown=shown,
            doubtful=doubtful,
        )

    def row_texts(self, row: int, columns: Iterable[ColumnView]) -> tuple[str, ...]:
        """The texts of some columns of a row (from 0)."""
        return tuple(column.text(row) for column in columns)
