"""Rows with their cells under the wrong columns: mended in the one way there is, listed where there is none or are several."""

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from atalaya.inspection.dialect import detect_dialect
from atalaya.inspection.realign import Realigned, realign

NAMES = ("fecha", "hora", "monto", "código", "proveedor", "detalle", "nota")
PLACES = ("Papelería El Sol", "Librería Norte", "Taller Díaz", "Agua Clara", "Imprenta Real")


def row_of(number: int) -> tuple[str, ...]:
    return (
        f"{1 + number % 28:02}/03/2021",
        f"{8 + number % 12:02}:15",
        f"Q{100 + number * 37}.50",
        f"GT-{1000 + number}",
        PLACES[number % len(PLACES)],
        f"Compra {number}, según orden",
        "",
    )


ROWS = [row_of(number) for number in range(40)]


def written(rows: list[tuple[str, ...]], delimiter: str = ",") -> list[str]:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter, lineterminator="\n").writerows(rows)
    return out.getvalue().splitlines()


LINES = written([NAMES, *ROWS])


def mend(lines: list[str]) -> Realigned:
    text = "\n".join(lines) + "\n"
    guess = detect_dialect(text)
    assert guess is not None
    (table,) = realign(text, guess)
    return table


def with_line(row: int, line: str) -> list[str]:
    """The text with another line in place of a row, which is numbered as a person sees it."""
    return [*LINES[: row - 1], line, *LINES[row:]]


def test_a_clean_table_is_left_alone() -> None:
    table = mend(LINES)
    assert (table.names, list(table.rows)) == (NAMES, ROWS)
    assert (table.alterations, table.unrecovered) == ((), ())


@pytest.mark.parametrize(
    "line",
    [
        pytest.param(LINES[20].replace(",", ",,", 1), id="extra delimiter"),
        pytest.param("," + LINES[20], id="delimiter in front"),
        pytest.param(LINES[20].replace(",", "", 1), id="missing between values"),
        pytest.param(LINES[20].replace(',"', '"', 1), id="missing before a quote"),
        pytest.param(LINES[20].removesuffix(","), id="missing at the end"),
        pytest.param(written([ROWS[19]], ";")[0], id="semicolons"),
        pytest.param(written([ROWS[19]], "\t")[0], id="tabs"),
        pytest.param(written([ROWS[19]], " ")[0], id="spaces"),
        pytest.param(LINES[20].replace('"', "'"), id="other quotes"),
        pytest.param(LINES[20].replace('"', ""), id="bare comma in a value"),
    ],
)
def test_one_reading_is_taken_and_told(line: str) -> None:
    table = mend(with_line(21, line))
    assert list(table.rows) == ROWS
    assert table.unrecovered == ()
    assert {change.row for change in table.alterations} == {21}
    assert all(change.reason and change.before != change.after for change in table.alterations)


def test_every_cell_that_changes_is_logged_with_its_place() -> None:
    table = mend(with_line(21, "," + LINES[20]))
    before = ["", *ROWS[19]]
    changes = {change.column: (change.before, change.after) for change in table.alterations}
    assert changes == {
        column: (before[column - 1], after) for column, after in enumerate(ROWS[19], 1) if before[column - 1] != after
    }
    assert {change.line for change in table.alterations} == {21}


def test_a_cell_that_the_row_did_not_have_was_none_before() -> None:
    table = mend(with_line(21, LINES[20].replace(",", "", 1)))
    assert table.alterations[-1].before is None


def test_line_ends_inside_a_bare_cell() -> None:
    table = mend(with_line(21, LINES[20].replace("Agua", "Agua\n").replace("Imprenta", "Imprenta\n")))
    expected = [*ROWS]
    expected[19] = tuple(cell.replace("Agua", "Agua\n").replace("Imprenta", "Imprenta\n") for cell in ROWS[19])
    assert expected[19] != ROWS[19]
    assert list(table.rows) == expected
    assert {change.row for change in table.alterations} == {21}


def test_a_quote_that_does_not_close_loses_no_row() -> None:
    table = mend(with_line(21, LINES[20].removesuffix(",") + ',"'))
    expected = [*ROWS]
    expected[19] = (*ROWS[19][:-1], '"')
    assert list(table.rows) == expected


@pytest.mark.parametrize(
    ("line", "cells"),
    [
        pytest.param("01/03/2021,08:15,Q100.50", 3, id="cut short"),
        pytest.param("x,y", 2, id="nothing fits"),
        pytest.param(",".join([*LINES[20].split(",")[:4], "uno", "dos", "tres", "cuatro", ""]), 9, id="several ways"),
    ],
)
def test_what_cannot_be_told_is_listed_by_number_and_not_padded(line: str, cells: int) -> None:
    table = mend(with_line(21, line))
    (row,) = table.unrecovered
    assert (row.row, row.line, row.cells) == (21, 21, cells)
    assert list(table.rows) == [*ROWS[:19], *ROWS[20:]]
    assert table.alterations == ()


def test_rows_that_end_at_their_last_filled_cell() -> None:
    lines = [line.removesuffix(",") if number % 2 else line for number, line in enumerate(LINES)]
    table = mend(lines)
    assert list(table.rows) == ROWS
    assert {change.column for change in table.alterations} == {7}


def test_padding_is_not_a_column() -> None:
    table = mend([line + ",," for line in LINES])
    assert (table.names, list(table.rows), table.alterations) == (NAMES, ROWS, ())


@pytest.mark.parametrize(
    "header",
    [
        pytest.param("," + LINES[0], id="extra delimiter"),
        pytest.param(";".join(NAMES), id="semicolons"),
        pytest.param(LINES[0].replace("monto,código", 'monto"código"'), id="missing before a quote"),
    ],
)
def test_a_header_with_one_reading_is_mended(header: str) -> None:
    table = mend([header, *LINES[1:]])
    assert table.names == NAMES
    assert table.unrecovered == ()
    assert {change.row for change in table.alterations} == {1}


def test_a_header_without_one_is_listed() -> None:
    table = mend([LINES[0].replace("fecha,", "fecha"), *LINES[1:]])
    (row,) = table.unrecovered
    assert row.row == 1
    assert row.reason.startswith("its header has 6 names for 7 columns")
    assert len(table.names) == 7
    assert list(table.rows) == ROWS


def test_rows_far_below_a_header_are_read() -> None:
    table = mend([LINES[0], *[""] * 300, *LINES[1:]])
    assert list(table.rows) == ROWS


def test_a_row_of_very_many_columns_is_left_as_it_was() -> None:
    wide = [f"{name}{place}" for place in range(3_000) for name in ("n",)]
    lines = [",".join(wide), *[",".join(["7"] * 3_000)] * 6, ",".join(["7"] * 2_999)]
    table = mend(lines)
    assert len(table.rows) == 6
    assert [row.row for row in table.unrecovered] == [8]


def test_notes_below_a_table_are_no_rows() -> None:
    table = mend([*LINES, "", "Fuente: registro de compras", "Nota: cifras preliminares"])
    assert list(table.rows) == ROWS
    assert table.unrecovered == ()


@settings(max_examples=60)
@given(
    row=st.integers(2, 41),
    column=st.integers(0, 6),
    kind=st.sampled_from(["less", "more", "quote", ";", "\t", "|", " "]),
)
def test_no_row_is_mended_wrongly(row: int, column: int, kind: str) -> None:
    """One defect in one row: the row comes back as it was, or is listed; no other row changes."""
    cells = [written([(cell, "x")])[0][:-2] for cell in ROWS[row - 2]]
    expected = list(ROWS[row - 2])
    if kind == "more":
        line = ",".join([*cells[:column], "", *cells[column:]])
    elif kind == "quote":
        line = ",".join([*cells[:column], '"' + cells[column], *cells[column + 1 :]])
        expected[column] = '"' + expected[column]
    elif kind == "less":
        line = ",".join([*cells[:column], "".join(cells[column : column + 2]), *cells[column + 2 :]])
    else:
        line = written([ROWS[row - 2]], kind)[0]
    table = mend(with_line(row, line))
    others = [*ROWS[: row - 2], *ROWS[row - 1 :]]
    if table.unrecovered:
        assert [each.row for each in table.unrecovered] == [row]
        assert list(table.rows) == others
    else:
        assert list(table.rows) == [*ROWS[: row - 2], tuple(expected), *ROWS[row - 1 :]]
