"""Edges of `schema_stable`: what changed since the observation before."""

import pytest

from atalaya.checks.cases import PriorTable
from atalaya.checks.example_cases import column, table, table_case
from atalaya.checks.table.schema_stable import rule


def said(before: dict[str, str], now: dict[str, str]) -> tuple[str, int, int]:
    prior = PriorTable(key="", names=tuple(before), kinds=tuple(before.values()))
    columns = tuple(column(n, name, kind) for n, (name, kind) in enumerate(now.items(), 1))
    outcome = rule(table_case(table(columns=columns), prior=prior))
    return outcome.reason, outcome.passed, outcome.applied


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ({"codigo": "text", "monto": "integer"}, ("ok", 2, 2)),
        ({"Código": "text", "MONTO": "number"}, ("ok", 2, 2)),
        ({"codigo": "text", "monto": "empty"}, ("ok", 2, 2)),
        ({"codigo": "text", "monto": "text"}, ("turned", 1, 2)),
        ({"codigo": "integer", "monto": "integer"}, ("turned", 1, 2)),
        ({"codigo": "text"}, ("lost", 1, 2)),
        ({"codigo": "text", "monto": "integer", "2025": "integer"}, ("added", 2, 2)),
        ({"a": "text", "b": "text"}, ("lost", 0, 2)),
        ({"": "text"}, ("no_names", 0, 0)),
    ],
)
def test_changes(now: dict[str, str], expected: tuple[str, int, int]) -> None:
    assert said({"codigo": "text", "monto": "integer"}, now) == expected


def test_a_table_without_names_before_says_nothing() -> None:
    assert said({"": "text"}, {"codigo": "text"})[0] == "no_names"
