"""Histograms count every value once, in the step where it lies or beyond."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atalaya.inspection.semantic.column import ColumnView
from atalaya.inspection.semantic.distribution import distribute, quantiles
from atalaya.inspection.semantic.histogram import STEPS, histogram

NUMBERS = st.floats(allow_nan=False, allow_infinity=False, width=32) | st.integers(-30, 30).map(float)


@given(st.lists(NUMBERS, min_size=1, max_size=60))
def test_every_number_is_counted_once(numbers: list[float]) -> None:
    counts = sorted(Counter(numbers).items())
    ordered, weights = [number for number, _ in counts], [count for _, count in counts]
    lower, _, upper = quantiles(ordered, weights, (0.25, 0.5, 0.75))
    found = histogram(ordered, weights, (lower, upper))
    if found is None:
        return
    assert found.below + sum(found.counts) + found.above == len(numbers)
    assert found.low in ordered
    assert found.high in ordered
    assert found.counts[0] > 0
    assert found.counts[-1] > 0
    assert found.below == sum(number < found.low for number in numbers)
    assert found.above == sum(number > found.high for number in numbers)


@pytest.mark.parametrize(
    ("numbers", "counts"),
    [
        ([2010.0, 2010.0, 2011.0, 2013.0], (2, 1, 0, 1)),
        ([0.0, 100.0], (1, *[0] * (STEPS - 2), 1)),
        ([5.0], None),
        ([1.0, float("inf")], None),
    ],
    ids=["years", "two", "one", "infinite"],
)
def test_steps(numbers: list[float], counts: tuple[int, ...] | None) -> None:
    pairs = sorted(Counter(numbers).items())
    found = histogram([each for each, _ in pairs], [count for _, count in pairs], (pairs[0][0], pairs[-1][0]))
    assert (found.counts if found is not None else None) == counts


def test_a_distribution_holds_that_of_its_numbers_and_of_its_days() -> None:
    days = ColumnView("fecha", "date", 6, 3, {"2020-01-01": 2, "2020-01-02": 1, "2020-01-04": 3})
    spread = distribute(days).spread
    assert spread is not None
    assert spread.histogram is not None
    assert spread.histogram.counts == (2, 1, 0, 3)
