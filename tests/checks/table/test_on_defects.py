"""Edges of the checks on defects inside tables, as tables are read: what fails, what only looks like it, and what is not
concerned."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest

from atalaya.checks.example_cases import table_case
from atalaya.checks.registry import by_id
from atalaya.countries.pack import ColumnIdentity, Division
from atalaya.inspection.defects.places import places_of
from atalaya.inspection.inspector import inspect_bytes
from atalaya.inspection.limits import DEFAULT
from atalaya.inspection.semantic.knowledge import Knowledge

_TOWNS = ("Real", "Alta", "Nueva", "Vieja", "Hermosa", "Blanca", "Roja")
_PLACES = places_of(
    (
        Division(code="01", name="Norte", level=1),
        Division(code="20", name="Sur", level=1),
        *(Division(code=f"01{n:02}", name=f"Villa {word}", level=2, parent="01") for n, word in enumerate(_TOWNS, 1)),
        *(Division(code=f"20{n:02}", name=f"Puerto {word}", level=2, parent="20") for n, word in enumerate(_TOWNS, 1)),
    )
)
_SUMS = (ColumnIdentity(id="techo", total=("vigente",), parts=(("inicial",), ("ampliado",))),)
LIMITS = replace(
    DEFAULT, described=False, knowledge=Knowledge(places=_PLACES, identities=_SUMS, as_of=date(2026, 6, 30))
)

Row = Sequence[str | int | float]


def said(check: str, names: str, rows: Sequence[Row], form: str = "csv") -> tuple[str, str]:
    """Verdict and reason for a table, written as CSV or as JSON."""
    columns = names.split(",")
    if form == "json":
        body = json.dumps([dict(zip(columns, row, strict=True)) for row in rows], ensure_ascii=False)
    else:
        body = "\n".join([names, *(",".join(f'"{cell}"' for cell in row) for row in rows)]) + "\n"
    (found,) = inspect_bytes(body.encode(), url=f"https://x.example/a.{form}", limits=LIMITS).tables
    outcome = by_id(check).rule(table_case(found, form))
    return outcome.verdict.value, outcome.reason


def rows(count: int, make: str, odd: dict[int, Row] | None = None) -> list[Row]:
    """Rows of a template in which {n} is the number of the row, some of them odd."""
    return [(odd or {}).get(n) or make.format(n=n, m=3 * n + 100, s=4 * n + 100).split("|") for n in range(count)]


SOUTH: list[Row] = [(f"20{n:02}", f"Puerto {word}", 7 * n) for n, word in enumerate(_TOWNS, 1)]
FAIL, PASS, ABSENT, OPEN = (
    ("fail", "found"),
    ("pass", "ok"),
    ("not_applicable", "not_concerned"),
    ("unknown", "doubtful"),
)

CASES = [
    ("codes_match_names", "codigo,municipio,monto", SOUTH, PASS),
    ("codes_match_names", "codigo,municipio,monto", [*SOUTH[:6], ("0103", "Puerto Roja", 9)], FAIL),
    ("codes_match_names", "monto,casos", rows(9, "{n}|{m}"), ABSENT),
    ("dates_possible", "fecha,casos", rows(40, "2024-03-15|{n}", {3: ("2042-03-15", 4)}), FAIL),
    ("dates_possible", "fecha fin,casos", rows(40, "2024-03-15|{n}", {3: ("2042-03-15", 4)}), PASS),
    ("dates_possible", "anio,casos", rows(40, "2019|{n}", {3: (2109, 4)}), FAIL),
    ("dates_possible", "municipio,casos", rows(40, "Villa {n}|{n}"), ABSENT),
    ("keys_unique", "folio,monto", rows(60, "F-{m}|{n}", {3: ("F-100", 4)}), FAIL),
    ("keys_unique", "folio,monto", rows(60, "F-{m}|{n}"), PASS),
    ("keys_unique", "folio,monto", rows(12, "F-{m}|{n}", {3: ("F-100", 4)}), ABSENT),
    ("keys_unique", "nombre,monto", rows(60, "Villa {n}|{n}"), ABSENT),
    ("letters_intact", "área,monto", rows(9, "Educación|{n}"), PASS),
    ("letters_intact", "área,monto", rows(9, "EducaciÃ³n|{n}"), FAIL),
    ("letters_intact", "Ã¡rea,monto", rows(9, "Educación|{n}"), FAIL),
    ("negatives_absent", "municipio,casos", rows(80, "Villa {n}|{n}", {3: ("Villa 3", -9999)}), FAIL),
    ("negatives_absent", "municipio,saldo de casos", rows(80, "Villa {n}|{n}", {3: ("Villa 3", -99)}), ABSENT),
    ("negatives_absent", "municipio,casos", rows(80, "Villa {n}|{n}"), PASS),
    ("number_format_single", "entidad,aporte", rows(9, "E{n}|12,{m}.50", {3: ("E3", "12109.50")}), FAIL),
    ("number_format_single", "entidad,aporte", rows(9, "E{n}|12.{m},50"), PASS),
    ("number_format_single", "entidad,nota", rows(9, "E{n}|bien"), ABSENT),
    ("periods_in_rows", "municipio,2021,2022,2023", rows(9, "Villa {n}|{n}|{m}|{s}"), FAIL),
    ("periods_in_rows", "municipio,ventas 2021,ventas 2022,casos", rows(9, "Villa {n}|{n}|{m}|{s}"), PASS),
    ("periods_in_rows", "municipio,2021,2022", rows(9, "Villa {n}|{n}|{m}"), ABSENT),
    ("rows_distinct", "municipio,uno,otro", rows(40, "Villa {n}|{m}|{s}", {30: ("Villa 4", 112, 116)}), FAIL),
    ("rows_distinct", "sexo,zona", rows(40, "Mujer|Rural", {3: ("Hombre", "Rural"), 9: ("Mujer", "Urbana")}), PASS),
    ("rows_distinct", "municipio", rows(9, "Villa {n}"), ABSENT),
    ("sums_hold", "entidad,inicial,ampliado,vigente", rows(9, "E{n}|{n}|{m}|{s}", {3: ("E3", 3, 109, 999)}), FAIL),
    ("sums_hold", "entidad,uno,otro,total", [(f"E{n}", n, 100 + 3 * n, 100 + 4 * n + (n == 7)) for n in range(80)], FAIL),
    ("sums_hold", "entidad,uno,otro,tres", [(f"E{n}", n, 100 + 3 * n, 100 + 4 * n + (n == 7)) for n in range(80)], OPEN),
    ("sums_hold", "entidad,uno,otro,total", [(f"E{n}", n, 100 + 3 * n, 100 + 4 * n) for n in range(80)], PASS),
    ("sums_hold", "codigo,anio,aporte", rows(80, "{n}|2019|{m}"), ABSENT),
    ("totals_apart", "municipio,uno,otro", [*rows(9, "V{n}|{n}|{m}"), ("TOTAL", 36, 1008)], FAIL),
    ("totals_apart", "municipio,uno,otro", rows(9, "V{n}|{n}|{m}"), PASS),
    ("totals_apart", "municipio,nota", rows(9, "V{n}|bien"), ABSENT),
    ("totals_add_up", "municipio,uno,otro", [*rows(9, "V{n}|{n}|{m}"), ("TOTAL", 36, 1008)], PASS),
    ("totals_add_up", "municipio,uno,otro", [*rows(9, "V{n}|{n}|{m}"), ("TOTAL", 36, 1080)], FAIL),
    ("totals_add_up", "municipio,uno,otro", rows(9, "V{n}|{n}|{m}"), ABSENT),
    ("unit_single", "tramo,largo", rows(9, "T{n}|{m} km", {3: ("T3", "850 m")}), FAIL),
    ("unit_single", "tramo,largo", rows(9, "T{n}|{m} km"), PASS),
]  # fmt: skip


@pytest.mark.parametrize(("check", "names", "table", "expected"), CASES)
def test_real_tables(check: str, names: str, table: list[Row], expected: tuple[str, str]) -> None:
    assert said(check, names, table) == expected


MIXED: list[Row] = [(f"Villa {n}", str(n) if n == 4 else n) for n in range(9)]


def test_numbers_written_as_text_fail_where_the_format_tells_them_apart() -> None:
    assert said("numbers_typed", "municipio,aporte", MIXED, "json") == FAIL
    assert said("numbers_typed", "municipio,aporte", MIXED, "csv") == ABSENT
    assert said("numbers_typed", "municipio,aporte", [(f"Villa {n}", n) for n in range(9)], "json") == PASS


def panel(times: int) -> list[Row]:
    return [
        (f"Villa {n}", year, (1_000 + 37 * n + year) * (times if (n, year) == (7, 2017) else 1))
        for n in range(12)
        for year in range(2015, 2020)
    ]


def test_a_value_of_another_magnitude_is_named_and_never_fails() -> None:
    assert said("magnitudes_alike", "municipio,anio,aporte", panel(30)) == OPEN
    assert said("magnitudes_alike", "municipio,anio,aporte", panel(3)) == PASS
    assert said("magnitudes_alike", "municipio,semana,aporte", [(a, b - 2000, c) for a, b, c in panel(3)]) == ABSENT  # type: ignore[operator]


def test_codes_that_look_like_years_are_codes() -> None:
    """The municipalities of a department with the number 20 have the codes 2001, 2002, …"""
    assert said("dates_possible", "codigo,municipio,monto", SOUTH) == ABSENT
    panel: list[Row] = [
        (code, name, year, (1_000 + n) * (30 if (n, year) == (3, 2017) else 1))
        for n, (code, name, _) in enumerate(SOUTH)
        for year in range(2015, 2020)
    ]
    assert said("magnitudes_alike", "codigo,municipio,anio,aporte", panel) == OPEN
