"""Makes measure rows and small methodologies for the tests of indices."""

from collections.abc import Callable

import pytest

from atalaya.indices.methodology import Methodology
from atalaya.indices.reader import parse_methodology

TEXT = """
format: 1
id: trial
version: 0
title: {es: Prueba, en: Trial}
units: institution
scale: {low: 0, high: 100}
missing: {not_applicable: renormalise, unknown: interval}
coverage: {floor: 0.6, counts: cases}
aggregation: {nodes: arithmetic, groups: arithmetic}
rounding: {decimals: 1}
ranking: {order: descending, decimals: 1, ties: min}
bands:
  - {id: low, from: 0, title: {es: Baja, en: Low}}
  - {id: high, from: 50, title: {es: Alta, en: High}}
dimensions:
  - id: first
    title: {es: Primera, en: First}
    weight: 1
    indicators:
      - {id: a, measure: a@1, weight: 1, title: {es: A, en: A}}
      - {id: b, measure: b@1, weight: 1, title: {es: B, en: B}}
  - id: second
    title: {es: Segunda, en: Second}
    weight: 1
    indicators:
      - {id: c, measure: c@1, weight: 1, title: {es: C, en: C}}
"""

Make = Callable[..., dict[str, object]]


@pytest.fixture(scope="session")
def text() -> str:
    """A small methodology as text: two dimensions, three indicators, no gate."""
    return TEXT


@pytest.fixture(scope="session")
def trial() -> Methodology:
    """The small methodology."""
    return parse_methodology(TEXT)


@pytest.fixture(scope="session")
def share() -> Make:
    """A measure row from counts of cases: passed, decided, unknown."""

    def make(measure: str, passed: int = 0, decided: int = 0, unknown: int = 0, unit: str = "x:u") -> dict[str, object]:
        cases = decided + unknown
        return {
            "measure_id": measure,
            "institution_id": unit,
            "value": passed / decided if decided else None,
            "passed": passed,
            "applied": decided,
            "unknown": unknown,
            "not_applicable": 0 if cases else 1,
            "low": passed / cases if cases else None,
            "high": (passed + unknown) / cases if cases else None,
            "reason": "cases" if cases else "no_cases",
        }

    return make
