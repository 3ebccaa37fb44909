"""Sheets as people lay them out: several tables in one, merged cells, what pivot tables leave, formulas without results."""

import io
import zipfile
from collections.abc import Callable, Mapping, Sequence

import openpyxl
import pytest

from atalaya.inspection.findings import Inspection
from atalaya.inspection.inspector import inspect_bytes

Workbook = Callable[[Mapping[str, list[list[object]]]], bytes]
Rows = list[list[object]]


def table(name: str, rows: int, *, start: int = 0) -> Rows:
    return [[name, "Casos", "Tasa"], *[[f"{name} {n}", n, n / 2] for n in range(start, start + rows)]]


def beside(left: Rows, right: Rows, gap: int = 1) -> Rows:
    width = len(left[0])
    longest = max(len(left), len(right))
    return [
        [*(left[n] if n < len(left) else [None] * width), *[None] * gap, *(right[n] if n < len(right) else [])]
        for n in range(longest)
    ]


def shown(inspection: Inspection) -> list[tuple[str, int, int | None, list[str]]]:
    return [
        (each.name, each.rows, each.header_row, [column.name for column in each.columns]) for each in inspection.tables
    ]


def codes(inspection: Inspection) -> list[tuple[str, str]]:
    return [(defect.code, defect.place) for defect in inspection.defects]


def test_tables_below_each_other(workbook: Workbook) -> None:
    second: Rows = [["Año", "Presupuesto"], *[[str(n), n * 10] for n in range(2015, 2020)]]
    data = workbook({"h": [["Cuadros del año"], *table("Lugar", 6), [], ["Cuadro 2"], *second]})
    assert shown(inspect_bytes(data)) == [
        ("h!A2", 6, 2, ["Lugar", "Casos", "Tasa"]), ("h!A11", 5, 11, ["Año", "Presupuesto"]),
    ]  # fmt: skip


def test_rows_are_numbered_as_people_see_them_where_a_sheet_begins_further_down() -> None:
    rows: Rows = [
        [],
        [],
        *[[None, *row] for row in table("Lugar", 4)],
        [],
        *[[None, *row] for row in table("Depto", 4)],
    ]
    tables = inspect_bytes(formatted(rows)).tables
    assert [each.name for each in tables] == ["Sheet!B3", "Sheet!B9"]
    assert "it begins in row 9" in tables[1].reason


def test_a_table_further_right_below_begins_in_its_own_column(workbook: Workbook) -> None:
    right = [[None, None, *row] for row in table("Depto", 4)]
    tables = inspect_bytes(workbook({"h": [*table("Lugar", 5), [], *right]})).tables
    assert [(each.name, each.first_column, len(each.columns)) for each in tables] == [("h!A1", 1, 3), ("h!C8", 3, 3)]


def test_addresses_of_cells_are_those_of_the_sheet() -> None:
    rows = [*table("Lugar", 8), ["CobÃ¡n", 3, 4], ["PetÃ©n", 5, 6]]
    (plain,) = inspect_bytes(formatted(rows)).tables
    (shifted,) = inspect_bytes(formatted([[None, None, *row] for row in rows])).tables
    first, second = (next(each for each in found.defects if each.cells) for found in (plain, shifted))
    assert first.id == second.id
    assert [cell[0] for cell in second.cells] == [chr(ord(cell[0]) + 2) for cell in first.cells]


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (table("Lugar", 8), table("Lugar", 8, start=8)),
        (table("Lugar", 20), [["Rango", "Número"], ["bajo", 1], ["medio", 2], ["alto", 3], ["muy alto", 4]]),
        ([["", "", ""], *table("Lugar", 6)], table("Depto", 6)),
    ],
)
def test_tables_side_by_side(workbook: Workbook, left: Rows, right: Rows) -> None:
    tables = inspect_bytes(workbook({"h": beside(left, right)})).tables
    assert [each.first_column for each in tables] == [1, 5]
    assert [each.rows for each in tables] == [sum(bool(row[0]) for row in left) - 1, len(right) - 1]
    assert [column.name for column in tables[1].columns] == right[0]


@pytest.mark.parametrize(
    "rows",
    [
        beside(table("Lugar", 10), [["Hombres", "Mujeres"], *[[n, n + 1] for n in range(10)]]),
        [*table("Lugar", 5), [], *[[f"Lugar {n}", n, n / 2] for n in range(5, 10)]],
        [*table("Lugar", 5), [], ["Fuente: registros propios"], ["Nota: cifras preliminares"]],
        [*table("Lugar", 9), ["Total", 36, 18]],
    ],
)
def test_what_is_one_table_stays_one(workbook: Workbook, rows: Rows) -> None:
    assert [each.name for each in inspect_bytes(workbook({"h": rows})).tables] == ["h"]


def formatted(rows: Rows, merges: Sequence[str] = (), formulas: Mapping[str, str] | None = None) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    for cells in merges:
        sheet.merge_cells(cells)
    for cell, formula in (formulas or {}).items():
        sheet[cell] = formula
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_merged_groups_reach_as_far_as_they_are_merged() -> None:
    rows: Rows = [
        ["Municipio", "Hombres", None, "", "Mujeres", None],
        [None, "2020", "2021", "Índice", "2020", "2021"],
        *[[f"M{n}", n, n, n / 3, n, n] for n in range(1, 9)],
    ]
    (found,) = inspect_bytes(formatted(rows, ["A1:A2", "B1:C1", "E1:F1"])).tables
    assert [column.name for column in found.columns] == [
        "Municipio", "Hombres 2020", "Hombres 2021", "Índice", "Mujeres 2020", "Mujeres 2021",
    ]  # fmt: skip


def test_cells_merged_down_the_rows_are_told() -> None:
    rows: Rows = [
        ["Depto", "Lugar", "Casos"],
        ["Petén", "Flores", 1],
        [None, "Sayaxché", 2],
        ["Izabal", "Livingston", 3],
    ]
    inspection = inspect_bytes(formatted(rows, ["A2:A3"]))
    assert codes(inspection) == [("merged_cells", "table Sheet")]
    assert "row 2" in inspection.defects[0].detail


@pytest.mark.parametrize(
    ("first", "across", "last"),
    [("Row Labels", "Sum of Casos", "Grand Total"), ("Etiquetas de fila", "Suma de Casos", "Total general")],
)
def test_what_is_left_of_a_pivot_table_is_told(workbook: Workbook, first: str, across: str, last: str) -> None:
    rows: Rows = [[first, across], *[[f"Lugar {n}", n] for n in range(6)], [last, 15]]
    (defect,) = inspect_bytes(workbook({"h": rows})).defects
    assert (defect.code, defect.place, defect.detail.endswith(" 8")) == ("pivot_table", "table h", True)


def test_a_total_that_people_wrote_is_no_pivot_table(workbook: Workbook) -> None:
    assert inspect_bytes(workbook({"h": [*table("Lugar", 6), ["Total general", 15, 7]]})).defects == ()


def test_formulas_without_results_are_told() -> None:
    rows: Rows = [["Lugar", "Casos", "Doble"], *[[f"L{n}", n, None] for n in range(1, 6)]]
    data = formatted(rows, formulas={f"C{n}": f"=B{n}*2" for n in range(2, 7)})
    (defect,) = inspect_bytes(data).defects
    assert (defect.code, defect.detail.startswith("5 formulas")) == ("formulas_without_results", True)


def test_a_workbook_of_formulas_alone_says_why_it_shows_nothing() -> None:
    inspection = inspect_bytes(formatted([], formulas={"A1": "=1+1", "A2": "=2+2"}))
    assert [defect.code for defect in inspection.defects] == ["formulas_without_results"]


def test_links_to_other_workbooks_are_told(workbook: Workbook) -> None:
    out = io.BytesIO(workbook({"h": table("Lugar", 4)}))
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("xl/externalLinks/externalLink1.xml", "<externalLink/>")
        archive.writestr("xl/externalLinks/_rels/externalLink1.xml.rels", "<Relationships/>")
    (defect,) = inspect_bytes(out.getvalue()).defects
    assert (defect.code, "1 other workbooks" in defect.detail) == ("external_links", True)
