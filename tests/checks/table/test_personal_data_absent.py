"""Edges of `personal_data_absent`: what the sentence names, and what it never does."""

from dataclasses import replace

import pytest

from atalaya.checks.check import explain
from atalaya.checks.example_cases import column, table, table_case
from atalaya.checks.table.personal_data_absent import CHECK, rule
from atalaya.inspection.inspector import inspect_bytes


@pytest.mark.parametrize("language", ["es", "en"])
def test_no_value_is_quoted(language: str) -> None:
    rows = "\n".join(f"Ana{n},Pérez{n},ana.perez{n}@gmail.com,5{n:03}-1234" for n in range(30))
    text = f"nombres,apellidos,correo,telefono\n{rows}\n"
    (found,) = inspect_bytes(text.encode(), url="https://x.example/a.csv").tables
    outcome = rule(table_case(found))
    assert (outcome.reason, outcome.passed, outcome.applied) == ("personal", 2, 4)
    assert outcome.evidence["names"] == "correo; telefono"
    sentence = explain(CHECK, outcome, language)
    assert not any(value in sentence for value in ("ana.perez", "gmail", "Ana1", "1234"))


def test_many_columns_are_counted() -> None:
    columns = tuple(replace(column(n, f"c{n}"), personal="health") for n in range(1, 20))
    outcome = rule(table_case(table(columns=columns)))
    assert outcome.evidence["personal"] == 19
    assert str(outcome.evidence["names"]).count(";") == 4
