"""Makes measure rows and small methodologies for the tests of indices."""

from collections.abc import Callable

import pytest

from atalaya.indices.language.definition import Index
from atalaya.indices.language.reading import parse_index

TEXT = """
format: 2
id: trial
version: 0
title: {es: Prueba, en: Trial}
units: {id: institution_id, groups: [group]}
scale: {low: 0, high: 100}
missing: {not_applicable: renormalise, unknown: interval}
coverage: {floor: 0.6, counts: cases}
steps: [{scale: {multiply: 100}}]
rounding: {decimals: 1}
rankings:
  - {id: all, decimals: 1, ties: min}
  - {id: within_group, decimals: 1, ties: min, within: group}
bands:
  - {id: low, from: 0, title: {es: Baja, en: Low}}
  - {id: high, from: 50, title: {es: Alta, en: High}}
tree:
  id: index
  children:
    - id: first
      level: dimension
      children:
        - {id: a, level: indicator, range: [0, 1], source: {measure: a@1}}
        - {id: b, level: indicator, range: [0, 1], source: {measure: b@1}}
    - id: second
      level: dimension
      children:
        - {id: c, level: indicator, range: [0, 1], source: {measure: c@1}}
"""

Make = Callable[..., dict[str, object]]


@pytest.fixture(scope="session")
def text() -> str:
    """A small methodology as text: two dimensions, three indicators, no gate."""
    return TEXT


@pytest.fixture(scope="session")
def trial() -> Index:
    """The small methodology."""
    return parse_index(TEXT)


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
