"""The cells of a table by column: each different text once, in order of appearance, and for each row the number of its text.

Most cells of published tables repeat, so that a table takes four bytes a cell and what is asked of values is asked of different
ones. Rows are in the order of the file; those that are shorter than the table are filled up with empty cells, what longer ones
hold beyond its columns is kept apart.
"""

from array import array
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import cast

import numpy as np

from atalaya.inspection.kinds import Cell, cell_text, text_kind

BYTES_OF_A_TEXT = 110
"""Bytes that a text takes beside its characters, with its places in a dictionary and a list."""
_TEXT_ALONE = frozenset({str, int, float, type(None)})
"""Types of cells that are told apart as keys by what they are as texts; True is the same key as 1."""


class Texts(dict[Cell, int]):
    """Numbers of texts, given as they are first seen; `order` are the texts by number. Cells that read alike have one number."""

    def __init__(self) -> None:
        super().__init__()
        self.order: list[str] = []
        self.padded: set[str] = set()
        """Texts as they stand in cells, with the spaces around them."""

    def meet(self, texts: Sequence[str]) -> None:
        """Number the texts that are new among some, all at once where none of them has spaces around it."""
        different = dict.fromkeys(texts)
        new = [text for text in different if text not in self] if self else list(different)
        if list(map(str.strip, new)) == new:
            self.update(zip(new, range(len(self.order), len(self.order) + len(new)), strict=True))
            self.order.extend(new)

    def __missing__(self, cell: Cell) -> int:
        text = cell_text(cell)
        if isinstance(cell, str) and cell == text:
            number = len(self.order)
            self.order.append(text)
        else:
            number = self[text]
            if isinstance(cell, str):
                self.padded.add(cell)
        self[cell] = number
        return number


@dataclass(frozen=True, slots=True)
class Values:
    """One column: its different texts (an empty one for empty cells), and the number of the text of each row.

    `written` are the rows (from 0) whose cell is a number written as text although the format knows numbers, `padded` those
    whose cell has spaces around its text.
    """

    texts: Sequence[str]
    codes: "array[int]"
    written: Sequence[int] = ()
    padded: Sequence[int] = ()

    def __iter__(self) -> Iterator[str]:
        return map(self.texts.__getitem__, self.codes)

    def __len__(self) -> int:
        return len(self.codes)

    def __getitem__(self, row: int) -> str:
        return self.texts[self.codes[row]]

    def counts(self) -> dict[str, int]:
        """How often each different text stands there, the empty one included, in order of appearance."""
        numbers = Counter(self.codes)
        return {text: numbers[number] for number, text in enumerate(self.texts) if number in numbers}

    def rows_of(self, texts: "frozenset[str] | set[str]", most: int | None = None) -> list[int]:
        """The rows (from 0) that hold one of these texts, at most so many."""
        wanted = {number for number, text in enumerate(self.texts) if text in texts}
        found: list[int] = []
        for row, number in enumerate(self.codes):
            if number in wanted:
                found.append(row)
                if len(found) == most:
                    break
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """A table with its cells. `numbers` are those of its rows as a person sees them in the file.

    `extras` are the texts that stand beyond the columns, by row (from 0); `short` the rows with fewer cells than columns.
    `titles` and `notes` are the rows above the header and below the last row, by number, without their empty cells. `cut` tells
    that the table has more rows than were kept; `first_column` is the number of the first column in its sheet, from 1.
    """

    name: str
    names: tuple[str, ...]
    header_rows: tuple[int, ...]
    numbers: "array[int]"
    columns: tuple[Values, ...]
    extras: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    short: Sequence[int] = ()
    titles: tuple[tuple[int, tuple[str, ...]], ...] = ()
    notes: tuple[tuple[int, tuple[str, ...]], ...] = ()
    cut: bool = False
    first_column: int = 1

    def __len__(self) -> int:
        return len(self.numbers)

    def rows(self) -> Iterator[tuple[str, ...]]:
        """The texts of the rows, each as wide as the table."""
        return zip(*self.columns, strict=True)


@dataclass(slots=True)
class ColumnBuilder:
    """A column that grows, and what is counted of the rows that were not kept."""

    texts: Texts = field(default_factory=Texts)
    codes: "array[int]" = field(default_factory=lambda: array("I"))
    written: "array[int]" = field(default_factory=lambda: array("I"))
    padded: "array[int]" = field(default_factory=lambda: array("I"))
    later: dict[str, int] = field(default_factory=dict)
    """Kinds of cells below the rows that were kept."""

    def add(self, cells: Sequence[Cell], start: int) -> bool:
        """Add the cells of some rows, the first of which is row `start` (from 0); tells whether all of the column are texts
        without spaces around them."""
        types = set(map(type, cells))
        self._encode(cells, types)
        padded = self.texts.padded
        if padded:
            self.padded.extend(start + at for at, cell in enumerate(cells) if cell in padded)
        if str in types and (int in types or float in types):
            self.written.extend(
                start + at
                for at, cell in enumerate(cells)
                if isinstance(cell, str) and text_kind(cell) in ("integer", "number")
            )
        return types == {str} and not padded

    def _encode(self, cells: Sequence[Cell], types: set[type]) -> None:
        if types == {str}:
            self.texts.meet(cast(Sequence[str], cells))
        plain = types <= _TEXT_ALONE
        self.codes.extend(map(self.texts.__getitem__, cells if plain else map(cell_text, cells)))

    def times(self) -> list[int]:
        """How often each of its texts stands there, by number."""
        counted = np.bincount(np.frombuffer(self.codes, np.uint32), minlength=len(self.texts.order))
        return cast(list[int], counted.tolist())

    def values(self) -> Values:
        """The column as it stands."""
        return Values(self.texts.order, self.codes, self.written, self.padded)


class FrameBuilder:
    """Columns that grow by some rows at a time, until they take as many bytes as they may."""

    def __init__(self, width: int, most_bytes: int) -> None:
        self.columns = [ColumnBuilder() for _ in range(width)]
        self.numbers = array("I")
        self.cut = False
        self._left = most_bytes
        self._texts = 0

    def add(self, numbers: Sequence[int], columns: Sequence[Sequence[Cell]]) -> list[Sequence[str]]:
        """Add some rows given by column; gives their texts by column."""
        if self.cut:
            return [self._count(column, cells) for column, cells in zip(self.columns, columns, strict=True)]
        start = len(self.numbers)
        self.numbers.extend(numbers)
        found: list[Sequence[str]] = []
        for column, cells in zip(self.columns, columns, strict=True):
            known = len(column.texts.order)
            bare = column.add(cells, start)
            order = column.texts.order
            new = len(order) - known
            self._left -= 4 * len(cells) + new * BYTES_OF_A_TEXT + (sum(map(len, order[known:])) if new else 0)
            found.append(cast(Sequence[str], cells) if bare else list(map(order.__getitem__, column.codes[start:])))
        self.cut = self._left < 0
        return found

    @staticmethod
    def _count(column: ColumnBuilder, cells: Sequence[Cell]) -> list[str]:
        texts = list(map(cell_text, cells))
        for text, number in Counter(texts).items():
            kind = text_kind(text)
            column.later[kind] = column.later.get(kind, 0) + number
        return texts
