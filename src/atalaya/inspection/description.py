"""What the columns of a file mean and how their values are spread: told of tables whose cells were kept while they were read."""

from collections.abc import Sequence
from dataclasses import replace

from atalaya.inspection.disguises import Disguises, find_disguises
from atalaya.inspection.findings import Column, Description, Table
from atalaya.inspection.frame import Frame
from atalaya.inspection.semantic.distribution import distribute
from atalaya.inspection.semantic.judging import judge
from atalaya.inspection.semantic.knowledge import Knowledge
from atalaya.inspection.semantic.views import views_of

NO_DISGUISES = Disguises({}, {})


def describe(table: Table, knowledge: Knowledge) -> Table:
    """The table with a description of each column, from the cells that it was read with; as it is where there are none."""
    frame = table.frame
    if frame is None or not table.columns:
        return table
    return replace(table, columns=_described(frame, table.columns, knowledge))


def _described(frame: Frame, columns: Sequence[Column], knowledge: Knowledge) -> tuple[Column, ...]:
    views = views_of(frame, columns)
    found = []
    for column, view, semantic in zip(columns, views, judge(views, knowledge), strict=True):
        disguises = find_disguises(frame.columns[column.position - 1].counts()) if column.filled else NO_DISGUISES
        missing = {**disguises.signs, **disguises.numbers}
        told = Description(
            semantic=semantic,
            distribution=distribute(view),
            disguises=tuple(sorted(missing.items(), key=lambda pair: (-pair[1], pair[0]))),
            rows=len(frame),
        )
        found.append(replace(column, description=told))
    return tuple(found)
