"""Days of the week."""

from atalaya.inspection.kinds import words
from atalaya.inspection.semantic.column import Seen
from atalaya.inspection.semantic.declaration import Example, Fit, SemanticType, enough
from atalaya.inspection.semantic.knowledge import Knowledge
from atalaya.inspection.semantic.shapes import Form

WEEKDAYS = words(
    "lunes martes miercoles jueves viernes sabado domingo lun mar mie jue vie sab dom monday tuesday "
"wednesday thursday friday saturday sunday "
    "mon tue tues wed thu thur thurs fri sat sun segunda terca quarta quinta sexta seg ter qua qui sex "
"lundi mardi mercredi jeudi vendredi samedi dimanche"
) | {f"{day} feira" for day in ("segunda", "terca", "quarta", "quinta", "sexta")}  # fmt: skip
_MOST_DIFFERENT = 30


def rule(column: Seen, _: Knowledge) -> Fit | None:
    """Names of days, whole or shortened."""
    if column.distinct > _MOST_DIFFERENT:
        return None
    return enough(column.among(WEEKDAYS), "known")


TYPE = SemanticType(
    id="weekday",
    version=1,
    title="Day of the week",
    text="Days of the week by name in Spanish, English, Portuguese or French, whole or shortened; up to "
    "{tolerated} % may differ.",
    forms=frozenset({Form.WORD, Form.WORDS}),
    rule=rule,
    words=lambda _: WEEKDAYS,
    examples=(
        Example("día", ("lunes", "martes", "sábado"), True, "names in Spanish"),
        Example("day", ("Mon", "Tue", "Sun"), True, "shortened names in English"),
        Example("mes", ("enero", "marzo"), False, "months"),
    ),
)
