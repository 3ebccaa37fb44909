"""Numbers and dates as people write them."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atalaya.inspection.values import DecimalMark, date_order, decimal_mark, parse_date, parse_number, plain_numbers


@pytest.mark.parametrize(
    ("text", "mark", "number"),
    [
        ("12", ".", 12), ("-12", ".", -12), ("−12", ".", -12), ("12-", ".", -12), ("(12)", ".", -12), ("+3", ".", 3),
        ("0045", ".", 45), ("1,234.50", ".", 1234.5), ("1.234,50", ",", 1234.5), ("1 234,5", ",", 1234.5),
        ("1'234.5", ".", 1234.5), ("1,23,456", ".", 123456), ("1.234", ".", 1.234), ("1.234", ",", 1234),
        ("1,234", ".", 1234), ("1,234", ",", 1.234), (".5", ".", 0.5), (",5", ",", 0.5), ("Q 1,200.00", ".", 1200),
        ("Q.1,200.00", ".", 1200), ("US$ 5", ".", 5), ("£1,192,665.66", ".", 1192665.66), ("5 €", ".", 5),
        ("45 %", ".", 45), ("1e-3", ".", 0.001), ("2.5E+3", ".", 2500), ("R$ 1.234,50", ",", 1234.5), ("-$5", ".", -5),
    ],
)  # fmt: skip
def test_numbers(text: str, mark: str, number: float) -> None:
    assert parse_number(text, mark) == number


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("", "."), ("-", "."), ("abc", "."), ("5 kg", "."), ("1_000", "."), ("nan", "."), ("inf", "."), ("(12", "."),
        ("12)", "."), ("1.234.5", ","), ("1,2345.0", "."), ("1.2.3", "."), ("12:30", "."), ("2019-03-01", "."), ("%", "."),
    ],
)  # fmt: skip
def test_what_is_no_number(text: str, mark: str) -> None:
    assert parse_number(text, mark) is None


@given(st.floats(min_value=-1e12, max_value=1e12).map(lambda number: round(number, 2)), st.sampled_from([".", ","]))
def test_written_numbers_are_read_back(number: float, mark: str) -> None:
    written = f"{number:,.2f}"
    if mark == ",":
        written = written.translate(str.maketrans(",.", ".,"))
    assert parse_number(written, mark) == number
    assert decimal_mark([written]).mark == mark


@given(st.text(max_size=40))
def test_no_text_breaks_the_readers(text: str) -> None:
    for mark in (".", ","):
        parse_number(text, mark)
    decimal_mark([text])
    parse_date(text)
    date_order([text])


@pytest.mark.parametrize(
    ("values", "mark", "reason", "ambiguous"),
    [
        (["1,234.5", "12"], ".", "both", False), (["1.234,5", "0,5"], ",", "both", False),
        (["1.234.567", "12"], ",", "repeated", False), (["0.5", "12.25"], ".", "decimals", False),
        (["0,5", "12,25"], ",", "decimals", False), (["0.123", "0.456"], ".", "decimals", False),
        (["12", "15"], ".", "none", False), (["1.234", "5.678", "12.345", "900"], ",", "grouped", False),
        (["1,234", "5,678", "12,345", "900"], ".", "grouped", False),
        (["1,234", "5,678", "12,345", "1900"], ".", "undecided", True), (["1.234", "12"], ".", "undecided", True),
        (["1.234", "5.678", "9.012"], ",", "grouped", True), (["1.5", "1.25", "3,5"], ".", "decimals", True),
        (["1.234", "1,234"], ".", "undecided", True), (["abc", ""], ".", "none", False),
    ],
)  # fmt: skip
def test_the_decimal_mark_of_a_column(values: list[str], mark: str, reason: str, ambiguous: bool) -> None:
    found = decimal_mark(values)
    assert (found.mark, found.reason, found.ambiguous) == (mark, reason, ambiguous)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2019-03-01", (2019, 3, 1)), ("1/3/2019", (2019, 3, 1)), ("31-12-99", (1999, 12, 31)), ("01.05.12", (2012, 5, 1)),
        ("20190301", (2019, 3, 1)), ("3 de marzo de 2019", (2019, 3, 3)), ("01-mar-19", (2019, 3, 1)),
        ("01-Sep-11", (2011, 9, 1)), ("lunes, 3 de marzo de 2019", (2019, 3, 3)), ("March 3, 2019", (2019, 3, 3)),
        ("15th March 2012", (2012, 3, 15)), ("1º de janeiro de 2020", (2020, 1, 1)), ("3 août 2019", (2019, 8, 3)),
        ("2019-03-01T10:20:30Z", (2019, 3, 1, 10, 20, 30)), ("1/3/19 2:05 p.m.", (2019, 3, 1, 14, 5)),
        ("01/01/2014 12:00:00 AM", (2014, 1, 1)), ("Tue May 29 12:59:11 PDT 2018", (2018, 5, 29, 12, 59, 11)),
        ("2018-11-19T12:00:57.386483", (2018, 11, 19, 12, 0, 57)), ("07/19/2015", (2015, 7, 19)),
        ("2015-03-15T15:02:37-08:00", (2015, 3, 15, 15, 2, 37)),
    ],
)  # fmt: skip
def test_dates(text: str, moment: tuple[int, ...]) -> None:
    assert parse_date(text) == dt.datetime(*moment)  # noqa: DTZ001


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2019",
        "31/02/2019",
        "2019-13-01",
        "12:30",
        "1.2.3",
        "marzo",
        "19-01-0078-46",
        "2424-1234",
        "3 de maizo de 2019",
        "1/2-2019",
    ],
)
def test_what_is_no_date(text: str) -> None:
    assert parse_date(text) is None


@given(st.dates(dt.date(1900, 1, 1), dt.date(2100, 12, 31)), st.booleans())
def test_written_dates_are_read_back(day: dt.date, day_first: bool) -> None:
    written = day.strftime("%d/%m/%Y" if day_first else "%m/%d/%Y")
    assert parse_date(written, day_first) == dt.datetime(day.year, day.month, day.day)  # noqa: DTZ001


@pytest.mark.parametrize(
    ("values", "day_first", "reason", "ambiguous"),
    [
        (["1/2/2019", "31/1/2019"], True, "day_first", False), (["1/2/2019", "1/31/2019"], False, "month_first", False),
        (["13/2/2019", "14/2/2019", "1/31/2019"], True, "mixed", True),
        (["1/2/2019", "3/4/2019"], True, "undecided", True), (["2019-03-01"], True, "written", False),
    ],
)  # fmt: skip
def test_the_order_of_day_and_month(values: list[str], day_first: bool, reason: str, ambiguous: bool) -> None:
    found = date_order(values)
    assert (found.day_first, found.reason, found.ambiguous) == (day_first, reason, ambiguous)


_WRITTEN = st.from_regex(r"[-+]?[0-9]{1,5}([.][0-9]{1,4})?", fullmatch=True)


@given(st.lists(_WRITTEN, min_size=1, max_size=8))
def test_plain_numbers_are_read_as_each_of_them_is(texts: list[str]) -> None:
    assert plain_numbers(texts) == [parse_number(text) for text in texts]
    assert plain_numbers([*texts, "1,5"]) is None
    assert plain_numbers([*texts, ""]) is None
    assert plain_numbers([*texts, "1\n2\n"]) is None


@given(st.lists(_WRITTEN, min_size=1, max_size=8))
def test_the_mark_of_plain_numbers_is_that_of_dressed_ones(texts: list[str]) -> None:
    assert decimal_mark(texts) == decimal_mark([f"{text} " for text in texts])


def test_one_comma_among_plain_numbers_counts() -> None:
    assert decimal_mark(["1.25", "3", "1,5"]) == DecimalMark(".", "decimals", ambiguous=True)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2024-02-29", "2024-02-29"), ("2023-02-29", None), ("0000-01-01", None), ("2024-13-01", None),
        (" 2024-01-05 ", "2024-01-05"), ("2024-1-5", "2024-01-05"),
    ],
)  # fmt: skip
def test_days_as_computers_write_them(text: str, day: str | None) -> None:
    found = parse_date(text)
    assert (found and f"{found:%Y-%m-%d}") == day
