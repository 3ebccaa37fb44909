"""Distributions, worked by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atalaya.inspection.semantic.column import ColumnView
from atalaya.inspection.semantic.distribution import Lengths, Spread, distribute, quantiles
from atalaya.inspection.tallies import commonest


def view(values: dict[str, int], whole: bool = True) -> ColumnView:
    return ColumnView("", "text", sum(values.values()), len(values), values, whole)


def test_numbers_are_spread_by_their_cells() -> None:
    # Twenty cells: 1 stands ten times, 2 five, 10,5 four times and 100 once; the ranks of the quantiles are 1, 5, 10, 15 and 19.
    found = distribute(view({"1": 10, "2": 5, "10,5": 4, "100": 1}))
    assert found.spread == Spread("number", 20, 1.0, 100.0, 8.1, (1.0, 1.0, 1.0, 2.0, 10.5))
    assert found.top == (("1", 10), ("2", 5), ("10,5", 4), ("100", 1))
    assert found.lengths == Lengths(1, 4, 1.7)


def test_dates_are_spread_as_days() -> None:
    found = distribute(view({"1/3/2019": 1, "31/3/2019": 1, "15/3/2019": 2}))
    assert found.spread == Spread(
        "date",
        4,
        "2019-03-01",
        "2019-03-31",
        "2019-03-15",
        ("2019-03-01", "2019-03-01", "2019-03-15", "2019-03-15", "2019-03-31"),
    )


def test_moments_keep_their_time() -> None:
    found = distribute(view({"2019-03-01T10:00:00": 1, "2019-03-01T12:00:00": 1}))
    assert found.spread is not None
    assert found.spread.mean == "2019-03-01T11:00:00"


@pytest.mark.parametrize("values", [{"Ana": 1, "Luis": 2}, {"1": 1, "Ana": 2}])
def test_words_have_no_extremes(values: dict[str, int]) -> None:
    assert distribute(view(values)).spread is None


def test_notes_among_numbers_are_left_out() -> None:
    found = distribute(view({"5": 3, "7": 3, "nota": 1}))
    assert found.spread is not None
    assert (found.spread.counted, found.spread.maximum) == (6, 7.0)


def test_a_sample_says_that_it_is_one() -> None:
    assert not distribute(view({"1": 1}, whole=False)).whole


def test_a_column_without_values() -> None:
    found = distribute(view({}))
    assert (found.top, found.lengths, found.spread) == ((), None, None)


def test_ties_at_the_top_stand_in_order_and_ten_are_kept() -> None:
    found = distribute(view(dict.fromkeys("zyxwvutsrqponm", 1)))
    assert [value for value, _ in found.top] == list("mnopqrstuv")


def test_quantiles_take_the_nearest_rank() -> None:
    assert quantiles([float(number) for number in range(1, 101)], [1] * 100) == (5.0, 25.0, 50.0, 75.0, 95.0)


@given(
    st.dictionaries(st.text(alphabet="abc", min_size=1, max_size=3), st.integers(1, 4), max_size=30), st.integers(1, 12)
)
def test_the_commonest_are_those_of_most_cells(values: dict[str, int], most: int) -> None:
    ranked = sorted(values.items(), key=lambda pair: (-pair[1], pair[0]))
    assert commonest(values, most) == tuple(ranked[:most])


def test_texts_among_numbers_are_counted_by_their_cells() -> None:
    few = ColumnView("a", "text", 100, 4, {"note": 25, "1": 25, "2": 25, "3": 25})
    many = ColumnView("a", "text", 101, 4, {"1": 25, "2": 25, "3": 25, "note": 26})
    assert distribute(few).spread is not None
    assert distribute(many).spread is None
