"""Tables held against the columns that a duty expects of them."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from atalaya.countries.pack import Duty
from atalaya.duties.phrases import words_of
from atalaya.duties.tally import Said
from atalaya.duties.wording import Wording

COLUMN_POINTS = 3.0
"""Points of a table that has a column of every group that a duty expects; a part of the groups gives the square of its share."""
LEAST_HELD = 2
"""Groups at least of which a table has a column before it says anything."""
REMEMBERED_TABLES = 10_000

Stems = frozenset[str]


@dataclass(slots=True)
class ExpectedColumns:
    """Duty → groups of names of columns, each name as the stems of its words."""

    wording: Wording
    groups: dict[str, tuple[tuple[str, tuple[Stems, ...]], ...]] = field(default_factory=dict)
    tables: dict[tuple[str, ...], Said] = field(default_factory=dict)


def expected_columns(duties: Iterable[Duty], wording: Wording) -> ExpectedColumns:
    """What the duties expect of tables."""
    groups = {
        duty.id: tuple((group[0], tuple(_stems(name, wording) for name in group)) for group in duty.evidence.columns)
        for duty in duties
        if len(duty.evidence.columns) >= LEAST_HELD
    }
    return ExpectedColumns(wording, groups)


def said_by_table(names: tuple[str, ...], expected: ExpectedColumns) -> Said:
    """What the names of the columns of one table say."""
    found = expected.tables.get(names)
    if found is None:
        if len(expected.tables) > REMEMBERED_TABLES:
            expected.tables.clear()
        found = expected.tables[names] = _said(names, expected)
    return found


def _said(names: tuple[str, ...], expected: ExpectedColumns) -> Said:
    columns = [_stems(name, expected.wording) for name in names]
    said = {}
    for duty, groups in expected.groups.items():
        held = [word for word, group in groups if any(name <= column for name in group for column in columns if name)]
        if len(held) >= LEAST_HELD:
            points = round(COLUMN_POINTS * (len(held) / len(groups)) ** 2, 3)
            said[duty] = (points, (("columns", ", ".join(held), points),))
    return said


def _stems(text: str, wording: Wording) -> Stems:
    return frozenset(wording.stem(word) for word in words_of(text) if word not in wording.stop_words)
