"""The packs that these tests read: the packaged ones, and a country that does not exist."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from atalaya.countries.pack import CountryPack
from atalaya.countries.problems import PackProblem
from atalaya.countries.reader import examine_pack, find_pack, read_pack

ZZ = Path(__file__).resolve().parent.parent / "fixtures" / "countries" / "zz"


@pytest.fixture(scope="session")
def zz() -> CountryPack:
    """The country that does not exist."""
    return read_pack(ZZ)


@pytest.fixture(scope="session")
def gt() -> CountryPack:
    """Guatemala's pack."""
    return read_pack(find_pack("gt"))


@pytest.fixture
def zz_copy(tmp_path: Path) -> Path:
    """A copy of the country that does not exist, to be spoilt."""
    return Path(shutil.copytree(ZZ, tmp_path / "zz"))


@pytest.fixture
def spoilt(zz_copy: Path) -> Callable[..., tuple[PackProblem, ...]]:
    """Write `text` to a file of the copy, or replace `old` by `text` in it, and tell the problems."""

    def spoil(file: str, text: str, old: str | None = None) -> tuple[PackProblem, ...]:
        path = zz_copy / file
        if old is not None:
            before = path.read_text(encoding="utf-8")
            assert old in before
            text = before.replace(old, text, 1)
        path.write_text(text, encoding="utf-8")
        return examine_pack(zz_copy).problems

    return spoil
