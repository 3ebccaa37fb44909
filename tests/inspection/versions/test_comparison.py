"""Planted changes are found exactly: no more and no less."""

from itertools import permutations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from atalaya.inspection.limits import DEFAULT
from atalaya.inspection.tables import profile_rows
from atalaya.inspection.versions.comparison import compare
from tests.inspection.versions.planted import NAMES, Planted, frame, planted, tables

GENERATED = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


@GENERATED
@given(planted())
def test_rows_and_cells_are_found_exactly(found: Planted) -> None:
    seen = compare(frame(found.old), frame(found.new))
    assert seen.key is not None
    assert (seen.key.places, seen.key.reason) == (((0, 0),), "named")
    assert set(seen.added) == found.added
    assert set(seen.removed) == found.removed
    assert {(each.new_row, each.new_column): (each.before, each.after) for each in seen.changes} == found.changed
    assert seen.changed == len({row for row, _ in found.changed})
    assert seen.columns == ()
    assert seen.respelled == ()
    assert seen.is_same is not bool(found.added or found.removed or found.changed)


@GENERATED
@given(tables(), st.permutations(range(len(NAMES))))
def test_a_version_in_another_order_says_the_same(rows: list[list[str]], order: list[int]) -> None:
    seen = compare(frame(rows), frame([rows[0], *reversed(rows[1:])]))
    assert seen.is_same
    turned = compare(frame(rows), frame([[row[place] for place in order] for row in rows]))
    assert not turned.cells
    assert {each.code for each in turned.columns} == ({"moved"} if order != sorted(order) else set())
    stay = len(order) - len(turned.columns)
    assert stay == longest_run(order)


def longest_run(order: list[int]) -> int:
    """The longest subsequence in ascending order, by trying."""
    best = [1] * len(order)
    for at, value in enumerate(order):
        best[at] = max((best[before] + 1 for before in range(at) if order[before] < value), default=1)
    return max(best)


@GENERATED
@given(tables(), st.sampled_from(range(len(NAMES))), st.sampled_from(range(len(NAMES))))
def test_columns_that_come_go_and_are_renamed(rows: list[list[str]], gone: int, renamed: int) -> None:
    names = [f"otro nombre {at}" if at == renamed else name for at, name in enumerate(rows[0])]
    old = [names, *rows[1:]]
    new = [[*row[:gone], *row[gone + 1 :], "agregada" if at == 0 else f"x{at * at}"] for at, row in enumerate(rows)]
    seen = compare(frame(old), frame(new))
    codes = {(each.code, each.old_name, each.new_name) for each in seen.columns}
    wanted = {("removed", names[gone], None), ("added", None, "agregada")}
    if renamed != gone:
        wanted.add(("renamed", names[renamed], rows[0][renamed]))
    assert codes == wanted
    assert not seen.cells
    assert not seen.added
    assert not seen.removed


@GENERATED
@given(tables(keyed=False), st.integers(0, 10))
def test_rows_without_a_key_are_compared_as_wholes(rows: list[list[str]], gone: int) -> None:
    repeated = [row[:3] + row[5:] for row in rows]
    old, new = [*repeated, *repeated[1:]], [*repeated, *repeated[1 + gone :], ["1", "nuevo", "2030", "sí"]]
    seen = compare(frame(old), frame(new))
    assert seen.key is None
    assert len(seen.removed) == gone
    assert seen.added == (len(new),)
    assert seen.changes == ()


@GENERATED
@given(st.integers(2, 6), st.integers(2, 6), st.randoms(use_true_random=False))
def test_a_key_of_several_columns(places: int, years: int, chance) -> None:
    cells = [
        [f"lugar {place}", str(2010 + year), str(chance.randrange(10**6))]
        for place in range(places)
        for year in range(years)
    ]
    cells += [[f"lugar {place}", "2009", str(chance.randrange(10**6))] for place in range(places)]
    old = [["lugar", "año", "casos"], *cells]
    new = [list(row) for row in old]
    new[1][2] = "7777777"
    del new[-1]
    seen = compare(frame(old), frame(new))
    assert seen.key is not None
    assert (seen.key.places, seen.key.reason) == (((0, 0), (1, 1)), "together")
    assert [(each.new_row, each.new_column) for each in seen.changes] == [(2, 3)]
    assert seen.removed == (len(old),)


def test_running_numbers_tell_rows_apart_only_where_the_rest_agrees() -> None:
    rows = [[str(at), str(at * at % 89), str(at * 7 % 50)] for at in range(1, 60)]
    names = ["no", "casos", "monto"]
    changed = [list(row) for row in rows]
    changed[10][1] = "5000"
    seen = compare(frame([names, *rows]), frame([names, *changed]))
    assert seen.key is not None
    assert seen.key.reason == "numbers"
    assert [(each.new_row, each.before, each.after) for each in seen.changes] == [(12, rows[10][1], "5000")]
    without_first = [[str(at), *row[1:]] for at, row in enumerate(rows[1:], 1)]
    assert compare(frame([names, *rows]), frame([names, *without_first])).key is None


@pytest.mark.parametrize(
    ("before", "after", "code"),
    [
        ("1234.56", "1.234,56", None),
        ("2020-03-01", "01/03/2020", None),
        ("12.345", "12.3", "rounded"),
        ("12.345", "12.4", "changed"),
        ("12", "13", "changed"),
        ("12.5", "", "emptied"),
        ("N/D", "-", None),
        ("N/D", "12.5", "filled"),
    ],
)
def test_what_a_changed_cell_is(before: str, after: str, code: str | None) -> None:
    date = "-" in before
    comma = "," in after
    others = [f"2021-02-{day:02}" if date else f"{day}000.5" for day in range(1, 29)]
    turned = [
        f"{text[8:]}/{text[5:7]}/{text[:4]}" if date else text.replace(".", ",") if comma else text for text in others
    ]
    if date:
        others[0], turned[0] = "2021-02-28", "28/02/2021"
    old = [["codigo", "valor"], ["c0", before], *([f"c{at}", text] for at, text in enumerate(others, 1))]
    new = [["codigo", "valor"], ["c0", after], *([f"c{at}", text] for at, text in enumerate(turned, 1))]
    seen = compare(frame(old), frame(new))
    assert [each.code for each in seen.changes] == ([code] if code else [])
    assert bool(seen.respelled) is (code is None)


def test_a_code_that_lost_its_zeros_is_another_code() -> None:
    old = [["codigo", "n"], *([f"0{at}", str(at)] for at in range(10, 60))]
    new = [["codigo", "n"], *([str(at), str(at)] for at in range(10, 60))]
    seen = compare(frame(old), frame(new))
    assert not seen.is_same


def test_rows_that_share_a_key_are_matched_by_what_else_they_say() -> None:
    rows = [[f"c{at}", f"lugar {at}", str(at * 3)] for at in range(200)]
    rows += [["c7", "otro lugar", "5"]]
    names = ["codigo", "lugar", "casos"]
    seen = compare(frame([names, *rows]), frame([names, rows[-1], *rows[:-1]]))
    assert seen.key is not None
    assert seen.key.repeated == (2, 2)
    assert seen.is_same


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_without_any_header_columns_are_paired_by_what_they_hold(order: tuple[int, ...]) -> None:
    rows = [[f"x{at}", str(at * 31 % 1000), f"{at}.75"] for at in range(40)]
    seen = compare(frame(rows), frame([[row[place] for place in order] for row in rows]))
    assert not seen.cells
    assert {each.code for each in seen.columns} <= {"moved"}


def test_small_tables() -> None:
    header = [["codigo", "lugar"], ["1", "a"]]
    seen = compare(frame(header), frame([*header, ["2", "b"]]))
    assert seen.added == (3,)


CELLS = st.sampled_from(
    ["", "a", "b", "1", "2", "01", "1.5", "1,5", "2020-01-02", "N/D", "sí", "\x00", "9" * 30, "1e999"]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.lists(CELLS, min_size=1, max_size=6), min_size=1, max_size=12), st.data())
def test_any_two_tables_are_compared(old: list[list[str]], data: st.DataObject) -> None:
    new = data.draw(st.lists(st.lists(CELLS, min_size=1, max_size=6), min_size=1, max_size=12))
    tables = [profile_rows(rows, "", DEFAULT) for rows in (old, new, [*old, *new])]
    frames = [profile.frame for profile in tables if profile is not None]
    for before in frames:
        assert compare(before, before).is_same
        for after in frames:
            seen = compare(before, after)
            assert seen.old_rows - len(seen.removed) == seen.new_rows - len(seen.added) >= 0
