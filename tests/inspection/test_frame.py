"""The cells of a table by column: every cell is there, in its row, and equal cells are one text."""

from collections.abc import Sequence
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atalaya.inspection.frame import Frame, FrameBuilder, Texts
from atalaya.inspection.kinds import Cell, cell_text
from atalaya.inspection.limits import Limits
from atalaya.inspection.tables import profile_rows

CELLS = st.one_of(
    st.none(), st.booleans(), st.integers(-5, 5), st.floats(allow_nan=True), st.text(max_size=4), st.dates(),
    st.sampled_from(["", " a", "a", "a ", "1", "1.0", "True", "-"]),
)  # fmt: skip


def frame_of(
    rows: Sequence[Sequence[Cell]], names: tuple[str, ...] | None = None, limits: Limits | None = None
) -> Frame:
    found = profile_rows(rows, "", limits or Limits(), names=names)
    assert found is not None
    return found.frame


@given(st.lists(st.tuples(CELLS, CELLS), max_size=60))
def test_every_cell_keeps_its_text(rows: list[tuple[Cell, Cell]]) -> None:
    builder = FrameBuilder(2, 1 << 20)
    for row in rows:
        (left,), (right,) = builder.add([1], [[row[0]], [row[1]]])
        assert (left, right) == (cell_text(row[0]), cell_text(row[1]))
    if rows:
        other = FrameBuilder(2, 1 << 20)
        assert list(zip(*other.add(range(len(rows)), list(zip(*rows, strict=True))), strict=True)) == [
            (cell_text(left), cell_text(right)) for left, right in rows
        ]
        for column in other.columns:
            assert len(set(column.texts.order)) == len(column.texts.order)


def test_truth_is_no_one() -> None:
    builder = FrameBuilder(1, 1 << 20)
    assert builder.add([1, 2, 3], [[True, 1, 1.0]]) == [["True", "1", "1"]]


def test_texts_are_numbered_as_they_appear() -> None:
    texts = Texts()
    assert [texts[cell] for cell in ("b", " b", "a", 3.0, "3", None, "")] == [0, 0, 1, 2, 2, 3, 3]
    assert texts.order == ["b", "a", "3", ""]


def test_rows_keep_their_numbers_past_titles_blanks_and_notes() -> None:
    rows = [
        ["Población por municipio", "", ""],
        ["", "", ""],
        ["lugar", "año", "casos"],
        ["Flores", 2020, 1],
        ["", "", ""],
        ["Cobán", 2021, "2"],
        ["Zacapa", 2021, 3],
        ["Fuente: registro", "", ""],
    ]
    frame = frame_of(rows)
    assert frame.header_rows == (3,)
    assert list(frame.numbers) == [4, 6, 7]
    assert list(frame.rows()) == [("Flores", "2020", "1"), ("Cobán", "2021", "2"), ("Zacapa", "2021", "3")]
    assert frame.titles == ((1, ("Población por municipio",)),)
    assert frame.notes == ((8, ("Fuente: registro",)),)
    assert list(frame.columns[2].written) == [1]
    assert frame.columns[1].counts() == {"2020": 1, "2021": 2}
    assert frame.columns[1].rows_of({"2021"}) == [1, 2]
    assert frame.columns[1].rows_of({"2021"}, 1) == [1]


def test_rows_too_long_or_short_lose_nothing() -> None:
    frame = frame_of([["a", "b"], ["1", "2"], ["3", "4", "", "x"], ["5"], ["6", "7", ""]])
    assert list(frame.rows()) == [("1", "2"), ("3", "4"), ("5", ""), ("6", "7")]
    assert frame.extras == {1: ("", "x")}
    assert list(frame.short) == [2]
    assert not frame.cut


@pytest.mark.parametrize("most", [0, 5_000, 1 << 30])
def test_what_is_not_kept_is_counted(most: int) -> None:
    rows: list[list[Cell]] = [[f"lugar {n}", n, date(2020, 1, 1)] for n in range(3_500)]
    found = profile_rows(rows, "", Limits(frame_bytes=most), names=("lugar", "casos", "fecha"))
    assert found is not None
    assert found.table.rows == 3_500
    assert [column.kind for column in found.table.columns] == ["text", "integer", "date"]
    assert [column.filled for column in found.table.columns] == [3_500] * 3
    assert found.frame.cut is (most < 1 << 30)
    assert len(found.frame) == (1_000 if found.frame.cut else 3_500)
    whole = profile_rows(rows, "", Limits(), names=("lugar", "casos", "fecha"))
    assert whole is not None
    assert whole.content_sha256 == found.content_sha256
