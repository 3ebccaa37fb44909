"""Edges of `theme_recognised`: vocabularies, groups, defaults."""

import pytest

from atalaya.checks.dataset.theme_recognised import LEAST_PEERS, rule
from atalaya.checks.example_cases import dataset_case


@pytest.mark.parametrize(
    "theme", ["ECON", "Salud", "farming", "http://eurovoc.europa.eu/4259", "HTTPS://www.eurovoc.europa.eu/1"]
)
def test_vocabularies(theme: str) -> None:
    assert rule(dataset_case(themes=("nada de eso", theme))).reason == "ok"


@pytest.mark.parametrize(("peers", "reason"), [(LEAST_PEERS - 1, "unrecognised"), (LEAST_PEERS, "group")])
def test_a_group_has_several_datasets(peers: int, reason: str) -> None:
    assert rule(dataset_case(themes=("Barrios",), among={"theme_peers": peers})).reason == reason


def test_the_default_of_a_portal_is_no_theme() -> None:
    assert rule(dataset_case(themes=("Uncategorized",), among={"theme_peers": 90})).reason == "nothing_chosen"
