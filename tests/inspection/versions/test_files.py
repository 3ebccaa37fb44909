"""Tables of two files find each other by name, by their columns, or by being the only ones; real editions are compared."""

from dataclasses import replace
from pathlib import Path

import pytest

from atalaya.inspection.findings import Table
from atalaya.inspection.inspector import inspect_file
from atalaya.inspection.limits import DEFAULT
from atalaya.inspection.tables import profile_rows
from atalaya.inspection.versions.files import FileComparison, compare_files

KEPT = replace(DEFAULT, cells_kept=True, described=False)


def table(name: str, columns: str, rows: int = 6) -> Table:
    body = [[f"{column}{at}" for column in columns] for at in range(rows)]
    profile = profile_rows([[f"col {column}" for column in columns], *body], name, KEPT)
    assert profile is not None
    return profile.table


@pytest.mark.parametrize(
    ("old", "new", "pairs", "added", "removed"),
    [
        ([("A", "xyz"), ("B", "uvw")], [("B", "uvw"), ("A", "xyz")], [("B", "B"), ("A", "A")], (), ()),
        ([("Enero", "xyz")], [("enero", "xyw"), ("C", "klm")], [("Enero", "enero")], ("C",), ()),
        ([("2019", "xyz"), ("Notas", "kl")], [("2020", "xyzu")], [("2019", "2020")], (), ("Notas",)),
        ([("uno", "xyz")], [("dos", "klm")], [("uno", "dos")], (), ()),
        ([("uno", "xyz")], [], [], (), ("uno",)),
    ],
)
def test_pairs(old, new, pairs, added, removed) -> None:
    found = compare_files([table(*each) for each in old], [table(*each) for each in new])
    assert [(each.old_name, each.new_name) for each in found.tables] == pairs
    assert (found.added, found.removed) == (added, removed)


def compared(old: Path, new: Path) -> FileComparison:
    return compare_files(*(inspect_file(path, limits=KEPT).tables for path in (old, new)))


def one(folder: Path, pattern: str) -> Path:
    (path,) = folder.glob(pattern)
    return path


@pytest.mark.real
@pytest.mark.parametrize("pattern", ["10._*", "11._*", "13._*", "17._*", "28._*", "32._*"])
def test_two_copies_of_one_edition_say_the_same(pattern: str, corpora: Path) -> None:
    found = compared(
        one(corpora / "guatemala", f"{pattern}.xlsx"),
        one(corpora / "latam_tables/gt_municipios_ine", f"{pattern}.xlsx"),
    )
    assert found.tables
    assert found.is_same


@pytest.mark.real
def test_disguised_workbooks_say_what_their_corrected_twins_say(corpora: Path) -> None:
    """But for one figure, which whoever corrected the file also mended: 117,000,000 square metres of parks."""
    originals = sorted((corpora / "groundtruth/xls_repair_sinim/original").glob("*.xls"))
    assert len(originals) == 8
    changed = {}
    for original in originals:
        found = compared(original, original.parent.parent / "corrected" / original.name)
        assert [(each.columns, each.added, each.removed, each.key is None) for each in found.tables] == [
            ((), (), (), False)
        ]
        for change in found.tables[0].changes:
            changed[original.name, change.new_row] = (change.before, change.after)
    assert changed == {("20240615153456.xls", 271): ("117000000", "128188")}


@pytest.mark.real
def test_a_text_and_a_database_of_the_same_figures(corpora: Path) -> None:
    """The database cuts names to ten letters and rounds the figures to whole ones."""
    folder = corpora / "latam_tables/gt_ogp"
    (table,) = compared(folder / "INE_poblacion_municipios.csv", folder / "INE_poblacion_municipios.dbf").tables
    renamed = {each.old_name: each.new_name for each in table.columns if each.code == "renamed"}
    assert renamed["departamento"] == "departamen"
    assert [renamed[str(year)] for year in (2010, 2020)] == ["N5", "N15"]
    assert {each.code for each in table.changes} == {"rounded"}
    assert (table.added, table.removed, table.rewritten) == ((), (), None)


@pytest.mark.real
def test_figures_of_past_years_that_were_rewritten(corpora: Path) -> None:
    folder = corpora / "guatemala"
    (table,) = compared(
        folder / "minfin_ingresos_municipales.xlsx",
        folder / "minfin_ejecucion_presupuestaria_ingresos_municipales.xlsx",
    ).tables
    assert [each.new_name for each in table.columns if each.code == "added"] == ["Asignado", "Modificado", "Vigente"]
    assert [(each.old_name, each.new_name) for each in table.columns if each.likeness is not None] == [
        ("Percibido", "Devengado")
    ]
    assert (table.changed, table.added, table.removed) == (33, (), ())
    past = table.rewritten
    assert past is not None
    assert (past.latest, past.figures) == ("2019", 13)
