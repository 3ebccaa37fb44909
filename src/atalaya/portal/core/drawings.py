"""Small drawings in SVG, made on the server; each stands beside its figures in words or in a table."""

from collections.abc import Sequence

from markupsafe import Markup


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
