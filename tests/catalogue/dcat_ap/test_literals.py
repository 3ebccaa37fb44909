"""Texts and datatypes: what XML Schema allows, what readers take all the same, and what is neither."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from atalaya.catalogue.dcat_ap.literals import XSD, well_written

WELL = [
    ("date", "2018-08-05"),
    ("date", "2018-08-05Z"),
    ("date", "2018-08-05-06:00"),
    ("date", "2018-08-05+02:00"),
    ("date", "2020-02-29"),
    ("date", "-0044-03-15"),
    ("date", "12018-02-29"[:-2] + "28"),
    ("date", "2018-08-05T10:00:00"),
    ("dateTime", "2018-08-05T10:00:00"),
    ("dateTime", "2018-08-05T10:00:00.123456Z"),
    ("dateTime", "2018-08-05T10:00:00-06:00"),
    ("dateTime", "2018-08-05T24:00:00Z"),
    ("dateTime", "12000-02-29T10:00:00"),
    ("dateTime", "2018-08-05"),
    ("dateTime", "2018-08-05 10:00"),
    ("decimal", "12"),
    ("decimal", "-1.50"),
    ("decimal", ".5"),
    ("decimal", "1e3"),
    ("duration", "P1Y2M3DT4H5M6.7S"),
    ("duration", "-P1D"),
    ("duration", "PT15M"),
    ("duration", "P2W"),
    ("duration", "P99999999999999D"),
    ("hexBinary", ""),
    ("hexBinary", "0aF9"),
    ("gYear", "whatever"),
    ("string", ""),
]
ILL = [
    ("date", ""),
    ("date", "20180805"),
    ("date", "2018"),
    ("date", "2018-08"),
    ("date", "2018-13-01"),
    ("date", "2018-02-29"),
    ("date", "-0001-02-29"),
    ("date", "12018-02-29"),
    ("date", "05/08/2018"),
    ("date", "letzten Mittwoch"),
    ("dateTime", ""),
    ("dateTime", "2018-08-05T25:00:00"),
    ("dateTime", "2018-08-05T24:00:01"),
    ("dateTime", "2018-08-05T10:00:00 o'clock"),
    ("dateTime", "9" * 6000 + "-01-01T00:00:00"),
    ("decimal", ""),
    ("decimal", "1,5"),
    ("decimal", "12 MB"),
    ("duration", ""),
    ("duration", "P"),
    ("duration", "1Y"),
    ("duration", "P1H"),
    ("duration", "P-1D"),
    ("hexBinary", "abc"),
    ("hexBinary", "zz"),
    ("hexBinary", "０１"),
]


@pytest.mark.parametrize(("datatype", "text"), WELL)
def test_well_written(datatype: str, text: str) -> None:
    assert well_written(text, XSD + datatype)


@pytest.mark.parametrize(("datatype", "text"), ILL)
def test_ill_written(datatype: str, text: str) -> None:
    assert not well_written(text, XSD + datatype)


@settings(max_examples=300)
@given(st.text(), st.sampled_from(["date", "dateTime", "decimal", "duration", "hexBinary"]))
def test_no_text_raises(text: str, datatype: str) -> None:
    assert well_written(text, XSD + datatype) in (True, False)
