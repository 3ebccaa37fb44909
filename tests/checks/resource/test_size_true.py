"""Edges of `size_true`: tolerances and units."""

import pytest

from atalaya.checks.example_cases import distribution, inspection, resource_case
from atalaya.checks.resource.size_true import rule


@pytest.mark.parametrize(
    ("declared", "size", "reason"),
    [
        (1000, 1900, "ok"),
        (1000, 2100, "other"),
        (1_000_000, 1_100_000, "ok"),
        (1_000_000, 1_120_000, "other"),
        (2, 1_900_000, "unit"),
        (1_900, 1_900_000, "unit"),
        (5, 0, "other"),
        (0, 100, "nothing_declared"),
        (-1, 100, "nothing_declared"),
    ],
)
def test_sizes(declared: int, size: int, reason: str) -> None:
    found = inspection(size=size)
    assert rule(resource_case(distribution=distribution(byte_size=declared), inspection=found)).reason == reason
