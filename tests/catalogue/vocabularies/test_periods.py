"""Periods of two dates, and of one text that holds both."""

import pytest

from atalaya.catalogue.vocabularies.periods import read_period


@pytest.mark.parametrize(
    ("start", "end", "years"),
    [
        ("2015", "2019", (2015, 2019)),
        ("2015-2019", None, (2015, 2019)),
        ("2015 a 2019", "2015 a 2019", (2015, 2019)),
        ("18-02-2020 to 30-06-2021", None, (2020, 2021)),
        ("desde 2017 hasta 2018", None, (2017, 2018)),
        ("2017 -", None, (2017, None)),
        ("2002 to present", None, (2002, None)),
        ("2013-current", None, (2013, None)),
        ("2020-03-01/2020-12-31", None, (2020, 2020)),
        (None, "2019", (None, 2019)),
    ],
)
def test_periods(start: str | None, end: str | None, years: tuple[int | None, int | None]) -> None:
    found = read_period(start, end)
    read = (found.start and found.start.earliest.year, found.end and found.end.latest.year)
    assert read == years
    assert found.unread is None
    assert found.goes_on == (years[0] is not None and years[1] is None)


@pytest.mark.parametrize("text", ["siempre", "2016 a 2017 a 2018", "las últimas semanas"])
def test_what_cannot_be_read_is_said(text: str) -> None:
    assert read_period(text, None).unread is not None
