"""Defects planted in invented tables are found at their cells, and tables without any stay silent, whatever the numbers are."""

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from atalaya.inspection.defects.registry import KINDS
from atalaya.inspection.tables import profile_rows
from tests.inspection.defects.planting import LIMITS, NAMES, PLANTERS, clean, defects_of

seeds = st.integers(0, 2**32)


def test_every_kind_is_planted() -> None:
    assert set(PLANTERS) == {kind.id for kind in KINDS}


@settings(deadline=None, max_examples=60)
@given(seed=seeds, years=st.integers(1, 4))
def test_clean_tables_stay_silent(seed: int, years: int) -> None:
    assert defects_of(NAMES, clean(Random(seed), years)) == ()


@pytest.mark.parametrize("kind", sorted(PLANTERS))
@settings(deadline=None, max_examples=40)
@given(seed=seeds)
def test_planted_defects_are_found(kind: str, seed: int) -> None:
    planted = PLANTERS[kind](Random(seed))
    found = [defect for defect in defects_of(planted.names, planted.rows) if defect.id == kind]
    cells = {cell for defect in found for cell in defect.cells}
    assert planted.cells <= cells
    assert all(defect.count >= 1 and defect.columns and defect.detail for defect in found)


@pytest.mark.parametrize("kind", sorted(PLANTERS.keys() - {"total_rows_inside"}))
@settings(deadline=None, max_examples=25)
@given(seed=seeds)
def test_nothing_else_of_the_kind_is_found(kind: str, seed: int) -> None:
    planted = PLANTERS[kind](Random(seed))
    found = [defect for defect in defects_of(planted.names, planted.rows) if defect.id == kind]
    assert {cell for defect in found for cell in defect.cells} == planted.cells


ODD = st.sampled_from(
    (
        "", "-", "1e999", "-1e308", "1e308", "9" * 400, "inf", "NaN", "1_000", "٣", "²", "½", "0101", "00", "Total", "Subtotal",
        "suma", "2107", "0206-01-01", "9999-12-31", "45%", "Q 1,200.50", "1.234,5", "1,234.5", "12 km", "(3)", "−4", "\ufffd",
        "Ã³", "&oacute;", "a?b", "\x00", "\x1f", "'", "101", "Villa Alegre", "Región Azul", 10**30, -5, 0, 0.1, 1e300, -1e-300,
        True, None,
    )
)  # fmt: skip
CELLS = st.one_of(ODD, st.integers(-5, 3000), st.floats(), st.text(max_size=12))
HEADS = st.sampled_from(
    (
        "codigo", "id", "municipio", "anio", "fecha", "total", "casos", "monto", "2019", "2020", "2021", "", "V1", "V2", "enero",
        "Total", "x",
    )
)  # fmt: skip


@settings(deadline=None, max_examples=200)
@given(data=st.data())
def test_no_table_breaks_a_kind(data: st.DataObject) -> None:
    width = data.draw(st.integers(1, 7))
    names = tuple(data.draw(st.lists(HEADS, min_size=width, max_size=width)))
    row = st.lists(CELLS, min_size=width, max_size=width)
    rows = data.draw(st.lists(row, min_size=1, max_size=12)) * data.draw(st.integers(1, 6))
    profile = profile_rows(rows, "", LIMITS, names=names)
    assert profile is not None
    for defect in profile.table.defects:
        assert defect.count >= 1
