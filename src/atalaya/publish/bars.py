"""The bar of a figure: solid up to the certain, pale up to the possible, a mark at the figure itself."""

from markupsafe import Markup

WIDTH = 200
"""Units across the drawing; it is stretched to the place it stands in."""


def bar(value: float | None, low: float | None, high: float | None, ends: tuple[float, float]) -> Markup:
    """An inline drawing without words: the numbers stand beside it. Empty where the figure does not apply."""
    if low is None or high is None:
        return Markup("")
    start, stop = (_across(end, ends) for end in (low, high))
    parts = [Markup('<rect class="tr" width="{}" height="8"/>').format(WIDTH)]
    if start > 0:
        parts.append(Markup('<rect class="su" width="{}" height="8"/>').format(_short(start)))
    if stop - start > 0.2:
        parts.append(
            Markup('<rect class="op" x="{}" width="{}" height="8"/>').format(_short(start), _short(stop - start))
        )
    if value is not None and stop - start > 0.2:
        place = min(max(_across(value, ends) - 0.8, 0.0), WIDTH - 1.6)
        parts.append(Markup('<rect class="at" x="{}" width="1.6" height="8"/>').format(_short(place)))
    opening = Markup(
        '<svg class="bar" viewBox="0 0 {} 8" preserveAspectRatio="none" aria-hidden="true" focusable="false">'
    )
    return opening.format(WIDTH) + Markup("").join(parts) + Markup("</svg>")


def _across(number: float, ends: tuple[float, float]) -> float:
    share = (number - ends[0]) / (ends[1] - ends[0])
    return min(max(share, 0.0), 1.0) * WIDTH


def _short(number: float) -> str:
    return f"{number:.1f}".removesuffix(".0")
