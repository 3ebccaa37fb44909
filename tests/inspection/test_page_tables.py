"""Tables of pages as rows: merged cells, tables inside tables, markup that is never closed, and markup made to break readers."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atalaya.inspection.page_tables import Page, read_page

CELLS = 100_000


def rows(text: str) -> list[list[str]]:
    (grid,) = read_page(text, CELLS).grids
    return grid.rows


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<table><tr><th>a</th><td>b</td></tr></table>", [["a", "b"]]),
        ("<TABLE><TR><TD>a<TD>b<TR><TD>c<TD>d", [["a", "b"], ["c", "d"]]),
        ("<tr><td>a</td><td>b</td></tr>", [["a", "b"]]),
        ("<table><tr><td>1&nbsp;234</td><td>Pe&ntilde;a &amp; S&#243;la</td></tr></table>", [["1 234", "Peña & Sóla"]]),
        ("<table><tr><td><p>a</p><p>b<br>c</p></td><td><b>d</b>e</td></tr></table>", [["a b c", "de"]]),
        ("<table><tr><td colspan=2>a</td><td>b</td></tr></table>", [["a", "", "b"]]),
        (
            "<table><tr><td rowspan='2'>a</td><td>b</td></tr><tr><td>c</td></tr><tr><td>d</td></tr></table>",
            [["a", "b"], ["", "c"], ["d"]],
        ),
        (
            '<table><tr><td rowspan="2" colspan="2">a</td><td>b</td></tr><tr><td>c</td></tr></table>',
            [["a", "", "b"], ["", "", "c"]],
        ),
        ("<table><tr><td colspan='x' rowspan='-3'>a</td><td colspan=''>b</td></tr></table>", [["a", "b"]]),
        ("<table><tr></tr><tr><td>a</td></tr></table>", [[], ["a"]]),
        ("<table><tr><td title='x > y'>a</td><td>1 < 2</td></tr></table>", [["a", "1 < 2"]]),
        ("<table><tr><td>a<select><option>x</option></select></td><td>b</td></tr></table>", [["a", "b"]]),
        ("<title>never closed<table><tr><td>a</td><td>b</td></tr></table>", [["a", "b"]]),
        ("<table><thead><tr><th>a</th></tr></thead><tbody><tr><td>b</td></tr></tbody></table>", [["a"], ["b"]]),
    ],
)
def test_rows(text: str, expected: list[list[str]]) -> None:
    assert rows(text) == expected


def test_tables_inside_tables_are_tables_of_their_own() -> None:
    page = read_page("<table><tr><td>x<table><tr><td>1</td><td>2</td></tr></table>y</td><td>z</td></tr></table>", CELLS)
    outer, inner = page.grids
    assert outer.rows == [["xy", "z"]]
    assert inner.rows == [["1", "2"]]
    assert (outer.nested, inner.nested) == (1, 0)


def test_what_stands_around_is_counted() -> None:
    page = read_page(
        "<nav><a href='/a'>uno</a></nav><input type=hidden><input><table><caption>Cuadro 1</caption>"
        "<tr><th>h</th><td><a href='ver.aspx?id=1'>v</a><a href='https://x.example/'>w</a><a href='#top'>t</a></td></tr></table>",
        CELLS,
    )
    (grid,) = page.grids
    assert (page.navigation, page.loose_links, page.loose_controls) == (True, 1, 1)
    assert (grid.caption, grid.site_links, grid.outer_links, grid.heads) == ("Cuadro 1", 1, 1, 1)
    assert (page.text, grid.text) == (14, 11)


def test_no_more_cells_than_allowed_are_laid_out() -> None:
    page = read_page("<table>" + "<tr><td colspan=1000 rowspan=60000>x</td></tr>" * 50, 10_000)
    assert page.full
    assert sum(len(row) for row in page.grids[0].rows) <= 10_000


@pytest.mark.parametrize(
    "piece",
    [
        "<a ", "<", "</a ", '<a "', "<a '", "<![", "<!--", "<?", "&#1;", "&#99999999999;", "<table>", "<td>", "<tr>", "<script",
        "<table><tr><td>", "<title>", "</table>", "<td colspan=1000 rowspan=65534>", "<a href=", "&", "<caption>",
    ],
)  # fmt: skip
def test_time_grows_with_the_size_and_not_its_square(piece: str) -> None:
    text = "<table><tr><td>x</td>" + piece * (400_000 // len(piece))
    started = time.process_time()
    read_page(text, CELLS)
    assert time.process_time() - started < 3


MARKUP = st.lists(
    st.sampled_from(
        ["<table>", "</table>", "<tr>", "</tr>", "<td>", "</td>", "<th rowspan=3>", "<td colspan=4>", "<caption>", "</caption>",
         "<select>", "</select>", "<p>", "x", " ", "&amp;", "<", ">", "<!", "<title>", "'", '"', "<a href='", "<nav/>"]
    ),
    max_size=60,
)  # fmt: skip


@given(MARKUP)
def test_no_markup_breaks_the_reader(pieces: list[str]) -> None:
    page = read_page("".join(pieces), CELLS)
    assert isinstance(page, Page)
    assert page.text >= sum(grid.text for grid in page.grids)


CELL = st.text(alphabet="abcñ 0123456789<>&\"'", max_size=12).map(lambda text: " ".join(text.split()))


@given(st.lists(st.lists(CELL, min_size=1, max_size=5), min_size=1, max_size=8))
def test_what_is_written_is_read(table: list[list[str]]) -> None:
    escaped = [[cell.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;") for cell in row] for row in table]
    text = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>\n" for row in escaped)
    assert rows(f"<table>\n{text}</table>") == table
