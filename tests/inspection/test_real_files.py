"""Recorded material: compared with the labels of others, and every file inspected without an error."""

from pathlib import Path

import pytest

from atalaya.inspection.inspector import inspect_file
from benchmarks import encodings, file_types, inspection_accuracy, pollock, survey
from benchmarks.every_file import spent

pytestmark = pytest.mark.real

SLOW = 60.0
"""Seconds of processor time that no file of the recorded material may take; the slowest has 9 million cells."""


def test_file_types(corpora: Path) -> None:
    score = file_types.file_types(corpora)
    assert score.total == 35
    assert score.share >= 0.97, score.wrong


def test_labelled_encodings(corpora: Path) -> None:
    score = encodings.labelled(corpora)
    assert score.total == 255
    assert score.share >= 0.995, score.wrong


def test_latin_american_files_are_decoded(corpora: Path) -> None:
    score = encodings.latin_american_files(corpora)
    assert score.total >= 50
    assert score.share == 1, score.wrong


def test_real_tables_in_other_code_pages(corpora: Path) -> None:
    tables = list(encodings.spanish_tables(corpora))
    assert len(tables) >= 3_000
    score = encodings.re_encoded(tables[::4])
    assert score.total >= 4_000
    assert score.share >= 0.995, score.wrong


def test_real_tables_that_break_after_a_megabyte(corpora: Path) -> None:
    score = encodings.broken_late(list(encodings.spanish_tables(corpora))[:: 6 * encodings.EVERY])
    assert score.total >= 50
    assert score.share >= 0.98, score.wrong


def test_sheets_exported_as_pages_are_the_same_tables(corpora: Path) -> None:
    score = inspection_accuracy.as_pages(corpora)
    assert score.total >= 110
    assert score.share >= 0.97, score.wrong


def test_dialects_of_government_files(corpora: Path) -> None:
    least = {"delimiter": 64, "quote": 64, "escape": 64, "preamble": 62, "header": 61, "all five": 60}
    scores = {score.name.removeprefix("survey: "): score for score in survey.scores(corpora)}
    assert set(scores) == set(least)
    for name, right in least.items():
        assert scores[name].total == 64
        assert scores[name].right >= right, scores[name].wrong


def test_labels_set_aside_are_those_of_files_and_differ_from_what_they_should_be(corpora: Path) -> None:
    files = {file.name: file for file in survey.survey(corpora)}
    for name, properties in survey.label_errors().items():
        for prop, mended in properties.items():
            assert files[name].labelled[prop] != mended


def test_polluted_files_are_their_clean_twins(corpora: Path) -> None:
    folder = corpora / "groundtruth" / "csv_dialect_pollock" / "polluted"
    (plain, realigned), tables = pollock.compare(folder, None)
    assert plain.file_right == 15, plain.wrong
    assert plain.cells >= pollock.LEAST_CELLS
    assert realigned.right >= 50, realigned.wrong
    for name, table in tables.items():
        assert table is None or not table.unrecovered or name == "row_less_sep_row0_col1.csv"


@pytest.mark.parametrize(
    ("name", "encoding", "rows", "columns"),
    [
        ("guatemala/4._IPM.xlsx_ipm.csv", "utf-8", 340, 16),
        ("guatemala/minfin_ogp_catalogo_finalidad.csv", "cp1252", 12, 2),
        ("latam_tables/gt_ogp/INE_poblacion_municipios.csv", "cp1252", 340, 15),
        ("latam_tables/gt_ogp/catalogo_funcion.csv", "cp1252", 57, 2),
        ("latam_tables/gt_mineduc/zacapa.csv", "utf-8-sig", 92, 17),
        ("latam_tables/latam_justice/ar_femicidios_2012-2016.csv", "utf-8", 771, 7),
    ],
)
def test_latin_american_tables(corpora: Path, name: str, encoding: str, rows: int, columns: int) -> None:
    inspection = inspect_file(corpora / name)
    (table,) = inspection.tables
    assert (inspection.format, inspection.encoding, table.rows, len(table.columns)) == ("csv", encoding, rows, columns)


@pytest.mark.parametrize("start", ["10._Cuadro_A1", "13._Cuadro_A4", "25._Cuadro_B2", "33._Cuadro_C2"])
def test_census_workbooks_have_the_340_municipalities(corpora: Path, start: str) -> None:
    (path,) = (corpora / "guatemala").glob(f"{start}*.xlsx")
    inspection = inspect_file(path)
    assert inspection.format == "xlsx"
    assert inspection.tables[0].rows == 340


def test_every_file_is_inspected(corpora: Path) -> None:
    """No exception, no file beyond its time; ordered so that a failure names one file."""
    slow = []
    for path in sorted(corpora.rglob("*")):
        if not path.is_file():
            continue
        started = spent()
        inspection = inspect_file(path)
        taken = spent() - started
        assert inspection.size == path.stat().st_size
        if taken > SLOW:
            slow.append(f"{path.relative_to(corpora)}: {taken:.1f} s")
    assert not slow
