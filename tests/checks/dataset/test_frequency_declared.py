"""Edges of `frequency_declared`: words that say nothing, intervals, closed series."""

import pytest

from atalaya.checks.dataset.frequency_declared import rule
from atalaya.checks.example_cases import dataset_case


@pytest.mark.parametrize(
    ("frequency", "reason"),
    [
        ("R/P1Y", "ok"),
        ("Once", "closed"),
        ("pendiente", "missing"),
        ("según demanda", "irregular"),
        ("cuando llueva", "unrecognised"),
    ],
)
def test_frequencies(frequency: str, reason: str) -> None:
    assert rule(dataset_case(frequency=frequency)).reason == reason
