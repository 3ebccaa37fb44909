"""How tables are compared with their clean twins."""

import pytest

from benchmarks.pollock import Reading, f1, measure


@pytest.mark.parametrize(
    ("expected", "found", "share"),
    [("", "", 1.0), ("aab", "aab", 1.0), ("aab", "ab", 0.8), ("ab", "cd", 0.0), ("ab", "", 0.0), ("ab", "ba", 1.0)],
)
def test_f1_of_multisets(expected: str, found: str, share: float) -> None:
    assert f1(expected, found) == pytest.approx(share)


def test_a_file_is_right_cell_by_cell_and_nothing_where_a_tool_gave_up() -> None:
    twins = {"file_a": [["n"], ["1"]], "row_b": [["n"], ["1"]], "row_c": [["n"], ["1"]]}
    found = measure(
        Reading("x", {"file_a": [["n"], ["1"]], "row_b": [["1"], ["n"]], "row_c": None}), twins, frozenset()
    )
    assert (found.right, found.file_right, found.wrong) == (1, 1, ("row_b", "row_c"))
    assert (found.header, found.records) == (pytest.approx(1 / 3), pytest.approx(1 / 3))
    assert found.cells == pytest.approx(2 / 3)
