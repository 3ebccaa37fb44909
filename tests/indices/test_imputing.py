"""Imputation from other indicators and from earlier figures: by hand, marked, with its interval, refused where it cannot be."""

from collections.abc import Sequence

import numpy as np
import pytest

from atalaya.exceptions import ArraysUnusable, MethodologyError
from atalaya.indices.engine import Computed, compute
from atalaya.indices.language.definition import Index
from atalaya.indices.likelihood import expected
from atalaya.indices.series import State
from atalaya.indices.table import table_of
from tests.indices.indices_written import TWO, computed, index_of

NAN = float("nan")


def test_one_item_on_another_is_their_regression() -> None:
    # Where only y lacks values the most likely line is that of least squares over the units that have both: slope 3/2 through
    # (2, 11/3), so y of x = 4 is 20/3, and y of x = 0 is 2/3.
    found = expected(np.array([[1.0, 2.0], [2.0, 4.0], [3.0, 5.0], [4.0, NAN], [0.0, NAN]]))
    assert found.values[:, 1].tolist() == pytest.approx([2.0, 4.0, 5.0, 20 / 3, 2 / 3])


def test_a_pattern_of_steps_is_two_regressions() -> None:
    # x is known of all, y of some, z of fewer of them: y on x first, then z on x and y, each by least squares.
    generator = np.random.default_rng(3)
    x = generator.normal(size=40)
    y = 2 * x + generator.normal(size=40)
    z = x - y + generator.normal(size=40)
    table = np.stack([x, y, z], axis=1)
    table[25:, 2] = NAN
    table[33:, 1] = NAN
    line = np.polyfit(x[:33], y[:33], 1)
    of_y = np.where(np.isnan(table[:, 1]), np.polyval(line, x), y)
    design = np.stack([np.ones(25), x[:25], y[:25]], axis=1)
    plane = np.linalg.lstsq(design, z[:25], rcond=None)[0]
    of_z = plane[0] + plane[1] * x + plane[2] * of_y
    found = expected(table)
    assert found.values[:, 1] == pytest.approx(of_y, abs=1e-6)
    assert found.values[25:, 2] == pytest.approx(of_z[25:], abs=1e-6)
    assert np.array_equal(expected(table).values, found.values, equal_nan=True)


def test_units_and_scales_do_not_matter() -> None:
    generator = np.random.default_rng(5)
    table = generator.normal(size=(30, 4)) @ generator.normal(size=(4, 4))
    table[generator.uniform(size=table.shape) < 0.2] = NAN
    found = expected(table).values
    turned = expected(table[::-1] * [1, 10, 0.1, 1000] + [0, 5, 0, -3]).values
    assert turned[::-1] == pytest.approx(found * [1, 10, 0.1, 1000] + [0, 5, 0, -3], abs=1e-5)


def test_what_cannot_be_expected_is_refused() -> None:
    with pytest.raises(ArraysUnusable, match="3 units with any value cannot tell how 2 items"):
        expected(np.array([[1.0, 2.0], [2.0, NAN], [3.0, 4.0]]))
    with pytest.raises(ArraysUnusable, match="no value at all"):
        expected(np.array([[1.0, NAN], [2.0, NAN]]))
    with_prior = expected(np.array([[1.0, 2.0], [2.0, NAN], [3.0, 4.0]]), prior=1.0)
    assert 2.0 < with_prior.values[1, 1] < 4.0
    whole = np.array([[1.0, 2.0], [3.0, 4.0]])
    assert expected(whole).values is whole
    empty = expected(np.array([[1.0, 2.0], [2.0, 4.0], [3.0, 5.0], [4.0, NAN], [NAN, NAN]]))
    assert empty.values[3, 1] == pytest.approx(20 / 3)
    assert np.isnan(empty.values[4]).all()


TREE = """
tree:
  id: index
  children:
    - {id: one, level: theme, children: [
        {id: a, source: {column: a}, range: [0, 100]}, {id: b, source: {column: b}, range: [0, 9]}
      ]}
    - {id: c, source: {column: c}, range: [0, 100]}
"""
EM = "steps: [{impute: {method: em}}]\n"
ROWS = [(1, 2), (2, 4), (3, 5), (4, ""), ("", "-"), ("", "")]


def test_an_index_imputes_from_its_other_indicators() -> None:
    found = computed(EM + 'cells: {not_applicable: ["-"]}\n', ROWS)
    b = found.leaves["b"]
    assert b.values[3] == pytest.approx(20 / 3)
    assert b.imputed.tolist() == [False, False, False, True, False, False]
    assert (b.state[4], b.state[5]) == (State.NOT_APPLICABLE, State.UNKNOWN)
    assert [(line.step, line.item, line.note["imputed"]) for line in found.log] == [("impute", "b", 1)]
    bounded = computed(EM, [*((a, b, 0) for a, b in ROWS[:4]), (5, 7, 1)], TREE, "a b c")
    assert bounded.leaves["b"].low[3] == 0
    assert bounded.leaves["b"].high[3] == 9


def test_a_set_of_indicators_and_one_with_another_step_stay_apart() -> None:
    rows = [(1, 2, 9), (2, 4, 1), (3, 5, 5), (4, "", ""), (5, 7, 3)]
    alone = computed(EM, [(a, b) for a, b, _ in rows])
    among = computed("steps: [{impute: {method: em, among: theme}}]\n", rows, TREE, "a b c")
    assert among.leaves["b"].values[3] == pytest.approx(alone.leaves["b"].values[3])
    assert np.isnan(among.leaves["c"].values[3])
    own = TREE.replace("range: [0, 100]}\n", "range: [0, 100], steps: {impute: {method: mean}}}\n")
    other = computed(EM, rows, own, "a b c")
    assert other.leaves["b"].values[3] == pytest.approx(alone.leaves["b"].values[3])
    assert other.leaves["c"].values[3] == 4.5


TIMED = "table: {layout: wide, time: year}\nsteps: [{impute: {method: latest, most: 2}}, {scale: {multiply: 10}}]\n"
YEARS = [
    ("p", 2020, 1, 5), ("p", 2022, "", 6), ("p", 2023, "", 7), ("q", 2021, 3, ""), ("q", 2023, 4, ""), ("r", 2022, 9, 9),
]  # fmt: skip


def timed(rest: str, rows: Sequence[Sequence[object]] = YEARS) -> Computed:
    index = index_of(rest, TWO)
    return compute(index, table_in_time(index, rows))


def table_in_time(index: Index, rows: Sequence[Sequence[object]]):  # type: ignore[no-untyped-def]
    return table_of([dict(zip(("unit", "year", "a", "b"), row, strict=True)) for row in rows], index)


def test_the_latest_earlier_figure_is_taken_and_goes_through_the_other_steps() -> None:
    found = timed(TIMED)
    assert found.table.units == ("p", "q", "r")
    a, b = found.leaves["a"], found.leaves["b"]
    # In 2023: a of p stood last in 2020, too old; of r in 2022. b of q never stood.
    assert a.values.tolist()[1:] == [40.0, 90.0]
    assert np.isnan(a.values[0])
    assert b.values.tolist()[::2] == [70.0, 90.0]
    assert np.isnan(b.values[1])
    assert a.imputed.tolist() == [False, False, True]
    older = timed(TIMED.replace(", most: 2", ""))
    assert older.leaves["a"].values.tolist() == [10.0, 40.0, 90.0]
    before = timed(TIMED.replace("time: year", "time: year, at: 2022"))
    assert before.leaves["a"].values.tolist() == [10.0, 90.0, 30.0]
    assert before.table.units == ("p", "r", "q")


def test_times_are_laid_out_as_tables_are() -> None:
    index = index_of(
        "table: {layout: long, item: what, value: figure, time: year}\nsteps: [{impute: {method: latest}}]\n"
    )
    rows = [
        {"unit": unit, "what": what, "figure": figure, "year": year}
        for unit, what, figure, year in (
            ("p", "a", 1, 2020), ("p", "a", 2, 2021), ("p", "b", 8, 2020), ("q", "b", 3, 2021), ("q", "a", 5, 2020),
        )
    ]  # fmt: skip
    found = compute(index, table_of(rows, index))
    assert found.leaves["a"].values.tolist() == [2.0, 5.0]
    assert found.leaves["b"].values.tolist() == [8.0, 3.0]


@pytest.mark.parametrize(
    ("rest", "tree", "told"),
    [
        ("steps: [{impute: {method: em, among: pillar}}]\n", TREE, "line 7.*no node has the level 'pillar'"),
        ("", TREE.replace("range: [0, 9]", "then: [{impute: {method: em}}]"), "em takes several indicators at once"),
        ("steps: [{impute: {method: latest}}]\n", TREE, "the table has no time"),
        (TIMED.replace("steps: [", "steps: [{denominate: {}}, "), TREE, "after other steps"),
        (TIMED, TREE.replace("range: [0, 9]", "first: [{scale: {multiply: 2}}]"), "steps before the latest figure"),
        ("table: {layout: wide, at: 2020}\n", TREE, "line 7.*the table is at 2020 and has no time"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_with_its_line(rest: str, tree: str, told: str) -> None:
    with pytest.raises(MethodologyError, match=told):
        index_of(rest, tree)


def test_tables_that_do_not_fit_are_refused() -> None:
    with pytest.raises(MethodologyError, match="year of p is 'soon' and no number"):
        timed(TIMED, [("p", "soon", 1, 1)])
    with pytest.raises(MethodologyError, match="no row has the year 1999; there are 2020, 2021"):
        timed(TIMED.replace("time: year", "time: year, at: 1999"), [("p", 2020, 1, 1), ("p", 2021, 1, 1)])
    with pytest.raises(MethodologyError, match="of 2020: the unit 'p' stands twice"):
        timed(TIMED, [("p", 2020, 1, 1), ("p", 2020, 2, 1)])
    with pytest.raises(MethodologyError, match="by em cannot be made: 3 units with any value"):
        computed(EM, [(1, 2), (2, ""), (3, 4)])
