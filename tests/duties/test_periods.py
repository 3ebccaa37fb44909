"""Periods as sites write them, and numbers that are none."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atalaya.duties.periods import Period, periods_around, periods_in
from atalaya.duties.wording import Wording, load_wording

SPANISH = load_wording(("es",))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("enero 2024", "2024-01"),
        ("01-2024", "2024-01"),
        ("2024/01", "2024-01"),
        ("primer trimestre 2024", "2024-Q1"),
        ("1er. semestre 2024", "2024-S1"),
        ("I cuatrimestre 2023", "2023-01-01/2023-04-30"),
        ("ene-mar 2024", "2024-Q1"),
        ("del 1 al 31 de enero de 2024", "2024-01"),
        ("ejercicio fiscal 2023", "2023"),
        ("2020-2023", "2020/2023"),
        ("15/01/2024", "2024-01-15"),
        ("Enero/2024", "2024-01"),
        ("enero de 2024", "2024-01"),
        ("ENERO DEL AÑO 2024", "2024-01"),
        ("Ene-24", "2024-01"),
        ("ene24", "2024-01"),
        ("enero2024", "2024-01"),
        ("Ejecucion_Enero_2024", "2024-01"),
        ("2do. trimestre 2024", "2024-Q2"),
        ("segundo semestre del año 2022", "2022-S2"),
        ("III trimestre de 2021", "2021-Q3"),
        ("trimestre IV 2021", "2021-Q4"),
        ("2024 primer trimestre", "2024-Q1"),
        ("Q1 2024", "2024-Q1"),
        ("2024-Q3", "2024-Q3"),
        ("1T2024", "2024-Q1"),
        ("T2-2023", "2023-Q2"),
        ("enero a marzo 2024", "2024-Q1"),
        ("enero - junio de 2024", "2024-S1"),
        ("enero, febrero y marzo 2024", "2024-01 2024-02 2024-03"),
        ("enero y febrero de 2024", "2024-01 2024-02"),
        ("noviembre 2023 a febrero 2024", "2023-11-01/2024-02-29"),
        ("del 1 de enero al 31 de marzo de 2024", "2024-Q1"),
        ("01/01/2024 al 31/01/2024", "2024-01"),
        ("15 de enero de 2024", "2024-01-15"),
        ("2024-01-15", "2024-01-15"),
        ("15-01-24", "2024-01-15"),
        ("202401", "2024-01"),
        ("012024", "2024-01"),
        ("Año 2023", "2023"),
        ("2020 al 2023", "2020/2023"),
        ("PEI 2021-2032", "2021/2032"),
        ("POA 2024", "2024"),
        ("Memoria 2022-2023", "2022/2023"),
        ("septiembre 2023", "2023-09"),
        ("setiembre 2023", "2023-09"),
        ("sept. 2023", "2023-09"),
        ("Dic-2023", "2023-12"),
        ("mes de mayo 2024", "2024-05"),
        ("mayo del 2024", "2024-05"),
        ("Informe 01-2024 enero", "2024-01"),
        ("2024_03_Nomina", "2024-03"),
        ("Ejecución al 31 de diciembre de 2023", "2023"),
        ("Acumulado al 31 de marzo de 2023", "2023-Q1"),
        ("Ejecución acumulada a junio 2023", "2023-S1"),
        ("al 15 de marzo de 2023", "2023-03-15"),
        ("enero 2023 hasta junio 2023", "2023-S1"),
        ("Primera quincena de enero 2024", "2024-01-01/2024-01-15"),
        ("2da. quincena febrero 2024", "2024-02-16/2024-02-29"),
        ("Presupuesto 2024, Agenda 2030", "2024"),
        ("3er cuatrimestre 2022", "2022-09-01/2022-12-31"),
        ("mayo-agosto 2023", "2023-05-01/2023-08-31"),
        ("ENE - ABR 2023", "2023-01-01/2023-04-30"),
        ("el mar 2024", "2024-03"),
        ("12.2024", "2024-12"),
        ("1990", "1990"),
        ("Presupuesto 2024", "2024"),
        ("Presupuesto 2024.pdf", "2024"),
        ("2024.", "2024"),
        ("año fiscal 2022-2023", "2022/2023"),
    ],
)
def test_periods_are_read(text: str, expected: str) -> None:
    assert " ".join(map(str, periods_in(text, SPANISH))) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Agenda 2030",
        "NIT 2024",
        "Decreto 57-2008",
        "Acuerdo No. 8-2024",
        "Contrato 15-2024",
        "Tel. 2230-2024",
        "Q 2,024.00",
        "2024-1234",
        "Resolución 12-2023",
        "NOG 20241234",
        "Oficio No. 2024",
        "renglón 2024",
        "31/02/2024",
        "Enero",
        "Primer Trimestre",
        "1,999 personas",
        "1789",
        "Zona 2024",
        "Plan 2050",
    ],
)
def test_what_is_no_period_is_not_read(text: str) -> None:
    assert periods_in(text, SPANISH) == ()


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (("Nómina 029", "Enero", "2024"), ["2024-01"]),
        (("Primer trimestre", "Año 2023"), ["2023-Q1"]),
        (("PDF", "ejecucion-febrero-2022", "2024"), ["2022-02"]),
        (("Enero", "Presupuesto"), []),
        (("Enero", "2020-2023"), []),
        (("2024", "Enero 2023"), ["2024"]),
        ((), []),
    ],
)
def test_months_take_the_year_that_stands_around_them(texts: tuple[str, ...], expected: list[str]) -> None:
    assert [str(period) for period in periods_around(texts, SPANISH)] == expected


def test_other_languages_are_data() -> None:
    english = load_wording(("en",))
    assert [str(each) for each in periods_in("First quarter of 2024; March 2023; H2 2022", english)] == [
        "2024-Q1",
        "2023-03",
        "2022-S2",
    ]
    assert periods_in("enero 2024", english) == (Period(date(2024, 1, 1), date(2024, 12, 31)),)


def test_digits_are_read_in_a_language_without_words() -> None:
    assert [str(period) for period in periods_in("2024-03, 15/01/2023", Wording())] == ["2024-03", "2023-01-15"]


@given(st.integers(1980, 2049), st.integers(1, 12))
def test_a_month_written_in_any_way_is_the_same(year: int, month: int) -> None:
    name = next(name for name, number in SPANISH.months.items() if number == month)
    forms = (
        f"{name} {year}",
        f"{month:02d}-{year}",
        f"{year}-{month:02d}",
        f"{name.upper()} DE {year}",
        f"{name}_{year}",
    )
    assert {str(period) for form in forms for period in periods_in(form, SPANISH)} == {f"{year}-{month:02d}"}


@given(st.text(max_size=80))
def test_no_text_breaks_the_reading(text: str) -> None:
    for period in periods_in(text, SPANISH):
        assert period.first <= period.last
