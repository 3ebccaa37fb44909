"""Published and analytic figures met within their tolerance: the lines of `make golden`."""

from pathlib import Path

import numpy as np
import pytest

from benchmarks import agreement_tables
from benchmarks.golden_uncertainty import compared, independent, published_ranks

pytestmark = pytest.mark.real


def test_every_line_is_within_its_tolerance(corpora: Path) -> None:
    lines = compared(corpora)
    missed = [line for line in lines if not line.met]
    assert not missed
    assert len(lines) == 16 + len(agreement_tables.CASES)
    assert sum(line.figures for line in lines) > 36_000


def test_rank_statistics_of_a_sensitivity_analysis_are_of_its_independent_runs(corpora: Path) -> None:
    asem = corpora / "indices" / "asem"
    _, runs = published_ranks(asem, "SA")
    assert runs.shape == (600, 51)
    assert independent(runs, "SA").shape == (200, 51)
    assert np.array_equal(independent(runs, "UA"), runs)
