"""Layouts: titles, header rows and first data row, with the reason."""

import pytest

from atalaya.inspection.headers import find_layout
from atalaya.inspection.kinds import Cell

BODY: list[list[Cell]] = [["Quiché", 12, 3.5], ["Petén", 15, 4.5], ["Zacapa", 9, 1.5], ["Izabal", 8, 2.5]]


@pytest.mark.parametrize(
    ("rows", "header", "first"),
    [
        ([["lugar", "casos", "tasa"], *BODY], (0,), 1),
        (BODY, (), 0),
        ([["Informe de salud", "", ""], ["", "", ""], ["lugar", "casos", "tasa"], *BODY], (2,), 3),
        ([["lugar", 2019, 2020], ["Quiché", 12, 13.5], ["Petén", 15, 9.5], ["Zacapa", 9, 7.5]], (0,), 1),
        ([["lugar", "casos", "casos"], ["", "hombres", "mujeres"], *BODY * 3], (0, 1), 2),
        ([["a", "b"], ["x", "y"], ["z", "w"]], (0,), 1),
        ([["1", "2"], ["3", "4"]], (), 0),
        ([["lugar", "casos", "tasa"]], (0,), None),
    ],
)
def test_finds_where_a_table_starts(rows: list[list[Cell]], header: tuple[int, ...], first: int | None) -> None:
    layout = find_layout(rows)
    assert (layout.header, layout.first_data) == (header, first)
    assert layout.reason


def test_names_of_two_rows_are_joined_and_groups_reach_to_the_right() -> None:
    rows: list[list[Cell]] = [["lugar", "casos", "", "tasa"], ["", "hombres", "mujeres", "por mil"]]
    rows += [["Quiché", 1, 2, 0.5], ["Petén", 3, 4, 0.7], ["Zacapa", 5, 6, 0.9]] * 3
    assert find_layout(rows).names == ("lugar", "casos hombres", "casos mujeres", "tasa por mil")


def test_rows_without_a_value_have_no_layout() -> None:
    assert find_layout([["", None], []]).width == 0
