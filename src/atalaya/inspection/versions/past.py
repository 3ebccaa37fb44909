"""Figures of earlier periods that were rewritten: published once, and other ones in the new version."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from atalaya.inspection.defects.roles import folded
from atalaya.inspection.defects.words import column_words
from atalaya.inspection.versions.cells import Pair, Side, plain
from atalaya.inspection.versions.rows import CellChange

LARGEST = 10
"""Rewritten figures that are told one by one."""

_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
_PERIOD = re.compile(
    r"((?:19|20)\d\d)(?:[-/ ]?(?:[mtqMTQ]?\s?(1[0-2]|0?[1-9]))(?!\d))?(?:[-/ ](3[01]|[12]\d|0?[1-9]))?(?:[T ].*)?"
)
_FIRST_DAY = re.compile(r"(?:(3[01]|[12]\d|0?[1-9])[-/])?(1[0-2]|0?[1-9])[-/]((?:19|20)\d\d)(?:[T ].*)?")
_LEAST = 0.9
"""Share of the filled cells that must be periods in a column of them."""

Period = tuple[int, ...]
"""A year, with month and day where they are told; earlier ones are smaller."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rewritten:
    """Figures of periods before the latest one of the new version that are other ones now.

    `column` is the position in the new version of the column that tells the period, None where columns are named after periods.
    `latest` is that latest period as it is written; `periods` counts the rewritten figures of each period; `largest` are those
    that changed most, measured by the largest figure of their column.
    """

    column: int | None
    latest: str
    rows: int
    figures: int
    periods: tuple[tuple[str, int], ...]
    largest: tuple[CellChange, ...]


def rewritten(pairs: Sequence[Pair], changes: Sequence[CellChange], numbers: Sequence[int]) -> Rewritten | None:
    """What was rewritten of the past; None where no period is told, or nothing was.

    `numbers` are those of the rows of the new version as a person sees them.
    """
    numeric = {pair.new.place + 1: pair for pair in pairs if _is_measure(pair)}
    candidates = [change for change in changes if change.new_column in numeric and change.code == "changed"]
    told = _by_rows(pairs) or _by_columns(numeric)
    if told is None or not candidates:
        return None
    periods = {numbers[row]: found for row, found in told.rows.items()}
    dated = [
        (change, periods.get(change.new_row) if told.column is not None else told.columns.get(change.new_column))
        for change in candidates
    ]
    past = [(change, found) for change, found in dated if found is not None and found[0] < told.latest[0]]
    if not past:
        return None
    counts: dict[tuple[Period, str], int] = {}
    for _, found in past:
        counts[found] = counts.get(found, 0) + 1
    return Rewritten(
        column=told.column,
        latest=told.latest[1],
        rows=len({change.new_row for change, _ in past}),
        figures=len(past),
        periods=tuple((text, count) for (_, text), count in sorted(counts.items())),
        largest=_largest([change for change, _ in past], numeric),
    )


@dataclass(frozen=True, slots=True)
class _Told:
    """How periods are told: by the cells of a column (`rows`, by row of the new version), or by the names of columns."""

    column: int | None
    latest: tuple[Period, str]
    rows: Mapping[int, tuple[Period, str]]
    columns: Mapping[int, tuple[Period, str]]


def _by_rows(pairs: Sequence[Pair]) -> _Told | None:
    """The first column whose cells are periods, of which there are several."""
    for pair in pairs:
        found = _periods_of(pair.new) if _may_tell_periods(pair) else {}
        if len(set(found.values())) > 1:
            latest = max(found.values())
            return _Told(pair.new.place + 1, latest, found, {})
    return None


def _may_tell_periods(pair: Pair) -> bool:
    named = column_words().year.search(folded(pair.new.name)) or column_words().year.search(folded(pair.old.name))
    return "date" in pair.kinds or bool(named) or _are_years(pair.new)


def _are_years(side: Side) -> bool:
    texts = [text for text in map(plain, side.values.texts) if text]
    return (
        side.kind == "integer"
        and len(texts) > 1
        and all(_YEAR.fullmatch(text) and "1950" <= text <= "2035" for text in texts)
    )


def _periods_of(side: Side) -> dict[int, tuple[Period, str]]:
    """The period of each row; none where too few cells are periods."""
    read = [_period(plain(text)) for text in side.values.texts]
    filled = sum(1 for text in side.values if text.strip())
    found = {row: read_ for row, code in enumerate(side.values.codes) if (read_ := read[code]) is not None}
    return found if filled and len(found) >= _LEAST * filled else {}


def _period(text: str) -> tuple[Period, str] | None:
    match = _PERIOD.fullmatch(text)
    if match is not None:
        return tuple(int(part) for part in match.groups() if part), text
    match = _FIRST_DAY.fullmatch(text)
    if match is None:
        return None
    day, month, year = match.groups()
    return tuple(int(part) for part in (year, month, day) if part), text


def _by_columns(numeric: Mapping[int, Pair]) -> _Told | None:
    """Columns of figures that are named after years, of which there are several."""
    found: dict[int, tuple[Period, str]] = {}
    for position, pair in numeric.items():
        years = _YEAR.findall(pair.new.name)
        if len(set(years)) == 1:
            found[position] = ((int(years[0]),), years[0])
    if len(set(found.values())) < 2:
        return None
    return _Told(None, max(found.values()), {}, found)


def _is_measure(pair: Pair) -> bool:
    """Whether it is a column of figures in both versions: no codes, years or dates."""
    words = column_words()
    return pair.is_numeric and not any(
        words.code.search(name) or words.year.search(name) for name in (folded(pair.old.name), folded(pair.new.name))
    )


def _largest(changes: Iterable[CellChange], numeric: Mapping[int, Pair]) -> tuple[CellChange, ...]:
    """Those that changed most, measured by the largest figure of their column."""

    def size(change: CellChange) -> float:
        pair = numeric[change.new_column]
        before, after = pair.figure(change.before, after=False), pair.figure(change.after, after=True)
        return abs((after or 0.0) - (before or 0.0)) / pair.scale

    return tuple(sorted(changes, key=lambda change: (-size(change), change.new_row, change.new_column))[:LARGEST])
