"""The cases of frictionless and CSV on the Web, compared one by one."""

from pathlib import Path

import pytest

from benchmarks import schema_cases

pytestmark = pytest.mark.real


@pytest.fixture(scope="module")
def folder(corpora: Path) -> Path:
    return corpora / "groundtruth" / "frictionless"


@pytest.fixture(scope="module")
def cases(folder: Path) -> list[schema_cases.Case]:
    return schema_cases.cases(folder)


def test_csv_on_the_web_without_metadata(corpora: Path) -> None:
    score = schema_cases.csvw(corpora)
    assert (score.right, score.total) == (8, 8), score.wrong


def test_verdicts_of_plain_schema_and_dialect_cases(cases: list[schema_cases.Case], folder: Path) -> None:
    score = schema_cases.verdicts([case for case in cases if case.kind in schema_cases.STANDARD], folder)
    assert score.total >= 50
    assert score.share == 1, score.wrong


def test_positions(cases: list[schema_cases.Case], folder: Path) -> None:
    """All but the one whose errors a check written inside the test itself makes."""
    score = schema_cases.positions(cases, folder)
    assert (score.right, score.total) == (29, 30)
    assert "custom_check" in score.wrong[0]


def test_every_class_of_error_within_the_standard_is_found(cases: list[schema_cases.Case], folder: Path) -> None:
    own = [case for case in cases if case.kind != "own checks"]
    missed = {kind: counts for kind, counts in schema_cases.classes(own, folder).items() if counts[0] < counts[1]}
    assert missed == {}
