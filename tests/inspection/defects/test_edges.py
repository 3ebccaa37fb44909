"""Edges of single kinds: what they say of, and what they leave alone."""

from dataclasses import replace
from random import Random

import pytest

from atalaya.inspection.defects.cells import CellDefect
from atalaya.inspection.limits import DEFAULT
from atalaya.inspection.tables import profile_rows
from tests.inspection.defects.planting import Row, defects_of


def found(kind: str, names: tuple[str, ...], rows: list[Row]) -> list[CellDefect]:
    return [defect for defect in defects_of(names, rows) if defect.id == kind]


def towns(count: int = 40) -> list[Row]:
    chance = Random(5)
    return [[f"Lugar {n}", chance.randint(100, 900), chance.randint(100, 900)] for n in range(count)]


def with_total(rows: list[Row]) -> list[Row]:
    return [[*row, int(row[1]) + int(row[2])] for row in rows]


def test_an_identity_needs_rows_enough() -> None:
    rows = with_total(towns(18))
    rows[3][3] = int(rows[3][3]) + 1
    assert not found("identities_broken", ("lugar", "a", "b", "c"), rows)


def test_an_identity_that_many_rows_break_is_none() -> None:
    rows = with_total(towns(60))
    for row in rows[::10]:
        row[3] = int(row[3]) + 1
    assert not found("identities_broken", ("lugar", "a", "b", "c"), rows)


def test_what_rounding_makes_breaks_nothing() -> None:
    chance = Random(3)
    exact = [(chance.uniform(1, 90), chance.uniform(1, 90)) for _ in range(80)]
    rows: list[Row] = [[f"Lugar {n}", round(a, 1), round(b, 1), round(a + b, 1)] for n, (a, b) in enumerate(exact)]
    assert not found("identities_broken", ("lugar", "a", "b", "c"), rows)
    rows[7][3] = float(rows[7][3]) + 1
    (defect,) = found("identities_broken", ("lugar", "a", "b", "c"), rows)
    assert defect.cells == ("D9",)


def test_a_sign_for_nothing_counts_as_zero_or_as_unknown() -> None:
    rows = with_total(towns(60))
    rows[4] = ["Lugar 4", 12, "-", 12]
    rows[5] = ["Lugar 5", 12, "-", 40]
    assert not found("identities_broken", ("lugar", "a", "b", "c"), rows)


def test_a_part_that_is_mostly_nothing_belongs_to_its_sum() -> None:
    rows: list[Row] = [[*row, 0, int(row[1]) + int(row[2])] for row in towns(200)]
    rows[9][3], rows[9][4] = 5, int(rows[9][4]) + 5
    assert not found("identities_broken", ("lugar", "a", "b", "otro", "total"), rows)


def test_a_sum_of_many_columns_is_found() -> None:
    chance = Random(8)
    rows: list[Row] = []
    for n in range(120):
        parts = [chance.randint(0, 400) for _ in range(9)]
        rows.append([f"Lugar {n}", sum(parts), *parts])
    rows[50][1] = int(rows[50][1]) + 3
    (defect,) = found("identities_broken", ("lugar", "total", *"abcdefghi"), rows)
    assert (defect.cells, defect.columns) == (("B52",), tuple(range(2, 12)))


@pytest.mark.parametrize("repeats", [1, 3])
def test_repeated_rows_are_counted_once_each(repeats: int) -> None:
    rows = towns()
    rows += [list(rows[2])] * repeats
    (defect,) = found("duplicate_rows", ("lugar", "a", "b"), rows)
    assert defect.count == repeats
    assert defect.cells[0] == "A42"


def test_a_header_that_returns_is_no_repeated_row() -> None:
    rows = [*towns(), ["lugar", "a", "b"], *[[f"Otro {n}", n, n + 1] for n in range(9)], ["lugar", "a", "b"]]
    assert not found("duplicate_rows", ("lugar", "a", "b"), rows)


def test_cells_are_named_up_to_a_limit() -> None:
    rows = [[f"Ni?ez {n}", n] for n in range(50)]
    (defect,) = found("mojibake", ("lugar", "a"), rows)
    assert (defect.count, len(defect.cells), defect.cells[0], defect.cells[-1]) == (50, 20, "A2", "A21")


def test_rows_bear_the_numbers_of_the_file() -> None:
    rows = [["Informe inventado"], [], ["lugar", "monto"], *[[f"Lugar {n}", n] for n in range(9)], ["Ni?ez", 4]]
    profile = profile_rows(rows, "", DEFAULT, first_row=5)
    assert profile is not None
    (defect,) = profile.table.defects
    assert (defect.cells, defect.rows) == (("A17",), (17,))


def test_a_share_of_totals_is_no_total() -> None:
    rows: list[Row] = [["Total" if n % 3 == 0 else f"Lugar {n % 7}", 2000 + n, n] for n in range(60)]
    assert not found("totals_wrong", ("sexo", "anio", "casos"), rows)


def test_an_average_below_the_data_is_not_wrong() -> None:
    rows = towns()
    sums = [sum(int(row[1]) for row in rows), round(sum(int(row[2]) for row in rows) / len(rows))]
    assert not found("totals_wrong", ("lugar", "casos", "promedio"), [*rows, ["Total", *sums]])


@pytest.mark.parametrize(
    ("values", "odd"),
    [
        (["12,50", "13,75", "1.250,00"], False),
        (["12,50", "13.75", "14,25"], True),
        (["1,250,000", "380,100", "41,500"], False),
        (["1,250,000", "380,100", "41500"], True),
        (["1250000", "380100", "41500"], False),
    ],
)
def test_ways_of_writing_numbers(values: list[str], odd: bool) -> None:
    rows: list[Row] = [[f"Lugar {n}", value] for n, value in enumerate(values)]
    assert bool(found("number_formats_mixed", ("lugar", "monto"), rows)) == odd


@pytest.mark.parametrize(
    ("text", "damaged"),
    [
        ("EducaciÃ³n", True), ("NiÃ±ez", True), ("â€œcitaâ€\x9d", True), ("EDUCACIÃ“N", True), ("Educaci├│n", True),
        ("Educaci√≥n", True), ("EducaciÛn", True), ("Educaciуn", True), ("EDUCACI?N", True), ("Ni\ufffdez", True),
        ("Educaci&oacute;n", True), ("Espa¤a", True), ("SÃO PAULO", False), ("ÁÉÍÓÚÑ", False), ("CAFÉ»", False),
        ("Gdańsk", False), ("50 ± 3", False), ("¿Qué?", False), ("https://a.example/?a=b&c?d", False), ("I+D & más", False),
        ("Straße", False), ("東京都", False), ("Москва", False), ("naïve œuvre", False), ("10 £", False), ("A—B", False),
    ],
)  # fmt: skip
def test_damaged_letters(text: str, damaged: bool) -> None:
    rows: list[Row] = [[text, 1], ["Lugar", 2], ["Otro lugar", 3]]
    assert bool(found("mojibake", ("lugar", "monto"), rows)) == damaged


def test_a_table_that_is_cut_short_is_judged_by_the_rows_at_hand() -> None:
    """The columns count all rows: codes of which the last were not kept are not fewer than the rows."""
    rows: list[Row] = [[100_000 + n, f"Lugar {n}"] for n in range(2_040)]
    for kept, examined in ((200_000, 1_000), (300_000, 2_000), (900_000, 2_040)):
        limits = replace(DEFAULT, frame_bytes=kept, described=False)
        profile = profile_rows([["codigo", "lugar"], *rows], "", limits)
        assert profile is not None
        assert (profile.table.rows, profile.table.examined) == (2_040, examined)
        assert not profile.table.defects


def test_a_repeated_code_is_found_in_the_rows_at_hand() -> None:
    rows: list[Row] = [[100_000 + n, f"Lugar {n}"] for n in range(2_040)]
    rows[30][0] = 100_007
    profile = profile_rows([["codigo", "lugar"], *rows], "", replace(DEFAULT, frame_bytes=300_000, described=False))
    assert profile is not None
    assert profile.frame.cut
    assert [(defect.id, defect.count) for defect in profile.table.defects] == [("duplicate_keys", 2)]


def test_codes_that_look_like_years_are_no_years() -> None:
    rows: list[Row] = [
        [f"20{n:02}", f"Lugar {n}", 2015 + year, 1_000 * (30 if (n, year) == (3, 2) else 1) + n]
        for n in range(1, 11)
        for year in range(5)
    ]
    (defect,) = found("magnitude_outlying", ("codigo", "lugar", "anio", "monto"), rows)
    assert (defect.cells, defect.doubtful) == (("D14",), True)


@pytest.mark.parametrize(
    ("total", "doubtful"), [("total", False), ("monto total", False), ("c", True), ("saldo", True)]
)
def test_a_sum_is_promised_by_the_name_of_its_column(total: str, doubtful: bool) -> None:
    rows = with_total(towns(80))
    rows[3][3] = int(rows[3][3]) + 1
    (defect,) = found("identities_broken", ("lugar", "a", "b", total), rows)
    assert defect.doubtful is doubtful
