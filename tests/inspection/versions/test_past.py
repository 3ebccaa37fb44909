"""Figures of the past that were rewritten are counted exactly; what is current, new or only rounded is no rewriting."""

from hypothesis import given, settings
from hypothesis import strategies as st

from atalaya.inspection.versions.comparison import compare
from tests.inspection.versions.planted import frame, tables


@settings(max_examples=40, deadline=None)
@given(tables(), st.sets(st.integers(1, 25), max_size=8))
def test_rewritten_figures_are_those_before_the_latest_period(rows: list[list[str]], chosen: set[int]) -> None:
    new = [list(row) for row in rows]
    latest = max(row[2] for row in rows[1:])
    for at in chosen:
        new[at][4] = str(10**6 + at * 1000)
    past = {at for at in chosen if rows[at][2] < latest}
    found = compare(frame(rows), frame(new)).rewritten
    if not past or len({row[2] for row in rows[1:]}) < 2:
        assert found is None
        return
    assert found is not None
    assert (found.column, found.latest, found.figures, found.rows) == (3, latest, len(past), len(past))
    assert sum(count for _, count in found.periods) == len(past)
    assert {each.new_row for each in found.largest} <= {at + 1 for at in past}
    sizes = [abs(float(each.after) - float(each.before)) for each in found.largest]
    assert sizes == sorted(sizes, reverse=True)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 29), st.integers(1, 4)), unique=True, max_size=6))
def test_columns_named_after_years(chosen: list[tuple[int, int]]) -> None:
    names = ["municipio", "2019", "2020", "2021", "2022"]
    body = [[f"lugar {at}", *(str(1000 + at * 7 + year) for year in range(4))] for at in range(30)]
    new = [list(row) for row in body]
    for row, column in chosen:
        new[row][column] = str(90_000 + row)
    found = compare(frame([names, *body]), frame([names, *new])).rewritten
    past = [(row, column) for row, column in chosen if column < 4]
    assert (found.figures if found is not None else 0) == len(past)
    if found is not None:
        assert (found.column, found.latest) == (None, "2022")


def test_months_and_days_are_periods_too() -> None:
    names = ["fecha", "casos"]
    body = [[f"{day:02}/{month:02}/2024", str(day * month)] for month in range(1, 5) for day in (1, 15, 28)]
    new = [list(row) for row in body]
    new[0][1], new[-1][1] = "999", "888"
    found = compare(frame([names, *body]), frame([names, *new])).rewritten
    assert found is not None
    assert (found.figures, found.latest) == (1, "28/04/2024")


def test_rounding_filling_and_codes_are_no_rewriting() -> None:
    names = ["codigo", "año", "monto", "codigo clase"]
    body = [[f"c{at}", str(2015 + at % 5), f"{at}.256", str(at)] for at in range(40)]
    body[3][2] = ""
    new = [list(row) for row in body]
    new[0][2], new[3][2], new[5][3] = "0.26", "5.5", "77"
    seen = compare(frame([names, *body]), frame([names, *new]))
    assert sorted(each.code for each in seen.changes) == ["changed", "filled", "rounded"]
    assert seen.rewritten is None


def test_a_table_without_periods() -> None:
    body = [[f"c{at}", str(at * 17)] for at in range(40)]
    new = [list(row) for row in body]
    new[4][1] = "1"
    assert compare(frame([["codigo", "casos"], *body]), frame([["codigo", "casos"], *new])).rewritten is None
