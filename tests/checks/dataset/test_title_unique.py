"""Edges of `title_unique`: titles of punctuation alone."""

from atalaya.checks.dataset.title_unique import rule
from atalaya.checks.example_cases import dataset_case


def test_a_title_without_letters_is_not_compared() -> None:
    assert rule(dataset_case(title={"es": "…"}, among={"same_title": 4})).reason == "missing"


def test_the_others_are_counted() -> None:
    assert rule(dataset_case(among={"same_title": 1})).evidence["others"] == 1
