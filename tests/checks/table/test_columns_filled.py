"""Edges of `columns_filled`: empty columns as they are read."""

import pytest

from atalaya.checks.example_cases import table_case
from atalaya.checks.table.columns_filled import rule
from atalaya.inspection.inspector import inspect_bytes


def said(*rows: str) -> tuple[str, int, int]:
    (found,) = inspect_bytes("\n".join(rows).encode(), url="https://x.example/a.csv").tables
    outcome = rule(table_case(found))
    return outcome.reason, outcome.passed, outcome.applied


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (["a,b,c", *(f"{n},x{n},{n}" for n in range(9))], ("ok", 3, 3)),
        (["a,b,c", *(f"{n},,{n}" for n in range(9))], ("empty", 2, 3)),
        (["a,b,c", *(f"{n},n/d,{n}" for n in range(9))], ("empty", 2, 3)),
        (["a,b,c", *(f"{n},{n if n == 3 else ''},{n}" for n in range(9))], ("ok", 3, 3)),
        (["a,,c", *(f"{n},,{n}" for n in range(9))], ("padded", 2, 3)),
        (["a,b,,", *(f"{n},{n},," for n in range(9))], ("ok", 2, 2)),
        (["a,b", "1,", "2,"], ("few_rows", 0, 0)),
    ],
)
def test_real_tables(rows: list[str], expected: tuple[str, int, int]) -> None:
    assert said(*rows) == expected
