"""Edges of `header_meaningful`: which names say something."""

import pytest

from atalaya.checks.example_cases import table, table_case
from atalaya.checks.outcomes import Verdict
from atalaya.checks.table.header_meaningful import rule


@pytest.mark.parametrize(
    "names",
    [
        ("codigo", "nombre"),
        ("Año", "2019", "2020"),
        ("lon", "lat", "x", "y"),
        ("campo electrico", "columna de agua"),
        ("人口", "世帯数"),
        ("id",),
        ("campo", "tipo", "descripcion"),
        ("a", "b", "c", "f"),
        ("variable", "field", "header"),
    ],
)
def test_good_names(names: tuple[str, ...]) -> None:
    assert rule(table_case(table(*names))).verdict is Verdict.PASS


@pytest.mark.parametrize(
    ("names", "fault"),
    [
        (("codigo", " "), "blank"),
        (("codigo", "Unnamed: 3"), "generic"),
        (("codigo", "Columna 4"), "generic"),
        (("codigo", "col2"), "generic"),
        (("codigo", "V1"), "generic"),
        (("codigo", "_c0"), "generic"),
        (("codigo", "Sin nombre"), "generic"),
        (("codigo", "0101"), "number"),
        (("codigo", "1,234.5"), "number"),
    ],
)
def test_poor_names(names: tuple[str, ...], fault: str) -> None:
    outcome = rule(table_case(table(*names)))
    assert (outcome.verdict, outcome.evidence[fault]) == (Verdict.FAIL, 1)
    assert (outcome.passed, outcome.applied) == (1, 2)


def test_names_that_differ_in_case_and_accents_only_are_the_same() -> None:
    assert rule(table_case(table("Población", "poblacion"))).evidence["repeated"] == 2


def test_a_spreadsheet_without_a_header_row_fails() -> None:
    for format_id in ("csv", "xlsx", "xls", "ods"):
        assert rule(table_case(table("a", "b", header_row=None), format_id)).reason == "no_header"


def test_names_that_come_with_every_value_need_no_row() -> None:
    assert rule(table_case(table("codigo", "nombre", header_row=None), "json")).verdict is Verdict.PASS
    assert rule(table_case(table("", "", header_row=None), "json")).reason == "no_header"
