"""Tables: exact counts over all rows, defects, and a hash that only content changes."""

import itertools
import random
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from atalaya.inspection.body import _TOGETHER as TOGETHER
from atalaya.inspection.findings import Extent
from atalaya.inspection.kinds import Cell
from atalaya.inspection.limits import DEFAULT, Limits
from atalaya.inspection.tables import Profile, profile_rows
from atalaya.inspection.tallies import KEPT


def profile(rows: Sequence[Sequence[Cell]], limits: Limits | None = None) -> Profile:
    found = profile_rows(rows, "", limits or Limits())
    assert found is not None
    return found


def test_counts_every_row() -> None:
    rows: list[list[Cell]] = [["lugar", "casos"], *[[f"m{n}", n] if n % 4 else [f"m{n}", "s.d."] for n in range(1_000)]]
    table = profile(rows).table
    assert (table.header_row, table.first_data_row, table.rows) == (1, 2, 1_000)
    lugar, casos = table.columns
    assert (lugar.name, lugar.kind, lugar.filled, lugar.missing, lugar.distinct) == ("lugar", "text", 1_000, 0, 1_000)
    assert (casos.name, casos.kind, casos.filled, casos.missing, casos.distinct) == ("casos", "integer", 750, 250, 750)


def test_rows_beyond_the_frame_are_counted_like_the_others() -> None:
    rows: list[list[Cell]] = [["a", "b"], *[[n, 1] for n in range(5_000)], [None, " 1"]]
    kept = profile(rows, Limits(frame_bytes=200_000, cells_kept=True))
    assert kept.frame.cut
    assert len(kept.frame) == 2_000
    assert kept.table == profile(rows).table
    assert [(column.filled, column.distinct) for column in kept.table.columns] == [(5_000, 5_000), (5_001, 1)]


CELLS = st.one_of(
    st.none(), st.booleans(), st.integers(-(10**20), 10**20), st.floats(), st.text(max_size=6), st.dates(),
    st.floats(-1e5, 1e5).map(lambda value: round(value, 2)),
    st.sampled_from(["", " a", "Â¡", "EducaciÃ³n", "a", "\ud800", "N/D", "1,5", -0.0, 1e15, 1e-5, 1e10 + 0.1]),
)  # fmt: skip


@settings(max_examples=40, deadline=None)
@example([[None]] * 16 + [["Â¡"]], 1)
@given(st.lists(st.lists(CELLS, min_size=1, max_size=5), min_size=4, max_size=40), st.integers(1, 3))
def test_the_way_of_counting_does_not_matter(rows: list[list[Cell]], width: int) -> None:
    names = tuple("abc"[:width])
    many = rows * 60
    held = profile_rows(many, "", Limits(cells_kept=True), names=names)
    handed = profile_rows(many, "", Limits(frame_bytes=1, cells_kept=True), names=names)
    assert held is not None
    assert handed is not None
    spelled = not any("\ud800" in text for text in map(str, itertools.chain.from_iterable(rows)))
    first = held if len(many) <= TOGETHER else profile_rows(many[:TOGETHER], "", Limits(cells_kept=True), names=names)
    assert first is not None
    assert replace(handed.table, defects=()) == replace(held.table, defects=())
    assert handed.table.defects == first.table.defects  # defects are looked for in the rows that are kept
    assert handed.defects == held.defects
    assert (handed.content_sha256 == held.content_sha256) == spelled
    assert held.table.tallies is not None
    assert handed.table.tallies is not None
    for one, other in zip(held.table.tallies, handed.table.tallies, strict=True):
        assert {kind: cells for kind, cells in one.kinds.items() if cells} == dict(other.kinds)
        if spelled:
            assert (dict(one.values), dict(one.missing)) == (other.values, dict(other.missing))
            assert (one.distinct, one.whole, one.commonest()) == (other.distinct, other.whole, other.commonest())


def test_rows_that_repeat_are_counted() -> None:
    assert profile([["a", "b"], [1, "x"], [1, "x"], [" 1", "x "], [2, "x"]]).table.duplicates == 2
    many: list[list[Cell]] = [["a", "b"], *[[n, "x"] for n in range(25_000)]]
    assert profile([*many, [7, "x"], [7, "x"], [8, "x"]]).table.duplicates == 3
    assert profile(many).table.duplicates == 0


def test_the_commonest_values_are_told_of_all_rows() -> None:
    rows: list[list[Cell]] = [["a", "b"], *[[n, n % 3] for n in range(3_000)], *[["z", 1] for _ in range(5)]]
    tallies = profile(rows, Limits(cells_kept=True)).table.tallies
    assert tallies is not None
    first, second = tallies
    assert (first.distinct, first.whole, len(first.values)) == (3_001, False, KEPT)
    assert first.commonest()[:2] == (("z", 5), ("0", 1))
    assert (second.whole, second.commonest()) == (True, (("1", 1_005), ("0", 1_000), ("2", 1_000)))


def test_ragged_rows_are_named_by_number_not_value() -> None:
    found = profile([["a", "b", "c"], [1, 2, 3], [1, "secreto"], [1, 2, 3, "secreto"], [4, 5, 6]])
    (defect,) = found.defects
    assert defect.code == "ragged_rows"
    assert defect.detail == "2 of 4 rows do not have 3 cells; rows 3, 4"


def test_empty_cells_beyond_the_table_are_padding() -> None:
    found = profile([["a", "b", "", ""], [1, 2, "", ""], [3, 4, "", ""], [5, 6, "", "", "", ""]])
    assert len(found.table.columns) == 2
    assert found.defects == ()


def test_a_column_filled_late_is_kept() -> None:
    rows: list[list[Cell]] = [["a", "b", "c"], *[[n, n, ""] for n in range(400)], [1, 2, "x"]]
    assert profile(rows).table.columns[2].filled == 1


def test_notes_below_a_table_are_not_data() -> None:
    body: list[list[Cell]] = [["Quiché", 1, 2], ["Petén", 3, 4], ["Zacapa", 5, 6]]
    found = profile([["lugar", "casos", "muertes"], *body, ["Fuente: INE", "", ""], ["Cifras preliminares", "", ""]])
    assert found.table.rows == 3
    assert "2 rows of notes" in found.table.reason


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ([["lugar", "casos"]], "header_only"),
        ([["lugar", "casos", "año"], ["Sin información", "", ""]], "placeholder"),
        ([["fecha", "evento", "lugar"], ["Durante el mes no se registraron eventos", "", ""]], "placeholder"),
        ([["nombre", "puesto", "monto"], ["NO APLICA", "NO APLICA", "NO APLICA"]], "placeholder"),
        ([["data", "evento", "local"], ["Não houve ocorrências no período", "", ""]], "placeholder"),
    ],
)
def test_tables_without_data(rows: list[list[Cell]], code: str) -> None:
    assert [defect.code for defect in profile(rows).defects] == [code]


@pytest.mark.parametrize(
    ("rows", "verdict"),
    [
        ([["Campo", "Descripción", "Tipo"], ["edad", "años cumplidos", "Entero"], ["sexo", "sexo", "Texto"]], True),
        ([["field", "description"], ["age", "years since birth"], ["sex", "as recorded"]], True),
        (
            [["nombre", "tipo", "municipio"], ["Escuela A", "pública", "Flores"], ["Escuela B", "privada", "Cobán"]],
            False,
        ),
        (
            [["variable", "año", "valor", "unidad", "municipio", "fuente"], ["agua", 2020, 1, "%", "Flores", "INE"]],
            False,
        ),
    ],
)
def test_dictionaries_are_told_from_data(rows: list[list[Cell]], verdict: bool) -> None:
    assert profile(rows).describes_fields is verdict


ROWS = st.lists(
    st.tuples(st.integers(0, 99), st.text(alphabet="abcxyz", min_size=1, max_size=5)), min_size=3, max_size=30
)


@given(ROWS, st.randoms(use_true_random=False))
def test_order_of_rows_does_not_change_the_content(rows: list[tuple[int, str]], chance: random.Random) -> None:
    names = ("number", "word")
    shuffled = list(rows)
    chance.shuffle(shuffled)
    first = profile_rows(rows, "", Limits(), names=names)
    second = profile_rows(shuffled, "", Limits(), names=names)
    assert first is not None
    assert second is not None
    assert first.content_sha256 == second.content_sha256


@given(ROWS)
def test_one_changed_value_changes_the_content(rows: list[tuple[int, str]]) -> None:
    names = ("number", "word")
    changed = [(rows[0][0], rows[0][1] + "!"), *rows[1:]]
    first = profile_rows(rows, "", Limits(), names=names)
    second = profile_rows(changed, "", Limits(), names=names)
    assert first is not None
    assert second is not None
    assert first.content_sha256 != second.content_sha256


def test_dates_of_generation_do_not_change_the_content() -> None:
    body: list[list[Cell]] = [
        ["lugar", "casos", "fecha_generacion"],
        ["Quiché", 1, "2020-01-01"],
        ["Petén", 2, "2020-01-01"],
    ]
    later: list[list[Cell]] = [body[0], ["Quiché", 1, "2021-05-05"], ["Petén", 2, "2021-05-05"]]
    titled = [["Generado el 01/01/2020 10:00", "", ""], *body]
    again = [["Generado el 05/05/2021 11:30", "", ""], *later]
    assert profile(titled).content_sha256 == profile(again).content_sha256


@pytest.mark.parametrize("row", [["Ana", "No aplica", "5"], ["No hay paso", "camino", "9"]])
def test_one_cell_of_a_row_of_data_may_say_that_there_is_nothing(row: list[str]) -> None:
    assert profile([["nombre", "nota", "monto"], row]).table.content == "data"


def test_of_a_table_wider_than_the_limit_the_rows_are_whole_and_its_content_is_told_apart() -> None:
    limits = Limits(columns=20)
    rows = [[f"c{n}" for n in range(50)], *([str(n + row) for n in range(50)] for row in range(3))]
    wide = profile(rows, limits)
    assert [column.name for column in wide.table.columns] == [f"c{n}" for n in range(20)]
    assert (wide.table.rows, wide.table.ragged, wide.defects) == (3, 0, ())
    assert wide.table.reason.endswith("; 20 of its 50 columns were looked at")
    assert profile([*rows, ["1"] * 30], limits).table.ragged == 1
    other = [*rows[:-1], [*rows[-1][:-1], "x"]]
    assert profile(other, limits).content_sha256 != wide.content_sha256


def test_a_table_tells_where_its_parts_stand() -> None:
    rows = [
        ["Informe"],
        [],
        ["sector", "monto", "año"],
        ["a", 1, 2015],
        [],
        ["b", 2, 2016],
        ["Fuente: registro"],
        ["* nota"],
    ]
    found = profile_rows(rows, "", DEFAULT, first_row=5)
    assert found is not None
    assert found.table.extent == Extent(titles=(5,), header=(7,), first=8, last=10, notes=(11, 12))


def test_a_table_that_was_cut_still_tells_its_last_row() -> None:
    rows = [["a", "b"], *([str(n), "x" * 50] for n in range(5_000))]
    found = profile(rows, replace(DEFAULT, frame_bytes=10_000))
    assert found.frame.cut
    assert found.table.extent == Extent(header=(1,), first=2, last=5_001)
