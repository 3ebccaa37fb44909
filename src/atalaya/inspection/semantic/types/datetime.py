"""A day and a time of day."""

import re

from atalaya.inspection.semantic.column import Seen
from atalaya.inspection.semantic.declaration import Example, Fit, SemanticType, enough
from atalaya.inspection.semantic.knowledge import Knowledge
from atalaya.inspection.semantic.shapes import Form
from atalaya.inspection.values import parse_date, tells_time

_FORMS = frozenset({Form.MOMENT, Form.DAY})
_TIME = re.compile(r"\d{1,2}:\d{2}(?::\d{2})?\Z")
LEAST_TIMES = 0.5
"""Share of the values that tell a time: the rest may be days alone."""


def rule(column: Seen, _: Knowledge) -> Fit | None:
    """Dates of which at least half tell a time; a few may be times alone."""
    if column.some(tells_time) < LEAST_TIMES:
        return None
    if fit := enough(column.fitting(parse_date)):
        return fit
    return enough(column.fitting(lambda text: parse_date(text) is not None or _TIME.match(text) is not None))


TYPE = SemanticType(
    id="datetime",
    version=2,
    title="Date and time",
    text="A day with a time of day in any spelling, with or without zone; up to {tolerated} % may differ, and "
    "up to half may be days alone.",
    forms=_FORMS,
    rule=rule,
    signs=frozenset(":"),
    examples=(
        Example("modified", ("2019-03-01T10:00:00Z", "2019-03-02T11:30:00Z"), True, "ISO 8601"),
        Example("fecha", ("1/3/19 14:30", "2/3/19 2:05 p.m."), True, "as people write them"),
        Example("fecha", ("2019-03-01", "2019-03-02"), False, "days alone"),
    ),
)
