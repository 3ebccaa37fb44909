"""Dates of days, months, years and stretches: read, ordered, written."""

from datetime import UTC, date, datetime

import pytest
from babel import Locale

from atalaya.commitments.partial_dates import DateRange, PartialDate, read_date, read_range, said


@pytest.mark.parametrize(
    ("text", "first", "last", "precision"),
    [
        ("2023", date(2023, 1, 1), date(2023, 12, 31), "year"),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29), "month"),
        (" 2023-6-3 ", date(2023, 6, 3), date(2023, 6, 3), "day"),
    ],
)
def test_a_date_means_its_days(text: str, first: date, last: date, precision: str) -> None:
    found = read_date(text)
    assert (found.first(), found.last(), found.precision) == (first, last, precision)


@pytest.mark.parametrize("text", ["", "06/2023", "2023-13", "2023-02-30", "30-06-2023", "0000", "2023-", "ayer"])
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is no date"):
        read_date(text)


def test_a_stretch_and_its_ends() -> None:
    found = read_range("2024-01/2025-06")
    assert (found.first(), found.last(), str(found)) == (date(2024, 1, 1), date(2025, 6, 30), "2024-01/2025-06")
    with pytest.raises(ValueError, match="ends before it starts"):
        read_range("2025/2024")


def test_a_day_of_a_spreadsheet_is_taken() -> None:
    assert str(read_range(datetime(2023, 6, 30, 12, tzinfo=UTC))) == str(read_range(date(2023, 6, 30))) == "2023-06-30"


def test_dates_are_ordered_by_their_days() -> None:
    assert sorted(
        [read_date("2023-02"), read_date("2023"), read_date("2023-01-01")], key=lambda d: (d.first(), d.last())
    ) == [
        read_date("2023-01-01"),
        read_date("2023"),
        read_date("2023-02"),
    ]
    assert read_date("2022") < read_date("2023-01")


def test_a_day_needs_its_month() -> None:
    with pytest.raises(ValueError, match="month"):
        PartialDate(2023, None, 3)


@pytest.mark.parametrize(
    ("text", "spanish", "english"),
    [
        ("2023-06-30", "30 de junio de 2023", "June 30, 2023"),
        ("2023-06", "junio de 2023", "June 2023"),
        ("2023", "2023", "2023"),
        ("2024-01/2025-06", "enero de 2024 a junio de 2025", "January 2024 to June 2025"),
    ],
)
def test_a_date_is_written_with_the_precision_it_has(text: str, spanish: str, english: str) -> None:
    found: DateRange = read_range(text)
    assert (said(found, Locale("es")), said(found, Locale("en"))) == (spanish, english)
