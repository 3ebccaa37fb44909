"""Small drawings without words: where the parts of a table stand, and how the values of a column are spread.

What they show stands beside them in words.
"""

from collections.abc import Iterable, Sequence

from markupsafe import Markup

from atalaya.inspection.semantic.histogram import Histogram
from atalaya.publish.inspected.file import Part

WIDTH, HEIGHT = 120, 84
"""Units of the drawing of a table."""
_LEAST = 9.0
"""Height of the smallest part: what can still be seen."""
_MOST_LINES = 8
"""Lines between columns or rows that are drawn; more would be a grey surface."""
_CLASSES = {"title": "ti", "header": "he", "data": "da", "note": "no"}
_STEP, _TALL = 10, 40
"""Units of one step of a histogram, and of its highest one."""


def table_drawing(parts: Sequence[Part], columns: int) -> Markup:
    """A table as a sheet seen from afar: titles and notes as short stripes, the header dark, the data ruled."""
    if not parts:
        return Markup("")
    drawn = []
    top = 0.0
    for part, height in zip(parts, _heights(parts), strict=True):
        wide = WIDTH if part.kind in ("header", "data") else WIDTH * 0.6
        drawn.append(_rectangle(_CLASSES[part.kind], top + 1, wide, height - 2))
        if part.kind == "data":
            drawn.append(_ruled(top + 1, height - 2, columns, part.last - part.first + 1))
        top += height
    opening = Markup('<svg class="sheet" viewBox="0 0 {} {}" aria-hidden="true" focusable="false">')
    return opening.format(WIDTH, HEIGHT) + Markup("").join(drawn) + Markup("</svg>")


def _heights(parts: Sequence[Part]) -> list[float]:
    """The height of each part: as its rows are, but none too small to be seen."""
    rows = [part.last - part.first + 1 for part in parts]
    spare = HEIGHT - _LEAST * len(parts)
    return [_LEAST + spare * each / sum(rows) for each in rows]


def _ruled(top: float, height: float, columns: int, rows: int) -> Markup:
    """The lines between columns and rows."""
    across, down = min(columns, _MOST_LINES), min(rows, _MOST_LINES, int(height // 6))
    lines = [f"M{_short(WIDTH * at / across)} {_short(top)}v{_short(height)}" for at in range(1, across)]
    lines += [f"M0 {_short(top + height * at / down)}h{WIDTH}" for at in range(1, down)]
    return Markup('<path class="ru" d="{}"/>').format("".join(lines)) if lines else Markup("")


def _rectangle(kind: str, top: float, width: float, height: float) -> Markup:
    text = Markup('<rect class="{}" y="{}" width="{}" height="{}"/>')
    return text.format(kind, _short(top), _short(width), _short(height))


def histogram_drawing(histogram: Histogram | None) -> Markup:
    """The steps of a histogram side by side; every step that holds a value can be seen. Empty where there is none."""
    if histogram is None or not any(histogram.counts):
        return Markup("")
    opening = Markup(
        '<svg class="hist" viewBox="0 0 {} {}" preserveAspectRatio="none" aria-hidden="true" focusable="false">'
    )
    drawn = Markup('<path d="{}"/></svg>').format("".join(_steps(histogram.counts)))
    return opening.format(_STEP * len(histogram.counts), _TALL) + drawn


def _steps(counts: Sequence[int]) -> Iterable[str]:
    most = max(counts)
    for at, count in enumerate(counts):
        if count:
            height = _short(max(_TALL * count / most, 1.0))
            yield f"M{_STEP * at} {_TALL}v-{height}h{_STEP - 1}v{height}z"


def _short(number: float) -> str:
    return f"{number:.1f}".removesuffix(".0")
