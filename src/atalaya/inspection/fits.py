"""What the columns of a table accept, learnt from its regular rows: kinds, shapes, known values, whether they may be empty."""

import re
from collections import Counter
from collections.abc import Collection, Sequence

from atalaya.inspection.kinds import column_kind, text_kind

_LEAST = 8
"""Cells from which what was never seen is taken for what does not happen."""
_SURPRISE = 0.03
"""Share of cells whose value or shape stands once in a column: it estimates how often the next cell is one of a new kind
(I. J. Good, *Biometrika* 40, 1953). Above it shapes and values say nothing of what the column accepts."""
_LONGEST_SHAPED = 80
"""Characters of a cell above which its shape says nothing."""
_SHORTEST_PREFIX = 4
_RARE = 0.02
"""Share of a column's cells below which a kind in it is a slip."""
_SHAPES = {
    **dict.fromkeys(range(ord("0"), ord("9") + 1), "9"),
    **{code: "a" if chr(code).islower() else "A" for code in range(0x250) if chr(code).isalpha()},
}
_RUN = re.compile(r"([9aA])\1+")


def shape(text: str) -> str:
    """The text with digits as `9`, small letters as `a` and capitals as `A`.

    >>> shape("GT-0101 ñ")
    'AA-9999 a'
    """
    return text.translate(_SHAPES)


class ColumnFit:
    """What one column accepts. `fits` is loose, by kind; with `strict` it also asks for a shape or a value that was seen. What
    was seen only once shows nothing: it may be what is out of place."""

    def __init__(self, cells: Sequence[str]) -> None:
        texts = [cell.strip() for cell in cells]
        filled = [text for text in texts if text]
        kinds = Counter(kind for kind in map(_kind, filled) if kind != "empty")
        enough = len(cells) >= _LEAST
        self.kind = column_kind(dict(kinds))
        self.may_be_empty = not enough or len(filled) < len(texts)
        self.is_empty = enough and not filled
        self._spaced = not enough or any(cell[:1] == " " for cell in cells)
        least = max(2 if enough else 1, _RARE * len(filled))
        seen = {kind for kind, number in kinds.items() if number >= least}
        self._kinds = seen | ({"integer"} if "number" in seen else set())
        self._typed = "text" not in seen and bool(seen) and enough
        values = Counter(filled)
        self._values = frozenset(text for text, number in values.items() if number > 1)
        self._closed = enough and _is_closed(values)
        self._prefix = _common_start(values) if len(values) >= _LEAST else ""
        self._shapes = _few_shapes(filled) if enough else None
        self._seen: dict[tuple[str, bool], bool] = {}

    @property
    def is_typed(self) -> bool:
        """Whether it holds only values of some kinds, no free text."""
        return self._typed

    def fits(self, text: str, strict: bool = False) -> bool:
        """Whether the column accepts a cell."""
        key = (text, strict)
        known = self._seen.get(key)
        if known is None:
            known = self._seen[key] = self._judge(text, strict)
            if len(self._seen) > 50_000:
                self._seen.clear()
        return known

    def _judge(self, text: str, strict: bool) -> bool:
        bare = text.strip()
        if not bare:
            return self.may_be_empty
        if self.is_empty:
            return False
        if bare in self._values:
            return self._spaced or text[:1] != " " or not strict
        if _kind(bare) == "empty":
            return not strict
        if self._typed and _kind(bare) not in self._kinds:
            return False
        return not strict or self._is_alike(text, bare)

    def _is_alike(self, text: str, bare: str) -> bool:
        if not self._spaced and text[:1] == " ":
            return False
        if self._closed and not self._typed:
            return False
        if _kind(bare) not in self._kinds:
            return False
        if len(self._prefix) >= _SHORTEST_PREFIX and not bare.startswith(self._prefix):
            return False
        if self._shapes is None:
            return True
        return shape(bare) in self._shapes or _RUN.sub(r"\1+", shape(bare)) in self._shapes


def _common_start(texts: Collection[str]) -> str:
    """The characters that all texts begin with."""
    first, last = min(texts), max(texts)
    same = next((at for at, (one, other) in enumerate(zip(first, last, strict=False)) if one != other), len(first))
    return first[:same]


def _few_shapes(filled: Sequence[str]) -> frozenset[str] | None:
    """The shapes of a column that has few of them; with runs of any length where lengths vary; None for free text."""
    if any(len(text) > _LONGEST_SHAPED for text in filled):
        return None
    for shapes in (Counter(map(shape, filled)), Counter(_RUN.sub(r"\1+", shape(text)) for text in filled)):
        if _is_closed(shapes):
            return frozenset(each for each, number in shapes.items() if number > 1)
    return None


def _is_closed(counts: Counter[str]) -> bool:
    """Whether nearly all that a column holds stands in it more than once; one odd cell is forgiven."""
    once = sum(number == 1 for number in counts.values())
    return once <= max(1, _SURPRISE * counts.total()) < counts.total()


def _kind(text: str) -> str:
    """The kind of a text; numbers with leading zeros stand in the columns of other numbers."""
    return "integer" if text.isdecimal() else text_kind(text)
