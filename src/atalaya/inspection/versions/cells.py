"""The cells of two columns side by side: texts that say the same have one number, whichever version they stand in."""

import re
from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, partial

from atalaya.inspection.frame import Frame, Values
from atalaya.inspection.kinds import MISSING, column_kind, is_sure_boolean, text_kind
from atalaya.inspection.values import date_order, decimal_mark, parse_date, parse_number

_FIGURE = re.compile(r"[-+−(]?[\d.,' \u00a0\u202f]*\d[\d.,' \u00a0\u202f]*(?:[eE][-+]?\d+)?\)?")
_LABEL = re.compile(r"[-+−(]?0\d|.*\d{16}")
"""Zeros in front and more digits than a float holds: a code, and not a quantity."""

_MARKED = 2_000
"""Different texts, spread over all, by which the decimal mark of a column is judged."""


@dataclass(frozen=True)
class Side:
    """One column of one version; `place` counts from 0."""

    place: int
    name: str
    values: Values

    @cached_property
    def kind(self) -> str:
        """Its physical type."""
        kinds: Counter[str] = Counter()
        sure = False
        for text, count in self.values.counts().items():
            kind = text_kind(text)
            kinds[kind] += count
            sure = sure or (kind == "boolean" and is_sure_boolean(text))
        return column_kind(dict(kinds), sure)

    @property
    def is_empty(self) -> bool:
        """Whether no cell holds anything."""
        return not any(map(str.strip, self.values.texts))


def sides_of(frame: Frame) -> tuple[Side, ...]:
    """The columns of a table that have a name or hold a value: programs pad tables with empty ones."""
    sides = (
        Side(place, name, values) for place, (name, values) in enumerate(zip(frame.names, frame.columns, strict=False))
    )
    return tuple(side for side in sides if side.name or not side.is_empty)


@dataclass(frozen=True)
class Pair:
    """A column in both versions. `before` and `after` are the numbers of what its cells say, by row; `marks` divide the decimals
    of its figures; `likeness` is that of the cells where the column was told by them and not by its name."""

    old: Side
    new: Side
    before: "array[int]"
    after: "array[int]"
    marks: tuple[str, str] = (".", ".")
    likeness: float | None = None

    @property
    def places(self) -> tuple[int, int]:
        """Its places from 0."""
        return self.old.place, self.new.place

    @property
    def kinds(self) -> tuple[str, str]:
        """Its types, before and after."""
        return self.old.kind, self.new.kind

    @cached_property
    def is_numeric(self) -> bool:
        """Whether it holds numbers in both versions."""
        return set(self.kinds) <= {"integer", "number"}

    def figure(self, text: str, *, after: bool) -> float | None:
        """The number in a cell of one version, None where there is none."""
        return parse_number(plain(text), self.marks[after]) if self.is_numeric else None

    @cached_property
    def scale(self) -> float:
        """The largest size of a figure in either version, 1 where there is none."""
        texts = ((self.old.values.texts, False), (self.new.values.texts, True))
        found = [abs(number) for side, after in texts for text in side if (number := self.figure(text, after=after))]
        return max(found, default=1.0)


def pair_of(old: Side, new: Side, likeness: float | None = None) -> Pair:
    """Two columns with their cells numbered together."""
    numbers: dict[str, int] = {}
    marks = _marks(old.values.texts, new.values.texts) if _are({old.kind, new.kind}, _NUMERIC) else (".", ".")
    reader = _reader(old, new, marks)

    def coded(side: Side, read: Callable[[str], str]) -> "array[int]":
        said = ("" if says_nothing(text) else read(text) for text in side.values.texts)
        own = [numbers.setdefault(text, len(numbers)) for text in said]
        return array("L", map(own.__getitem__, side.values.codes))

    return Pair(old, new, coded(old, reader[0]), coded(new, reader[1]), marks, likeness)


_NUMERIC = frozenset({"integer", "number"})


def _are(kinds: set[str], allowed: frozenset[str]) -> bool:
    """Whether columns are of some types, as far as they hold values."""
    filled = kinds - {"empty"}
    return bool(filled) and filled <= allowed


def _reader(old: Side, new: Side, marks: tuple[str, str]) -> tuple[Callable[[str], str], Callable[[str], str]]:
    """How the texts of each version are read so that what says the same is the same."""
    kinds = {old.kind, new.kind}
    if _are(kinds, _NUMERIC):
        return partial(_number, mark=marks[0]), partial(_number, mark=marks[1])
    if _are(kinds, frozenset({"date"})):
        orders = _orders(old.values.texts, new.values.texts)
        return partial(_day, day_first=orders[0]), partial(_day, day_first=orders[1])
    return plain, plain


def says_nothing(text: str) -> bool:
    """Whether a cell is empty, or holds a sign or word for a missing value."""
    return text.strip().lower() in MISSING


def plain(text: str) -> str:
    """A text without what cannot be seen: blanks joined, none at its ends."""
    return " ".join(text.split())


def _number(text: str, mark: str) -> str:
    bare = plain(text)
    if _FIGURE.fullmatch(bare) is None or _LABEL.match(bare):
        return bare
    number = parse_number(bare, mark)
    return bare if number is None else f"\x00{number + 0.0!r}"


def _day(text: str, day_first: bool) -> str:
    bare = plain(text)
    moment = parse_date(bare, day_first)
    return bare if moment is None else f"\x00{moment.isoformat()}"


def _marks(old: Sequence[str], new: Sequence[str]) -> tuple[str, str]:
    """The decimal mark of each version; one that its own texts leave open is that of the other."""
    found = [decimal_mark(texts[:: max(1, len(texts) // _MARKED)]) for texts in (old, new)]
    sure = [each.mark for each in found if not each.ambiguous and each.reason != "none"]
    marks = [each.mark if not each.ambiguous and each.reason != "none" else (sure or ["."])[0] for each in found]
    return marks[0], marks[1]


def _orders(old: Sequence[str], new: Sequence[str]) -> tuple[bool, bool]:
    found = [date_order(texts) for texts in (old, new)]
    sure = [each.day_first for each in found if not each.ambiguous]
    orders = [each.day_first if not each.ambiguous else (sure or [True])[0] for each in found]
    return orders[0], orders[1]


def rows_as_numbers(pairs: Iterable[Pair], rows: int, *, after: bool) -> list[tuple[int, ...]]:
    """The rows of one version by the numbers of their cells in these columns."""
    columns = [pair.after if after else pair.before for pair in pairs]
    return list(zip(*columns, strict=True)) if columns else [()] * rows
