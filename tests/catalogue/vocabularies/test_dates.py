"""Dates as catalogues write them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atalaya.catalogue.vocabularies.dates import read_date

DAYS = [
    ("2024-03-05", date(2024, 3, 5)),
    ("2024-03-05T10:20:30Z", date(2024, 3, 5)),
    ("2024-03-05T10:20:30.123456", date(2024, 3, 5)),
    ("2024-03-05T23:59:59.000-06:00", date(2024, 3, 5)),
    ("2024-03-05 10:20", date(2024, 3, 5)),
    ("2024-03-05+02:00", date(2024, 3, 5)),
    ("2024/3/5", date(2024, 3, 5)),
    ("20240305", date(2024, 3, 5)),
    ("20240305T101500Z", date(2024, 3, 5)),
    ("05/03/2024", date(2024, 3, 5)),
    ("5.3.2024", date(2024, 3, 5)),
    ("25-12-2023 08:00", date(2023, 12, 25)),
    ("12/25/2023", date(2023, 12, 25)),
    ("fri, 05/15/2020 - 10:20", date(2020, 5, 15)),
    ("1421298000000", date(2015, 1, 15)),
    ("1421298000", date(2015, 1, 15)),
    ("1421298000.25", date(2015, 1, 15)),
    ("15 de marzo de 2024", date(2024, 3, 15)),
    ("miércoles, 4 de junio del 2014", date(2014, 6, 4)),
    ("1 de enero de 2024 10:30", date(2024, 1, 1)),
    ("15-mar-2024", date(2024, 3, 15)),
    ("March 5th, 2024", date(2024, 3, 5)),
    ("15 de março de 2024", date(2024, 3, 15)),
    ("7 de setiembre de 2023", date(2023, 9, 7)),
    ("Wed, 21 Oct 2015 07:28:00 GMT", date(2015, 10, 21)),
    ('"2024-03-05"', date(2024, 3, 5)),
    ("2024-02-29", date(2024, 2, 29)),
]

NOT_DATES = [
    *(None, "", "  ", "R/P1Y", "hace dos meses", "2024-13-45", "2023-02-29", "0001-01-01", "3/3/24", "mar-24", "1015"),
    *(
        "2024-03-05 y 2024-03-06",
        "de",
        "mayo",
        "99999999999999",
        "10 mayo 11 junio 2024",
        "Actualizado 5 mayo 2024 por Ana",
    ),
]


@pytest.mark.parametrize(("written", "day"), DAYS)
def test_a_day(written: str, day: date) -> None:
    reading = read_date(written)
    assert reading is not None
    assert (reading.earliest, reading.latest, reading.precision) == (day, day, "day")


@pytest.mark.parametrize(
    "written", ["2024-02", "02/2024", "febrero 2024", "feb-2024", "Febrero de 2024", "February, 2024"]
)
def test_a_month_is_all_its_days(written: str) -> None:
    reading = read_date(written)
    assert reading is not None
    assert (reading.earliest, reading.latest, reading.precision) == (date(2024, 2, 1), date(2024, 2, 29), "month")


def test_a_year_is_all_its_days() -> None:
    reading = read_date("2024")
    assert reading is not None
    assert (reading.earliest, reading.latest, reading.precision) == (date(2024, 1, 1), date(2024, 12, 31), "year")


@pytest.mark.parametrize("written", NOT_DATES)
def test_what_is_no_date_is_not_read(written: str | None) -> None:
    assert read_date(written) is None


@given(st.dates(date(1500, 1, 1), date(2999, 12, 31)))
def test_every_day_survives_its_ways_of_writing(day: date) -> None:
    for written in (day.isoformat(), f"{day:%d/%m/%Y}", f"{day:%Y%m%d}", f"{day.isoformat()}T12:00:00Z"):
        reading = read_date(written)
        assert reading is not None
        assert reading.earliest == reading.latest == day


@given(st.text(max_size=60) | st.from_regex(r"-?[0-9.]{1,20}", fullmatch=True))
def test_no_text_raises(text: str) -> None:
    reading = read_date(text)
    assert reading is None or reading.earliest <= reading.latest


@pytest.mark.parametrize(
    ("written", "first", "precision"),
    [
        ("令和3年10月31日", date(2021, 10, 31), "day"),
        ("平成３０年８月", date(2018, 8, 1), "month"),
        ("平成元年", date(1989, 1, 1), "year"),
        ("2021年10月31日", date(2021, 10, 31), "day"),
        ("15. März 2024", date(2024, 3, 15), "day"),
        ("3 gennaio 2020", date(2020, 1, 3), "day"),
        ("5 augustus 2019", date(2019, 8, 5), "day"),
    ],
)
def test_other_languages(written: str, first: date, precision: str) -> None:
    reading = read_date(written)
    assert reading is not None
    assert (reading.earliest, reading.precision) == (first, precision)


@pytest.mark.parametrize("written", ["2021年13月", "令和3年2月31日", "15年", "年", "江戸3年"])
def test_what_is_no_date_in_japanese(written: str) -> None:
    assert read_date(written) is None
