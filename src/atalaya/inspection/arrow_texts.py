"""Cells as Arrow arrays of the texts that `kinds.cell_text` gives, many at a time; spaces around texts are left."""

from collections.abc import Sequence

import pyarrow as pa
import pyarrow.compute as pc

from atalaya.inspection.frame import Values
from atalaya.inspection.kinds import Cell, cell_text

_NUMBERS = frozenset({int, float})
_EXACT = float(1 << 53)
"""Whole numbers up to it are the same as floats."""
_LEAST, _MOST = 1e-4, 1e9
"""Between them Arrow and Python write floats alike: neither with a power of ten."""
_WHOLE = 1e15
"""Floats below it are written as whole numbers where they are."""


def text_array(cells: Sequence[Cell]) -> "pa.Array":
    """The texts of some cells."""
    types = set(map(type, cells))
    if types == {str}:
        return plain_array(cells)
    found = _numbers(cells) if types <= _NUMBERS else None
    return plain_array(list(map(cell_text, cells))) if found is None else found


def values_array(values: Values, start: int, end: int) -> "pa.Array":
    """The texts of some rows of a column of a frame."""
    codes = pa.array(values.codes[start:end], pa.uint32())
    return pa.DictionaryArray.from_arrays(codes, plain_array(values.texts)).cast(pa.string())


def plain_array(texts: Sequence[Cell]) -> "pa.Array":
    """Texts as they are, and None."""
    try:
        return pa.array(texts, pa.string())
    except UnicodeEncodeError:
        # Halves of characters, which only JSON can spell, are no text to Arrow: U+FFFD takes their place.
        return pa.array([text if text is None else _whole(str(text)) for text in texts], pa.string())


def _whole(text: str) -> str:
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _numbers(cells: Sequence[Cell]) -> "pa.Array | None":
    """The texts of numbers, None where they are written with powers of ten or are not numbers at all."""
    try:
        numbers = pa.array(cells, pa.float64())
    except (OverflowError, pa.ArrowInvalid):
        return None
    sizes = pc.abs(numbers)
    extremes = pc.min_max(sizes).as_py()
    if not extremes["max"] <= _EXACT:
        return None
    whole = pc.equal(numbers, pc.trunc(numbers))
    if pc.all(whole).as_py() and extremes["max"] < _WHOLE:
        return numbers.cast(pa.int64()).cast(pa.string())
    small = pc.and_(pc.less(sizes, _LEAST), pc.greater(sizes, 0.0))
    if pc.any(small).as_py() or extremes["max"] >= _MOST:
        return None
    return pc.if_else(
        whole, pc.trunc(numbers).cast(pa.int64(), safe=False).cast(pa.string()), numbers.cast(pa.string())
    )
