"""Edges of `period_valid`: open ends, both bounds in one text, data about what is to come."""

import pytest

from atalaya.catalogue.records import Period
from atalaya.checks.dataset.period_valid import rule
from atalaya.checks.example_cases import dataset_case


@pytest.mark.parametrize(
    ("start", "end", "reason"),
    [
        ("2019", "2019", "ok"),
        ("2019-2021", None, "ok"),
        ("2021-2019", None, "backwards"),
        ("2017 to present", None, "ok"),
        (None, "2020-12-31", "ok"),
        ("2018", "a la fecha", "ok"),
        ("siempre", "2020", "unreadable"),
        ("", "", "none"),
    ],
)
def test_periods(start: str | None, end: str | None, reason: str) -> None:
    assert rule(dataset_case(temporal=(Period(start=start, end=end),))).reason == reason


def test_one_wrong_period_is_enough() -> None:
    periods = (Period(start="2019", end="2020"), Period(start="2022", end="2021"))
    assert rule(dataset_case(temporal=periods)).reason == "backwards"


def test_projects_are_no_projections() -> None:
    ahead = (Period(start="2030", end="2031"),)
    facts = {"temporal": ahead, "description": {}, "keywords": ()}
    assert rule(dataset_case(title={"es": "Proyectos viales"}, **facts)).reason == "ahead"
    assert rule(dataset_case(title={"es": "Población proyectada"}, **facts)).reason == "ok"
