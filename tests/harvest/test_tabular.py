"""Catalogues as tables: the delimiter, odd rows, cells with line breaks, and what is no table."""

from typing import Any

import pytest

from atalaya.fetch.answers import Answer
from atalaya.harvest.fields import Ledger
from atalaya.harvest.tabular import Grid, is_json, read_grid
from atalaya.harvest.visits import Refusal, Visit

URL = "https://datos.example/catalogo.csv"


def grid_of(body: bytes) -> Grid | Refusal:
    return read_grid(Visit(URL, Answer(requested_url=URL, final_url=URL, status=200), body, None))


def rows_of(body: bytes) -> tuple[list[dict[str, Any]], list[str]]:
    grid, ledger = grid_of(body), Ledger({})
    assert isinstance(grid, Grid)
    rows = [row for _, row in grid.rows(ledger)]
    return rows, [f"{problem.place}: {problem.reason}" for problem in ledger.problems]


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_usual_dialect_is_read(mark: str, end: str) -> None:
    lines = [f"id{mark}title", f'1{mark}"a{mark} ""b""{end}c"', f"2{mark}d", ""]
    rows, problems = rows_of(("\ufeff" + end.join(lines)).encode())
    assert rows == [{"id": "1", "title": f'a{mark} "b"{end}c'}, {"id": "2", "title": "d"}]
    assert problems == []


def test_rows_of_another_width_are_kept_and_listed() -> None:
    rows, problems = rows_of(b"id;title\n1;a;b\n\n2\n3;c\n")
    assert rows == [{"id": "1", "title": "a"}, {"id": "2"}, {"id": "3", "title": "c"}]
    assert problems == ["row 1: 3 cells in a table of 2 columns", "row 2: 1 cells in a table of 2 columns"]


def test_a_column_named_twice_gives_what_it_says_first() -> None:
    assert rows_of(b"id,title,title\n1,,b\n2,a,b\n")[0] == [{"id": "1", "title": "b"}, {"id": "2", "title": "a"}]


def test_windows_text_is_read_with_a_note() -> None:
    grid = grid_of("id;title\n1;Año\n".encode("cp1252"))
    assert isinstance(grid, Grid)
    assert (grid.body[0][1], grid.note) == ("Año", "not UTF-8 (line 2); read as Windows-1252")


@pytest.mark.parametrize(
    ("body", "cut"),
    [(b"a;b\n1;2\n", False), (b"a;b\n1;2\n3", True), (b'a;b\n1;"2\n3;4', False), (b"a;b;c\n1;2\n3;4;5\n", False)],
)
def test_a_last_row_that_is_short_tells_of_a_cut(body: bytes, cut: bool) -> None:
    grid = grid_of(body)
    assert isinstance(grid, Grid)
    assert grid.cut == cut


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"<!DOCTYPE html><html></html>", "html"),
        (b"one column\nonly\n", "no_datasets"),
        (b"", "no_datasets"),
        (b"a;b\n1;" + b"x" * (17 * 1024 * 1024), "malformed"),
        (b"PK\x03\x04 no archive", "malformed"),
    ],
)
def test_what_is_no_table(body: bytes, reason: str) -> None:
    refusal = grid_of(body)
    assert isinstance(refusal, Refusal)
    assert refusal.reason == reason


@pytest.mark.parametrize(
    ("body", "expected"),
    [(b" \n{", True), (b"\xef\xbb\xbf[", True), ('{"a": 1}'.encode("utf-16"), True), (b"a;b", False), (b"", False)],
)
def test_json_is_told_by_its_first_character(body: bytes, expected: bool) -> None:
    assert is_json(body) == expected
