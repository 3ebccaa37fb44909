"""What the columns of a file mean and how their values are spread: told of tables whose values were counted as they were read."""

from collections.abc import Sequence
from dataclasses import replace

from atalaya.inspection.disguises import Disguises, find_disguises
from atalaya.inspection.findings import Column, Description, Table
from atalaya.inspection.semantic.distribution import distribute
from atalaya.inspection.semantic.judging import judge
from atalaya.inspection.semantic.knowledge import Knowledge
from atalaya.inspection.semantic.views import views_of
from atalaya.inspection.tallies import Tally

NO_DISGUISES = Disguises({}, {})


def describe(table: Table, knowledge: Knowledge) -> Table:
    """The table with a description of each column, from what was counted of it; as it is where nothing was."""
    tallies = table.tallies
    if tallies is None or not table.columns:
        return table
    return replace(table, columns=_described(table.columns, tallies, knowledge))


def _described(columns: Sequence[Column], tallies: Sequence[Tally], knowledge: Knowledge) -> tuple[Column, ...]:
    views = views_of(columns, tallies)
    found = []
    for column, view, semantic in zip(columns, views, judge(views, knowledge), strict=True):
        tally = tallies[column.position - 1]
        disguises = find_disguises(tally.texts()) if column.filled else NO_DISGUISES
        missing = {**disguises.signs, **disguises.numbers}
        told = Description(
            semantic=semantic,
            distribution=distribute(view, tally.commonest()),
            disguises=tuple(sorted(missing.items(), key=lambda pair: (-pair[1], pair[0]))),
            rows=tally.rows,
        )
        found.append(replace(column, description=told))
    return tuple(found)
