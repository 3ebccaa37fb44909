"""A dump of the small country's second round."""

import shutil
from pathlib import Path

import pytest

from atalaya.history.read import Sealed
from atalaya.publish.dumps.making import make_dump


@pytest.fixture(scope="session")
def made(two_small_rounds: tuple[Path, list[Sealed]], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a dump, which no test may change."""
    newest = two_small_rounds[1][-1]
    return make_dump(newest.folder.parents[2], newest, tmp_path_factory.mktemp("dumps") / "one")


@pytest.fixture
def dump(made: Path, tmp_path: Path) -> Path:
    """A copy of it that a test may change."""
    return Path(shutil.copytree(made, tmp_path / "dump"))
