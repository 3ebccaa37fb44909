"""Layouts: titles, header rows and first data row, with the reason."""

import pytest

from atalaya.inspection.headers import find_layout, heads_columns
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


def test_years_below_a_shared_name_belong_to_the_header() -> None:
    body: list[list[Cell]] = [[1101 + n, f"Lugar {n}", 10 + n, 20 + n, 30 + n] for n in range(12)]
    repeated: list[list[Cell]] = [
        ["", "", "Docentes", "Docentes", "Docentes"],
        ["CODIGO", "LUGAR", "2023", "2022", "2021"],
    ]
    layout = find_layout([*repeated, *body])
    assert layout.header == (0, 1)
    assert layout.names == ("CODIGO", "LUGAR", "Docentes 2023", "Docentes 2022", "Docentes 2021")
    merged: list[list[Cell]] = [["Código", "Hombres", None, "Mujeres", None], [None, "2020", "2021", "2020", "2021"]]
    layout = find_layout([*merged, *([each[0], *each[2:], 5] for each in body)])
    assert layout.names == ("Código", "Hombres 2020", "Hombres 2021", "Mujeres 2020", "Mujeres 2021")


@pytest.mark.parametrize(
    "rows",
    [
        [["codigo", "region"], ["01", "01"], ["23", "84"], ["44", "32"], ["31", "32"], ["28", "84"]],
        [["nombre", "desde", "hasta"], ["Ana", "2019", "2021"], ["Luis", "2018", "2020"], ["Rosa", "2015", "2016"]],
        [["nombre", "anio", "anio"], ["Ana", "2019", "2021"], ["Luis", "2018", "2020"], ["Rosa", "2015", "2016"]],
        [["desde", "", "hasta"], ["2019", "2020", "2021"], ["2018", "2019", "2020"], ["2015", "2016", "2017"]],
    ],
)
def test_a_first_row_of_codes_or_years_is_data(rows: list[list[Cell]]) -> None:
    layout = find_layout(rows)
    assert (layout.header, layout.first_data) == ((0,), 1)


def test_rows_without_a_value_have_no_layout() -> None:
    assert find_layout([["", None], []]).width == 0


@pytest.mark.parametrize(
    ("rows", "header", "first"),
    [
        pytest.param([["Fuente", "INE"], ["Año", "2020"], [], ["lugar", "casos", "tasa"], *BODY], (3,), 4, id="pairs"),
        pytest.param([["Fuente", "INE", ""], ["lugar", "casos", "tasa"], *BODY], (1,), 2, id="padded pair"),
        pytest.param(
            [["Fuente", "INE"], ["Cifras preliminares"], *BODY], (), 2, id="pairs above rows without a header"
        ),
        pytest.param([["lugar", "casos", "tasa"], ["", "personas", "por mil"], *BODY * 3], (0, 1), 2, id="units"),
        pytest.param([["lugar", "casos", "tasa"], ["Quiché 12 3.5"], *BODY * 3], (0,), 1, id="a row that is short"),
        pytest.param([["", "lugar", "casos", "tasa"], *([*row, ""] for row in BODY)], (0,), 1, id="a name too many"),
        pytest.param([["lugar", "2019-I", "2019/20"], *BODY], (0,), 1, id="periods"),
        pytest.param([["x", "2011-06-07 18:00:00", 5.5], ["y", "2012-06-07 18:00:00", 6.5]] * 4, (), 0, id="times"),
        pytest.param(
            [["t"], ["u"], ["v"], ["w"], [], ["a", "b", "c"], [1, 2, 3], [4, 5, 6]], (5,), 6, id="long titles"
        ),
        pytest.param([["lugar\n(nombre)", "casos\npor mes", "tasa"], *BODY], (0,), 1, id="line ends in names"),
    ],
)
def test_tells_headers_from_what_stands_around_them(
    rows: list[list[Cell]], header: tuple[int, ...], first: int
) -> None:
    layout = find_layout(rows)
    assert (layout.header, layout.first_data) == (header, first)


def test_a_header_that_stands_twice_is_named_as_written() -> None:
    layout = find_layout([["lugar", "casos", "tasa"]] * 2 + BODY * 3)
    assert layout.names == ("lugar lugar", "casos casos", "tasa tasa")


def test_names_lose_their_line_ends() -> None:
    assert find_layout([["lugar\n(nombre)", "casos", "tasa"], *BODY]).names[0] == "lugar (nombre)"


@pytest.mark.parametrize(
    ("rows", "heads"),
    [
        ([["a", "b"], ["x", "1"], ["y", "2"]], True),
        ([["a", "5"], ["x", "1"], ["y", "2"]], False),
        ([["a", "a"], ["x", "1"], ["y", "2"]], False),
        ([["a", ""], ["x", "1"], ["y", "2"]], False),
        ([["a", "b"], ["x", "p"], ["y", "q"]], False),
    ],
)
def test_what_heads_columns(rows: list[list[Cell]], heads: bool) -> None:
    assert heads_columns(rows) is heads
