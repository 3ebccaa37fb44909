"""Edges of `history_deep`: years in names, identifiers that look like years, open periods."""

import pytest

from atalaya.catalogue.records import Period
from atalaya.checks.dataset.history_deep import rule
from atalaya.checks.example_cases import dataset_case, distribution

PLAIN = {"temporal": (), "title": {"es": "Nacimientos"}}


@pytest.mark.parametrize(
    ("title", "reason"),
    [
        ("Nacimientos 2015-2019", "names"),
        ("Nacimientos 2015 a 2019", "names"),
        ("Nacimientos 2015", "one_period"),
        ("Nacimientos 2015 y 2077", "one_period"),
        ("Nacimientos (2012 - Current)", "names"),
        ("Nacimientos 2001 to present", "names"),
        ("Nacimientos 2012 a la fecha", "names"),
        ("Nacimientos desde 1950", "names"),
        ("Nacimientos from 2015", "one_period"),
        ("Nacimientos, today 2015", "one_period"),
        ("出生数（平成30年8月）", "one_period"),
        ("出生数（令和元年度〜令和３年度）", "names"),
        ("Nacimientos", "nothing_tells"),
        ("Acuerdo 20194", "nothing_tells"),
    ],
)
def test_years_in_titles(title: str, reason: str) -> None:
    assert rule(dataset_case(**{**PLAIN, "title": {"es": title}})).reason == reason


def test_identifiers_are_no_years() -> None:
    url = "https://datos.example.org/1999/2020/download/3f2019ab-b.csv"
    assert rule(dataset_case(**PLAIN, distributions=(distribution(download_url=url),))).reason == "nothing_tells"


def test_a_period_that_goes_on_reaches_today() -> None:
    facts = {**PLAIN, "temporal": (Period(start="2024-05-01"),)}
    assert rule(dataset_case(**facts)).evidence["years"] == 3


def test_years_to_come_are_no_depth() -> None:
    facts = {**PLAIN, "temporal": (Period(start="2026-01-01", end="2050-12-31"),)}
    assert rule(dataset_case(**facts)).reason == "one_period"


def test_a_range_counts_all_its_years() -> None:
    assert rule(dataset_case(temporal=(), title={"en": "Labor force 1974 - 2021"})).evidence["years"] == 48
    assert rule(dataset_case(temporal=(), title={"ja": "昭和63年〜平成2年の人口"})).evidence["years"] == 3
