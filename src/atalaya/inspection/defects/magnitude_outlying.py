"""Values of one group that are many times what all others have: a year of one town whose income is thirty times that of its other
years."""

import math
from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, combinations, pairwise

import pyarrow as pa
import pyarrow.compute as pc

from atalaya.inspection.defects import roles
from atalaya.inspection.defects.cells import CellDefect
from atalaya.inspection.defects.declaration import DefectKind, ExampleTable
from atalaya.inspection.defects.view import ColumnView, TableView

_ID = "magnitude_outlying"
TIMES = 10.0
"""How many times the middle of all others an outlying value is, and how far apart at most nearly all others are."""
NEXT = 5.0
"""How many times the next one it is at least, and no less than nearly all others are apart."""
LEAST_GROUPS = 20
MOST_OUTLYING = 0.01
"""Share of the groups that may be outlying, one in any table."""
_MEASURES = 8
_PERIODS = 60
_LEAST_PERIODS = 3
_TRIED = 32
_MOST_JUMPING = 0.1
"""Share of the entities whose periods may differ so much: where more do, such a difference is usual."""


@dataclass(frozen=True, slots=True)
class _Groups:
    """The rows of a table by entity and period.

    `of` is the group of each row, `order` the rows by group, `ends` the places in that order of the last row of
    each group (of the one before where it has none), and `rows` how many each has. `ordered` are the periods by year.
    """

    of: Sequence[int]
    periods: int
    ordered: Sequence[int]
    order: pa.UInt32Array
    ends: pa.UInt32Array
    rows: Sequence[int]

    @property
    def entities(self) -> int:
        """How many there are."""
        return len(self.rows) // self.periods

    def is_odd(self, group: int, rows: Sequence[int]) -> bool:
        """Whether it has far more or fewer rows than the middle of some groups."""
        usual = rows[len(rows) // 2]
        return not usual <= _ROWS * self.rows[group] <= _ROWS * _ROWS * usual

    def sums(self, column: ColumnView) -> list[float]:
        """The sum of a column in each group; what is left of subtracting is none."""
        values = (
            column.values
            if column.is_plain and not column.missing
            else pc.if_else(pc.is_nan(column.values), 0.0, column.values)
        )
        running = pc.cumulative_sum(values.take(self.order)).take(self.ends).to_pylist()
        found = [
            running[0] if self.rows[0] else 0.0,
            *(end - start if end != start else 0.0 for start, end in pairwise(running)),
        ]
        least = 1e-10 * max(map(abs, running))
        return [value if rows and abs(value) > least else 0.0 for value, rows in zip(found, self.rows, strict=True)]


def detect(view: TableView) -> Iterable[CellDefect]:
    """One defect for each column with outlying groups."""
    groups = _grouped(view)
    if groups is None or len(view.measures) == 0:
        return
    sums = {column.position: groups.sums(column) for column in view.measures[:_MEASURES]}
    columns = {column.position: column for column in view.measures}
    jumps = {position: _jumps(groups, each) for position, each in sums.items()}
    few = max(1.0, _MOST_JUMPING * groups.entities)
    outlying = {
        position: set(_outliers(_own_ratios(groups, each)))
        if _may_be_far(groups, each, jumps[position], few)
        else set()
        for position, each in sums.items()
    }
    for one, other in combinations(sums, 2):
        jumping = jumps[one] | jumps[other]
        if _may_stand_out(jumping, sums[one], sums[other]):
            for group in _outliers(_between(sums[one], sums[other])):
                blamed = _blamed(
                    group, {position: _own_ratios(groups, sums[position], beginnings=True) for position in (one, other)}
                )
                if blamed is not None:
                    outlying[blamed].add(group)
    for position, found in outlying.items():
        alone = _alone(found, groups.periods)
        if alone:
            yield _found(view, columns[position], groups, alone)


def _alone(groups: Collection[int], periods: int) -> set[int]:
    """The groups that are the only one of their entity: of more, it counts something else since."""
    entities = Counter(group // periods for group in groups)
    return {group for group in groups if entities[group // periods] == 1}


def _grouped(view: TableView) -> _Groups | None:
    """Groups of a column of years and the column that names most things that return in them."""
    periods = next((c for c in view.columns if roles.is_year(c) and 1 < len(c.texts) <= _PERIODS), None)
    if periods is None:
        return None
    entities = [
        column
        for column in view.columns
        if column is not periods
        and (column.kind == "text" or (column.is_numeric and roles.names_code(column)))
        and column.distinct >= 5
        and len(column.texts) * len(periods.texts) <= 1.2 * view.rows
    ]
    if not entities:
        return None
    entity = max(entities, key=lambda column: (column.distinct, -column.position))
    return _groups(entity, periods)


def _groups(entity: ColumnView, periods: ColumnView) -> _Groups:
    width = len(periods.texts)
    of = [one * width + other for one, other in zip(entity.codes, periods.codes, strict=True)]
    rows = [0] * (len(entity.texts) * width)
    for group in of:
        rows[group] += 1
    order = pc.sort_indices(pa.array(of, pa.uint32()))
    ends = pa.array([max(end - 1, 0) for end in accumulate(rows)], pa.uint32())
    years = [math.inf if year != year else year for year in periods.numbers]
    ordered = sorted(range(width), key=years.__getitem__)
    return _Groups(of, width, ordered, order.cast(pa.uint32()), ends, rows)


_ROWS = 3
"""How many times more or fewer rows than in its other periods a group may have: of more, rows are missing and no values wrong."""


def _jumps(groups: _Groups, sums: Sequence[float]) -> set[int]:
    """The greatest and the least group of each entity that has so much more in one period than in another that one may be
    outlying."""
    found: set[int] = set()
    for start in range(0, len(sums), groups.periods):
        values = [value for value in sums[start : start + groups.periods] if value > 0]
        if len(values) > 1 and (most := max(values)) >= TIMES * (least := min(values)):
            found.update((sums.index(most, start), sums.index(least, start)))
    return found


def _may_be_far(groups: _Groups, sums: Sequence[float], jumping: Collection[int], few: float) -> bool:
    """Whether one of few groups is far from the middle of all periods of its entity."""
    if not 0 < len(jumping) <= 2 * few:
        return False
    for group in jumping:
        start = group - group % groups.periods
        positive = sorted(value for value in sums[start : start + groups.periods] if value > 0)
        ratio = sums[group] / _middle_without(positive, sums[group])
        if not 1 / TIMES < ratio < TIMES:
            return True
    return False


def _may_stand_out(groups: Collection[int], one: Sequence[float], other: Sequence[float]) -> bool:
    """Whether the relation of two sums in one of these groups is far from that in some of all."""
    if not groups:
        return False
    step = max(1, len(one) // _TRIED)
    tried = sorted(
        first / second for first, second in zip(one[::step], other[::step], strict=True) if first > 0 and second > 0
    )
    if len(tried) < 3 or tried[-2] > TIMES * tried[1]:
        return len(tried) < 3
    low, high = tried[-2] / TIMES, tried[1] * TIMES
    return any(other[group] > 0 and one[group] > 0 and not low < one[group] / other[group] < high for group in groups)


def _own_ratios(groups: _Groups, sums: Sequence[float], *, beginnings: bool = False) -> dict[int, float]:
    """Group → how many times the middle of the other periods of its entity it has. Little in its first or its last period is left
    out unless `beginnings` are asked for: what begins or ends has less."""
    found = {}
    for start in range(0, len(sums), groups.periods):
        values = sums[start : start + groups.periods]
        positive = sorted(value for value in values if value > 0)
        if len(positive) < _LEAST_PERIODS:
            continue
        rows = sorted(filter(None, groups.rows[start : start + groups.periods]))
        there = [place for place in groups.ordered if values[place] > 0]
        for place, value in enumerate(values):
            if value > 0 and not groups.is_odd(start + place, rows):
                ratio = value / _middle_without(positive, value)
                if beginnings or ratio >= 1 or place not in (there[0], there[-1]):
                    found[start + place] = ratio
    return found


def _middle_without(ordered: Sequence[float], value: float) -> float:
    """The middle of values in order, one of them left out."""
    at = bisect_left(ordered, value)
    middle = (len(ordered) - 1) // 2
    return ordered[middle] if middle < at else ordered[middle + 1]


def _between(one: Sequence[float], other: Sequence[float]) -> dict[int, float]:
    pairs = enumerate(zip(one, other, strict=True))
    return {group: first / second for group, (first, second) in pairs if first > 0 and second > 0}


def _outliers(ratios: Mapping[int, float]) -> Iterator[int]:
    """The few groups whose ratio is far from all others, where these are near each other."""
    if len(ratios) < LEAST_GROUPS or max(ratios.values()) < TIMES * min(ratios.values()):
        return
    ranked = sorted(ratios, key=ratios.__getitem__)
    most = max(1, int(MOST_OUTLYING * len(ranked)))
    low, high = ratios[ranked[most]], ratios[ranked[-1 - most]]
    if high > TIMES * low:
        return
    middle = ratios[ranked[len(ranked) // 2]]
    for side, edge, above in ((ranked[: -1 - most : -1], high, True), (ranked[:most], low, False)):
        for place in range(len(side) - 1, -1, -1):
            ratio = ratios[side[place]]
            times, apart = (ratio / middle, ratio / edge) if above else (middle / ratio, edge / ratio)
            if times >= TIMES and apart >= max(NEXT, high / low):
                yield from side[: place + 1]
                break
            edge = ratio


def _blamed(group: int, own: Mapping[int, Mapping[int, float]]) -> int | None:
    """Of two columns the one that is further from its other periods in this group; None where its rows are too many or few."""
    if not any(group in ratios for ratios in own.values()) and all(own.values()):
        return None
    return max(own, key=lambda position: abs(math.log(own[position].get(group, 1.0))))


def _found(view: TableView, column: ColumnView, groups: _Groups, outlying: set[int]) -> CellDefect:
    rows = [row for row, group in enumerate(groups.of) if group in outlying]
    many = f"{len(outlying)} groups ({len(rows)} rows)" if len(outlying) > 1 else f"one group ({len(rows)} rows)"
    detail = f"the values of column {column.letters} in {many} are at least {TIMES:g} times off what all others have"
    example = view.row_texts(rows[0], view.columns[: column.position])
    cells = ((column, row) for row in rows)
    return view.found(_ID, cells, detail, count=len(outlying), example=example, doubtful=True)


def _panel(wrong: float) -> tuple[tuple[str | float, ...], ...]:
    rows = [(f"Lugar {n}", year, 1000 + 37 * n + (year - 2015) * 11) for n in range(12) for year in range(2016, 2020)]
    return tuple(
        (name, year, value * wrong if (name, year) == ("Lugar 7", 2017) else value) for name, year, value in rows
    )


KIND = DefectKind(
    id=_ID,
    version=1,
    title="Values of another magnitude",
    text="No year of one town or institution has {times} times what its other years have, or bears to another column a "
    "relation {times} "
    "times that of all others, where the others are alike. Told from {groups} groups of name and year.",
    remedy="Compare the values named with their source: most often they were multiplied, shifted by decimals, or taken "
    "from another file.",
    detect=detect,
    thresholds={"times": f"{TIMES:g}", "groups": LEAST_GROUPS},
    examples=(
        ExampleTable("a year thirty times the others", ("municipio", "anio", "monto"), _panel(30), ("C31",)),
        ExampleTable("a year that was divided by a hundred", ("municipio", "anio", "monto"), _panel(0.01), ("C31",)),
        ExampleTable("a good year", ("municipio", "anio", "monto"), _panel(3)),
    ),
)
