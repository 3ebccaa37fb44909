"""Several tables in one text, and single tables that look like several."""

import pytest

from atalaya.inspection.dialect import Guess
from atalaya.inspection.findings import Dialect, Inspection
from atalaya.inspection.inspector import inspect_bytes
from atalaya.inspection.parts import Parts
from atalaya.inspection.text_tables import tables_of

ROWS = "norte,1,2\nsur,3,4\neste,5,6\noeste,7,8\n"


def cut(text: str, pages: bool = False) -> list[tuple[int, int]]:
    """First row and number of filled rows of each table."""
    rows = iter([line.split(",") if line else [] for line in text.splitlines()])
    return [(first, sum(any(row) for row in part)) for first, _, part in Parts(rows, pages)]


def inspected(text: str) -> Inspection:
    return inspect_bytes(text.encode(), url="https://example.org/a.csv")


@pytest.mark.parametrize(
    ("text", "tables"),
    [
        pytest.param("zona,a,b\n" + ROWS + "zona,a,b\n" + ROWS, [(1, 5), (6, 5)], id="header again"),
        pytest.param("zona,a,b\n" + ROWS + "z,a,b,c\n" + "x,1,2,3\n" * 4, [(1, 5), (6, 5)], id="wider"),
        pytest.param("zona,a,b,c\n" + "x,1,2,3\n" * 4 + "zona,a,b\n" + ROWS, [(1, 5), (6, 5)], id="narrower"),
        pytest.param("zona,a,b\n" + ROWS + "\ncosto,año\n" + "5,2019\n" * 4, [(1, 5), (7, 5)], id="blank row"),
        pytest.param("zona,a,b\n" + ROWS + ",,\nCuadro 2,,\nzona,c,d\n" + ROWS, [(1, 5), (7, 6)], id="title"),
        pytest.param("t\n\nzona,a,b\n" + ROWS + "\nNota: x\n\nu\nzona,a,b\n" + ROWS, [(1, 7), (11, 6)], id="notes"),
    ],
)
def test_tables_under_each_other(text: str, tables: list[tuple[int, int]]) -> None:
    assert cut(text) == tables


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("zona,a,b\n" + ROWS + "\n" + ROWS + "\n" + ROWS, id="blank rows"),
        pytest.param("zona,a,b\n" + ROWS + "Subtotal,,\n" + ROWS, id="section"),
        pytest.param("zona,a,b\n" + ROWS + "x,1\ny,2\n" + ROWS, id="short rows"),
        pytest.param("zona,a,b\n" + ROWS + "x,1,2,3,4\n" + ROWS, id="a long row"),
        pytest.param("zona,a,b\n" + ROWS + "\nFuente: censo\nNota: preliminar\n", id="notes"),
        pytest.param("Fuente,censo\nUnidad,miles\n\nzona,a,b\n" + ROWS, id="pairs above"),
        pytest.param("zona,a,b\nzona,a,b\nzona,a,b\n" + ROWS, id="header of three rows"),
        pytest.param("zona,a,b\n\n,uno,dos\n" + ROWS, id="blank row inside the header"),
        pytest.param("uno,dos,tres\ncuatro,cinco,seis\nuno,dos,tres\nsiete,ocho,nueve\n", id="a row twice"),
    ],
)
def test_one_table(text: str) -> None:
    assert len(cut(text)) == 1


def test_a_header_on_every_page_is_no_row_and_no_table() -> None:
    text = ("zona,a,b\n" + ROWS) * 6
    (table,) = inspected(text).tables
    assert (table.header_row, table.first_data_row, table.rows) == (1, 2, 24)
    assert "on pages" in table.reason


def test_each_table_has_its_own_place_and_says_why() -> None:
    text = "zona,a,b\n" + ROWS + "costo,2019,2020,2021\n" + "uno,1.5,2.5,3.5\n" * 4
    first, second = inspected(text).tables
    assert (first.header_row, first.first_data_row, first.rows) == (1, 2, 4)
    assert (second.name, second.header_row, second.first_data_row, second.rows) == ("2", 6, 7, 4)
    assert "rows of 4 cells follow rows of 3" in second.reason
    assert (first.ragged, second.ragged) == (0, 0)


def test_rows_of_each_table_keep_their_places() -> None:
    text = "sep=,\nzona,a,b\n" + ROWS + "\nzona,a,b\n" + ROWS
    guess = Guess(Dialect(delimiter=","), 1.0, 3, "", separator_line=True)
    found = [
        (table.first_row, [(record.row, record.line) for record in table.records]) for table in tables_of(text, guess)
    ]
    assert found == [(2, [(n, n) for n in range(2, 8)]), (8, [(n, n) for n in range(8, 13)])]


def test_a_text_has_so_many_tables_and_no_more() -> None:
    text = ("zona,a,b\n" + ROWS + "\n") * 300
    found = cut(text)
    assert len(found) == 200
    assert sum(rows for _, rows in found) == 300 * 5


def test_rows_of_all_widths_are_read_once_and_in_order() -> None:
    rows = [["x"] * (1 + number * 7 % 5) for number in range(3_000)]
    assert [row for _, _, part in Parts(iter(rows)) for row in part] == rows
