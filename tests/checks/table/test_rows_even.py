"""Edges of `rows_even`: uneven rows as they are read."""

import pytest

from atalaya.checks.example_cases import table, table_case
from atalaya.checks.table.rows_even import rule
from atalaya.inspection.inspector import inspect_bytes


def said(*rows: str) -> tuple[str, int, int]:
    (found,) = inspect_bytes("\n".join(rows).encode(), url="https://x.example/a.csv").tables
    outcome = rule(table_case(found))
    return outcome.reason, outcome.passed, outcome.applied


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (["a,b,c", *(f"{n},x{n},{n}" for n in range(9))], ("ok", 9, 9)),
        (["a,b,c", *(f"{n},x{n},{n}" for n in range(8)), "1,Villa Real, la nueva,3"], ("uneven", 8, 9)),
        (["a,b,c", *(f"{n},x{n},{n}" for n in range(8)), '1,"Villa Real, la nueva",3'], ("ok", 9, 9)),
        (["a,b,c", *(f"{n},x{n},{n}" for n in range(8)), "1,2"], ("uneven", 8, 9)),
        (["a,b,c", *(f"{n},x{n},{n},," for n in range(8))], ("ok", 8, 8)),
    ],
)
def test_real_tables(rows: list[str], expected: tuple[str, int, int]) -> None:
    assert said(*rows) == expected


def test_counts_never_exceed_the_rows() -> None:
    outcome = rule(table_case(table(rows=3, ragged=9)))
    assert (outcome.passed, outcome.applied) == (0, 3)
