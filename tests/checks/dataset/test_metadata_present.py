"""Edges of `metadata_present`: empty is not present, and the share is counted."""

import pytest

from atalaya.catalogue.records import Agent, Period
from atalaya.checks.dataset.metadata_present import WANTED, rule
from atalaya.checks.example_cases import dataset_case
from atalaya.checks.outcomes import Verdict

EMPTY = {"keywords": ("",), "publisher": Agent(), "spatial": (" ",), "temporal": (Period(),), "themes": ()}


@pytest.mark.parametrize("field", sorted(WANTED))
def test_an_empty_field_is_missing(field: str) -> None:
    outcome = rule(dataset_case(**{field: EMPTY[field]}))
    assert (outcome.verdict, outcome.evidence["missing"]) == (Verdict.FAIL, field)
    assert (outcome.passed, outcome.applied) == (len(WANTED) - 1, len(WANTED))


@pytest.mark.parametrize("publisher", [Agent(name="MINFIN"), Agent(uri="https://x.example"), Agent(native_id="minfin")])
def test_any_name_of_the_publisher_will_do(publisher: Agent) -> None:
    assert rule(dataset_case(publisher=publisher)).verdict is Verdict.PASS


def test_an_open_period_is_a_period() -> None:
    assert rule(dataset_case(temporal=(Period(start="2020"),))).verdict is Verdict.PASS


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("keywords", ("na",)),
        ("spatial", ("N/A",)),
        ("temporal", (Period(start="N/A"),)),
        ("themes", ("Uncategorized",)),
    ],
)
def test_what_forms_write_for_nothing_is_missing(field: str, value: object) -> None:
    assert rule(dataset_case(**{field: value})).evidence["missing"] == field  # type: ignore[arg-type]
