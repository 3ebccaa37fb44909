"""Edges of `identifier_lasting`."""

from atalaya.checks.cases import Prior
from atalaya.checks.dataset.identifier_lasting import rule
from atalaya.checks.example_cases import dataset_case


def test_a_change_counts_even_where_nothing_else_is_known() -> None:
    assert rule(dataset_case(among={"former_id": "x"})).reason == "changed"
    assert rule(dataset_case(prior=Prior(observations=1))).evidence["observations"] == 1
