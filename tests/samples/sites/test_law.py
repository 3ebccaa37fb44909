"""The structure of a law as the planting reads it."""

import pytest

from atalaya.exceptions import CountryPackError
from atalaya.samples.plan import InstitutionPlan
from atalaya.samples.sites.law import duties, duties_of

LAW = {
    "classes": {"all": {"everyone": True}, "court": {"branches": ["judicial"]}, "towns": {"kinds": ["municipality"]}},
    "updates": {
        "change": {"within_days": 30},
        "month": {"every": "P1M"},
        "year": {"every": "P1Y"},
        "before": {"hours_before": 24},
    },
    "duties": [
        {"article": "1", "numeral": "1", "obliged": ["all"], "update": "change", "except_kinds": ["municipality"]},
        {"article": "1", "numeral": "2", "obliged": ["all"], "update": "month", "openness": "table"},
        {"article": "1", "numeral": "3", "obliged": ["court", "towns"], "update": "year"},
        {"article": "1", "numeral": "4", "obliged": ["all"], "update": "before"},
        {"article": "1", "numeral": "5", "obliged": ["all"], "update": "change", "evidence": {"period": "P1Y6M"}},
    ],
}


def body(kind: str, branch: str) -> InstitutionPlan:
    return InstitutionPlan(
        slug="one", name="One", kind=kind, branch=branch, acronym="O", sector="s", role="r", domain="one.example"
    )


def test_terms_periods_and_openness() -> None:
    read = [(duty.days, duty.every, duty.months, duty.ahead, duty.openness) for duty in duties_of(LAW, "law")]
    assert read == [
        (30, None, None, False, "any"),
        (None, 1, None, False, "table"),
        (None, 12, None, False, "any"),
        (None, None, None, True, "any"),
        (30, None, 18, False, "any"),
    ]


def test_whom_a_duty_obliges() -> None:
    first, _second, third, *_rest = duties_of(LAW, "law")
    assert (first.id, third.key) == ("law-1-1", "1-3")
    ministry, town, court = body("ministry", "executive"), body("municipality", "municipal"), body("court", "judicial")
    assert [first.obliges(each) for each in (ministry, town, court)] == [True, False, True]
    assert [third.obliges(each) for each in (ministry, town, court)] == [False, True, True]


def test_a_length_that_months_do_not_count_is_refused_by_name() -> None:
    weekly = {**LAW, "updates": {**LAW["updates"], "month": {"every": "P7D"}}}
    with pytest.raises(CountryPackError, match=r"law-1-2: .*'P7D'"):
        duties_of(weekly, "law")


def test_the_law_of_the_sample_country_obliges_somebody_to_something_every_month() -> None:
    assert any(duty.every == 1 and duty.everyone for duty in duties())
