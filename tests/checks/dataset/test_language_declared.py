"""Edges of `language_declared`: what resources say, and blanks."""

from atalaya.checks.dataset.language_declared import rule
from atalaya.checks.example_cases import dataset_case, distribution


def test_one_known_language_is_enough() -> None:
    assert rule(dataset_case(languages=("klingon imperial", "quc"))).evidence["languages"] == "quc"


def test_blanks_declare_nothing() -> None:
    assert rule(dataset_case(languages=("", " "), distributions=(distribution(languages=("",)),))).reason == "missing"
