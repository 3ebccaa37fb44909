"""Drawings in SVG, made on the server; each stands beside its figures in words or in a table.

They carry colours of their own, so that a downloaded file can be looked at anywhere; on pages the style sheet puts the colours
of light, dark and paper in their place, by the classes.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

WIDTH, HEIGHT = 440, 230
"""Units of a chart: on a phone a unit is nearly a pixel, so that its words can be read."""

LEFT, RIGHT, TOP, BOTTOM = 30, 12, 14, 26
HIGHEST = 100.0
"""The end of the scale of every figure."""

TILE_WIDTH, TILE_HEIGHT = 80, 54
NAMED = 14
"""Characters of a name that fit on a tile; the whole name is in the table."""

STEPS = ("#e9e5da", "#d4e3e6", "#a5c8d0", "#3f7f8f", "#246070", "#0f4c5c")
"""Fills of tiles: without a figure, then one for each fifth of the scale."""


@dataclass(frozen=True, slots=True)
class Moment:
    """One figure in time: its name on the axis, the figure as it is written, and the figure with its interval."""

    name: str
    said: str
    value: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Cell:
    """One tile: its name, the figure as it is written, its place on the grid from 1, and the figure."""

    name: str
    said: str
    row: int
    column: int
    value: float | None


def course(values: Sequence[float | None], low: float = 0.0, high: float = 100.0) -> Markup:
    """A line through the figures of the editions, oldest first; gaps where there is none. Empty below two figures."""
    known = [(place, value) for place, value in enumerate(values) if value is not None]
    if len(known) < 2:
        return Markup("")
    width, height = 120, 32
    step = width / max(len(values) - 1, 1)
    points = " ".join(
        f"{place * step:.1f},{height - (value - low) / (high - low) * height:.1f}" for place, value in known
    )
    last_place, last = known[-1]
    dot = (round(last_place * step, 1), round(height - (last - low) / (high - low) * height, 1))
    opening = Markup('<svg class="course" viewBox="-3 -3 126 38" aria-hidden="true">')
    line = Markup('<polyline points="{}"/><circle cx="{}" cy="{}" r="2.5"/></svg>').format(points, *dot)
    return opening + line


def timeline(name: str, title: str, text: str, moments: Sequence[Moment]) -> Markup:
    """Figures over time as a line, with their intervals as a band; `text` says what is to be seen."""
    step = (WIDTH - LEFT - RIGHT - 30) / max(len(moments) - 1, 1)
    placed = [(LEFT + 15 + place * step, each) for place, each in enumerate(moments)]
    line = [(x, each.value) for x, each in placed if each.value is not None]
    parts = [_scale(), _band(placed)]
    parts.append(
        _mark("polyline", class_="line", points=_points(line), fill="none", stroke="#0f4c5c", stroke_width=2.5)
    )
    parts.extend(_mark("circle", class_="dot", cx=x, cy=_down(value), r=4, fill="#0f4c5c") for x, value in line)
    every = max(1, -(-len(moments) // 5))
    for x, each in placed[::-1][::every]:
        parts.append(_words(x, HEIGHT - 8, each.name))
        if each.value is not None:
            parts.append(_words(x, _down(each.value) - 9, each.said, "say"))
    return _chart(name, title, text, WIDTH, HEIGHT, parts)


def _band(placed: Sequence[tuple[float, Moment]]) -> Markup:
    """The intervals: a band through several, a thick line through one."""
    ends = [(x, each.low, each.high) for x, each in placed if each.low is not None and each.high is not None]
    if len(ends) > 1:
        around = [(x, high) for x, _, high in ends] + [(x, low) for x, low, _ in reversed(ends)]
        return _mark("polygon", class_="span", points=_points(around), fill="#a5c8d0")
    lines = [
        _mark("line", class_="whisker", x1=x, x2=x, y1=_down(low), y2=_down(high), stroke="#a5c8d0", stroke_width=5)
        for x, low, high in ends
    ]
    return Markup("").join(lines)


def columns(name: str, title: str, text: str, bins: Sequence[tuple[float, float, int]]) -> Markup:
    """How many fall in each part of a scale, (from, to, how many), as columns with their counts above; the parts adjoin."""
    most = max((count for _, _, count in bins), default=0) or 1
    step = (WIDTH - 2 * RIGHT) / max(len(bins), 1)
    ground = HEIGHT - BOTTOM
    parts = []
    for place, (start, _, count) in enumerate(bins):
        tall, x = (ground - TOP - 10) * count / most, RIGHT + place * step
        parts.append(_mark("rect", class_="dot", x=x + 2, y=ground - tall, width=step - 4, height=tall, fill="#0f4c5c"))
        parts.append(_words(x, HEIGHT - 8, _short(start)))
        if count:
            parts.append(_words(x + step / 2, ground - tall - 4, str(count), "say"))
    parts.extend(_words(WIDTH - RIGHT, HEIGHT - 8, _short(end)) for _, end, _ in bins[-1:])
    parts.append(_mark("line", class_="grid", x1=0, x2=WIDTH, y1=ground, y2=ground, stroke="#8a8f94"))
    return _chart(name, title, text, WIDTH, HEIGHT, parts)


def tiles(name: str, title: str, text: str, cells: Sequence[Cell]) -> Markup:
    """A map of equal tiles, each with its name and figure on the fill of its fifth of the scale."""
    parts = []
    for cell in cells:
        x, y = (cell.column - 1) * TILE_WIDTH, (cell.row - 1) * TILE_HEIGHT
        step, middle = fifth(cell.value), x + TILE_WIDTH / 2
        ink = "#fff" if step >= 3 else "#17222d"
        shown = cell.name if len(cell.name) <= NAMED else f"{cell.name[: NAMED - 1].rstrip()}…"
        box: dict[str, object] = {"x": x + 1, "y": y + 1, "width": TILE_WIDTH - 2, "height": TILE_HEIGHT - 2}
        of: dict[str, object] = {"x": middle, "text_anchor": "middle", "fill": ink}
        drawn = (
            _mark("title", f"{cell.name}: {cell.said}"),
            _mark("rect", class_=f"k{step}", fill=STEPS[step], **box),
            _mark("text", shown, class_="name", y=y + 21, font_size=9.5, **of),
            _mark("text", cell.said, class_="value", y=y + 41, font_size=14, font_weight=600, **of),
        )
        parts.append(_mark("g", Markup("").join(drawn), class_="tile"))
    wide = max((cell.column for cell in cells), default=0) * TILE_WIDTH
    high = max((cell.row for cell in cells), default=0) * TILE_HEIGHT
    return _chart(name, title, text, wide, high, parts)


def fifth(value: float | None) -> int:
    """Which fifth of the scale a figure lies in, from 1 to 5; 0 where there is none."""
    return 0 if value is None else min(int(max(value, 0.0) // 20) + 1, 5)


def standalone(drawn: Markup) -> bytes:
    """A drawing as a file of its own."""
    return drawn.replace(
        "<svg ", Markup('<svg xmlns="http://www.w3.org/2000/svg" font-family="sans-serif" '), 1
    ).encode()


def _chart(name: str, title: str, text: str, wide: float, high: float, parts: Sequence[Markup]) -> Markup:
    said = _mark("title", title, id=f"{name}-t") + _mark("desc", text, id=f"{name}-d")
    box = f"0 0 {_short(wide)} {_short(high)}"
    inside = said + Markup("").join(parts)
    return _mark("svg", inside, class_="chart", role="img", viewBox=box, aria_labelledby=f"{name}-t {name}-d")


def _scale() -> Markup:
    """The lines of the scale with their numbers."""
    lines = []
    for mark in (0, 25, 50, 75, 100):
        y = _down(float(mark))
        lines.append(_mark("line", class_="grid", x1=LEFT, x2=WIDTH - RIGHT, y1=y, y2=y, stroke="#ddd8cc"))
        lines.append(_words(LEFT - 5, y + 4, str(mark), anchor="end"))
    return Markup("").join(lines)


def _words(x: float, y: float, said: str, kind: str = "of", anchor: str = "middle") -> Markup:
    ink = "#17222d" if kind == "say" else "#4d5866"
    return _mark("text", said, class_=kind, x=x, y=y, text_anchor=anchor, font_size=12, fill=ink)


def _mark(tag: str, inside: str | None = None, /, **attributes: object) -> Markup:
    """One element: numbers shortened, everything escaped, `class_` and `stroke_width` named as SVG names them."""
    named = Markup("").join(
        Markup(' {}="{}"').format(
            name.rstrip("_").replace("_", "-"), _short(value) if isinstance(value, int | float) else value
        )
        for name, value in attributes.items()
    )
    if inside is None:
        return Markup("<{}{}/>").format(tag, named)
    return Markup("<{0}{1}>{2}</{0}>").format(tag, named, inside)


def _points(places: Sequence[tuple[float, float]]) -> str:
    return " ".join(f"{_short(x)},{_short(_down(value))}" for x, value in places)


def _down(value: float) -> float:
    """How far down the drawing a figure of the scale lies."""
    return TOP + (1 - min(max(value, 0.0), HIGHEST) / HIGHEST) * (HEIGHT - TOP - BOTTOM)


def _short(number: float) -> str:
    """A number with one decimal at most."""
    return f"{number:.1f}".removesuffix(".0")
