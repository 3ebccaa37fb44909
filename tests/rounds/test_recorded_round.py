"""A whole round over every recorded catalogue, over real HTTP: nothing misread, nothing dropped in silence."""

from pathlib import Path

import pytest
from rich.console import Console

from atalaya.history.verify import verify
from benchmarks.recorded_round import lines, observe_recorded, print_lines

pytestmark = [pytest.mark.real, pytest.mark.slow, pytest.mark.timeout(900)]


def test_every_recorded_catalogue_is_read_as_the_manifest_counts_it(corpora: Path, tmp_path: Path) -> None:
    observation, sources = observe_recorded(tmp_path, corpora)
    found = list(lines(observation, sources, corpora))
    print_lines(found, Console(width=150))
    assert [line.id for line in found if not line.agrees] == []
    assert sum(line.expected[0] is not None for line in found) == len(found), "every file has a count"
    assert sum(len(line.files) for line in found if line.counted is not None) == 156
    assert observation.count("records") == sum(line.read[0] for line in found)
    assert observation.count("distributions", "NOT derived") == sum(line.read[1] for line in found)
    assert [check.what for check in verify(tmp_path / "home", observation.folder) if not check.holds] == []
