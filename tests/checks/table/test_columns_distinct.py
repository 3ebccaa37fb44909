"""Edges of `columns_distinct`: which names are the same."""

import pytest

from atalaya.checks.example_cases import table, table_case
from atalaya.checks.table.columns_distinct import rule


@pytest.mark.parametrize(
    ("names", "reason", "passed"),
    [
        (("Año", "ano"), "repeated", 0),
        (("total", "total", "nota"), "repeated", 1),
        (("2022", "2023"), "ok", 2),
        (("%", "#"), "ok", 2),
        (("monto (Q)", "monto (US$)", "monto Q"), "repeated", 1),
        (("a", ""), "no_names", 0),
        ((" ", "\t", "a"), "no_names", 0),
    ],
)
def test_names(names: tuple[str, ...], reason: str, passed: int) -> None:
    outcome = rule(table_case(table(*names)))
    assert (outcome.reason, outcome.passed) == (reason, passed)
