"""A version that was cut off is told from one that only has fewer rows."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from atalaya.inspection.versions.comparison import compare
from atalaya.inspection.versions.truncation import is_limit
from tests.inspection.versions.planted import frame


def table(rows: range) -> list[list[str]]:
    return [["codigo", "casos"], *([f"c{at}", str(at * 31 % 977)] for at in rows)]


@settings(max_examples=30, deadline=None)
@given(st.integers(20, 400), st.floats(0.05, 0.89))
def test_a_cut_version_is_the_beginning_of_the_old_one(rows: int, share: float) -> None:
    kept = int(rows * share)
    found = compare(frame(table(range(rows))), frame(table(range(kept)))).truncation
    if kept < 5:
        return
    assert found is not None
    assert (found.lost, found.top) == (rows - kept, True)


@pytest.mark.parametrize(
    ("new", "top", "at_limit"),
    [
        (range(1_000), True, True),
        (range(500, 1_500), False, True),
        (range(999), True, True),
        (range(700, 1_833), None, None),
        (range(1_950), None, None),
        (range(2_400), None, None),
    ],
)
def test_signs(new: range, top: bool | None, at_limit: bool | None) -> None:
    found = compare(frame(table(range(2_000))), frame(table(new))).truncation
    assert (None if found is None else (found.top, found.at_limit)) == (None if top is None else (top, at_limit))


@pytest.mark.parametrize("rows", [100, 99, 500, 1_000, 10_000, 50_000, 65_535, 65_536, 1_048_575, 1_048_576])
def test_limits(rows: int) -> None:
    assert is_limit(rows)


@pytest.mark.parametrize("rows", [0, 5, 10, 40, 340, 1_234, 22_500, 65_530])
def test_no_limits(rows: int) -> None:
    assert not is_limit(rows)
