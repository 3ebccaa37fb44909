"""A column as people read it: what it means, how full it is, what is missing and how, and how its values are spread."""

from collections.abc import Mapping
from dataclasses import dataclass

from atalaya.inspection.defects.cells import letters
from atalaya.inspection.findings import Column, Description
from atalaya.inspection.kinds import MISSING
from atalaya.inspection.semantic.declaration import title_of
from atalaya.inspection.semantic.distribution import QUANTILES, Spread
from atalaya.inspection.semantic.histogram import Histogram
from atalaya.inspection.semantic.judging import explain
from atalaya.inspection.semantic.registry import EMPTY, OTHER, by_id
from atalaya.inspection.showing import is_guarded, is_varied
from atalaya.publish.inspected.speech import Speech

KINDS: Mapping[str, str] = {
    "boolean": "yes or no",
    "date": "dates",
    "empty": "no value",
    "integer": "whole numbers",
    "number": "numbers",
    "text": "texts",
}
"""Physical types, in words."""

PERSONAL: Mapping[str, str] = {
    "birth_date": "dates of birth",
    "health": "the health of persons",
    "home_address": "addresses of homes",
    "identity_number": "national numbers of persons",
    "minor": "children",
    "private_mail": "private e-mail addresses",
    "private_phone": "private telephones",
}
"""Kinds of personal data, in words."""

VALUE_LIMIT = 60
"""Characters of a value that are shown."""
COMMONEST = 5
"""Commonest values that are shown of a column."""
_NO_RANGE = frozenset({"code", "division_code", "identifier", "personal_id", "postal_code", "tax_id", "telephone"})
"""Semantic types whose values look like numbers and measure nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnView:
    """One column in the reader's language. `letters` are those above it in a sheet; `filled` counts cells of `rows`;
    `personal` says which personal data it seems to hold.

    `missing` are phrases, one for each way in which a value is missing. `spread` is a phrase and `drawing` what is drawn of it;
    `top` are the commonest values with how many cells hold each, `withheld` says why there are none.
    """

    position: int
    letters: str
    name: str
    kind: str
    meaning: str
    why: str
    filled: int
    rows: int
    distinct: str
    missing: tuple[str, ...]
    personal: str
    spread: str
    drawing: Histogram | None
    top: tuple[tuple[str, int], ...]
    withheld: str


def column_view(speech: Speech, column: Column, rows: int, *, held_back: bool) -> ColumnView:
    """A column of a table of so many rows; `held_back` tells that values which may not be shown to others were taken out."""
    told = column.description
    return ColumnView(
        position=column.position,
        letters=letters(column.position),
        name=speech.name(column.name),
        kind=speech.say(KINDS[column.kind]) if column.kind in KINDS else column.kind,
        meaning=_meaning(speech, told),
        why=explain(told.semantic, speech.language) if told is not None else "",
        filled=column.filled,
        rows=rows,
        distinct=_distinct(speech, column),
        missing=_missing(speech, column, rows),
        personal=speech.say(PERSONAL.get(column.personal, column.personal)) if column.personal is not None else "",
        spread=_spread(speech, told),
        drawing=_drawing(told),
        top=_top(speech, told),
        withheld=_withheld(speech, column) if held_back else "",
    )


def _meaning(speech: Speech, told: Description | None) -> str:
    """The title of the semantic type; empty where there is none narrower than the physical one."""
    if told is None or told.semantic.type in (OTHER, EMPTY):
        return ""
    return title_of(by_id(told.semantic.type), speech.language)


def _distinct(speech: Speech, column: Column) -> str:
    if column.distinct is None:
        return speech.say("many different")
    return speech.count("{count} different value", "{count} different values", column.distinct)


def _missing(speech: Speech, column: Column, rows: int) -> tuple[str, ...]:
    """Blank cells, and each sign or number that stands for a missing value."""
    told = column.description
    disguises = told.disguises if told is not None else ()
    signs = sum(count for text, count in disguises if text.strip().lower() in MISSING)
    exact = told is None or told.rows == rows
    found = []
    blank = max(column.missing - signs, 0) if exact else column.missing
    if blank:
        found.append(speech.count("{count} empty", "{count} empty cells", blank))
    for text, count in disguises:
        found.append(speech.say("{count} with “{text}”", count=speech.whole(count), text=speech.name(text, 20)))
    return tuple(found)


def _spread(speech: Speech, told: Description | None) -> str:
    """The range and median, of a sample where not all values were kept."""
    spread = _measured(told)
    if told is None or spread is None:
        return ""
    said = _range(speech, told, spread)
    return said if told.distribution.whole else speech.say("{range} (of a sample)", range=said)


def _range(speech: Speech, told: Description, spread: Spread) -> str:
    written = _year if told.semantic.type == "year" else speech.figure
    if spread.minimum == spread.maximum:
        return speech.say("always {value}", value=written(spread.minimum))
    return speech.say(
        "from {low} to {high}, median {median}",
        low=written(spread.minimum),
        high=written(spread.maximum),
        median=written(spread.quantiles[QUANTILES.index(0.5)]),
    )


def _year(value: float | str) -> str:
    """A year, which nobody writes in groups of digits."""
    return f"{value:g}" if isinstance(value, float) else str(value)


def _drawing(told: Description | None) -> Histogram | None:
    spread = _measured(told)
    return spread.histogram if spread is not None else None


def _measured(told: Description | None) -> Spread | None:
    """The spread of what measures something: of codes that are written in digits, neither range nor median says anything."""
    if told is None or told.semantic.type in _NO_RANGE:
        return None
    return told.distribution.spread


def _top(speech: Speech, told: Description | None) -> tuple[tuple[str, int], ...]:
    """The commonest values; of a column in which none repeats there is no commonest."""
    if told is None:
        return ()
    top = told.distribution.top[:COMMONEST]
    return tuple((speech.name(text, VALUE_LIMIT), count) for text, count in top if count > 1)


def _withheld(speech: Speech, column: Column) -> str:
    """Why no value of a column is shown; empty where some are, or where there is none."""
    told = column.description
    if told is None or not column.filled or told.distribution.top:
        return ""
    if column.personal is not None:
        return speech.say("values not shown: they may be personal data")
    if is_varied(column):
        return speech.say("values not shown: nearly all differ")
    if is_guarded(column):
        return speech.say("values not shown: they are texts or names")
    return speech.say("values not shown: none is in ten cells")
