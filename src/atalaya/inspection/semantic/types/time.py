"""Times of day, and durations written like them."""

from atalaya.inspection.semantic.column import Seen
from atalaya.inspection.semantic.declaration import DIGITS, Example, Fit, SemanticType, enough
from atalaya.inspection.semantic.knowledge import Knowledge
from atalaya.inspection.semantic.names import phrases
from atalaya.inspection.semantic.shapes import Form

NAMES = phrases("hora, horas, time, heure, hour, hora inicio, start time, end time, duracion, duration")
NAMED_LEAST = 0.7
_TIMES = frozenset({Form.TIME})


def rule(column: Seen, _: Knowledge) -> Fit | None:
    """Hours and minutes with a colon between them."""
    share = column.of_forms(_TIMES)
    if share >= NAMED_LEAST and column.name.says(NAMES):
        return Fit(share, "name")
    return enough(share)


TYPE = SemanticType(
    id="time",
    version=1,
    title="Time of day",
    text="Times of day or durations written like them; up to {tolerated} % may differ.",
    forms=_TIMES,
    rule=rule,
    signs=DIGITS,
    examples=(
        Example("hora", ("14:30", "08:05", "23:59"), True, "hours and minutes"),
        Example("duración", ("08:05:11", "01:00:00"), True, "a duration written like a time"),
        Example("marcador", ("3-1", "2-2"), False, "scores of games"),
    ),
)
