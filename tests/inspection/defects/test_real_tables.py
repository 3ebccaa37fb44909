"""Faults of real files whose figures are known (computed from the files by others), and files that hold none."""

from pathlib import Path

import pytest

from benchmarks.golden_tables import compared

pytestmark = pytest.mark.real


def test_golden_figures_are_found(corpora: Path) -> None:
    wrong = [figure for figure in compared(corpora) if figure.found != figure.expected]
    assert not wrong
